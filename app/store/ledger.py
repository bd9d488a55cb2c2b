"""The order of changes: every change takes its instant and its number here.

No two transactions share an instant, and numbers follow the order of commits, because whoever
changes anything holds the ledger's one row until it has committed. So whoever has read the
changes up to a number has missed none before it.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlmodel import Session, col

from app.domain.audit_checks import ChangeFacts
from app.domain.changes import Change, ChangeKind, Entry, View
from app.domain.organisations import SYNTHETIC_PREFIX
from app.store import audit
from app.store.column_types import of_their_types
from app.store.revisions import Values, insert_all
from app.store.rows import ChangeRow, LedgerRow, table_of

_ONE = col(LedgerRow.id) == 1
_CHANGE: Final = table_of(ChangeRow)
_LEDGER: Final = table_of(LedgerRow)


def take_turn(session: Session) -> None:
    """Wait for the change that is under way, if there is one; the next one waits for this.

    What is read afterwards is what the change builds on.
    """
    session.execute(select(col(LedgerRow.id)).where(_ONE).with_for_update())


def stamp(session: Session, now: datetime, first: Change, *more: Change) -> datetime:
    """Enter changes, and return their instant: now, or just after the change before them.

    Waits for the change that is under way, if there is one; the next one waits for this. So
    instants follow the order of commits, and what was known as of an instant stays known.

    Args:
        session: In a transaction.
        now: The clock's instant.
        first: What is stored or changed.
        more: What else is, in the same step.

    Raises:
        LookupError: The session does not know who changes something.
    """
    held = session.execute(
        select(col(LedgerRow.changes), col(LedgerRow.changed_at)).where(_ONE).with_for_update()
    ).one()
    at: datetime = max(now, held.changed_at + timedelta(microseconds=1))
    stamped = [
        Entry(number, at, one) for number, one in enumerate((first, *more), start=held.changes + 1)
    ]
    audit.remember(session, stamped)
    entries: list[Values] = [
        {
            "number": one.number,
            "recorded_at": at,
            "kind": one.change.kind.value,
            "ods_code": one.change.ods_code,
            "name": one.change.name,
        }
        for one in stamped
    ]
    insert_all(session, [(_CHANGE, entries)])
    counted = held.changes + len(entries)
    session.execute(update(LedgerRow).where(_ONE).values(changes=counted, changed_at=at))
    return at


def list_changes(
    session: Session, view: View | None, *, after: int, limit: int | None
) -> Sequence[Entry]:
    """Return the changes after a number that a view shows, in order, at most so many.

    Args:
        session: A reading session.
        view: None for all of them.
        after: The number; 0 for all.
        limit: How many at most; None for all.
    """
    at = _CHANGE.c
    query = (
        select(at.number, at.recorded_at, at.kind, at.ods_code, at.name)
        .where(at.number > after)
        .order_by(at.number)
        .limit(limit)
    )
    rows = session.execute(query if view is None else query.where(_is_seen(view)))
    return [
        Entry(number, recorded_at, Change(ChangeKind(kind), ods_code, name))
        for number, recorded_at, kind, ods_code, name in rows
    ]


def count_changes(session: Session) -> int:
    """Return the number of the newest change; 0 when there is none."""
    number: int = session.execute(select(col(LedgerRow.changes)).where(_ONE)).scalar_one()
    return number


def read_changes(session: Session) -> Iterator[tuple[int, ChangeFacts]]:
    """Yield every change as it is stored, in order, whether or not it makes sense.

    One that cannot be read is left out.
    """
    at = _CHANGE.c
    query = (
        select(at.number, at.recorded_at, at.kind, at.ods_code, at.name)
        .where(*of_their_types(session, at))
        .order_by(at.number)
    )
    for number, recorded_at, kind, ods_code, name in session.execute(query):
        yield number, (recorded_at, kind, ods_code, name)


def read_ledger(session: Session) -> tuple[int, datetime] | None:
    """Return the number and the instant of the newest change, as the ledger's row has them.

    None only if somebody took the row out, or it cannot be read.
    """
    readable = of_their_types(session, _LEDGER.c)
    query = select(_LEDGER.c.changes, _LEDGER.c.changed_at).where(_ONE, *readable)
    row = session.execute(query).first()
    return None if row is None else (row.changes, row.changed_at)


def _is_seen(view: View) -> ColumnElement[bool]:
    """Return the condition for the changes that a view shows."""
    at = _CHANGE.c

    def is_of(kinds: Iterable[ChangeKind]) -> ColumnElement[bool]:
        return at.kind.in_(sorted(kind.value for kind in kinds))

    return or_(
        is_of(view.of_all),
        and_(is_of(view.of_invented), at.ods_code.startswith(SYNTHETIC_PREFIX)),
        and_(is_of(view.of_own), at.ods_code.in_(sorted(view.own))),
        and_(is_of(view.of_consenting), at.ods_code.in_(sorted(view.consenting))),
    )
