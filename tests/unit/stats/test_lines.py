from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.regression.linear_model import OLS

from app.stats.lines import fit_lines
from tests.unit.stats import oracle
from tests.unit.stats.series import GENERATED, LEADERS, WORKFORCE, YEARS, worked

NATIONAL_YEARS = (2018, 2020, 2021, 2022, 2023, 2024)
MANAGERS = (6.9, 6.8, 9.2, 10.3, 11.2, 12.7)
EVERYBODY = (19.1, 21.0, 22.4, 24.2, 26.4, 28.6)


@st.composite
def points(draw: st.DrawFn, *, gaps: bool = True) -> tuple[list[int], list[list[float]]]:
    """Draw years and shares in thousandths, some of them missing."""
    years = sorted(draw(st.lists(st.integers(2000, 2040), min_size=2, max_size=12, unique=True)))
    share = st.integers(0, 1000).map(lambda value: value / 1000)
    cell = share | st.just(np.nan) if gaps else share
    row = st.lists(cell, min_size=len(years), max_size=len(years))
    return years, draw(st.lists(row, min_size=1, max_size=5))


def test_the_national_slopes_are_as_printed() -> None:
    # Very senior managers and the whole workforce, in percentage points a year.
    lines = fit_lines(NATIONAL_YEARS, [MANAGERS, EVERYBODY])

    assert lines.slope == pytest.approx([1.0400, 1.5971], abs=5e-5)


@pytest.mark.parametrize(("share", "year"), [(19.1, 2030.55), (28.6, 2039.68)])
def test_the_line_of_the_national_managers_reaches_a_fixed_share_as_printed(
    share: float, year: float
) -> None:
    lines = fit_lines(NATIONAL_YEARS, [MANAGERS])

    assert 2024 + (share - lines.at_last) / lines.slope == pytest.approx([year], abs=5e-3)


def test_the_lines_of_the_worked_example_close_and_cross_in_2050() -> None:
    leaders, workforce = worked(LEADERS), worked(WORKFORCE)

    slope, at_last = fit_lines(
        YEARS, np.vstack([leaders.bme / leaders.total, workforce.bme / workforce.total])
    )

    gap_a_year = slope[1] - slope[0]
    assert gap_a_year == pytest.approx(-0.003318, abs=5e-7)
    assert 2049 < 2024 + (at_last[1] - at_last[0]) / -gap_a_year <= 2050


@GENERATED
@given(points(gaps=False))
def test_lines_agree_with_statsmodels(drawn: tuple[list[int], list[list[float]]]) -> None:
    years, values = drawn
    since_last = np.array(years) - years[-1]
    design = np.column_stack([np.ones(len(years)), since_last])

    lines = fit_lines(years, values)

    expected = np.array([OLS(row, design).fit().params for row in values])
    assert lines.at_last == pytest.approx(expected[:, 0], abs=1e-9)
    assert lines.slope == pytest.approx(expected[:, 1], abs=1e-9)


@GENERATED
@given(points())
def test_lines_are_those_of_the_oracle_whatever_is_missing(
    drawn: tuple[list[int], list[list[float]]],
) -> None:
    years, values = drawn

    lines = fit_lines(years, values)

    for row, slope, at_last in zip(values, lines.slope, lines.at_last, strict=True):
        known = [
            (year - years[-1], Fraction(value))
            for year, value in zip(years, row, strict=True)
            if np.isfinite(value)
        ]
        if len(known) < 2:
            assert np.isnan([slope, at_last]).all()
        else:
            want = oracle.line(known)
            assert (slope, at_last) == pytest.approx([float(v) for v in want], abs=1e-11)


@GENERATED
@given(points(), st.randoms(use_true_random=False))
def test_lines_fitted_together_in_any_order_are_those_fitted_alone_to_the_last_bit(
    drawn: tuple[list[int], list[list[float]]], random: Random
) -> None:
    years, values = drawn
    random.shuffle(values)

    together = fit_lines(years, values)

    alone = [fit_lines(years, [row]) for row in values]
    assert np.array_equal(together.slope, [one.slope[0] for one in alone], equal_nan=True)
    assert np.array_equal(together.at_last, [one.at_last[0] for one in alone], equal_nan=True)


@GENERATED
@given(st.integers(-50, 50), st.integers(-500, 500))
def test_points_on_a_line_give_that_line(slope: int, at_last: int) -> None:
    years = [2018, 2020, 2021, 2024]

    lines = fit_lines(years, [[at_last + slope * (year - 2024) for year in years]])

    assert lines.slope == pytest.approx([slope], abs=1e-10)
    assert lines.at_last == pytest.approx([at_last], abs=1e-9)


def test_the_line_is_read_at_the_last_year_given_though_its_value_is_missing() -> None:
    lines = fit_lines([2020, 2021, 2025], [[0.10, 0.12, np.nan]])

    assert lines.slope == pytest.approx([0.02])
    assert lines.at_last == pytest.approx([0.20])


def test_fewer_than_two_points_have_no_line() -> None:
    lines = fit_lines([2020, 2021], [[np.nan, np.nan], [0.1, np.nan], [0.1, 0.2]])

    assert lines.slope == pytest.approx([np.nan, np.nan, 0.1], nan_ok=True)
    assert lines.at_last == pytest.approx([np.nan, np.nan, 0.2], nan_ok=True)
