from decimal import Decimal

from app.demonstration.chance import Chance
from app.demonstration.goals import set_goals
from app.demonstration.values import Return
from app.domain.bands import Band, StaffGroup
from app.domain.counts import Count
from app.domain.measures import Measure
from app.domain.targets import Goal, GoalForm


def leadership_goal(leaders: Count, others: Count, year: int = 2025) -> Goal | None:
    """Return the leadership goal by a draw that goes 89 of 100 parts of the way."""
    headcounts = {
        (StaffGroup.CLINICAL, Band.BAND_8A): leaders,
        (StaffGroup.CLINICAL, Band.BAND_5): others,
    }
    goals = set_goals({"ZZ001": {year: Return(headcounts, {})}}, Chance(1))
    return goals.get(("ZZ001", f"{year}-{year + 3}", Measure.LEADERSHIP))


def test_a_large_team_has_a_share_on_the_way_to_parity() -> None:
    goal = leadership_goal(Count(270, 30), Count(1430, 570))

    assert goal == Goal(GoalForm.SHARE, share=Decimal("0.2431"))


def test_a_small_team_has_a_headcount() -> None:
    assert leadership_goal(Count(9, 0), Count(591, 400)) == Goal(GoalForm.HEADCOUNT, headcount=3)


def test_a_goal_of_four_places_is_rounded_up_where_it_would_fall_below_the_baseline() -> None:
    goal = leadership_goal(Count(200, 100), Count(199_999, 100_001))

    assert goal == Goal(GoalForm.SHARE, share=Decimal("0.3334"))


def test_a_team_at_parity_maintains_its_share() -> None:
    assert leadership_goal(Count(80, 20), Count(80, 20)) == Goal(GoalForm.MAINTAIN)


def test_a_tiny_team_at_parity_needs_no_target() -> None:
    goal = leadership_goal(Count(4, 2), Count(80, 20))

    assert goal == Goal(
        GoalForm.NO_TARGET_NEEDED,
        reason="The team is small and already as diverse as the workforce.",
    )


def test_there_is_no_goal_where_there_is_nobody() -> None:
    assert leadership_goal(Count(), Count(80, 20)) is None


def test_there_is_no_goal_without_the_baselines_census() -> None:
    assert leadership_goal(Count(90, 10), Count(80, 20), year=2021) is None
