from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from app.cli.sentences import describe_gap, describe_parity, describe_target
from app.domain.attainability import POSITIVE_ACTION
from app.domain.codes import (
    AppointmentVerdict,
    GoalOutlook,
    Outlook,
    PointsOutlook,
    Position,
    Reason,
    TargetState,
)
from app.domain.measures import Measure, ReferenceKind
from app.domain.progress import (
    Appointments,
    BaselineFigure,
    Chance,
    Gap,
    GoalChance,
    Interval,
    OtherOutlook,
    Parity,
    ParityGap,
    PointsScale,
    Progress,
    SharePeople,
    TargetFigure,
    Verdict,
    YearInterval,
)
from app.domain.series import Continuity
from app.domain.targets import GoalForm

GAP = Gap(
    year=2024,
    to_path=SharePeople(0.0037, 2),
    to_path_reason=None,
    to_goal=SharePeople(0.0273, 13),
    position=Position.BEHIND,
    position_reason=None,
    beyond_chance=False,
    beyond_chance_reason=None,
    met=False,
    share_a_year_needed=0.0273,
    share_a_year_needed_reason=None,
    share_a_year_observed=0.0153,
    share_a_year_observed_reason=None,
)

PARITY = Parity(
    census=2024,
    reference=ReferenceKind.OWN_WORKFORCE,
    reference_share=0.2338,
    reference_share_reason=None,
    gap=ParityGap(0.0812, 37, Interval(0.0463, 0.1110)),
    gap_reason=None,
    outlook=Outlook.PROJECTED,
    year=2033,
    interval_80=YearInterval(2028, None, Reason.LATER_OR_NEVER),
    probability_closing=0.9608,
    probability_closing_reason=None,
    parity_to_nearest_person=False,
    probability_at_parity=(Chance(2029, 0.23), Chance(2030, 0.31), Chance(2034, 0.54)),
    probability_at_parity_reason=None,
    on_points_scale=PointsScale(-0.0033, PointsOutlook.CLOSING, 2050, None),
    on_points_scale_reason=None,
    on_known_ethnicity=OtherOutlook(Outlook.PROJECTED, 2033),
)

PROGRESS = Progress(
    ods_code="ZZ901",
    measure=Measure.LEADERSHIP,
    staff_group=None,
    continuity=Continuity.COMBINED,
    as_of=datetime(2026, 11, 23, tzinfo=UTC),
    method="1",
    synthetic=True,
    actuals=(),
    closing_target=None,
    current_target=None,
    current_target_reason=None,
    gap=GAP,
    gap_reason=None,
    yearly_need=None,
    yearly_need_reason=Reason.NO_TARGET,
    goal_outlook=GoalChance(0.2707, GoalOutlook.POSSIBLE),
    goal_outlook_reason=None,
    forecast=None,
    forecast_reason=None,
    trend=None,
    trend_reason=None,
    parity=PARITY,
    parity_reason=None,
    appointments=Appointments(0.12, 54.24, 0.3805, AppointmentVerdict.BY_TURNOVER),
    appointments_reason=None,
)

TARGET = TargetFigure(
    id="leadership-2022-2025",
    version=1,
    state=TargetState.SUBMITTED,
    cycle="2022-2025",
    form=GoalForm.SHARE,
    baseline=BaselineFigure(2022, 47, 431, 0.109, None),
    milestones=(),
)

START = "Set from 47 of 431 (10.9 %) at the census of 2022."


def of_gap(gap: dict[str, Any] | None = None, **changes: object) -> list[str]:
    """Return what is told of a gap, or of progress, that differs in some members."""
    progress = replace(PROGRESS, gap=replace(GAP, **(gap or {})))
    return list(describe_gap(replace(progress, **changes)))  # type: ignore[arg-type] # by name


def of_parity(**changes: object) -> list[str]:
    """Return what is told of a parity that differs in some members."""
    parity = replace(PARITY, **changes)  # type: ignore[arg-type] # members by name
    return list(describe_parity(replace(PROGRESS, parity=parity)))


def test_a_gap_is_told_in_people_first() -> None:
    assert of_gap() == [
        (
            "2 people short of the path (0.4 points); 13 people short of the goal (2.7 points)."
            " Its distance from the path is no more than chance brings."
        ),
        "Needed from now on: 2.7 points a year; seen so far: +1.5 points a year.",
        "Reaching the goal is possible, with a chance of 27 %.",
        (
            "With 12 % of staff leaving a year, some 54 appointments fall before the goal's"
            f" census; 38 % of them going to BME people would reach the goal. {POSITIVE_ACTION}"
        ),
    ]


