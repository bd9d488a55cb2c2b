"""What tells of the past stays: the database itself refuses to change it."""

import pytest
from sqlalchemy import Engine, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.store.engine import reading, writing
from app.store.rows import Row
from tests.store.rows_to_try import GOOD, fill

TABLES = (
    *("audit_entry", "change", "release", "disclosure", "hidden_group", "explanation"),
    *("consent_revision", "consent_area"),
    *("import_record", "import_item", "import_warning", "token_withdrawal"),
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


TEXTS = {
    "target_version": "rationale",
    "target_move": "comment",
    "target_comment": "text",
    "release": "note",
    "explanation": "text",
    "indicator_revision": "notes",
    "import_record": "file_name",
}
"""A text of each table of which a text may be redacted."""


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_text_becomes_a_tombstone_and_nothing_else(engine: Engine, name: str) -> None:
    table, text = Row.metadata.tables[name], TEXTS[name]
    with writing(engine) as session:
        fill(session, before=name)
        session.execute(insert(table), GOOD[name][0] | {text: "Somebody"})
    tombstone = {text: "[redacted 2026-11-28]"}

    for values in ({text: "Nobody"}, {text: None}, tombstone | {"recorded_by": "someone"}):
        with pytest.raises(IntegrityError), writing(engine) as session:
            session.execute(update(table).values(values))
    with writing(engine) as session:
        session.execute(update(table).values(tombstone))

    (row,) = rows(engine, table)
    assert "[redacted 2026-11-28]" in row
    assert "Somebody" not in row
