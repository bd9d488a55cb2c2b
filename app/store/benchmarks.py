"""What comparing trusts takes: everybody's newest figures of one census, in a query each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, func, select, true, tuple_
from sqlmodel import Session

from app.domain.benchmarks import Tally
from app.domain.counts import Count
from app.domain.measures import Measure, Scope
from app.domain.organisations import Attribute, Kind, Organisation
from app.store.register import trust_of
from app.store.revisions import is_newest
from app.store.rows import (
    ActualsCoverRow,
    ActualsRevisionRow,
    BoardRevisionRow,
    BoardSeatRow,
    HeadcountRow,
    OrganisationRevisionRow,
    OrganisationRow,
    table_of,
)

_STAFF = table_of(ActualsRevisionRow)
_COVER = table_of(ActualsCoverRow)
_CELL = table_of(HeadcountRow)
_BOARD = table_of(BoardRevisionRow)
_SEAT = table_of(BoardSeatRow)
_ORGANISATION = table_of(OrganisationRow)
_ENTRY = table_of(OrganisationRevisionRow)


@dataclass(frozen=True, slots=True)
class KnownTrust:
    """A trust as the register had it at an instant.

    Attributes:
        changed_at: Since when this is known; None if it was never otherwise.
    """

    organisation: Organisation
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sent:
    """What the return of a trust that counts at an instant says of a measure."""

    tally: Tally
    recorded_at: datetime


def list_trusts(
    session: Session, *, synthetic: bool, as_of: datetime | None = None
) -> dict[str, KnownTrust]:
    """Return all invented, or all real, trusts as known at an instant, by code.

    The first entry of a trust counts from the beginning.
    """
    at = _ENTRY.c
    rows = session.execute(
        select(at.ods_code, at.opened, at.closed, at.content, at.recorded_at)
        .join(_ORGANISATION, _ORGANISATION.c.ods_code == at.ods_code)
        .where(_ORGANISATION.c.kind == Kind.TRUST.value, _ORGANISATION.c.synthetic == synthetic)
        .order_by(at.ods_code, at.revision)
    )
    known: dict[str, KnownTrust] = {}
    for row in rows:
        entry = trust_of(row, (Attribute.NAME, Attribute.TYPE))
        held = known.get(row.ods_code)
        if held is None:
            known[row.ods_code] = KnownTrust(entry, None)
        elif entry != held.organisation and (as_of is None or row.recorded_at <= as_of):
            known[row.ods_code] = KnownTrust(entry, row.recorded_at)
    return known


def find_newest_year(
    session: Session, codes: Iterable[str], scope: Scope, *, as_of: datetime | None = None
) -> int | None:
    """Return the newest census for which any of some trusts has sent what a measure counts."""
    at = (_BOARD if scope.is_of_board else _STAFF).c
    query = select(func.max(at.year)).where(at.ods_code.in_(sorted(codes)))
    if as_of is not None:
        query = query.where(at.recorded_at <= as_of)
    found: int | None = session.execute(query).scalar_one()
    return found


def tally(
    session: Session,
    codes: Iterable[str],
    year: int,
    scope: Scope,
    *,
    as_of: datetime | None = None,
) -> dict[str, Sent]:
    """Return the people of a measure in each of some trusts at one census, by code.

    Trusts that have not sent what the measure counts are left out.
    """
    heads, cells = (_BOARD, _SEAT) if scope.is_of_board else (_STAFF, _CELL)
    key = [heads.c.ods_code, heads.c.revision, heads.c.recorded_at]
    groups = [func.coalesce(func.sum(cells.c[name]), 0) for name in ("white", "bme", "unknown")]
    rows = session.execute(
        select(*key, *groups)
        .select_from(heads.outerjoin(cells, and_(_is_of(heads, cells), _is_counted(scope))))
        .where(is_newest(heads, codes, year=year, as_of=as_of))
        .group_by(*key)
    )
    return {
        code: Sent(Tally(revision, Count(int(white), int(bme), int(unknown))), recorded_at)
        for code, revision, recorded_at, white, bme, unknown in rows
    }


def list_covers(
    session: Session, codes: Iterable[str], year: int, *, as_of: datetime | None = None
) -> dict[str, tuple[str, ...]]:
    """Return whose staff the returns of some trusts count at one census, by code."""
    rows = session.execute(
        select(_COVER.c.ods_code, _COVER.c.covered)
        .select_from(_STAFF.join(_COVER, _is_of(_STAFF, _COVER)))
        .where(is_newest(_STAFF, codes, year=year, as_of=as_of))
        .order_by(_COVER.c.ods_code, _COVER.c.covered)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for code, covered in rows:
        found[code].append(covered)
    return {code: tuple(covers) for code, covers in found.items()}


def _is_of(heads: Table, children: Table) -> ColumnElement[bool]:
    """Return the condition that rows belong to a revision."""
    return and_(*(children.c[name] == heads.c[name] for name in ("ods_code", "year", "revision")))


def _is_counted(scope: Scope) -> ColumnElement[bool]:
    """Return the condition for the headcounts, or the seats, that a measure counts."""
    match scope.measure:
        case Measure.WORKFORCE | Measure.BOARD:
            return true()
        case Measure.BOARD_VOTING:
            return _SEAT.c.voting == true()
        case Measure.BOARD_EXECUTIVE:
            return _SEAT.c.executive == true()
        case _:
            pairs = sorted((group.value, band.value) for group, band in scope.pairs())
            return tuple_(_CELL.c.staff_group, _CELL.c.band).in_(pairs)
