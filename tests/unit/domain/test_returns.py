from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bands import StaffGroup
from app.domain.censuses import Census, Cycle, Extension
from app.domain.codes import ActualsState, Reason, ReturnStatus, TargetState
from app.domain.measures import Measure
from app.domain.organisations import Kind, Organisation
from app.domain.plans import PlanSummary
from app.domain.return_facts import Held, SeenPlan, SeenTarget, SentActuals, SentRevision
from app.domain.returns import (
    ActualsReturn,
    PlanCounts,
    PlanReturn,
    ReturnCounts,
    TrustReturn,
    choose_cycles,
    count_returns,
    find_returns,
)
from tests.unit.domain.given import cycle

OPENS, DUE, DAY = date(2025, 4, 1), date(2025, 6, 30), date(2025, 7, 14)

CENSUS = Census(2025, OPENS, DUE, extensions=(Extension("ZZ002", date(2025, 7, 31), "Merging"),))

AT = datetime(2025, 5, 2, 9, tzinfo=UTC)

LATER = AT + timedelta(days=30)

OLD, NEW = cycle(2022), cycle(2025)


def sent(ods_code: str = "ZZ001", *covers: str, signed_at: datetime | None = None) -> SentActuals:
    return SentActuals(ods_code, 1, covers or (ods_code,), AT, signed_at)


def target(
    state: TargetState = TargetState.SUBMITTED,
    *,
    measure: Measure = Measure.LEADERSHIP,
    staff_group: StaffGroup | None = None,
    of: Cycle = NEW,
) -> SeenTarget:
    submitted = None if state is TargetState.DRAFT else AT
    return SeenTarget(f"{measure}-{of.code}", measure, staff_group, of, 1, state, submitted, AT)


def plan(*reviews: int) -> SeenPlan:
    return SeenPlan(PlanSummary(1, None, reviews, 4), LATER)


def held(
    actuals: Sequence[SentActuals] = (),
    *,
    cycles: Sequence[Cycle] = (OLD, NEW),
    targets: Mapping[str, Sequence[SeenTarget]] | None = None,
    plans: Mapping[str, SeenPlan] | None = None,
) -> Held:
    newest = {cycles[-1].code: plans or {}} if cycles else {}
    return Held({one.ods_code: one for one in actuals}, {}, {}, cycles, targets or {}, newest)


def found(
    codes: Sequence[str], of: Held, *, census: Census = CENSUS, day: date = DAY
) -> list[TrustReturn]:
    return find_returns((Organisation(code, Kind.TRUST) for code in codes), census, of, day)


def actuals(of: SentActuals | None = None, *, due: date | None = DUE, on: date) -> ActualsReturn:
    return ActualsReturn("ZZ001", of, OPENS, due, on)


@pytest.mark.parametrize(
    ("one", "status", "days_overdue", "days_left"),
    [
        pytest.param(
            actuals(on=date(2025, 3, 31)),
            *(ReturnStatus.NOT_OPEN, Reason.NOT_DUE_YET, 91),
            id="before it opens",
        ),
        pytest.param(
            actuals(on=OPENS),
            *(ReturnStatus.AWAITED, Reason.NOT_DUE_YET, 90),
            id="on the day it opens",
        ),
        pytest.param(
            actuals(on=DUE),
            *(ReturnStatus.AWAITED, Reason.NOT_DUE_YET, 0),
            id="on the last day",
        ),
        pytest.param(
            actuals(on=date(2025, 7, 1)),
            *(ReturnStatus.OVERDUE, 1, Reason.DUE_DATE_PASSED),
            id="on the day after",
        ),
        pytest.param(
            actuals(due=None, on=DAY),
            *(ReturnStatus.AWAITED, Reason.NO_DUE_DATE, Reason.NO_DUE_DATE),
            id="without a due date",
        ),
        pytest.param(
            actuals(due=None, on=date(2025, 3, 31)),
            *(ReturnStatus.NOT_OPEN, Reason.NO_DUE_DATE, Reason.NO_DUE_DATE),
            id="without a due date before it opens",
        ),
        pytest.param(
            actuals(sent(), on=DAY),
            *(ReturnStatus.SENT_PROVISIONAL, Reason.ALREADY_SENT, Reason.ALREADY_SENT),
            id="sent",
        ),
        pytest.param(
            actuals(sent(signed_at=LATER), on=DAY),
            *(ReturnStatus.SIGNED_OFF, Reason.ALREADY_SENT, Reason.ALREADY_SENT),
            id="signed off",
        ),
        pytest.param(
            actuals(sent("ZZ009", "ZZ001", signed_at=LATER), on=DAY),
            *(ReturnStatus.COVERED, Reason.ALREADY_SENT, Reason.ALREADY_SENT),
            id="covered",
        ),
    ],
)
def test_actuals_stand_by_the_dates_of_the_census(
    *, one: ActualsReturn, status: ReturnStatus, days_overdue: object, days_left: object
) -> None:
    assert (one.status, one.days_overdue, one.days_left) == (status, days_overdue, days_left)


