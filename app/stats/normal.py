"""The normal distribution and log-odds, on arrays.

Φ comes from `math.erfc` and Φ⁻¹ from `statistics.NormalDist`, so that the service needs no
SciPy; both agree with it to the last digits that are shown (tested).
"""

from math import erfc, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
"""An array of floats; NaN where there is no value."""

_erfc = np.frompyfunc(erfc, 1, 1)


def normal_cdf(x: ArrayLike) -> Floats:
    """Return Φ(x), the probability that a standard normal variable is at most x."""
    return np.asarray(_erfc(-np.asarray(x, dtype=np.float64) / sqrt(2)), dtype=np.float64) / 2


def normal_quantile(probability: float) -> float:
    """Return Φ⁻¹(probability); the probability lies strictly between 0 and 1."""
    return NormalDist().inv_cdf(probability)


def two_sided_z(confidence: float) -> float:
    """Return z(c) = Φ⁻¹((1 + c)/2), the half-width of a two-sided interval in sd.

    Raises:
        ValueError: The confidence is not strictly between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence} is not strictly between 0 and 1")
    return normal_quantile((1 + confidence) / 2)


def logit(p: ArrayLike) -> Floats:
    """Return the log-odds of proportions strictly between 0 and 1."""
    p = np.asarray(p, dtype=np.float64)
    return np.asarray(np.log(p / (1 - p)))


def expit(y: ArrayLike) -> Floats:
    """Return the proportions of log-odds: the inverse of `logit`."""
    y = np.asarray(y, dtype=np.float64)
    # The exponent is never positive, so far values do not overflow.
    e = np.exp(-np.abs(y))
    return np.asarray(np.where(y < 0, e, 1) / (1 + e))


def sum_rows(values: Floats) -> Floats:
    """Return the sum of each row, added from left to right.

    NumPy's own sum adds in an order that depends on the layout in memory; this one gives a
    series the same digits alone and among others, with or without empty years beside it.
    """
    total = values[:, 0].copy()
    for column in values.T[1:]:
        total += column
    return total
