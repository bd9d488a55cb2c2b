from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes import AppointmentVerdict, GoalOutlook, Position, Reason, TargetState
from app.domain.counts import Count
from app.domain.gaps import (
    Latest,
    choose_targets,
    close_target,
    find_appointments,
    find_gap,
    find_goal_chance,
    show_target,
)
from app.domain.progress import (
    Appointments,
    BaselineFigure,
    Gap,
    GoalChance,
    Interval,
    MilestoneFigure,
    SharePeople,
    TargetFigure,
    Verdict,
)
from app.domain.targets import Goal, GoalForm, Milestone, Path, Target
from app.stats.walk import Forecast, probability_of_count
from tests.unit.domain.given import people, target
from tests.unit.stats import oracle

MAINTAIN = Goal(GoalForm.MAINTAIN)
NOT_NEEDED = Goal(GoalForm.NO_TARGET_NEEDED, reason="At parity.")
AIM = target("0.3400", bme=10, total=100)


def path_of(aim: Target) -> Path:
    path = aim.path
    assert path is not None
    return path


def latest(
    year: int, bme: int, total: int, *, censuses: int = 6, slope: float | None = 0.01
) -> Latest:
    interval = Interval(*oracle.wilson(bme, total, 0.95)) if total else None
    return Latest(year, people(bme, total), interval, slope, censuses)


def gap(aim: Target, now: Latest) -> Gap:
    found = find_gap(aim, path_of(aim), now)
    assert found is not None
    return found


def prediction(centre: float = 0.0, variance: float = 1.0) -> Forecast:
    return Forecast(np.full((1, 30), centre), np.full((1, 30), variance))


# Which target.


@pytest.mark.parametrize(
    ("starts", "last_year", "closing", "current"),
    [
        pytest.param([], 2024, None, None, id="none"),
        pytest.param([2022], 2024, None, 2022, id="inside the cycle"),
        pytest.param([2022], 2022, None, 2022, id="at its baseline"),
        pytest.param([2022], 2025, 2022, None, id="at its end"),
        pytest.param([2025, 2022], 2025, 2022, 2025, id="one ends as the next begins"),
        pytest.param([2019, 2022, 2025], 2024, None, 2022, id="the one that holds the census"),
        pytest.param([2019], 2024, None, 2019, id="else the latest, past"),
        pytest.param([2025, 2019], 2023, None, 2025, id="else the latest, to come"),
        pytest.param([2019, 2025], None, None, 2025, id="no census"),
        pytest.param([2019, 2022], 2022, 2019, 2022, id="closing and current"),
        pytest.param([2019, 2022], 2025, 2022, None, id="none older than the closing one"),
        pytest.param([2019, 2025], 2022, 2019, 2025, id="closing, the latest to come"),
        pytest.param([2016, 2019, 2022], 2025, 2022, None, id="closing the last of three"),
    ],
)
def test_the_current_target_holds_the_last_census_and_the_closing_one_ends_there(
    starts: list[int], last_year: int | None, closing: int | None, current: int | None
) -> None:
    by_start = {year: target("0.3400", starts=year) for year in starts}

    chosen = choose_targets(by_start.values(), last_year)

    assert chosen == (by_start.get(closing or 0), by_start.get(current or 0))


# How it is shown.


def test_a_target_is_shown_with_people_at_the_latest_team_size() -> None:
    aim = target("0.4000", bme=10, total=100)

    assert show_target(aim, latest(2024, 20, 150)) == TargetFigure(
        id="leadership-2022-2025",
        version=1,
        state=TargetState.SUBMITTED,
        cycle="2022-2025",
        form=GoalForm.SHARE,
        baseline=BaselineFigure(2022, 10, 100, 0.1, None),
        milestones=(
            MilestoneFigure(2023, 0.2, None, 30),
            MilestoneFigure(2024, 0.3, None, 45),
            MilestoneFigure(2025, 0.4, None, 60),
        ),
    )


@pytest.mark.parametrize("now", [None, latest(2024, 0, 0)])
def test_without_people_at_the_latest_census_the_baselines_team_size_is_shown(
    now: Latest | None,
) -> None:
    shown = show_target(target("0.4000", bme=10, total=100), now)

    assert shown.milestones == (
        MilestoneFigure(2023, 0.2, None, 20),
        MilestoneFigure(2024, 0.3, None, 30),
        MilestoneFigure(2025, 0.4, None, 40),
    )


