"""What is told to be of its column's type on SQLite can be read, and what cannot is told."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    insert,
    select,
    text,
)

from app.store.column_types import as_text, is_of_its_type
from app.store.engine import build_engine, writing
from app.store.rows import ExactShare, Instant

HELD = Table(
    "held",
    MetaData(),
    Column("day", Date),
    Column("at", Instant),
    Column("is_so", Boolean),
    Column("persons", Integer),
    Column("share", ExactShare),
    Column("name", String),
)

BROKEN = "CAST(x'41ff' AS TEXT)"
"""A text that is not UTF-8, over which a driver stops; none can be bound."""

KINDS = {
    "day": date, "at": datetime, "is_so": bool, "persons": int, "share": Decimal, "name": str,
}  # fmt: skip

VALUES = (
    "", " ", "soon", "now", "12:00", "12", "yes", "2024-1-1", " 2024-01-01", "2024-01-01",
    "2024-02-29", "2023-02-29", "2024-02-30", "2024-13-01", "0000-01-01", "10000-01-01",
    "2024-01-01 00:00:00", "2024-01-01 23:59:59.999999", "2024-01-01 23:59:60",
    "2024-01-01 23:60:00", "2024-01-01 24:00:00", "2024-02-30 00:00:00", "0000-01-01 00:00:00",
    "2024-01-01 00:00:00.12345a", "2024-01-01 00:00:00.1", "2024-01-01T00:00:00Z",
    -1, 0, 1, 2, 2024, 0.5, b"2024-01-01", b"\1", b"\xff",
)  # fmt: skip


@pytest.mark.parametrize("column", HELD.columns, ids=lambda column: column.name)
def test_what_is_of_its_type_can_be_read(column: Column[object], empty_sqlite_url: str) -> None:
    engine = build_engine(empty_sqlite_url)
    with writing(engine) as session:
        connection = session.connection()
        HELD.create(connection)
        connection.execute(text(f"INSERT INTO held ({column.name}) VALUES ({BROKEN})"))  # noqa: S608 — names of ours
        for value in VALUES:
            connection.execute(text(f"INSERT INTO held ({column.name}) VALUES (:v)"), {"v": value})  # noqa: S608 — names of ours
        kept = connection.execute(select(column).where(is_of_its_type(column))).scalars().all()
        told = set(connection.execute(select(is_of_its_type(column))).scalars())
        others = select(as_text(column)).where(~is_of_its_type(column))
        count = len(connection.execute(others).all())
    engine.dispose()

    assert {type(one) for one in kept} <= {KINDS[column.name]}
    assert len(kept) + count == 1 + len(VALUES)
    assert told == {True, False}


def test_what_is_stored_is_of_its_type(empty_sqlite_url: str) -> None:
    row = {
        "day": date(2024, 2, 29), "at": datetime(2024, 2, 29, 23, 59, 59, 999_999, UTC),
        "is_so": False, "persons": 0, "share": Decimal("0.1234"), "name": "",
    }  # fmt: skip
    engine = build_engine(empty_sqlite_url)
    with writing(engine) as session:
        connection = session.connection()
        HELD.create(connection)
        connection.execute(insert(HELD).values(row))
        told = connection.execute(select(*map(is_of_its_type, HELD.columns))).one()
    engine.dispose()

    assert set(told) == {True}
