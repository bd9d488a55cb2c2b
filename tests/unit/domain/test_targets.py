from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bands import StaffGroup
from app.domain.censuses import Cycle
from app.domain.measures import Measure, Scope
from app.domain.records import Author
from app.domain.targets import (
    Baseline,
    Basis,
    Goal,
    GoalForm,
    Milestone,
    Path,
    ProposalMethod,
    Terms,
    target_id,
)
from tests.unit.domain.given import cycle, target

CYCLE = cycle(2022)
LEADERS = Baseline(2022, 47, 431, 1110, 5480)
MAINTAIN = Goal(GoalForm.MAINTAIN)
NOT_NEEDED = Goal(GoalForm.NO_TARGET_NEEDED, reason="At parity.")


def share(goal: str, **milestones: str) -> Terms:
    stated = tuple(
        Milestone(int(year.removeprefix("in_")), share=Decimal(value))
        for year, value in milestones.items()
    )
    return Terms(Goal(GoalForm.SHARE, share=Decimal(goal)), stated)


@pytest.mark.parametrize(
    "members",
    [
        {"form": GoalForm.SHARE},
        {"form": GoalForm.SHARE, "headcount": 3},
        {"form": GoalForm.SHARE, "share": Decimal("0.1"), "headcount": 3},
        {"form": GoalForm.HEADCOUNT, "share": Decimal("0.1")},
        {"form": GoalForm.HEADCOUNT},
        {"form": GoalForm.MAINTAIN, "share": Decimal("0.1")},
        {"form": GoalForm.MAINTAIN, "reason": "x"},
        {"form": GoalForm.NO_TARGET_NEEDED},
    ],
)
def test_a_goal_has_the_members_of_its_form_only(members: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Goal(**members)  # type: ignore[arg-type]


def test_a_goal_was_proposed_or_is_somebodys_own() -> None:
    goal, basis = Goal(GoalForm.MAINTAIN), Basis(ProposalMethod.STRATEGY, {})
    terms = (Terms(goal), Terms(goal, basis=basis))
    told = [
        one.set_by(author).provenance
        for one in terms
        for author in (Author("lead"), Author("cli", "national"))
    ]

    assert told == ["set_by_trust", "national", "proposed", "proposed"]
    with pytest.raises(ValueError, match="nobody's own"):
        Terms(goal, basis=basis, is_national=True)


def shares_of(path: Path) -> dict[int, Fraction]:
    """Return the share that a path requires at each census; of headcounts, in a team of 1."""
    return {year: path.required(year, 1)[0] for year in path.years}


def people_of(path: Path) -> list[int]:
    """Return the persons that a path of headcounts requires at each census."""
    assert path.is_of_people
    return [path.required(year, 1)[1] for year in path.years]


def test_before_the_baseline_there_is_no_path() -> None:
    path = Path.make(share("0.1800"), LEADERS, CYCLE)

    with pytest.raises(ValueError, match="there is no path in 2021, before 2022"):
        path.required(2021, 452)


def test_a_share_path_is_a_straight_line_from_the_baseline() -> None:
    path = Path.make(share("0.1800"), LEADERS, CYCLE)

    p0, goal = Fraction(47, 431), Fraction("0.18")
    assert path == Path(((2022, p0), (2025, goal)), is_of_people=False)
    assert shares_of(path) == {
        2022: p0,
        2023: p0 + (goal - p0) / 3,
        2024: p0 + (goal - p0) * 2 / 3,
        2025: goal,
    }
    assert [path.required(year, 452)[1] for year in (2023, 2024, 2025)] == [60, 71, 82]
    assert [round(float(path.required(year, 452)[0]), 6) for year in (2023, 2024, 2025)] == [
        0.132699, 0.15635, 0.18,
    ]  # fmt: skip


def test_a_path_runs_through_stated_milestones() -> None:
    path = Path.make(share("0.2000", in_2023="0.1900"), LEADERS, CYCLE)

    assert shares_of(path) == {
        2022: Fraction(47, 431),
        2023: Fraction("0.19"),
        2024: Fraction("0.195"),
        2025: Fraction("0.2"),
    }


def test_a_headcount_path_is_rounded_half_up_to_whole_persons() -> None:
    terms = Terms(Goal(GoalForm.HEADCOUNT, headcount=12))
    path = Path.make(terms, Baseline(2018, 9, 90, 1, 9), Cycle("c", 2018, 2024, 2028, "s"))

    assert people_of(path) == [9, 10, 10, 11, 11, 12, 12]


def test_stated_headcounts_are_kept_as_stored() -> None:
    terms = Terms(
        Goal(GoalForm.HEADCOUNT, headcount=12),
        (Milestone(2023, headcount=11), Milestone(2024, headcount=11)),
    )
    path = Path.make(terms, Baseline(2022, 9, 90, 1, 9), CYCLE)

    assert people_of(path) == [9, 11, 11, 12]
    assert path.required(2024, 100) == (Fraction(11, 100), 11)
    assert path.required(2025, 6) == (Fraction(2), 12)


def test_the_strategys_path_of_ten_years_is_that_of_the_domain() -> None:
    terms = Terms(Goal(GoalForm.HEADCOUNT, headcount=34))
    path = Path.make(terms, Baseline(2018, 14, 160, 1, 9), Cycle("c", 2018, 2028, 2028, "s"))

    assert people_of(path) == [14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34]


def test_maintaining_keeps_the_baselines_own_fraction_whatever_the_size_of_the_team() -> None:
    path = Path.make(Terms(MAINTAIN), Baseline(2022, 1, 3, 1, 9), CYCLE)

    assert shares_of(path) == {year: Fraction(1, 3) for year in range(2022, 2026)}
    assert path.required(2025, 300) == (Fraction(1, 3), 100)
    assert path.required(2025, 30) == (Fraction(1, 3), 10)


def test_after_the_goals_census_a_path_is_level() -> None:
    of_shares = Path.make(share("0.1800"), LEADERS, CYCLE)
    of_people = Path.make(Terms(Goal(GoalForm.HEADCOUNT, headcount=50)), LEADERS, CYCLE)

    assert of_shares.required(2030, 150) == (Fraction("0.18"), 27)
    assert of_people.required(2030, 100) == (Fraction(1, 2), 50)


def test_a_share_has_no_path_from_nobody() -> None:
    with pytest.raises(ValueError, match="without people"):
        Path.make(share("0.1800"), Baseline(2022, 0, 0, 1, 9), CYCLE)


def test_there_is_no_path_without_a_baseline_or_without_a_goal() -> None:
    assert target("0.1800").with_baseline(None).path is None
    assert target(NOT_NEEDED).path is None
    assert target("0.1800").path == Path.make(share("0.1800"), LEADERS, CYCLE)


def test_a_baseline_knows_its_shares_and_whether_it_was_stated() -> None:
    stated = Baseline(2022, 47, 431, 1110, 5480, source="Annual report")

    assert LEADERS.share == Fraction(47, 431)
    assert LEADERS.workforce_share == Fraction(1110, 5480)
    assert (Baseline(2022, 0, 0, 0, 0).share, Baseline(2022, 0, 0, 0, 0).workforce_share) == (
        None,
        None,
    )
    assert stated.is_stated
    assert not LEADERS.is_stated


def test_a_target_is_named_after_its_measure_and_cycle() -> None:
    narrowed = Scope(Measure.SENIOR_LEADERSHIP, StaffGroup.NON_CLINICAL)

    assert target_id(Scope(Measure.BAND_8A), CYCLE) == "band-8a-2022-2025"
    assert target_id(narrowed, CYCLE) == "senior-leadership-non-clinical-2022-2025"


@given(st.integers(0, 50), st.integers(50, 100), st.integers(1, 10), st.integers(1, 500))
def test_a_path_never_falls_from_a_baseline_to_a_higher_goal(
    bme: int, goal: int, years: int, total: int
) -> None:
    span = Cycle("c", 2020, 2020 + years, 2028, "s")
    terms = Terms(Goal(GoalForm.SHARE, share=Decimal(goal) / 100))
    path = Path.make(terms, Baseline(2020, bme, 100, 1, 9), span)

    people = [path.required(year, total)[1] for year in range(2020, 2021 + years)]
    assert people == sorted(people)


def test_a_target_with_another_goal_keeps_everything_else() -> None:
    aim = target("0.3400", milestones=(Milestone(2023, share=Decimal("0.2000")),))
    goal, milestones = Goal(GoalForm.HEADCOUNT, headcount=60), (Milestone(2024, headcount=55),)

    found = aim.with_goal(goal, milestones)

    assert found == target(goal, milestones=milestones)
