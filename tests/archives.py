"""Backups as other releases made them, or as nobody should."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Column, Engine, MetaData, Table, inspect
from sqlmodel import Session

from app.services import backups
from app.services.transfer import write_archive
from app.store import dumps
from app.store.engine import reading

OLDER = "5b1c8e6f20d7"
"""The schema before the first that numbered its changes."""


def back_up_older(engine: Engine, file: Path, revision: str) -> None:
    """Back up a database of an older schema, as the release of that schema would have."""
    with reading(engine) as session, sealed(file) as archive:
        write_archive(session, archive, _tables(session), revision)


def _tables(session: Session) -> list[Table]:
    """Return the tables that there were, in today's order and with the columns of then."""
    held = inspect(session.connection())
    there = {*held.get_table_names()}
    return [
        Table(
            table.name,
            MetaData(),
            *(
                Column(column.name, column.type, primary_key=column.primary_key)
                for column in table.columns
                if column.name in {one["name"] for one in held.get_columns(table.name)}
            ),
        )
        for table in dumps.list_tables()
        if table.name in there
    ]


@contextmanager
def sealed(file: Path) -> Iterator[ZipFile]:
    """Yield an archive that is sealed at the end, whatever is in it."""
    with file.open("w+b") as stream:
        with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
            archive.comment = backups.SEAL + bytes(backups.HASH)
            yield archive
        seal = backups.hash_before_seal(stream)
        stream.seek(-backups.HASH, os.SEEK_END)
        stream.write(seal.encode())
