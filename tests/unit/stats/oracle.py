"""A second implementation of docs/methods/1.md, sections 1 and 3 to 5: scalar, slow and plain.

Counts stay exact fractions until a logarithm or a root is taken, Φ comes from SciPy, and one
series is worked out at a time. It shares no code with `app.stats`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, exp, fsum, log, nan, sqrt

from scipy.stats import norm

TURNOVER = Fraction(12, 100)
PROCESS_SD = Fraction(5, 100)
PRIOR_SD = Fraction(15, 100)
DAMPING = Fraction(95, 100)


@dataclass(frozen=True, slots=True)
class Census:
    """A count of BME people among all people of a group."""

    year: int
    bme: int
    total: int

    @property
    def smoothed(self) -> Fraction:
        """The share with half a person added on either side."""
        return Fraction(2 * self.bme + 1, 2 * (self.total + 1))

    @property
    def log_odds(self) -> float:
        """The log-odds of the smoothed share."""
        return log(Fraction(2 * self.bme + 1, 2 * (self.total - self.bme) + 1))


@dataclass(frozen=True, slots=True)
class Walk:
    """A fitted walk; the variances are not inflated."""

    censuses: int
    level: float
    drift: float
    drift_variance: float
    step_variance: float
    dispersion: float
    inflation: float
    size: float
    last_year: float


@dataclass(frozen=True, slots=True)
class Pair:
    """A walk and its reference: d, what is to be gained for parity, r, V and S."""

    distance: float
    barrier: float
    speed: float
    speed_variance: float
    step_variance: float


def cdf(x: float) -> float:
    """Return Φ(x)."""
    return float(norm.cdf(x))


def two_sided(confidence: float) -> float:
    """Return z(c)."""
    return float(norm.ppf((1 + confidence) / 2))


def wilson(bme: int, total: int, confidence: float) -> tuple[float, float]:
    """Return the Wilson interval as centre and half-width, for at least one person."""
    z2 = two_sided(confidence) ** 2
    share = bme / total
    centre = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = sqrt(z2 * (share * (1 - share) / total + z2 / (4 * total**2))) / (1 + z2 / total)
    return centre - half, centre + half


def step(share: Fraction, size: Fraction) -> Fraction:
    """Return u(p, n)."""
    stay = 1 - TURNOVER
    return (1 - stay**2) / ((size + 1) * share * (1 - share)) + PROCESS_SD**2


def fit(series: Sequence[Census]) -> Walk:
    """Fit one series; censuses that are missing are not in it."""
    held = [census for census in series if census.total > 0]
    if not held:
        return Walk(0, nan, nan, float(PRIOR_SD**2), nan, nan, 1, nan, nan)
    last = held[-1]
    gaps: list[int] = []
    changes: list[float] = []
    variances: list[Fraction] = []
    for i in range(len(held) - 1):
        one, two = held[i], held[i + 1]
        gaps.append(two.year - one.year)
        changes.append(two.log_odds - one.log_odds)
        variances.append(
            step((one.smoothed + two.smoothed) / 2, Fraction(one.total + two.total, 2))
        )
    precision = sum((k / u for k, u in zip(gaps, variances, strict=True)), start=1 / PRIOR_SD**2)
    drift = nan
    if gaps:
        drift = fsum(c / u for c, u in zip(changes, variances, strict=True)) / float(precision)
    dispersion = nan
    if len(held) >= 3:
        dispersion = fsum(
            (c - drift * k) ** 2 / float(k * u)
            for c, k, u in zip(changes, gaps, variances, strict=True)
        ) / (len(held) - 2)
    return Walk(
        censuses=len(held),
        level=last.log_odds,
        drift=drift,
        drift_variance=float(1 / precision),
        step_variance=float(step(last.smoothed, Fraction(last.total))),
        dispersion=dispersion,
        inflation=dispersion if len(held) >= 6 and dispersion > 1 else 1,
        size=last.total,
        last_year=last.year,
    )


def damped(years: int) -> float:
    """Return G(h) as the sum of the damped years that it stands for."""
    return float(sum((DAMPING**year for year in range(1, years + 1)), start=Fraction(0)))


def predict(walk: Walk, years: int) -> tuple[float, float]:
    """Return the median log-odds and the variance so many years ahead."""
    g = damped(years)
    return (
        walk.level + walk.drift * g,
        walk.inflation * (g * g * walk.drift_variance + years * walk.step_variance),
    )


def expit(log_odds: float) -> float:
    """Return the share of log-odds, without overflow."""
    if log_odds >= 0:
        return 1 / (1 + exp(-log_odds))
    return exp(log_odds) / (1 + exp(log_odds))


def band(walk: Walk, years: int, confidence: float) -> tuple[float, float]:
    """Return a forecast band, as shares."""
    centre, variance = predict(walk, years)
    half = two_sided(confidence) * sqrt(variance)
    return expit(centre - half), expit(centre + half)


def people_for(share: Fraction, size: int) -> int:
    """Return the fewest people who make up a share."""
    return ceil(share * size)


def chance_of_count(walk: Walk, years: int, count: int, size: int) -> float:
    """Return the probability of at least so many BME people in a group of a size."""
    if count <= 0:
        return 1
    if count > size:
        return 0
    centre, variance = predict(walk, years)
    return cdf((centre - log(Fraction(2 * count - 1, 2 * (size - count) + 1))) / sqrt(variance))


def compare(measure: Walk, reference: Walk) -> Pair:
    """Set a walk against another."""
    return Pair(
        distance=reference.level - measure.level,
        barrier=reference.level - measure.level,
        speed=measure.drift - reference.drift,
        speed_variance=measure.inflation * measure.drift_variance
        + reference.inflation * reference.drift_variance,
        step_variance=measure.inflation * measure.step_variance
        + reference.inflation * reference.step_variance,
    )


def compare_with_share(measure: Walk, share: Fraction) -> Pair:
    """Set a walk against a fixed share: parity is reaching the whole person, as for a goal."""
    size = round(measure.size)
    count = people_for(share, size)
    return Pair(
        distance=log(share / (1 - share)) - measure.level,
        barrier=log(Fraction(2 * count - 1, 2 * (size - count) + 1)) - measure.level,
        speed=measure.drift,
        speed_variance=measure.inflation * measure.drift_variance,
        step_variance=measure.inflation * measure.step_variance,
    )


def chance_closing(pair: Pair) -> float:
    """Return the probability that the gap is closing."""
    return cdf(pair.speed / sqrt(pair.speed_variance))


def chance_of_parity(pair: Pair, years: int) -> float:
    """Return F(h)."""
    g = damped(years)
    return cdf(
        (pair.speed * g - pair.barrier)
        / sqrt(g * g * pair.speed_variance + years * pair.step_variance)
    )


def line(points: Sequence[tuple[int, Fraction]]) -> tuple[Fraction, Fraction]:
    """Return slope and value at year 0 of the exact least-squares line."""
    m = len(points)
    years = sum(year for year, _ in points)
    values = sum((value for _, value in points), start=Fraction(0))
    products = sum((year * value for year, value in points), start=Fraction(0))
    squares = sum(year * year for year, _ in points)
    slope = (m * products - years * values) / (m * squares - years * years)
    return slope, (values - slope * years) / m
