"""Backups: everything that a database holds at one moment, sealed, and put back.

A backup is the archive of `app.services.transfer` with a seal: the hash of all bytes before it,
as the last of the file. It is the same on every database, so that a backup of one kind can be
restored into another, and it says which schema it is of, so that a later release can restore it.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any, BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Connection
from sqlmodel import Session

from app.domain.errors import ArchiveRefused, FileNotWritten
from app.services.transfer import (
    FORMAT,
    MANIFEST,
    Transferred,
    load_table,
    told,
    write_archive,
)
from app.store import dumps, schema

SEAL: Final = b"parity backup, sha256 "
"""What comes before the hash at the end of a backup."""

HASH: Final = 64
"""Characters of the hash."""

OWNERS: Final = 0o600
"""Only the owner may read a backup: it holds hashes of tokens and names of experts."""

THERE_ALREADY: Final = "it is there already; name another one"
"""Why a file is left as it is."""

_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds.

    Attributes:
        content: Its rows and tables.
        changes: The number of the newest change in it.
        revision: The schema's that it is of.
        entries: What the manifest says of each table, in the order in which they are stored.
    """

    content: Transferred
    changes: int
    revision: str
    entries: Mapping[str, Mapping[str, Any]] = field(repr=False)


def back_up(session: Session, file: Path) -> Backup:
    """Write everything that a database holds at one moment into a new file.

    The file appears under its name once all of it is on the disk; until then nothing does.

    Args:
        session: A reading session; writers may go on meanwhile.
        file: Where to write.

    Raises:
        FileNotWritten: It is there already, or cannot be written.
    """
    with new_file(file) as stream:
        with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
            archive.comment = SEAL + bytes(HASH)
            write_archive(session, archive, dumps.list_tables(), schema.NEWEST)
        stream.flush()
        seal = hash_before_seal(stream)
        stream.seek(-HASH, os.SEEK_END)
        stream.write(seal.encode())
    with opened(file) as (_, backup):
        return backup


def restore(connection: Connection, file: Path) -> Backup:
    """Put everything that a backup holds into a database without tables, and migrate it.

    Nothing is stored before the whole file has been read and found as it was written.

    Args:
        connection: One for migrations, in a transaction.
        file: The backup.

    Raises:
        ArchiveRefused: The database has tables, or the backup cannot be restored.
    """
    if not schema.is_empty(connection):
        detail = "the database is not empty; name a new one in PARITY_DATABASE_URL"
        raise ArchiveRefused(file.name, detail)
    with opened(file) as (archive, backup):
        schema.upgrade_on(connection, backup.revision)
        with Session(connection) as session:
            for name, entry in backup.entries.items():
                table = dumps.table_from(name, entry["columns"])
                load_table(session, archive, table, entry, file.name)
        schema.upgrade_on(connection)
        try:
            schema.check_foreign_keys(connection)
        except ValueError as error:
            raise ArchiveRefused(file.name, str(error)) from error
    return backup


@contextmanager
def opened(file: Path) -> Iterator[tuple[ZipFile, Backup]]:
    """Yield a backup's archive, and what is in it, once it is found as it was written.

    Raises:
        ArchiveRefused: It is not as it was written, or no backup, or one of a newer release.
    """
    try:
        with file.open("rb") as stream:
            _check_seal(stream, file.name)
            with ZipFile(stream) as archive:
                yield archive, _read_manifest(archive, file.name)
    except OSError as error:
        raise ArchiveRefused(file.name, f"it cannot be read: {error.strerror}") from error


def _check_seal(stream: BinaryIO, name: str) -> None:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(size - len(SEAL) - HASH, 0))
    end = stream.read()
    if not end.startswith(SEAL):
        raise ArchiveRefused(name, "it is no backup, or its end is missing")
    if hash_before_seal(stream).encode() != end.removeprefix(SEAL):
        raise ArchiveRefused(name, "it is not as it was written")


def _read_manifest(archive: ZipFile, name: str) -> Backup:
    manifest = json.loads(archive.read(MANIFEST))
    revision = manifest["schema"]
    if manifest["format"] != FORMAT or not schema.is_known(revision):
        detail = f"it is of schema {revision}, which this release does not know; use a newer one"
        raise ArchiveRefused(name, detail)
    entries = manifest["tables"]
    return Backup(told(entries), manifest["changes"], revision, entries)


@contextmanager
def new_file(file: Path) -> Iterator[BinaryIO]:
    """Yield a file that gets its name, and is on the disk, if nothing fails.

    Raises:
        FileNotWritten: It is there already, or cannot be written.
    """
    part = file.with_name(f".{file.name}.{token_hex(4)}.part")
    if file.exists():
        raise FileNotWritten(file.name, THERE_ALREADY)
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNERS), "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        file.hardlink_to(part)  # as renaming, but never over a file that has come meanwhile
    except FileExistsError as error:
        raise FileNotWritten(file.name, THERE_ALREADY) from error
    except OSError as error:
        raise FileNotWritten(file.name, error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    """Bring a folder's list of names onto the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def hash_before_seal(stream: BinaryIO) -> str:
    """Return the hash of all bytes of a file but its own at the end; leave it before that."""
    digest = sha256()
    left = stream.seek(-HASH, os.SEEK_END)
    stream.seek(0)
    while left:
        chunk = stream.read(min(left, _CHUNK))
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest()
