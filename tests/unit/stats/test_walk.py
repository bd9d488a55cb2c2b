import dataclasses
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.stats.walk import (
    METHOD_1,
    Constants,
    Forecast,
    Walks,
    fit_walks,
    forecast,
    probability_of_count,
    reach,
)
from tests.unit.stats import oracle
from tests.unit.stats.series import GENERATED, LEADERS, REST, Counts, Panel, panels, worked

FIELDS = [field.name for field in dataclasses.fields(Walks)]
HORIZONS = range(1, 31)
CLOSE = 1e-9
"""Relative: far tighter than anything shown, far wider than rounding."""

NINE_YEARS = Panel(
    tuple(range(2010, 2019)),
    ((None,) * 9, (None, None, None, None, (0, 1), (0, 1), (0, 1), (1, 1), None)),
)
"""From about eight terms on, NumPy adds up a row otherwise than a column."""


def fit(panel: Panel) -> Walks:
    return fit_walks(panel.years, panel.bme, panel.total)


def assert_same(one: Walks, other: Walks) -> None:
    """Assert equality to the last bit."""
    for name in FIELDS:
        assert np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True), name


def assert_fits(walks: Walks, expected: list[oracle.Walk]) -> None:
    """Assert that every number of every series is the oracle's."""
    for name in FIELDS:
        got = getattr(walks, name)
        want = [getattr(walk, name) for walk in expected]
        assert got == pytest.approx(want, rel=CLOSE, abs=1e-12, nan_ok=True), name


# The worked example of docs/methods/1.md.


def test_the_constants_are_those_of_method_1() -> None:
    assert Constants() == METHOD_1
    assert dataclasses.asdict(METHOD_1) == {
        "turnover": 0.12,
        "process_sd": 0.05,
        "drift_prior_sd": 0.15,
        "damping": 0.95,
        "dispersion_from": 6,
    }


def test_the_walks_of_the_worked_example_are_as_printed() -> None:
    walks = fit(worked(LEADERS, REST))

    assert walks.censuses.tolist() == [6, 6]
    assert walks.size.tolist() == [452, 5279]
    assert walks.last_year.tolist() == [2024, 2024]
    assert walks.level == pytest.approx([-1.7080129, -1.1482198], abs=5e-8)
    assert walks.drift == pytest.approx([0.1475337, 0.0676538], abs=5e-8)
    assert walks.drift_variance == pytest.approx([0.0015186, 0.0005417], abs=5e-8)
    assert walks.step_variance == pytest.approx([0.0063343, 0.0027337], abs=5e-8)
    assert walks.dispersion == pytest.approx([0.4057482, 0.1662462], abs=5e-8)
    assert walks.inflation.tolist() == [1, 1]


def test_the_forecast_of_the_worked_example_is_as_printed() -> None:
    prediction = forecast(fit(worked(LEADERS)), [1, 2, 3])

    assert prediction.median[0] == pytest.approx([0.172522, 0.192366, 0.212786], abs=5e-7)
    assert [limit[0, 2] for limit in prediction.band(0.80)] == pytest.approx(
        [0.177883, 0.252434], abs=5e-7
    )
    assert [limit[0, 2] for limit in prediction.band(0.95)] == pytest.approx(
        [0.161303, 0.275306], abs=5e-7
    )


def test_the_probability_of_the_goal_of_the_worked_example_is_as_printed() -> None:
    prediction = forecast(fit(worked(LEADERS)), [1, 3])
    goal = oracle.people_for(Fraction("0.18"), 452)

    assert probability_of_count(prediction, goal, 452)[0] == pytest.approx(
        [0.270700, 0.882285], abs=5e-7
    )


# Fitting.


@GENERATED
@given(panels())
def test_walks_are_those_of_the_oracle(panel: Panel) -> None:
    walks = fit(panel)

    assert_fits(walks, [oracle.fit(panel.censuses(row)) for row in range(len(panel.rows))])


