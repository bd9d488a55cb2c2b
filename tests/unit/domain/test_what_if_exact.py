"""A what-if put together is exact: the needed share reaches the goal, and people are whole."""

from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.codes import AppointmentVerdict
from app.domain.holdings import Holdings
from app.domain.targets import Target
from app.domain.what_if import Supposition, WhatIf
from tests.unit.domain.given import leaders_among, people, target, worked_example
from tests.unit.domain.suppositions import growths, turnovers
from tests.unit.domain.what_ifs import ask, goal_of, path_of, supposing

ahead = st.integers(1, 3)
"""Years from the last census of the worked example, 2024, to the goal's."""


def due_in(years: int, goal: str | int) -> Target:
    """Return a target whose goal is due some years after 2024."""
    return target(goal, starts=2021 + years)


def needing(turnover: Fraction, growth: Fraction) -> Supposition:
    """Return what is supposed, the share of appointments left to the goal."""
    return Supposition(turnover, None, growth, 3)


def assert_reaches(found: WhatIf, bme: Fraction, year: int) -> None:
    """Say that a goal is expected to be reached by appointments, to the last digit."""
    assert found.appointments is not None
    assert found.appointments.verdict is AppointmentVerdict.BY_TURNOVER
    assert goal_of(found).expected_bme == float(bme)
    assert next(one.bme for one in path_of(found) if one.year == year) == float(bme)


# The share that a goal needs. 69 of 452 people are BME in the worked example.


@pytest.mark.parametrize(
    ("years", "growth", "goal", "needed"),
    [
        # 0.88² · 69 = 53.4336 stay; of 452 · (1.1² − 0.88²) = 196.8912 appointments.
        (2, "0.1", 80, Fraction(265664, 1968912)),
        (2, "-0.1", 60, Fraction(65664, 160912)),
        # 0.88³ · 69 = 47.021568 stay; of 452 · (1.1³ − 0.88³) = 293.586656 appointments.
        (3, "0.1", 100, Fraction(52978432, 293586656)),
        (3, "-0.1", 48, Fraction(978432, 21482656)),
    ],
)
def test_people_are_reached_exactly_however_many_years_they_take(
    years: int, growth: str, goal: int, needed: Fraction
) -> None:
    held = worked_example(due_in(years, goal))

    found = ask(held, needing(Fraction(12, 100), Fraction(growth)))

    assert found.scenario.bme_share_of_appointments == float(needed)
    assert_reaches(found, Fraction(goal), 2024 + years)


@given(ahead, turnovers, st.data())
def test_any_people_that_appointments_can_reach_are_reached_exactly(
    years: int, turnover: Fraction, data: st.DataObject
) -> None:
    growth = data.draw(growths(turnover))
    staying = 69 * (1 - turnover) ** years
    appointed = 452 * ((1 + growth) ** years - (1 - turnover) ** years)
    least, most = floor(staying) + 1, floor(staying + appointed)
    assume(least <= most)
    goal = data.draw(st.integers(least, most))

    found = ask(worked_example(due_in(years, goal)), needing(turnover, growth))

    assert_reaches(found, Fraction(goal), 2024 + years)


@given(ahead, turnovers, st.data())
def test_any_share_that_appointments_can_reach_is_reached_exactly(
    years: int, turnover: Fraction, data: st.DataObject
) -> None:
    growth = data.draw(growths(turnover))
    size, staying = 452 * (1 + growth) ** years, 69 * (1 - turnover) ** years
    appointed = size - 452 * (1 - turnover) ** years
    least, most = floor(10_000 * staying / size) + 1, floor(10_000 * (staying + appointed) / size)
    assume(least <= most)
    share = Fraction(data.draw(st.integers(least, most)), 10_000)

    found = ask(worked_example(due_in(years, f"{float(share):.4f}")), needing(turnover, growth))

    assert_reaches(found, share * size, 2024 + years)


# People in whole numbers.


def shares_that_floats_miss() -> list[tuple[str, int, int]]:
    """Return two-place shares of team sizes to 200 that floats make one person more of."""
    products = (
        (f"0.{hundredths:02d}", total, hundredths * total // 100)
        for hundredths in range(1, 100)
        for total in range(1, 201)
        if hundredths * total % 100 == 0
    )
    return [one for one in products if ceil(float(one[0]) * one[1]) != one[2]]


MISSED = shares_that_floats_miss()


def team_of(total: int, goal: str) -> Holdings:
    """Return a team of a size without BME people, whose goal is a share."""
    years = (2022, 2023, 2024)
    return leaders_among(
        dict.fromkeys(years, people(0, total)),
        dict.fromkeys(years, people(200, 1000)),
        target(goal),
    )


def test_floats_miss_22_of_the_whole_products_below_200_people() -> None:
    assert len([total for _, total, _ in MISSED if total < 200]) == 22
    assert {("0.34", 150, 51), ("0.68", 75, 51)} <= set(MISSED)


@pytest.mark.parametrize(("share", "total", "exact"), MISSED)
def test_a_share_that_is_whole_people_needs_no_one_more(
    share: str, total: int, exact: int
) -> None:
    found = ask(team_of(total, f"{share}00"), supposing(horizon=1))

    (expected,) = path_of(found)
    assert expected.required is not None
    assert (goal_of(found).people, expected.required.people) == (exact, exact)
    assert goal_of(found).share == float(share)
