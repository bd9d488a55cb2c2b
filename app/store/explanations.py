"""Explanations of warnings in the database: editions, of which the newest holds."""

from collections.abc import Mapping

from sqlalchemy import insert, select
from sqlmodel import Session

from app.domain.explanations import Explanation, WarningKey, parse_warning_key
from app.store.revisions import record_of, record_values
from app.store.rows import ExplanationRow, table_of

_EXPLANATION = table_of(ExplanationRow)


def find(session: Session, ods_code: str, key: WarningKey) -> Explanation | None:
    """Return the explanation that holds of a warning; None if none is given."""
    return list_of(session, ods_code, key).get(str(key))


def list_of(
    session: Session, ods_code: str, key: WarningKey | None = None
) -> Mapping[str, Explanation]:
    """Return the explanations that hold of a trust's warnings, by their identifiers.

    Args:
        session: In a transaction.
        ods_code: The trust's.
        key: Only of this warning; None for all.
    """
    at = _EXPLANATION.c
    query = select(*at).where(at.ods_code == ods_code).order_by(at.warning_id, at.edition)
    if key is not None:
        query = query.where(at.warning_id == str(key))
    found = {}
    for row in session.execute(query):
        of = parse_warning_key(row.warning_id)
        found[row.warning_id] = Explanation(of, row.edition, row.text, record_of(row))
    return found


def add(session: Session, ods_code: str, explanation: Explanation) -> None:
    """Store an edition of an explanation."""
    session.execute(
        insert(_EXPLANATION).values(
            ods_code=ods_code,
            warning_id=str(explanation.key),
            edition=explanation.edition,
            text=explanation.text,
            **record_values(explanation.record),
        )
    )
