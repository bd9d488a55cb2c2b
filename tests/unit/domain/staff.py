"""Simulated teams whose staff stay, leave and are appointed person by person.

In every year each person leaves with the probability of the turnover, whoever they are. Each
leaver is replaced by one appointment, BME with a probability whose log-odds drift from year to
year, wander, and fluctuate. Nothing of this is known to the method but what a census counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain.methods import Method
from app.stats.backtest import Bools, in_people, lies_within
from app.stats.normal import Floats, expit, logit
from app.stats.walk import smoothed_share

Integers = NDArray[np.int64]

SETTLING_YEARS = 30
"""Years in which a team comes to depend on its appointments alone, before the first census."""

AHEAD = (1, 2, 3, 5)
"""Years ahead that are forecast."""

CENSUSES = (6, 7, 8)
"""Numbers of censuses that a forecast is made from."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """How appointments go, in log-odds of the probability that one is of BME people.

    Attributes:
        share: Probability about the time of the last census, but for wandering.
        drift: Change a year.
        wander: Sd of a lasting change a year, beside it.
        fluctuation: Sd of each year by itself. With a turnover of 0.12, 0.4 moves the share of
            a large team by 0.05 in log-odds, which is what the method allows a group of its own.
        turnover: Probability that a person leaves in a year.
    """

    name: str
    share: float = 0.2
    drift: float = 0.05
    wander: float = 0.05
    fluctuation: float = 0.4
    turnover: float = 0.12


SCENARIOS = (
    Scenario("without any change", drift=0.0, wander=0.0, fluctuation=0.0),
    Scenario("level", drift=0.0, wander=0.0),
    Scenario("rising"),
    Scenario("rising fast", drift=0.1),
    Scenario("falling", drift=-0.05),
    Scenario("wandering", drift=0.03, wander=0.1),
    Scenario("wandering far", drift=0.03, wander=0.2),
    Scenario("few BME people", share=0.06),
    Scenario("many BME people", share=0.45, drift=0.03),
    Scenario("low turnover", turnover=0.08),
    Scenario("high turnover", turnover=0.18),
)


def simulate(
    scenario: Scenario,
    *,
    teams: int,
    size: int,
    years: int,
    last: int,
    chance: np.random.Generator,
) -> Integers:
    """Return the BME people of teams at the census of each year, shape (teams, years).

    Args:
        scenario: How appointments go.
        teams: Number of teams.
        size: Persons in each, always.
        years: Number of censuses.
        last: Index of the census about which the appointments have the scenario's share.
        chance: Where chance comes from.
    """
    steps = np.arange(SETTLING_YEARS + years) - (SETTLING_YEARS + last)
    shape = (teams, len(steps))
    odds = logit(scenario.share) + scenario.drift * steps
    odds = odds + chance.normal(0, scenario.wander, shape).cumsum(axis=1)
    appointed = expit(odds + chance.normal(0, scenario.fluctuation, shape))
    people = chance.binomial(size, appointed[:, 0])
    censuses = []
    for year in range(1, len(steps)):
        bme_leavers = chance.binomial(people, scenario.turnover)
        leavers = bme_leavers + chance.binomial(size - people, scenario.turnover)
        people = people - bme_leavers + chance.binomial(leavers, appointed[:, year])
        censuses.append(people)
    return np.array(censuses[-years:], dtype=np.int64).T


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether each team's bands held what came; arrays of shape (teams, years ahead).

    Attributes:
        smoothed_80: The 80 % band the share, half a person added on either side.
        smoothed_95: The 95 % band likewise.
        people_80: The 80 % band in whole people, rounded outwards, the people.
        people_95: The 95 % band likewise.
        shares_80: The 80 % band the share as it is.
        shares_95: The 95 % band likewise.
    """

    smoothed_80: Bools
    smoothed_95: Bools
    people_80: Bools
    people_95: Bools
    shares_80: Bools
    shares_95: Bools


WAYS = tuple(Outcome.__slots__)
"""Ways to hold what came against a band, two bands each."""


def try_out(
    method: Method, scenario: Scenario, *, teams: int, size: int, chance: np.random.Generator
) -> Iterator[Outcome]:
    """Yield how a method forecasts teams, for each number of censuses to forecast from."""
    for censuses in CENSUSES:
        years = censuses + max(AHEAD)
        bme = simulate(
            scenario, teams=teams, size=size, years=years, last=censuses - 1, chance=chance
        )
        yield _hold(method, bme[:, :censuses], bme[:, [censuses - 1 + h for h in AHEAD]], size)


def _hold(method: Method, known: Integers, came: Integers, size: int) -> Outcome:
    """Return whether bands held what came."""
    years = np.arange(known.shape[1])
    walks = method.fit(years, known, np.full(known.shape, size))
    forecast = method.forecast(walks, AHEAD)
    bands = forecast.band(0.80), forecast.band(0.95)
    smoothed: Floats = smoothed_share(came, np.full(came.shape, size))
    return Outcome(
        *(lies_within(band, smoothed) for band in bands),
        *(lies_within(in_people(band, size), came) for band in bands),
        *(lies_within(band, came / size) for band in bands),
    )
