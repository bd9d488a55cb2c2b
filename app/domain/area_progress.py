"""The progress of an area: its measures in full, from one analysis of its trusts' sums."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from app.domain.area_figures import find_figures
from app.domain.area_series import AreaSeries, Place
from app.domain.areas import AreaFigure, AreaProgress, CompactRow, Counted, TrustGoals
from app.domain.assessment import list_forecast
from app.domain.cautions import about_fit, about_people, about_scales, sort_cautions
from app.domain.codes import ActualsState, Caution, Reason, WarningCode
from app.domain.parity import find_parity
from app.domain.progress import ForecastFigure, Trend
from app.stats.walk import Forecast


def tell_progress(
    series: AreaSeries,
    area: int,
    rows: Sequence[CompactRow],
    *,
    nothing: Reason,
    horizon: int,
) -> tuple[AreaProgress, ...]:
    """Return where each measure of an area stands.

    Args:
        series: All of them.
        area: Index of the area.
        rows: The lines of its trusts, trust by trust, for their goals.
        nothing: Why there are no figures, where there are none.
        horizon: Years to which forecasts are listed, 1 to 30.
    """
    analysis = series.analysis
    prediction = analysis.forecast(np.arange(1, analysis.method.thresholds.horizon + 1))
    number = len(series.questions)
    return tuple(
        _tell_one(Place(series, area, place), prediction, rows[place::number], nothing, horizon)
        for place in range(number)
    )


def _tell_one(
    place: Place,
    prediction: Forecast,
    lines: Sequence[CompactRow],
    nothing: Reason,
    horizon: int,
) -> AreaProgress:
    """Return where one measure of an area stands."""
    figures = find_figures(place)
    analysis, row, question = place.series.analysis, place.row, place.asked
    at = Forecast(prediction.centre[row : row + 1], prediction.variance[row : row + 1])
    forecast, trend, untold = _outlook_of(place, figures, at, nothing, horizon)
    parity = find_parity(analysis, row, question, horizon)
    if parity is Reason.NO_ACTUALS:
        parity = Reason.INCOMPLETE_RETURNS if figures else nothing
    return AreaProgress(
        measure=question.scope.measure,
        staff_group=question.scope.staff_group,
        counted=Counted.BOARD if place.of_board else Counted.STAFF,
        actuals=figures,
        forecast=forecast,
        forecast_reason=untold,
        trend=trend,
        trend_reason=untold,
        parity=None if isinstance(parity, Reason) else parity,
        parity_reason=parity if isinstance(parity, Reason) else None,
        goals_of_trusts=_add_goals(lines, figures[-1].year if figures else 0),
        warnings=sort_cautions(_cautions(place, figures)),
    )


def _outlook_of(
    place: Place,
    figures: Sequence[AreaFigure],
    prediction: Forecast,
    nothing: Reason,
    horizon: int,
) -> tuple[tuple[ForecastFigure, ...] | None, Trend | None, Reason | None]:
    """Return the forecast and the trend behind it, or why there is neither."""
    used = [figure for figure in figures if figure.in_trend]
    analysis, row = place.series.analysis, place.row
    walks, limits = analysis.walks, analysis.method.thresholds
    if not figures:
        return None, None, nothing
    if used and not used[-1].total:
        return None, None, Reason.NO_PEOPLE
    censuses = int(walks.censuses[row])
    if censuses < limits.min_censuses:
        with_people = sum(figure.total > 0 for figure in figures)
        is_short = with_people < limits.min_censuses
        return None, None, Reason.TOO_FEW_YEARS if is_short else Reason.INCOMPLETE_RETURNS
    forecast = list_forecast(prediction, used[-1].year, horizon)
    return (
        forecast,
        Trend(censuses, float(walks.drift[row]), float(walks.dispersion[row])),
        None,
    )


def _add_goals(lines: Iterable[CompactRow], latest: int) -> tuple[TrustGoals, ...]:
    """Return the goals of trusts added up, by the census that they are for.

    Those that were over before the latest census of the area are left out.
    """
    by_year: dict[int, list[CompactRow]] = {}
    for one in lines:
        if one.goal_year is not None and one.goal_year >= latest:
            by_year.setdefault(one.goal_year, []).append(one)
    return tuple(
        TrustGoals(
            year=year,
            trusts=len(chosen),
            bme=sum(one.bme or 0 for one in chosen),
            goal_people=sum(one.goal_people or 0 for one in chosen),
            people_to_goal=sum(one.people_to_goal or 0 for one in chosen),
        )
        for year, chosen in sorted(by_year.items())
    )


def _cautions(place: Place, figures: Sequence[AreaFigure]) -> Iterator[Caution]:
    """Yield the warnings about a series, in any order."""
    yield from about_fit(place.series.analysis, place.row)
    yield from about_people(figures)
    yield from about_scales(place.series.analysis, place.row)
    left_out = [figure for figure in figures if not figure.in_trend]
    if left_out:
        told = ", ".join(
            f"{f.year} ({f.trusts_reported} of {f.trusts_expected} trusts)" for f in left_out
        )
        yield Caution(
            WarningCode.INCOMPLETE_RETURNS,
            f"Shown but left out of the trend, because trusts with 95% of the people have not"
            f" reported: {told}.",
        )
    if figures and figures[-1].state is ActualsState.PROVISIONAL:
        yield Caution(
            WarningCode.PROVISIONAL,
            f"Not every board has signed off the census of {figures[-1].year}.",
        )
    held = {figure.year for figure in figures}
    missing = [
        year for year in range(min(held, default=0), max(held, default=0)) if year not in held
    ]
    if missing:
        years = ", ".join(map(str, missing))
        yield Caution(WarningCode.MISSING_CENSUS, f"No trust has sent anything for {years}.")