@given(st.integers(-400, 400))
def test_a_return_is_either_overdue_or_has_days_left(days: int) -> None:
    one = actuals(on=DUE + timedelta(days=days))

    assert one.days_overdue == (days if days > 0 else Reason.NOT_DUE_YET)
    assert one.days_left == (-days if days <= 0 else Reason.DUE_DATE_PASSED)
    assert (one.status is ReturnStatus.OVERDUE) == isinstance(one.days_overdue, int)


def test_a_return_covers_the_trusts_that_it_counts() -> None:
    merged = sent("ZZ009", "ZZ001", "ZZ002")
    own = sent("ZZ002")

    rows = {one.trust.ods_code: one for one in found(("ZZ001", "ZZ002"), held([merged, own]))}

    assert rows["ZZ001"].actuals.sent == merged
    assert rows["ZZ001"].actuals.covered_by == "ZZ009"
    assert rows["ZZ002"].actuals.sent == own
    assert rows["ZZ002"].actuals.covered_by is None


def test_an_extension_gives_one_trust_more_time() -> None:
    first, second = found(("ZZ001", "ZZ002"), held())

    assert (first.actuals.due, first.actuals.days_overdue) == (DUE, 14)
    assert (second.actuals.due, second.actuals.days_left) == (date(2025, 7, 31), 17)
    assert (first.is_overdue, second.is_overdue) == (True, False)


def test_overdue_returns_come_first_the_longest_overdue_first_of_all() -> None:
    extensions = tuple(
        Extension(code, due, "Late")
        for code, due in (
            ("ZZ005", date(2025, 7, 12)),
            ("ZZ006", date(2025, 7, 1)),
            ("ZZ004", date(2025, 7, 31)),
        )
    )
    codes = tuple(f"ZZ{number:03}" for number in range(1, 9))

    rows = found(
        codes,
        held([sent("ZZ001"), sent("ZZ002", signed_at=LATER), sent("ZZ003", "ZZ003", "ZZ008")]),
        census=replace(CENSUS, extensions=extensions),
    )

    assert [one.trust.ods_code for one in rows] == [
        *("ZZ007", "ZZ006", "ZZ005"),
        "ZZ004",
        *("ZZ001", "ZZ002", "ZZ003", "ZZ008"),
    ]


@pytest.mark.parametrize(
    ("year", "codes"),
    [
        (2018, []),
        (2019, ["2019-2022"]),
        (2021, ["2019-2022"]),
        (2022, ["2019-2022", "2022-2025"]),
        (2028, ["2025-2028"]),
        (2029, []),
    ],
)
def test_a_census_lies_in_the_cycles_from_baseline_to_goal(year: int, codes: list[str]) -> None:
    known = [cycle(starts) for starts in (2025, 2019, 2022)]

    assert [one.code for one in choose_cycles(known, year)] == codes


def test_targets_stand_by_cycle_and_measure() -> None:
    board, leaders = target(measure=Measure.BOARD), target()
    clinical = target(staff_group=StaffGroup.CLINICAL)
    closing = target(measure=Measure.BOARD, of=OLD)

    (row,) = found(("ZZ001",), held(targets={"ZZ001": [clinical, board, leaders, closing]}))

    assert row.targets == (closing, leaders, clinical, board)


@pytest.mark.parametrize(
    ("state", "reason", "since", "days"),
    [
        (TargetState.DRAFT, Reason.NOT_SUBMITTED, None, None),
        (TargetState.SUBMITTED, None, AT, 73),
        (TargetState.REVIEWED, Reason.ALREADY_REVIEWED, None, None),
        (TargetState.RETURNED, Reason.ALREADY_REVIEWED, None, None),
        (TargetState.SUPERSEDED, Reason.NO_TARGET, None, None),
        (TargetState.WITHDRAWN, Reason.NO_TARGET, None, None),
    ],
)
def test_a_target_waits_from_its_submission_to_its_review(
    *, state: TargetState, reason: Reason | None, since: datetime | None, days: int | None
) -> None:
    one = target(state)

    assert (one.waiting_reason, one.waiting_since, one.days_waiting(DAY)) == (reason, since, days)


