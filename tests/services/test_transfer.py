"""Everything that a database holds goes into one file, and back into an empty one."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import Engine, insert, text
from sqlmodel import Session

from app.domain.changes import Change, ChangeKind
from app.domain.errors import ArchiveRefused
from app.services.transfer import MANIFEST, Transferred, export_all, import_all
from app.store import ledger, schema
from app.store.engine import build_engine, reading, writing
from app.store.rows import Row
from tests.given import Given
from tests.origins import ORIGIN
from tests.store.rows_to_try import GOOD, fill

OTHER_SCHEMA = (
    f"it is of schema abc, and this release needs {schema.NEWEST}; import it with the release"
    " that wrote it, run `parity db upgrade` with this one, and export it anew"
)

AT = datetime(2026, 11, 23, 9, 0, 0, 123456, tzinfo=UTC)

STRANGE_TEXT = '\u01fa "ward", a \U0001d11e\n\ttab \\ and \u202eturned'


@pytest.fixture
def other(database_url: str, request: pytest.FixtureRequest) -> str:
    """The address of an empty database of the other kind."""
    kind = "postgresql" if database_url.startswith("sqlite") else "sqlite"
    url: str = request.getfixturevalue(f"{kind}_url")
    return url


def moved(file: Path, url: str) -> Transferred:
    """Import an archive into a database."""
    engine = build_engine(url)
    try:
        with writing(engine, ORIGIN) as session:
            return import_all(session, file)
    finally:
        engine.dispose()


def exported(url_or_engine: str | Engine, file: Path) -> Path:
    """Export a database into an archive."""
    engine = build_engine(url_or_engine) if isinstance(url_or_engine, str) else url_or_engine
    with reading(engine) as session:
        export_all(session, file)
    if isinstance(url_or_engine, str):
        engine.dispose()
    return file


def test_every_table_goes_there_and_back(engine: Engine, other: str, tmp_path: Path) -> None:
    with writing(engine, ORIGIN) as session:
        fill(session)
        session.execute(
            insert(Row.metadata.tables["explanation"]),
            [
                GOOD["explanation"][0] | {"edition": 2, "text": STRANGE_TEXT},
                GOOD["explanation"][0] | {"warning_id": "Actuals-2024-1-0", "recorded_at": AT},
                GOOD["explanation"][0] | {"warning_id": "actuals_2024-1-0"},
            ],
        )

    first = exported(engine, tmp_path / "first.zip")
    told = moved(first, other)

    assert told == Transferred(
        rows=sum(len(rows) for rows in GOOD.values()) + 3 + 1, tables=len(Row.metadata.tables)
    )
    assert exported(other, tmp_path / "second.zip").read_bytes() == first.read_bytes()
    assert first.stat().st_mode & 0o777 == 0o600


def test_a_copy_goes_on_where_the_original_was(engine: Engine, other: str, tmp_path: Path) -> None:
    Given(engine).register()
    file = exported(engine, tmp_path / "all.zip")
    moved(file, other)

    instants = []
    for url in (engine.url.render_as_string(hide_password=False), other):
        one = build_engine(url)
        with writing(one, ORIGIN) as session:
            at = ledger.stamp(session, AT, Change(ChangeKind.REGISTER))
            instants.append((at, ledger.count_changes(session)))
        one.dispose()

    assert instants[0] == instants[1]


def given_trusts(session: Session) -> None:
    for name in ("organisation", "organisation_alias"):
        session.execute(insert(Row.metadata.tables[name]), GOOD[name])


def test_a_database_that_holds_something_is_refused(
    engine: Engine, session: Session, tmp_path: Path
) -> None:
    file = exported(engine, tmp_path / "all.zip")
    given_trusts(session)

    with pytest.raises(ArchiveRefused) as refused:
        import_all(session, file)

    assert str(refused.value) == (
        "all.zip was not stored: the database is not empty: it holds rows in"
        " organisation, organisation_alias; name a new one in PARITY_DATABASE_URL."
    )


def test_a_database_that_has_seen_a_change_is_not_empty(
    engine: Engine, session: Session, tmp_path: Path
) -> None:
    file = exported(engine, tmp_path / "all.zip")
    session.execute(text("UPDATE ledger SET changes = 1"))

    with pytest.raises(ArchiveRefused, match="it holds rows in ledger"):
        import_all(session, file)


def changed(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Change what is in an archive."""
    with ZipFile(file) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    change(held)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return file


