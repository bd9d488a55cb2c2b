"""A database that cannot be used says so in our words, on both engines, whatever the driver's."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine, TextClause, create_engine, event, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from app.domain.codes import StorageReason
from app.domain.errors import OutcomeUnknown, StorageUnavailable
from app.store import ledger, schema
from app.store.engine import build_engine, reading, writing
from app.store.failures import translated

UNPRIVILEGED = 65_534

ANYTHING = text("SELECT count(*) FROM ledger")
SOMETHING = text("UPDATE ledger SET changes = changes + 1")


@contextmanager
def opened(url: str, *statements: str) -> Iterator[Engine]:
    """Yield an engine whose connections begin with statements of the test's own."""
    engine = build_engine(url)

    @event.listens_for(engine, "connect")
    def prepare(connection: object, _entry: object) -> None:
        for statement in statements:
            connection.execute(statement)  # type: ignore[attr-defined]
        connection.commit()  # type: ignore[attr-defined]

    yield engine
    engine.dispose()


def refusal(engine: Engine, *statements: TextClause) -> StorageUnavailable:
    """Return how a database refuses to be written."""

    def write() -> None:
        with writing(engine) as session:
            for statement in statements or (SOMETHING,):
                session.execute(statement)

    with pytest.raises(StorageUnavailable) as caught:
        write()
    return caught.value


def refusal_to_be_read(engine: Engine) -> StorageUnavailable:
    """Return how a database refuses to be read."""
    with pytest.raises(StorageUnavailable) as caught, reading(engine) as session:
        session.execute(ANYTHING)
    return caught.value


def changes(engine: Engine) -> int:
    with reading(engine) as session:
        return ledger.count_changes(session)


def test_a_writer_that_waits_too_long_is_told_that_others_are_at_it(
    engine: Engine, database_url: str
) -> None:
    impatience = (
        "PRAGMA busy_timeout = 1" if "sqlite" in database_url else "SET lock_timeout = '1ms'"
    )
    with opened(database_url, impatience) as second:
        changes(second)
        with writing(engine) as first:
            first.execute(SOMETHING)
            error = refusal(second)

        assert error.reason is StorageReason.BUSY
        assert str(error) == (
            "Others have kept the database busy for too long. Nothing was stored; send the same"
            " request again later."
        )
        assert changes(engine) == 1
        with writing(second) as session:
            session.execute(SOMETHING)
        assert changes(engine) == 2


def test_whoever_is_chosen_to_end_a_deadlock_is_told_to_come_again(postgresql_url: str) -> None:
    with opened(postgresql_url, "SET deadlock_timeout = '10ms'") as engine:
        with writing(engine) as session:
            session.execute(text("CREATE TABLE note (id INTEGER PRIMARY KEY)"))
            session.execute(text("INSERT INTO note VALUES (1), (2)"))
        refused: list[StorageReason] = []

        def lock(session: Session, number: int) -> None:
            session.execute(text(f"SELECT 1 FROM note WHERE id = {number} FOR UPDATE"))  # noqa: S608

        def cross() -> None:
            try:
                with writing(engine) as session:
                    lock(session, 2)
                    lock(session, 1)
            except StorageUnavailable as error:
                refused.append(error.reason)

        thread = Thread(target=cross)
        try:
            with writing(engine) as session:
                lock(session, 1)
                thread.start()
                lock(session, 2)
        except StorageUnavailable as error:
            refused.append(error.reason)
        thread.join()

    assert refused in ([], [StorageReason.BUSY])


def test_no_free_connection_is_being_busy() -> None:
    engine = create_engine(
        "sqlite://", poolclass=QueuePool, pool_size=1, max_overflow=0, pool_timeout=0.01
    )
    with engine.connect(), pytest.raises(StorageUnavailable) as caught, translated(engine):
        engine.connect()
    engine.dispose()

    assert (caught.value.reason, caught.value.particulars) == (
        StorageReason.BUSY,
        "no connection is free",
    )


def test_a_full_disk_loses_nothing_and_the_database_goes_on(sqlite_url: str) -> None:
    with opened(sqlite_url) as engine, engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    filling = text("CREATE TABLE filler AS SELECT zeroblob(100000) AS bytes")

    # SQLite keeps its own limit as it would a disk's, with the same code.
    with opened(sqlite_url, f"PRAGMA max_page_count = {pages}") as engine:
        assert refusal(engine, SOMETHING, filling).reason is StorageReason.FULL
        assert changes(engine) == 0
        with writing(engine) as session:
            session.execute(SOMETHING)
        assert changes(engine) == 1

    with opened(sqlite_url) as engine, writing(engine) as session:
        session.execute(filling)


def test_a_database_that_is_read_only_can_be_read(
    database_url: str, request: pytest.FixtureRequest
) -> None:
    url, statements = database_url, ["SET default_transaction_read_only = on"]
    if "sqlite" in database_url:
        file = request.getfixturevalue("sqlite_url").removeprefix("sqlite:///")
        url, statements = f"sqlite:///file:{file}?mode=ro&uri=true", []
    with opened(url, *statements) as engine:
        assert refusal(engine).reason is StorageReason.READ_ONLY
        assert changes(engine) == 0


