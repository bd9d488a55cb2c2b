"""What all trusts together have sent for one census: who sent, and the sums of their counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, func, select
from sqlmodel import Session

from app.domain.bands import Band, StaffGroup
from app.domain.counts import Count
from app.store.revisions import is_newest
from app.store.rows import (
    ActualsRevisionRow,
    BoardRevisionRow,
    BoardSeatRow,
    HeadcountRow,
    IndicatorRevisionRow,
    table_of,
)

_ACTUALS = table_of(ActualsRevisionRow)
_CELL = table_of(HeadcountRow)
_BOARD = table_of(BoardRevisionRow)
_SEAT = table_of(BoardSeatRow)
_INDICATORS = table_of(IndicatorRevisionRow)

_GROUPS = ("white", "bme", "unknown")


@dataclass(frozen=True, slots=True)
class Senders:
    """When each trust sent the return that counts at an instant, by its code."""

    actuals: Mapping[str, datetime]
    boards: Mapping[str, datetime]
    indicators: Mapping[str, datetime]

    @property
    def instants(self) -> list[datetime]:
        """When anything was sent."""
        return [*self.actuals.values(), *self.boards.values(), *self.indicators.values()]


def list_senders(
    session: Session, codes: Iterable[str], year: int, *, as_of: datetime | None = None
) -> Senders:
    """Return which of some trusts have sent what for a census."""
    known = sorted(codes)
    found = []
    for table in (_ACTUALS, _BOARD, _INDICATORS):
        rows = session.execute(
            select(table.c.ods_code, table.c.recorded_at).where(
                is_newest(table, known, year=year, as_of=as_of)
            )
        )
        found.append({row.ods_code: row.recorded_at for row in rows})
    return Senders(*found)


def sum_headcounts(
    session: Session, codes: Iterable[str], year: int, *, as_of: datetime | None = None
) -> dict[tuple[StaffGroup, Band], Count]:
    """Return the staff of some trusts at a census, added up by staff group and band."""
    rows = _sums(session, _ACTUALS, _CELL, ("staff_group", "band"), (codes, year, as_of))
    return {(StaffGroup(group), Band(band)): count for (group, band), count in rows.items()}


def sum_seats(
    session: Session, codes: Iterable[str], year: int, *, as_of: datetime | None = None
) -> dict[tuple[bool, bool], Count]:
    """Return the board members of some trusts at a census, added up by kind of seat."""
    rows = _sums(session, _BOARD, _SEAT, ("voting", "executive"), (codes, year, as_of))
    return {(bool(voting), bool(executive)): count for (voting, executive), count in rows.items()}


def _sums(
    session: Session,
    heads: Table,
    cells: Table,
    names: tuple[str, str],
    wanted: tuple[Iterable[str], int, datetime | None],
) -> dict[tuple[Any, Any], Count]:
    """Return sums of the cells of the revisions that count, by two of their columns."""
    codes, year, as_of = wanted
    key = [cells.c[name] for name in names]
    is_of = and_(*(cells.c[name] == heads.c[name] for name in ("ods_code", "year", "revision")))
    rows = session.execute(
        select(*key, *(func.sum(cells.c[name]) for name in _GROUPS))
        .select_from(heads.join(cells, is_of))
        .where(is_newest(heads, codes, year=year, as_of=as_of))
        .group_by(*key)
    )
    return {
        (one, other): Count(int(white), int(bme), int(unknown))
        for one, other, white, bme, unknown in rows
    }