@pytest.mark.parametrize("now", [None, latest(2024, 0, 0)])
def test_without_people_now_and_at_the_baseline_there_are_people_due_but_no_shares(
    now: Latest | None,
) -> None:
    shown = show_target(target(2, bme=0, total=0), now)

    nobody = Reason.NO_PEOPLE
    assert shown.baseline == BaselineFigure(2022, 0, 0, None, nobody)
    assert shown.milestones == (
        MilestoneFigure(2023, None, nobody, 1),
        MilestoneFigure(2024, None, nobody, 1),
        MilestoneFigure(2025, None, nobody, 2),
    )


def test_people_since_an_empty_baseline_give_its_milestones_shares() -> None:
    shown = show_target(target(2, bme=0, total=0), latest(2024, 1, 4))

    assert shown.baseline == BaselineFigure(2022, 0, 0, None, Reason.NO_PEOPLE)
    assert shown.milestones == (
        MilestoneFigure(2023, 0.25, None, 1),
        MilestoneFigure(2024, 0.25, None, 1),
        MilestoneFigure(2025, 0.5, None, 2),
    )


def test_a_headcount_target_shows_its_milestones_as_stored() -> None:
    aim = target(16, bme=10, total=100, milestones=(Milestone(2023, headcount=15),))

    shown = show_target(aim, latest(2024, 20, 50))

    assert shown.milestones == (
        MilestoneFigure(2023, 0.3, None, 15),
        MilestoneFigure(2024, 0.32, None, 16),
        MilestoneFigure(2025, 0.32, None, 16),
    )


@pytest.mark.parametrize(
    ("bme", "verdict"),
    [
        pytest.param(
            50,
            Verdict(met=False, gap=SharePeople(float(Fraction("0.34") - Fraction(50, 150)), 1)),
            id="one short",
        ),
        pytest.param(51, Verdict(met=True, gap=SharePeople(0.0, 0)), id="exactly met"),
        pytest.param(60, Verdict(met=True, gap=SharePeople(-0.06, 0)), id="more than met"),
    ],
)
def test_a_closing_target_has_a_verdict_in_share_and_people(bme: int, verdict: Verdict) -> None:
    now = latest(2025, bme, 150)

    shown = close_target(AIM, now, has_perimeter_changed=False)

    assert shown == replace(show_target(AIM, now), verdict=verdict)


def test_a_headcount_goal_is_met_by_its_people_whatever_their_share() -> None:
    aim = target(12, bme=6, total=9)

    shown = close_target(aim, latest(2025, 12, 8 + 12), has_perimeter_changed=False)

    assert shown.verdict == Verdict(met=True, gap=SharePeople(0.0, 0))
    assert shown.verdict_reason is None


@pytest.mark.parametrize(
    ("goal", "bme", "total", "has_changed", "reason"),
    [
        pytest.param(NOT_NEEDED, 51, 150, False, Reason.NO_TARGET_NEEDED, id="not needed"),
        pytest.param(NOT_NEEDED, 51, 150, True, Reason.NO_TARGET_NEEDED, id="nor after a merger"),
        pytest.param("0.3400", 0, 0, False, Reason.NO_PEOPLE, id="nobody"),
        pytest.param("0.3400", 0, 0, True, Reason.PERIMETER_CHANGED, id="nobody of others"),
        pytest.param("0.3400", 51, 150, True, Reason.PERIMETER_CHANGED, id="others' staff"),
        pytest.param(16, 51, 150, True, Reason.PERIMETER_CHANGED, id="others' heads"),
    ],
)
def test_a_closing_target_without_verdict_says_why(
    goal: Goal | str | int, bme: int, total: int, *, has_changed: bool, reason: Reason
) -> None:
    aim, now = target(goal, bme=10, total=100), latest(2025, bme, total)

    shown = close_target(aim, now, has_perimeter_changed=has_changed)

    assert shown == replace(show_target(aim, now), verdict=None, verdict_reason=reason)


def test_a_target_in_force_has_a_baseline() -> None:
    with pytest.raises(ValueError, match="baseline"):
        show_target(AIM.with_baseline(None), None)
    with pytest.raises(ValueError, match="baseline"):
        close_target(AIM.with_baseline(None), latest(2025, 51, 150), has_perimeter_changed=False)


# Position.


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


# The chance of the goal.


@pytest.mark.parametrize(
    ("centre", "outlook"),
    [(3.0, GoalOutlook.LIKELY), (-0.5, GoalOutlook.POSSIBLE), (-3.0, GoalOutlook.UNLIKELY)],
)
def test_the_chance_of_a_goal_is_that_of_its_count(centre: float, outlook: GoalOutlook) -> None:
    found = find_goal_chance(AIM, path_of(AIM), latest(2024, 40, 150), prediction(centre))

    expected = oracle.cdf(centre - np.log(50.5 / 99.5))
    assert isinstance(found, GoalChance)
    assert found.probability == pytest.approx(expected, abs=1e-9)
    assert found.outlook is outlook


