"""Kept answers in the database."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import and_, delete, exists, insert, select, update
from sqlmodel import Session

from app.domain.kept_answers import Claim, KeptAnswer, stands_in
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


def has_any_until(session: Session, instant: datetime) -> bool:
    """Return whether something was kept until an instant that is there still."""
    return session.scalar(select(exists().where(_TABLE.c.recorded_at <= instant))) or False


def forget_with(session: Session, texts: Collection[str]) -> None:
    """Keep of answers in which one of some texts stands only that they were given."""
    at = _TABLE.c
    held = session.execute(select(at.caller, at.key, at.content).where(at.content.is_not(None)))
    for caller, key, content in held.all():
        if any(stands_in(text, content) for text in texts):
            one = and_(at.caller == caller, at.key == key)
            session.execute(update(_TABLE).where(one).values(content=None))
