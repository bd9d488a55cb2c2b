"""Indicators 2 to 8 of the invented trusts.

The rates are round numbers chosen to look like the service that they stand for. The shipped
reference data print no ratio and no survey share of all England to which sums could be steered,
so the centres are a convention.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

import numpy as np

from app.demonstration.chance import Chance, Floats, Integers
from app.demonstration.values import CENSUS_YEARS, IndicatorReturn, Return
from app.domain.bands import EthnicGroup, StaffGroup
from app.domain.indicators import (
    NARROWED_INDICATOR,
    WHOLE,
    Answers,
    Narrowing,
    Period,
    Pool,
    PoolIndicator,
    Pools,
    SurveyIndicator,
)

SHORTLISTED: Final = np.array([0.25, 0.45, 0.30])
"""Applicants shortlisted in a year, by member of staff of the ethnic group."""

APPOINTED: Final = 0.15
"""Share of the BME applicants shortlisted who are appointed."""

APPOINTED_WHITE_OVER_BME: Final = (1.6, 1.6)
"""How many times likelier white ones are, at the first census and at the last."""

DISCIPLINED: Final = 0.012
"""Share of white staff who enter the formal disciplinary process in a year."""

DISCIPLINED_BME_OVER_WHITE: Final = (1.5, 1.1)
"""How many times likelier BME staff are, at the first census and at the last."""

TRAINED: Final = 0.5
"""Share of BME staff who get non-mandatory training in a year."""

TRAINED_WHITE_OVER_BME: Final = (1.1, 1.1)
"""How many times likelier white staff are, at the first census and at the last."""

RESPONDING: Final = 0.45
"""Share of staff who answer the survey."""

ANSWERED: Final[Mapping[int, tuple[float, float]]] = {
    5: (0.28, 0.30),
    6: (0.24, 0.28),
    7: (0.60, 0.46),
    8: (0.07, 0.15),
}
"""Shares of white and of BME respondents who answer so, by indicator."""

FEWEST_TOLD: Final = 11
"""Respondents below which the survey does not tell how they answered."""

NARROWED: Final = (StaffGroup.NON_CLINICAL, StaffGroup.CLINICAL)
"""Staff groups by which appointments before the last census are told too."""


def tell_indicators(
    returns: Mapping[str, Mapping[int, Return]], chance: Chance
) -> dict[str, dict[int, IndicatorReturn]]:
    """Return the indicators of each census that trusts have sent, by code and year."""
    places = [(code, year) for code, years in returns.items() for year in years]
    told = _Told(returns, places, chance)
    found: dict[str, dict[int, IndicatorReturn]] = {code: {} for code in returns}
    for place, (code, year) in enumerate(places):
        found[code][year] = told.at(place, year)
    return found


class _Told:
    """The indicators of all trusts and censuses, drawn at once; rows run over both."""

    def __init__(
        self,
        returns: Mapping[str, Mapping[int, Return]],
        places: list[tuple[str, int]],
        chance: Chance,
    ) -> None:
        people = np.array([_count(returns[code][year]) for code, year in places])
        self._staff: Integers = people.sum(axis=1)
        order = list(StaffGroup)
        self._groups: dict[StaffGroup, Integers] = {
            group: people[:, order.index(group)] for group in NARROWED
        }
        # A trust keeps its ways: what it is like is drawn once and bends all its censuses.
        trust = np.unique([code for code, _ in places], return_inverse=True)[1]
        self._trust: Integers = trust.astype(np.int64)
        self._since = np.array([year - CENSUS_YEARS[0] for _, year in places]) / (
            len(CENSUS_YEARS) - 1
        )
        drawn = self._draw_pools(chance)
        parts = {group: self._draw_part(group, drawn[2], chance) for group in NARROWED}
        self._pools = {number: _listed(*one) for number, one in drawn.items()}
        self._parts = {group: _listed(*one) for group, one in parts.items()}
        self._surveys = {
            number: _listed(*self._draw_survey(shares, chance))
            for number, shares in ANSWERED.items()
        }

    def at(self, place: int, year: int) -> IndicatorReturn:
        """Return the indicators of one trust and census."""
        period = Period(date(year - 1, 4, 1), date(year, 3, 31))
        autumn = Period(date(year - 1, 10, 1), date(year - 1, 11, 30))
        pools = {}
        for number, drawn in self._pools.items():
            cells: dict[Narrowing, Pools] = {WHOLE: _pools(drawn[place])}
            if number == NARROWED_INDICATOR and year == CENSUS_YEARS[-1]:
                for group, part in self._parts.items():
                    cells[group, None] = _pools(part[place])
            pools[number] = PoolIndicator(period, cells)
        surveys = {
            number: SurveyIndicator(
                autumn, dict(zip(EthnicGroup, map(_answers, drawn[place]), strict=False))
            )
            for number, drawn in self._surveys.items()
        }
        return IndicatorReturn(pools, surveys)

    def _draw_pools(self, chance: Chance) -> dict[int, tuple[Integers, Integers]]:
        """Return pools and events of indicators 2 to 4, shape (rows, ethnic groups)."""
        shortlisted = chance.whole(self._staff * SHORTLISTED * self._bent(0.8, 1.2, chance))
        found = {}
        for number, people, rate, times, of_white in (
            (2, shortlisted, APPOINTED, APPOINTED_WHITE_OVER_BME, True),
            (3, self._staff, DISCIPLINED, DISCIPLINED_BME_OVER_WHITE, False),
            (4, self._staff, TRAINED, TRAINED_WHITE_OVER_BME, True),
        ):
            first, last = times
            ratio = (first + (last - first) * self._since) * self._bent(0.8, 1.2, chance)[:, 0]
            level = rate * self._bent(0.8, 1.2, chance)[:, 0]
            white, bme = (level * ratio, level) if of_white else (level, level * ratio)
            rates = np.stack([white, bme, (white + bme) / 2], axis=1)
            found[number] = (people, chance.binomial(people, np.minimum(rates, 0.95)))
        return found

    def _draw_part(
        self, group: StaffGroup, whole: tuple[Integers, Integers], chance: Chance
    ) -> tuple[Integers, Integers]:
        """Return pools and events of an indicator in a staff group, never above the whole."""
        part = self._groups[group] / np.maximum(self._staff, 1)
        people, events = whole
        swing = chance.between(0.85, 1.0, *part.shape)
        return _whole_part(people * part), _whole_part(events * part * swing)

    def _draw_survey(
        self, shares: tuple[float, float], chance: Chance
    ) -> tuple[Integers, Integers]:
        """Return respondents and those who answered so, shape (rows, white and BME)."""
        people = self._staff[:, :2] * RESPONDING * self._bent(0.8, 1.2, chance)
        respondents = chance.whole(people)
        share = np.array(shares) * self._bent(0.85, 1.15, chance)
        return respondents, chance.binomial(respondents, share)

    def _bent(self, low: float, high: float, chance: Chance) -> Floats:
        """Return a factor a row, the same in all censuses of a trust, shape (rows, 1)."""
        factors = chance.between(low, high, int(self._trust.max()) + 1)
        return factors[self._trust][:, np.newaxis]


def _count(sent: Return) -> list[list[int]]:
    """Return the staff of a return by staff group and ethnic group."""
    sums = {group: [0, 0, 0] for group in StaffGroup}
    for (group, _), count in sent.headcounts.items():
        of_group = sums[group]
        of_group[0] += count.white
        of_group[1] += count.bme
        of_group[2] += count.unknown
    return list(sums.values())


def _whole_part(values: Floats) -> Integers:
    return np.floor(values).astype(np.int64)


def _listed(people: Integers, some: Integers) -> list[list[list[int]]]:
    """Return people, and some of them, by row and ethnic group."""
    pairs: list[list[list[int]]] = np.stack([people, some], axis=2).tolist()
    return pairs


def _pools(pairs: list[list[int]]) -> Pools:
    return Pools(*(Pool(people, events) for people, events in pairs))


def _answers(pair: list[int]) -> Answers:
    people, answered = pair
    if people < FEWEST_TOLD:
        return Answers(people)
    # Rounded half up, in whole numbers.
    return Answers(people, _share((20_000 * answered + people) // (2 * people)))


@cache
def _share(ten_thousandths: int) -> Decimal:
    return Decimal(ten_thousandths).scaleb(-4)