@pytest.mark.parametrize(
    ("gap", "told"),
    [
        pytest.param(
            {"position": Position.AHEAD, "to_path": SharePeople(-0.01, 0), "beyond_chance": True},
            "Ahead of the path (1.0 points); 13 people short of the goal (2.7 points)."
            " Its distance from the path is more than chance brings.",
            id="ahead",
        ),
        pytest.param(
            {"position": Position.ON_PATH, "to_path": SharePeople(0.0, 0)},
            "On the path; 13 people short of the goal (2.7 points).",
            id="on the path",
        ),
        pytest.param({"position": Position.MET, "met": True}, "The goal is met.", id="met"),
        pytest.param(
            {
                "position": None,
                "position_reason": Reason.NOT_IN_TARGET_CYCLE,
                "to_path": None,
                "beyond_chance": None,
            },
            "13 people short of the goal (2.7 points). The latest census is before the target's"
            " baseline, so there is no path yet.",
            id="before the baseline",
        ),
    ],
)
def test_a_position_is_told(gap: dict[str, object], told: str) -> None:
    assert of_gap(gap)[0] == told


def test_a_falling_share_has_its_sign() -> None:
    assert of_gap({"share_a_year_observed": -0.0063})[1] == (
        "Needed from now on: 2.7 points a year; seen so far: −0.6 points a year."
    )


def test_a_goal_that_is_met_takes_no_appointments() -> None:
    assert of_gap({"position": Position.MET, "met": True}) == [
        "The goal is met.",
        "Needed from now on: 2.7 points a year; seen so far: +1.5 points a year.",
        "Reaching the goal is possible, with a chance of 27 %.",
    ]


def test_a_goal_whose_census_was_held_says_so() -> None:
    told = of_gap(
        {"share_a_year_needed": None},
        goal_outlook=None,
        goal_outlook_reason=Reason.GOAL_CENSUS_PASSED,
        appointments=None,
    )

    assert told[1:] == [
        "No chance of reaching the goal is given. The goal's census has been held."
    ]


def test_a_goal_that_is_met_and_has_no_chance_needs_no_reason() -> None:
    told = of_gap(
        {"position": Position.MET, "met": True, "share_a_year_observed": None}, goal_outlook=None
    )

    assert told == ["The goal is met."]


def test_a_gap_that_cannot_be_told_says_why() -> None:
    assert of_gap(gap_reason=Reason.NO_TARGET) != ["No target is in force."]
    assert list(describe_gap(replace(PROGRESS, gap=None, gap_reason=Reason.NO_TARGET))) == [
        "No target is in force."
    ]


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (1.0698, "even if all went to BME people, the goal would not be reached."),
        (-0.1, "the BME people expected to stay reach the goal already."),
    ],
)
def test_appointments_that_do_not_decide_say_so(share: float, told: str) -> None:
    figure = Appointments(0.12, 54.24, share, AppointmentVerdict.BY_TURNOVER)

    assert of_gap(appointments=figure)[-1] == (
        "With 12 % of staff leaving a year, some 54 appointments fall before the goal's census;"
        f" {told} {POSITIVE_ACTION}"
    )


def test_parity_is_told_with_its_direction_first_and_every_chance() -> None:
    assert of_parity() == [
        "37 people short (8.1 points; 95 % interval 4.6 to 11.1).",
        (
            "The gap is closing (96 %); about an even chance of parity at the census of 2033,"
            " one in ten at 2028, still uncertain in 2054. Chance of parity: 23 % at 2029, 54 % at"
            " 2034."
        ),
        (
            "On the scale of percentage points the gap is closing, 0.3 points a year; the"
            " lines cross in 2050."
        ),
    ]


