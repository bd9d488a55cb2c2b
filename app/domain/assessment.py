"""Progress put together: one trust, any number of measures, one analysis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TypeVar

import numpy as np

from app.domain.cautions import Told, find_series_cautions
from app.domain.codes import Reason
from app.domain.counts import Count
from app.domain.gaps import (
    Latest,
    choose_targets,
    close_target,
    find_appointments,
    find_gap,
    find_goal_chance,
    show_target,
)
from app.domain.holdings import Holdings
from app.domain.methods import Method
from app.domain.panels import Censuses, Question, build_panel, count_at
from app.domain.parity import find_parity
from app.domain.perimeter import has_perimeter_changed
from app.domain.progress import (
    ActualFigure,
    Appointments,
    ForecastFigure,
    Gap,
    GoalChance,
    Interval,
    Progress,
    Source,
    TargetFigure,
    Trend,
    YearlyNeed,
)
from app.domain.series import Continuity, History, Joined
from app.domain.target_needs import find_yearly_need
from app.domain.targets import Path, Target
from app.domain.trends import Analysis, analyse
from app.stats.intervals import wilson_intervals
from app.stats.walk import Forecast

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Settings:
    """How a question about progress is put.

    Attributes:
        as_of: The instant that the answer names; None for the newest change that it depends on.
        turnover: Share of staff who leave in a year, for appointments only.
        horizon: Years to which forecasts and probabilities are listed, 1 to 30.
        method: What the answer is computed with, and names.
    """

    continuity: Continuity
    as_of: datetime | None
    turnover: Fraction
    horizon: int
    method: Method


def assess(
    holdings: Holdings, questions: Sequence[Question], settings: Settings
) -> list[Progress]:
    """Return a trust's progress on each question, in order."""
    if not questions:
        return []
    years = holdings.years() or [0]
    censuses = Censuses.empty(1, years)
    for index, year in enumerate(years):
        if year in holdings.staff.censuses:
            censuses.put_staff(0, index, holdings.staff.censuses[year].headcounts)
        if year in holdings.boards.censuses:
            censuses.put_board(0, index, holdings.boards.censuses[year].seats)
    analysis = analyse(build_panel(censuses, questions), settings.method)
    prediction = analysis.forecast(np.arange(1, settings.method.thresholds.horizon + 1))
    return [
        _assess_one(
            _Series(holdings, question, settings, analysis, index),
            Forecast(prediction.centre[index : index + 1], prediction.variance[index : index + 1]),
        )
        for index, question in enumerate(questions)
    ]


@dataclass(frozen=True, slots=True)
class _Series:
    """One question among those analysed."""

    holdings: Holdings
    question: Question
    settings: Settings
    analysis: Analysis
    index: int

    def counts(self) -> dict[int, Count]:
        """Return the persons of the measure by census year."""
        panel = self.analysis.panel
        found = {}
        for at, year in enumerate(panel.years):
            count = count_at(panel.measure, self.index, at)
            if count is not None:
                found[int(year)] = count
        return found

    def latest(self, figures: Sequence[ActualFigure]) -> Latest | None:
        """Return the last census, or None when there is none."""
        if not figures:
            return None
        last = figures[-1]
        slope = float(self.analysis.lines.slope[self.index])
        return Latest(
            year=last.year,
            count=Count(last.white, last.bme, last.unknown),
            interval=last.interval_95,
            slope=slope if np.isfinite(slope) else None,
            censuses=int(self.analysis.walks.censuses[self.index]),
        )


def _assess_one(series: _Series, prediction: Forecast) -> Progress:
    """Return the progress of one series."""
    holdings, question, settings = series.holdings, series.question, series.settings
    history = holdings.history(question.scope)
    figures = _figures(series.counts(), history, holdings)
    latest = series.latest(figures)
    of_scope = [t for t in holdings.targets if t.scope == question.scope]
    closing, current = choose_targets(of_scope, latest.year if latest else None)
    aim = _aim(holdings, current or closing, latest, prediction, settings)
    forecast, trend, untold = _outlook_of(series, latest, prediction)
    parity = find_parity(series.analysis, series.index, question, settings.horizon)
    trust = holdings.lineage.trust
    return Progress(
        ods_code=trust.ods_code,
        measure=question.scope.measure,
        staff_group=question.scope.staff_group,
        continuity=settings.continuity,
        as_of=settings.as_of or holdings.changed_at(question.scope),
        method=settings.method.version,
        synthetic=trust.is_synthetic,
        actuals=figures,
        closing_target=_close(holdings, closing, latest),
        current_target=show_target(current, latest) if current else None,
        current_target_reason=None if current else Reason.NO_TARGET,
        gap=_value(aim.gap),
        gap_reason=_reason(aim.gap),
        yearly_need=_value(aim.need),
        yearly_need_reason=_reason(aim.need),
        goal_outlook=_value(aim.chance),
        goal_outlook_reason=_reason(aim.chance),
        forecast=forecast,
        forecast_reason=untold,
        trend=trend,
        trend_reason=untold,
        parity=_value(parity),
        parity_reason=_reason(parity),
        appointments=_value(aim.appointments),
        appointments_reason=_reason(aim.appointments),
        warnings=find_series_cautions(
            Told(
                holdings.lineage,
                history,
                holdings.staff,
                figures,
                tuple(t for t in (closing, current) if t),
            ),
            series.analysis,
            series.index,
        ),
    )


