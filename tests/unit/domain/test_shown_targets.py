"""Which targets are shown, and how."""

from dataclasses import replace
from fractions import Fraction

import pytest

from app.domain.codes import Reason, TargetState
from app.domain.gaps import Latest, choose_targets, close_target, show_target
from app.domain.progress import BaselineFigure, MilestoneFigure, SharePeople, TargetFigure, Verdict
from app.domain.targets import Goal, GoalForm, Milestone
from tests.unit.domain.aims import AIM, latest
from tests.unit.domain.given import target

NOT_NEEDED = Goal(GoalForm.NO_TARGET_NEEDED, reason="At parity.")


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
