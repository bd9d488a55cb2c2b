"""The gap to path and goal, in shares and in whole people."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes import Position, Reason
from app.domain.counts import Count
from app.domain.gaps import Latest, find_gap
from app.domain.progress import Gap, SharePeople
from app.domain.targets import Goal, GoalForm, Target
from tests.unit.domain.aims import AIM, latest, path_of
from tests.unit.domain.given import target

MAINTAIN = Goal(GoalForm.MAINTAIN)


def gap(aim: Target, now: Latest) -> Gap:
    found = find_gap(aim, path_of(aim), now)
    assert found is not None
    return found


def test_the_gap_is_told_to_path_and_goal_as_share_and_people() -> None:
    found = gap(target("0.3400", bme=10, total=100), latest(2024, 35, 150))

    required = Fraction(1, 10) + (Fraction("0.34") - Fraction(1, 10)) * 2 / 3
    assert found == Gap(
        year=2024,
        to_path=SharePeople(float(required - Fraction(35, 150)), 4),
        to_path_reason=None,
        to_goal=SharePeople(float(Fraction("0.34") - Fraction(35, 150)), 16),
        position=Position.BEHIND,
        position_reason=None,
        beyond_chance=False,
        beyond_chance_reason=None,
        met=False,
        share_a_year_needed=float(Fraction("0.34") - Fraction(35, 150)),
        share_a_year_needed_reason=None,
        share_a_year_observed=0.01,
        share_a_year_observed_reason=None,
    )


@pytest.mark.parametrize(
    ("bme", "position"),
    [
        (38, Position.BEHIND),
        (39, Position.ON_PATH),
        (40, Position.AHEAD),
        (50, Position.AHEAD),
        (51, Position.MET),
        (52, Position.MET),
    ],
)
def test_position_is_told_in_whole_people(bme: int, position: Position) -> None:
    # The path asks for 26 % of 150 in 2024, which are 39 people, the goal for 51.
    found = gap(AIM, latest(2024, bme, 150))

    assert (found.position, found.met) == (position, position is Position.MET)


@pytest.mark.parametrize(("bme", "is_beyond"), [(5, True), (30, False), (39, False), (60, True)])
def test_a_gap_is_beyond_chance_when_the_interval_lies_on_one_side_of_the_path(
    bme: int, *, is_beyond: bool
) -> None:
    assert gap(AIM, latest(2024, bme, 150)).beyond_chance is is_beyond


def test_at_the_goals_census_there_is_no_rate_left_to_need() -> None:
    found = gap(AIM, latest(2025, 40, 150))

    assert (found.share_a_year_needed, found.share_a_year_needed_reason) == (
        None,
        Reason.GOAL_CENSUS_PASSED,
    )
    assert (found.position, found.to_goal.people) == (Position.BEHIND, 11)
    assert gap(AIM, latest(2027, 51, 150)).position is Position.MET


def test_before_the_baseline_there_is_no_path() -> None:
    found = gap(AIM, latest(2020, 21, 150))

    not_yet = Reason.NOT_IN_TARGET_CYCLE
    assert found == Gap(
        year=2020,
        to_path=None,
        to_path_reason=not_yet,
        to_goal=SharePeople(0.2, 30),
        position=None,
        position_reason=not_yet,
        beyond_chance=None,
        beyond_chance_reason=not_yet,
        met=False,
        share_a_year_needed=0.04,
        share_a_year_needed_reason=None,
        share_a_year_observed=0.01,
        share_a_year_observed_reason=None,
    )


def test_an_observed_rate_needs_two_censuses() -> None:
    found = gap(AIM, latest(2024, 40, 150, slope=None))

    assert (found.share_a_year_observed, found.share_a_year_observed_reason) == (
        None,
        Reason.TOO_FEW_YEARS,
    )


def test_nobody_has_no_gap() -> None:
    assert find_gap(AIM, path_of(AIM), latest(2024, 0, 0)) is None


def test_maintaining_does_not_punish_a_shrinking_team() -> None:
    aim = target(MAINTAIN, bme=30, total=90)

    assert gap(aim, latest(2024, 10, 30)).position is Position.MET
    assert gap(aim, latest(2024, 9, 30)).to_goal == SharePeople(float(Fraction(1, 30)), 1)


def test_a_headcount_goal_is_a_share_of_the_latest_team_and_may_exceed_it() -> None:
    found = gap(target(12, bme=6, total=9), latest(2024, 5, 8))

    assert found.to_goal == SharePeople(1.5 - 0.625, 7)
    assert found.to_path == SharePeople(1.25 - 0.625, 5)
    assert found.position is Position.BEHIND


@given(st.integers(0, 400), st.integers(1, 400), st.integers(2022, 2026))
def test_people_are_short_exactly_when_the_goal_is_not_met(
    bme: int, total: int, year: int
) -> None:
    found = gap(AIM, latest(year, min(bme, total), total))

    assert found.met is (found.to_goal.people == 0) is (found.position is Position.MET)
    assert found.to_goal.people >= 0


def test_an_exact_goal_share_is_kept_exact() -> None:
    aim = target(Goal(GoalForm.SHARE, share=Decimal("0.3400")), bme=0, total=150)

    assert gap(aim, replace(latest(2024, 51, 150), count=Count(99, 51))).met
