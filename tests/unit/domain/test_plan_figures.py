"""The figures of a review, against the worked example of the method and exact fractions."""

from dataclasses import replace
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bands import StaffGroup
from app.domain.codes import Caution, Position, Reason, TargetState, WarningCode
from app.domain.holdings import Holdings
from app.domain.measures import Measure, Scope
from app.domain.methods import METHOD_1
from app.domain.plan_figures import (
    CensusFigure,
    PathFigure,
    ReviewFigures,
    TargetFigures,
    take_figures,
)
from app.domain.progress import SharePeople, Source
from app.domain.target_moves import Move
from app.domain.targets import Target
from tests.unit.domain.answers import BOTH, NOT_NEEDED
from tests.unit.domain.given import (
    RECORD,
    holdings,
    people,
    seated,
    sent,
    target,
    team,
    worked_example,
)

AIM = target("0.1800")

AT_2024 = CensusFigure(
    year=2024,
    revision=1,
    sources=None,
    bme=69,
    total=452,
    share=69 / 452,
    share_reason=None,
    share_of_known=69 / 445,
    share_of_known_reason=None,
    unknown_share=7 / 452,
    unknown_share_reason=None,
)

WHOLE = TargetFigures(
    target_id="leadership-2022-2025",
    version=1,
    state=TargetState.SUBMITTED,
    measure=Measure.LEADERSHIP,
    staff_group=None,
    census=AT_2024,
    census_reason=None,
    required=PathFigure(float(Fraction(47, 431) / 3 + Fraction(18, 100) * 2 / 3), 71),
    required_reason=None,
    to_path=SharePeople(
        float(Fraction(47, 431) / 3 + Fraction(18, 100) * 2 / 3 - Fraction(69, 452)), 2
    ),
    to_path_reason=None,
    to_goal=SharePeople(float(Fraction(18, 100) - Fraction(69, 452)), 13),
    to_goal_reason=None,
    position=Position.BEHIND,
    position_reason=None,
)


def told(held: Holdings, *targets: Target) -> tuple[TargetFigures, ...]:
    return take_figures(held, [one.id for one in targets], RECORD, METHOD_1).targets


def unsaid(why: Reason, **changes: object) -> TargetFigures:
    """Return figures of a target whose position cannot be said."""
    parts = dict.fromkeys(("required", "to_path", "to_goal", "position"))
    reasons = {f"{part}_reason": why for part in parts}
    return replace(WHOLE, **parts, **reasons, **changes)  # type: ignore[arg-type] # any members


def drafted(aim: Target) -> Target:
    """Return a target that is not in force."""
    return replace(aim, version=replace(aim.version, moves=(Move(TargetState.DRAFT, RECORD),)))


def test_figures_are_those_of_the_newest_census() -> None:
    found = take_figures(worked_example(AIM), [AIM.id], RECORD, METHOD_1)

    assert found == ReviewFigures(RECORD, "1", (WHOLE,))


def test_only_the_targets_of_the_plan_are_told_in_order() -> None:
    board = target("0.3000", scope=Scope(Measure.BOARD), bme=2, total=12)
    narrowed = target(
        "0.2000", scope=Scope(Measure.LEADERSHIP, StaffGroup.CLINICAL), bme=47, total=431
    )
    workforce = target("0.3000", scope=Scope(Measure.WORKFORCE), bme=1110, total=5480)
    held = worked_example(AIM, board, narrowed, workforce)

    found = told(held, narrowed, board)

    assert [(one.target_id, one.measure, one.staff_group) for one in found] == [
        ("board-2022-2025", Measure.BOARD, None),
        ("leadership-clinical-2022-2025", Measure.LEADERSHIP, StaffGroup.CLINICAL),
    ]


def test_a_plan_without_targets_has_no_figures() -> None:
    assert told(worked_example(AIM)) == ()


def test_a_target_of_another_cycle_does_not_take_the_place_of_the_plans_own() -> None:
    old = target("0.1100", starts=2019, bme=31, total=402)

    found = told(worked_example(old, AIM), old)

    assert [(one.target_id, one.required, one.to_goal, one.position) for one in found] == [
        (
            "leadership-2019-2022",
            PathFigure(0.11, ceil(Fraction(11, 100) * 452)),
            SharePeople(float(Fraction(11, 100) - Fraction(69, 452)), 0),
            Position.MET,
        )
    ]


def test_a_target_whose_cycle_has_not_begun_has_no_path_yet() -> None:
    ahead = target("0.2000", starts=2025, bme=80, total=460)

    (found,) = told(worked_example(ahead), ahead)

    assert found == replace(
        unsaid(Reason.NOT_IN_TARGET_CYCLE),
        target_id="leadership-2025-2028",
        to_goal=SharePeople(float(Fraction(2, 10) - Fraction(69, 452)), 22),
        to_goal_reason=None,
    )


