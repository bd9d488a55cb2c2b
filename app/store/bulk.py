"""Many rows at once: by `COPY` on PostgreSQL, by the driver's own `executemany` on SQLite.

Building statements and parameters row by row would take longer than storing them.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Connection, Table
from sqlmodel import Session

MANY: Final = 500
"""Rows from which the preparation pays."""


def insert_many(session: Session, table: Table, rows: Iterable[Mapping[str, object]]) -> None:
    """Insert rows, all of which have the same columns.

    Args:
        session: In a writing transaction.
        table: The table.
        rows: Values by column; at least one row, and at least two columns. They are taken one by
            one, so that they can be made while PostgreSQL stores those that came before.
    """
    connection = session.connection()
    several = iter(rows)
    first = next(several)
    names = list(first)
    values = _keep(connection, table, names, map(itemgetter(*names), chain([first], several)))
    if connection.dialect.name == "postgresql":
        _copy(connection, table, names, values)
    else:
        _execute_many(connection, table, names, values)


def _keep(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    rows: Iterable[tuple[object, ...]],
) -> Iterable[tuple[object, ...]]:
    """Return rows as the driver keeps them: columns of some types are kept as something else."""
    dialect = connection.dialect
    makers = {
        place: make
        for place, name in enumerate(names)
        if (make := table.c[name].type.dialect_impl(dialect).bind_processor(dialect))
    }
    if not makers:
        return rows
    return (
        tuple(makers[place](one) if place in makers else one for place, one in enumerate(row))
        for row in rows
    )


def _copy(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    values: Iterable[tuple[object, ...]],
) -> None:
    statement = f"COPY {_target(connection, table, names)} FROM STDIN"
    driver: Any = connection.connection  # SQLAlchemy does not type what drivers do beyond DB-API
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in values:
            copy.write_row(row)


def _execute_many(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    values: Iterable[tuple[object, ...]],
) -> None:
    places = ", ".join("?" * len(names))
    statement = f"INSERT INTO {_target(connection, table, names)} VALUES ({places})"  # noqa: S608 — names of ours
    connection.exec_driver_sql(statement, list(values))


def _target(connection: Connection, table: Table, names: Sequence[str]) -> str:
    quote = connection.dialect.identifier_preparer.quote
    return f"{quote(table.name)} ({', '.join(map(quote, names))})"
