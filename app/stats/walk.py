"""The damped random walk in log-odds, many series at once.

Each census counts mostly the same people as the one before, so tomorrow's share is today's,
plus the yearly drift seen so far, plus what leavers and appointments bring by chance.

Source:
    Random walk with drift and damped trend: Gardner and McKenzie (1985), Management Science
    31:1237–1246; Hyndman and Athanasopoulos, Forecasting: Principles and Practice, ch. 8.
    Constants and formulas: docs/methods/1.md.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from app.stats.normal import Floats, expit, logit, normal_cdf, sum_rows, two_sided_z


@dataclass(frozen=True, slots=True)
class Constants:
    """The constants of a version of the method.

    Attributes:
        turnover: Share of staff who leave in a year.
        process_sd: Sd of the yearly change of a group's own making, in log-odds.
        drift_prior_sd: Prior sd of the yearly drift, in log-odds.
        damping: Factor by which the drift weakens each year.
        dispersion_from: Number of censuses from which dispersion widens the bands.
    """

    turnover: float
    process_sd: float
    drift_prior_sd: float
    damping: float
    dispersion_from: int


@dataclass(frozen=True, slots=True)
class Walks:
    """Fitted walks, one a series; every array has shape (series,).

    Attributes:
        censuses: Number of censuses with people in the group.
        level: Log-odds of the smoothed share at the last of them.
        drift: Yearly drift in log-odds; NaN with fewer than two censuses.
        drift_variance: Its variance 1/P, not inflated.
        step_variance: Variance a year of the walk at the last share and size, not inflated.
        dispersion: D; NaN with fewer than three censuses.
        inflation: c, by which all variances are multiplied: at least 1.
        size: Persons in the group at the last census.
        last_year: Year of the last census with people; NaN when there is none.
    """

    censuses: Floats
    level: Floats
    drift: Floats
    drift_variance: Floats
    step_variance: Floats
    dispersion: Floats
    inflation: Floats
    size: Floats
    last_year: Floats


class Forecast(NamedTuple):
    """Median log-odds and its variance; arrays of shape (series, horizons)."""

    centre: Floats
    variance: Floats

    @property
    def median(self) -> Floats:
        """The median share."""
        return expit(self.centre)

    def band(self, confidence: float) -> tuple[Floats, Floats]:
        """Return the lower and upper shares of a band."""
        half = two_sided_z(confidence) * np.sqrt(self.variance)
        return expit(self.centre - half), expit(self.centre + half)


def smoothed_share(bme: ArrayLike, total: ArrayLike) -> Floats:
    """Return the shares that walks are of: (x + ½)/(n + 1), strictly between 0 and 1."""
    x, n = np.asarray(bme, dtype=np.float64), np.asarray(total, dtype=np.float64)
    return np.asarray((x + 0.5) / (n + 1))


def fit_walks(years: ArrayLike, bme: ArrayLike, total: ArrayLike, constants: Constants) -> Walks:
    """Fit a damped random walk in log-odds to each series.

    Args:
        years: Census years, ascending, shape (m,).
        bme: Persons who are BME, shape (series, m); NaN where a census is missing.
        total: Persons in the group, of the same shape; censuses with nobody are left out.
        constants: Those of the method's version.

    Returns:
        The fitted walks.

    Raises:
        ValueError: The years do not ascend, or more are BME than there are.
    """
    x, n = np.asarray(bme, dtype=np.float64), np.asarray(total, dtype=np.float64)
    if np.any(np.diff(np.asarray(years)) <= 0):
        raise ValueError("census years must ascend")
    if np.any(x > n) or np.any(x < 0):
        raise ValueError("bme must lie between 0 and total")
    t = np.asarray(years, dtype=np.float64)
    held = np.isfinite(x) & (np.nan_to_num(n) > 0)
    before, after = _neighbours(held)
    p = smoothed_share(np.where(held, x, 0), np.where(held, n, 0))
    y = logit(p)
    has_step = before >= 0
    pick = np.where(has_step, before, 0)
    # Places in the arrays laid out flat: many times as quick as along an axis.
    firsts = np.arange(len(x)) * x.shape[1]
    picked, last = firsts[:, None] + pick, firsts + after
    gap = np.where(has_step, t - t.take(pick), 1)
    change = np.where(has_step, y - y.take(picked), 0)
    people = np.where(held, n, 1)
    u = _step_variance(
        (p + p.take(picked)) / 2,
        (people + people.take(picked)) / 2,
        constants,
    )
    number = np.asarray(held.sum(axis=1), dtype=np.float64)
    precision = sum_rows(np.where(has_step, gap / u, 0)) + constants.drift_prior_sd**-2
    drift = sum_rows(np.where(has_step, change / u, 0)) / precision
    drift = np.where(number > 1, drift, np.nan)
    dispersion = _dispersion(change - drift[:, None] * gap, gap * u, has_step, number)
    inflated = (number >= constants.dispersion_from) & (dispersion > 1)
    size = np.where(number > 0, people.take(last), np.nan)
    return Walks(
        censuses=number,
        level=np.where(number > 0, y.take(last), np.nan),
        drift=drift,
        drift_variance=1 / precision,
        step_variance=_step_variance(p.take(last), size, constants),
        dispersion=dispersion,
        inflation=np.where(inflated, dispersion, 1.0),
        size=size,
        last_year=np.where(number > 0, t.take(after), np.nan),
    )


def _neighbours(held: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the index of the census before each (−1 if none), and of each series' last."""
    index = np.where(held, np.arange(held.shape[1]), -1)
    latest = np.maximum.accumulate(index, axis=1)
    first = np.full((held.shape[0], 1), -1)
    before = np.where(held, np.hstack([first, latest[:, :-1]]), -1)
    return before, np.maximum(latest[:, -1], 0)


