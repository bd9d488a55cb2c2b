"""What a database of the release before holds is entered when it is upgraded."""

from collections import Counter

from sqlalchemy import insert, select

from app.services.audit import verify_audit
from app.store import audit, schema
from app.store.engine import build_engine, reading, writing
from app.store.rows import ChangeRow, Row, table_of
from tests.store.rows_to_try import AT, GOOD

BEFORE = "4f1d7c2a9b36"
"""The schema of the release before there was an audit."""

LATER = {"audit_entry", "consent_revision", "consent_area", "disclosure", "hidden_group"}
LATER |= {"actuals_summary", "board_summary"}
LATER |= {"kept_answer", "page_session", "token_withdrawal"}
"""Tables that came with it, or after it."""


def test_what_was_held_before_is_entered_and_holds(empty_database_url: str) -> None:
    schema.upgrade(empty_database_url, BEFORE)
    engine = build_engine(empty_database_url)
    with writing(engine) as session:
        for table in Row.metadata.sorted_tables:
            if table.name in GOOD and table.name not in LATER:
                session.execute(insert(table), GOOD[table.name])
        ledger = Row.metadata.tables["ledger"]
        session.execute(ledger.update().values(changes=1, changed_at=AT))

    schema.upgrade(engine)

    with reading(engine) as session:
        entries = list(audit.read_entries(session))
        changes = session.execute(select(table_of(ChangeRow))).all()
        assert verify_audit(session).findings == []
    events = Counter(one.event for one in entries)
    assert events == {"before_audit": len(entries)}
    assert [one.change for one in entries if one.change] == [one.number for one in changes]
    assert {"actuals/ZZ901/2024", "token/1a2b3c", "register"} & {one.thing for one in entries}

    schema.upgrade(engine)

    with reading(engine) as session:
        assert list(audit.read_entries(session)) == entries
    engine.dispose()


def test_the_audit_of_an_empty_database_begins_empty(empty_database_url: str) -> None:
    schema.upgrade(empty_database_url)
    engine = build_engine(empty_database_url)

    with reading(engine) as session:
        assert audit.find_head(session).count == 0
        assert verify_audit(session).findings == []
    engine.dispose()
