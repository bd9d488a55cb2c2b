"""Rows of a trust could lie on one host: see `docs/scaling.md`."""

from typing import TypeGuard

from sqlalchemy import Constraint, ForeignKeyConstraint, UniqueConstraint

from app.store.rows import Row
from tests.spread import OF_ONE_HOST, REFERENCE

TABLES = {table.name: table for table in Row.metadata.sorted_tables}

SPREAD = {name: table for name, table in TABLES.items() if name not in REFERENCE | OF_ONE_HOST}


def test_every_table_that_is_not_spread_is_one_of_ours() -> None:
    assert TABLES.keys() > REFERENCE | OF_ONE_HOST
    assert not REFERENCE & OF_ONE_HOST


def test_a_spread_table_is_keyed_by_its_trust_first() -> None:
    first = {name: next(iter(table.primary_key.columns)).name for name, table in SPREAD.items()}

    assert first == dict.fromkeys(SPREAD, "ods_code")


def test_nothing_is_unique_over_the_rows_of_several_trusts() -> None:
    wide = [
        f"{name}: {columns}"
        for name, table in SPREAD.items()
        for columns in (
            *(list(one.columns.keys()) for one in table.constraints if _is_unique(one)),
            *(list(one.columns.keys()) for one in table.indexes if one.unique),
        )
        if "ods_code" not in columns
    ]

    assert wide == []


def _is_unique(constraint: Constraint) -> TypeGuard[UniqueConstraint]:
    return isinstance(constraint, UniqueConstraint)


def test_rows_refer_to_rows_of_the_same_trust_or_to_what_every_host_has() -> None:
    stray = [
        f"{name}: {key.column_keys} to {key.referred_table.name}"
        for name, table in TABLES.items()
        for key in table.foreign_key_constraints
        if not _stays(name, key)
    ]

    assert stray == []


def _stays(name: str, key: ForeignKeyConstraint) -> bool:
    """Return whether what a row refers to is where the row is."""
    referred = key.referred_table.name
    if referred in SPREAD:
        pairs = [(one.parent.name, one.column.name) for one in key.elements]
        return name in SPREAD and ("ods_code", "ods_code") in pairs
    return referred in REFERENCE or name in OF_ONE_HOST
