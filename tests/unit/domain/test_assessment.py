"""Progress as a whole: the worked example, mergers, boards, and what holds for every answer."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from fractions import Fraction
from math import isfinite

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.actuals import ActualsRevision
from app.domain.assessment import BEFORE_ALL, Changes, Holdings, assess
from app.domain.bands import StaffGroup
from app.domain.codes import ActualsState, Outlook, Position, Reason
from app.domain.counts import Count
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.organisations import Kind, Organisation
from app.domain.panels import Question
from app.domain.progress import (
    ActualFigure,
    BaselineFigure,
    MilestoneFigure,
    OtherOutlook,
    Parity,
    Progress,
    Source,
    TargetFigure,
)
from app.domain.records import Author, Record
from app.domain.series import Continuity
from app.domain.targets import Goal, GoalForm, Target
from tests.unit.domain.given import (
    CLINICAL_5,
    CLINICAL_8A,
    CONSULTANT,
    LEADERSHIP,
    NOW,
    OWN_WORKFORCE,
    SETTINGS,
    TRAINEE,
    holdings,
    lineage,
    merger,
    people,
    seated,
    sent,
    target,
    team,
    worked_example,
)

GENERATED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
NOT_NEEDED = Goal(GoalForm.NO_TARGET_NEEDED, reason="At parity.")


def one(
    held: Holdings, question: Question = OWN_WORKFORCE, continuity: Continuity | None = None
) -> Progress:
    found = assess(held, [question], replace(
        SETTINGS, continuity=continuity or SETTINGS.continuity
    ))  # fmt: skip
    assert len(found) == 1
    return found[0]


def rounded(value: object) -> object:
    """Return a value as it leaves the service: shares to six places."""
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: rounded(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(part) for part in value]
    return value


# The worked example of docs/methods/1.md, as the description of the API prints it.


def test_the_worked_example_is_the_body_that_the_api_prints() -> None:
    progress = one(worked_example(target("0.1800")))

    told = rounded(asdict(progress))
    assert isinstance(told, dict)
    assert told["actuals"][-1] == {
        "year": 2024,
        "revision": 1,
        "bme": 69,
        "white": 376,
        "unknown": 7,
        "total": 452,
        "share": 0.152655,
        "share_reason": None,
        "share_of_known": 0.155056,
        "share_of_known_reason": None,
        "unknown_share": 0.015487,
        "unknown_share_reason": None,
        "interval_95": {"lower": 0.122436, "upper": 0.188728},
        "interval_95_reason": None,
        "state": "signed_off",
        "sources": None,
    }
    assert [figure["year"] for figure in told["actuals"]] == [2019, 2020, 2021, 2022, 2023, 2024]
    parity = told["parity"]
    chances = {one["year"]: one["probability"] for one in parity.pop("probability_at_parity")}
    assert list(chances) == list(range(2025, 2055))
    assert {year: chances[year] for year in (2028, 2030, 2033)} == {
        2028: 0.131618,
        2030: 0.314507,
        2033: 0.50129,
    }
    assert parity == {
        "census": 2024,
        "reference": "own_workforce",
        "reference_share": 0.233816,
        "reference_share_reason": None,
        "gap": {
            "share": 0.081161,
            "people": 37,
            "interval_95": {"lower": 0.04633, "upper": 0.111016},
        },
        "gap_reason": None,
        "outlook": "projected",
        "year": 2033,
        "interval_80": {"earliest": 2028, "latest": None, "latest_reason": "later_or_never"},
        "probability_closing": 0.960783,
        "probability_closing_reason": None,
        "parity_to_nearest_person": False,
        "probability_at_parity_reason": None,
        "on_points_scale": {
            "gap_change_a_year": -0.003318,
            "outlook": "closing",
            "year": 2050,
            "year_reason": None,
        },
        "on_points_scale_reason": None,
        "on_known_ethnicity": {"outlook": "projected", "year": 2033},
        "on_everybody": None,
        "on_log_odds_scale": None,
    }
    forecast = told["forecast"]
    assert [figure["year"] for figure in forecast] == list(range(2025, 2055))
    assert forecast[0] == {
        "year": 2025,
        "median": 0.172522,
        "band_80": {"lower": 0.15705, "upper": 0.189177},
        "band_95": {"lower": 0.149326, "upper": 0.198481},
    }
    assert forecast[1]["median"] == 0.192366
    assert forecast[2] == {
        "year": 2027,
        "median": 0.212786,
        "band_80": {"lower": 0.177883, "upper": 0.252434},
        "band_95": {"lower": 0.161303, "upper": 0.275306},
    }
    rest = {
        name: value
        for name, value in told.items()
        if name not in {"actuals", "parity", "forecast", "as_of", "warnings"}
    }
    assert rest == {
        "ods_code": "ZZ001",
        "measure": "leadership",
        "staff_group": None,
        "continuity": "combined",
        "method": "1",
        "synthetic": True,
        "closing_target": None,
        "current_target": {
            "id": "leadership-2022-2025",
            "version": 1,
            "state": "submitted",
            "cycle": "2022-2025",
            "form": "share",
            "baseline": {
                "year": 2022,
                "bme": 47,
                "total": 431,
                "share": 0.109049,
                "share_reason": None,
            },
            "milestones": [
                {"year": 2023, "share": 0.132699, "share_reason": None, "headcount": 60},
                {"year": 2024, "share": 0.15635, "share_reason": None, "headcount": 71},
                {"year": 2025, "share": 0.18, "share_reason": None, "headcount": 82},
            ],
            "verdict": None,
            "verdict_reason": None,
        },
        "current_target_reason": None,
        "gap": {
            "year": 2024,
            "to_path": {"share": 0.003695, "people": 2},
            "to_path_reason": None,
            "to_goal": {"share": 0.027345, "people": 13},
            "position": "behind",
            "position_reason": None,
            "beyond_chance": False,
            "beyond_chance_reason": None,
            "met": False,
            "share_a_year_needed": 0.027345,
            "share_a_year_needed_reason": None,
            "share_a_year_observed": 0.015306,
            "share_a_year_observed_reason": None,
        },
        "gap_reason": None,
        "goal_outlook": {"probability": 0.2707, "outlook": "possible"},
        "goal_outlook_reason": None,
        "forecast_reason": None,
        "parity_reason": None,
        "trend": {"censuses": 6, "drift": 0.147534, "dispersion": 0.405748},
        "trend_reason": None,
        "appointments": {
            "turnover": 0.12,
            "expected": 54.24,
            "arithmetic_share_needed": 0.380531,
            "verdict": "by_turnover",
        },
        "appointments_reason": None,
    }
    assert progress.as_of == SETTINGS.as_of
    assert [warning.code.value for warning in progress.warnings] == ["scales_far_apart"]


def test_the_probability_of_18_per_cent_in_2027_is_as_printed() -> None:
    aim = target("0.1800", starts=2024, bme=69, total=452)

    chance = one(worked_example(aim)).goal_outlook

    assert chance is not None
    assert chance.probability == pytest.approx(0.882285, abs=5e-7)
    assert chance.outlook.value == "likely"


# Targets.


def test_a_census_that_ends_one_cycle_and_begins_the_next_shows_both_targets() -> None:
    closing = target("0.1500", starts=2021, bme=38, total=418)
    current = target("0.1800", starts=2024, bme=69, total=452)

    progress = one(worked_example(closing, current))

    assert progress.closing_target is not None
    assert progress.closing_target.verdict is not None
    assert progress.closing_target.verdict.met
    assert progress.closing_target.cycle == "2021-2024"
    assert progress.current_target is not None
    assert progress.current_target.cycle == "2024-2027"
    assert progress.gap is not None
    assert progress.gap.to_goal.people == 13


def test_a_closing_target_alone_is_what_the_gap_is_told_for() -> None:
    progress = one(worked_example(target("0.1600", starts=2021, bme=38, total=418)))

    assert (progress.current_target, progress.current_target_reason) == (None, Reason.NO_TARGET)
    assert progress.closing_target is not None
    assert progress.closing_target.verdict is not None
    assert not progress.closing_target.verdict.met
    assert progress.closing_target.verdict.gap.people == 4
    assert progress.gap is not None
    assert (progress.gap.to_goal.people, progress.gap.position) == (4, Position.BEHIND)
    passed = Reason.GOAL_CENSUS_PASSED
    assert (progress.goal_outlook, progress.goal_outlook_reason) == (None, passed)
    assert (progress.appointments, progress.appointments_reason) == (None, passed)


def test_turnover_changes_appointments_only() -> None:
    held = worked_example(target("0.1800"))

    usual, other = (
        assess(held, [OWN_WORKFORCE], replace(SETTINGS, turnover=Fraction(share, 100)))[0]
        for share in (12, 20)
    )

    assert other.appointments is not None
    assert other.appointments.expected == pytest.approx(90.4)
    assert replace(other, appointments=usual.appointments) == usual


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


# What cannot be told.


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


def test_the_horizon_cuts_forecast_and_chances_alike() -> None:
    progress = assess(worked_example(), [OWN_WORKFORCE], replace(SETTINGS, horizon=3))[0]

    assert [figure.year for figure in progress.forecast or ()] == [2025, 2026, 2027]
    assert progress.parity is not None
    chances = progress.parity.probability_at_parity or ()
    assert [chance.year for chance in chances] == [2025, 2026, 2027]
    assert progress.parity.year == 2033


# Mergers.

ON_1_APRIL = date(2024, 4, 1)
BOTH = lineage(merger("ZZ002", ON_1_APRIL))
OURS = [sent(y, team(people(10 + i, 100), people(200, 900))) for i, y in enumerate((2022, 2023))]
THEIRS = [sent(y, team(people(30, 100), people(50, 400)), by="ZZ002") for y in (2022, 2023, 2024)]
OURS_2024 = sent(2024, team(people(12, 100), people(200, 900)), is_signed=False)
MERGED_2025 = sent(2025, team(people(45, 200), people(260, 1300)), revision=2)


def test_a_combined_series_adds_predecessors_and_names_their_revisions() -> None:
    held = holdings(*OURS, OURS_2024, *THEIRS, MERGED_2025, of=BOTH)

    figures = one(held).actuals

    both = (Source("ZZ001", 1), Source("ZZ002", 1))
    assert [(f.year, f.bme, f.total, f.revision, f.sources, f.state.value) for f in figures] == [
        (2022, 40, 200, 1, both, "signed_off"),
        (2023, 41, 200, 1, both, "signed_off"),
        (2024, 42, 200, 1, both, "provisional"),
        (2025, 45, 200, 2, None, "signed_off"),
    ]


def test_a_series_as_reported_is_the_trusts_own() -> None:
    reported = Continuity.AS_REPORTED
    held = holdings(*OURS, OURS_2024, *THEIRS, MERGED_2025, of=BOTH, continuity=reported)

    progress = one(held, continuity=reported)

    assert progress.continuity is reported
    assert [(f.year, f.bme, f.total, f.sources) for f in progress.actuals] == [
        (2022, 10, 100, None),
        (2023, 11, 100, None),
        (2024, 12, 100, None),
        (2025, 45, 200, None),
    ]


def test_a_census_of_predecessors_alone_has_no_revision_of_the_trusts_own() -> None:
    new = lineage(
        merger("ZZ002", ON_1_APRIL), trust=Organisation("ZZ001", Kind.TRUST, opened=ON_1_APRIL)
    )

    (told,) = one(holdings(THEIRS[-1], of=new)).actuals

    assert (told.revision, told.sources) == (None, (Source("ZZ002", 1),))


def test_position_against_a_baseline_from_before_a_merger_is_not_told() -> None:
    aim = target("0.3000", bme=10, total=100, workforce=(210, 1000))

    progress = one(
        holdings(*OURS, OURS_2024, *THEIRS, MERGED_2025, of=BOTH,
                 targets=[replace(aim, cycle=replace(aim.cycle, ends=2026))])
    )  # fmt: skip

    changed = Reason.PERIMETER_CHANGED
    assert (progress.gap, progress.gap_reason) == (None, changed)
    assert (progress.goal_outlook, progress.goal_outlook_reason) == (None, changed)
    assert (progress.appointments, progress.appointments_reason) == (None, changed)
    assert "perimeter_changed" in [warning.code.value for warning in progress.warnings]


def test_a_closing_target_from_before_a_merger_has_no_verdict() -> None:
    aim = target("0.3000", bme=10, total=100, workforce=(210, 1000))

    progress = one(holdings(*OURS, OURS_2024, *THEIRS, MERGED_2025, of=BOTH, targets=[aim]))

    assert progress.closing_target is not None
    assert (progress.closing_target.verdict, progress.closing_target.verdict_reason) == (
        None,
        Reason.PERIMETER_CHANGED,
    )


@pytest.mark.parametrize(
    "returns",
    [
        pytest.param([OURS_2024, THEIRS[-1]], id="each has sent its own"),
        pytest.param(
            [sent(2024, team(people(42, 200), people(250, 1300)), covers=["ZZ001", "ZZ002"])],
            id="the successor has sent both",
        ),
    ],
)
def test_the_census_on_the_eve_of_a_merger_is_not_held_against_one_trusts_baseline(
    returns: list[ActualsRevision],
) -> None:
    aim = target("0.3000", bme=10, total=100, workforce=(210, 1000))

    progress = one(holdings(*OURS, *THEIRS[:2], *returns, of=BOTH, targets=[aim]))

    assert progress.actuals[-1].total == 200
    assert (progress.gap, progress.gap_reason) == (None, Reason.PERIMETER_CHANGED)


def test_a_baseline_that_covers_both_is_held_against_both() -> None:
    aim = target("0.3000", bme=40, total=200, workforce=(290, 1500), covers=("ZZ001", "ZZ002"))

    progress = one(holdings(*OURS, OURS_2024, *THEIRS, MERGED_2025, of=BOTH, targets=[aim]))

    assert progress.gap is not None
    assert progress.gap.to_goal.people == 15
    assert progress.closing_target is not None
    assert progress.closing_target.verdict is not None


# Boards.


def test_a_board_is_its_own_series_with_the_state_of_the_headcounts() -> None:
    board = Question(Scope(Measure.BOARD_VOTING), ReferenceKind.OWN_WORKFORCE)
    seats = {(True, True): Count(6, 1), (True, False): Count(5, 2), (False, True): Count(4)}
    held = holdings(
        sent(2023, team(people(1, 10), people(20, 100))),
        seated(2023, seats, revision=2),
        seated(2024, seats),
    )

    progress = one(held, board)

    assert [(f.year, f.bme, f.total, f.revision, f.state.value) for f in progress.actuals] == [
        (2023, 3, 14, 2, "signed_off"),
        (2024, 3, 14, 1, "provisional"),
    ]
    assert progress.parity is not None
    assert progress.parity.census == 2023


def test_a_board_is_held_against_its_target_also_before_the_headcounts_are_sent() -> None:
    board = Scope(Measure.BOARD)
    aim = target(3, bme=1, total=14, starts=2023, scope=board)
    seats = {(True, True): people(2, 14)}
    held = holdings(
        sent(2023, team(people(1, 10), people(20, 100))),
        seated(2023, {(True, True): people(1, 14)}),
        seated(2024, seats),
        targets=[aim],
    )

    progress = one(held, Question(board, ReferenceKind.OWN_WORKFORCE))

    assert progress.gap is not None
    assert (progress.gap.year, progress.gap.to_goal.people) == (2024, 1)
    assert progress.gap.position is Position.ON_PATH


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


# What holds for every answer.

QUESTIONS = (
    OWN_WORKFORCE,
    Question(LEADERSHIP, ReferenceKind.FIXED, Fraction("0.3")),
    Question(LEADERSHIP, ReferenceKind.OWN_WORKFORCE_AT_BASELINE, Fraction(3, 7)),
    Question(LEADERSHIP, ReferenceKind.OWN_MEDICAL_WORKFORCE),
    Question(Scope(Measure.LEADERSHIP, StaffGroup.CLINICAL), ReferenceKind.OWN_STAFF_GROUP),
    Question(Scope(Measure.VSM), ReferenceKind.OWN_WORKFORCE),
    Question(Scope(Measure.CONSULTANTS), ReferenceKind.OWN_MEDICAL_WORKFORCE),
    Question(Scope(Measure.WORKFORCE), None),
    Question(LEADERSHIP, None, without=Reason.NO_TARGET),
    Question(Scope(Measure.BOARD), ReferenceKind.OWN_WORKFORCE),
)


GIVEN_FOR = {
    "year": Outlook.PROJECTED,
    "interval_80": Outlook.PROJECTED,
    "on_everybody": Outlook.DEPENDS_ON_UNKNOWN,
    "on_log_odds_scale": Outlook.DEPENDS_ON_SCALE,
}
"""What is given beside one outlook, and beside no other."""


def is_explained(part: object, name: str) -> bool:
    """Return whether a null that has no reason of its own is explained by what stands beside."""
    if isinstance(part, Parity | OtherOutlook):
        return name in GIVEN_FOR and part.outlook is not GIVEN_FOR[name]
    if isinstance(part, ActualFigure):
        beside = {"revision": part.sources, "sources": part.revision}
        return bool(beside.get(name))
    return isinstance(part, Progress) and name in {"staff_group", "closing_target"}


@st.composite
def counts(draw: st.DrawFn, largest: int) -> Count:
    total = draw(st.integers(0, 15) | st.integers(0, largest))
    bme = draw(st.integers(0, total))
    return people(bme, total, draw(st.integers(0, (total - bme) // 2)))


@st.composite
def aims(draw: st.DrawFn) -> Target:
    starts = draw(st.sampled_from([2016, 2019, 2022, 2025]))
    total = draw(st.integers(0, 3) | st.integers(0, 300))
    bme = draw(st.integers(0, total))
    of_people: st.SearchStrategy[Goal | str | int] = st.just(NOT_NEEDED) | st.integers(0, 400)
    of_shares = st.just(Goal(GoalForm.MAINTAIN)) | st.integers(0, 10_000).map(
        lambda n: f"{n / 10_000:.4f}"
    )
    goal = draw(of_people | of_shares if total else of_people)
    scope = draw(st.sampled_from([question.scope for question in QUESTIONS]))
    covers = draw(st.sampled_from([("ZZ001",), ("ZZ001", "ZZ002")]))
    return target(goal, starts=starts, bme=bme, total=total, scope=scope, covers=covers)


@st.composite
def held_of_trusts(draw: st.DrawFn) -> Holdings:
    """Draw a trust with a predecessor, boards, missing censuses and targets."""
    family = draw(st.sampled_from([lineage(), BOTH]))
    returns = []
    boards = []
    for code in ("ZZ001", "ZZ002"):
        for year in draw(st.sets(st.integers(2017, 2025), max_size=9)):
            if code == "ZZ002" and year > 2024:
                continue
            sizes = {CLINICAL_8A: 300, CLINICAL_5: 3000, CONSULTANT: 40, TRAINEE: 90}
            headcounts = {pair: draw(counts(largest)) for pair, largest in sizes.items()}
            is_signed = draw(st.booleans())
            returns.append(sent(year, headcounts, by=code, is_signed=is_signed))
            if draw(st.booleans()):
                boards.append(seated(year, {(True, True): draw(counts(20))}, by=code))
    return holdings(
        *returns,
        *boards,
        of=family,
        targets=draw(st.lists(aims(), max_size=4, unique_by=lambda aim: aim.id)),
        continuity=draw(st.sampled_from(Continuity)),
    )


def parts(value: object) -> Iterator[object]:
    """Yield every value class inside an answer."""
    if isinstance(value, tuple):
        for part in value:
            yield from parts(part)
    elif is_dataclass(value) and not isinstance(value, type):
        yield value
        for field in fields(value):
            yield from parts(getattr(value, field.name))


def numbers(answer: Progress) -> Iterator[tuple[str, float]]:
    for part in parts(answer):
        for field in fields(part):  # type: ignore[arg-type]
            value = getattr(part, field.name)
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                yield field.name, value


@GENERATED
@given(held_of_trusts(), st.integers(1, 30))
def test_every_number_is_one_and_counts_are_never_negative(held: Holdings, horizon: int) -> None:
    for answer in assess(held, QUESTIONS, replace(SETTINGS, horizon=horizon)):
        for name, value in numbers(answer):
            assert isfinite(value), name
            if name in {"bme", "white", "unknown", "total", "headcount", "revision", "censuses"}:
                assert value >= 0, name
            if name in {"median", "probability", "probability_closing", "unknown_share"}:
                assert 0 <= value <= 1, name


@GENERATED
@given(held_of_trusts())
def test_every_null_has_its_reason_and_nothing_else_has_one(held: Holdings) -> None:
    for answer in assess(held, QUESTIONS, SETTINGS):
        for part in parts(answer):
            assert_reasons(part)


@GENERATED
@given(held_of_trusts())
def test_a_closing_target_has_a_verdict_or_a_reason_and_a_current_one_neither(
    held: Holdings,
) -> None:
    for question, answer in zip(QUESTIONS, assess(held, QUESTIONS, SETTINGS), strict=True):
        last = answer.actuals[-1].year if answer.actuals else 0
        ending = [aim for aim in held.targets
                  if (aim.scope, aim.cycle.ends) == (question.scope, last)]  # fmt: skip
        closing, current = answer.closing_target, answer.current_target

        assert ([closing.id] if closing else []) == [aim.id for aim in ending]
        if closing is not None:
            assert (closing.verdict is None) is (closing.verdict_reason is not None)
        if current is not None:
            assert (current.verdict, current.verdict_reason) == (None, None)


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


def assert_reasons(part: object) -> None:
    names = [field.name for field in fields(part)]  # type: ignore[arg-type]
    for name in names:
        value, reason = getattr(part, name), f"{name}_reason"
        if name.endswith("_reason"):
            assert name.removesuffix("_reason") in names, name
        elif isinstance(part, TargetFigure) and name == "verdict":
            assert value is None or part.verdict_reason is None
        elif reason in names:
            assert (value is None) is (getattr(part, reason) is not None), name
        elif value is None:
            assert is_explained(part, name), name
        elif isinstance(part, Parity | OtherOutlook):
            assert not is_explained(part, name), name


@GENERATED
@given(held_of_trusts())
def test_several_questions_are_answered_like_each_of_them(held: Holdings) -> None:
    together = assess(held, QUESTIONS, SETTINGS)

    assert together == [one(held, question) for question in QUESTIONS]


@GENERATED
@given(held_of_trusts())
def test_counts_of_a_census_are_its_parts_and_each_trust_is_counted_once(held: Holdings) -> None:
    for year, joined in held.staff.censuses.items():
        covers = [code for part in joined.actuals for code in part.actuals.covers]

        assert len(covers) == len(set(covers))
        assert {part.year for part in joined.actuals} == {year}
    for told in one(held).actuals:
        assert told.white + told.bme + told.unknown == told.total
        if told.interval_95 is not None and told.share is not None:
            assert told.interval_95.lower <= told.share <= told.interval_95.upper


# The instant that an answer names.


def at(days: int) -> datetime:
    return NOW + timedelta(days=days)


def submitted(scope: Scope, on: datetime) -> Target:
    aim = target("0.1800", scope=scope)
    return replace(aim, version=replace(aim.version, submitted=Record(on, Author("test"))))


BOARD = Scope(Measure.BOARD)
CHANGES = Changes(entry=at(9), lineage=at(1), staff=at(2), boards=at(3))


@pytest.mark.parametrize(
    ("scope", "changes", "targets", "expected"),
    [
        pytest.param(LEADERSHIP, Changes(), [], BEFORE_ALL, id="nothing"),
        pytest.param(LEADERSHIP, Changes(entry=at(9)), [], at(9), id="an entry only"),
        pytest.param(LEADERSHIP, CHANGES, [], at(2), id="headcounts, not the entry or boards"),
        pytest.param(BOARD, CHANGES, [], at(3), id="a board"),
        pytest.param(BOARD, replace(CHANGES, staff=at(4)), [], at(4), id="what a board is beside"),
        pytest.param(BOARD, replace(CHANGES, lineage=at(5)), [], at(5), id="a merger"),
        pytest.param(
            LEADERSHIP,
            CHANGES,
            [submitted(LEADERSHIP, at(6)), submitted(BOARD, at(7))],
            at(6),
            id="a target of the scope",
        ),
        pytest.param(
            LEADERSHIP,
            Changes(entry=at(9)),
            [submitted(LEADERSHIP, at(6)), submitted(LEADERSHIP, at(5))],
            at(6),
            id="the newest of targets",
        ),
        pytest.param(
            LEADERSHIP, CHANGES, [submitted(LEADERSHIP, at(0))], at(2), id="an older target"
        ),
    ],
)
def test_without_an_instant_an_answer_is_as_of_the_newest_change_that_it_depends_on(
    scope: Scope, changes: Changes, targets: list[Target], expected: datetime
) -> None:
    held = replace(holdings(targets=targets), changes=changes)

    (told,) = assess(held, [Question(scope, None)], replace(SETTINGS, as_of=None))

    assert held.changed_at(scope) == told.as_of == expected


def test_an_instant_that_is_asked_for_is_named() -> None:
    held = replace(holdings(), changes=CHANGES)

    (told,) = assess(held, [OWN_WORKFORCE], SETTINGS)

    assert told.as_of == NOW


def test_a_target_that_is_not_submitted_changes_nothing() -> None:
    aim = target("0.1800")
    draft = replace(aim, version=replace(aim.version, submitted=None))

    assert holdings(targets=[draft]).changed_at(LEADERSHIP) == BEFORE_ALL


def test_no_question_has_no_answer() -> None:
    assert assess(worked_example(), [], SETTINGS) == []
