"""Methods: what answers are computed with, by version.

Every computed answer names the version of its method. Whatever changes an answer to the same
question about the same figures means a new version beside the old ones, so that old answers can
still be asked for. Constants, thresholds and the formulas of trend, forecast and parity are
members of a method; the other formulas are the same in every version so far, and the first one
that changes becomes a member too.

Source:
    docs/methods, one page a version.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from numpy.typing import ArrayLike

from app.domain.errors import MethodNotFound
from app.stats.closing import Closings, compare_walks, compare_with_share
from app.stats.normal import Floats
from app.stats.walk import Constants, Forecast, Walks, fit_walks, forecast

COVERS: Final = (
    "Every formula, constant and threshold behind progress, what-ifs, attainability, the figures"
    " of reviews, peers and funnels: what would change one of these answers to the same question"
    " about the same figures takes a new version. Not what is checked when figures are sent, nor"
    " proposals, which keep what went into them, nor wording."
)
"""What the version of a method says, and what it does not."""

MEANINGS: Final[Mapping[str, str]] = {
    "turnover": "Share of staff who leave in a year (τ).",
    "process_sd": "Sd of the yearly change of a group's own making, in log-odds (κ).",
    "drift_prior_sd": "Prior sd of the yearly drift, in log-odds (ω).",
    "damping": "Factor by which the drift weakens each year (φ).",
    "dispersion_from": "Number of censuses from which dispersion widens the bands.",
    "horizon": "Years within which an outlook looks for parity.",
    "min_censuses": "Censuses needed for a forecast.",
    "min_people": "People needed for an outlook.",
    "indicative_below": "Number of censuses below which a forecast is only indicative.",
    "overdispersed_above": "Dispersion above which a reader is warned.",
    "likely_from": "Probability from which a goal is likely to be reached.",
    "unlikely_below": "Probability below which a goal is unlikely to be reached.",
    "closing_from": "Probability of closing from which a gap counts as closing.",
    "widening_to": "Probability of closing down to which the direction is not clear.",
    "parity_from": "Probability of parity from which a census is the year of parity.",
    "earliest_from": "Probability of parity at which the 80% interval of years begins.",
    "latest_from": "Probability of parity at which the 80% interval of years ends.",
    "points_level": "Change of a gap a year, as a share, below which it counts as level.",
    "scales_apart": "Years between the two scales' answers above which a reader is warned.",
}
"""What each constant and threshold means, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on a word is given, or an answer.

    Attributes:
        horizon: Years within which an outlook looks for parity.
        min_censuses: Censuses needed for a forecast.
        min_people: People needed for an outlook.
        indicative_below: Censuses below which a forecast is only indicative.
        overdispersed_above: Dispersion above which a reader is warned.
        likely_from: Probability from which a goal is likely to be reached.
        unlikely_below: Probability below which it is unlikely.
        closing_from: Probability of closing from which a gap counts as closing.
        widening_to: That down to which the direction is not clear; at it, a gap is widening.
        parity_from: Probability of parity from which a census is the year of parity.
        earliest_from: That at which the 80 % interval of years begins.
        latest_from: That at which it ends.
        points_level: Change of the gap a year, as a share, below which it counts as level.
        scales_apart: Years between the two scales' answers above which a reader is warned.
    """

    horizon: int
    min_censuses: int
    min_people: int
    indicative_below: int
    overdispersed_above: float
    likely_from: float
    unlikely_below: float
    closing_from: float
    widening_to: float
    parity_from: float
    earliest_from: float
    latest_from: float
    points_level: float
    scales_apart: int


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
    thresholds: Thresholds
    formulas: Formulas

    @property
    def numbers(self) -> dict[str, float]:
        """Every constant and threshold by name."""
        return asdict(self.constants) | asdict(self.thresholds)

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
    thresholds=Thresholds(
        horizon=30,
        min_censuses=3,
        min_people=10,
        indicative_below=5,
        overdispersed_above=2.0,
        likely_from=0.8,
        unlikely_below=0.2,
        closing_from=0.5,
        widening_to=0.1,
        parity_from=0.5,
        earliest_from=0.1,
        latest_from=0.9,
        points_level=0.001,
        scales_apart=5,
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
