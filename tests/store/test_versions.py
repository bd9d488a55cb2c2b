"""The version of what is stored is told at once, to every process, and never from before."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Final

import pytest
from sqlalchemy import Engine, text

from app.domain.changes import Change, ChangeKind
from app.store import ledger
from app.store.engine import build_engine, writing
from app.store.versions import TRUST_SECONDS, DataVersion, ServerVersion, Told, watch
from tests.examples import examples
from tests.origins import ORIGIN

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

CHANGES: Final = 15
READERS: Final = 2
QUESTIONS: Final = 5
TURNS: Final = 1000

Read = int | None

Script = Callable[[DataVersion], Awaitable[list[Read]]]


def change(engine: Engine) -> int:
    """Store a change; return its version: its number, or its instant in microseconds."""
    with writing(engine, ORIGIN) as session:
        at = ledger.stamp(session, AT, Change(ChangeKind.ACTUALS, "ZZ901", "2024"))
        number = ledger.count_changes(session)
    return number if engine.dialect.name == "sqlite" else (at - EPOCH) // timedelta(microseconds=1)


def use_tokens(engine: Engine) -> None:
    """Store what is no change."""
    with writing(engine, ORIGIN) as session:
        session.execute(text("UPDATE token SET last_used_at = NULL"))


def run(engine: Engine, script: Script, *, pause_seconds: float = 0) -> list[Read]:
    """Return what a script reads."""

    async def watched() -> list[Read]:
        version = watch(engine, pause_seconds=pause_seconds)
        try:
            return await script(version)
        finally:
            await version.close()
            await version.close()  # which changes nothing

    return asyncio.run(watched())


def test_a_change_is_in_the_version_that_is_read_next(engine: Engine) -> None:
    numbers: list[Read] = []

    async def script(version: DataVersion) -> list[Read]:
        found = [await version.read()]
        for _ in range(3):
            numbers.append(await asyncio.to_thread(change, engine))
            found += [await version.read(), await version.read()]
        return found

    first, *later = run(engine, script)

    assert first is not None
    assert first < numbers[0]  # type: ignore[operator] # a change has one
    assert later == [number for number in numbers for _ in range(2)]


def test_what_is_no_change_leaves_the_version(engine: Engine) -> None:
    number = change(engine)

    async def script(version: DataVersion) -> list[Read]:
        before = await version.read()
        await asyncio.to_thread(use_tokens, engine)
        return [before, await version.read()]

    assert run(engine, script) == [number, number]


def test_whoever_asks_meanwhile_is_told_of_what_was_committed_before(engine: Engine) -> None:
    async def script(version: DataVersion) -> list[Read]:
        first = [asyncio.create_task(version.read()) for _ in range(3)]
        await asyncio.sleep(0)  # they have asked
        number = await asyncio.to_thread(change, engine)
        later = await asyncio.gather(*(version.read() for _ in range(5)))
        assert await asyncio.gather(*first) <= [number] * 3
        return [*later, number]

    *later, number = run(engine, script)

    assert later == [number] * 5


def test_a_connection_that_failed_is_made_anew(engine: Engine) -> None:
    """On PostgreSQL the server ends it; on SQLite a table that is away has it fail."""

    async def script(version: DataVersion) -> list[Read]:
        found = [await version.read()]
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(
                    text(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )
                )
            else:
                connection.execute(text("ALTER TABLE ledger RENAME TO away"))
        await asyncio.sleep(TRUST_SECONDS)
        found.append(await version.read())
        if engine.dialect.name == "sqlite":
            with engine.begin() as connection:
                connection.execute(text("ALTER TABLE away RENAME TO ledger"))
        await asyncio.sleep(0)  # a turn of the loop
        return [*found, await version.read()]

    before, away, after = run(engine, script)

    assert away is None
    assert before == after != away


@contextmanager
def answering_nothing() -> Iterator[tuple[socket.socket, Engine]]:
    """Yield a server that answers nothing, not even a refusal, and an engine that asks it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        yield server, build_engine(f"postgresql+psycopg://nobody@127.0.0.1:{port}/nothing")


def test_nobody_waits_for_whoever_asks_whether_a_server_is_back() -> None:
    """It waits until the server lets go of it."""
    with answering_nothing() as (silent, engine):

        async def script(version: DataVersion) -> list[Read]:
            first = asyncio.create_task(version.read())
            (await asyncio.to_thread(silent.accept))[0].close()
            found = [await first]
            second = asyncio.create_task(version.read())
            asked, _ = await asyncio.to_thread(silent.accept)
            found += [await version.read() for _ in range(3)]
            assert not second.done()
            asked.close()
            return [*found, await second]

        assert run(engine, script) == [None] * 5


def test_a_server_that_is_away_is_left_alone_for_a_while() -> None:
    with answering_nothing() as (unwilling, engine):

        async def script(version: DataVersion) -> list[Read]:
            first = asyncio.create_task(version.read())
            (await asyncio.to_thread(unwilling.accept))[0].close()
            found = [await first, await version.read()]
            unwilling.settimeout(0)
            with pytest.raises(BlockingIOError):
                unwilling.accept()
            return found

        assert run(engine, script, pause_seconds=60) == [None, None]


