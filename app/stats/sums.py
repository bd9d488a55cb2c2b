"""Sums to which the order of the groups makes no difference."""

import numpy as np

from app.stats.normal import Floats, sum_rows


def sum_sorted(values: Floats) -> float:
    """Return the sum of values of shape (m,), the smallest added first; at least one."""
    return float(sum_rows(np.sort(values)[None, :])[0])
