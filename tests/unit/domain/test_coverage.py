"""Bands over simulated persistent staff: a small version of `make backtest`."""

import numpy as np
import pytest

from app.domain.methods import METHODS
from app.stats.normal import Floats
from tests.unit.domain.staff import AHEAD, SCENARIOS, WAYS, Scenario, simulate, try_out

SIZES = (10, 50, 200, 1000)
TEAMS = 100


@pytest.fixture(scope="module", params=METHODS)
def coverage(request: pytest.FixtureRequest) -> dict[str, Floats]:
    """Coverage over all scenarios, by band: shape (team sizes, years ahead)."""
    chance = np.random.default_rng(20181203)
    held: dict[str, list[Floats]] = {way: [] for way in WAYS}
    for size in SIZES:
        outcomes = [
            outcome
            for scenario in SCENARIOS
            for outcome in try_out(
                METHODS[request.param], scenario, teams=TEAMS, size=size, chance=chance
            )
        ]
        for way, means in held.items():
            means.append(np.concatenate([getattr(one, way) for one in outcomes]).mean(axis=0))
    return {way: np.array(means) for way, means in held.items()}


def test_80_percent_bands_hold_78_to_98_percent_of_what_comes(
    coverage: dict[str, Floats],
) -> None:
    cells = coverage["smoothed_80"]

    assert cells.shape == (len(SIZES), len(AHEAD))
    assert 0.78 <= cells.min() <= cells.max() <= 0.98


def test_95_percent_bands_hold_at_least_89_percent_of_what_comes(
    coverage: dict[str, Floats],
) -> None:
    assert coverage["smoothed_95"].min() >= 0.89


def test_bands_in_whole_people_hold_more_the_smaller_the_team(
    coverage: dict[str, Floats],
) -> None:
    for band in ("80", "95"):
        cells = coverage[f"people_{band}"]

        assert (cells >= coverage[f"smoothed_{band}"]).all()
        assert (np.diff(cells, axis=0) < 0).all()


def test_the_shares_of_ten_people_take_too_few_values_for_a_band(
    coverage: dict[str, Floats],
) -> None:
    assert coverage["shares_80"][0].max() < 0.8


# The simulation itself.


def test_simulated_teams_come_to_their_appointments_and_vary_as_persons_do() -> None:
    scenario = Scenario("still", share=0.3, drift=0.0, wander=0.0, fluctuation=0.0)

    people = simulate(
        scenario, teams=20_000, size=50, years=2, last=1, chance=np.random.default_rng(1)
    )

    # Everybody was appointed at some time, each with the same probability: a binomial. A year
    # on, the same persons are there but for 12 %, so the correlation is 0.88.
    assert people.mean(axis=0) == pytest.approx([15, 15], abs=0.1)
    assert people.var(axis=0) == pytest.approx([10.5, 10.5], abs=0.35)
    correlation = np.asarray(np.corrcoef(people.T))
    assert correlation[0, 1] == pytest.approx(0.88, abs=0.01)


def test_simulated_appointments_have_their_share_about_the_last_census() -> None:
    scenario = Scenario("rising", share=0.2, drift=0.2, wander=0.0, fluctuation=0.0, turnover=1.0)

    people = simulate(
        scenario, teams=2000, size=1000, years=3, last=1, chance=np.random.default_rng(1)
    )

    # Odds of a quarter at the middle census, and e to the 0.2 more or less beside it.
    shares = np.asarray(people.mean(axis=0)) / 1000
    odds = shares / (1 - shares)
    assert odds == pytest.approx(0.25 * np.exp([-0.2, 0, 0.2]), rel=0.01)
