"""Every table as lines of text that are the same on every database, and back again.

A line is a row as JSON, its columns in the order of the table; lines follow each other in the
order of the primary key, texts compared by their code points. So two databases that hold the
same give the same bytes.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    MetaData,
    String,
    Table,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.types import NullType, TypeEngine
from sqlmodel import Session

from app.store.rows import ExactShare, Instant, LedgerRow, Row, table_of

BATCH: Final = 5_000
"""Rows that are read or stored at a time."""

_LEDGER: Final = table_of(LedgerRow)

_PLAIN: Final = "plain"
"""The kind of column whose values are as JSON has them."""

_KINDS: Final[Mapping[str, type[TypeEngine[Any]]]] = {
    "instant": Instant,
    "date": Date,
    "share": ExactShare,
    _PLAIN: NullType,
}
"""Kinds of columns, by what tells how to read a value."""


def list_tables() -> list[Table]:
    """Return every table, those that others refer to first.

    The moves of targets come last: after them the database accepts no more of a version.
    """
    return sorted(Row.metadata.sorted_tables, key=lambda one: one.name == "target_move")


def describe(table: Table) -> dict[str, str]:
    """Return the columns of a table and their kinds, so that other releases can read its lines."""
    return {column.name: _kind(column) for column in table.columns}


def table_from(name: str, columns: Mapping[str, str]) -> Table:
    """Return a table of which no more is known than a description.

    Raises:
        KeyError: It has a kind of column that is not known.
    """
    made = (Column(column, _KINDS[kind]()) for column, kind in columns.items())
    return Table(name, MetaData(), *made)


def _kind(column: Column[Any]) -> str:
    kinds = (kind for kind, type_ in _KINDS.items() if isinstance(column.type, type_))
    return next(kinds, _PLAIN)


def dump(session: Session, table: Table) -> Iterator[str]:
    """Yield every row of a table as a line of JSON, in the order of the primary key."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    query = select(*table.columns).order_by(
        *(_by_code_points(column, is_sqlite=is_sqlite) for column in table.primary_key)
    )
    for row in session.execute(query).yield_per(BATCH):
        yield json.dumps([as_plain(value) for value in row], ensure_ascii=False)


def load(session: Session, table: Table, lines: Iterable[str]) -> int:
    """Store lines as rows of a table that is empty; return how many.

    The ledger has its one row from the beginning; it becomes the one in the lines.

    Raises:
        ValueError: A line is no row of the table.
    """
    columns = list(table.columns)
    rows = (_row(columns, line) for line in lines)
    number = 0
    while batch := list(islice(rows, BATCH)):
        if table.name == _LEDGER.name:
            session.execute(update(table).values(batch[0]))
        else:
            session.execute(insert(table), batch)
        number += len(batch)
    return number


def find_filled(session: Session) -> list[str]:
    """Return the names of the tables that hold anything, in which nothing may be loaded."""
    return [
        table.name
        for table in list_tables()
        if (table is _LEDGER and _has_changes(session))
        or (table is not _LEDGER and _count(session, table))
    ]


def _has_changes(session: Session) -> bool:
    return bool(session.execute(select(_LEDGER.c.changes)).scalar_one())


def _count(session: Session, table: Table) -> int:
    number: int = session.execute(select(func.count()).select_from(table)).scalar_one()
    return number


def _by_code_points(column: Column[Any], *, is_sqlite: bool) -> ColumnElement[Any]:
    """Return what orders a column the same everywhere: PostgreSQL orders texts by a language."""
    return column if is_sqlite or not isinstance(column.type, String) else column.collate("C")


def as_plain(value: object) -> object:
    """Return a value as JSON has it."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value


def _row(columns: list[Column[Any]], line: str) -> dict[str, object]:
    """Return a line as a row.

    Raises:
        ValueError: It is none.
    """
    values = json.loads(line)
    if not isinstance(values, list) or len(values) != len(columns):
        raise ValueError(f"a line does not have {len(columns)} values")
    return {
        column.name: _typed(column, value) for column, value in zip(columns, values, strict=True)
    }


def _typed(column: Column[Any], value: Any) -> object:  # noqa: ANN401 — as JSON has it
    """Return a value as a column has it."""
    if value is None:
        return None
    if isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, ExactShare):
        return Decimal(value)
    return value