def test_a_refusal_that_the_file_does_not_explain_is_told_as_it_was_said(
    sqlite_url: str,
) -> None:
    Path(f"{sqlite_url.removeprefix('sqlite:///')}-wal").mkdir()  # where its log belongs

    with opened(sqlite_url) as engine:
        error = refusal(engine)

    assert error.reason is StorageReason.NOT_ANSWERING
    assert error.particulars == "unable to open database file"


@contextmanager
def unprivileged() -> Iterator[None]:
    """Be somebody whom files may refuse, which the system's administrator is not."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(UNPRIVILEGED)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_file_that_may_not_be_written_is_named(tmp_path: Path, sqlite_url: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "parity.sqlite3"
        file.write_bytes(Path(sqlite_url.removeprefix("sqlite:///")).read_bytes())
        file.chmod(0o444)
        folder.chmod(0o555)
        with unprivileged(), opened(f"sqlite:///{file}") as engine:
            error = refusal(engine)
        folder.chmod(0o755)

    assert error.reason in {StorageReason.READ_ONLY, StorageReason.NOT_ANSWERING}
    assert error.particulars == f"this user may not write {folder}"
    assert tmp_path.is_dir()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("none/parity.sqlite3", "there is no folder {0}/none"),
        ("", "{0} is a folder, and has to be a file"),
    ],
)
def test_a_file_that_cannot_be_opened_is_told_with_the_reason(
    tmp_path: Path, name: str, why: str
) -> None:
    with opened(f"sqlite:///{tmp_path / name}") as engine:
        error = refusal(engine)

    assert error.reason is StorageReason.NOT_ANSWERING
    assert error.particulars == why.format(tmp_path)


def test_a_file_that_is_something_else_is_damaged(tmp_path: Path) -> None:
    file = tmp_path / "parity.sqlite3"
    file.write_text("a letter\n" * 1_000, encoding="utf-8")
    with opened(f"sqlite:///{file}") as engine:
        error = refusal_to_be_read(engine)

    assert (error.reason, error.particulars) == (
        StorageReason.DAMAGED,
        "file is not a database",
    )


def test_a_file_with_a_torn_page_is_damaged(sqlite_url: str) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    with file.open("r+b") as stream:
        stream.seek(100)
        stream.write(b"\xff" * 3_900)
    with opened(sqlite_url) as engine:
        assert refusal_to_be_read(engine).reason is StorageReason.DAMAGED


def test_a_place_without_a_write_ahead_log_is_refused(tmp_path: Path) -> None:
    # A file system without shared memory between processes offers no more than this does.
    url = f"sqlite:///file:{tmp_path}/parity.sqlite3?vfs=unix-dotfile&uri=true"
    with opened(url) as engine:
        error = refusal(engine)

    assert (error.reason, error.particulars) == (
        StorageReason.NOT_LASTING,
        "SQLite cannot keep a write-ahead log there, and offers the mode delete",
    )


def test_a_server_that_nobody_runs_does_not_answer() -> None:
    with opened("postgresql+psycopg://nobody@127.0.0.1:1/nothing") as engine:
        error = refusal(engine)
        with pytest.raises(StorageUnavailable):
            schema.current(engine)

    assert error.reason is StorageReason.NOT_ANSWERING
    assert error.particulars.startswith("connection failed: ")
    assert "127.0.0.1" not in str(error)


def test_a_server_that_goes_during_a_commit_leaves_its_outcome_open(postgresql_url: str) -> None:
    def write_while_it_goes(engine: Engine) -> None:
        with writing(engine) as session:
            session.execute(SOMETHING)
            pid = session.scalar(text("SELECT pg_backend_pid()"))
            with reading(engine) as other:
                other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})

    with opened(postgresql_url) as engine, pytest.raises(OutcomeUnknown) as caught:
        write_while_it_goes(engine)

    assert caught.value.reason is StorageReason.NOT_ANSWERING
    assert "all of it is stored or nothing" in str(caught.value)


def test_a_mistake_of_ours_is_not_blamed_on_the_database(engine: Engine) -> None:
    with pytest.raises((OperationalError, ProgrammingError)), reading(engine) as session:
        session.execute(text("SELECT 1 FROM nothing"))


@pytest.mark.parametrize(
    ("statements", "held"),
    [
        ([], schema.Held.NOTHING),
        (["CREATE TABLE song (id INTEGER)"], schema.Held.STRANGE),
        (
            [
                "CREATE TABLE song (id INTEGER)",
                "CREATE TABLE alembic_version (version_num VARCHAR(32))",
                "INSERT INTO alembic_version VALUES ('feed')",
            ],
            schema.Held.STRANGE,
        ),
    ],
    ids=["nothing", "another program's", "another program's, with migrations"],
)
def test_what_a_database_without_our_tables_holds(
    empty_database_url: str, statements: list[str], held: schema.Held
) -> None:
    engine = build_engine(empty_database_url)
    with writing(engine) as session:
        for statement in statements:
            session.execute(text(statement))

    assert schema.find_held(engine) is held
    engine.dispose()


@pytest.mark.parametrize(
    ("revision", "held"),
    [
        (schema.NEWEST, schema.Held.CURRENT),
        ("5f0c2a7be914", schema.Held.OLDER),
        ("beef", schema.Held.NEWER),
    ],
)
def test_what_a_database_of_ours_holds(engine: Engine, revision: str, held: schema.Held) -> None:
    with writing(engine) as session:
        session.execute(text("UPDATE alembic_version SET version_num = :at"), {"at": revision})

    assert schema.find_held(engine) is held
