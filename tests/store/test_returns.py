"""What all trusts have sent for a census and set for a cycle, as of an instant."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert
from sqlmodel import Session

from app.domain.bands import StaffGroup
from app.domain.callers import COMMAND_LINE
from app.domain.censuses import Census, Cycle
from app.domain.codes import TargetState
from app.domain.measures import Measure
from app.domain.organisations import Kind, Organisation
from app.domain.return_facts import SeenTarget, SentActuals, SentRevision
from app.services.register import add_organisations
from app.store import censuses, returns
from app.store.rows import (
    ActionPlanRow,
    ActualsCoverRow,
    ActualsRevisionRow,
    BoardRevisionRow,
    IndicatorRevisionRow,
    SignOffRow,
    TargetMoveRow,
    TargetRow,
    TargetVersionRow,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

OLD = Cycle("2022-2025", 2022, 2025, 2028, "A Model Employer")
NEW = Cycle("2025-2028", 2025, 2028, 2028, "A Model Employer")


def at(hours: int) -> datetime:
    """Return an instant of the test."""
    return NOON + timedelta(hours=hours)


class Books:
    """What trusts have sent and set, hour by hour."""

    def __init__(self, session: Session) -> None:
        self._session = session
        trusts = [Organisation(f"ZZ00{number}", Kind.TRUST) for number in range(1, 4)]
        add_organisations(session, trusts, by=COMMAND_LINE, now=at(-1))
        years = [Census(year, date(year, 4, 1)) for year in (2024, 2025)]
        censuses.add_missing(session, years)
        censuses.add_missing_cycles(session, [OLD, NEW])

    def actuals(
        self, code: str, hour: int, *covers: str, year: int = 2025, revision: int = 1
    ) -> None:
        """Let a trust send headcounts."""
        key = self._revise(ActualsRevisionRow, code, hour, year, revision)
        for covered in covers or (code,):
            self._add(ActualsCoverRow, key | {"covered": covered})

    def board(self, code: str, hour: int, *, year: int = 2025, revision: int = 1) -> None:
        """Let a trust send its board."""
        self._revise(BoardRevisionRow, code, hour, year, revision)

    def indicators(self, code: str, hour: int, *, revision: int = 1) -> None:
        """Let a trust send indicators for 2025."""
        self._revise(IndicatorRevisionRow, code, hour, 2025, revision)

    def signed(self, code: str, hour: int, *, revision: int = 1) -> None:
        """Let a board approve the actuals of 2025."""
        key = {"ods_code": code, "year": 2025, "revision": revision}
        approval = {"board_date": date(2025, 7, 24), "lead_role": "Chair"}
        self._add(SignOffRow, key | approval | _recorded(hour))

    def target(
        self,
        code: str,
        *moves: tuple[int, int, str],
        cycle: Cycle = NEW,
        measure: str = "leadership",
        staff_group: str | None = None,
    ) -> None:
        """Let a target live through moves: version, hour and state."""
        key: dict[str, object] = {"ods_code": code, "target_id": f"{measure}-{cycle.code}"}
        head = {"cycle": cycle.code, "measure": measure, "staff_group": staff_group}
        self._add(TargetRow, key | head)
        ordinals: dict[int, int] = {}
        for version, hour, state in moves:
            numbered = key | {"version": version, "edit": 1}
            if version not in ordinals:
                goal = {"form": "maintain", "rounding": "half_up", "provenance": "national"}
                self._add(TargetVersionRow, numbered | goal | _recorded(hour))
            ordinals[version] = ordinals.get(version, -1) + 1
            move = {"ordinal": ordinals[version], "state": state}
            self._add(TargetMoveRow, numbered | move | _recorded(hour))

    def plan(self, code: str, hour: int, *, revision: int = 1, cycle: Cycle = NEW) -> None:
        """Let a trust store an action plan."""
        key = {"ods_code": code, "cycle": cycle.code, "revision": revision}
        self._add(ActionPlanRow, key | _recorded(hour))

    def _revise(
        self, table: type, code: str, hour: int, year: int, revision: int
    ) -> dict[str, object]:
        key: dict[str, object] = {"ods_code": code, "year": year, "revision": revision}
        self._add(table, key | {"source": "A test", "reason": "Corrected"} | _recorded(hour))
        return key

    def _add(self, table: type, values: dict[str, object]) -> None:
        self._session.execute(insert(table).values(values))


def _recorded(hour: int) -> dict[str, object]:
    return {"recorded_at": at(hour), "recorded_by": "a test"}


@pytest.fixture
def books(session: Session) -> Books:
    return Books(session)


def test_the_newest_revision_of_each_trust_counts(session: Session, books: Books) -> None:
    books.actuals("ZZ001", 0, "ZZ001", "ZZ003")
    books.actuals("ZZ001", 2, revision=2)
    books.actuals("ZZ002", 1, "ZZ002", "ZZ003")
    books.actuals("ZZ003", 1, year=2024)

    assert returns.list_actuals(session, 2025) == {
        "ZZ001": SentActuals("ZZ001", 2, ("ZZ001",), at(2)),
        "ZZ002": SentActuals("ZZ002", 1, ("ZZ002", "ZZ003"), at(1)),
    }


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        (-1, {}),
        (0, {"ZZ001": SentActuals("ZZ001", 1, ("ZZ001", "ZZ003"), at(0))}),
        (1, {"ZZ001": SentActuals("ZZ001", 1, ("ZZ001", "ZZ003"), at(0), at(1))}),
        (2, {"ZZ001": SentActuals("ZZ001", 2, ("ZZ001",), at(2))}),
        (3, {"ZZ001": SentActuals("ZZ001", 2, ("ZZ001",), at(2), at(3))}),
    ],
)
def test_actuals_are_those_that_were_known_at_an_instant(
    *, session: Session, books: Books, hour: int, expected: dict[str, SentActuals]
) -> None:
    books.actuals("ZZ001", 0, "ZZ001", "ZZ003")
    books.signed("ZZ001", 1)
    books.actuals("ZZ001", 2, revision=2)
    books.signed("ZZ001", 3, revision=2)

    assert returns.list_actuals(session, 2025, as_of=at(hour)) == expected


def test_the_newest_board_of_each_trust_counts(session: Session, books: Books) -> None:
    books.board("ZZ001", 0)
    books.board("ZZ001", 2, revision=2)
    books.board("ZZ002", 1)
    books.board("ZZ003", 1, year=2024)

    assert returns.list_boards(session, 2025, as_of=at(0)) == {"ZZ001": SentRevision(1, at(0))}
    assert returns.list_boards(session, 2025) == {
        "ZZ001": SentRevision(2, at(2)),
        "ZZ002": SentRevision(1, at(1)),
    }


def test_the_newest_indicators_of_each_trust_count(session: Session, books: Books) -> None:
    books.indicators("ZZ001", 0)
    books.indicators("ZZ001", 2, revision=2)

    assert returns.list_indicators(session, 2024) == {}
    assert returns.list_indicators(session, 2025) == {"ZZ001": SentRevision(2, at(2))}
    assert returns.list_indicators(session, 2025, as_of=at(1)) == {"ZZ001": SentRevision(1, at(0))}


REVISED = ((1, 0, "draft"), (1, 1, "submitted"), (1, 2, "returned"), (2, 3, "draft"))
"""A target that was returned, and is being drafted anew."""

REPLACED = (*REVISED, (2, 5, "submitted"), (1, 5, "superseded"))
"""The same, when the new version is in force."""


@pytest.mark.parametrize(
    ("hour", "version", "state", "submitted", "changed"),
    [
        (0, 1, TargetState.DRAFT, None, 0),
        (1, 1, TargetState.SUBMITTED, 1, 1),
        (2, 1, TargetState.RETURNED, 1, 2),
        (4, 1, TargetState.RETURNED, 1, 3),
        (5, 2, TargetState.SUBMITTED, 5, 5),
    ],
)
def test_a_target_stands_in_the_version_in_force_else_in_the_newest(
    *,
    session: Session,
    books: Books,
    hour: int,
    version: int,
    state: TargetState,
    submitted: int | None,
    changed: int,
) -> None:
    books.target("ZZ001", *REPLACED)

    assert returns.list_targets(session, [NEW], as_of=at(hour)) == {
        "ZZ001": (
            SeenTarget(
                "leadership-2025-2028",
                Measure.LEADERSHIP,
                None,
                NEW,
                version,
                state,
                None if submitted is None else at(submitted),
                at(changed),
            ),
        )
    }


def test_a_target_that_was_withdrawn_keeps_when_it_was_submitted(
    session: Session, books: Books
) -> None:
    books.target("ZZ001", (1, 0, "draft"), (1, 1, "submitted"), (1, 2, "withdrawn"))

    (one,) = returns.list_targets(session, [NEW])["ZZ001"]

    assert (one.state, one.submitted_at) == (TargetState.WITHDRAWN, at(1))


def test_targets_are_of_the_cycles_that_are_asked_for(session: Session, books: Books) -> None:
    submitted = ((1, 0, "draft"), (1, 1, "submitted"))
    books.target("ZZ001", *submitted, cycle=OLD)
    books.target("ZZ001", *submitted, measure="band_8a", staff_group="clinical")
    books.target("ZZ002", *submitted)

    both = returns.list_targets(session, [OLD, NEW])
    new = returns.list_targets(session, [NEW])

    assert {code: {one.id for one in seen} for code, seen in both.items()} == {
        "ZZ001": {"leadership-2022-2025", "band_8a-2025-2028"},
        "ZZ002": {"leadership-2025-2028"},
    }
    assert {code: [one.staff_group for one in seen] for code, seen in new.items()} == {
        "ZZ001": [StaffGroup.CLINICAL],
        "ZZ002": [None],
    }
    assert returns.list_targets(session, []) == {}
    assert returns.list_targets(session, [NEW], as_of=at(-1)) == {}


def test_plans_change_with_each_revision(session: Session, books: Books) -> None:
    books.plan("ZZ001", 0)
    books.plan("ZZ001", 2, revision=2)
    books.plan("ZZ002", 1)
    books.plan("ZZ003", 1, cycle=OLD)

    assert returns.list_plan_changes(session, NEW.code, as_of=at(1)) == {
        "ZZ001": at(0),
        "ZZ002": at(1),
    }
    assert returns.list_plan_changes(session, NEW.code) == {"ZZ001": at(2), "ZZ002": at(1)}


def test_the_register_changes_with_its_newest_entry(session: Session, books: Books) -> None:
    assert books
    assert returns.find_register_change(session) == at(-1)


def test_an_empty_register_has_never_changed(session: Session) -> None:
    assert returns.find_register_change(session) is None
