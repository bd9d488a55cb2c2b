"""Censuses and cycles in the database.

The dates of a census are those of its newest revision; one without any has the dates that it
came with.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, insert, true, tuple_
from sqlalchemy import select as core_select
from sqlmodel import Session, select

from app.domain.censuses import Census, Cycle, Extension
from app.domain.errors import CensusNotFound
from app.domain.records import Record
from app.store.asking import ask
from app.store.rows import (
    ActualsRevisionRow,
    BoardRevisionRow,
    CensusExtensionRow,
    CensusRevisionRow,
    CensusRow,
    CycleRow,
    IndicatorRevisionRow,
    table_of,
)

_CENSUS = table_of(CensusRow)
_REVISION = table_of(CensusRevisionRow)
_EXTENSION = table_of(CensusExtensionRow)
_CYCLE = table_of(CycleRow)
_CYCLES = core_select(
    _CYCLE.c.code,
    _CYCLE.c.starts,
    _CYCLE.c.ends,
    _CYCLE.c.ambition_year,
    _CYCLE.c.ambition_source,
).order_by(_CYCLE.c.starts)


def find(session: Session, year: int, *, as_of: datetime | None = None) -> Census | None:
    """Return the census of a year with the dates that held at an instant, or None."""
    return next(iter(_load(session, _CENSUS.c.year == year, as_of)), None)


def get(session: Session, year: int, *, as_of: datetime | None = None) -> Census:
    """Return the census of a year likewise; raise `CensusNotFound` if there is none."""
    census = find(session, year, as_of=as_of)
    if census is None:
        raise CensusNotFound(year)
    return census


def list_all(session: Session, *, as_of: datetime | None = None) -> list[Census]:
    """Return every census likewise, oldest first."""
    return _load(session, true(), as_of)


def add_missing(session: Session, censuses: Iterable[Census]) -> int:
    """Add the censuses that are not held, as they come; return how many."""
    held = set(session.exec(select(CensusRow.year)))
    new = [_dates(c) for c in censuses if c.year not in held]
    if new:
        session.execute(insert(_CENSUS), new)
    return len(new)


def add_revision(session: Session, census: Census, record: Record) -> None:
    """Store the dates of a census as a revision; a census that is not held is added by it."""
    add_missing(session, [census])
    key: dict[str, object] = {"year": census.year, "revision": census.revision}
    recorded = {"recorded_at": record.at, "recorded_by": record.author.name}
    session.execute(insert(_REVISION), [_dates(census) | key | recorded])
    extensions = [
        key | {"ods_code": one.ods_code, "due": one.due, "reason": one.reason}
        for one in census.extensions
    ]
    if extensions:
        session.execute(insert(_EXTENSION), extensions)


def find_revised_at(
    session: Session, year: int, *, as_of: datetime | None = None
) -> datetime | None:
    """Return when the dates of a census were set that held at an instant; None if never."""
    query = core_select(func.max(_REVISION.c.recorded_at)).where(_is_known(as_of))
    found: datetime | None = session.execute(query.where(_REVISION.c.year == year)).scalar_one()
    return found


def find_first_sent(session: Session, year: int) -> date | None:
    """Return the day (UTC) on which the first figures of a census came; None before that."""
    instants = [
        session.execute(
            core_select(func.min(table.c.recorded_at)).where(table.c.year == year)
        ).scalar_one()
        for table in map(table_of, (ActualsRevisionRow, BoardRevisionRow, IndicatorRevisionRow))
    ]
    return min((at.date() for at in instants if at is not None), default=None)


def find_cycle(session: Session, code: str) -> Cycle | None:
    """Return a cycle, or None if there is none of the code."""
    if "\0" in code:  # PostgreSQL does not even compare with it.
        return None
    row = session.get(CycleRow, code)
    return None if row is None else cycle_of(row)


def list_cycles(session: Session) -> list[Cycle]:
    """Return every cycle, oldest first."""
    return [Cycle(*cycle) for cycle in ask(session, _CYCLES)]


def add_missing_cycles(session: Session, cycles: Iterable[Cycle]) -> int:
    """Add the cycles that are not held; return how many."""
    held = set(session.exec(select(CycleRow.code)))
    new = [
        CycleRow(
            code=c.code,
            starts=c.starts,
            ends=c.ends,
            ambition_year=c.ambition_year,
            ambition_source=c.ambition_source,
        )
        for c in cycles
        if c.code not in held
    ]
    session.add_all(new)
    session.flush()
    return len(new)


def cycle_of(row: CycleRow) -> Cycle:
    """Return the cycle that a row holds."""
    return Cycle(row.code, row.starts, row.ends, row.ambition_year, row.ambition_source)


def _dates(census: Census) -> dict[str, object]:
    return {
        "year": census.year,
        "opens": census.opens,
        "due": census.due,
        "published": census.published,
    }


def _is_known(as_of: datetime | None) -> ColumnElement[bool]:
    return true() if as_of is None else _REVISION.c.recorded_at <= as_of


def _load(
    session: Session, condition: ColumnElement[bool], as_of: datetime | None
) -> list[Census]:
    """Return the censuses that meet a condition with their dates, in two queries."""
    newest = (
        core_select(_REVISION.c.year, func.max(_REVISION.c.revision))
        .where(_is_known(as_of))
        .group_by(_REVISION.c.year)
    )
    is_newest = tuple_(_REVISION.c.year, _REVISION.c.revision).in_(newest)
    set_dates = and_(_REVISION.c.year == _CENSUS.c.year, is_newest)
    rows = session.execute(
        core_select(*_CENSUS.c, *(column.label(f"set_{column.name}") for column in _REVISION.c))
        .outerjoin_from(_CENSUS, _REVISION, set_dates)
        .where(condition)
        .order_by(_CENSUS.c.year)
    ).all()
    extensions: dict[tuple[int, int], list[Extension]] = defaultdict(list)
    of_newest = tuple_(_EXTENSION.c.year, _EXTENSION.c.revision).in_(newest)
    for one in session.execute(core_select(*_EXTENSION.c).where(of_newest)):
        extension = Extension(one.ods_code, one.due, one.reason)
        extensions[one.year, one.revision].append(extension)
    return [
        Census(row.year, row.opens, row.due, row.published)
        if row.set_revision is None
        else Census(
            row.year,
            row.set_opens,
            row.set_due,
            row.set_published,
            tuple(sorted(extensions[row.year, row.set_revision], key=lambda e: e.ods_code)),
            row.set_revision,
        )
        for row in rows
    ]