CHANCES = "Chance of parity: 23 % at 2029, 54 % at 2034."


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param(
            {"interval_80": YearInterval(2028, 2041, None)},
            "The gap is closing (96 %); about an even chance of parity at the census of 2033, one"
            f" in ten at 2028, nine in ten at 2041. {CHANCES}",
            id="a closed interval",
        ),
        pytest.param(
            {"interval_80": YearInterval(2033, 2033, None)},
            f"The gap is closing (96 %); about an even chance of parity at the census of 2033."
            f" {CHANCES}",
            id="all in one year",
        ),
        pytest.param(
            {"outlook": Outlook.BEYOND_HORIZON, "year": None},
            "The gap is closing (96 %), but an even chance of parity is not reached within 30"
            f" years, by the census of 2054. {CHANCES}",
            id="beyond the horizon",
        ),
        pytest.param(
            {"outlook": Outlook.NO_CLEAR_DIRECTION, "probability_closing": 0.34},
            f"No direction can be told from chance (closing: 34 %). {CHANCES}",
            id="no direction",
        ),
        pytest.param(
            {"outlook": Outlook.WIDENING, "probability_closing": 0.035},
            f"The gap is widening (96 %). {CHANCES}",
            id="widening",
        ),
        pytest.param(
            {"outlook": Outlook.WIDENING, "probability_at_parity": None},
            "The gap is widening (4 %).",
            id="without chances",
        ),
        pytest.param(
            {
                "outlook": Outlook.DEPENDS_ON_SCALE,
                "on_log_odds_scale": OtherOutlook(Outlook.PROJECTED, 2036),
            },
            "The gap is closing on one scale and widening on the other. It is: in log-odds"
            " projected for 2036.",
            id="depends on the scale",
        ),
        pytest.param(
            {
                "outlook": Outlook.DEPENDS_ON_UNKNOWN,
                "on_everybody": OtherOutlook(Outlook.WIDENING, None),
            },
            "The answer changes when people of unknown ethnicity are left out. It is: with"
            " everybody counted widening; of known ethnicity projected for 2033.",
            id="depends on unknown",
        ),
        pytest.param(
            {"outlook": Outlook.TOO_SMALL},
            "The group has fewer than 10 people at the latest census.",
            id="too small",
        ),
        pytest.param(
            {"outlook": Outlook.TOO_SMALL, "parity_to_nearest_person": True},
            "The group has fewer than 10 people at the latest census. To the nearest person it is"
            " at parity.",
            id="to the nearest person",
        ),
    ],
)
def test_each_outlook_has_its_sentence(changes: dict[str, object], told: str) -> None:
    assert of_parity(**changes)[1] == told


def test_a_measure_above_its_reference_is_told_without_the_other_scale() -> None:
    gap = ParityGap(-0.0327, -14, Interval(-0.0687, -0.0021))

    assert of_parity(outlook=Outlook.AT_OR_ABOVE_REFERENCE, gap=gap) == [
        "Nobody short: 3.3 points above the reference (95 % interval 0.2 to 6.9).",
        "The share has reached its reference.",
    ]


def test_a_measure_below_its_reference_by_less_than_a_person_is_told() -> None:
    gap = ParityGap(0.001, 0, Interval(-0.04, 0.05))

    assert of_parity(gap=gap)[0] == (
        "Nobody short: 0.1 points below the reference (95 % interval −4.0 to 5.0)."
    )


def test_a_parity_gap_that_cannot_be_told_says_why() -> None:
    assert of_parity(gap=None, gap_reason=Reason.NO_PEOPLE)[0] == "There is nobody in the group."


@pytest.mark.parametrize(
    ("scale", "told"),
    [
        (
            PointsScale(0.0, PointsOutlook.LEVEL, None, Reason.NOT_CLOSING),
            "On the scale of percentage points the gap is level.",
        ),
        (
            PointsScale(0.0168, PointsOutlook.WIDENING, None, Reason.NOT_CLOSING),
            "On the scale of percentage points the gap is widening, 1.7 points a year.",
        ),
    ],
)
def test_the_other_scale_is_told(scale: PointsScale, told: str) -> None:
    assert of_parity(on_points_scale=scale)[2] == told


def test_the_other_scale_may_be_missing() -> None:
    assert len(of_parity(on_points_scale=None)) == 2


def test_no_parity_says_why() -> None:
    progress = replace(PROGRESS, parity=None, parity_reason=Reason.IS_THE_REFERENCE)

    assert list(describe_parity(progress)) == [
        "The workforce is what others are compared with; only a fixed reference applies to it."
    ]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param({}, START, id="running"),
        pytest.param(
            {"verdict": Verdict(met=True, gap=SharePeople(0.0, 0))},
            f"{START} The goal was met.",
            id="met",
        ),
        pytest.param(
            {"verdict": Verdict(met=False, gap=SharePeople(0.01, 3))},
            f"{START} The goal was missed by 3 people (1.0 points).",
            id="missed",
        ),
        pytest.param(
            {"verdict_reason": Reason.NO_TARGET_NEEDED},
            f"{START} The trust stated that no target is needed, so there is no goal.",
            id="no goal",
        ),
        pytest.param(
            {"baseline": BaselineFigure(2022, 0, 0, None, Reason.NO_PEOPLE)},
            "Set from 0 of 0 at the census of 2022.",
            id="nobody at the baseline",
        ),
    ],
)
def test_a_target_is_told_with_its_verdict(changes: dict[str, Any], told: str) -> None:
    assert describe_target(replace(TARGET, **changes)) == told
