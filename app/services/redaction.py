"""Taking out what should never have been sent."""

from datetime import datetime

from sqlmodel import Session

from app.domain.changes import Change
from app.store import audit, kept_answers, ledger, redaction


def redact(
    session: Session,
    *,
    thing: Change,
    member: str,
    number: int | None,
    reason: str,
    now: datetime,
) -> int:
    """Put `[redacted ...]` with the day in the place of a text; return how often it was there.

    The audit says who did so and why. What the text was is kept nowhere, not in an answer for
    whoever repeats a request either, but for backups and what the database leaves on the disk,
    see `app.store.engine.clear_log`.

    Args:
        session: In a transaction.
        thing: Whose text it is.
        member: What the text is called; one of `app.store.redaction.list_members`.
        number: Of the revision, edition, version or comment; None for all of them.
        reason: Why.
        now: The instant.
    """
    ledger.take_turn(session)
    tombstone = f"[redacted {now:%Y-%m-%d}]"
    taken = redaction.redact(session, thing, member, number=number, tombstone=tombstone)
    if taken:
        kept_answers.forget_with(session, set(taken))
        audit.give_reason(session, reason)
        ledger.stamp(session, now, thing)
    return len(taken)
