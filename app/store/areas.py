"""What sums over areas take: everybody's people at every census, in a query for each table."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    false,
    or_,
    select,
    true,
    tuple_,
)
from sqlmodel import Session

from app.domain.area_units import Sent
from app.domain.censuses import FIRST_YEAR
from app.domain.panels import Censuses
from app.domain.series import Head
from app.store.revisions import Key, is_newest
from app.store.rows import (
    ActualsCoverRow,
    ActualsRevisionRow,
    BoardRevisionRow,
    SignOffRow,
    table_of,
)
from app.store.summaries import BOARDS, STAFF, Packed, Summarised, enter, put_together

_STAFF = table_of(ActualsRevisionRow)
_COVER = table_of(ActualsCoverRow)
_SIGN_OFF = table_of(SignOffRow)
_BOARD = table_of(BoardRevisionRow)


def read_sent(session: Session, codes: Collection[str], *, as_of: datetime | None = None) -> Sent:
    """Return what some trusts have sent for all censuses, as known at an instant."""
    known = true() if as_of is None else _SIGN_OFF.c.recorded_at <= as_of
    staff, boards = (is_newest_of(table, codes, as_of) for table in (_STAFF, _BOARD))
    return _read(session, codes, Chosen(staff, boards), known)


def read_chosen(
    session: Session,
    codes: Collection[str],
    staff: Mapping[tuple[str, int], int],
    boards: Mapping[tuple[str, int], int],
) -> Sent:
    """Return what some trusts have sent, in revisions that are named.

    Args:
        session: A reading session.
        codes: Of the trusts.
        staff: The revision of headcounts by trust and census.
        boards: Likewise of boards.
    """
    chosen = Chosen(_is_one_of(_STAFF, staff), _is_one_of(_BOARD, boards))
    return _read(session, codes, chosen, true())


def list_revisions(
    session: Session, codes: Collection[str], *, of_board: bool = False
) -> dict[tuple[str, int], list[tuple[int, datetime]]]:
    """Return number and instant of every revision of some trusts' censuses, oldest first."""
    at = (_BOARD if of_board else _STAFF).c
    rows = session.execute(
        select(at.ods_code, at.year, at.revision, at.recorded_at)
        .where(at.ods_code.in_(sorted(codes)))
        .order_by(at.ods_code, at.year, at.revision)
    )
    found: dict[tuple[str, int], list[tuple[int, datetime]]] = defaultdict(list)
    for code, year, revision, recorded_at in rows:
        found[code, year].append((revision, recorded_at))
    return found


@dataclass(frozen=True, slots=True)
class Chosen:
    """The conditions for the revisions that count."""

    staff: ColumnElement[bool]
    boards: ColumnElement[bool]


def _read(
    session: Session, codes: Collection[str], chosen: Chosen, known: ColumnElement[bool]
) -> Sent:
    """Return what trusts have sent, in the revisions that count.

    Args:
        session: A reading session.
        codes: Of the trusts.
        chosen: The revisions that count.
        known: The condition for the sign-offs that are known.
    """
    covers = _read_covers(session, codes)
    staff, staff_cells = _read_staff(session, chosen.staff, known, covers)
    boards, seats = _read_boards(session, chosen.boards)
    years = sorted({year for _, year in (*staff, *boards)}) or [FIRST_YEAR]
    order = tuple(sorted(codes))
    counts = Censuses.empty(len(order), years).counts
    for of, packed in ((STAFF, staff_cells), (BOARDS, seats)):
        enter(counts, packed, of, order, years)
    return Sent(order, tuple(years), counts, staff, boards)


def is_newest_of(
    heads: Table, codes: Iterable[str], as_of: datetime | None
) -> ColumnElement[bool]:
    """Return the condition for the revisions that count at an instant, of all censuses."""
    return is_newest(heads, codes, year=None, as_of=as_of)


