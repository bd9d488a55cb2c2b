"""The version of what is stored is told at once, to every process, and never from before."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, text

from app.domain.changes import Change, ChangeKind
from app.store import ledger
from app.store.engine import build_engine, writing
from app.store.versions import DataVersion, watch
from tests.origins import ORIGIN

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Read = int | None

Script = Callable[[DataVersion], Awaitable[list[Read]]]


def change(engine: Engine) -> int:
    """Store a change; return its version: its number, or its instant in microseconds."""
    with writing(engine, ORIGIN) as session:
        at = ledger.stamp(session, AT, Change(ChangeKind.ACTUALS, "ZZ901", "2024"))
        number = ledger.count_changes(session)
    return number if engine.dialect.name == "sqlite" else (at - EPOCH) // timedelta(microseconds=1)


def run(engine: Engine, script: Script, *, pause_seconds: float = 0) -> list[Read]:
    """Return what a script reads."""

    async def watched() -> list[Read]:
        version = watch(engine, pause_seconds=pause_seconds)
        try:
            return await script(version)
        finally:
            version.close()
            version.close()  # which changes nothing

    return asyncio.run(watched())


def test_a_change_is_in_the_version_that_is_read_next(engine: Engine) -> None:
    numbers: list[Read] = []

    async def script(version: DataVersion) -> list[Read]:
        found = [await version.read()]
        for _ in range(3):
            numbers.append(change(engine))
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
        with writing(engine) as session:
            session.execute(text("UPDATE token SET last_used_at = NULL"))
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
        found.append(await version.read())
        if engine.dialect.name == "sqlite":
            with engine.begin() as connection:
                connection.execute(text("ALTER TABLE away RENAME TO ledger"))
        return [*found, await version.read()]

    before, away, after = run(engine, script)

    assert away is None
    assert before == after != away


def test_nobody_waits_for_whoever_asks_whether_a_server_is_back() -> None:
    """The server that is asked answers nothing, not even a refusal, until it is let go."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        engine = build_engine(f"postgresql+psycopg://nobody@127.0.0.1:{port}/nothing")

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


def test_a_database_that_is_away_is_left_alone_for_a_while(tmp_path: Path) -> None:
    engine = build_engine(f"sqlite:///{tmp_path / 'absent' / 'parity.sqlite3'}")

    async def script(version: DataVersion) -> list[Read]:
        found = [await version.read()]
        (tmp_path / "absent").mkdir()
        return [*found, await version.read()]

    assert run(engine, script, pause_seconds=60) == [None, None]
    assert not (tmp_path / "absent" / "parity.sqlite3").exists()


def test_a_ledger_without_its_row_has_no_version(tmp_path: Path) -> None:
    engine = build_engine(f"sqlite:///{tmp_path / 'parity.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE ledger (id INTEGER, changes INTEGER)"))

    async def script(version: DataVersion) -> list[Read]:
        return [await version.read()]

    assert run(engine, script) == [None]
    engine.dispose()
