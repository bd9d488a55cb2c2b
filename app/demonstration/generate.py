"""Generating the demonstration set: invented trusts with persistent staff."""

from collections.abc import Mapping

import numpy as np

from app.demonstration.appointments import Vacancies, fill
from app.demonstration.cast import Cast, assemble
from app.demonstration.chance import Chance, Integers
from app.demonstration.goals import set_goals
from app.demonstration.indicators import tell_indicators
from app.demonstration.mixes import CELLS, PAIRS, SEATS
from app.demonstration.organisations import describe, successions
from app.demonstration.paths import Steering, steer
from app.demonstration.traits import Traits
from app.demonstration.turnover import hand_over, keep, promote, want
from app.demonstration.values import (
    CENSUS_YEARS,
    DemonstrationSet,
    Notable,
    PublishedShares,
    RegisterProfile,
    Return,
)
from app.domain.bands import ALLOWED_PAIRS
from app.domain.counts import Count

MISSED_CENSUS = 2020
"""The census that one trust has not sent."""


def generate(
    profile: RegisterProfile, published: PublishedShares, *, seed: int = 20181203
) -> DemonstrationSet:
    """Generate the demonstration set; the same arguments give the same set on any machine.

    Args:
        profile: Types and places of the open trusts, in any order.
        published: National shares that the sums of the returns come to.
        seed: Where chance starts.

    Raises:
        ValueError: The profile lacks a type or region that the story needs.
    """
    cast = assemble(profile)
    chance = Chance(seed)
    organisations = describe(cast, chance)
    traits = Traits.draw(cast, chance)
    people = _play(cast, traits, steer(published), chance)
    returns = _collect(cast, people)
    targets = set_goals(returns, chance)
    return DemonstrationSet(
        organisations=organisations,
        successions=successions(cast),
        returns=returns,
        targets=targets,
        # After all else, whose share of chance so stays what it was.
        indicators=tell_indicators(returns, chance),
        notable={case: cast.trusts[place].code for case, place in cast.notable.items()},
    )


def _play(
    cast: Cast, traits: Traits, steering: Mapping[int, Steering], chance: Chance
) -> dict[int, Integers]:
    """Return everybody at every census, shape (trusts, cells, ethnic groups)."""
    people: Integers = np.zeros((len(cast.trusts), CELLS, 3), dtype=np.int64)
    censuses = {}
    for year in CENSUS_YEARS:
        is_open = np.array([trust.is_open_at(year) for trust in cast.trusts])
        people = hand_over(people, cast, year)
        wanted = want(people, traits, year, chance) * is_open[:, np.newaxis]
        people = promote(keep(people, traits, chance), wanted, chance)
        vacancies = Vacancies(
            wanted=wanted,
            odds=traits.odds_at(year, chance),
            unknown=traits.unknown,
            counted=_sent(cast, year),
            steering=steering[year],
        )
        people = fill(people, vacancies, chance)
        censuses[year] = people
    return censuses


def _sent(cast: Cast, year: int) -> Integers:
    """Return 1 for each trust that sends a census, else 0."""
    sent = [trust.is_open_at(year) for trust in cast.trusts]
    if year == MISSED_CENSUS:
        sent[cast.notable[Notable.MISSING_CENSUS]] = False
    return np.array(sent, dtype=np.int64)


def _collect(cast: Cast, people: Mapping[int, Integers]) -> dict[str, dict[int, Return]]:
    """Return what each trust sends, by code and census year."""
    sent = {year: _sent(cast, year) for year in people}
    return {
        trust.code: {
            year: _return(people[year][place].tolist()) for year in people if sent[year][place]
        }
        for place, trust in enumerate(cast.trusts)
        if any(sent[year][place] for year in people)
    }


def _return(cells: list[list[int]]) -> Return:
    staff = zip(ALLOWED_PAIRS, cells[:PAIRS], strict=True)
    board = zip(SEATS, cells[PAIRS:], strict=True)
    return Return(
        headcounts={pair: Count(*groups) for pair, groups in staff if any(groups)},
        board={kind: Count(*groups) for kind, groups in board if any(groups)},
    )
