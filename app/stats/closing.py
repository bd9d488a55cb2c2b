"""Whether and when one damped walk meets another: the arithmetic of parity.

Source:
    docs/methods/1.md, section 5: two disjoint groups, so two independent walks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from app.stats.normal import Floats, logit, normal_cdf, normal_quantile
from app.stats.walk import Constants, Walks, reach


@dataclass(frozen=True, slots=True)
class Closings:
    """Two walks against each other, one pair a series; every array has shape (series,).

    Attributes:
        distance: d, reference minus measure at the last census, in log-odds.
        barrier: What the measure has to gain to be at parity: d for a group; for a fixed share
            the distance to the whole person that reaches it.
        speed: r, the drift of the measure minus that of the reference.
        speed_variance: V.
        step_variance: S.
    """

    distance: Floats
    barrier: Floats
    speed: Floats
    speed_variance: Floats
    step_variance: Floats

    def probability_closing(self) -> Floats:
        """Return the probability that the gap is closing: Φ(r/√V)."""
        return normal_cdf(self.speed / np.sqrt(self.speed_variance))

    def scores(self, horizons: ArrayLike, constants: Constants) -> Floats:
        """Return Φ⁻¹(F(h)), F the probability of parity or above; shape (series, horizons).

        Raises:
            ValueError: A horizon is not at least 1 year.
        """
        h = np.asarray(horizons, dtype=np.float64)
        if np.any(h < 1):
            raise ValueError("a horizon is at least 1 year")
        g = reach(h, constants)
        centre = self.speed[:, None] * g - self.barrier[:, None]
        variance = g**2 * self.speed_variance[:, None] + h * self.step_variance[:, None]
        return np.asarray(centre / np.sqrt(variance))


def compare_walks(measure: Walks, reference: Walks) -> Closings:
    """Return how walks close in on the walks that they are compared with."""
    distance = reference.level - measure.level
    return Closings(
        distance=distance,
        barrier=distance,
        speed=measure.drift - reference.drift,
        speed_variance=measure.inflation * measure.drift_variance
        + reference.inflation * reference.drift_variance,
        step_variance=measure.inflation * measure.step_variance
        + reference.inflation * reference.step_variance,
    )


def compare_with_share(measure: Walks, share: ArrayLike, people: ArrayLike) -> Closings:
    """Return how walks close in on fixed shares.

    The probability of parity is then that of a goal: of reaching the whole person.

    Args:
        measure: Fitted walks.
        share: Fixed shares, strictly between 0 and 1.
        people: Whole persons that reach the share at the last census' size, from 1 to that size.
    """
    size = np.where(measure.size > 0, measure.size, 1)
    return Closings(
        distance=np.asarray(logit(share) - measure.level),
        barrier=np.asarray(
            logit((np.asarray(people, dtype=np.float64) - 0.5) / size) - measure.level
        ),
        speed=measure.drift,
        speed_variance=measure.inflation * measure.drift_variance,
        step_variance=measure.inflation * measure.step_variance,
    )


def first_horizons(scores: Floats, probability: float) -> Floats:
    """Return the first horizon (1, 2, …) at which each series reaches a probability.

    Args:
        scores: Φ⁻¹ of the probabilities at horizons 1, 2, …, shape (series, horizons).
        probability: Strictly between 0 and 1.

    Returns:
        Years, of shape (series,); NaN where it is not reached.
    """
    # Comparing on the normal scale spares Φ for horizons that nobody is shown.
    reached = scores >= normal_quantile(probability)
    first = reached.argmax(axis=1) + 1.0
    return np.where(reached.any(axis=1), first, np.nan)
