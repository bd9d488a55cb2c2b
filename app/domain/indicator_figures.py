"""Indicators 2 to 8 as they are shown: rates and shares, and how two groups compare.

Where a figure cannot be had, a reason stands in its place.

Source:
    docs/methods/1.md, sections 1 and 6.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.domain.bands import ALLOWED_PAIRS, EthnicGroup, StaffGroup
from app.domain.codes import Reason
from app.domain.indicators import (
    WHOLE,
    Answers,
    Narrowing,
    Period,
    Pool,
    PoolIndicator,
    Pools,
    SurveyIndicator,
    join_periods,
)
from app.domain.likelihoods import Likelihood, compare_pools
from app.domain.progress import Interval
from app.stats.intervals import difference_intervals

WHITE_MINUS_BME: Final = frozenset({7})
"""Indicators of which the difference is white minus BME, because they are of something good; of
the other questions of the survey it is BME minus white. Above 0 all are a disadvantage for BME
staff."""

NARROWINGS: Final[tuple[Narrowing, ...]] = tuple(
    one
    for group in StaffGroup
    for one in ((group, None), *(pair for pair in ALLOWED_PAIRS if pair[0] is group))
)
"""All parts of an indicator, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class RateFigure:
    """Of a pool of people, to how many something happened."""

    pool: int
    events: int
    rate: float | None
    rate_reason: Reason | None


@dataclass(frozen=True, slots=True)
class PoolsFigure:
    """Both rates, and how much likelier the event is in one group than in the other.

    Attributes:
        narrowing: Whose figures they are.
        trusts: Trusts whose figures were added up.
        likelihood: The relative likelihood, in the direction of the indicator.
    """

    narrowing: Narrowing
    trusts: int
    white: RateFigure
    bme: RateFigure
    unknown: RateFigure
    likelihood: Likelihood | Reason


@dataclass(frozen=True, slots=True)
class PoolIndicatorFigure:
    """Indicator 2, 3 or 4.

    Attributes:
        period: From the first day of any of the figures to the last day of any.
        whole: Everybody's.
        parts: By staff group and band, where they were sent so.
    """

    period: Period
    whole: PoolsFigure
    parts: tuple[PoolsFigure, ...]


@dataclass(frozen=True, slots=True)
class AnswersFigure:
    """Respondents, and the share of them who answered so."""

    respondents: int
    share: float | None
    share_reason: Reason | None


@dataclass(frozen=True, slots=True)
class DifferenceFigure:
    """A difference of two shares, which never goes without its interval."""

    share: float
    interval_95: Interval


@dataclass(frozen=True, slots=True)
class SurveyFigure:
    """Indicator 5, 6, 7 or 8.

    Attributes:
        period: As that of indicators 2 to 4.
        trusts: Trusts whose answers were added up.
        difference: Of the two shares, in the direction of the indicator.
    """

    period: Period
    trusts: int
    white: AnswersFigure
    bme: AnswersFigure
    unknown: AnswersFigure
    difference: DifferenceFigure | Reason


def show_pools(number: int, held: Sequence[tuple[PoolIndicator, int]]) -> PoolIndicatorFigure:
    """Return indicator 2, 3 or 4, added up: counts add, rates never do.

    Args:
        number: Which indicator.
        held: One return or more of it, each with the trusts whose people it counts.
    """
    sums: dict[Narrowing, tuple[Pools, int]] = {WHOLE: (Pools(), 0)}
    for one, trusts in held:
        for whose, pools in one.cells.items():
            before, counted = sums.get(whose, (Pools(), 0))
            sums[whose] = (before + pools, counted + trusts)
    shown = [WHOLE, *(one for one in NARROWINGS if one in sums)]
    likelihoods = compare_pools([(number, sums[one][0]) for one in shown])
    whole, *parts = (
        PoolsFigure(whose, trusts, *_rates(pools), likelihood)
        for (whose, (pools, trusts)), likelihood in zip(
            ((one, sums[one]) for one in shown), likelihoods, strict=True
        )
    )
    return PoolIndicatorFigure(join_periods(one.period for one, _ in held), whole, tuple(parts))


def _rates(pools: Pools) -> tuple[RateFigure, RateFigure, RateFigure]:
    return _rate(pools.white), _rate(pools.bme), _rate(pools.unknown)


def _rate(pool: Pool) -> RateFigure:
    nobody = None if pool.pool else Reason.NO_PEOPLE
    rate = None if pool.rate is None else float(pool.rate)
    return RateFigure(pool.pool, pool.events, rate, nobody)


@dataclass(frozen=True, slots=True)
class Implied:
    """How many have something, as a share of people implies: it need not be whole.

    Attributes:
        number: Those who have it.
        people: Of how many.
        hidden: Others, whose share is not told.
    """

    number: Fraction
    people: int
    hidden: int = 0

    @classmethod
    def add(cls, answers: Iterable[Answers]) -> "Implied":
        """Return what answers come to."""
        number, people, hidden = Fraction(0), 0, 0
        for one in answers:
            if one.share is None:
                hidden += one.respondents
            else:
                number += Fraction(one.share) * one.respondents
                people += one.respondents
        return cls(number, people, hidden)

    @property
    def reason(self) -> Reason | None:
        """Why there is no share."""
        if self.people:
            return None
        return Reason.SUPPRESSED if self.hidden else Reason.NO_PEOPLE

    def show(self) -> AnswersFigure:
        """Return the respondents with their share, or all of them where none is told."""
        if self.people:
            return AnswersFigure(self.people, float(self.number / self.people), None)
        return AnswersFigure(self.hidden, None, self.reason)


def compare_shares(pairs: Sequence[tuple[Implied, Implied]]) -> list[DifferenceFigure]:
    """Return the differences of shares, the first minus the second, with Newcombe intervals.

    Args:
        pairs: Each of some people; the numbers that the shares imply are taken as counts.
    """
    limits = difference_intervals(
        [float(one.number) for one, _ in pairs],
        [one.people for one, _ in pairs],
        [float(other.number) for _, other in pairs],
        [other.people for _, other in pairs],
    )
    return [
        DifferenceFigure(
            float(one.number / one.people - other.number / other.people),
            Interval(float(lower), float(upper)),
        )
        for (one, other), lower, upper in zip(pairs, *limits, strict=True)
    ]


def show_survey(number: int, held: Sequence[tuple[SurveyIndicator, int]]) -> SurveyFigure:
    """Return indicator 5, 6, 7 or 8, added up: respondents, and those whom the shares imply.

    A return in which a share was not told counts for no group whose share it does not tell.

    Args:
        number: Which indicator.
        held: One return or more of it, each with the trusts whose people it counts.
    """
    sums = {
        group: Implied.add(one.groups.get(group, Answers()) for one, _ in held)
        for group in EthnicGroup
    }
    white, bme = sums[EthnicGroup.WHITE], sums[EthnicGroup.BME]
    pair = (white, bme) if number in WHITE_MINUS_BME else (bme, white)
    reason = white.reason or bme.reason
    white_figure, bme_figure, unknown_figure = (one.show() for one in sums.values())
    return SurveyFigure(
        period=join_periods(survey.period for survey, _ in held),
        trusts=sum(trusts for _, trusts in held),
        white=white_figure,
        bme=bme_figure,
        unknown=unknown_figure,
        difference=reason or compare_shares([pair])[0],
    )
