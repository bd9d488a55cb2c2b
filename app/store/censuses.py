"""Censuses and cycles in the database."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from app.domain.censuses import Census, Cycle
from app.domain.errors import CensusNotFound
from app.store.rows import CensusRow, CycleRow


def find(session: Session, year: int) -> Census | None:
    """Return the census of a year, or None."""
    row = session.get(CensusRow, year)
    return None if row is None else _census(row)


def get(session: Session, year: int) -> Census:
    """Return the census of a year; raise `CensusNotFound` if there is none."""
    census = find(session, year)
    if census is None:
        raise CensusNotFound(year)
    return census


def list_all(session: Session) -> list[Census]:
    """Return every census, oldest first."""
    return [_census(row) for row in session.exec(select(CensusRow).order_by(col(CensusRow.year)))]


def add_missing(session: Session, censuses: Iterable[Census]) -> int:
    """Add the censuses that are not held; return how many."""
    held = set(session.exec(select(CensusRow.year)))
    new = [
        CensusRow(year=c.year, opens=c.opens, due=c.due, published=c.published)
        for c in censuses
        if c.year not in held
    ]
    session.add_all(new)
    session.flush()
    return len(new)


def find_cycle(session: Session, code: str) -> Cycle | None:
    """Return a cycle, or None if there is none of the code."""
    row = session.get(CycleRow, code)
    return None if row is None else cycle_of(row)


def list_cycles(session: Session) -> list[Cycle]:
    """Return every cycle, oldest first."""
    return [cycle_of(row) for row in session.exec(select(CycleRow).order_by(col(CycleRow.starts)))]


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


def _census(row: CensusRow) -> Census:
    return Census(row.year, row.opens, row.due, row.published)