def _step_variance(p: Floats, n: Floats, constants: Constants) -> Floats:
    """Return u(p, n): the variance of a year's step in log-odds."""
    stay = 1 - constants.turnover
    return np.asarray((1 - stay**2) / ((n + 1) * p * (1 - p)) + constants.process_sd**2)


def _dispersion(residual: Floats, scale: Floats, known: np.ndarray, number: Floats) -> Floats:
    """Return the mean squared standardised step; NaN with fewer than three censuses."""
    squares = sum_rows(np.where(known, residual**2 / scale, 0))
    return np.asarray(squares / np.where(number > 2, number - 2, np.nan))  # noqa: PLR2004 — m − 2


def reach(horizons: ArrayLike, constants: Constants) -> Floats:
    """Return G(h) = φ(1 − φ^h)/(1 − φ): the years' worth of drift within h years."""
    h, phi = np.asarray(horizons, dtype=np.float64), constants.damping
    return np.asarray(phi * (1 - phi**h) / (1 - phi))


def forecast(walks: Walks, horizons: ArrayLike, constants: Constants) -> Forecast:
    """Forecast the log-odds of each series.

    Args:
        walks: Fitted walks of S series.
        horizons: Years ahead of each series' last census, at least 0; shape (H,) or (S, H).
        constants: Those that the walks were fitted with.

    Returns:
        Arrays of shape (S, H); NaN where a series has no drift.

    Raises:
        ValueError: A horizon is negative.
    """
    h = np.asarray(horizons, dtype=np.float64)
    if np.any(h < 0):
        raise ValueError("a forecast looks ahead")
    g = reach(h, constants)
    centre = walks.level[:, None] + walks.drift[:, None] * g
    spread = g**2 * walks.drift_variance[:, None] + h * walks.step_variance[:, None]
    return Forecast(np.asarray(centre), np.asarray(walks.inflation[:, None] * spread))


def probability_of_count(prediction: Forecast, count: ArrayLike, size: ArrayLike) -> Floats:
    """Return the probability of at least `count` BME people in a group of `size`.

    Args:
        prediction: Of shape (S, H).
        count: Whole persons k, broadcast against the prediction.
        size: Persons in the group, at least 1, likewise.

    Returns:
        1 where k ≤ 0, 0 where k > n, else Φ((η − logit((k − ½)/n))/√v).

    Raises:
        ValueError: A count or a size is not known, or a group has nobody.
    """
    k, n = np.broadcast_arrays(
        np.asarray(count, dtype=np.float64), np.asarray(size, dtype=np.float64)
    )
    if not (np.all(np.isfinite(k)) and np.all(n >= 1)):
        raise ValueError("counts must be known, and groups must have people")
    inside = (k > 0) & (k <= n)
    threshold = logit(np.where(inside, (k - 0.5) / n, 0.5))
    chance = normal_cdf((prediction.centre - threshold) / np.sqrt(prediction.variance))
    return np.asarray(np.where(k <= 0, 1.0, np.where(k > n, 0.0, chance)))