def _figures(
    counts: Mapping[int, Count], history: History, holdings: Holdings
) -> tuple[ActualFigure, ...]:
    """Return the people of a measure at each census that is held."""
    if not counts:
        return ()
    bme = np.array([count.bme for count in counts.values()])
    total = np.array([count.total for count in counts.values()])
    lower, upper = wilson_intervals(bme, total)
    own = holdings.lineage.trust.ods_code
    return tuple(
        _figure(
            history.censuses[year],
            holdings.staff.censuses.get(year),
            count,
            Interval(float(low), float(high)) if count.total else None,
            own,
        )
        for (year, count), low, high in zip(counts.items(), lower, upper, strict=True)
    )


def _figure(
    joined: Joined, staff: Joined | None, count: Count, interval: Interval | None, own: str
) -> ActualFigure:
    """Return one census of a measure; a board has the state of the census's headcounts."""
    parts = tuple(Source(part.ods_code, part.revision) for part in joined.parts)
    is_own = all(part.ods_code == own for part in parts)
    nobody = None if count.total else Reason.NO_PEOPLE
    return ActualFigure(
        year=joined.year,
        revision=joined.revision_of(own),
        bme=count.bme,
        white=count.white,
        unknown=count.unknown,
        total=count.total,
        share=_float(count.share),
        share_reason=nobody,
        share_of_known=_float(count.share_of_known),
        share_of_known_reason=None if count.known else Reason.NO_PEOPLE,
        unknown_share=_float(count.unknown_share),
        unknown_share_reason=nobody,
        interval_95=interval,
        interval_95_reason=nobody,
        state=(staff or joined).state,
        sources=None if is_own else parts,
    )


@dataclass(frozen=True, slots=True)
class _Aim:
    """Where the series stands against the target that counts, or why it cannot be said."""

    gap: Gap | Reason
    need: YearlyNeed | Reason
    chance: GoalChance | Reason
    appointments: Appointments | Reason


def _aim(
    holdings: Holdings,
    target: Target | None,
    latest: Latest | None,
    prediction: Forecast,
    settings: Settings,
) -> _Aim:
    """Return the gap to a target, the chance of its goal and the appointments it takes."""
    found = _find_aim(holdings, target, latest)
    if isinstance(found, Reason):
        return _Aim(found, found, found, found)
    held, path, last = found
    return _Aim(
        find_gap(held, path, last) or Reason.NO_PEOPLE,
        find_yearly_need(holdings.versions_of(held), held, path, last),
        find_goal_chance(held, path, last, prediction, settings.method.thresholds),
        find_appointments(held, path, last, settings.turnover),
    )


def _find_aim(
    holdings: Holdings, target: Target | None, latest: Latest | None
) -> tuple[Target, Path, Latest] | Reason:
    """Return what a series is held against, or why it cannot be."""
    if target is None:
        return Reason.NO_TARGET
    if latest is None:
        return Reason.NO_ACTUALS
    path = target.path
    if path is None:
        return Reason.NO_TARGET_NEEDED
    if _has_perimeter_changed(holdings, target, latest):
        return Reason.PERIMETER_CHANGED
    return target, path, latest


def _close(
    holdings: Holdings, target: Target | None, latest: Latest | None
) -> TargetFigure | None:
    """Return the closing target with its verdict, if one closes at the latest census."""
    if target is None or latest is None:
        return None
    changed = _has_perimeter_changed(holdings, target, latest)
    return close_target(target, latest, has_perimeter_changed=changed)


def _has_perimeter_changed(holdings: Holdings, target: Target, latest: Latest) -> bool:
    joined = holdings.history(target.scope).censuses[latest.year]
    return has_perimeter_changed(holdings.lineage, target, joined)


def _outlook_of(
    series: _Series, latest: Latest | None, prediction: Forecast
) -> tuple[tuple[ForecastFigure, ...] | None, Trend | None, Reason | None]:
    """Return the forecast and the trend behind it, or why there is neither."""
    if latest is None:
        return None, None, Reason.NO_ACTUALS
    if not latest.count.total:
        return None, None, Reason.NO_PEOPLE
    if latest.censuses < series.settings.method.thresholds.min_censuses:
        return None, None, Reason.TOO_FEW_YEARS
    forecast = list_forecast(prediction, latest.year, series.settings.horizon)
    walks, at = series.analysis.walks, series.index
    trend = Trend(latest.censuses, float(walks.drift[at]), float(walks.dispersion[at]))
    return forecast, trend, None


def list_forecast(
    prediction: Forecast, last_year: int, horizon: int
) -> tuple[ForecastFigure, ...]:
    """Return the forecast share of one series at each census to the horizon.

    Args:
        prediction: Of this one series, at horizons 1, 2, …: arrays of shape (1, H).
        last_year: Year of its last census.
        horizon: Years to which it is listed, at most H.
    """
    bands = [prediction.median, *prediction.band(0.80), *prediction.band(0.95)]
    rows = np.array([band[0, :horizon] for band in bands]).T
    return tuple(
        ForecastFigure(
            last_year + 1 + ahead,
            float(median),
            Interval(float(low_80), float(high_80)),
            Interval(float(low_95), float(high_95)),
        )
        for ahead, (median, low_80, high_80, low_95, high_95) in enumerate(rows)
    )


def _value(part: Part | Reason) -> Part | None:
    return None if isinstance(part, Reason) else part


def _reason(part: object) -> Reason | None:
    return part if isinstance(part, Reason) else None


def _float(share: Fraction | None) -> float | None:
    return None if share is None else float(share)
