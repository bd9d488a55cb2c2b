"""Walks fitted to series of censuses."""

import dataclasses
from random import Random

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.stats.walk import Constants, Walks, fit_walks, forecast, reach
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
from tests.unit.stats.walks import CLOSE, fit

FIELDS = [field.name for field in dataclasses.fields(Walks)]

NINE_YEARS = Panel(
    tuple(range(2010, 2019)),
    ((None,) * 9, (None, None, None, None, (0, 1), (0, 1), (0, 1), (1, 1), None)),
)
"""From about eight terms on, NumPy adds up a row otherwise than a column."""


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
        panel.years, np.asfortranarray(panel.bme), np.asfortranarray(panel.total), CONSTANTS
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

    walks = fit_walks(worked().years, bme, total, CONSTANTS)

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

    others = fit_walks(panel.years, panel.total - panel.bme, panel.total, CONSTANTS)

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