@GENERATED
@given(panels(), st.randoms(use_true_random=False))
def test_series_fitted_together_in_any_order_are_those_fitted_alone_to_the_last_bit(
    panel: Panel, random: Random
) -> None:
    order = list(range(len(panel.rows)))
    random.shuffle(order)

    together = fit(panel.take(*order))

    for place, row in enumerate(order):
        alone = fit(panel.take(row))
        for name in FIELDS:
            one, many = getattr(alone, name)[0], getattr(together, name)[place]
            assert np.array_equal(one, many, equal_nan=True), name


@GENERATED
@example(NINE_YEARS)
@given(panels())
def test_the_layout_of_the_arrays_in_memory_does_not_change_a_bit(panel: Panel) -> None:
    columns_first = fit_walks(
        panel.years, np.asfortranarray(panel.bme), np.asfortranarray(panel.total)
    )

    assert_same(columns_first, fit(panel))


@GENERATED
@given(panels(), st.data())
def test_a_missing_census_only_lengthens_a_gap(panel: Panel, data: st.DataObject) -> None:
    """A year in which nobody sent anything may as well not have been asked for."""
    year = data.draw(st.integers(2000, 2040).filter(lambda year: year not in panel.years))
    place = sum(other < year for other in panel.years)
    none: Counts = None
    wider = Panel(
        (*panel.years[:place], year, *panel.years[place:]),
        tuple((*row[:place], none, *row[place:]) for row in panel.rows),
    )

    assert_fits(fit(wider), [oracle.fit(panel.censuses(row)) for row in range(len(panel.rows))])


@GENERATED
@given(panels(), st.data())
def test_a_census_without_people_is_as_good_as_missing(panel: Panel, data: st.DataObject) -> None:
    column = data.draw(st.integers(0, len(panel.years) - 1))

    def with_column(counts: Counts) -> Walks:
        return fit(
            Panel(
                panel.years,
                tuple((*row[:column], counts, *row[column + 1 :]) for row in panel.rows),
            )
        )

    assert_same(with_column((0, 0)), with_column(None))


@pytest.mark.parametrize("missing", ["bme", "total"])
def test_a_census_is_missing_when_either_count_is(missing: str) -> None:
    bme, total = worked(LEADERS).bme, worked(LEADERS).total
    {"bme": bme, "total": total}[missing][0, 2] = np.nan

    walks = fit_walks(worked().years, bme, total)

    assert_same(walks, fit(worked((*LEADERS[:2], None, *LEADERS[3:]))))


@GENERATED
@given(panels(), st.integers(-500, 500))
def test_only_the_distance_between_years_counts(panel: Panel, shift: int) -> None:
    shifted = fit(Panel(tuple(year + shift for year in panel.years), panel.rows))
    walks = fit(panel)

    assert np.array_equal(shifted.last_year - shift, walks.last_year, equal_nan=True)
    assert_same(dataclasses.replace(shifted, last_year=walks.last_year), walks)


@GENERATED
@given(panels())
def test_the_others_walk_the_mirror_image(panel: Panel) -> None:
    walks = fit(panel)

    others = fit_walks(panel.years, panel.total - panel.bme, panel.total)

    assert others.level == pytest.approx(-walks.level, rel=CLOSE, abs=1e-9, nan_ok=True)
    assert others.drift == pytest.approx(-walks.drift, rel=CLOSE, abs=1e-9, nan_ok=True)
    assert others.drift_variance == pytest.approx(walks.drift_variance, rel=CLOSE)
    assert others.inflation == pytest.approx(walks.inflation, rel=1e-6)


@GENERATED
@given(panels())
def test_variances_are_positive_and_never_shrunk(panel: Panel) -> None:
    walks = fit(panel)
    some = walks.censuses > 0

    assert (walks.drift_variance > 0).all()
    assert (walks.drift_variance <= 0.15**2 + 1e-15).all()
    assert (walks.step_variance[some] > 0.05**2).all()
    assert (walks.inflation >= 1).all()


