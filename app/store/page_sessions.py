"""Sessions of people who signed in on a page in the database; only hashes are kept."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, or_, select, update
from sqlmodel import Session

from app.domain.page_sessions import VISIT_INTERVAL, PageSession
from app.store.rows import PageSessionRow, table_of

_TABLE: Final = table_of(PageSessionRow)


def find(session: Session, digest: str) -> PageSession | None:
    """Return the session whose secret has a SHA-256, in hexadecimal, ended or not; or None."""
    at = _TABLE.c
    query = select(at.token_id, at.token_hash, at.created_at, at.last_seen_at, at.ended_at)
    row = session.execute(query.where(at.hash == digest)).one_or_none()
    return None if row is None else PageSession(*row)


def add(session: Session, made: PageSession, digest: str) -> None:
    """Store a session, with the SHA-256 of its secret."""
    session.execute(
        insert(_TABLE).values(
            hash=digest,
            token_id=made.token_id,
            token_hash=made.token_hash,
            created_at=made.created_at,
            last_seen_at=made.last_seen_at,
        )
    )


def record_visit(session: Session, digest: str, at: datetime) -> None:
    """Store that a page was asked for, unless that was stored in the minute before."""
    is_due = _TABLE.c.last_seen_at <= at - VISIT_INTERVAL
    session.execute(update(_TABLE).where(_TABLE.c.hash == digest, is_due).values(last_seen_at=at))


def end(session: Session, digest: str, at: datetime) -> None:
    """Sign a session out, if there is one. Once ended, it stays so."""
    holds = _TABLE.c.ended_at.is_(None)
    session.execute(update(_TABLE).where(_TABLE.c.hash == digest, holds).values(ended_at=at))


def remove_ended(session: Session, made_until: datetime) -> None:
    """Remove the sessions that were signed out, or made until an instant."""
    is_over = or_(_TABLE.c.ended_at.is_not(None), _TABLE.c.created_at <= made_until)
    session.execute(delete(_TABLE).where(is_over))
