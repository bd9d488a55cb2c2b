"""Everything that a database holds in one file, and back into an empty one.

The file is a ZIP archive of one text file a table, beside a manifest with the schema's revision
and the hash of each. Revisions, instants and numbers of changes are in it as they are, so the
copy answers every question as the original does; and two databases that hold the same give the
same bytes, whichever engine keeps them. It holds tokens' hashes and experts' names: keep it as
the database itself.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from sqlalchemy import Table
from sqlalchemy.exc import StatementError
from sqlmodel import Session

from app.domain.errors import ArchiveRefused
from app.store import dumps, ledger, schema

FORMAT: Final = 1
"""Version of the archive's own form."""

MANIFEST: Final = "manifest.json"

MOST_INFLATED: Final = 20_000_000_000
"""Bytes that the tables of an archive may come to, so that a small file cannot fill the disk."""

_BEGINNING: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every file in an archive: the earliest that a ZIP can say, so that it says none."""


@dataclass(frozen=True, slots=True)
class Transferred:
    """What an archive holds.

    Attributes:
        rows: In all tables together.
        tables: That hold any.
    """

    rows: int
    tables: int


def export_all(session: Session, file: Path) -> Transferred:
    """Write everything that a database holds into an archive.

    Args:
        session: A reading session, so that all tables are of one state.
        file: Where to write; replaced if it exists. Only its owner may read it.
    """
    file.touch(mode=0o600)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        return write_archive(session, archive, dumps.list_tables(), schema.NEWEST)


def write_archive(
    session: Session, archive: ZipFile, tables: Iterable[Table], revision: str | None
) -> Transferred:
    """Write tables into an archive, in an order in which they can be stored again.

    Args:
        session: A reading session.
        archive: Open for writing.
        tables: What to write.
        revision: Of the schema that they belong to.
    """
    entries: dict[str, dict[str, object]] = {}
    for table in tables:
        digest, rows = sha256(), 0
        with archive.open(_entry(name_of(table)), "w", force_zip64=True) as stream:
            for line in dumps.dump(session, table):
                data = f"{line}\n".encode()
                digest.update(data)
                stream.write(data)
                rows += 1
        columns = dumps.describe(table)
        entries[table.name] = {"rows": rows, "sha256": digest.hexdigest(), "columns": columns}
    manifest = {
        "format": FORMAT,
        "schema": revision,
        "changes": ledger.count_changes(session),
        "tables": entries,
    }
    archive.writestr(_entry(MANIFEST), json.dumps(manifest, indent=1) + "\n")
    return told(entries)


def import_all(session: Session, file: Path, *, most_inflated: int = MOST_INFLATED) -> Transferred:
    """Store everything that an archive holds in a database that is empty.

    Args:
        session: In a transaction.
        file: The archive.
        most_inflated: Bytes that its tables may come to.

    Raises:
        ArchiveRefused: The database holds something, or the file is not an archive of this
            release's schema, or not as it was written.
    """
    filled = dumps.find_filled(session)
    if filled:
        detail = f"the database is not empty: it holds rows in {', '.join(filled[:5])}"
        raise ArchiveRefused(file.name, f"{detail}; name a new one in PARITY_DATABASE_URL")
    try:
        with ZipFile(file) as archive:
            entries = _read_manifest(archive, file.name, most_inflated)
            for table in dumps.list_tables():
                load_table(session, archive, table, entries[table.name], file.name)
    except BadZipFile as error:
        raise ArchiveRefused(file.name, "it is no ZIP archive, or a damaged one") from error
    return told(entries)


def _read_manifest(archive: ZipFile, name: str, most: int) -> dict[str, dict[str, Any]]:
    """Return what the manifest says of each table.

    Raises:
        ArchiveRefused: It is not one of this release's schema, or a table is missing.
    """
    wanted = {name_of(table) for table in dumps.list_tables()}
    try:
        manifest = json.loads(archive.read(MANIFEST))
        form, revision, entries = (manifest[key] for key in ("format", "schema", "tables"))
    except (KeyError, TypeError, ValueError) as error:
        raise ArchiveRefused(name, "it has no manifest that can be read") from error
    if (form, revision) != (FORMAT, schema.NEWEST):
        detail = (
            f"it is of schema {revision}, and this release needs {schema.NEWEST}; import it with"
            " the release that wrote it, run `parity db upgrade` with this one, and export it anew"
        )
        raise ArchiveRefused(name, detail)
    if {*archive.namelist()} != wanted | {MANIFEST}:
        raise ArchiveRefused(name, "its tables are not those of its schema")
    if sum(one.file_size for one in archive.infolist()) > most:
        raise ArchiveRefused(name, f"its tables come to more than {most:,} bytes")
    return dict(entries)


def load_table(
    session: Session, archive: ZipFile, table: Table, entry: Mapping[str, Any], name: str
) -> None:
    """Store the rows of one table.

    Raises:
        ArchiveRefused: They are not as they were written.
    """
    digest = sha256()
    try:
        with archive.open(name_of(table)) as stream:
            lines = TextIOWrapper(stream, encoding="utf-8", newline="\n")
            dumps.load(session, table, _hashed(lines, digest))
    except (ValueError, TypeError, StatementError) as error:
        raise ArchiveRefused(name, f"its table {table.name} cannot be stored") from error
    if digest.hexdigest() != entry["sha256"]:
        raise ArchiveRefused(name, f"its table {table.name} is not as it was written")


def _hashed(lines: TextIOWrapper, digest: Any) -> Iterator[str]:  # noqa: ANN401 — hashlib names no type
    for line in lines:
        digest.update(line.encode())
        yield line


def told(entries: Mapping[str, Mapping[str, Any]]) -> Transferred:
    """Return what a manifest says that the tables hold."""
    rows = [int(one["rows"]) for one in entries.values()]
    return Transferred(sum(rows), sum(one > 0 for one in rows))


def name_of(table: Table) -> str:
    """Return the name of a table's file in an archive."""
    return f"tables/{table.name}.jsonl"


def _entry(name: str) -> ZipInfo:
    """Return a file of the archive, without a date: the same content has the same bytes."""
    info = ZipInfo(name, _BEGINNING)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info