def of_another_schema(held: dict[str, bytes]) -> None:
    held[MANIFEST] = json.dumps(json.loads(held[MANIFEST]) | {"schema": "abc"}).encode()


def without_a_manifest(held: dict[str, bytes]) -> None:
    del held[MANIFEST]


def with_a_strange_manifest(held: dict[str, bytes]) -> None:
    held[MANIFEST] = b"[]"


def without_a_table(held: dict[str, bytes]) -> None:
    del held["tables/expert.jsonl"]


def with_another_row(held: dict[str, bytes]) -> None:
    held["tables/census.jsonl"] = held["tables/census.jsonl"].replace(b"2024-04-01", b"2024-04-02")


def with_too_many_values(held: dict[str, bytes]) -> None:
    _write(held, "census", b"[2024, 1]\n")


def with_no_list(held: dict[str, bytes]) -> None:
    _write(held, "census", b"{}\n")


def with_half_a_line(held: dict[str, bytes]) -> None:
    _write(held, "census", b'[2024, "2024-04-0')


def with_a_row_that_refers_to_nothing(held: dict[str, bytes]) -> None:
    _write(held, "organisation_alias", b'["ZZ999", 0, "A name"]\n')


def _write(held: dict[str, bytes], table: str, data: bytes) -> None:
    name = f"tables/{table}.jsonl"
    manifest = json.loads(held[MANIFEST])
    manifest["tables"][table]["sha256"] = sha256(data).hexdigest()
    held[MANIFEST], held[name] = json.dumps(manifest).encode(), data


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            of_another_schema,
            OTHER_SCHEMA,
        ),
        (without_a_manifest, "it has no manifest that can be read"),
        (with_a_strange_manifest, "it has no manifest that can be read"),
        (without_a_table, "its tables are not those of its schema"),
        (with_another_row, "its table census is not as it was written"),
        (with_too_many_values, "its table census cannot be stored"),
        (with_no_list, "its table census cannot be stored"),
        (with_half_a_line, "its table census cannot be stored"),
        (with_a_row_that_refers_to_nothing, "its table organisation_alias cannot be stored"),
    ],
)
def test_an_archive_that_is_not_as_it_was_written_is_refused(
    engine: Engine,
    other: str,
    tmp_path: Path,
    change: Callable[[dict[str, bytes]], None],
    why: str,
) -> None:
    Given(engine).register()
    file = changed(exported(engine, tmp_path / "all.zip"), change)
    before = exported(other, tmp_path / "before.zip").read_bytes()

    with pytest.raises(ArchiveRefused) as refused:
        moved(file, other)

    assert str(refused.value) == f"all.zip was not stored: {why}."
    assert exported(other, tmp_path / "after.zip").read_bytes() == before


def test_something_else_than_an_archive_is_refused(session: Session, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    file.write_bytes(b"PK\x03\x04 and nothing more")

    with pytest.raises(ArchiveRefused) as refused:
        import_all(session, file)

    assert str(refused.value) == (
        "all.zip was not stored: it is no ZIP archive, or a damaged one."
    )


def test_an_archive_that_would_fill_the_disk_is_refused(
    engine: Engine, session: Session, tmp_path: Path
) -> None:
    file = exported(engine, tmp_path / "all.zip")

    with pytest.raises(ArchiveRefused) as refused:
        import_all(session, file, most_inflated=10)

    assert str(refused.value) == ("all.zip was not stored: its tables come to more than 10 bytes.")
