"""Kept answers in the database."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, select
from sqlmodel import Session

from app.domain.kept_answers import Claim, KeptAnswer
from app.store.rows import KeptAnswerRow, table_of

_TABLE: Final = table_of(KeptAnswerRow)


def find(session: Session, claim: Claim) -> KeptAnswer | None:
    """Return what was answered to a caller's key, whatever the request said."""
    at = _TABLE.c
    query = select(at.digest, at.content).where(at.caller == claim.caller, at.key == claim.key)
    row = session.execute(query).one_or_none()
    return None if row is None else KeptAnswer(*row)


def add(session: Session, claim: Claim, content: str | None, at: datetime) -> None:
    """Keep an answer; its key has none yet."""
    session.execute(
        insert(_TABLE).values(
            caller=claim.caller,
            key=claim.key,
            digest=claim.digest,
            content=content,
            recorded_at=at,
        )
    )


def remove_until(session: Session, instant: datetime) -> None:
    """Remove what was kept until an instant."""
    session.execute(delete(_TABLE).where(_TABLE.c.recorded_at <= instant))


def remove_with(session: Session, text: str) -> None:
    """Remove the answers in which a text stands."""
    session.execute(delete(_TABLE).where(_TABLE.c.content.contains(text, autoescape=True)))
