"""Appointments, so that the nation's BME shares come to those that are published.

For each part of the cells the odds of a BME appointment are scaled by one national factor,
which is found by halving an interval; chance then makes it whole persons, and the few persons
by which the nation still misses its share are moved in proportion to the appointments.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from app.demonstration.chance import Chance, Floats, Integers
from app.demonstration.mixes import PART_OF, Part
from app.demonstration.paths import Steering
from app.demonstration.turnover import BME, UNKNOWN, WHITE
from app.domain.arithmetic import round_half_up

_FINENESS = 1 << 20
"""Parts of a person in which expectations are added, as whole numbers."""

_HALVINGS = 40

_WIDEST = 4096.0
"""The national factor lies between this and its inverse."""


@dataclass(frozen=True, slots=True)
class Vacancies:
    """What is to be filled at one census.

    Attributes:
        wanted: Posts, shape (trusts, cells).
        odds: Relative odds of a BME appointment, likewise.
        unknown: Share of appointments of unknown ethnicity, by trust.
        counted: 1 for trusts whose returns the nation is summed from, else 0.
        steering: National shares to come to.
    """

    wanted: Integers
    odds: Floats
    unknown: Floats
    counted: Integers
    steering: Steering


def fill(people: Integers, vacancies: Vacancies, chance: Chance) -> Integers:
    """Return the people after every vacancy was filled.

    Args:
        people: Who is there before, shape (trusts, cells, ethnic groups).
        vacancies: What is to be filled, and the national shares to come to.
        chance: Who is appointed.
    """
    vacant = np.maximum(vacancies.wanted - people.sum(axis=2), 0)
    unknown = np.broadcast_to(vacancies.unknown[:, np.newaxis], vacant.shape)
    appointed = np.zeros_like(people)
    appointed[:, :, UNKNOWN] = chance.binomial(vacant, unknown)
    appointed[:, :, WHITE] = vacant - appointed[:, :, UNKNOWN]
    reached: dict[Part, int] = {}
    for part in Part:
        cells = np.flatnonzero(part == PART_OF)
        here, new, odds = people[:, cells], appointed[:, cells], vacancies.odds[:, cells]
        totals = _national(here + new, vacancies.counted)
        missing = _goal(part, people + appointed, vacancies, reached) - totals[BME]
        chosen = _choose(new[:, :, WHITE], odds, missing, vacancies.counted, chance)
        appointed[:, cells, WHITE] -= chosen
        appointed[:, cells, BME] += chosen
        reached[part] = totals[BME] + int(chosen.sum(axis=1) @ vacancies.counted)
    return people + appointed


def _national(people: Integers, counted: Integers) -> list[int]:
    """Return the nation's people by ethnic group."""
    by_trust = people.sum(axis=1)
    return [int(by_trust[:, group] @ counted) for group in (WHITE, BME, UNKNOWN)]


def _goal(part: Part, people: Integers, vacancies: Vacancies, reached: dict[Part, int]) -> int:
    """Return how many BME people the nation is to have in a part of the cells.

    Leaders are published together with very senior managers, and other staff only within the
    whole workforce: of these the goal is what the parts before leave over.
    """
    match part:
        case Part.LEADERS:
            parts, share = {Part.VSM, Part.LEADERS}, vacancies.steering[part]
        case Part.OTHERS:
            parts, share = set(Part) - {Part.BOARD}, vacancies.steering[None]
        case _:
            parts, share = {part}, vacancies.steering[part]
    cells = np.isin(PART_OF, sorted(parts))
    total = sum(_national(people[:, cells], vacancies.counted))
    before = sum(number for each, number in reached.items() if each in parts)
    return round_half_up(Fraction(share) * total) - before


def _choose(
    known: Integers, odds: Floats, missing: int, counted: Integers, chance: Chance
) -> Integers:
    """Return how many BME people are appointed, `missing` of them in counted trusts.

    Args:
        known: Appointments of known ethnicity, shape (trusts, cells).
        odds: Relative odds of a BME appointment, likewise.
        missing: BME people that the nation lacks before any is appointed.
        counted: 1 for trusts whose returns the nation is summed from, else 0.
        chance: Who is appointed.
    """
    weight = known * counted[:, np.newaxis]
    chosen = chance.binomial(known, _probability(odds, weight, missing))
    over = missing - int((chosen * counted[:, np.newaxis]).sum())
    if over >= 0:
        return chosen + apportion((known - chosen) * counted[:, np.newaxis], over)
    return chosen - apportion(chosen * counted[:, np.newaxis], -over)


def _probability(odds: Floats, weight: Integers, missing: int) -> Floats:
    """Return the probability of a BME appointment with which `missing` are to be expected."""
    low, high = 1.0 / _WIDEST, _WIDEST
    for _ in range(_HALVINGS):
        middle = float(np.sqrt(low * high))
        scaled = odds * middle
        expected = np.floor(weight * (scaled / (1.0 + scaled)) * _FINENESS).astype(np.int64)
        if int(expected.sum()) < missing * _FINENESS:
            low = middle
        else:
            high = middle
    return odds * high / (1.0 + odds * high)


def apportion(pool: Integers, number: int) -> Integers:
    """Return whole persons, `number` in all, spread over a pool in proportion to it.

    The largest remainders are rounded up. Where the pool is smaller, all of it is returned.
    """
    total = int(pool.sum())
    if number >= total:
        return pool
    share = pool.ravel() * number
    spread = share // total
    order = np.argsort(-(share % total), kind="stable")
    spread[order[: number - int(spread.sum())]] += 1
    return spread.reshape(pool.shape)
