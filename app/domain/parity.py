"""Whether and when one measure meets its reference, read from an analysis.

Source:
    docs/methods/1.md, section 5.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import isfinite

from app.domain.arithmetic import people_for, round_half_up
from app.domain.codes import Outlook, PointsOutlook, Reason
from app.domain.counts import Count
from app.domain.groups import ReferenceType
from app.domain.outlooks import OUTLOOKS, POINTS_OUTLOOKS
from app.domain.panels import Question, count_at
from app.domain.progress import (
    Chance,
    Interval,
    OtherOutlook,
    Parity,
    ParityGap,
    PointsScale,
    YearInterval,
)
from app.domain.trends import Analysis, Comparison
from app.stats.intervals import difference_intervals, wilson_intervals
from app.stats.normal import normal_cdf


def find_parity(
    analysis: Analysis, index: int, question: Question, horizon: int
) -> Parity | Reason:
    """Return the parity of one series, or why there is none.

    Args:
        analysis: Of a panel with the series.
        index: Of the series in the panel.
        question: What the series answers.
        horizon: Years for which probabilities are listed, 1 to 30.
    """
    if question.reference is None:
        return question.without
    told = find_outlook(analysis, index, question)
    if isinstance(told, Reason):
        return told
    here, outlook = analysis.everybody, told.outlook
    last = int(here.last[index])
    count = count_at(analysis.panel.measure, index, last) or Count()
    reason = _why_no_walks(analysis, index, count)
    enough = reason is None
    reference = _reference_share(analysis, index, last, question)
    gap = _gap(analysis, index, question, count, reference)
    points = _points(here, index) if enough else None
    return Parity(
        census=int(analysis.panel.years[last]),
        reference=question.reference,
        reference_share=None if reference is None else float(reference),
        reference_share_reason=Reason.NO_PEOPLE if reference is None else None,
        gap=gap,
        gap_reason=None if gap else Reason.NO_PEOPLE,
        outlook=outlook,
        year=told.year,
        interval_80=_interval(here, index) if outlook is Outlook.PROJECTED else None,
        probability_closing=float(here.closing[index]) if enough else None,
        probability_closing_reason=reason,
        parity_to_nearest_person=_is_nearest(count, reference),
        probability_at_parity=_chances(analysis, index, horizon) if enough else None,
        probability_at_parity_reason=reason,
        on_points_scale=points,
        on_points_scale_reason=reason,
        on_known_ethnicity=_other(analysis.known, index),
        on_everybody=_other(here, index) if outlook is Outlook.DEPENDS_ON_UNKNOWN else None,
        on_log_odds_scale=_on_log_odds(analysis, index)
        if outlook is Outlook.DEPENDS_ON_SCALE
        else None,
    )


def find_outlook(analysis: Analysis, index: int, question: Question) -> OtherOutlook | Reason:
    """Return the outlook of one series with its year, if it has one, or why there is neither."""
    here = analysis.everybody
    return _tell_outlook(question, here.last[index], analysis.outlook(index), here.year[index])


def list_outlooks(
    analysis: Analysis, questions: Iterable[Question]
) -> list[OtherOutlook | Reason]:
    """Return what `find_outlook` does of every series, in one step.

    Args:
        analysis: Of a panel.
        questions: What its series answer.
    """
    last, years = analysis.everybody.last.tolist(), analysis.everybody.year.tolist()
    told = zip(questions, last, analysis.list_outlooks(), years, strict=True)
    return [_tell_outlook(*one) for one in told]


def _tell_outlook(
    question: Question, last: int, outlook: Outlook, year: float
) -> OtherOutlook | Reason:
    if question.reference is None:
        return question.without
    if question.fixed is not None and not 0 < question.fixed < 1:
        return Reason.REFERENCE_NOT_DEFINED
    if last < 0:
        return Reason.NO_ACTUALS
    return OtherOutlook(outlook, _year(year) if outlook is Outlook.PROJECTED else None)


def _why_no_walks(analysis: Analysis, index: int, count: Count) -> Reason | None:
    """Return why walks and lines are not told; None when they are."""
    if not count.total:
        return Reason.NO_PEOPLE
    enough = analysis.everybody.censuses[index] >= analysis.method.thresholds.min_censuses
    return None if enough else Reason.TOO_FEW_YEARS


def are_scales_far_apart(analysis: Analysis, index: int) -> tuple[int, int] | None:
    """Return the years of the two scales if they are far apart, else None."""
    here = analysis.everybody
    log_odds, points = _year(here.year[index]), _year(here.points_year[index])
    if analysis.outlook(index) is not Outlook.PROJECTED or log_odds is None or points is None:
        return None
    is_far = abs(log_odds - points) > analysis.method.thresholds.scales_apart
    return (log_odds, points) if is_far else None


def _reference_share(
    analysis: Analysis, index: int, last: int, question: Question
) -> Fraction | None:
    """Return the reference's share at the last common census, exactly."""
    if question.fixed is not None:
        return question.fixed
    group = count_at(analysis.panel.reference, index, last)
    return group.share if group else None


