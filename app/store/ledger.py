"""The order of changes: every change takes its instant here, so no two share one."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlmodel import Session, col

from app.store.rows import LedgerRow

_ONE = col(LedgerRow.id) == 1


def take_turn(session: Session) -> None:
    """Wait for the change that is under way, if there is one; the next one waits for this.

    What is read afterwards is what the change builds on.
    """
    session.execute(select(col(LedgerRow.id)).where(_ONE).with_for_update())


def stamp(session: Session, now: datetime) -> datetime:
    """Return the instant of a change: now, or just after the change before it.

    Waits for the change that is under way, if there is one; the next one waits for this. So
    instants follow the order of commits, and what was known as of an instant stays known.
    """
    held = session.execute(
        select(col(LedgerRow.changes), col(LedgerRow.changed_at)).where(_ONE).with_for_update()
    ).one()
    at: datetime = max(now, held.changed_at + timedelta(microseconds=1))
    session.execute(update(LedgerRow).where(_ONE).values(changes=held.changes + 1, changed_at=at))
    return at
