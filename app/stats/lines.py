"""Least-squares lines through yearly points, many series at once."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from app.stats.normal import Floats, sum_rows


class Lines(NamedTuple):
    """One line a series; NaN where fewer than two points are known.

    Attributes:
        slope: Change of the value a year.
        at_last: Value of the line at the last year given.
    """

    slope: Floats
    at_last: Floats


def fit_lines(years: ArrayLike, values: ArrayLike) -> Lines:
    """Fit a least-squares line to each series.

    Args:
        years: Years, shape (m,).
        values: Values, shape (series, m); NaN where one is missing.

    Returns:
        Slope a year and the value at the last of `years`, each of shape (series,).

    Source:
        Ordinary least squares; Legendre (1805).
    """
    y = np.asarray(values, dtype=np.float64)
    t = np.asarray(years, dtype=np.float64)
    t = t - t[-1]
    known = np.isfinite(y)
    number = known.sum(axis=1)
    some = np.where(number > 1, number, np.nan)
    t_mean = sum_rows(np.where(known, t, 0)) / some
    y_mean = sum_rows(np.where(known, y, 0)) / some
    t_off = np.where(known, t - t_mean[:, None], 0)
    y_off = np.where(known, y - y_mean[:, None], 0)
    slope = sum_rows(t_off * y_off) / np.where(number > 1, sum_rows(t_off**2), np.nan)
    return Lines(np.asarray(slope), np.asarray(y_mean - slope * t_mean))
