from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine, event, make_url, text
from sqlalchemy.exc import IntegrityError, InternalError, OperationalError
from sqlmodel import Session

from app.domain.errors import StorageUnavailable
from app.store.engine import (
    BUSY_TIMEOUT_MS,
    Clearing,
    build_engine,
    clear_log,
    noting,
    reading,
    writing,
)

COUNT = text("SELECT count(*) FROM note")
INSERT = text("INSERT INTO note (id) VALUES (1)")


@pytest.fixture
def notes(engine: Engine) -> Engine:
    with writing(engine) as session:
        session.execute(text("CREATE TABLE note (id INTEGER PRIMARY KEY)"))
        session.execute(
            text("CREATE TABLE remark (note_id INTEGER NOT NULL REFERENCES note (id))")
        )
    return engine


@pytest.fixture
def sqlite_engine(sqlite_url: str) -> Iterator[Engine]:
    engine = build_engine(sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture
def postgresql_engine(postgresql_url: str) -> Iterator[Engine]:
    engine = build_engine(postgresql_url)
    yield engine
    engine.dispose()


def count(session: Session) -> int:
    return int(session.scalar(COUNT))


def test_what_is_written_is_committed(notes: Engine) -> None:
    with writing(notes) as session:
        session.execute(INSERT)

    with reading(notes) as session:
        assert count(session) == 1


def test_a_write_that_raises_is_rolled_back(notes: Engine) -> None:
    def write_and_fail() -> None:
        with writing(notes) as session:
            session.execute(INSERT)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_fail()

    with reading(notes) as session:
        assert count(session) == 0


def test_a_read_sees_one_snapshot(notes: Engine) -> None:
    with reading(notes) as reader:
        before = count(reader)
        with writing(notes) as writer:
            writer.execute(INSERT)
        after = count(reader)

    assert (before, after) == (0, 0)
    with reading(notes) as later:
        assert count(later) == 1


def test_a_read_can_change_nothing(notes: Engine) -> None:
    with (
        reading(notes) as session,
        pytest.raises((InternalError, OperationalError), match=r"read-?only"),
    ):
        session.execute(INSERT)


def test_a_connection_that_has_read_can_write(notes: Engine) -> None:
    with reading(notes) as session:
        count(session)

    with notes.begin() as connection:
        connection.execute(INSERT)

    with reading(notes) as session:
        assert count(session) == 1


def test_a_connection_that_has_written_reads_and_changes_nothing(notes: Engine) -> None:
    with writing(notes) as session:
        session.execute(INSERT)

    with (
        reading(notes) as session,
        pytest.raises((InternalError, OperationalError), match=r"read-?only"),
    ):
        session.execute(text("DELETE FROM note"))

    with reading(notes) as session:
        assert count(session) == 1


def test_a_connection_to_sqlite_is_told_only_of_a_change_between_reading_and_writing(
    sqlite_engine: Engine,
) -> None:
    said: list[str] = []
    event.listen(sqlite_engine, "before_cursor_execute", lambda *facts: said.append(facts[2]))

    for opening in (reading, reading, writing, writing, reading):
        with opening(sqlite_engine) as session:
            session.connection()

    assert said == [
        *("PRAGMA query_only = 1", "BEGIN", "BEGIN"),
        *("PRAGMA query_only = 0", "BEGIN IMMEDIATE", "BEGIN IMMEDIATE"),
        *("PRAGMA query_only = 1", "BEGIN"),
    ]


def test_what_a_read_on_postgresql_has_prepared_serves_the_next(
    postgresql_engine: Engine,
) -> None:
    question = text("SELECT count(*) AS prepared FROM pg_prepared_statements")

    def ask() -> int:
        with reading(postgresql_engine) as session:
            return int(session.scalar(question))

    # The driver prepares what it has put five times.
    assert [ask() for _ in range(8)] == [0, 0, 0, 0, 0, 1, 1, 1]


def test_foreign_keys_are_enforced(notes: Engine) -> None:
    with pytest.raises(IntegrityError), writing(notes) as session:
        session.execute(text("INSERT INTO remark (note_id) VALUES (2)"))


def test_a_write_on_sqlite_takes_the_lock_at_once(sqlite_engine: Engine) -> None:
    with writing(sqlite_engine), sqlite_engine.connect() as second:
        second.connection.cursor().execute("PRAGMA busy_timeout = 0")

        with pytest.raises(OperationalError, match="database is locked"):
            second.execution_options(parity_write=True).begin()


def test_a_commit_that_fails_on_sqlite_leaves_nothing_to_the_next(sqlite_engine: Engine) -> None:
    with writing(sqlite_engine) as session:
        session.execute(text("CREATE TABLE note (id INTEGER PRIMARY KEY)"))
        session.execute(text("CREATE TABLE remark (note_id INTEGER REFERENCES note (id))"))

    def write_and_fail() -> None:
        with writing(sqlite_engine) as session:
            session.execute(text("PRAGMA defer_foreign_keys = ON"))
            session.execute(INSERT)
            session.execute(text("INSERT INTO remark (note_id) VALUES (2)"))

    with pytest.raises(IntegrityError, match="FOREIGN KEY constraint failed"):
        write_and_fail()

    with reading(sqlite_engine) as session:
        assert count(session) == 0
    with writing(sqlite_engine) as session:
        session.execute(INSERT)
    with reading(sqlite_engine) as session:
        assert count(session) == 1


def test_a_writer_on_sqlite_waits_for_another(sqlite_engine: Engine) -> None:
    order: list[str] = []

    def write() -> None:
        with writing(sqlite_engine):
            order.append("second")

    thread = Thread(target=write)
    with writing(sqlite_engine):
        thread.start()
        thread.join(timeout=0.1)
        order.append("first")
    thread.join()

    assert order == ["first", "second"]


def test_sqlite_keeps_a_committed_write_through_a_power_cut(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
            for pragma in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        ]

    full = 2
    assert pragmas == ["wal", full, 10_000, 1]


def test_sqlite_overwrites_what_was_erased_and_refuses_replacing(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
            for pragma in ("secure_delete", "recursive_triggers")
        ]

    assert pragmas == [1, 1]


@pytest.mark.parametrize(
    ("opening", "isolation"),
    [
        pytest.param(reading, ["repeatable read", "on"], id="reading"),
        pytest.param(writing, ["read committed", "off"], id="writing"),
    ],
)
def test_a_transaction_on_postgresql_has_its_isolation(
    opening: Callable[[Engine], AbstractContextManager[Session]],
    isolation: list[str],
    postgresql_engine: Engine,
) -> None:
    with opening(postgresql_engine) as session:
        settings = [
            session.scalar(text(f"SHOW {name}"))
            for name in ("transaction_isolation", "transaction_read_only")
        ]

    assert settings == isolation


def test_what_was_erased_on_sqlite_is_on_the_disk_no_more(
    sqlite_url: str, sqlite_engine: Engine
) -> None:
    file = Path(make_url(sqlite_url).database or "")
    with writing(sqlite_engine) as session:
        session.execute(text("CREATE TABLE remark (words TEXT)"))
        session.execute(text("INSERT INTO remark VALUES ('a name to be forgotten')"))
    with writing(sqlite_engine) as session:
        session.execute(text("UPDATE remark SET words = NULL"))

    def is_on_disk() -> bool:
        kept = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
        return b"to be forgotten" in kept

    with reading(sqlite_engine) as session:
        count_remarks = text("SELECT count(*) FROM remark")
        session.execute(count_remarks)
        while_read = clear_log(sqlite_engine), is_on_disk()
    after = clear_log(sqlite_engine), is_on_disk()

    assert while_read == (Clearing.BUSY, True)
    assert after == (Clearing.DONE, False)


def test_clearing_the_log_leaves_the_patience_of_writers(sqlite_engine: Engine) -> None:
    assert clear_log(sqlite_engine) is Clearing.DONE

    with sqlite_engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 10_000


def test_the_log_of_postgresql_is_left_to_its_operator(postgresql_engine: Engine) -> None:
    assert clear_log(postgresql_engine) is Clearing.OPERATORS


def test_what_is_noted_is_committed_and_leaves_writers_their_patience(notes: Engine) -> None:
    patience = "PRAGMA busy_timeout" if notes.dialect.name == "sqlite" else "SHOW lock_timeout"

    with noting(notes) as session:
        session.execute(INSERT)

    with writing(notes) as session:
        assert session.execute(COUNT).scalar_one() == 1
        assert session.execute(text(patience)).scalar_one() in {BUSY_TIMEOUT_MS, "10s"}


def test_what_would_have_to_wait_for_another_is_not_noted(notes: Engine) -> None:
    lock = {"sqlite": "DELETE FROM note", "postgresql": "LOCK TABLE note"}
    with writing(notes) as other:
        other.execute(text(lock[notes.dialect.name]))
        with pytest.raises(StorageUnavailable), noting(notes) as session:
            session.execute(INSERT)

    with writing(notes) as session:
        session.execute(INSERT)
        assert session.execute(COUNT).scalar_one() == 1
