"""Walks forecast, and the chance of a count."""

import dataclasses
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.stats.walk import Forecast, forecast, probability_of_count, reach
from tests.unit.stats import oracle
from tests.unit.stats.series import (
    CONSTANTS,
    GENERATED,
    LEADERS,
    REST,
    Counts,
    Panel,
    panels,
    worked,
)
from tests.unit.stats.walks import CLOSE, HORIZONS, fit

# The worked example of docs/methods/1.md.


def test_the_forecast_of_the_worked_example_is_as_printed() -> None:
    prediction = forecast(fit(worked(LEADERS)), [1, 2, 3], CONSTANTS)

    assert prediction.median[0] == pytest.approx([0.172522, 0.192366, 0.212786], abs=5e-7)
    assert [limit[0, 2] for limit in prediction.band(0.80)] == pytest.approx(
        [0.177883, 0.252434], abs=5e-7
    )
    assert [limit[0, 2] for limit in prediction.band(0.95)] == pytest.approx(
        [0.161303, 0.275306], abs=5e-7
    )


def test_the_probability_of_the_goal_of_the_worked_example_is_as_printed() -> None:
    prediction = forecast(fit(worked(LEADERS)), [1, 3], CONSTANTS)
    goal = oracle.people_for(Fraction("0.18"), 452)

    assert probability_of_count(prediction, goal, 452)[0] == pytest.approx(
        [0.270700, 0.882285], abs=5e-7
    )


# Forecasting.


def test_reach_is_the_sum_of_the_damped_years() -> None:
    assert reach(range(61), CONSTANTS) == pytest.approx(
        [oracle.damped(h) for h in range(61)], rel=1e-12
    )


def test_reach_never_gets_beyond_nineteen_years() -> None:
    assert (reach(range(1000), CONSTANTS) < 19 + 1e-12).all()
    assert (np.diff(reach(range(500), CONSTANTS)) > 0).all()


@GENERATED
@given(panels())
def test_forecasts_are_those_of_the_oracle(panel: Panel) -> None:
    prediction = forecast(fit(panel), HORIZONS, CONSTANTS)

    expected = [oracle.fit(panel.censuses(row)) for row in range(len(panel.rows))]
    want = np.array([[oracle.predict(walk, h) for h in HORIZONS] for walk in expected])
    assert prediction.centre.shape == prediction.variance.shape == (len(panel.rows), 30)
    assert prediction.centre == pytest.approx(want[..., 0], rel=CLOSE, abs=CLOSE, nan_ok=True)
    assert prediction.variance == pytest.approx(want[..., 1], rel=CLOSE, nan_ok=True)


@GENERATED
@given(panels(fewest_censuses=3), st.sampled_from([0.5, 0.8, 0.95]))
def test_bands_are_those_of_the_oracle(panel: Panel, confidence: float) -> None:
    lower, upper = forecast(fit(panel), HORIZONS, CONSTANTS).band(confidence)

    for row in range(len(panel.rows)):
        walk = oracle.fit(panel.censuses(row))
        want = np.array([oracle.band(walk, h, confidence) for h in HORIZONS])
        assert lower[row] == pytest.approx(want[:, 0], rel=1e-6, abs=CLOSE)
        assert upper[row] == pytest.approx(want[:, 1], rel=1e-6, abs=CLOSE)


@GENERATED
@given(panels(fewest_censuses=2))
def test_bands_are_nested_around_the_median_within_0_and_1(panel: Panel) -> None:
    prediction = forecast(fit(panel), HORIZONS, CONSTANTS)

    low_80, high_80 = prediction.band(0.80)
    low_95, high_95 = prediction.band(0.95)

    assert (low_95 >= 0).all()
    assert (low_95 <= low_80).all()
    assert (low_80 <= prediction.median).all()
    assert (prediction.median <= high_80).all()
    assert (high_80 <= high_95).all()
    assert (high_95 <= 1).all()


@GENERATED
@given(panels(fewest_censuses=2))
def test_uncertainty_grows_with_the_distance(panel: Panel) -> None:
    assert (np.diff(forecast(fit(panel), HORIZONS, CONSTANTS).variance, axis=1) > 0).all()


def test_the_bands_of_the_wildest_series_need_no_warning() -> None:
    panel = Panel(tuple(range(2019, 2025)), (((0, 100), (100, 100)) * 3,))

    lower, upper = forecast(fit(panel), [30], CONSTANTS).band(0.95)

    assert lower == pytest.approx(0, abs=1e-200)
    assert upper == pytest.approx(1, abs=1e-15)


@GENERATED
@given(panels(fewest_censuses=1))
def test_no_years_ahead_is_the_last_census_itself(panel: Panel) -> None:
    walks = fit(panel)

    prediction = forecast(
        dataclasses.replace(walks, drift=np.nan_to_num(walks.drift)), [0], CONSTANTS
    )

    assert np.array_equal(prediction.centre[:, 0], walks.level)
    assert (prediction.variance == 0).all()
    assert np.array_equal(prediction.band(0.95)[0], prediction.median)


