"""The ledger: instants follow the order of commits, and never repeat."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session, col

from app.domain.changes import Change, ChangeKind
from app.store import ledger
from app.store.engine import reading, writing
from app.store.rows import LedgerRow
from tests.origins import ORIGIN

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
TICK = timedelta(microseconds=1)
CHANGE = Change(ChangeKind.ACTUALS, "ZZ901", "2024")

WRITERS, CHANGES = 4, 10


def held(engine: Engine) -> tuple[int, datetime]:
    """Return how many changes there were, and the instant of the last one."""
    with reading(engine) as session:
        row = session.execute(select(col(LedgerRow.changes), col(LedgerRow.changed_at))).one()
    return row.changes, row.changed_at


@pytest.mark.parametrize(
    ("clocks", "instants"),
    [
        pytest.param([AT], [AT], id="the first"),
        pytest.param([AT, AT + TICK], [AT, AT + TICK], id="a clock that goes on"),
        pytest.param([AT, AT, AT], [AT, AT + TICK, AT + 2 * TICK], id="a clock that stands"),
        pytest.param(
            [AT, AT - timedelta(hours=1), AT + timedelta(hours=1)],
            [AT, AT + TICK, AT + timedelta(hours=1)],
            id="a clock that is put back",
        ),
    ],
)
def test_an_instant_is_now_or_just_after_the_one_before(
    engine: Engine, clocks: list[datetime], instants: list[datetime]
) -> None:
    before, _ = held(engine)
    found = []
    for now in clocks:
        with writing(engine, ORIGIN) as session:
            found.append(ledger.stamp(session, now, CHANGE))

    assert found == instants
    assert held(engine) == (before + len(clocks), instants[-1])


def test_changes_of_one_transaction_have_instants_of_their_own(session: Session) -> None:
    assert [ledger.stamp(session, AT, CHANGE) for _ in range(3)] == [AT, AT + TICK, AT + 2 * TICK]


def test_a_change_that_is_rolled_back_leaves_no_trace(engine: Engine) -> None:
    before = held(engine)

    with suppress(RuntimeError), writing(engine, ORIGIN) as session:
        ledger.stamp(session, AT, CHANGE)
        raise RuntimeError

    assert held(engine) == before
    with writing(engine, ORIGIN) as session:
        assert ledger.stamp(session, AT, CHANGE) == AT


def test_a_turn_is_no_change(engine: Engine) -> None:
    before = held(engine)

    with writing(engine, ORIGIN) as session:
        ledger.take_turn(session)

    assert held(engine) == before


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(ledger.take_turn, id="took its turn"),
        pytest.param(lambda session: ledger.stamp(session, AT, CHANGE), id="took its instant"),
    ],
)
@pytest.mark.parametrize(
    "second",
    [
        pytest.param(ledger.take_turn, id="waits for its turn"),
        pytest.param(
            lambda session: ledger.stamp(session, AT, CHANGE), id="waits for its instant"
        ),
    ],
)
def test_a_change_waits_for_the_one_that_is_under_way(
    engine: Engine, first: Callable[[Session], object], second: Callable[[Session], object]
) -> None:
    order: list[str] = []

    def change() -> None:
        with writing(engine, ORIGIN) as session:
            second(session)
            order.append("second")

    thread = Thread(target=change)
    with writing(engine, ORIGIN) as session:
        first(session)
        thread.start()
        thread.join(timeout=0.2)
        order.append("first")
    thread.join()

    assert order == ["first", "second"]


def test_instants_follow_the_order_of_commits_and_never_repeat(engine: Engine) -> None:
    before, _ = held(engine)
    taken: list[datetime] = []

    def change() -> None:
        for _ in range(CHANGES):
            with writing(engine, ORIGIN) as session:
                at = ledger.stamp(session, AT, CHANGE)
                # Nobody else takes an instant before this one is committed.
                taken.append(at)

    threads = [Thread(target=change) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert taken == [AT + n * TICK for n in range(WRITERS * CHANGES)]
    assert held(engine) == (before + len(taken), taken[-1])
