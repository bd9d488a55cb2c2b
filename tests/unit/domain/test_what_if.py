"""What-if answers: what stands in them, and why what is missing is."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attainability import POSITIVE_ACTION
from app.domain.codes import AppointmentVerdict, GoalOutlook, Reason, WarningCode
from app.domain.expected_teams import PeopleInterval
from app.domain.holdings import Holdings
from app.domain.measures import Measure, ReferenceKind
from app.domain.progress import Appointments
from app.domain.series import Continuity
from app.domain.targets import Goal, GoalForm, Target
from app.domain.what_if import (
    Expectation,
    ExpectedGoal,
    ExpectedParity,
    Required,
    ScenarioFigure,
    Start,
    Supposition,
    WhatIf,
)
from tests.unit.domain.answers import NOT_NEEDED, one
from tests.unit.domain.given import (
    NOW,
    holdings,
    people,
    sent,
    target,
    team,
    worked_example,
)
from tests.unit.domain.what_ifs import GOAL, ask, goal_of, leaders, path_of, supposing
from tests.unit.stats import oracle

NEEDED = supposing(None)

# The whole answer.


def test_the_answer_for_the_worked_example_at_the_share_that_the_goal_needs() -> None:
    found = ask(worked_example(GOAL), replace(NEEDED, horizon=1))

    path = path_of(found)
    assert found == WhatIf(
        ods_code="ZZ001",
        measure=Measure.LEADERSHIP,
        staff_group=None,
        continuity=Continuity.COMBINED,
        as_of=NOW,
        method="1",
        synthetic=True,
        start=Start(2024, 1, 69, 452, 69 / 452, None),
        start_reason=None,
        scenario=ScenarioFigure(0.12, 2064 / 5424, None, 0.0, 1),
        appointments=Appointments(0.12, 54.24, 2064 / 5424, AppointmentVerdict.BY_TURNOVER),
        appointments_reason=None,
        path=(
            Expectation(
                2025,
                81.36,
                452.0,
                0.18,
                path[0].standard_deviation,
                PeopleInterval(75, 88),
                Required(0.18, 82),
            ),
        ),
        path_reason=None,
        goal=ExpectedGoal(
            target_id="leadership-2022-2025",
            version=1,
            form=GoalForm.SHARE,
            year=2025,
            share=0.18,
            people=82,
            expected_bme=81.36,
            probability=goal_of(found).probability,
            probability_reason=None,
            outlook=GoalOutlook.POSSIBLE,
            outlook_reason=None,
        ),
        goal_reason=None,
        parity=ExpectedParity(ReferenceKind.OWN_WORKFORCE, None, Reason.LATER_OR_NEVER),
        parity_reason=None,
        guidance=POSITIVE_ACTION,
        warnings=(),
    )
    assert path[0].standard_deviation == pytest.approx(4.480205, abs=5e-7)
    assert goal_of(found).probability == pytest.approx(oracle.cdf(-0.14 / 4.480205), abs=1e-6)


def test_the_warnings_are_not_those_about_the_measures_own_trend() -> None:
    held = worked_example(GOAL)
    assert [one.code for one in one(held).warnings] == [WarningCode.SCALES_FAR_APART]

    assert ask(held, NEEDED).warnings == ()


# The path.


def test_the_path_of_a_team_that_grows_is_told_beside_what_its_size_requires() -> None:
    found = ask(leaders(20, 100), supposing("0.5", turnover="0.5", growth="0.1", horizon=2))

    assert [(p.year, p.bme, p.total, p.share, p.required) for p in path_of(found)] == [
        (2025, 40.0, 110.0, 40 / 110, Required(0.18, 20)),
        (2026, 53.0, 121.0, 53 / 121, None),
    ]


@pytest.mark.parametrize(
    ("starts", "horizon", "years"),
    [
        pytest.param(2022, None, 10, id="ten years"),
        pytest.param(2040, None, 19, id="to the goal"),
        pytest.param(2051, None, 30, id="to the goal, as far as there is a forecast"),
        pytest.param(2040, 5, 5, id="as asked, before the goal"),
        pytest.param(2022, 30, 30, id="as asked"),
    ],
)
def test_the_path_runs_for_ten_years_or_to_the_goal_or_as_asked(
    starts: int, horizon: int | None, years: int
) -> None:
    held = worked_example(target("0.1800", starts=starts))

    found = ask(held, supposing(horizon=horizon))

    assert [p.year for p in path_of(found)] == [*range(2025, 2025 + years)]
    assert found.scenario.horizon == years
    assert goal_of(found).year == starts + 3
    required = {p.year for p in path_of(found) if p.required is not None}
    assert required == {*range(starts + 1, starts + 4)} & {*range(2025, 2025 + years)}


# The goal.


@given(st.integers(1, 59), st.integers(1, 999), st.integers(0, 300))
def test_the_share_left_to_the_goal_reaches_it_on_average(
    hundredths: int, turnover: int, growth: int
) -> None:
    goal = target(f"0.{hundredths:02d}00")
    left, grown = Fraction(turnover, 1000), Fraction(growth, 1000)
    suppose = Supposition(left, None, grown, 1)

    found = ask(worked_example(goal), suppose)

    size, staying = 452 * (1 + grown), (1 - left) * 69
    reached = min(
        max(Fraction(hundredths, 100) * size, staying), staying + size - 452 * (1 - left)
    )
    assert goal_of(found).expected_bme == float(reached)


def test_a_headcount_is_the_goal_whatever_the_size_of_the_team() -> None:
    found = ask(worked_example(target(80)), supposing(None, growth="0.1"))

    goal = goal_of(found)
    assert (goal.form, goal.share, goal.people) == (GoalForm.HEADCOUNT, 80 / 497.2, 80)
    assert goal.expected_bme == 80
    assert path_of(found)[0].required == Required(80 / 497.2, 80)


@pytest.mark.parametrize(
    ("goal", "verdict", "needed", "supposed"),
    [
        ("0.9000", AppointmentVerdict.NOT_BY_TURNOVER_ALONE, (406.8 - 60.72) / 54.24, 1.0),
        ("0.1000", AppointmentVerdict.GOAL_ALREADY_COVERED, (45.2 - 60.72) / 54.24, 0.0),
    ],
)
def test_a_share_needed_that_is_none_is_supposed_as_all_or_nothing(
    goal: str, verdict: AppointmentVerdict, needed: float, supposed: float
) -> None:
    found = ask(worked_example(target(goal)), NEEDED)

    assert found.appointments is not None
    assert found.appointments.verdict is verdict
    assert found.appointments.arithmetic_share_needed == pytest.approx(needed)
    assert found.scenario.bme_share_of_appointments == supposed


def test_a_goal_to_maintain_is_the_baselines_own_share() -> None:
    held = worked_example(target(Goal(GoalForm.MAINTAIN)))

    goal = goal_of(ask(held, supposing()))

    assert (goal.form, goal.share, goal.people) == (GoalForm.MAINTAIN, 47 / 431, 50)


def test_chances_are_not_told_of_a_small_team() -> None:
    held = leaders(2, 9)

    goal = goal_of(ask(held, supposing()))

    assert (goal.people, goal.probability, goal.outlook) == (2, None, None)
    assert (goal.probability_reason, goal.outlook_reason) == (Reason.TOO_SMALL, Reason.TOO_SMALL)
    assert goal_of(ask(leaders(2, 10), supposing())).probability is not None


# What is missing.


def test_without_a_share_or_a_goal_there_is_nothing_to_suppose() -> None:
    found = ask(worked_example(), NEEDED)

    assert found.scenario == ScenarioFigure(0.12, None, Reason.NO_TARGET, 0.0, 10)
    assert (found.path, found.goal, found.parity, found.appointments) == (None,) * 4
    assert (
        found.path_reason,
        found.goal_reason,
        found.parity_reason,
        found.appointments_reason,
    ) == (Reason.NO_TARGET,) * 4


@pytest.mark.parametrize(
    ("held", "start", "reason"),
    [
        pytest.param(holdings(), None, Reason.NO_ACTUALS, id="no census"),
        pytest.param(
            leaders(0, 0),
            Start(2024, 1, 0, 0, None, Reason.NO_PEOPLE),
            Reason.NO_PEOPLE,
            id="nobody",
        ),
    ],
)
def test_of_nobody_nothing_can_be_expected(
    held: Holdings, start: Start | None, reason: Reason
) -> None:
    found = ask(held, supposing())

    assert (found.start, found.start_reason) == (start, None if start else reason)
    assert found.scenario.bme_share_of_appointments == 0.5
    assert (found.path, found.goal, found.parity) == (None, None, None)
    assert (found.path_reason, found.goal_reason, found.parity_reason) == (reason,) * 3


@pytest.mark.parametrize(
    ("goal", "reason"),
    [
        pytest.param(target("0.1800", starts=2021), Reason.GOAL_CENSUS_PASSED, id="closing"),
        pytest.param(target("0.1800", starts=2019), Reason.GOAL_CENSUS_PASSED, id="passed"),
        pytest.param(
            target(NOT_NEEDED),
            Reason.NO_TARGET_NEEDED,
            id="not needed",
        ),
    ],
)
def test_without_a_goal_ahead_there_is_still_a_path(goal: Target, reason: Reason) -> None:
    found = ask(worked_example(goal), supposing())

    assert (found.goal, found.goal_reason) == (None, reason)
    assert (found.appointments, found.appointments_reason) == (None, reason)
    assert [p.required for p in path_of(found)] == [None] * 10
    assert found.parity is not None


def test_the_start_is_the_last_census_with_its_revision() -> None:
    held = holdings(sent(2023, team(people(10, 100), people(20, 100)), revision=3))

    assert ask(held, supposing()).start == Start(2023, 3, 10, 100, 0.1, None)