@GENERATED
@given(panels(fewest_censuses=2), st.data())
def test_each_series_may_have_horizons_of_its_own(panel: Panel, data: st.DataObject) -> None:
    walks = fit(panel)
    row = st.lists(st.integers(1, 30), min_size=3, max_size=3)
    own = np.array([data.draw(row) for _ in panel.rows])

    prediction = forecast(walks, own, CONSTANTS)

    every = forecast(walks, HORIZONS, CONSTANTS)
    assert prediction.centre == pytest.approx(
        np.take_along_axis(every.centre, own - 1, axis=1), rel=1e-12
    )
    assert prediction.variance == pytest.approx(
        np.take_along_axis(every.variance, own - 1, axis=1), rel=1e-12
    )


def test_a_series_without_a_drift_has_no_forecast_and_leaves_the_others_theirs() -> None:
    one: tuple[Counts, ...] = (None, None, None, None, None, (69, 452))
    none: tuple[Counts, ...] = (None,) * 6

    prediction = forecast(fit(worked(none, LEADERS, one)), [1], CONSTANTS)

    assert prediction.median[:, 0] == pytest.approx(
        [np.nan, 0.172522, np.nan], abs=5e-7, nan_ok=True
    )


@GENERATED
@given(panels(), st.randoms(use_true_random=False))
def test_series_forecast_together_in_any_order_are_those_forecast_alone_to_the_last_bit(
    panel: Panel, random: Random
) -> None:
    order = list(range(len(panel.rows)))
    random.shuffle(order)
    together = forecast(fit(panel.take(*order)), HORIZONS, CONSTANTS)
    chances = probability_of_count(together, 5, 20)

    for place, row in enumerate(order):
        alone = forecast(fit(panel.take(row)), HORIZONS, CONSTANTS)
        assert np.array_equal(together.centre[place], alone.centre[0], equal_nan=True)
        assert np.array_equal(together.variance[place], alone.variance[0], equal_nan=True)
        assert np.array_equal(together.median[place], alone.median[0], equal_nan=True)
        assert np.array_equal(
            chances[place], probability_of_count(alone, 5, 20)[0], equal_nan=True
        )


# Reaching a goal.


@GENERATED
@given(panels(fewest_censuses=2), st.data())
def test_probabilities_of_a_count_are_those_of_the_oracle(
    panel: Panel, data: st.DataObject
) -> None:
    walks = fit(panel)
    size = data.draw(st.integers(1, 20_000))
    count = data.draw(st.integers(-1, size + 1))

    chances = probability_of_count(forecast(walks, HORIZONS, CONSTANTS), count, size)

    for row in range(len(panel.rows)):
        walk = oracle.fit(panel.censuses(row))
        want = [oracle.chance_of_count(walk, h, count, size) for h in HORIZONS]
        assert chances[row] == pytest.approx(want, abs=1e-8)


@GENERATED
@given(panels(fewest_censuses=2, most_series=1), st.integers(1, 200))
def test_more_people_are_never_more_likely(panel: Panel, size: int) -> None:
    prediction = forecast(fit(panel), [1], CONSTANTS)

    chances = probability_of_count(prediction, np.arange(-1, size + 2), size)[0]

    assert np.isfinite(chances).all()
    assert (chances >= 0).all()
    assert (chances <= 1).all()
    assert (np.diff(chances) <= 0).all()
    assert chances[:2].tolist() == [1, 1]
    assert chances[-1] == 0


def test_a_goal_that_needs_nobody_is_certain_and_one_beyond_the_team_is_not_to_be_had() -> None:
    prediction = forecast(fit(worked(LEADERS)), [1, 10], CONSTANTS)

    assert probability_of_count(prediction, 0, 452).tolist() == [[1, 1]]
    assert probability_of_count(prediction, 453, 452).tolist() == [[0, 0]]
    assert (probability_of_count(prediction, 100, 452) > 0).all()


def test_counts_and_sizes_go_with_their_series() -> None:
    prediction = forecast(fit(worked(LEADERS, REST)), [1, 3], CONSTANTS)

    together = probability_of_count(prediction, [[82], [1300]], [[452], [5279]])

    assert together[0] == pytest.approx([0.270700, 0.882285], abs=5e-7)
    assert together[1] == pytest.approx(
        [
            oracle.chance_of_count(oracle.fit(worked(REST).censuses(0)), h, 1300, 5279)
            for h in (1, 3)
        ]
    )


@pytest.mark.parametrize(
    ("centre", "expected"), [(0.0, 0.5), (-50.0, 0.0), (50.0, 1.0)], ids=["even", "no", "yes"]
)
def test_a_goal_half_a_person_below_is_an_even_chance_at_the_median(
    centre: float, expected: float
) -> None:
    # The fifth of nine stands for everything above four and a half: log-odds 0.
    prediction = Forecast(np.array([[centre]]), np.array([[1.0]]))

    assert probability_of_count(prediction, 5, 9) == pytest.approx(expected, abs=1e-12)
