"""Progress that cannot be told whole, and why."""

from app.domain.assessment import assess
from app.domain.bands import StaffGroup
from app.domain.codes import ActualsState, Reason
from app.domain.counts import Count
from app.domain.measures import Measure, Scope
from app.domain.progress import ActualFigure, BaselineFigure, MilestoneFigure
from tests.unit.domain.answers import NOT_NEEDED, one
from tests.unit.domain.given import (
    CLINICAL_5,
    SETTINGS,
    holdings,
    people,
    sent,
    target,
    team,
    worked_example,
)


def test_a_target_of_another_measure_is_not_this_measures_target() -> None:
    aim = target("0.1800", scope=Scope(Measure.LEADERSHIP, StaffGroup.CLINICAL))

    progress = one(worked_example(aim))

    none = Reason.NO_TARGET
    assert (progress.gap, progress.gap_reason) == (None, none)
    assert (progress.goal_outlook_reason, progress.appointments_reason) == (none, none)
    assert (progress.current_target, progress.current_target_reason) == (None, none)


def test_where_no_target_is_needed_there_is_no_goal() -> None:
    progress = one(worked_example(target(NOT_NEEDED)))

    reason = Reason.NO_TARGET_NEEDED
    assert progress.current_target is not None
    assert progress.current_target.milestones == ()
    assert (progress.gap_reason, progress.goal_outlook_reason, progress.appointments_reason) == (
        (reason,) * 3
    )


def test_a_target_whose_group_is_empty_says_so() -> None:
    held = worked_example(target("0.1800"))
    empty = holdings(
        *(part for joined in held.staff.censuses.values() for part in joined.actuals),
        sent(2025, {CLINICAL_5: people(1, 10)}),
        targets=[target("0.1800", starts=2024)],
    )

    progress = one(empty)

    nobody = Reason.NO_PEOPLE
    assert (progress.gap, progress.gap_reason) == (None, nobody)
    assert (progress.goal_outlook_reason, progress.appointments_reason) == (nobody, nobody)
    assert (progress.forecast_reason, progress.trend_reason) == (nobody, nobody)
    assert progress.actuals[-1].share is None
    assert progress.actuals[-1].share_reason is nobody


def test_without_a_census_everything_says_so() -> None:
    progress = one(holdings(targets=[target("0.1800")]))

    none = Reason.NO_ACTUALS
    assert progress.actuals == ()
    assert progress.current_target is not None
    assert (progress.gap_reason, progress.goal_outlook_reason, progress.appointments_reason) == (
        (none,) * 3
    )
    assert (progress.forecast_reason, progress.trend_reason, progress.parity_reason) == (
        (none,) * 3
    )


def test_two_censuses_have_no_forecast() -> None:
    held = holdings(*(sent(y, team(people(9, 90), people(90, 300))) for y in (2023, 2024)))

    progress = one(held)

    few = Reason.TOO_FEW_YEARS
    assert (progress.forecast, progress.forecast_reason) == (None, few)
    assert (progress.trend, progress.trend_reason) == (None, few)


def test_no_questions_have_no_answers() -> None:
    assert assess(worked_example(), [], SETTINGS) == []
    assert assess(holdings(), [], SETTINGS) == []


def test_people_of_unknown_ethnicity_only_have_no_share_of_known() -> None:
    (told,) = one(holdings(sent(2024, team(Count(unknown=12), people(1, 10))))).actuals

    assert (told.share, told.share_reason) == (0.0, None)
    assert (told.share_of_known, told.share_of_known_reason) == (None, Reason.NO_PEOPLE)
    assert (told.unknown_share, told.unknown_share_reason) == (1.0, None)
    assert told.interval_95 is not None
    assert told.interval_95_reason is None


def test_nobody_has_no_figures_and_each_says_why() -> None:
    (told,) = one(holdings(sent(2024, {CLINICAL_5: people(1, 10)}))).actuals

    nobody = Reason.NO_PEOPLE
    assert told == ActualFigure(
        year=2024, revision=1, bme=0, white=0, unknown=0, total=0,
        share=None, share_reason=nobody,
        share_of_known=None, share_of_known_reason=nobody,
        unknown_share=None, unknown_share_reason=nobody,
        interval_95=None, interval_95_reason=nobody,
        state=ActualsState.SIGNED_OFF,
    )  # fmt: skip


def test_an_empty_baseline_has_no_shares_and_each_says_why() -> None:
    aim = target(2, bme=0, total=0)

    shown = one(holdings(targets=[aim])).current_target

    nobody = Reason.NO_PEOPLE
    assert shown is not None
    assert shown.baseline == BaselineFigure(2022, 0, 0, None, nobody)
    assert shown.milestones == (
        MilestoneFigure(2023, None, nobody, 1),
        MilestoneFigure(2024, None, nobody, 1),
        MilestoneFigure(2025, None, nobody, 2),
    )


def test_no_question_has_no_answer() -> None:
    assert assess(worked_example(), [], SETTINGS) == []