def _is_one_of(heads: Table, chosen: Mapping[tuple[str, int], int]) -> ColumnElement[bool]:
    """Return the condition for revisions that are named.

    They are listed year by year and number by number, which for all of England are a few short
    lists and not thousands of triples.
    """
    by_number: dict[tuple[int, int], list[str]] = defaultdict(list)
    for (code, year), revision in chosen.items():
        by_number[year, revision].append(code)
    return or_(
        false(),
        *(
            and_(heads.c.year == year, heads.c.revision == revision, heads.c.ods_code.in_(codes))
            for (year, revision), codes in by_number.items()
        ),
    )


def _read_staff(
    session: Session,
    newest: ColumnElement[bool],
    known: ColumnElement[bool],
    covers: Mapping[Key, tuple[str, ...]],
) -> tuple[dict[tuple[str, int], Head], list[Packed]]:
    """Return the revisions of headcounts that count, and the people in them."""
    signed = and_(_is_of(_STAFF, _SIGN_OFF), known)
    rows = session.execute(
        _select_revisions(STAFF, _SIGN_OFF.c.recorded_at)
        .outerjoin(_SIGN_OFF, signed)
        .where(newest)
    ).all()
    heads = {
        (code, year): Head(
            code, year, revision, covers.get((code, year, revision), (code,)), sent, signed
        )
        for code, year, revision, sent, _, _, signed in rows
    }
    return heads, _read_people(session, STAFF, rows)


def _read_covers(session: Session, codes: Collection[str]) -> Mapping[Key, tuple[str, ...]]:
    """Return whom revisions cover, where they cover another trust than the one that sent them.

    Few do. So those that were superseded are among them, rather than that the newest of all are
    looked for.
    """
    at, among = _COVER.c, _COVER.c.ods_code.in_(sorted(codes))
    others = select(*_key(_COVER)).where(among, at.covered != at.ods_code)
    rows = session.execute(
        select(*_key(_COVER), at.covered)
        .where(among, tuple_(*_key(_COVER)).in_(others))
        .order_by(at.covered)
    )
    found: dict[Key, tuple[str, ...]] = defaultdict(tuple)
    for code, year, revision, covered in rows:
        found[code, year, revision] += (covered,)
    return found


def _read_boards(
    session: Session, newest: ColumnElement[bool]
) -> tuple[dict[tuple[str, int], Head], list[Packed]]:
    """Return the revisions of boards that count, and the people in them."""
    rows = session.execute(_select_revisions(BOARDS).where(newest)).all()
    heads = {
        (code, year): Head(code, year, revision, (code,), sent)
        for code, year, revision, sent, _, _ in rows
    }
    return heads, _read_people(session, BOARDS, rows)


def _select_revisions(of: Summarised, *more: ColumnElement[Any]) -> Select[Any]:
    """Return the query for revisions with their summaries, where they have one."""
    at, told = of.heads.c, of.summaries.c
    return select(
        at.ods_code, at.year, at.revision, at.recorded_at, told.cells, told.people, *more
    ).outerjoin_from(of.heads, of.summaries, _is_of(of.heads, of.summaries))


def _read_people(session: Session, of: Summarised, rows: Iterable[Sequence[Any]]) -> list[Packed]:
    """Return the people in revisions, those without a summary as well."""
    told: list[Packed] = []
    untold: list[Key] = []
    for code, year, revision, _, cells, people, *_ in rows:
        if cells is None:
            untold.append((code, year, revision))
        else:
            told.append((code, year, cells, people))
    return [*told, *put_together(session, of, untold)]


def _key(table: Table) -> tuple[ColumnElement[Any], ...]:
    return table.c.ods_code, table.c.year, table.c.revision


def _is_of(heads: Table, children: Table) -> ColumnElement[bool]:
    """Return the condition that rows belong to a revision."""
    return and_(*(children.c[name] == heads.c[name] for name in ("ods_code", "year", "revision")))
