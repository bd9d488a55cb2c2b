"""What charts draw: an answer about a measure of a trust or an area, exact or controlled.

A story holds nothing that its answer does not tell. Shares are rounded here, once, as the API
rounds them, so that pictures, tables and readings have the API's numbers.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from app.charts.words import CONTROLLED, SYNTHETIC, census, day, rounded, title_of
from app.domain.areas import AreaFigure, AreaProgress
from app.domain.codes import Reason
from app.domain.measures import ReferenceKind, Scope, default_reference
from app.domain.progress import (
    ActualFigure,
    ForecastFigure,
    Gap,
    Interval,
    Parity,
    Progress,
    TargetFigure,
)
from app.domain.public_areas import PublicAreaProgress
from app.domain.public_progress import PublicFigure, PublicParity, PublicProgress
from app.services.charts import Answer, Shown

Years = tuple[tuple[int, float], ...]
"""Shares by census."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a chart is about, and as of when.

    Attributes:
        is_controlled: Whether the figures are under disclosure control.
        left_out: Censuses of an area that too few of its trusts have reported.
    """

    name: str
    ods_code: str
    as_of: datetime
    method: str
    synthetic: bool
    is_controlled: bool = False
    left_out: tuple[int, ...] = ()

    @classmethod
    def of(cls, shown: Shown) -> "Subject":
        """Return whom an answer is about."""
        return cls(
            shown.name,
            shown.ods_code,
            shown.as_of,
            shown.method,
            shown.synthetic,
            shown.is_controlled,
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What stands below each picture."""
        dated = f"As of {day(self.as_of)}. Method {self.method}."
        without = (
            f"Without the census of {census(year)}: too few sent it." for year in self.left_out
        )
        return (
            *((SYNTHETIC,) if self.synthetic else ()),
            *without,
            f"{CONTROLLED} {dated}" if self.is_controlled else dated,
        )


@dataclass(frozen=True, slots=True)
class Point:
    """The people of a measure at one census.

    Attributes:
        reason: Why there is no share; None where there is one.
    """

    year: int
    bme: int | None
    total: int | None
    share: float | None
    interval: Interval | None
    reason: Reason | None

    @property
    def is_hidden(self) -> bool:
        """Whether it is known, but not shown."""
        return self.reason is Reason.SUPPRESSED


@dataclass(frozen=True, slots=True)
class Step:
    """What a target asks for at one census."""

    year: int
    share: float | None
    people: int


@dataclass(frozen=True, slots=True)
class Aim:
    """A target, from its baseline to its goal."""

    baseline: Point
    steps: tuple[Step, ...]

    @property
    def goal(self) -> Step:
        """What it asks for at last."""
        return self.steps[-1]


@dataclass(frozen=True, slots=True)
class Expected:
    """The forecast share at one census."""

    year: int
    share: float
    band_80: Interval
    band_95: Interval


@dataclass(frozen=True, slots=True)
class Story:
    """What is told of a measure, and of what it is held against.

    Attributes:
        gap: How far it is from its path and its goal; None without a target.
        reference: Shares that it is held against at censuses that were held.
        reference_ahead: Those forecast, or fixed, from the last of them on.
    """

    subject: Subject
    scope: Scope
    points: tuple[Point, ...]
    aim: Aim | None
    aim_reason: Reason | None
    forecast: tuple[Expected, ...]
    forecast_reason: Reason | None
    parity: Parity | PublicParity | None
    parity_reason: Reason | None
    gap: Gap | None
    reference_kind: ReferenceKind | None
    reference: Years
    reference_ahead: Years

    @property
    def last(self) -> Point | None:
        """The last census that has a share."""
        return next((one for one in reversed(self.points) if one.share is not None), None)

    @property
    def heading(self) -> str:
        """Whom the picture is of, and which measure."""
        return f"{self.subject.name}: {title_of(self.scope)}"


def tell_stories(shown: Shown) -> list[Story]:
    """Return what is drawn of each measure that is shown, in their order."""
    return [_tell(shown, one) for one in shown.answers]


