"""What tells of the past stays: the database itself refuses to change it."""

import pytest
from sqlalchemy import Engine, Table, delete, select, update
from sqlalchemy.exc import IntegrityError

from app.store.engine import reading, writing
from app.store.rows import Row
from tests.store.rows_to_try import fill

TABLES = (
    *("change", "release", "disclosure", "hidden_group", "explanation"),
    *("import_record", "import_item", "import_warning"),
)


def rows(engine: Engine, table: Table) -> list[str]:
    with reading(engine) as session:
        return [str(row) for row in session.execute(select(table))]


@pytest.mark.parametrize("name", TABLES)
def test_the_database_refuses_to_change_or_delete_a_row(engine: Engine, name: str) -> None:
    table = Row.metadata.tables[name]
    with writing(engine) as session:
        fill(session)
    before = rows(engine, table)

    for statement in (update(table).values({"recorded_by": "someone"}), delete(table)):
        change = statement if "recorded_by" in table.c else delete(table)
        with (
            pytest.raises(IntegrityError, match=f"rows of {name} are never changed"),
            writing(engine) as session,
        ):
            session.execute(change)

    assert before
    assert rows(engine, table) == before
