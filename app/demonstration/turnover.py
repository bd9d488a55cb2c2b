"""People staying, leaving, moving up and handing over between two censuses."""

import numpy as np

from app.demonstration.cast import Cast, Change
from app.demonstration.chance import Chance, Floats, Integers
from app.demonstration.mixes import CELLS, GROWTH, LADDER, LEAVING, PAIRS
from app.demonstration.traits import NINE, Traits
from app.domain.bands import ALLOWED_PAIRS, LEADERSHIP_BANDS, Band, StaffGroup
from app.domain.organisations import SuccessionKind

WHITE, BME, UNKNOWN = 0, 1, 2
"""Places of the ethnic groups in an array of people, shape (trusts, cells, groups)."""

_FROM_WITHIN = 0.35
"""Share of vacancies that are filled by promotion."""

_MIX_MOVES = 0.10
"""How far a trust's staff mix moves each year to the one it wants."""

_SLOWER = 0.85
"""BME staff among the promoted, as a multiple of their share of the band below."""

_LEAST_VSM = 4
"""Very senior managers that any trust has outside its clinical staff."""

_VSM = ALLOWED_PAIRS.index((StaffGroup.NON_CLINICAL, Band.VSM))
_VOTING_NON_EXECUTIVE = PAIRS + 1


def hand_over(people: Integers, cast: Cast, year: int) -> Integers:
    """Return the people after the mergers, splits and closures since the census before."""
    after = people.copy()
    for change in cast.changes:
        if change.falls_before(year):
            for predecessor in change.predecessors:
                _move(after, predecessor, change)
    return after


def _move(people: Integers, predecessor: int, change: Change) -> None:
    """Move a predecessor's staff to the successors; its board ends, or forms a new one."""
    staff, board = people[predecessor, :PAIRS].copy(), people[predecessor, PAIRS:].copy()
    people[predecessor] = 0
    if not change.successors:
        return
    first = change.successors[0]
    if change.kind is SuccessionKind.SPLIT:
        parted = staff // 2
        people[change.successors[1], :PAIRS] += parted
        staff = staff - parted
    people[first, :PAIRS] += staff
    if not people[first, PAIRS:].any():
        people[first, PAIRS:] = board


def want(people: Integers, traits: Traits, year: int, chance: Chance) -> Integers:
    """Return how many people each trust wants in each cell, shape (trusts, cells)."""
    staff = people.sum(axis=2)
    staff[:, PAIRS:] = 0
    now = staff.sum(axis=1)
    is_new = now == 0
    growth = 1.0 + GROWTH.get(year, 0.0) + chance.between(-0.025, 0.025, now.size)
    total = np.where(is_new, traits.size, now * growth)
    held = staff / np.maximum(now, 1)[:, np.newaxis]
    mix = traits.mixes[year]
    moved = held * (1.0 - _MIX_MOVES) + mix * _MIX_MOVES
    share = np.where(is_new[:, np.newaxis], mix, moved)
    wanted = chance.whole(share * total[:, np.newaxis])
    wanted[:, _VSM] = np.maximum(wanted[:, _VSM], _LEAST_VSM)
    wanted[traits.nine, :PAIRS] = _with_nine_leaders(wanted[traits.nine, :PAIRS])
    wanted[:, PAIRS:] = traits.seats
    wanted[:, _VOTING_NON_EXECUTIVE] -= chance.uniform(now.size) < 0.15  # noqa: PLR2004
    return wanted


def _with_nine_leaders(wanted: Integers) -> Integers:
    """Return the staff that a trust wants, with exactly nine leaders."""
    leaders = [
        NINE.get(pair, 0) if pair[1] in LEADERSHIP_BANDS else int(number)
        for pair, number in zip(ALLOWED_PAIRS, wanted, strict=True)
    ]
    return np.array(leaders, dtype=np.int64)


def keep(people: Integers, traits: Traits, chance: Chance) -> Integers:
    """Return the people who have not left."""
    rate = np.broadcast_to(LEAVING * traits.leaving[:, np.newaxis], (len(people), CELLS))
    every = np.repeat(rate[:, :, np.newaxis], 3, axis=2)
    return people - chance.binomial(people, every)


def promote(staying: Integers, wanted: Integers, chance: Chance) -> Integers:
    """Return the people after a share of vacancies was filled from the band below.

    The highest band comes first, so that who moves up leaves a vacancy to be filled too.
    """
    people = staying.copy()
    for upper, lower in LADDER:
        vacant = np.maximum(wanted[:, upper] - people[:, upper].sum(axis=1), 0)
        below = people[:, lower]
        moving = np.minimum(chance.whole(vacant * _FROM_WITHIN), below.sum(axis=1) // 3)
        moved = _choose(below, moving, chance)
        people[:, lower] -= moved
        people[:, upper] += moved
    return people


def _choose(below: Integers, moving: Integers, chance: Chance) -> Integers:
    """Return who moves up, by ethnic group; fewer BME staff than their share."""
    share: Floats = below / np.maximum(below.sum(axis=1), 1)[:, np.newaxis]
    bme = np.minimum(chance.binomial(moving, share[:, BME] * _SLOWER), below[:, BME])
    unknown = chance.binomial(moving - bme, share[:, UNKNOWN])
    unknown = np.minimum(unknown, below[:, UNKNOWN])
    white = np.minimum(moving - bme - unknown, below[:, WHITE])
    return np.stack([white, bme, unknown], axis=1)
