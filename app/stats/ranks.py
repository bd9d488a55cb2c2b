"""Ranks of shares, each with the ranks that it could as well have."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.stats.intervals import difference_intervals
from app.stats.normal import Floats

Integers = NDArray[np.int64]
"""An array of whole numbers."""


class Ranks(NamedTuple):
    """Ranks with their confidence sets, elementwise; 1 is the highest share.

    Attributes:
        rank: One more than the number of groups with a higher share.
        lower: The best rank of the confidence set.
        upper: The last rank of the confidence set.
    """

    rank: Integers
    lower: Integers
    upper: Integers


def rank_shares(successes: ArrayLike, trials: ArrayLike, *, confidence: float = 0.95) -> Ranks:
    """Return the rank of each group's share, with a confidence set for it.

    Groups with equal shares all have the best of their ranks. Each group is compared with the
    m − 1 others by hybrid score intervals of the difference, at 1 − (1 − c)/(m − 1), so that all
    of its intervals hold together with at least the confidence c (Bonferroni). The set reaches
    from 1 + the number of groups that are higher beyond chance to m − the number of those that
    are lower beyond chance. It is marginal: the confidence is that of each group's set by itself,
    not of all sets at once.

    Args:
        successes: Persons with the characteristic, from 0 to `trials`, shape (m,).
        trials: Persons counted, at least 1, of the same shape.
        confidence: Of each set, strictly between 0 and 1.

    Returns:
        Arrays of shape (m,), with lower ≤ rank ≤ upper.

    Raises:
        ValueError: A group has nobody, or a count or the confidence is outside its range.

    Source:
        Mogstad, Romano, Shaikh and Wilhelm (2024), Inference for Ranks with Applications to
        Mobility across Neighbourhoods and Academic Achievement across Countries, Rev. Econ.
        Stud. 91:476–518, for the set; there the differences' intervals come from a bootstrap.
        Newcombe (1998), Stat. Med. 17:873–890, method 10, for the intervals used here.
    """
    x, n = np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    if np.any(n < 1):
        raise ValueError("every group must have people")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence} is not strictly between 0 and 1")
    others = max(x.size - 1, 1)
    each = 1 - (1 - confidence) / others
    intervals = difference_intervals(
        x[:, None], n[:, None], x[None, :], n[None, :], confidence=each
    )
    shares: Floats = x / n
    is_higher = shares[None, :] > shares[:, None]
    return Ranks(
        rank=1 + _count(is_higher),
        lower=1 + _count(intervals.upper < 0),
        upper=x.size - _count(intervals.lower > 0),
    )


def _count(compared: NDArray[np.bool_]) -> Integers:
    """Return of each group how many others something holds for."""
    return np.asarray(compared.sum(axis=1), dtype=np.int64)
