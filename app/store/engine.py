"""Connecting to the database, and the two kinds of transaction.

A read sees one state of the database from its first query to its last. A write sees what is
committed, keeps its place among the writers, and is on the disk when it has been committed.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum, auto
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from app.domain.audit import Origin
from app.domain.codes import StorageReason
from app.domain.errors import StorageUnavailable
from app.store import audit
from app.store.failures import translated, translated_at_commit
from app.store.tallies import WatchedPool, tallied
from app.store.versions import wait_out

POOL_SIZE = 18
"""Connections that one process keeps at most."""

NOTERS = 1
"""Those of them that may be held at once to note the use of a token, or a visit."""

PAGE_READERS = 1
"""Those of them that pages may read with at once."""

PAGE_WRITERS = 1
"""Those of them that forms of pages may write with at once."""

PAGE_SENDERS = 1
"""Those of them with which files that pages send may be previewed at once."""

BUSY_TIMEOUT_MS = 10_000
"""Milliseconds that a writer waits for another one."""

IS_UTF8 = "is_utf8"
"""A function on SQLite that tells whether bytes are a text in UTF-8; it keeps texts that are not,
over which its driver stops."""

POOL_TIMEOUT_S = 10
"""Seconds that a request waits for one of the connections, as long as for another writer."""

CLEARING_TIMEOUT_MS = 1_000
"""Milliseconds that clearing the log waits for those who still read from it, on SQLite."""

_SQLITE_PRAGMAS = (
    f"busy_timeout = {BUSY_TIMEOUT_MS}",
    "journal_mode = WAL",  # readers never wait for the writer
    "synchronous = FULL",  # a committed write survives a power cut
    "foreign_keys = ON",
    "recursive_triggers = ON",  # a row that would be replaced is refused as one deleted
    "secure_delete = ON",  # what was erased is overwritten, not only forgotten
)

_QUERY_ONLY = "parity_query_only"
"""What is remembered of a connection to SQLite: whether it is one that cannot change anything."""

_POSTGRESQL_CONNECTION: Mapping[str, int] = {
    # A host that is gone answers nothing, not even a refusal: seconds to wait for a connection.
    "connect_timeout": 5,
    # One that goes while a statement runs is noticed after 10 + 3 x 5 seconds of silence, ...
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    # ... and after so many milliseconds if it was sent something that it does not acknowledge.
    "tcp_user_timeout": 20_000,
}
"""How a connection notices that the other side is gone; the address may say otherwise."""

_WATCHED: dict[str, Any] = {
    # What is logged of a failure never has what was to be stored.
    "hide_parameters": True,
    "max_overflow": 0,
    "pool_size": POOL_SIZE,
    "pool_timeout": POOL_TIMEOUT_S,
    "poolclass": WatchedPool,
}
"""How engines of both kinds keep connections."""

_IMPATIENT_CONNECTION: Mapping[str, int] = {
    "connect_timeout": 2,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 4_000,
}
"""Likewise where there is an answer without it."""

_READ: dict[str, dict[str, Any]] = {
    "sqlite": {"parity_write": False},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}

_WRITE: dict[str, dict[str, Any]] = {
    "sqlite": {"parity_write": True},
    "postgresql": {},
}


def build_engine(database_url: str, *, is_impatient: bool = False) -> Engine:
    """Return an engine for a SQLite file or a PostgreSQL database; the caller disposes of it.

    Args:
        database_url: `sqlite:///FILE` or `postgresql+psycopg://USER@HOST/DATABASE`.
        is_impatient: Whether a server that does not answer is given up sooner, because there
            is an answer without it.
    """
    if database_url.startswith("sqlite:"):
        return _build_sqlite_engine(database_url)
    options = _IMPATIENT_CONNECTION if is_impatient else _POSTGRESQL_CONNECTION
    engine = create_engine(
        database_url,
        connect_args=_unless_said(options, database_url),
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,  # a server that was restarted costs nobody a request
        **_WATCHED,
    )
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Open a session that sees one state of the database and can change nothing.

    Raises:
        StorageUnavailable: The database cannot be used.
    """
    options = _READ[engine.dialect.name]
    with (
        translated(engine),
        Session(engine.execution_options(**options), expire_on_commit=False) as session,
    ):
        yield session
        # After a rollback the driver of PostgreSQL forgets what it has prepared, and every
        # question would be parsed and planned again.
        session.commit()