def test_nothing_has_waited_for_less_than_no_day() -> None:
    assert target().days_waiting(AT.date() - timedelta(days=1)) == 0


@pytest.mark.parametrize(
    ("cycles", "plans", "reason"),
    [
        ((), {}, Reason.NO_CYCLE),
        ((NEW,), {}, Reason.NO_ACTION_PLAN),
        ((NEW,), {"ZZ001": plan()}, None),
    ],
)
def test_a_plan_that_is_not_there_has_a_reason(
    cycles: Sequence[Cycle], plans: Mapping[str, SeenPlan], reason: Reason | None
) -> None:
    (row,) = found(("ZZ001",), held(cycles=cycles, plans=plans))

    assert (row.plan, row.plan_reason) == (plans.get("ZZ001"), reason)


def test_a_row_changes_with_the_newest_of_its_parts() -> None:
    (empty,) = found(("ZZ001",), held())
    signed = sent(signed_at=LATER)
    parts = (
        (held(), None),
        (held([sent()]), AT),
        (held([signed]), LATER),
        (held(targets={"ZZ001": [target()]}), AT),
        (held([sent()], plans={"ZZ001": plan()}), LATER),
    )

    assert [(found(("ZZ001",), of)[0].changed_at, at) for of, at in parts] == [
        (at, at) for _, at in parts
    ]
    assert replace(empty, board=SentRevision(1, AT)).changed_at == AT
    assert replace(empty, indicators=SentRevision(1, LATER)).changed_at == LATER


def test_the_counts_are_of_trusts_but_for_targets_that_wait() -> None:
    of = held(
        [sent("ZZ001"), sent("ZZ009", "ZZ002", signed_at=LATER), sent("ZZ003")],
        targets={
            "ZZ001": [target(), target(measure=Measure.BOARD)],
            "ZZ002": [target(of=OLD)],
            "ZZ003": [target(TargetState.RETURNED)],
            "ZZ004": [target(TargetState.DRAFT)],
            "ZZ005": [target(TargetState.WITHDRAWN)],
        },
        plans={"ZZ001": plan(), "ZZ002": plan(1), "ZZ003": plan(1, 3)},
    )
    of = replace(of, indicators={"ZZ002": SentRevision(1, AT)})
    rows = found(("ZZ001", "ZZ002", "ZZ003", "ZZ004", "ZZ005"), of)

    assert count_returns(rows, CENSUS, of) == ReturnCounts(
        expected=5,
        sent=3,
        signed_off=1,
        overdue=2,
        with_indicators=1,
        with_targets=2,
        targets_waiting=3,
        plans=3,
        plans_reviewed=2,
        plans_by_cycle=(
            PlanCounts(OLD.code, closing=True, **_reviewed(0, 0, 0)),
            PlanCounts(NEW.code, closing=False, **_reviewed(3, 2, 1)),
        ),
    )


def _reviewed(plans: int, one: int, three: int) -> dict[str, int]:
    return {
        "plans": plans,
        "reviewed_after_one_year": one,
        "reviewed_after_three_years": three,
    }


def test_the_plan_of_the_cycle_that_closes_stands_beside_that_of_the_next() -> None:
    closing, begun = plan(1, 3), plan()
    of = replace(held(), plans={OLD.code: {"ZZ001": closing}, NEW.code: {"ZZ001": begun}})

    (row,) = found(("ZZ001",), of)

    assert row.plans == (PlanReturn(OLD, closing), PlanReturn(NEW, begun))
    assert row.plan == begun
    assert count_returns([row], CENSUS, of).plans_by_cycle == (
        PlanCounts(OLD.code, closing=True, **_reviewed(1, 1, 1)),
        PlanCounts(NEW.code, closing=False, **_reviewed(1, 0, 0)),
    )


def test_actuals_are_provisional_until_they_are_signed_off() -> None:
    assert sent().state is ActualsState.PROVISIONAL
    assert sent(signed_at=LATER).state is ActualsState.SIGNED_OFF
