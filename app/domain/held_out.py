"""Censuses held out, and forecast from the ones before them as the method would have then.

Source:
    docs/methods/1.md, section 9.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from app.domain.groups import Bools, Panel, ReferenceType
from app.domain.methods import Method
from app.domain.trends import Analysis, analyse
from app.stats.normal import Floats, normal_cdf
from app.stats.walk import Forecast, probability_of_count

STRATEGY = (2018, 2028)
"""The censuses between which the strategy's straight path leads to parity."""


@dataclass(frozen=True, slots=True)
class Trials:
    """Forecasts, next to what came; arrays of shape (forecasts,).

    Attributes:
        years_ahead: Years from the last census fitted.
        size: Persons in the team then.
        bme: BME persons who came.
        total: Persons in the team that came.
        centre: Median of the forecast, in log-odds.
        variance: Its variance.
        goal_chance: Probability of the share due on the strategy's path; NaN where none is told.
        goal_reached: Whether it was reached.
        parity_chance: Probability of parity or above; NaN where none is told.
        parity_reached: Whether it came.
    """

    years_ahead: Floats
    size: Floats
    bme: Floats
    total: Floats
    centre: Floats
    variance: Floats
    goal_chance: Floats
    goal_reached: Bools
    parity_chance: Floats
    parity_reached: Bools

    @classmethod
    def join(cls, several: Sequence["Trials"]) -> "Trials":
        """Return the trials of all."""
        names = [field.name for field in fields(cls)]
        return cls(*(np.concatenate([getattr(one, name) for one in several]) for name in names))

    def where(self, mask: Bools) -> "Trials":
        """Return those that the mask holds for."""
        return Trials(*(getattr(self, field.name)[mask] for field in fields(self)))

    def by_years_ahead(self) -> Iterator[tuple[int, "Trials"]]:
        """Yield them by years ahead, ascending."""
        for ahead in np.unique(self.years_ahead):
            yield int(ahead), self.where(self.years_ahead == ahead)

    @property
    def forecast(self) -> Forecast:
        """The forecasts, of which only the shares that came are known."""
        return Forecast(self.centre, self.variance)


def hold_out(panel: Panel, method: Method, number: int) -> Trials:
    """Forecast the last censuses of every series from the ones before them.

    A series takes part with at least three censuses left; one with nobody in it is none.

    Args:
        panel: Series whose references are groups, or that have none.
        method: What forecasts.
        number: Censuses held out of each series.
    """
    held = panel.measure.total > 0
    from_end = held[:, ::-1].cumsum(axis=1)[:, ::-1]
    seen = held & (from_end > number)
    analysis = analyse(
        replace(panel, measure=panel.measure.where(seen), reference=panel.reference.where(seen)),
        method,
    )
    out = held & ~seen & (analysis.walks.censuses >= method.thresholds.min_censuses)[:, None]
    ahead = np.where(out, panel.years - analysis.walks.last_year[:, None], 1.0)
    size = np.broadcast_to(analysis.walks.size[:, None], out.shape)
    prediction = analysis.forecast(ahead)
    told = out & (size >= method.thresholds.min_people)
    goal_chance, goal_reached = _goals(panel, analysis, prediction, told)
    parity_chance, parity_reached = _parities(panel, analysis, told)
    return Trials(
        years_ahead=ahead[out],
        size=size[out],
        bme=panel.measure.bme[out],
        total=panel.measure.total[out],
        centre=prediction.centre[out],
        variance=prediction.variance[out],
        goal_chance=goal_chance[out],
        goal_reached=goal_reached[out],
        parity_chance=parity_chance[out],
        parity_reached=parity_reached[out],
    )


def _goals(
    panel: Panel, analysis: Analysis, prediction: Forecast, told: Bools
) -> tuple[Floats, Bools]:
    """Return the probability of each share due, NaN where none is told, and what came.

    The shares due are fractions of whole numbers below 2⁵³, so that people and what came are
    exact.
    """
    bme, total = _due(analysis.panel)
    told = told & (total > 0)
    size = np.where(told, analysis.walks.size[:, None], 1.0)
    people = -np.floor_divide(-bme * size, np.where(told, total, 1.0))
    chance = probability_of_count(prediction, np.where(told, people, 1.0), size)
    reached = panel.measure.bme * total >= bme * panel.measure.total
    return np.where(told, chance, np.nan), np.asarray(reached)


def _due(seen: Panel) -> tuple[Floats, Floats]:
    """Return the share due at each census, as numerator and denominator; 0 of 0 without one.

    The path is straight from the measure's share at its baseline to that of its reference
    then, and level where the measure was at it or above.
    """
    start, end = STRATEGY
    is_start = seen.years == start
    x, n, big_x, big_n = (
        np.nan_to_num(counts[:, is_start]).sum(axis=1, keepdims=True)
        for counts in (
            seen.measure.bme, seen.measure.total, seen.reference.bme, seen.reference.total,
        )
    )  # fmt: skip
    is_part = ~seen.are(ReferenceType.NONE)[:, None]
    step = np.minimum(seen.years, end) - start
    numerator = (end - start) * x * big_n + np.maximum(big_x * n - x * big_n, 0) * step
    denominator = (end - start) * n * big_n * is_part
    return np.asarray(numerator), np.broadcast_to(denominator, numerator.shape)


def _parities(panel: Panel, analysis: Analysis, told: Bools) -> tuple[Floats, Bools]:
    """Return the probability of parity at each census, NaN where none is told, and what came."""
    here = analysis.everybody
    enough = here.censuses >= analysis.method.thresholds.min_censuses
    told = told & enough[:, None] & (panel.reference.total > 0)
    told &= ~panel.are(ReferenceType.NONE)[:, None]
    last = panel.years[np.maximum(here.last, 0)][:, None]
    ahead = np.where(told, panel.years - last, 1)
    scores = np.take_along_axis(here.scores, ahead - 1, axis=1)
    reached = (
        panel.measure.bme * panel.reference.total >= panel.reference.bme * panel.measure.total
    )
    return np.where(told, normal_cdf(scores), np.nan), np.asarray(reached)
