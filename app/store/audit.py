"""The audit: who changed or read what, in a chain of hashes that only grows.

Changes are entered when their transaction ends, because only then is stored what they stored.
They are entered under the ledger's lock, which every change holds until it has been committed, so
the chain has one end.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, func, not_, select
from sqlmodel import Session

from app.domain.audit import BEGINNING, FORM, AuditEntry, AuditEvent, Head, Origin
from app.domain.callers import Caller
from app.domain.changes import Change, ChangeKind, Entry
from app.store.column_types import as_text, of_their_types
from app.store.contents import REGISTER, digest_things, path_of, thing_of
from app.store.revisions import Values, insert_all
from app.store.rows import AuditRow, table_of

BATCH: Final = 500
"""Things whose newest entries are looked up at a time, and entries that are read at a time."""

_TABLE: Final = table_of(AuditRow)

_ORIGIN, _STAMPED, _REASON = "origin", "stamped", "redaction_reason"
"""Where a session keeps who changes something, what was stamped, and why it is redacted."""

_WITH_REGISTER = frozenset({ChangeKind.ORGANISATION, ChangeKind.CENSUS})
"""Kinds of changes that may change the register beside themselves."""


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are asked for; None for all.

    Attributes:
        since: Not before this instant.
        until: Before this instant.
        caller: Name, or identifier of the token.
    """

    ods_code: str | None = None
    kind: ChangeKind | None = None
    event: AuditEvent | None = None
    caller: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def give_origin(session: Session, origin: Origin) -> None:
    """Tell a session who changes something in it, and from where."""
    session.info[_ORIGIN] = origin


def give_reason(session: Session, reason: str) -> None:
    """Tell a session that what it changes is redacted, and why."""
    session.info[_REASON] = reason


def remember(session: Session, stamped: Iterable[Entry]) -> None:
    """Keep changes in mind until the transaction ends.

    Raises:
        LookupError: Nobody has told the session who changes something.
    """
    if _ORIGIN not in session.info:
        raise LookupError("a session in which something changes has to know its origin")
    session.info.setdefault(_STAMPED, []).extend(stamped)


def forget(session: Session) -> None:
    """Forget the changes of a transaction that was rolled back."""
    session.info.pop(_STAMPED, None)


def seal(session: Session) -> None:
    """Enter the changes of a transaction that is about to be committed."""
    stamped: Sequence[Entry] = session.info.pop(_STAMPED, ())
    if stamped:
        reason = session.info.get(_REASON)
        event = AuditEvent.CHANGE if reason is None else AuditEvent.REDACTION
        blank = draft(session.info[_ORIGIN], event, stamped[-1].at)
        enter(session, draft_changes(session, stamped, replace(blank, reason=reason)))


def enter(session: Session, drafts: Iterable[AuditEntry]) -> None:
    """Store entries at the end of the chain; the transaction holds the ledger's lock."""
    head = find_head(session)
    previous = head.hash
    entered: list[Values] = []
    for number, one in enumerate(drafts, start=head.count + 1):
        values: Values = {**one.placed(number, previous)}
        entered.append(values | {"recorded_at": one.recorded_at})
        previous = str(values["hash"])
    insert_all(session, [(_TABLE, entered)])


def draft(origin: Origin, event: AuditEvent, at: datetime) -> AuditEntry:
    """Return an entry about nothing yet, without its place in the chain."""
    return AuditEntry(
        number=0,
        form=FORM,
        recorded_at=at,
        event=event,
        caller_name=origin.caller.name,
        caller_role=origin.caller.role,
        token_id=origin.caller.token_id,
        channel=origin.channel,
        address=origin.address,
        operation=origin.operation,
        request_id=origin.request_id,
        kind=None,
        ods_code=None,
        name=None,
        change=None,
        thing=None,
        reason=None,
        before=None,
        after=None,
        previous=BEGINNING,
    )


def find_head(session: Session) -> Head:
    """Return the end of the chain."""
    at = _TABLE.c
    query = select(at.number, at.hash).order_by(at.number.desc()).limit(1)
    row = session.execute(query).first()
    return Head(0, BEGINNING) if row is None else Head(row.number, row.hash)


def find_unreadable(session: Session) -> list[str]:
    """Return the numbers of the entries with values of another type than their column's."""
    readable = of_their_types(session, _TABLE.c)
    if not readable:
        return []
    query = select(as_text(_TABLE.c.number)).where(not_(and_(*readable)))
    return list(session.execute(query.order_by(_TABLE.c.number)).scalars())


