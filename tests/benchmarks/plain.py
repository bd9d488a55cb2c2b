"""Fits in plain Python floats, as somebody would write them without arrays: one series a time."""

from collections.abc import Sequence
from fractions import Fraction
from math import log, nan

from tests.unit.stats.oracle import Census, Walk

STAY = 0.88
PROCESS_VARIANCE = 0.05**2
PRIOR_PRECISION = 0.15**-2


def _step(share: float, size: float) -> float:
    return (1 - STAY * STAY) / ((size + 1) * share * (1 - share)) + PROCESS_VARIANCE


def fit(series: Sequence[Census]) -> Walk:
    """Fit a damped random walk in log-odds to one series of censuses with people."""
    shares = [(one.bme + 0.5) / (one.total + 1) for one in series]
    levels = [log(share / (1 - share)) for share in shares]
    precision, pull = PRIOR_PRECISION, 0.0
    steps: list[tuple[int, float, float]] = []
    for i in range(1, len(series)):
        before, after = series[i - 1], series[i]
        gap, change = after.year - before.year, levels[i] - levels[i - 1]
        u = _step((shares[i - 1] + shares[i]) / 2, (before.total + after.total) / 2)
        precision += gap / u
        pull += change / u
        steps.append((gap, change, u))
    drift = pull / precision
    dispersion = nan
    if len(series) > 2:
        squares = sum((change - drift * gap) ** 2 / (gap * u) for gap, change, u in steps)
        dispersion = squares / (len(series) - 2)
    last = series[-1]
    return Walk(
        censuses=len(series),
        level=levels[-1],
        drift=drift,
        drift_variance=1 / precision,
        step_variance=_step(shares[-1], last.total),
        dispersion=dispersion,
        inflation=dispersion if len(series) >= 6 and dispersion > 1 else 1,
        size=last.total,
        last_year=last.year,
    )


def line(points: Sequence[tuple[int, Fraction]]) -> tuple[float, float]:
    """Return slope and value at year 0 of the least-squares line."""
    m = len(points)
    middle = sum(year for year, _ in points) / m
    values = [value.numerator / value.denominator for _, value in points]
    mean = sum(values) / m
    squares = sum((year - middle) ** 2 for year, _ in points)
    products = sum(
        (year - middle) * (v - mean) for (year, _), v in zip(points, values, strict=True)
    )
    slope = products / squares
    return slope, mean - slope * middle
