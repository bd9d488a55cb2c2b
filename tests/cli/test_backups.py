"""Backing up and restoring at the command line."""

import re
from pathlib import Path

from sqlalchemy import Engine

from app.store import schema
from tests.archives import OLDER, back_up_older
from tests.cli.parity import Parity


def test_a_backup_is_restored_into_a_new_database(
    example: Parity, fresh_parity: Parity, tmp_path: Path
) -> None:
    file, copy = tmp_path / "parity.backup", tmp_path / "again.backup"

    made = re.fullmatch(
        r"Wrote (.+), to (.+)\. It holds .+\n", example.succeed("backup", str(file))
    )
    restored = fresh_parity.succeed("restore", str(file))

    assert made is not None
    assert made[2] == str(file)
    assert restored == f"Restored {made[1]}.\n"
    fresh_parity.succeed("backup", str(copy))
    assert copy.read_bytes() == file.read_bytes()


def test_a_backup_is_not_restored_over_anything(example: Parity, tmp_path: Path) -> None:
    file = tmp_path / "parity.backup"
    example.succeed("backup", str(file))

    told = example.fail("restore", str(file))
    again = example.fail("backup", str(file))

    assert told == (
        "archive_refused: parity.backup was not stored: the database is not empty; name a new one"
        " in PARITY_DATABASE_URL.\n"
    )
    assert again == (
        "file_not_written: parity.backup was not written: it is there already; name another one.\n"
    )


def test_an_older_backup_is_migrated(engine: Engine, fresh_parity: Parity, tmp_path: Path) -> None:
    schema.downgrade(engine, OLDER)
    file = tmp_path / "older.backup"
    back_up_older(engine, file, OLDER)

    assert fresh_parity.succeed("restore", str(file)) == (
        "Restored 1 rows of 1 tables, up to change 0, and migrated it from"
        f" {OLDER} to {schema.NEWEST}.\n"
    )
