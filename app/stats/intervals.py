"""Confidence intervals for proportions and for their differences, on arrays."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from app.stats.normal import Floats, two_sided_z


class Intervals(NamedTuple):
    """Closed intervals, elementwise; NaN where there is nothing to estimate."""

    lower: Floats
    upper: Floats


def wilson_intervals(
    successes: ArrayLike, trials: ArrayLike, *, confidence: float = 0.95
) -> Intervals:
    """Return Wilson score intervals for binomial proportions, elementwise.

    There is no continuity correction. The limits are exactly 0 at no successes and 1 at
    nothing but successes. The counts are full counts, so the interval describes the process
    behind them, not sampling.

    Args:
        successes: Persons with the characteristic, from 0 to `trials`.
        trials: Persons counted; NaN limits where 0.
        confidence: Two-sided confidence level, strictly between 0 and 1.

    Returns:
        The limits, as proportions.

    Raises:
        ValueError: A count or the confidence is outside its range.

    Source:
        Wilson (1927), J. Am. Stat. Assoc. 22:209–212; method 3 of Newcombe (1998),
        Stat. Med. 17:857–872.
    """
    x, n = np.broadcast_arrays(
        np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    )
    if np.any(x < 0) or np.any(x > n):
        raise ValueError("successes must lie between 0 and trials")
    z = two_sided_z(confidence)
    return Intervals(_lower_limit(x, n, z), np.asarray(1 - _lower_limit(n - x, n, z)))


def _lower_limit(x: Floats, n: Floats, z: float) -> Floats:
    """Return the smaller root p of (x/n − p)² = z² p (1 − p)/n; NaN where n is 0."""
    people = np.where(n > 0, n, np.nan)
    spread = z * np.sqrt(z * z + 4 * x * (people - x) / people)
    return np.asarray((2 * x + z * z - spread) / (2 * (people + z * z)))


def difference_intervals(
    successes_1: ArrayLike,
    trials_1: ArrayLike,
    successes_2: ArrayLike,
    trials_2: ArrayLike,
    *,
    confidence: float = 0.95,
) -> Intervals:
    """Return hybrid score intervals for differences of two independent proportions p₁ − p₂.

    Args:
        successes_1: Persons with the characteristic in the first groups.
        trials_1: Persons in the first groups.
        successes_2: Persons with the characteristic in the second groups.
        trials_2: Persons in the second groups.
        confidence: Two-sided confidence level, strictly between 0 and 1.

    Returns:
        The limits, as differences of proportions; NaN where a group is empty.

    Raises:
        ValueError: A count or the confidence is outside its range.

    Source:
        Newcombe (1998), Stat. Med. 17:873–890, method 10.
    """
    l1, u1 = wilson_intervals(successes_1, trials_1, confidence=confidence)
    l2, u2 = wilson_intervals(successes_2, trials_2, confidence=confidence)
    p1 = _shares(successes_1, trials_1)
    p2 = _shares(successes_2, trials_2)
    d = p1 - p2
    # `** 2` rounds single numbers otherwise than arrays; a trust alone keeps its digits.
    return Intervals(
        np.asarray(d - np.sqrt(np.square(p1 - l1) + np.square(u2 - p2))),
        np.asarray(d + np.sqrt(np.square(u1 - p1) + np.square(p2 - l2))),
    )


def _shares(successes: ArrayLike, trials: ArrayLike) -> Floats:
    x = np.asarray(successes, dtype=np.float64)
    n = np.asarray(trials, dtype=np.float64)
    return np.asarray(x / np.where(n > 0, n, np.nan))
