"""WRES experts in the database: revisions, of which the newest counts.

A revision is kept for what it says of cohort and trusts; the person is taken out of all of
them when erased, and has supported nobody since that day.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, func, insert, or_, select, true, update
from sqlalchemy import Row as ResultRow
from sqlmodel import Session

from app.domain.errors import ExpertNotFound
from app.domain.experts import Expert, ExpertRevision, Person, Support
from app.domain.records import Author, Record
from app.store.rows import ExpertRevisionRow, ExpertRow, ExpertSupportRow, table_of

_EXPERT = table_of(ExpertRow)
_REVISION = table_of(ExpertRevisionRow)
_SUPPORT = table_of(ExpertSupportRow)


def get(session: Session, expert_id: str) -> ExpertRevision:
    """Return an expert's newest revision; raise `ExpertNotFound` if there is no such expert."""
    found = _load(session, _EXPERT.c.id == expert_id)
    if not found:
        raise ExpertNotFound(expert_id)
    return found[0]


def list_all(session: Session) -> list[ExpertRevision]:
    """Return every expert's newest revision, in the order in which they were first recorded."""
    return _load(session, true())


def find_by_email(session: Session, email: str) -> list[ExpertRevision]:
    """Return who has, or had in any revision, an e-mail, in capitals or not; oldest first."""
    at = _REVISION.c
    kept = session.execute(select(at.expert_id, at.email).where(at.email.is_not(None)))
    # The database would fold the letters of English only.
    found = {row.expert_id for row in kept if row.email.casefold() == email.casefold()}
    return _load(session, _EXPERT.c.id.in_(sorted(found)))


def count_by_trust(session: Session, *, on: date) -> dict[str, int]:
    """Return how many experts support each trust on a day; trusts without any are left out.

    Whoever was erased has supported nobody since, and counts until that day.
    """
    at, erased_at = _SUPPORT.c, _EXPERT.c.erased_at
    holds = and_(at.starts <= on, or_(at.ends.is_(None), at.ends >= on))
    is_there = or_(erased_at.is_(None), erased_at >= datetime.combine(on, time.min, UTC))
    query = (
        select(at.ods_code, func.count(at.expert_id.distinct()).label("experts"))
        .join(_EXPERT, _EXPERT.c.id == at.expert_id)
        .where(_is_newest(_SUPPORT), holds, is_there)
        .group_by(at.ods_code)
    )
    return {row.ods_code: row.experts for row in session.execute(query)}


def add(session: Session, revision: ExpertRevision) -> None:
    """Store the first revision of an expert."""
    made = {
        "id": revision.id,
        "created_at": revision.created_at,
        "created_by": revision.record.author.name,
    }
    session.execute(insert(_EXPERT), [made])
    revise(session, revision)


def revise(session: Session, revision: ExpertRevision) -> None:
    """Store one more revision of an expert."""
    key = {"expert_id": revision.id, "revision": revision.revision}
    expert, person = revision.expert, revision.expert.person
    said = {
        "name": person.name if person else None,
        "email": person.email if person else None,
        "cohort": expert.cohort,
        "recorded_at": revision.record.at,
        "recorded_by": revision.record.author.name,
    }
    supports = [
        key
        | {"ordinal": ordinal, "ods_code": one.ods_code}
        | {"starts": one.starts, "ends": one.ends}
        for ordinal, one in enumerate(expert.supports)
    ]
    session.execute(insert(_REVISION), [key | said])
    if supports:
        session.execute(insert(_SUPPORT), supports)


def erase(session: Session, expert_id: str, *, at: datetime, by: str) -> None:
    """Take the person out of every revision of an expert; all else stays as it is held."""
    session.execute(
        update(_REVISION).where(_REVISION.c.expert_id == expert_id).values(name=None, email=None)
    )
    session.execute(
        update(_EXPERT).where(_EXPERT.c.id == expert_id).values(erased_at=at, erased_by=by)
    )


def _is_newest(table: Table) -> ColumnElement[bool]:
    """Return the condition for the rows of a table that belong to newest revisions."""
    other = _REVISION.alias("other").c
    newest = select(func.max(other.revision)).where(other.expert_id == table.c.expert_id)
    return table.c.revision == newest.scalar_subquery()


def _load(session: Session, condition: ColumnElement[bool]) -> list[ExpertRevision]:
    """Return the newest revisions of the experts that meet a condition, in two queries."""
    heads = session.execute(
        select(*_REVISION.c, _EXPERT.c.created_at, _EXPERT.c.erased_at)
        .join(_EXPERT, _EXPERT.c.id == _REVISION.c.expert_id)
        .where(_is_newest(_REVISION), condition)
        .order_by(_EXPERT.c.created_at)
    ).all()
    at = _SUPPORT.c
    rows = session.execute(
        select(*at)
        .join(_EXPERT, _EXPERT.c.id == at.expert_id)
        .where(_is_newest(_SUPPORT), condition)
        .order_by(*_SUPPORT.primary_key.columns)
    )
    supports: dict[str, list[Support]] = defaultdict(list)
    for row in rows:
        supports[row.expert_id].append(Support(row.ods_code, row.starts, row.ends))
    return [_revision(head, supports[head.expert_id]) for head in heads]


def _revision(head: ResultRow[Any], supports: Iterable[Support]) -> ExpertRevision:
    person = None if head.name is None else Person(head.name, head.email)
    expert = Expert(person, head.cohort, tuple(supports))
    return ExpertRevision(
        id=head.expert_id,
        revision=head.revision,
        expert=expert.ended_on(head.erased_at.date()) if head.erased_at else expert,
        record=Record(head.recorded_at, Author(head.recorded_by)),
        created_at=head.created_at,
        erased_at=head.erased_at,
    )
