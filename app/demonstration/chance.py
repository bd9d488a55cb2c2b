"""Seeded chance that comes out the same on every machine.

The only source is `random.Random.random`, whose sequence for a seed is documented not to
change. Everything made of it uses addition, multiplication, division and square roots, which
IEEE 754 rounds exactly; logarithms and powers, which differ between machines, are not used.
"""

import random
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_FEW = 32
"""Trials up to which the exact binomial distribution is tabulated."""

_STEPS = 200
"""Steps from 0 to 1 at which probabilities are tabulated."""


class Chance:
    """A stream of chance from a seed."""

    def __init__(self, seed: int) -> None:
        self._next = random.Random(seed).random  # noqa: S311 - figures, not secrets

    def uniform(self, *shape: int) -> Floats:
        """Return numbers spread evenly over [0, 1)."""
        size = int(np.prod(shape, dtype=np.int64))
        draw = self._next
        return np.array([draw() for _ in range(size)], dtype=np.float64).reshape(shape)

    def between(self, low: float, high: float, *shape: int) -> Floats:
        """Return numbers spread evenly over [low, high)."""
        return low + (high - low) * self.uniform(*shape)

    def order(self, size: int) -> Integers:
        """Return the numbers below `size` in random order."""
        return np.argsort(self.uniform(size), kind="stable").astype(np.int64)

    def spaced(self, knots: tuple[float, ...], size: int) -> Floats:
        """Return values spaced evenly over a distribution, in random order.

        Args:
            knots: Quantiles of the distribution at equal steps from the lowest to the highest.
            size: How many values; the first and the last quantile are among them.
        """
        if not size:
            return np.zeros(0)
        place = self.order(size) * ((len(knots) - 1) / max(size - 1, 1))
        segment = np.minimum(np.floor(place).astype(np.int64), len(knots) - 2)
        low, high = np.array(knots[:-1])[segment], np.array(knots[1:])[segment]
        values: Floats = low + (high - low) * (place - segment)
        return values

    def whole(self, values: Floats) -> Integers:
        """Return each value rounded to one of its neighbours, right on average."""
        return np.floor(values + self.uniform(*values.shape)).astype(np.int64)

    def binomial(self, trials: Integers, share: Floats) -> Integers:
        """Return successes in independent trials.

        Up to 32 trials the distribution is exact, but for probabilities being spread over
        steps of 0.005; above, it is bell-shaped with the same mean and variance.
        """
        result = np.zeros_like(trials)
        few = (trials > 0) & (trials <= _FEW)
        result[few] = self._of_few(trials[few], share[few])
        many = trials > _FEW
        result[many] = self._of_many(trials[many], share[many])
        return result

    def _of_few(self, trials: Integers, share: Floats) -> Integers:
        step = np.clip(self.whole(share * _STEPS), 0, _STEPS)
        below = _distribution()[step, trials]
        successes = (self.uniform(trials.size)[:, np.newaxis] >= below).sum(axis=1)
        bounded: Integers = np.minimum(successes, trials)
        return bounded

    def _of_many(self, trials: Integers, share: Floats) -> Integers:
        bell = (self.uniform(4, trials.size).reshape(4, -1) - 0.5) * np.sqrt(3.0)
        deviation = np.sqrt(trials * share * (1.0 - share))
        noise = bell[0] + bell[1] + bell[2] + bell[3]
        return np.clip(self.whole(trials * share + deviation * noise), 0, trials)


@cache
def _distribution() -> Floats:
    """Return the binomial distribution by step of probability, trials and successes."""
    share = (np.arange(_STEPS + 1) / _STEPS)[:, np.newaxis]
    exactly = np.zeros((_STEPS + 1, _FEW + 1, _FEW + 1))
    exactly[:, 0, 0] = 1.0
    for trials in range(1, _FEW + 1):
        before = exactly[:, trials - 1, :]
        exactly[:, trials, :] = before * (1.0 - share)
        exactly[:, trials, 1:] += before[:, :-1] * share
    return np.add.accumulate(exactly, axis=2)
