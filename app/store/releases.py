"""Releases in the database: editions, never changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, insert, literal, select, true, union_all
from sqlmodel import Session

from app.domain.releases import ENGLAND, Correction, Release
from app.store.asking import AS_OF, Codes, ask, is_among
from app.store.revisions import record_of, record_values
from app.store.rows import (
    ActualsRevisionRow,
    BoardRevisionRow,
    IndicatorRevisionRow,
    ReleaseRow,
    table_of,
)

_RELEASE = table_of(ReleaseRow)
_CORRECTED = {
    "actuals": table_of(ActualsRevisionRow),
    "board": table_of(BoardRevisionRow),
    "indicators": table_of(IndicatorRevisionRow),
}


def list_all(
    session: Session,
    *,
    ods_code: str | None = None,
    year: int | None = None,
    as_of: datetime | None = None,
) -> list[Release]:
    """Return releases in the order in which they were made.

    Args:
        session: In a transaction.
        ods_code: Only of this organisation; None for all.
        year: Only of this census; None for all.
        as_of: Only those made by this instant; None for all.
    """
    at = _RELEASE.c
    wanted: ColumnElement[bool] = true()
    if ods_code is not None:
        wanted = and_(wanted, at.ods_code == ods_code)
    if year is not None:
        wanted = and_(wanted, at.year == year)
    return [_release(row) for row in ask(session, _select(wanted, as_of))]


def list_covering(
    session: Session, codes: Iterable[str], *, as_of: datetime | None = None
) -> list[Release]:
    """Return the releases of trusts, and of England, in the order in which they were made."""
    wanted = Codes.of([ENGLAND, *codes])
    statement = _select_covering(is_one=wanted.is_one, is_as_of=as_of is not None)
    return [_release(row) for row in ask(session, statement, {**wanted.values, "as_of": as_of})]


@cache
def _select_covering(*, is_one: bool, is_as_of: bool) -> Select[Any]:
    wanted = is_among(_RELEASE.c.ods_code, is_one=is_one)
    return _select(wanted, AS_OF if is_as_of else None)


def add(session: Session, release: Release) -> None:
    """Store a release."""
    session.execute(
        insert(_RELEASE).values(
            ods_code=release.ods_code,
            year=release.year,
            edition=release.edition,
            name=release.name,
            note=release.note,
            as_of=release.as_of,
            exact=release.is_exact,
            **record_values(release.record),
        )
    )


def list_corrections(
    session: Session, *, ods_code: str | None = None, year: int | None = None
) -> Sequence[Correction]:
    """Return the public notes on corrections, oldest first."""
    parts = []
    for of, table in _CORRECTED.items():
        at = table.c
        part = select(
            literal(of).label("of"),
            *(at.ods_code, at.year, at.revision, at.correction_note, at.recorded_at),
        ).where(at.correction_note.is_not(None))
        if ods_code is not None:
            part = part.where(at.ods_code == ods_code)
        if year is not None:
            part = part.where(at.year == year)
        parts.append(part)
    held = union_all(*parts).subquery()
    rows = session.execute(select(*held.c).order_by(held.c.recorded_at, held.c.of))
    return [Correction(*row) for row in rows]


def _select(
    wanted: ColumnElement[bool], as_of: ColumnElement[datetime] | datetime | None
) -> Select[Any]:
    at = _RELEASE.c
    query = select(*at).where(wanted).order_by(at.recorded_at, at.ods_code, at.year)
    return query if as_of is None else query.where(at.recorded_at <= as_of)


def _release(row: Row[Any]) -> Release:
    return Release(
        ods_code=row.ods_code,
        year=row.year,
        edition=row.edition,
        name=row.name,
        note=row.note,
        as_of=row.as_of,
        is_exact=row.exact,
        record=record_of(row),
    )
