"""The back-test: how forecasts of censuses held out did.

Source:
    docs/methods/1.md, section 9.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.domain.codes import Evidence
from app.domain.groups import Bools, Panel
from app.domain.held_out import Trials, hold_out
from app.domain.methods import Method
from app.stats.backtest import (
    brier_score,
    brier_score_of_base_rate,
    in_people,
    lies_within,
    mean,
)
from app.stats.normal import Floats
from app.stats.walk import smoothed_share

HELD_OUT = 3
"""Censuses held out at most: the length of a cycle."""

TEAM_SIZES = (1, 10, 20, 50, 100, 200, 500, 1000)
"""Fewest people of each class of team size."""

WAYS = (
    "Three ways to hold what came against a band: its share; its share with half a person added"
    " on either side, as the method does, for none of 9 people lies below any band; and its"
    " people, the band's ends rounded outwards."
)
"""How to read the bands."""

EVENTS = (
    "Goal: the share due on the straight path from 2018 to parity in 2028 was reached. Parity:"
    " the share was that of the reference, or above. The score is the mean squared distance of"
    " the chance from what happened; beside it that of always saying how often it happened."
)
"""What the scores are of."""


@dataclass(frozen=True, slots=True)
class Covered:
    """Proportions of forecasts whose bands held what came."""

    band_80: float
    band_95: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often the bands held what came, so many years ahead.

    Attributes:
        fewest: Persons in the smallest team of the class, at the last census fitted.
        most: Persons in the largest; None where there is no end.
        forecasts: Number of forecasts.
        in_shares: Of the bands as shares.
        in_smoothed_shares: Likewise, with half a person added on either side of what came, as
            the method does with what it is shown.
        in_people: Of the bands in whole people, rounded outwards, in the team that came.
    """

    years_ahead: int
    fewest: int
    most: int | None
    forecasts: int
    in_shares: Covered
    in_smoothed_shares: Covered
    in_people: Covered


@dataclass(frozen=True, slots=True)
class Score:
    """How good the probabilities of an event were, so many years ahead.

    Attributes:
        forecasts: Number of probabilities.
        mean_probability: What they were on average.
        base_rate: How often the event happened.
        brier: Their Brier score.
        brier_of_base_rate: The score of always saying the base rate.
    """

    years_ahead: int
    forecasts: int
    mean_probability: float
    base_rate: float
    brier: float
    brier_of_base_rate: float


@dataclass(frozen=True, slots=True)
class Findings:
    """How a method did.

    Attributes:
        coverage: Of teams of any size.
        coverage_by_team_size: Of each class that there were forecasts for.
        goal: Of reaching the share due on the strategy's path.
        parity: Of being at parity or above.
    """

    coverage: tuple[Coverage, ...]
    coverage_by_team_size: tuple[Coverage, ...]
    goal: tuple[Score, ...]
    parity: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a method was tried on.

    Attributes:
        sha256: Of the demonstration set.
        trusts: Number of trusts, their predecessors' counts added in.
        measures: Number of measures.
        first_census: Year of the first census.
        last_census: Year of the last.
        held_out: Censuses held out at most.
    """

    evidence: Evidence
    sha256: str
    trusts: int
    measures: int
    first_census: int
    last_census: int
    held_out: int


@dataclass(frozen=True, slots=True)
class Backtest:
    """How a version of the method did, and on what.

    Attributes:
        method: Its version.
    """

    method: str
    basis: Basis
    findings: Findings


def back_test(panel: Panel, method: Method) -> Findings:
    """Hold out the last one, two and three censuses of every series, and forecast them.

    Forecasts and probabilities are those that the method would have told then. The goal is the
    share due at the census on the strategy's straight path, from the measure's share in 2018
    to parity with its reference's share of 2018 in 2028. Parity is with the reference at the
    census itself.

    Args:
        panel: Series whose references are groups, or that have none.
        method: What is tried.
    """
    trials = Trials.join([hold_out(panel, method, n + 1) for n in range(HELD_OUT)])
    by_year = list(trials.by_years_ahead())
    return Findings(
        coverage=tuple(_cover(ahead, of, TEAM_SIZES[0], None) for ahead, of in by_year),
        coverage_by_team_size=tuple(
            _cover(ahead, some, fewest, most)
            for ahead, of in by_year
            for fewest, most, some in _by_team_size(of)
        ),
        goal=tuple(_score(trials, trials.goal_chance, trials.goal_reached)),
        parity=tuple(_score(trials, trials.parity_chance, trials.parity_reached)),
    )


def _by_team_size(trials: Trials) -> Iterator[tuple[int, int | None, Trials]]:
    """Yield the trials of each class of team size that has any, with its ends."""
    place = np.searchsorted(TEAM_SIZES, trials.size, side="right") - 1
    for index in np.unique(place).tolist():
        is_last = index + 1 == len(TEAM_SIZES)
        most = None if is_last else TEAM_SIZES[index + 1] - 1
        yield TEAM_SIZES[index], most, trials.where(place == index)


def _cover(ahead: int, trials: Trials, fewest: int, most: int | None) -> Coverage:
    """Return how often the bands of trials held what came."""
    bands = [trials.forecast.band(confidence) for confidence in (0.80, 0.95)]
    whole = [in_people(band, trials.total) for band in bands]
    share, smoothed = trials.bme / trials.total, smoothed_share(trials.bme, trials.total)
    return Coverage(
        years_ahead=ahead,
        fewest=fewest,
        most=most,
        forecasts=trials.size.size,
        in_shares=Covered(*(mean(lies_within(band, share)) for band in bands)),
        in_smoothed_shares=Covered(*(mean(lies_within(band, smoothed)) for band in bands)),
        in_people=Covered(*(mean(lies_within(band, trials.bme)) for band in whole)),
    )


def _score(trials: Trials, chance: Floats, happened: Bools) -> Iterator[Score]:
    """Yield how good probabilities were, by years ahead, where any was told."""
    is_told = np.isfinite(chance)
    for ahead in np.unique(trials.years_ahead[is_told]):
        mask = is_told & (trials.years_ahead == ahead)
        said, came = chance[mask], happened[mask]
        yield Score(
            years_ahead=int(ahead),
            forecasts=said.size,
            mean_probability=mean(said),
            base_rate=mean(came),
            brier=brier_score(said, came),
            brier_of_base_rate=brier_score_of_base_rate(came),
        )
