"""Relative likelihoods and disparity ratios with their intervals, on arrays."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from app.stats.intervals import Intervals
from app.stats.normal import Floats, two_sided_z

ADDED = 0.5
"""What is added to counts among which there is a zero."""


class Ratios(NamedTuple):
    """Ratios with closed intervals, elementwise; NaN where there is nothing to compare.

    Attributes:
        ratio: The estimate.
        interval: Its limits.
        adjusted: Whether a half was added to the counts, because there was a zero.
    """

    ratio: Floats
    interval: Intervals
    adjusted: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


class Tiers(NamedTuple):
    """Persons in three tiers of pay, elementwise."""

    lower: ArrayLike
    middle: ArrayLike
    upper: ArrayLike


class Disparities(NamedTuple):
    """The disparity ratios of each step; the last is the product of the other two."""

    lower_to_middle: Ratios
    middle_to_upper: Ratios
    lower_to_upper: Ratios


def relative_likelihoods(
    events_1: ArrayLike,
    pool_1: ArrayLike,
    events_0: ArrayLike,
    pool_0: ArrayLike,
    *,
    confidence: float = 0.95,
) -> Ratios:
    """Return how much likelier an event is in one group than in another: (a/n₁)/(b/n₀).

    The interval is exp(ln RR ± z√(1/a − 1/n₁ + 1/b − 1/n₀)). Where either group has no event,
    a half is added to a, b, n₁ and n₀, in ratio and interval both. The counts are full counts,
    so the interval describes the process behind them, not sampling.

    Args:
        events_1: a, persons of the first group to whom it happened, from 0 to `pool_1`.
        pool_1: n₁, persons of the first group to whom it could have happened.
        events_0: b, likewise of the second group.
        pool_0: n₀, likewise.
        confidence: Two-sided confidence level, strictly between 0 and 1.

    Returns:
        The ratios; NaN where a pool is empty, or neither group has an event.

    Raises:
        ValueError: A count or the confidence is outside its range.

    Source:
        Katz, Baptista, Azen and Pike (1978), Biometrics 34:469–474, method C; for the halves
        Walter (1975), Biometrika 62:371–374.
    """
    a, n1, b, n0 = np.broadcast_arrays(
        *(np.asarray(one, dtype=np.float64) for one in (events_1, pool_1, events_0, pool_0))
    )
    if np.any(a < 0) or np.any(b < 0) or np.any(a > n1) or np.any(b > n0):
        raise ValueError("events must lie between 0 and their pool")
    z = two_sided_z(confidence)
    comparable = (n1 > 0) & (n0 > 0) & (a + b > 0)
    adjusted = comparable & ((a == 0) | (b == 0))
    a, n1, b, n0 = (np.where(comparable, one + ADDED * adjusted, np.nan) for one in (a, n1, b, n0))
    # Where everybody has the event the sum of the four terms is 0, and may not fall below.
    variance = np.maximum(1 / a - 1 / n1 + 1 / b - 1 / n0, 0)
    return _ratios((a / n1) / (b / n0), variance, adjusted, z)


def disparity_ratios(ones: Tiers, others: Tiers, *, confidence: float = 0.95) -> Disparities:
    """Return how much more one group is found in the upper of two tiers than another group.

    A step's ratio is (U₁/L₁)/(U₀/L₀), with U₁ and L₁ persons of the first group in the upper and
    the lower tier, U₀ and L₀ of the second; ln SE = √(1/U₁ + 1/L₁ + 1/U₀ + 1/L₀). Where any of
    the six counts is 0, a half is added to all of them, so that lower to upper is the product of
    the two steps always.

    Args:
        ones: Persons of the first group by tier.
        others: Persons of the second group by tier.
        confidence: Two-sided confidence level, strictly between 0 and 1.

    Returns:
        The ratios; NaN for a step of which a tier, or a group, has nobody.

    Raises:
        ValueError: A count is negative, or the confidence is outside its range.

    Source:
        The ratio is a ratio of odds: its standard error is that of Woolf (1955), Ann. Hum.
        Genet. 19:251–253; for the halves Haldane (1956), ibid. 20:309–311. The tiers are those
        of the Workforce Race Equality Standard as the field understands them: a convention.
    """
    cells = np.broadcast_arrays(*(np.asarray(one, dtype=np.float64) for one in (*ones, *others)))
    if any(np.any(one < 0) for one in cells):
        raise ValueError("counts must not be negative")
    z = two_sided_z(confidence)
    has_zero = np.any([one == 0 for one in cells], axis=0)
    people_1, people_0 = cells[:3], cells[3:]

    def step(low: int, high: int) -> Ratios:
        l1, u1, l0, u0 = people_1[low], people_1[high], people_0[low], people_0[high]
        comparable = (l1 + l0 > 0) & (u1 + u0 > 0) & (l1 + u1 > 0) & (l0 + u0 > 0)
        adjusted = comparable & has_zero
        l1, u1, l0, u0 = (
            np.where(comparable, one + ADDED * adjusted, np.nan) for one in (l1, u1, l0, u0)
        )
        variance = 1 / u1 + 1 / l1 + 1 / u0 + 1 / l0
        return _ratios((u1 / l1) / (u0 / l0), variance, adjusted, z)

    return Disparities(step(0, 1), step(1, 2), step(0, 2))


def _ratios(
    ratio: Floats,
    variance: Floats,
    adjusted: np.ndarray[tuple[int, ...], np.dtype[np.bool_]],
    z: float,
) -> Ratios:
    """Return ratios with the interval that is symmetric around their logarithm."""
    reach = np.exp(z * np.sqrt(variance))
    interval = Intervals(np.asarray(ratio / reach), np.asarray(ratio * reach))
    return Ratios(np.asarray(ratio), interval, np.asarray(adjusted))
