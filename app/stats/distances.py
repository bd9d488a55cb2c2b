"""How alike groups are in size and in share."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from app.stats.normal import Floats
from app.stats.sums import sum_sorted


class Distances(NamedTuple):
    """Distances of groups from one among them, and what the parts were divided by.

    Attributes:
        distance: Of each group, shape (m,); 0 for the one itself.
        log_size_sd: Standard deviation of the logarithms of all sizes.
        share_sd: Standard deviation of all shares.
    """

    distance: Floats
    log_size_sd: float
    share_sd: float


def measure_distances(sizes: ArrayLike, shares: ArrayLike, own: int) -> Distances:
    """Return how far groups are from one among them: √(Δ(ln size)²/sd² + Δ(share)²/sd²).

    Either part is divided by its standard deviation over all groups, so that both count alike
    and a distance of 1 in one of them is what usually lies between two groups. All groups are
    there, so the deviation is divided by their number m, not by m − 1. A part in which all are
    alike adds nothing.

    Args:
        sizes: Persons in each group, at least 1, shape (m,).
        shares: Proportions, of the same shape.
        own: Index of the group that distances are measured from.

    Raises:
        ValueError: A group has nobody.

    Source:
        A convention of this service: standardised Euclidean distance, with the size in
        logarithms because trusts differ in it by a factor.
    """
    n = np.asarray(sizes, dtype=np.float64)
    if np.any(n < 1):
        raise ValueError("every group must have people")
    logs, proportions = np.log(n), np.asarray(shares, dtype=np.float64)
    log_size_sd, share_sd = _deviation(logs), _deviation(proportions)
    squares = _squares(logs, own, log_size_sd) + _squares(proportions, own, share_sd)
    return Distances(np.sqrt(squares), log_size_sd, share_sd)


def _squares(values: Floats, own: int, deviation: float) -> Floats:
    """Return the squared standardised differences from one's own value; 0 without deviation."""
    if deviation == 0:
        return np.zeros_like(values)
    return np.asarray(np.square((values - values[own]) / deviation))


def _deviation(values: Floats) -> float:
    """Return the standard deviation, divided by the number of values."""
    mean = sum_sorted(values) / values.size
    return float(np.sqrt(sum_sorted(np.square(values - mean)) / values.size))