@contextmanager
def writing(engine: Engine, origin: Origin | None = None) -> Iterator[Session]:
    """Open a session in a transaction that commits at the end, or rolls back on an exception.

    On SQLite it holds the only write lock from the start, so it waits for other writers
    before it has read anything, and never fails half-way for having read too early.

    Args:
        engine: Of the database.
        origin: Who changes something, and from where; without it no change can be stamped. With
            it nobody reads a state from before the change once the session is closed.

    Raises:
        StorageUnavailable: The database cannot be used; nothing is stored.
        OutcomeUnknown: It went away during the commit.
    """
    options = _WRITE[engine.dialect.name]
    with (
        tallied(engine),
        translated(engine),
        Session(engine.execution_options(**options), expire_on_commit=False) as session,
    ):
        event.listen(session, "after_rollback", audit.forget)
        if origin is not None:
            audit.give_origin(session, origin)
        session.connection()
        yield session
        session.flush()
        audit.seal(session)
        with translated_at_commit(engine):
            session.commit()
    if origin is not None:
        wait_out(engine)


@contextmanager
def noting(engine: Engine) -> Iterator[Session]:
    """Open a session as `writing` does, which fails where it would have to wait for another.

    It is for what may as well be noted next time.

    Raises:
        StorageUnavailable: Another is writing, or the database cannot be used.
    """
    is_sqlite = engine.dialect.name == "sqlite"
    with translated(engine), engine.connect() as connection:
        impatience = "PRAGMA busy_timeout = 0" if is_sqlite else "SET LOCAL lock_timeout = '10ms'"
        connection.exec_driver_sql(impatience)
        try:
            with Session(connection) as session:
                yield session
                session.commit()
            connection.commit()
        finally:
            if is_sqlite:
                connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")


class Clearing(Enum):
    """How clearing the log of what was erased ended."""

    DONE = auto()
    BUSY = auto()
    """Somebody still reads from the log, so that it holds former rows; to be tried again."""
    OPERATORS = auto()
    """The database leaves it to its operator: `VACUUM`, the log's retention, and backups."""


def clear_log(engine: Engine) -> Clearing:
    """Bring what was erased off the disk as far as the database lets us; return how far.

    On SQLite the write-ahead log holds former rows until it is taken over and cut.
    """
    if engine.dialect.name != "sqlite":
        return Clearing.OPERATORS
    with engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")  # no checkpoint runs in a transaction
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {CLEARING_TIMEOUT_MS}")
        try:
            busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    return Clearing.BUSY if busy else Clearing.DONE


def _unless_said(options: Mapping[str, int], database_url: str) -> dict[str, int]:
    said = make_url(database_url).query
    return {name: value for name, value in options.items() if name not in said}


def _prepare_postgresql(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 — of the driver
    connection.execute(f"SET lock_timeout = {BUSY_TIMEOUT_MS}")
    connection.commit()


def _build_sqlite_engine(database_url: str) -> Engine:
    engine = create_engine(database_url, **_WATCHED)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "checkin", _end_sqlite)
    return engine


def _is_utf8(held: bytes) -> bool:
    try:
        held.decode()
    except UnicodeDecodeError:
        return False
    return True


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The driver would begin a transaction only before the first change; `_begin_sqlite` does.
    connection.isolation_level = None
    connection.create_function(IS_UTF8, 1, _is_utf8, deterministic=True)
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    # A pragma that cannot be had is not refused but passed over, on network disks for instance.
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode != "wal":
        said = f"SQLite cannot keep a write-ahead log there, and offers the mode {mode}"
        raise StorageUnavailable(StorageReason.NOT_LASTING, said)


def _end_sqlite(connection: sqlite3.Connection | None, _entry: ConnectionPoolEntry) -> None:
    # A commit that failed leaves its transaction open; whoever comes next must not find it.
    if connection is not None and connection.in_transaction:
        connection.rollback()


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("parity_write")
    is_query_only = write is False
    # To say it makes SQLite compile every statement again, so it is said only to change it.
    if connection.info.get(_QUERY_ONLY) is not is_query_only:
        connection.exec_driver_sql(f"PRAGMA query_only = {is_query_only:d}")
        connection.info[_QUERY_ONLY] = is_query_only
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
