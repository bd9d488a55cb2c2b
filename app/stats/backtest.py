"""How forecasts did: whether bands held what came, and the Brier score of probabilities."""

from math import fsum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.stats.normal import Floats

Bools = NDArray[np.bool_]


def lies_within(band: tuple[Floats, Floats], values: ArrayLike) -> Bools:
    """Return whether each value lies in its band, ends included."""
    lower, upper = band
    x = np.asarray(values, dtype=np.float64)
    return np.asarray((lower <= x) & (x <= upper))


def in_people(band: tuple[Floats, Floats], size: ArrayLike) -> tuple[Floats, Floats]:
    """Return a band of shares in whole people: the lower end rounded down, the upper up.

    Args:
        band: Lower and upper shares.
        size: Persons in each group.
    """
    lower, upper = band
    n = np.asarray(size, dtype=np.float64)
    return np.asarray(np.floor(lower * n)), np.asarray(np.ceil(upper * n))


def mean(values: ArrayLike) -> float:
    """Return the mean of at least one value, the same in whatever order they come."""
    flat = np.asarray(values, dtype=np.float64).ravel()
    return fsum(flat) / flat.size


def brier_score(probability: ArrayLike, happened: ArrayLike) -> float:
    """Return the mean squared distance of probabilities from what happened: 0 is best.

    Args:
        probability: Of at least one event, each from 0 to 1.
        happened: Whether each happened.

    Source:
        Brier (1950), Monthly Weather Review 78:1–3, with one probability an event.
    """
    distance = np.asarray(probability, dtype=np.float64) - np.asarray(happened, dtype=np.float64)
    return mean(distance**2)


def brier_score_of_base_rate(happened: ArrayLike) -> float:
    """Return the Brier score of always saying how often it happened: r(1 − r).

    Source:
        The climatology forecast of Murphy (1973), J. Applied Meteorology 12:595–600.
    """
    rate = mean(happened)
    return rate * (1 - rate)
