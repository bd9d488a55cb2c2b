"""Tokens that are held go through the change of their table, there and back."""

from sqlalchemy import Engine, insert, text

from app.store import schema
from app.store.engine import reading, writing
from app.store.rows import Row
from tests.store.rows_to_try import GOOD, fill

SIGNED = {
    **GOOD["token"][0],
    "id": "00000000000c",
    "hash": None,
    "issuer": "https://issuer.example",
    "subject": "a client",
}


HELD = (
    text("SELECT id, hash, role FROM token"),
    text("SELECT token_id, ods_code FROM token_organisation"),
)
"""What both schemas have of tokens."""


def held(engine: Engine) -> list[tuple[object, ...]]:
    """Return what is held of tokens."""
    with reading(engine) as session:
        return [tuple(row) for query in HELD for row in session.execute(query)]


def test_what_the_schema_before_can_say_stays(engine: Engine) -> None:
    with writing(engine) as session:
        fill(session)
        session.execute(insert(Row.metadata.tables["token"]).values(SIGNED))
        consent = {"token_id": SIGNED["id"], "ods_code": "ZZ901"}
        session.execute(insert(Row.metadata.tables["token_organisation"]).values(consent))
    kept = [("0123456789ab", "0" * 64, "trust"), ("0123456789ab", "ZZ901")]

    schema.downgrade(engine, "a61c09d4e7f2-1")
    before = held(engine)
    schema.upgrade(engine)

    assert before == kept
    assert held(engine) == kept
    assert schema.is_current(engine)
