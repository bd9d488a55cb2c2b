"""What a database that cannot be used says, in the words of the domain.

Drivers tell a full disk, a busy neighbour and a stopped server by codes of their own. This is the
one place that knows them. What is not here is a mistake of the program's, and stays an exception
of the driver.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.domain.codes import StorageReason
from app.domain.errors import OutcomeUnknown, StorageUnavailable

_SQLITE: Final[Mapping[int, StorageReason]] = {
    sqlite3.SQLITE_PERM: StorageReason.READ_ONLY,
    sqlite3.SQLITE_BUSY: StorageReason.BUSY,
    sqlite3.SQLITE_LOCKED: StorageReason.BUSY,
    sqlite3.SQLITE_READONLY: StorageReason.READ_ONLY,
    sqlite3.SQLITE_IOERR: StorageReason.FAILING,
    sqlite3.SQLITE_CORRUPT: StorageReason.DAMAGED,
    sqlite3.SQLITE_FULL: StorageReason.FULL,
    sqlite3.SQLITE_CANTOPEN: StorageReason.NOT_ANSWERING,
    sqlite3.SQLITE_NOTADB: StorageReason.DAMAGED,
}
"""By primary result code. Source: https://www.sqlite.org/rescode.html."""

_PRIMARY: Final = 0xFF
"""The part of a result code of SQLite that is the primary one."""

_POSTGRESQL: Final[Mapping[str, StorageReason]] = {
    "08": StorageReason.NOT_ANSWERING,  # connection exceptions
    "0A000": StorageReason.READ_ONLY,  # a stand-by asked for a transaction that may write
    "25006": StorageReason.READ_ONLY,  # one set to be read only
    "40": StorageReason.BUSY,  # rolled back: serialisation failures and deadlocks
    "53100": StorageReason.FULL,
    "53": StorageReason.BUSY,  # too little memory, too many connections
    "55P03": StorageReason.BUSY,  # waited for a lock for too long
    "57014": StorageReason.BUSY,  # ran for longer than the operator allows
    "57": StorageReason.NOT_ANSWERING,  # shutting down, starting, or restarted after a crash
    "58": StorageReason.FAILING,  # the system around the database
    "XX001": StorageReason.DAMAGED,
    "XX002": StorageReason.DAMAGED,
}
"""By SQLSTATE, or its class. Source: PostgreSQL's manual, appendix A."""

_AT_COMMIT: Final = frozenset({StorageReason.NOT_ANSWERING, StorageReason.FAILING})
"""After these nobody knows whether a commit under way was carried out."""


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Raise `StorageUnavailable` where the database cannot be used.

    What a session has changed until then is rolled back, or was never begun.
    """
    try:
        yield
    except DBAPIError as error:
        reason = _reason_of(error)
        if reason is None:
            raise
        raise StorageUnavailable(reason, _particulars(engine, error)) from error
    except PoolTimeout as error:
        raise StorageUnavailable(StorageReason.BUSY, "no connection is free") from error


@contextmanager
def translated_at_commit(engine: Engine) -> Iterator[None]:
    """Raise `OutcomeUnknown` where the database goes away during a commit.

    Other failures of a commit roll it back, and are left to `translated`.
    """
    try:
        yield
    except DBAPIError as error:
        reason = _reason_of(error)
        if reason not in _AT_COMMIT:
            raise
        raise OutcomeUnknown(reason, _particulars(engine, error)) from error


def _reason_of(error: DBAPIError) -> StorageReason | None:
    """Return why the database cannot be used; None where that is not what the error says."""
    said = error.orig
    if isinstance(said, sqlite3.Error):
        # The driver's own complaints, such as a closed connection's, have no code.
        return _SQLITE.get(getattr(said, "sqlite_errorcode", 0) & _PRIMARY)
    state = getattr(said, "sqlstate", None)
    if state is None:
        # Only what is wrong with a connection comes without one.
        return StorageReason.NOT_ANSWERING if isinstance(error, OperationalError) else None
    return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])


def _particulars(engine: Engine, error: DBAPIError) -> str:
    """Return what the operator should know: what is wrong with the file, or what was said."""
    said = str(error.orig).partition("\n")[0]
    code = getattr(error.orig, "sqlite_errorcode", 0) & _PRIMARY
    if engine.url.database and code in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}:
        return _wrong_with(Path(engine.url.database)) or said
    return said


def _wrong_with(file: Path) -> str | None:
    """Return what keeps a file of SQLite from being opened or written; None if it is not seen."""
    folder = file.absolute().parent
    if file.is_dir():
        return f"{file} is a folder, and has to be a file"
    if not folder.is_dir():
        return f"there is no folder {folder}"
    # SQLite keeps its log beside the file.
    needed = ((folder, os.W_OK | os.X_OK), (file, os.R_OK | os.W_OK))
    for path, mode in needed:
        if path.exists() and not os.access(path, mode, effective_ids=True):
            return f"this user may not write {path}"
    return None
