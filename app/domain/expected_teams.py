"""A team as it is expected to be some years on, if turnover and appointments stay as supposed.

Whoever leaves is as likely to be BME as the team is, and whoever is appointed is BME with the
supposed share as probability, each independently of all others.

Source:
    docs/methods/1.md, section 2. Means and variances are computed with fractions, exactly.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, sqrt
from typing import Self

from app.domain.counts import Count
from app.stats.normal import normal_cdf, two_sided_z


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is supposed of every year to come.

    Attributes:
        turnover: Share of staff who leave in a year, strictly between 0 and 1.
        bme_share: Share of appointments that go to BME people, 0 to 1.
        growth: By what share of itself the team grows in a year, above −turnover.

    Raises:
        ValueError: One of them is outside its range.
    """

    turnover: Fraction
    bme_share: Fraction
    growth: Fraction

    def __post_init__(self) -> None:
        if not 0 < self.turnover < 1:
            raise ValueError(f"turnover {self.turnover} is not strictly between 0 and 1")
        if not 0 <= self.bme_share <= 1:
            raise ValueError(f"{self.bme_share} is no share of appointments")
        if self.growth <= -self.turnover:
            raise ValueError(f"a team cannot grow by {self.growth} a year without dismissals")


@dataclass(frozen=True, slots=True)
class PeopleInterval:
    """A closed interval of whole persons."""

    lower: int
    upper: int


@dataclass(frozen=True, slots=True)
class ExpectedTeam:
    """A team in a year to come.

    Attributes:
        bme: Expected BME people.
        variance: Variance of their number.
        total: Persons, as large as the team has grown by then; somebody is in it.
    """

    bme: Fraction
    variance: Fraction
    total: Fraction

    @property
    def share(self) -> Fraction:
        """Expected BME people of everybody."""
        return self.bme / self.total

    @property
    def standard_deviation(self) -> float:
        """The standard deviation of the number of BME people."""
        return sqrt(self.variance)

    def after_a_year(self, scenario: Scenario) -> Self:
        """Return the team a year later."""
        turnover, share = scenario.turnover, scenario.bme_share
        appointed = (turnover + scenario.growth) * self.total
        return type(self)(
            bme=(1 - turnover) * self.bme + share * appointed,
            variance=(1 - turnover) ** 2 * self.variance
            + turnover * (1 - turnover) * self.bme
            + appointed * share * (1 - share),
            total=(1 + scenario.growth) * self.total,
        )

    def interval(self, confidence: float) -> PeopleInterval:
        """Return the interval of the number of BME people, its ends rounded outwards."""
        half = Fraction(two_sided_z(confidence) * self.standard_deviation)
        return PeopleInterval(
            lower=max(0, floor(self.bme - half)),
            upper=min(ceil(self.total), ceil(self.bme + half)),
        )

    def probability_of(self, people: int) -> float:
        """Return the probability of at least so many BME people.

        Nobody is always reached, and more than everybody never.
        """
        if people <= 0:
            return 1.0
        if people > ceil(self.total):
            return 0.0
        margin, spread = float(self.bme - people + Fraction(1, 2)), self.standard_deviation
        if not spread:
            return 1.0 if margin >= 0 else 0.0
        return float(normal_cdf(margin / spread))


def expect_teams(count: Count, scenario: Scenario, years: int) -> tuple[ExpectedTeam, ...]:
    """Return a team now and in each of some years to come.

    Args:
        count: The team now; somebody is in it.
        scenario: What is supposed of every year.
        years: How many years to look ahead.
    """
    teams = [ExpectedTeam(Fraction(count.bme), Fraction(0), Fraction(count.total))]
    for _ in range(years):
        teams.append(teams[-1].after_a_year(scenario))
    return tuple(teams)