def _gap(
    analysis: Analysis,
    index: int,
    question: Question,
    count: Count,
    reference: Fraction | None,
) -> ParityGap | None:
    """Return the distance to the reference with its interval; None when there is nobody."""
    if count.share is None or reference is None:
        return None
    if question.type is ReferenceType.SHARE:
        lower, upper = wilson_intervals(count.bme, count.total)
        interval = Interval(float(reference) - float(upper), float(reference) - float(lower))
    else:
        interval = _group_interval(analysis, index, question, count)
    people = people_for(reference, count.total) - count.bme
    return ParityGap(float(reference - count.share), people, interval)


def _group_interval(analysis: Analysis, index: int, question: Question, count: Count) -> Interval:
    """Return the interval of the gap to a group: (1 − f) times that of rest − measure.

    Where nobody is left beside the measure there is no gap, and no uncertainty about it.
    """
    group = count_at(analysis.panel.reference, index, int(analysis.everybody.last[index]))
    whole = group or Count()
    rest_bme, rest_total, outside = whole.bme, whole.total, Fraction(1)
    if question.type is ReferenceType.CONTAINS:
        rest_bme, rest_total = whole.bme - count.bme, whole.total - count.total
        outside = 1 - Fraction(count.total, whole.total)
    if not rest_total:
        return Interval(0.0, 0.0)
    lower, upper = difference_intervals(rest_bme, rest_total, count.bme, count.total)
    return Interval(float(outside) * float(lower), float(outside) * float(upper))


def _is_nearest(count: Count, reference: Fraction | None) -> bool:
    """Return whether the share is below its reference, but not to the nearest person."""
    if reference is None or count.share is None or count.share >= reference:
        return False
    return count.bme >= round_half_up(reference * count.total)


def _interval(here: Comparison, index: int) -> YearInterval:
    latest = _year(here.latest[index])
    reason = Reason.LATER_OR_NEVER if latest is None else None
    return YearInterval(_year(here.earliest[index]), latest, reason)


def _chances(analysis: Analysis, index: int, horizon: int) -> tuple[Chance, ...]:
    """Return the probability of parity at each census to the horizon."""
    here = analysis.everybody
    first = int(analysis.panel.years[here.last[index]]) + 1
    probabilities = normal_cdf(here.scores[index, :horizon])
    return tuple(Chance(first + h, float(p)) for h, p in enumerate(probabilities))


def _points(here: Comparison, index: int) -> PointsScale:
    outlook = POINTS_OUTLOOKS[here.points_outlook[index]]
    change = float(here.points_change[index])
    if outlook is not PointsOutlook.CLOSING:
        return PointsScale(change, outlook, None, Reason.NOT_CLOSING)
    year = _year(here.points_year[index])
    return PointsScale(change, outlook, year, Reason.LATER_OR_NEVER if year is None else None)


def _other(here: Comparison, index: int) -> OtherOutlook:
    outlook = OUTLOOKS[here.outlook[index]]
    year = _year(here.year[index]) if outlook is Outlook.PROJECTED else None
    return OtherOutlook(outlook, year)


def _on_log_odds(analysis: Analysis, index: int) -> OtherOutlook:
    """Return what the log-odds alone say, where the scales disagree."""
    here, limits = analysis.everybody, analysis.method.thresholds
    year, closing = _year(here.year[index]), here.closing[index]
    if year is not None:
        return OtherOutlook(Outlook.PROJECTED, year)
    if closing >= limits.closing_from:
        return OtherOutlook(Outlook.BEYOND_HORIZON, None)
    is_open = closing > limits.widening_to
    return OtherOutlook(Outlook.NO_CLEAR_DIRECTION if is_open else Outlook.WIDENING, None)


def _year(value: float) -> int | None:
    return int(value) if isfinite(value) else None
