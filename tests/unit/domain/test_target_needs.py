"""What a target asks for: each year on its path, and of appointments until its goal."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes import AppointmentVerdict, Reason, TargetState
from app.domain.holdings import Holdings
from app.domain.methods import METHOD_1
from app.domain.progress import Appointments, NeedNow, PlannedNeed, YearlyNeed
from app.domain.target_needs import Attainability, attain, find_planned_need, find_yearly_need
from app.domain.target_versions import Versions
from app.domain.targets import Goal, GoalForm, Target
from tests.unit.domain.aims import latest, path_of
from tests.unit.domain.given import (
    holdings,
    leaders_among,
    lineage,
    merger,
    people,
    sent,
    target,
    team,
    worked_example,
)

USUAL = Fraction(12, 100)
NOT_NEEDED = Goal(GoalForm.NO_TARGET_NEEDED, reason="At parity.")


def draft(aim: Target) -> Target:
    """Return a target that was never submitted."""
    return replace(aim, version=replace(aim.version, moves=aim.version.moves[:1]))


def numbered(aim: Target, version: int) -> Target:
    return replace(aim, version=replace(aim.version, version=version))


def need(aim: Target) -> PlannedNeed:
    found = find_planned_need(aim)
    assert found is not None
    return found


def takes(held: Holdings, aim: Target, turnover: Fraction = USUAL) -> Attainability:
    found = attain(held, aim, turnover, METHOD_1)
    assert isinstance(found, Attainability)
    return found


# Each year.


@pytest.mark.parametrize(
    ("aim", "share", "reason", "asked"),
    [
        # 0.34 of 150 are exactly 51, which are 6 more than 45.
        pytest.param(target("0.34", bme=45, total=150), Fraction(4, 300), None, 2, id="a share"),
        pytest.param(target(60, bme=45, total=150), Fraction(10, 300), None, 5, id="people"),
        pytest.param(target(2, bme=0, total=0), None, Reason.NO_PEOPLE, 2 / 3, id="from nobody"),
        pytest.param(
            target(Goal(GoalForm.MAINTAIN), bme=1, total=3), Fraction(0), None, 0, id="to maintain"
        ),
    ],
)
def test_a_version_asks_for_a_third_of_the_way_each_year(
    aim: Target, share: Fraction | None, reason: Reason | None, asked: float
) -> None:
    expected = None if share is None else float(share)

    assert need(aim) == PlannedNeed(1, TargetState.SUBMITTED, expected, reason, asked)


@pytest.mark.parametrize(
    "aim",
    [target(NOT_NEEDED), target("0.34").with_baseline(None)],
    ids=["none needed", "no baseline"],
)
def test_a_version_without_a_path_asks_for_nothing(aim: Target) -> None:
    assert find_planned_need(aim) is None


def test_what_was_planned_stands_beside_what_is_left() -> None:
    first = target("0.34", bme=45, total=150)
    second = numbered(target(60, bme=48, total=150), 2)
    third = numbered(draft(target(70, bme=48, total=150)), 3)
    unneeded = numbered(target(NOT_NEEDED), 4)

    found = find_yearly_need(
        Versions((first, second, third, unneeded)), second, path_of(second), latest(2023, 50, 160)
    )

    # From 50 of 160 to 60 of 160 in two years.
    assert found == YearlyNeed((need(first), need(second)), NeedNow(0.03125, 5.0), None)


@pytest.mark.parametrize(
    ("year", "total", "reason"),
    [
        pytest.param(2025, 150, Reason.GOAL_CENSUS_PASSED, id="at the goal's census"),
        pytest.param(2026, 150, Reason.GOAL_CENSUS_PASSED, id="after it"),
        pytest.param(2024, 0, Reason.NO_PEOPLE, id="nobody"),
    ],
)
def test_what_is_left_cannot_always_be_said(year: int, total: int, reason: Reason) -> None:
    aim = target("0.34", bme=45, total=150)

    found = find_yearly_need(Versions((aim,)), aim, path_of(aim), latest(year, 0, total))

    assert found == YearlyNeed((need(aim),), None, reason)


def test_a_goal_that_is_passed_leaves_less_than_nothing() -> None:
    aim = target("0.34", bme=45, total=150)

    found = find_yearly_need(Versions((aim,)), aim, path_of(aim), latest(2024, 60, 150))

    assert found.now == NeedNow(-0.06, -9.0)


# Until the goal.


def test_the_worked_example_takes_what_the_method_prints() -> None:
    aim = target("0.1800")

    found = takes(worked_example(aim), aim)

    # 0.18 of 452 are 81.36, so 82 people; one year is left. The method prints 0.380531.
    assert found == Attainability(
        method="1",
        census=2024,
        bme=69,
        total=452,
        years=1,
        people_needed=13,
        appointments=Appointments(
            turnover=0.12,
            expected=54.24,
            arithmetic_share_needed=(81.36 - 0.88 * 69) / 54.24,
            verdict=AppointmentVerdict.BY_TURNOVER,
        ),
    )


def test_without_a_later_census_it_is_reckoned_from_the_frozen_baseline() -> None:
    aim = target("0.1800")
    corrected = leaders_among({2022: people(50, 431)}, {2022: people(1000, 5000)}, aim)

    found = takes(corrected, aim)

    assert (found.census, found.bme, found.total, found.years) == (2022, 47, 431, 3)
    assert found.people_needed == 78 - 47


def test_censuses_before_the_baseline_say_nothing_of_it() -> None:
    aim = target("0.1800")
    before = leaders_among({2021: people(40, 400)}, {2021: people(1000, 5000)}, aim)

    assert takes(before, aim).census == 2022


def test_a_headcount_is_needed_whatever_the_team_has_become() -> None:
    aim = target(60)
    grown = leaders_among({2023: people(50, 900)}, {2023: people(1000, 5000)}, aim)

    found = takes(grown, aim)

    assert (found.people_needed, found.total, found.years) == (10, 900, 2)


@pytest.mark.parametrize(
    ("bme", "verdict"),
    [
        pytest.param(0, AppointmentVerdict.NOT_BY_TURNOVER_ALONE, id="too much to do"),
        pytest.param(50, AppointmentVerdict.BY_TURNOVER, id="can be done"),
        pytest.param(99, AppointmentVerdict.GOAL_ALREADY_COVERED, id="done"),
    ],
)
def test_turnover_alone_may_not_do_it(bme: int, verdict: AppointmentVerdict) -> None:
    aim = target("0.5", bme=0, total=100)
    now = leaders_among({2024: people(bme, 100)}, {2024: people(10, 50)}, aim)

    assert takes(now, aim).appointments.verdict is verdict


@pytest.mark.parametrize(
    ("held", "aim", "reason"),
    [
        pytest.param(
            holdings(), target("0.18").with_baseline(None), Reason.NO_ACTUALS, id="no baseline"
        ),
        pytest.param(holdings(), target(NOT_NEEDED), Reason.NO_TARGET_NEEDED, id="none needed"),
        pytest.param(holdings(), target(2, bme=0, total=0), Reason.NO_PEOPLE, id="nobody"),
        pytest.param(
            worked_example(),
            target("0.18", starts=2019, bme=31, total=402),
            Reason.GOAL_CENSUS_PASSED,
            id="a cycle that is over",
        ),
        pytest.param(
            holdings(
                sent(2024, team(people(9, 90), people(10, 100)), covers=("ZZ001", "ZZ002")),
                of=lineage(merger("ZZ002", date(2023, 4, 1))),
            ),
            target("0.18"),
            Reason.PERIMETER_CHANGED,
            id="others' staff",
        ),
    ],
)
def test_why_it_cannot_be_said_is_told(held: Holdings, aim: Target, reason: Reason) -> None:
    assert attain(held, aim, USUAL, METHOD_1) is reason


@given(
    bme=st.integers(0, 60),
    others=st.integers(1, 60),
    hundredths=st.integers(0, 100),
    year=st.sampled_from([2023, 2024]),
    turnover=st.integers(1, 99).map(lambda percent: Fraction(percent, 100)),
)
def test_the_share_needed_of_the_appointments_expected_reaches_the_goal(
    *, bme: int, others: int, hundredths: int, year: int, turnover: Fraction
) -> None:
    total = bme + others
    aim = target(f"{hundredths / 100:.2f}", bme=0, total=1)
    now = leaders_among({year: people(bme, total)}, {year: people(1, 2)}, aim)

    found = takes(now, aim, turnover)

    goal, years = Fraction(hundredths, 100) * total, 2025 - year
    staying = Fraction(bme)
    appointed = Fraction(0)
    for _ in range(years):
        staying *= 1 - turnover
        appointed += turnover * (total - appointed)
    reached = float(staying) + found.appointments.arithmetic_share_needed * float(appointed)
    assert reached == pytest.approx(float(goal))
    assert found.appointments.expected == pytest.approx(float(appointed))
    assert found.people_needed == max(0, ceil(goal) - bme)
