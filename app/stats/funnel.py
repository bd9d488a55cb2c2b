"""Funnel limits around a common share, widened where groups vary more than by chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from app.stats.intervals import Intervals
from app.stats.normal import Floats, two_sided_z
from app.stats.sums import sum_sorted

TAIL = 0.1
"""Proportion of the z-scores at either end that is winsorised."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """The share that groups are held against, and how much they vary around it.

    Attributes:
        centre: p₀, the share of all groups together.
        dispersion: φ, mean square of the winsorised z-scores; about 1 where only chance acts.
        between_variance: τ², variance of the groups' own shares beyond chance; 0 if φ ≤ 1.
    """

    centre: float
    dispersion: float
    between_variance: float

    @property
    def is_widened(self) -> bool:
        """Whether the limits allow for more than chance."""
        return self.between_variance > 0

    def limits(self, trials: ArrayLike, *, confidence: float) -> Intervals:
        """Return the control limits for groups of given sizes: p₀ ± z√(s² + τ²), s² = p₀(1−p₀)/n.

        Args:
            trials: Persons counted, at least 1.
            confidence: Two-sided confidence level, strictly between 0 and 1.

        Returns:
            The limits as proportions, clipped to 0 and 1.

        Raises:
            ValueError: A group has nobody, or the confidence is outside its range.
        """
        variance = _chance_variances(self.centre, _people(trials)) + self.between_variance
        half = two_sided_z(confidence) * np.sqrt(variance)
        return Intervals(np.maximum(self.centre - half, 0.0), np.minimum(self.centre + half, 1.0))


def fit_funnel(successes: ArrayLike, trials: ArrayLike, *, tail: float = TAIL) -> Funnel:
    """Return the funnel around the share of all groups together.

    p₀ = Σx/Σn. The z-scores z = (x/n − p₀)/s are winsorised: those below their `tail` quantile
    are set to it, those above their 1 − `tail` quantile to that one, so that a few extraordinary
    groups do not widen the limits that should show them. Quantiles lie on straight lines between
    the order statistics: definition 7 of Hyndman and Fan. φ is the mean square of what results;
    if φ > 1, τ² = (mφ − (m − 1))/(Σw − Σw²/Σw) with w = 1/s² for m groups, else 0.

    Args:
        successes: Persons with the characteristic, from 0 to `trials`, shape (m,).
        trials: Persons counted, at least 1, of the same shape.
        tail: Proportion that is winsorised at either end, from 0 to less than ½.

    Returns:
        The funnel. Where nobody or everybody has the characteristic all z-scores count as 0.

    Raises:
        ValueError: There is no group, a count is outside its range, or `tail` is.

    Source:
        Spiegelhalter (2005), Stat. Med. 24:1185–1202, and, for winsorising and the additive
        model, Spiegelhalter (2005), Qual. Saf. Health Care 14:347–351 with its appendix; τ² is
        the moment estimate of DerSimonian and Laird (1986), Control. Clin. Trials 7:177–188;
        quantiles: Hyndman and Fan (1996), Am. Stat. 50:361–365.
    """
    x, n = np.asarray(successes, dtype=np.float64), _people(trials)
    if not 0 <= tail < 0.5:  # noqa: PLR2004 — the tails would meet
        raise ValueError(f"tail {tail} is not between 0 and less than ½")
    if x.size == 0 or np.any(x < 0) or np.any(x > n):
        raise ValueError("there must be groups, and successes must lie between 0 and trials")
    centre = sum_sorted(x) / sum_sorted(n)
    variances = _chance_variances(centre, n)
    if not 0 < centre < 1:
        return Funnel(centre, 0.0, 0.0)
    scores = _winsorise((x / n - centre) / np.sqrt(variances), tail)
    dispersion = sum_sorted(np.square(scores)) / x.size
    return Funnel(centre, dispersion, _between_variance(dispersion, 1 / variances))


def _people(trials: ArrayLike) -> Floats:
    n = np.asarray(trials, dtype=np.float64)
    if np.any(n < 1):
        raise ValueError("every group must have people")
    return n


def _chance_variances(centre: float, trials: Floats) -> Floats:
    """Return s², the variance of a share by chance alone."""
    return np.asarray(centre * (1 - centre) / trials)


def _winsorise(scores: Floats, tail: float) -> Floats:
    """Return the scores with each tail drawn in to its quantile."""
    lower, upper = np.quantile(scores, (tail, 1 - tail), method="linear")
    return np.clip(scores, lower, upper)


def _between_variance(dispersion: float, weights: Floats) -> float:
    """Return τ²; 0 where the groups do not vary more than by chance."""
    if dispersion <= 1:
        return 0.0
    whole = sum_sorted(weights)
    excess = weights.size * dispersion - (weights.size - 1)
    return excess / (whole - sum_sorted(np.square(weights)) / whole)