@pytest.mark.parametrize(
    ("row", "held"),
    [
        pytest.param((None, None, None), "", id="no census"),
        pytest.param((None, (0, 0), None), "", id="only a census without people"),
        pytest.param((None, (3, 10), None), "level", id="one census"),
        pytest.param(((3, 10), None, (4, 10)), "level drift", id="two censuses"),
        pytest.param(((3, 10), (3, 10), (4, 10)), "level drift dispersion", id="three censuses"),
    ],
)
def test_what_too_few_censuses_cannot_tell_has_no_value(
    row: tuple[Counts, ...], held: str
) -> None:
    walks = fit(Panel((2022, 2023, 2024), (row,)))

    known = [
        name for name in ("level", "drift", "dispersion") if np.isfinite(getattr(walks, name)[0])
    ]
    assert " ".join(known) == held
    assert walks.censuses[0] == len([c for c in row if c not in (None, (0, 0))])
    assert np.isfinite(walks.size[0]) == np.isfinite(walks.last_year[0]) == bool(held)


STEADY: tuple[Counts, ...] = ((50, 200),) * 7
WILD: tuple[Counts, ...] = ((20, 200), (60, 200)) * 4


@pytest.mark.parametrize(
    ("row", "words"),
    [
        pytest.param(WILD[:5], "dispersed", id="five censuses"),
        pytest.param(WILD[:6], "dispersed widened", id="six censuses"),
        pytest.param(
            ((40, 200), (44, 200)) * 3, "dispersed widened", id="six of little dispersion"
        ),
        pytest.param((*WILD[:5], None, (0, 0)), "dispersed", id="five with people among seven"),
        pytest.param(STEADY, "", id="a steady series is not narrowed"),
    ],
)
def test_dispersion_widens_from_six_censuses_on_and_never_narrows(
    row: tuple[Counts, ...], words: str
) -> None:
    walks = fit(Panel(tuple(range(2018, 2018 + len(row))), (row,)))

    assert walks.inflation == (walks.dispersion if "widened" in words else 1)
    assert (walks.dispersion > 1) == ("dispersed" in words)


def test_other_constants_are_used_throughout() -> None:
    panel = worked(LEADERS)
    constants = Constants(
        turnover=0.5, process_sd=1.0, drift_prior_sd=1e-9, damping=0.5, dispersion_from=3
    )

    walks = fit_walks(panel.years, panel.bme, panel.total, constants)
    prediction = forecast(walks, [1, 2], constants)

    # With no room for a drift the walk stays where it is: v = h u, u = ¾/(453 p (1 − p)) + 1.
    assert walks.drift == pytest.approx([0], abs=1e-12)
    assert walks.step_variance == pytest.approx([0.75 / (453 * (69.5 * 383.5) / 453**2) + 1])
    assert prediction.variance[0] == pytest.approx(walks.step_variance * [1, 2])
    assert reach([1, 2, 3], constants) == pytest.approx([0.5, 0.75, 0.875])


# Forecasting.


def test_reach_is_the_sum_of_the_damped_years() -> None:
    assert reach(range(61)) == pytest.approx([oracle.damped(h) for h in range(61)], rel=1e-12)


def test_reach_never_gets_beyond_nineteen_years() -> None:
    assert (reach(range(1000)) < 19 + 1e-12).all()
    assert (np.diff(reach(range(500))) > 0).all()


@GENERATED
@given(panels())
def test_forecasts_are_those_of_the_oracle(panel: Panel) -> None:
    prediction = forecast(fit(panel), HORIZONS)

    expected = [oracle.fit(panel.censuses(row)) for row in range(len(panel.rows))]
    want = np.array([[oracle.predict(walk, h) for h in HORIZONS] for walk in expected])
    assert prediction.centre.shape == prediction.variance.shape == (len(panel.rows), 30)
    assert prediction.centre == pytest.approx(want[..., 0], rel=CLOSE, abs=CLOSE, nan_ok=True)
    assert prediction.variance == pytest.approx(want[..., 1], rel=CLOSE, nan_ok=True)


@GENERATED
@given(panels(fewest_censuses=3), st.sampled_from([0.5, 0.8, 0.95]))
def test_bands_are_those_of_the_oracle(panel: Panel, confidence: float) -> None:
    lower, upper = forecast(fit(panel), HORIZONS).band(confidence)

    for row in range(len(panel.rows)):
        walk = oracle.fit(panel.censuses(row))
        want = np.array([oracle.band(walk, h, confidence) for h in HORIZONS])
        assert lower[row] == pytest.approx(want[:, 0], rel=1e-6, abs=CLOSE)
        assert upper[row] == pytest.approx(want[:, 1], rel=1e-6, abs=CLOSE)