def _tell(shown: Shown, answer: Answer) -> Story:
    points, left_out = _points(answer)
    forecast, why_none = _forecast(answer)
    target, why_no_target = _target(answer)
    kind = _reference_kind(shown, answer)
    past, ahead = _reference(kind, answer, shown.workforce, points, forecast)
    return Story(
        subject=replace(Subject.of(shown), left_out=left_out),
        scope=Scope(answer.measure, answer.staff_group),
        points=points,
        aim=_aim(target) if target else None,
        aim_reason=why_no_target,
        forecast=forecast,
        forecast_reason=why_none,
        parity=answer.parity,
        parity_reason=answer.parity_reason,
        gap=answer.gap if isinstance(answer, Progress) else None,
        reference_kind=kind,
        reference=past,
        reference_ahead=ahead,
    )


def _reference_kind(shown: Shown, answer: Answer) -> ReferenceKind | None:
    """Return what a measure is held against.

    Where the outlook is hidden, the measure and the workforce may each be shown all the same.
    """
    if answer.parity is not None:
        return answer.parity.reference
    if answer.parity_reason is Reason.SUPPRESSED:
        return shown.reference or default_reference(answer.measure)
    return None


def _points(answer: Answer) -> tuple[tuple[Point, ...], tuple[int, ...]]:
    """Return the censuses that are told, and the years of those that are not.

    The sum of a few trusts is no share of an area's: the trend leaves it out, and so do pictures,
    unless there is nothing else to show.
    """
    partial = [
        one.year for one in answer.actuals if isinstance(one, AreaFigure) and not one.in_trend
    ]
    left_out = tuple(partial) if len(partial) < len(answer.actuals) else ()
    return tuple(_point(one) for one in answer.actuals if one.year not in left_out), left_out


def _point(figure: ActualFigure | AreaFigure | PublicFigure) -> Point:
    return Point(
        year=figure.year,
        bme=figure.bme,
        total=figure.total,
        share=None if figure.share is None else rounded(figure.share),
        interval=_rounded(figure.interval_95),
        reason=figure.share_reason,
    )


def _rounded(interval: Interval | None) -> Interval | None:
    return None if interval is None else _round(interval)


def _round(interval: Interval) -> Interval:
    return Interval(rounded(interval.lower), rounded(interval.upper))


def _forecast(answer: Answer) -> tuple[tuple[Expected, ...], Reason | None]:
    """Return the forecast of an answer; controlled ones have none."""
    if isinstance(answer, PublicProgress | PublicAreaProgress):
        return (), Reason.NOT_PUBLIC
    return tuple(_expect(one) for one in answer.forecast or ()), answer.forecast_reason


def _expect(figure: ForecastFigure) -> Expected:
    return Expected(
        figure.year, rounded(figure.median), _round(figure.band_80), _round(figure.band_95)
    )


def _target(answer: Answer) -> tuple[TargetFigure | None, Reason | None]:
    """Return the target of an answer: the current one, else the one that closes.

    One that asks for nothing has no path to draw.
    """
    if isinstance(answer, Progress):
        target = answer.current_target or answer.closing_target
        if target is not None and not target.milestones:
            return None, Reason.NO_TARGET_NEEDED
        return target, None if target else answer.current_target_reason
    if isinstance(answer, AreaProgress):
        return None, Reason.AREA_SETS_NO_TARGETS
    return None, Reason.NOT_PUBLIC


def _aim(target: TargetFigure) -> Aim:
    """Return the path of a target."""
    start = target.baseline
    share = None if start.share is None else rounded(start.share)
    return Aim(
        Point(start.year, start.bme, start.total, share, None, start.share_reason),
        tuple(
            Step(one.year, None if one.share is None else rounded(one.share), one.headcount)
            for one in target.milestones
        ),
    )


def _reference(
    kind: ReferenceKind | None,
    answer: Answer,
    workforce: Answer | None,
    points: Iterable[Point],
    forecast: Iterable[Expected],
) -> tuple[Years, Years]:
    """Return what a measure is held against at each census, and in the years ahead.

    Of medical staff and of staff groups only the share at the last census is told.
    """
    if kind is ReferenceKind.OWN_WORKFORCE and workforce is not None:
        known, _ = _points(workforce)
        past = tuple((one.year, one.share) for one in known if one.share is not None)
        coming, _ = _forecast(workforce)
        return past, tuple((one.year, one.share) for one in coming)
    parity = answer.parity
    if parity is None or parity.reference_share is None:
        return (), ()
    share = rounded(parity.reference_share)
    if kind in {ReferenceKind.FIXED, ReferenceKind.OWN_WORKFORCE_AT_BASELINE}:
        held, ahead = (tuple((one.year, share) for one in some) for some in (points, forecast))
        return held, ahead
    return ((parity.census, share),), ()
