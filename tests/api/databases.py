"""Which databases a test runs on, if not on each, and all that one holds."""

import pytest
from sqlalchemy import func, select

from app.store.engine import build_engine
from app.store.rows import Row

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what does not depend on the database."""


on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
"""For what no other has."""


def read_everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, but for when tokens were last used."""
    engine = build_engine(url)
    with engine.connect() as connection:
        held = {
            table.name: [
                tuple(row)
                for row in connection.execute(
                    select(*(one for one in table.columns if one.name != "last_used_at")).order_by(
                        *table.primary_key
                    )
                )
            ]
            for table in Row.metadata.sorted_tables
        }
    engine.dispose()
    return held


def count_everything(url: str) -> dict[str, int]:
    """Return how many rows each table has."""
    engine = build_engine(url)
    with engine.connect() as connection:
        held = {
            table.name: connection.scalars(select(func.count()).select_from(table)).one()
            for table in Row.metadata.sorted_tables
        }
    engine.dispose()
    return held