def test_without_a_census_the_reason_stands_in_the_place_of_figures() -> None:
    none = Reason.NO_ACTUALS

    assert told(holdings(targets=[AIM]), AIM) == (unsaid(none, census=None, census_reason=none),)


def test_without_a_target_in_force_the_people_are_told_all_the_same() -> None:
    draft = drafted(AIM)

    assert told(worked_example(draft), draft) == (
        unsaid(Reason.NO_TARGET, state=TargetState.DRAFT),
    )


def test_a_target_that_is_not_needed_has_no_goal() -> None:
    rest = target(NOT_NEEDED)

    assert told(worked_example(rest), rest) == (unsaid(Reason.NO_TARGET_NEEDED),)


def test_nobody_in_the_group_is_no_share() -> None:
    aim = target(3, bme=0, total=0)
    held = holdings(sent(2024, team(people(0, 0), people(20, 100))), targets=[aim])

    nobody = CensusFigure(2024, 1, None, 0, 0, *(None, Reason.NO_PEOPLE) * 3)
    assert told(held, aim) == (unsaid(Reason.NO_PEOPLE, census=nobody),)


def test_a_merger_since_the_baseline_leaves_no_position() -> None:
    aim = target("0.3000", bme=10, total=100, workforce=(210, 1000))
    held = holdings(
        sent(2024, team(people(12, 100), people(200, 900))),
        sent(2024, team(people(30, 100), people(50, 400)), by="ZZ002", revision=2),
        of=BOTH,
        targets=[aim],
    )

    both = (Source("ZZ001", 1), Source("ZZ002", 2))
    census = CensusFigure(2024, 1, both, 42, 200, 0.21, None, 0.21, None, 0.0, None)
    assert told(held, aim) == (unsaid(Reason.PERIMETER_CHANGED, census=census),)


def test_the_board_is_counted_in_board_members() -> None:
    aim = target(4, scope=Scope(Measure.BOARD), bme=2, total=12)
    held = holdings(
        sent(2023, team(people(50, 400), people(900, 4000))),
        seated(2023, {(True, True): people(3, 8), (True, False): people(0, 4)}, revision=5),
        targets=[aim],
    )

    (found,) = told(held, aim)

    assert found.census == CensusFigure(2023, 5, None, 3, 12, 0.25, None, 0.25, None, 0.0, None)
    assert found.required == PathFigure(0.25, 3)
    assert (found.to_path, found.position) == (SharePeople(0, 0), Position.ON_PATH)
    assert found.to_goal == SharePeople(float(Fraction(1, 12)), 1)


@given(
    bme=st.integers(0, 200),
    others=st.integers(0, 300),
    year=st.integers(2022, 2027),
    goal=st.integers(1_000, 10_000),
)
def test_people_and_shares_of_a_review_agree_with_each_other(
    *, bme: int, others: int, year: int, goal: int
) -> None:
    aim = target(f"{goal / 10_000:.4f}", bme=1, total=20)
    total = bme + others
    held = holdings(sent(year, team(people(bme, total), people(20, 100))), targets=[aim])

    (found,) = told(held, aim)

    if not total:
        assert found.position_reason is Reason.NO_PEOPLE
        return
    assert found.required is not None
    assert found.to_path is not None
    assert found.to_goal is not None
    share = Fraction(1, 20) + (Fraction(goal, 10_000) - Fraction(1, 20)) * min(year - 2022, 3) / 3
    assert found.required == PathFigure(float(share), ceil(share * total))
    assert found.to_path.people == max(0, ceil(share * total) - bme)
    assert found.to_goal.people == max(0, ceil(Fraction(goal, 10_000) * total) - bme)
    assert (found.position is Position.BEHIND) is (found.to_path.people > 0)


@pytest.mark.parametrize(
    ("unknown_share", "share"), [(None, None), (4 / 40, None), (0.123, "12.3%")]
)
def test_much_unknown_ethnicity_comes_with_a_warning(
    unknown_share: float | None, share: str | None
) -> None:
    figures = replace(WHOLE, census=replace(AT_2024, unknown_share=unknown_share))

    detail = (
        f"The ethnicity of {share} of the people was not known at the census of 2024; unknown is"
        " not “not BME”."
    )
    warning = Caution(WarningCode.UNKNOWN_ETHNICITY, detail)
    assert figures.warnings == ((warning,) if share else ())
    assert replace(WHOLE, census=None).warnings == ()