def test_a_file_that_is_away_is_left_alone_for_a_while(tmp_path: Path) -> None:
    engine = build_engine(f"sqlite:///{tmp_path / 'absent' / 'parity.sqlite3'}")

    async def script(version: DataVersion) -> list[Read]:
        found = [await version.read()]
        (tmp_path / "absent").mkdir()
        await asyncio.sleep(0)  # a turn of the loop
        return [*found, await version.read()]

    assert run(engine, script, pause_seconds=60) == [None, None]
    assert not (tmp_path / "absent" / "parity.sqlite3").exists()


def test_a_database_without_a_ledger_or_its_row_has_no_version(empty_database_url: str) -> None:
    engine = build_engine(empty_database_url)

    async def script(version: DataVersion) -> list[Read]:
        found = [await version.read()]
        with engine.begin() as connection:
            columns = "id INTEGER, changes INTEGER, changed_at TIMESTAMP WITH TIME ZONE"
            connection.execute(text(f"CREATE TABLE ledger ({columns})"))
        await asyncio.sleep(0)  # a turn of the loop
        return [*found, await version.read()]

    assert run(engine, script) == [None, None]
    engine.dispose()


@dataclass(slots=True)
class Seen:
    """What is seen of versions while they are made.

    Attributes:
        acknowledged: The newest version of which somebody has been told that it is stored.
        reads: That when the version was asked for, and the one that was told.
    """

    acknowledged: int
    reads: list[tuple[int, Read]] = field(default_factory=list)

    async def read_on(self, engine: Engine, enough: Event) -> None:
        """Read in an event loop of its own, as another process would, until after it is enough."""
        version, is_last = watch(engine), False
        while not is_last:
            is_last, before = enough.is_set(), self.acknowledged
            self.reads.append((before, await version.read()))
            await asyncio.sleep(0)
        await version.close()


def test_nobody_is_told_of_a_state_from_before_a_change_that_was_acknowledged(
    engine: Engine,
) -> None:
    seen, enough = Seen(change(engine)), Event()
    with ThreadPoolExecutor(READERS) as pool:
        reading = [pool.submit(asyncio.run, seen.read_on(engine, enough)) for _ in range(READERS)]
        try:
            for _ in range(examples(CHANGES)):
                seen.acknowledged = change(engine)
        finally:
            enough.set()
        for one in reading:
            one.result()

    assert [(least, told) for least, told in seen.reads if told is None or told < least] == []
    assert seen.acknowledged in {told for _, told in seen.reads}


def test_one_question_to_a_server_serves_whoever_asks_within_milliseconds(
    postgresql_url: str,
) -> None:
    engine = build_engine(postgresql_url)
    version = ServerVersion(engine, 0)

    async def script() -> tuple[int, set[Told | None]]:
        reads, told = 0, set[Told | None]()
        while len(told) < QUESTIONS:
            await version.read()
            reads += 1
            told.add(version.told)
            await asyncio.sleep(0)
        await version.close()
        return reads, told

    reads, told = asyncio.run(script())
    engine.dispose()

    assert reads > len(told)
    assert len({one.version for one in told if one is not None}) == 1


def spin(seconds: float) -> None:
    """Let time pass within a turn of the event loop."""
    until = monotonic() + seconds
    while monotonic() < until:
        pass


def test_a_turn_of_the_loop_is_one_instant_however_long_it_takes(engine: Engine) -> None:
    """Whoever comes later in it was there before it began."""
    change(engine)

    async def script(version: DataVersion) -> list[Read]:
        found = [await version.read()]
        await asyncio.sleep(0)  # a turn of the loop
        found.append(await version.read())
        spin(2 * TRUST_SECONDS)
        with ThreadPoolExecutor(1) as pool:
            later = pool.submit(change, engine).result()
        found.append(await version.read())
        await asyncio.sleep(0)
        assert await version.read() == later
        return found

    first, *others = run(engine, script)

    assert others == [first, first]


def test_a_version_is_renewed_while_nobody_waits_for_it(postgresql_url: str) -> None:
    """It is asked for in one turn, and its answer is there in one of the next."""
    engine = build_engine(postgresql_url)
    version = ServerVersion(engine, 0)

    async def script() -> bool:
        await version.read()
        for _ in range(TURNS):
            before = version.told
            reading = asyncio.create_task(version.read())
            await asyncio.sleep(0)  # a turn of the loop
            waited = not reading.done()
            await reading
            if version.told != before and not waited:
                break
            spin(TRUST_SECONDS / 10)
        await version.close()
        return version.told != before and not waited

    assert asyncio.run(script())
    engine.dispose()


def test_a_question_that_is_given_up_is_not_taken_for_the_next(postgresql_url: str) -> None:
    """Its answer would be: the server is still at it when the next one is asked."""
    engine = build_engine(postgresql_url)
    number = change(engine)

    async def script(version: DataVersion) -> list[Read]:
        await version.read()
        with engine.connect() as connection:
            connection.execute(text("LOCK TABLE ledger IN ACCESS EXCLUSIVE MODE"))
            await asyncio.sleep(TRUST_SECONDS)
            asking = asyncio.create_task(version.read())
            await asyncio.to_thread(wait_for_lock, engine)
            asking.cancel()
            await asyncio.wait([asking])
            connection.rollback()
        later = await asyncio.to_thread(change, engine)
        return [await version.read(), later]

    found, later = run(engine, script)
    engine.dispose()

    assert later is not None
    assert found == later > number


def wait_for_lock(engine: Engine) -> None:
    """Wait until somebody waits for a lock."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.execute(waiting).scalar_one():
            pass
