"""Changes are entered in the order of commits, so that none is skipped and none comes twice."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from app.domain.callers import ANONYMOUS, COMMAND_LINE, Caller, Role
from app.domain.changes import Change, ChangeKind, Entry
from app.services.changes import list_changes
from app.store import ledger
from app.store.engine import reading, writing
from tests.given import Given
from tests.origins import ORIGIN

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)

WRITERS, CHANGES = 4, 25


def kept(session: Session, *, after: int = 0, limit: int = 3) -> Iterator[Entry]:
    """Yield the changes after a number as a keeper of a copy reads them, page by page."""
    has_more = True
    while has_more:
        page = list_changes(session, after=after, limit=limit, caller=COMMAND_LINE)
        yield from page.items
        after, has_more = page.reached, page.has_more


def test_changes_of_one_step_share_its_instant_and_have_numbers_of_their_own(
    engine: Engine,
) -> None:
    first, second = (Change(ChangeKind.ACTUALS, "ZZ901", str(year)) for year in (2023, 2024))
    with writing(engine, ORIGIN) as session:
        ledger.stamp(session, AT, first, second)
        ledger.stamp(session, AT, second)

    with reading(engine) as session:
        found = list(kept(session, limit=1))

    later = AT + timedelta(microseconds=1)
    assert found == [Entry(1, AT, first), Entry(2, AT, second), Entry(3, later, second)]


def test_a_reader_beside_parallel_writers_skips_nothing_and_gets_nothing_twice(
    engine: Engine,
) -> None:
    done = Event()
    seen: list[Entry] = []

    def write(writer: int) -> None:
        for number in range(CHANGES):
            with writing(engine, ORIGIN) as session:
                changes = [
                    Change(ChangeKind.TARGET, f"ZZ{writer:03}", f"{number}-{part}")
                    for part in range(1 + number % 3)
                ]
                ledger.stamp(session, AT, *changes)

    def read() -> None:
        reached, is_last = 0, False
        while not is_last:
            is_last = done.is_set()
            with reading(engine) as session:
                seen.extend(kept(session, after=reached, limit=7))
            reached = seen[-1].number if seen else 0

    reader = Thread(target=read)
    writers = [Thread(target=write, args=[writer]) for writer in range(WRITERS)]
    reader.start()
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join()

    wanted = {
        (f"ZZ{writer:03}", f"{number}-{part}")
        for writer in range(WRITERS)
        for number in range(CHANGES)
        for part in range(1 + number % 3)
    }
    assert [one.number for one in seen] == list(range(1, len(wanted) + 1))
    assert {(one.change.ods_code, one.change.name) for one in seen} == wanted


@pytest.mark.parametrize(
    ("caller", "told"),
    [
        pytest.param(ANONYMOUS, {"ENG", "ZZ901"}, id="anonymous"),
        pytest.param(
            Caller("a", Role.TRUST, frozenset({"RZ1"})), {"ENG", "ZZ901", "RZ1", "RZ0"}, id="trust"
        ),
        pytest.param(
            Caller("b", Role.TRUST_DATA, frozenset({"RZ1"})),
            {"ENG", "ZZ901", "RZ1"},
            id="system of a trust",
        ),
        pytest.param(
            Caller("c", Role.AREA, frozenset({"QMF"})), {"ENG", "ZZ901"}, id="area, of figures"
        ),
        pytest.param(COMMAND_LINE, {"ENG", "ZZ901", "RZ0", "RZ1", "RZ2"}, id="national"),
    ],
)
def test_a_caller_is_told_of_figures_that_it_may_read(
    engine: Engine, caller: Caller, told: set[str]
) -> None:
    Given(engine).register()
    with reading(engine) as session:
        before = ledger.count_changes(session)
    codes = ("ZZ901", "RZ0", "RZ1", "RZ2")
    with writing(engine, ORIGIN) as session:
        ledger.stamp(
            session,
            AT,
            Change(ChangeKind.RELEASE, "ENG", "2024"),
            *(Change(ChangeKind.ACTUALS, code, "2024") for code in codes),
        )

    with reading(engine) as session:
        found = list_changes(session, after=before, limit=9, caller=caller)

    assert {one.change.ods_code for one in found.items} == told
    assert (found.reached, found.has_more) == (before + 5, False)


def test_an_area_is_told_of_the_plans_of_its_trusts(engine: Engine) -> None:
    Given(engine).register()
    with reading(engine) as session:
        before = ledger.count_changes(session)
    plans = [Change(ChangeKind.ACTION_PLAN, code, "2022-2025") for code in ("RZ1", "RZ2")]
    with writing(engine, ORIGIN) as session:
        ledger.stamp(session, AT, *plans, Change(ChangeKind.TOKEN, name="t1"))

    with reading(engine) as session:
        caller = Caller("area", Role.AREA, frozenset({"QMF"}))
        found = list_changes(session, after=before, limit=9, caller=caller)

    assert [one.change for one in found.items] == plans[:1]
