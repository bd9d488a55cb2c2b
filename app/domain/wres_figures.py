"""From counts to the nine indicators: everything of one census in a call each.

Source:
    docs/methods/1.md, sections 1 and 6.
"""

from collections.abc import Sequence
from fractions import Fraction

from app.domain.actuals import Headcounts, sum_pairs
from app.domain.bands import ALLOWED_PAIRS, StaffGroup
from app.domain.boards import Board
from app.domain.codes import Reason
from app.domain.counts import Count
from app.domain.indicator_figures import (
    DifferenceFigure,
    Implied,
    PoolIndicatorFigure,
    SurveyFigure,
    compare_shares,
    show_pools,
    show_survey,
)
from app.domain.indicators import POOL_INDICATORS, SURVEY_INDICATORS
from app.domain.likelihoods import compare_tiers
from app.domain.measures import Measure, staff_group_pairs
from app.domain.progress import Interval
from app.domain.wres import (
    BandFigure,
    BoardFigure,
    DisparityFigure,
    NineFigures,
    PeopleFigure,
    SeatsFigure,
    StaffFigure,
)
from app.domain.wres_holdings import Holding
from app.stats.intervals import wilson_intervals


def describe(holding: Holding) -> NineFigures:
    """Return the nine indicators, and disparity ratios, of one census."""
    return NineFigures(
        year=holding.year,
        expected=holding.expected,
        staff=_staff(holding),
        pools={number: _pools(holding, number) for number in POOL_INDICATORS},
        surveys={number: _survey(holding, number) for number in SURVEY_INDICATORS},
        board=_board(holding),
        disparity=_disparity(holding),
    )


def show_people(counts: Sequence[Count]) -> list[PeopleFigure]:
    """Return people with their shares and Wilson intervals."""
    limits = wilson_intervals([count.bme for count in counts], [count.total for count in counts])
    return [
        _people(count, Interval(float(lower), float(upper)))
        for count, lower, upper in zip(counts, *limits, strict=True)
    ]


def _people(count: Count, interval: Interval) -> PeopleFigure:
    """Return people with their share; the interval counts only where there are any."""
    nobody = None if count.total else Reason.NO_PEOPLE
    return PeopleFigure(
        white=count.white,
        bme=count.bme,
        unknown=count.unknown,
        total=count.total,
        share=_float(count.share),
        share_reason=nobody,
        share_of_known=_float(count.share_of_known),
        share_of_known_reason=None if count.known else Reason.NO_PEOPLE,
        unknown_share=_float(count.unknown_share),
        unknown_share_reason=nobody,
        interval_95=None if nobody else interval,
        interval_95_reason=nobody,
    )


def _staff(holding: Holding) -> StaffFigure | Reason:
    """Return indicator 1, or why there is none."""
    held = holding.headcounts
    if isinstance(held, Reason):
        return held
    whole_groups = [(group, sum_pairs(held, staff_group_pairs(group))) for group in StaffGroup]
    groups = [(group, count) for group, count in whole_groups if count.total]
    pairs = [pair for pair in ALLOWED_PAIRS if pair in held]
    workforce, *others = show_people(
        [
            Count.sum(held.values()),
            *(count for _, count in groups),
            *(held[pair] for pair in pairs),
        ]
    )
    of_groups, of_bands = others[: len(groups)], others[len(groups) :]
    return StaffFigure(
        trusts=holding.staff_trusts,
        workforce=workforce,
        staff_groups=tuple(
            BandFigure(group, None, people)
            for (group, _), people in zip(groups, of_groups, strict=True)
        ),
        bands=tuple(
            BandFigure(*pair, people) for pair, people in zip(pairs, of_bands, strict=True)
        ),
    )


def _find_gap(holding: Holding, number: int) -> Reason | None:
    """Return why an indicator that a number of returns have is not told; None where it is."""
    if not number:
        return holding.absent
    if holding.must_be_complete and number < len(holding.sent):
        return Reason.INCOMPLETE_RETURNS
    return None


def _pools(holding: Holding, number: int) -> PoolIndicatorFigure | Reason:
    """Return indicator 2, 3 or 4, or why there is none."""
    held = [
        (one.indicators.pools[number], one.trusts)
        for one in holding.sent
        if number in one.indicators.pools
    ]
    return _find_gap(holding, len(held)) or show_pools(number, held)


def _survey(holding: Holding, number: int) -> SurveyFigure | Reason:
    """Return indicator 5, 6, 7 or 8, or why there is none."""
    held = [
        (one.indicators.surveys[number], one.trusts)
        for one in holding.sent
        if number in one.indicators.surveys
    ]
    return _find_gap(holding, len(held)) or show_survey(number, held)


def _board(holding: Holding) -> BoardFigure | Reason:
    """Return indicator 9, or why there is none."""
    if isinstance(holding.seats, Reason):
        return holding.seats
    board = Board("", holding.seats)
    counts = [
        board.count(one) for one in (Measure.BOARD, Measure.BOARD_VOTING, Measure.BOARD_EXECUTIVE)
    ]
    return BoardFigure(
        holding.board_trusts,
        *(
            SeatsFigure(people, _minus_workforce(count, holding.headcounts))
            for count, people in zip(counts, show_people(counts), strict=True)
        ),
    )


def _minus_workforce(seats: Count, headcounts: Headcounts | Reason) -> DifferenceFigure | Reason:
    """Return a BME share minus that of the workforce, or why it cannot be told."""
    if isinstance(headcounts, Reason):
        return headcounts
    workforce = Count.sum(headcounts.values())
    if not (seats.total and workforce.total):
        return Reason.NO_PEOPLE
    pair = (
        Implied(Fraction(seats.bme), seats.total),
        Implied(Fraction(workforce.bme), workforce.total),
    )
    return compare_shares([pair])[0]


def _disparity(holding: Holding) -> DisparityFigure | Reason:
    """Return the disparity ratios, or why there are none."""
    if isinstance(holding.headcounts, Reason):
        return holding.headcounts
    (of_group,) = compare_tiers([holding.headcounts])
    return DisparityFigure(
        holding.staff_trusts, of_group[StaffGroup.NON_CLINICAL], of_group[StaffGroup.CLINICAL]
    )


def _float(share: Fraction | None) -> float | None:
    return None if share is None else float(share)