def read_entries(session: Session) -> Iterator[AuditEntry]:
    """Yield every entry that can be read, in the order of their numbers."""
    readable = of_their_types(session, _TABLE.c)
    query = select(*_TABLE.c).where(*readable).order_by(_TABLE.c.number)
    for row in session.execute(query).yield_per(BATCH):
        yield _entry_of(row)


def list_entries(
    session: Session, wanted: AuditFilter, *, before: int | None, limit: int
) -> list[AuditEntry]:
    """Return entries, newest first.

    Args:
        session: In a transaction.
        wanted: Which.
        before: Only those with a lower number; None for all.
        limit: How many at most.
    """
    at = _TABLE.c
    query = select(*at).where(*_conditions(wanted)).order_by(at.number.desc()).limit(limit)
    if before is not None:
        query = query.where(at.number < before)
    return [_entry_of(row) for row in session.execute(query)]


def find_reading(
    session: Session, caller: Caller, ods_code: str, *, since: datetime
) -> datetime | None:
    """Return when it was last entered that a caller reads an organisation, if since an instant."""
    at = _TABLE.c
    query = select(func.max(at.recorded_at)).where(
        at.ods_code == ods_code,
        at.event == AuditEvent.READING.value,
        at.recorded_at > since,
        at.caller_name == caller.name,
        at.caller_role == caller.role.value,
        at.token_id.is_(None) if caller.token_id is None else at.token_id == caller.token_id,
    )
    found: datetime | None = session.execute(query).scalar_one()
    return found


def find_newest_digests(session: Session, things: Iterable[str]) -> dict[str, str]:
    """Return the digest that was entered last of each thing of which there is one."""
    at = _TABLE.c
    asked = sorted(set(things))
    found: dict[str, str] = {}
    for start in range(0, len(asked), BATCH):
        newest = (
            select(func.max(at.number))
            .where(at.thing.in_(asked[start : start + BATCH]))
            .group_by(at.thing)
        )
        rows = session.execute(select(at.thing, at.after).where(at.number.in_(newest)))
        found.update((row.thing, row.after) for row in rows)
    return found


def draft_changes(
    session: Session, stamped: Sequence[Entry], blank: AuditEntry
) -> list[AuditEntry]:
    """Return the entries of changes, each with what is stored now and what was entered last.

    Args:
        session: In a transaction.
        stamped: The changes, in the order of their numbers.
        blank: What the entries have in common.
    """
    things = [thing_of(one.change) for one in stamped]
    beside = () if _WITH_REGISTER.isdisjoint(one.kind for one in things) else (REGISTER,)
    after = digest_things(session, (*things, *beside))
    newest = find_newest_digests(session, after)
    drafts = []
    for one, thing in zip(stamped, map(path_of, things), strict=True):
        digests = newest.get(thing), after[thing]
        about = about_thing(blank, one.change, thing, digests, at=one.at, number=one.number)
        drafts.append(about)
        newest[thing] = after[thing]
    for thing in map(path_of, beside):
        digests = newest.get(thing), after[thing]
        if digests[0] != digests[1]:
            drafts.append(about_thing(blank, REGISTER, thing, digests))
    return drafts


def about_thing(
    blank: AuditEntry,
    change: Change,
    thing: str,
    digests: tuple[str | None, str],
    *,
    at: datetime | None = None,
    number: int | None = None,
) -> AuditEntry:
    """Return an entry about what a change names.

    Args:
        blank: What it has in common with others.
        change: Names it.
        thing: What it is called in the audit.
        digests: Of what was entered before, and of what is stored now.
        at: When it was changed; None for when the blank says.
        number: Of the change; None where there is none.
    """
    return replace(
        blank,
        recorded_at=at or blank.recorded_at,
        kind=change.kind.value,
        ods_code=change.ods_code,
        name=change.name,
        change=number,
        thing=thing,
        before=digests[0],
        after=digests[1],
    )


def _conditions(wanted: AuditFilter) -> Iterator[ColumnElement[bool]]:
    at = _TABLE.c
    equal: Mapping[str, str | None] = {
        "ods_code": wanted.ods_code, "kind": wanted.kind, "event": wanted.event,
    }  # fmt: skip
    for name, value in equal.items():
        if value is not None:
            yield at[name] == str(value)
    if wanted.caller is not None:
        yield (at.caller_name == wanted.caller) | (at.token_id == wanted.caller)
    if wanted.since is not None:
        yield at.recorded_at >= wanted.since
    if wanted.until is not None:
        yield at.recorded_at < wanted.until


def _entry_of(row: Row[Any]) -> AuditEntry:
    return AuditEntry(**row._mapping)  # noqa: SLF001 — the public name of a row's columns