@GENERATED
@given(panels(fewest_censuses=2))
def test_bands_are_nested_around_the_median_within_0_and_1(panel: Panel) -> None:
    prediction = forecast(fit(panel), HORIZONS)

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
    assert (np.diff(forecast(fit(panel), HORIZONS).variance, axis=1) > 0).all()


def test_the_bands_of_the_wildest_series_need_no_warning() -> None:
    panel = Panel(tuple(range(2019, 2025)), (((0, 100), (100, 100)) * 3,))

    lower, upper = forecast(fit(panel), [30]).band(0.95)

    assert lower == pytest.approx(0, abs=1e-200)
    assert upper == pytest.approx(1, abs=1e-15)


@GENERATED
@given(panels(fewest_censuses=1))
def test_no_years_ahead_is_the_last_census_itself(panel: Panel) -> None:
    walks = fit(panel)

    prediction = forecast(dataclasses.replace(walks, drift=np.nan_to_num(walks.drift)), [0])

    assert np.array_equal(prediction.centre[:, 0], walks.level)
    assert (prediction.variance == 0).all()
    assert np.array_equal(prediction.band(0.95)[0], prediction.median)


@GENERATED
@given(panels(fewest_censuses=2), st.data())
def test_each_series_may_have_horizons_of_its_own(panel: Panel, data: st.DataObject) -> None:
    walks = fit(panel)
    row = st.lists(st.integers(1, 30), min_size=3, max_size=3)
    own = np.array([data.draw(row) for _ in panel.rows])

    prediction = forecast(walks, own)

    every = forecast(walks, HORIZONS)
    assert prediction.centre == pytest.approx(
        np.take_along_axis(every.centre, own - 1, axis=1), rel=1e-12
    )
    assert prediction.variance == pytest.approx(
        np.take_along_axis(every.variance, own - 1, axis=1), rel=1e-12
    )


def test_a_series_without_a_drift_has_no_forecast_and_leaves_the_others_theirs() -> None:
    one: tuple[Counts, ...] = (None, None, None, None, None, (69, 452))
    none: tuple[Counts, ...] = (None,) * 6

    prediction = forecast(fit(worked(none, LEADERS, one)), [1])

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
    together = forecast(fit(panel.take(*order)), HORIZONS)
    chances = probability_of_count(together, 5, 20)

    for place, row in enumerate(order):
        alone = forecast(fit(panel.take(row)), HORIZONS)
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

    chances = probability_of_count(forecast(walks, HORIZONS), count, size)

    for row in range(len(panel.rows)):
        walk = oracle.fit(panel.censuses(row))
        want = [oracle.chance_of_count(walk, h, count, size) for h in HORIZONS]
        assert chances[row] == pytest.approx(want, abs=1e-8)


@GENERATED
@given(panels(fewest_censuses=2, most_series=1), st.integers(1, 200))
def test_more_people_are_never_more_likely(panel: Panel, size: int) -> None:
    prediction = forecast(fit(panel), [1])

    chances = probability_of_count(prediction, np.arange(-1, size + 2), size)[0]

    assert np.isfinite(chances).all()
    assert (chances >= 0).all()
    assert (chances <= 1).all()
    assert (np.diff(chances) <= 0).all()
    assert chances[:2].tolist() == [1, 1]
    assert chances[-1] == 0


def test_a_goal_that_needs_nobody_is_certain_and_one_beyond_the_team_is_not_to_be_had() -> None:
    prediction = forecast(fit(worked(LEADERS)), [1, 10])

    assert probability_of_count(prediction, 0, 452).tolist() == [[1, 1]]
    assert probability_of_count(prediction, 453, 452).tolist() == [[0, 0]]
    assert (probability_of_count(prediction, 100, 452) > 0).all()


def test_counts_and_sizes_go_with_their_series() -> None:
    prediction = forecast(fit(worked(LEADERS, REST)), [1, 3])

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