@pytest.mark.parametrize(
    ("goal", "chance"),
    [
        pytest.param(200, GoalChance(0.0, GoalOutlook.UNLIKELY), id="more than there are"),
        pytest.param("0.0000", GoalChance(1.0, GoalOutlook.LIKELY), id="nobody at all"),
    ],
)
def test_a_goal_beyond_all_chance_is_certain(goal: int | str, chance: GoalChance) -> None:
    aim = target(goal, bme=0, total=100)

    assert find_goal_chance(aim, path_of(aim), latest(2024, 3, 150), prediction()) == chance


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (latest(2025, 40, 150), Reason.GOAL_CENSUS_PASSED),
        (latest(2026, 40, 150), Reason.GOAL_CENSUS_PASSED),
        (latest(2024, 0, 0), Reason.NO_PEOPLE),
        (latest(2024, 40, 150, censuses=2), Reason.TOO_FEW_YEARS),
        (latest(2024, 4, 9), Reason.TOO_SMALL),
    ],
)
def test_a_chance_that_cannot_be_told_says_why(now: Latest, reason: Reason) -> None:
    assert find_goal_chance(AIM, path_of(AIM), now, prediction()) is reason


@pytest.mark.parametrize(("count", "size"), [(np.nan, 10), (1, 0)])
def test_a_count_that_is_not_known_or_of_nobody_has_no_probability(
    count: float, size: int
) -> None:
    with pytest.raises(ValueError, match="counts must be known, and groups must have people"):
        probability_of_count(prediction(), count, size)


# Appointments.

TURNOVER = Fraction(12, 100)


def appointments(aim: Target, now: Latest, turnover: Fraction = TURNOVER) -> object:
    return find_appointments(aim, path_of(aim), now, turnover)


def test_appointments_of_the_worked_example() -> None:
    found = appointments(target("0.1800"), latest(2024, 69, 452))

    assert isinstance(found, Appointments)
    assert found == Appointments(
        0.12, 54.24, found.arithmetic_share_needed, AppointmentVerdict.BY_TURNOVER
    )
    assert found.arithmetic_share_needed == pytest.approx(0.380531, abs=5e-7)


@pytest.mark.parametrize(
    ("goal", "bme", "verdict"),
    [
        pytest.param(24, 20, AppointmentVerdict.BY_TURNOVER, id="some"),
        pytest.param(60, 20, AppointmentVerdict.BY_TURNOVER, id="exactly all"),
        pytest.param(61, 20, AppointmentVerdict.NOT_BY_TURNOVER_ALONE, id="more than all"),
        pytest.param(10, 20, AppointmentVerdict.GOAL_ALREADY_COVERED, id="exactly none"),
        pytest.param(11, 20, AppointmentVerdict.BY_TURNOVER, id="few"),
        pytest.param(120, 20, AppointmentVerdict.NOT_BY_TURNOVER_ALONE, id="more than there are"),
    ],
)
def test_turnover_covers_a_goal_or_cannot(
    goal: int, bme: int, verdict: AppointmentVerdict
) -> None:
    # Half of a hundred leave: q = (goal − bme/2) / 50.
    found = appointments(target(goal, bme=0, total=100), latest(2024, bme, 100), Fraction(1, 2))

    assert found == Appointments(0.5, 50.0, (goal - bme / 2) / 50, verdict)


def test_appointments_run_to_the_goals_census() -> None:
    found = appointments(target("0.3400"), latest(2022, 40, 100), Fraction(1, 2))

    assert found == Appointments(0.5, 87.5, (34 - 5) / 87.5, AppointmentVerdict.BY_TURNOVER)


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (latest(2025, 40, 150), Reason.GOAL_CENSUS_PASSED),
        (latest(2026, 40, 150), Reason.GOAL_CENSUS_PASSED),
        (latest(2024, 0, 0), Reason.NO_PEOPLE),
    ],
)
def test_appointments_that_cannot_be_told_say_why(now: Latest, reason: Reason) -> None:
    assert appointments(AIM, now) is reason


def test_an_exact_goal_share_is_kept_exact() -> None:
    aim = target(Goal(GoalForm.SHARE, share=Decimal("0.3400")), bme=0, total=150)

    assert gap(aim, replace(latest(2024, 51, 150), count=Count(99, 51))).met
