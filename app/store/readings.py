"""Recording who reads exact figures of others: once an hour for a caller and an organisation.

A session that reads changes nothing, so it only notes what is read. Whoever opened it records
the notes in a short transaction of its own, after the session and before the answer: what cannot
be recorded is not answered.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, text
from sqlmodel import Session

from app.domain.audit import AuditEvent, Origin, Reading
from app.store import audit, ledger
from app.store.engine import BUSY_TIMEOUT_MS, writing

AS_ONE: Final = timedelta(hours=1)
"""How long a reading stands for all that follow it."""

MOST_KNOWN: Final = 10_000
"""Readings that a process keeps in mind, so that it need not look them up."""

_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)

_NOTED = "readings"
"""Where a session keeps what was read in it."""

_known: WeakKeyDictionary[Engine, dict[Reading, datetime]] = WeakKeyDictionary()
"""When readings were recorded, as far as this process knows, by database."""


def note(session: Session, reading: Reading) -> None:
    """Keep in mind that exact figures are read."""
    session.info.setdefault(_NOTED, {})[reading] = None


def list_noted(session: Session) -> Collection[Reading]:
    """Return what was read in a session, each once."""
    noted: dict[Reading, None] = session.info.get(_NOTED, {})
    return noted


def find_unknown(engine: Engine, noted: Iterable[Reading], now: datetime) -> list[Reading]:
    """Return the readings that this process does not know to be recorded within the hour."""
    known = _known.get(engine, {})
    return [one for one in noted if not _stands(known.get(one), now)]


def record(engine: Engine, unknown: Collection[Reading], origin: Origin, now: datetime) -> None:
    """Enter readings in the audit, unless another process has done so within the hour.

    Waits for a change that is under way as long as any change would, and no longer.

    Args:
        engine: Of the database; a connection of it is free.
        unknown: What was read.
        origin: How, and from where; the caller is the reading's.
        now: The instant.
    """
    known = _known.setdefault(engine, {})
    with writing(engine) as session:
        if engine.dialect.name == "postgresql":
            session.execute(text(f"SET LOCAL lock_timeout = {BUSY_TIMEOUT_MS}"))
        ledger.take_turn(session)
        entered = {one: _find(session, one, now) for one in unknown}
        audit.enter(
            session,
            [
                replace(
                    audit.draft(replace(origin, caller=one.caller), AuditEvent.READING, now),
                    ods_code=one.ods_code,
                )
                for one, at in entered.items()
                if at is None
            ],
        )
    keep_in_mind(known, {one: at or now for one, at in entered.items()})


def stand_until(engine: Engine, recorded: Iterable[Reading]) -> datetime:
    """Return how long readings that were recorded stand for those that follow.

    Args:
        engine: Of the database.
        recorded: One or more, as this process knows.
    """
    known = _known[engine]
    # What this process had to forget meanwhile may have to be recorded at once.
    return min(known.get(one, _LONG_AGO) for one in recorded) + AS_ONE


def keep_in_mind(
    known: dict[Reading, datetime], more: Mapping[Reading, datetime], *, most: int = MOST_KNOWN
) -> None:
    """Add to what a process knows to be recorded; if that were too much, forget all before."""
    if len(known) + len(more) > most:
        known.clear()
    known.update(more)


def _find(session: Session, one: Reading, now: datetime) -> datetime | None:
    return audit.find_reading(session, one.caller, one.ods_code, since=now - AS_ONE)


def _stands(at: datetime | None, now: datetime) -> bool:
    return at is not None and now < at + AS_ONE
