"""Backups: one moment, whole or refused, and everything back where they are restored."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine

from app.domain.changes import Change, ChangeKind
from app.domain.errors import ArchiveRefused, FileNotWritten
from app.services import backups
from app.services.backups import Backup, back_up
from app.services.transfer import export_all, write_archive
from app.store import dumps, ledger, schema
from app.store.engine import build_engine, reading, writing
from tests.archives import OLDER, back_up_older, sealed
from tests.given import SETUP, Given
from tests.origins import ORIGIN
from tests.store.rows_to_try import fill


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A database with a row in every table."""
    with writing(engine) as session:
        fill(session)
    return engine


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Engine]:
    """A database without tables."""
    engine = build_engine(empty_database_url)
    yield engine
    engine.dispose()


def backed_up(engine: Engine, file: Path) -> Backup:
    with reading(engine) as session:
        return back_up(session, file)


def restored(file: Path, engine: Engine) -> Backup:
    with schema.migration_connection(engine) as connection:
        return backups.restore(connection, file)


def exported(engine: Engine, file: Path) -> bytes:
    with reading(engine) as session:
        export_all(session, file)
    return file.read_bytes()


def test_what_is_restored_is_what_was_backed_up(
    filled: Engine, empty: Engine, tmp_path: Path
) -> None:
    file = tmp_path / "parity.backup"

    made = backed_up(filled, file)
    again = restored(file, empty)

    assert made == again
    assert (made.revision, made.content.tables) == (schema.NEWEST, len(dumps.list_tables()))
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.glob("*.backup*")] == ["parity.backup"]
    assert exported(empty, tmp_path / "b.zip") == exported(filled, tmp_path / "a.zip")
    assert schema.is_current(empty)


def test_a_backup_made_while_others_write_is_of_one_moment(
    engine: Engine, empty: Engine, tmp_path: Path
) -> None:
    written, enough = Event(), Event()

    def write() -> None:
        # Each transaction enters a change and counts it, so the two tables agree at any moment.
        while not enough.is_set():
            with writing(engine, ORIGIN) as session:
                ledger.stamp(session, SETUP, Change(ChangeKind.REGISTER))
            written.set()

    writer = Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            written.clear()
            written.wait()
            made = backed_up(engine, tmp_path / f"{number}.backup")
    finally:
        enough.set()
        writer.join()

    assert made.changes > 0
    assert made.entries["change"]["rows"] == made.changes
    restored(tmp_path / "4.backup", empty)
    with reading(empty) as session:
        assert ledger.count_changes(session) == made.changes


def test_a_backup_of_an_older_schema_is_migrated(
    filled: Engine, empty: Engine, tmp_path: Path
) -> None:
    schema.downgrade(filled, OLDER)
    file = tmp_path / "older.backup"
    back_up_older(filled, file, OLDER)

    made = restored(file, empty)
    schema.upgrade(filled)

    assert made.revision == OLDER
    assert exported(empty, tmp_path / "b.zip") == exported(filled, tmp_path / "a.zip")


def test_a_flipped_bit_anywhere_is_refused(filled: Engine, tmp_path: Path) -> None:
    file = tmp_path / "parity.backup"
    backed_up(filled, file)
    whole = file.read_bytes()
    damaged = tmp_path / "damaged.backup"
    # Every byte of the ends, where the archive says what is where, and some of all others.
    end = len(whole)
    for number in [*range(64), *range(64, end - 200, 97), *range(end - 200, end)]:
        data = bytearray(whole)
        data[number] ^= 1 << number % 8
        damaged.write_bytes(data)
        with pytest.raises(ArchiveRefused), backups.opened(damaged):
            pass
    with backups.opened(file) as (_, made):
        assert made.content.rows > 0


def test_what_is_no_whole_backup_of_ours_is_refused_and_nothing_stored(
    filled: Engine, empty: Engine, tmp_path: Path
) -> None:
    whole = tmp_path / "whole"
    backed_up(filled, whole)
    data = whole.read_bytes()
    (tmp_path / "half").write_bytes(data[: len(data) // 2])
    (tmp_path / "nothing").touch()
    (tmp_path / "changed").write_bytes(data.replace(b"PK\x01\x02", b"PK\x01\x03", 1))
    tables = dumps.list_tables()
    childless = [one for one in tables if one.name != "organisation"]
    with reading(filled) as session:
        with sealed(tmp_path / "newer") as archive:
            write_archive(session, archive, tables, "feed")
        with sealed(tmp_path / "orphans") as archive:
            write_archive(session, archive, childless, schema.NEWEST)

    told = {}
    for name in ("half", "nothing", "missing", "changed", "newer", "orphans"):
        with pytest.raises(ArchiveRefused) as refused:
            restored(tmp_path / name, empty)
        assert schema.find_held(empty) is schema.Held.NOTHING
        told[name] = str(refused.value).removeprefix(f"{name} was not stored: ")

    on_sqlite = told["orphans"].startswith("the migration leaves rows that refer to nothing")
    assert on_sqlite == (empty.dialect.name == "sqlite")
    assert told == {
        "half": "it is no backup, or its end is missing.",
        "nothing": "it is no backup, or its end is missing.",
        "missing": "it cannot be read: No such file or directory.",
        "changed": "it is not as it was written.",
        "newer": "it is of schema feed, which this release does not know; use a newer one.",
        "orphans": told["orphans"] if on_sqlite else "its table action_plan cannot be stored.",
    }


def test_nothing_is_restored_into_a_database_that_has_tables(
    filled: Engine, tmp_path: Path
) -> None:
    file = tmp_path / "parity.backup"
    backed_up(filled, file)
    before = Given(filled).read_database()

    with pytest.raises(ArchiveRefused, match="the database is not empty"):
        restored(file, filled)

    assert Given(filled).read_database() == before


def test_a_file_that_is_there_is_left_as_it_is(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "parity.backup"
    file.write_text("a letter", encoding="utf-8")

    with pytest.raises(FileNotWritten, match="it is there already; name another one"):
        backed_up(engine, file)

    assert file.read_text(encoding="utf-8") == "a letter"


def test_a_file_that_comes_meanwhile_is_left_as_it_is(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "parity.backup"

    def write_over() -> None:
        with backups.new_file(file) as stream:
            stream.write(b"a backup")
            file.write_text("a letter", encoding="utf-8")

    with pytest.raises(FileNotWritten, match="it is there already; name another one"):
        write_over()

    assert engine
    assert [one.read_text(encoding="utf-8") for one in tmp_path.glob("*.backup*")] == ["a letter"]


def test_a_folder_that_is_not_there_is_told(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(FileNotWritten) as refused:
        backed_up(engine, tmp_path / "none" / "parity.backup")

    assert str(refused.value) == "parity.backup was not written: No such file or directory."


@contextmanager
def little_room(most: int) -> Iterator[None]:
    """Let this process write no file beyond a size, as on a disk that is nearly full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_no_half_of_a_backup(filled: Engine, tmp_path: Path) -> None:
    with little_room(1_000), pytest.raises(FileNotWritten) as refused:
        backed_up(filled, tmp_path / "parity.backup")

    assert str(refused.value) == "parity.backup was not written: File too large."
    assert list(tmp_path.glob("*.backup*")) == []
