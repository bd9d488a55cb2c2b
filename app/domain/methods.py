"""Methods: the formulas and constants of trend, forecast and parity, by version.

Every computed answer names the version of its method. Changing a formula or a constant means a
new version beside the old ones, so that old answers can still be asked for.

Source:
    docs/methods, one page a version.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from numpy.typing import ArrayLike

from app.domain.errors import MethodNotFound
from app.stats.closing import Closings, compare_walks, compare_with_share
from app.stats.normal import Floats
from app.stats.walk import Constants, Forecast, Walks, fit_walks, forecast

MEANINGS: Final[Mapping[str, str]] = {
    "turnover": "Share of staff who leave in a year (τ).",
    "process_sd": "Sd of the yearly change of a group's own making, in log-odds (κ).",
    "drift_prior_sd": "Prior sd of the yearly drift, in log-odds (ω).",
    "damping": "Factor by which the drift weakens each year (φ).",
    "dispersion_from": "Number of censuses from which dispersion widens the bands.",
}
"""What each constant means, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Formulas:
    """The formulas of a method; those that need its constants take them last.

    Attributes:
        fit: Census years, BME people and totals to a walk a series.
        forecast: Walks and years ahead to medians and variances in log-odds.
        compare: Walks and those of their references to how they close in.
        compare_with_share: Walks, fixed shares and the people who reach them to the same.
        scores: How walks close in and years ahead to Φ⁻¹ of the probability of parity.
    """

    fit: Callable[[ArrayLike, ArrayLike, ArrayLike, Constants], Walks]
    forecast: Callable[[Walks, ArrayLike, Constants], Forecast]
    compare: Callable[[Walks, Walks], Closings]
    compare_with_share: Callable[[Walks, ArrayLike, ArrayLike], Closings]
    scores: Callable[[Closings, ArrayLike, Constants], Floats]


@dataclass(frozen=True, slots=True)
class Method:
    """A version of the method.

    Attributes:
        version: What answers name it by.
        title: What kind of method it is.
        released: The day from which answers could be computed with it.
    """

    version: str
    title: str
    released: date
    constants: Constants
    formulas: Formulas

    def fit(self, years: ArrayLike, bme: ArrayLike, total: ArrayLike) -> Walks:
        """Fit each series; arguments as those of `fit_walks`."""
        return self.formulas.fit(years, bme, total, self.constants)

    def forecast(self, walks: Walks, horizons: ArrayLike) -> Forecast:
        """Forecast each series by years ahead of its last census, at least 0."""
        return self.formulas.forecast(walks, horizons, self.constants)

    def compare(self, measure: Walks, reference: Walks) -> Closings:
        """Return how walks close in on the walks that they are compared with."""
        return self.formulas.compare(measure, reference)

    def compare_with_share(self, measure: Walks, share: ArrayLike, people: ArrayLike) -> Closings:
        """Return how walks close in on fixed shares, which so many people reach."""
        return self.formulas.compare_with_share(measure, share, people)

    def scores(self, closings: Closings, horizons: ArrayLike) -> Floats:
        """Return Φ⁻¹ of the probability of parity at each horizon, at least 1 year."""
        return self.formulas.scores(closings, horizons, self.constants)


METHOD_1: Final = Method(
    version="1",
    title="Damped random walk in log-odds",
    released=date(2026, 11, 23),
    constants=Constants(
        turnover=0.12, process_sd=0.05, drift_prior_sd=0.15, damping=0.95, dispersion_from=6
    ),
    formulas=Formulas(fit_walks, forecast, compare_walks, compare_with_share, Closings.scores),
)
"""The first method: docs/methods/1.md."""

METHODS: Final[Mapping[str, Method]] = {one.version: one for one in (METHOD_1,)}
"""Every method that was ever released, by version, oldest first."""


LATEST: Final = METHOD_1
"""The newest of them, with which answers are computed unless another is asked for."""


def get_method(version: str | None, among: Mapping[str, Method] = METHODS) -> Method:
    """Return a version of the method; None for the newest.

    Raises:
        MethodNotFound: No method has the version.
    """
    if version is None:
        return [*among.values()][-1]
    if version not in among:
        raise MethodNotFound(version)
    return among[version]
