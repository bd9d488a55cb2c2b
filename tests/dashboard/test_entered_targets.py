"""What is entered comes to the target that was meant, and a target to what was entered."""

from datetime import date
from decimal import Decimal

import pytest

from app.dashboard.forms.entered import Entered
from app.dashboard.forms.targets import enter, read_target
from app.dashboard.views.target_words import (
    in_percent,
    place_faults,
    say_baseline,
    say_goal,
    say_reference,
)
from app.domain.bands import StaffGroup
from app.domain.censuses import Cycle
from app.domain.errors import Fault
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.targets import Baseline, Goal, GoalForm, Milestone, ParityReference, Terms
from app.services.target_drafts import TargetDraft

GROUP = Scope(Measure.BAND_8A, StaffGroup.CLINICAL)
CYCLE = Cycle("2022-2025", 2022, 2025, 2028, "A Model Employer")

STATED = Baseline(2022, 4, 80, 100, 1000, source="WRES report 2022, table 1")
FIXED = ParityReference(ReferenceKind.FIXED, Decimal("0.2125"), "Census 2021")


def draft(
    terms: Terms, baseline: Baseline | None = None, reason: str | None = None
) -> TargetDraft:
    return TargetDraft(
        GROUP.measure, GROUP.staff_group, CYCLE.code, terms, baseline, change_reason=reason
    )


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(draft(Terms(Goal(GoalForm.MAINTAIN))), id="to maintain"),
        pytest.param(
            draft(Terms(Goal(GoalForm.NO_TARGET_NEEDED, reason="Small.\nVery.")), STATED),
            id="no target needed",
        ),
        pytest.param(
            draft(
                Terms(
                    Goal(GoalForm.SHARE, share=Decimal("0.1005")),
                    (Milestone(2024, share=Decimal("0.1000")),),
                    FIXED,
                    date(2022, 5, 26),
                    "A plan.",
                ),
            ),
            id="a share",
        ),
        pytest.param(
            draft(
                Terms(
                    Goal(GoalForm.HEADCOUNT, headcount=1_200),
                    (Milestone(2023, headcount=0), Milestone(2024, headcount=1_000)),
                    ParityReference(ReferenceKind.OWN_STAFF_GROUP),
                ),
                reason="More.",
            ),
            id="people",
        ),
    ],
)
def test_a_target_is_entered_and_read_without_loss(wanted: TargetDraft) -> None:
    entered = enter(wanted)

    read = read_target(entered, GROUP, CYCLE, is_further=wanted.change_reason is not None)

    assert entered.faults == []
    assert read == wanted


def test_a_milestone_that_is_the_goal_is_not_entered_twice() -> None:
    goal = Goal(GoalForm.HEADCOUNT, headcount=9)
    terms = Terms(goal, (Milestone(2023, headcount=8), Milestone(2025, headcount=9)))

    entered = enter(draft(terms))

    names = ("milestone_1", "milestone_2", "goal_headcount")
    assert [entered.raw(name) for name in names] == ["8", "", "9"]


@pytest.mark.parametrize(
    ("share", "read"),
    [
        ("0", "0.0000"),
        ("100", "1.0000"),
        ("42.5", "0.4250"),
        (" 42.05 % ", "0.4205"),
        ("007", "0.0700"),
    ],
)
def test_a_percentage_is_read_exactly(share: str, read: str) -> None:
    entered = Entered().but(form="share", goal_share=share)

    found = read_target(entered, GROUP, CYCLE, is_further=False)

    assert found is not None
    assert str(found.terms.goal.share) == read


@pytest.mark.parametrize("share", ["100.01", "-1", "42.555", "1e1", "٤", "4,5", "1000", "."])
def test_what_is_no_percentage_is_none(share: str) -> None:
    entered = Entered().but(form="share", goal_share=share)

    read = read_target(entered, GROUP, CYCLE, is_further=False)

    assert read is None
    assert [one.field for one in entered.faults] == ["goal_share"]


@pytest.mark.parametrize(
    ("people", "read"), [("1,234", 1234), (" 7 ", 7), ("0", 0), ("9999999", 9_999_999)]
)
def test_people_are_read_with_commas(people: str, read: int) -> None:
    entered = Entered().but(form="headcount", goal_headcount=people)

    found = read_target(entered, GROUP, CYCLE, is_further=False)

    assert found is not None
    assert found.terms.goal.headcount == read


@pytest.mark.parametrize("people", ["-1", "1.5", "10000000", "٤", "seven"])
def test_what_is_no_number_of_people_is_none(people: str) -> None:
    entered = Entered().but(form="headcount", goal_headcount=people)

    read = read_target(entered, GROUP, CYCLE, is_further=False)

    assert read is None
    assert [one.field for one in entered.faults] == ["goal_headcount"]


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [("1", "", ""), ("29", "2", "2023"), ("1", "1", "0022"), ("a", "b", "c")],
)
def test_a_day_that_there_was_not_is_none(day: str, month: str, year: str) -> None:
    entered = Entered().but(form="maintain", board_day=day, board_month=month, board_year=year)

    read = read_target(entered, GROUP, CYCLE, is_further=False)

    assert read is None
    assert [one.field for one in entered.faults] == ["board"]


def test_faults_stand_at_their_fields_and_speak_in_percent() -> None:
    faults = [
        Fault("/milestones/1/year", "outside_cycle", "2030 is no census."),
        Fault("/milestones/4", "below_baseline", "0.0500 in 2024 is below 0.1090."),
        Fault("/something/else", "unknown", "So it is, 1.0000 times."),
    ]

    placed = place_faults(faults, ["milestone_1", "milestone_2"])

    assert [(one.field, one.sentence) for one in placed] == [
        ("milestone_2", "2030 is no census."),
        ("", "5% in 2024 is below 10.9%."),
        ("", "So it is, 100% times."),
    ]


def test_targets_are_said_in_words() -> None:
    nobody = Baseline(2022, 0, 0, 1, 9)

    assert [say_goal(Goal(GoalForm.HEADCOUNT, headcount=one)) for one in (1, 2000)] == [
        "1 BME person",
        "2,000 BME people",
    ]
    assert say_baseline(nobody) == "0 of 0 people at the census of 31 March 2022"
    assert say_reference(Scope(Measure.WORKFORCE), None) == (
        "Nothing: it is what other groups are held against"
    )
    assert say_reference(Scope(Measure.LEADERSHIP), FIXED) == (
        "The fixed share of 21.3% (Census 2021)"
    )
    assert in_percent("0.8 in 2024, v1.0000x") == "0.8 in 2024, v1.0000x"
