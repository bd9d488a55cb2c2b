"""What sums over areas take: everybody's people at every census, in a query for each table."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import (
    ColumnElement,
    String,
    Table,
    and_,
    case,
    cast,
    false,
    func,
    or_,
    select,
    true,
    tuple_,
)
from sqlmodel import Session

from app.domain.area_units import Sent
from app.domain.censuses import FIRST_YEAR
from app.domain.panels import PAIR_SLOT, SEAT_SLOT, Censuses
from app.domain.series import Head
from app.stats.normal import Floats
from app.store.revisions import choose, is_newest
from app.store.rows import (
    ActualsCoverRow,
    ActualsRevisionRow,
    BoardRevisionRow,
    BoardSeatRow,
    HeadcountRow,
    SignOffRow,
    table_of,
)

_STAFF = table_of(ActualsRevisionRow)
_COVER = table_of(ActualsCoverRow)
_SIGN_OFF = table_of(SignOffRow)
_CELL = table_of(HeadcountRow)
_BOARD = table_of(BoardRevisionRow)
_SEAT = table_of(BoardSeatRow)

_PAIR = _CELL.c.staff_group + " " + _CELL.c.band
"""What names a cell, as `_PAIRS` has it."""

_PAIRS = {f"{group.value} {band.value}": slot for (group, band), slot in PAIR_SLOT.items()}

_KIND = case((_SEAT.c.voting, "V"), else_="-") + case((_SEAT.c.executive, "E"), else_="-")
"""What names a kind of seat, as `_KINDS` has it."""

_KINDS = {
    ("V" if voting else "-") + ("E" if executive else "-"): slot
    for (voting, executive), slot in SEAT_SLOT.items()
}

Packed = tuple[str, int, str, str]
"""Trust and census; what its cells are, and persons in each by ethnic group, as texts."""


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
    staff = _read_staff_heads(session, chosen.staff, known)
    boards = _read_board_heads(session, chosen.boards)
    years = sorted({year for _, year in (*staff, *boards)}) or [FIRST_YEAR]
    order = tuple(sorted(codes))
    counts = Censuses.empty(len(order), years).counts
    for heads, wanted, children, name, slots in (
        (_STAFF, chosen.staff, _CELL, _PAIR, _PAIRS),
        (_BOARD, chosen.boards, _SEAT, _KIND, _KINDS),
    ):
        newest = tuple_(*_key(children)).in_(choose(heads, wanted))
        _enter(counts, _read_cells(session, children, name, newest), slots, order, years)
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


def _read_staff_heads(
    session: Session, newest: ColumnElement[bool], known: ColumnElement[bool]
) -> dict[tuple[str, int], Head]:
    covers = _read_covers(session, newest)
    at = _STAFF.c
    rows = session.execute(
        select(at.ods_code, at.year, at.revision, at.recorded_at, _SIGN_OFF.c.recorded_at)
        .outerjoin_from(_STAFF, _SIGN_OFF, and_(_is_of(_STAFF, _SIGN_OFF), known))
        .where(newest)
    ).all()
    return {
        (code, year): Head(code, year, revision, covers.get((code, year), (code,)), sent, signed)
        for code, year, revision, sent, signed in rows
    }


def _read_covers(
    session: Session, newest: ColumnElement[bool]
) -> Mapping[tuple[str, int], tuple[str, ...]]:
    """Return whom returns cover, where they cover another trust than the one that sent them."""
    others = select(*_key(_COVER)).where(_COVER.c.covered != _COVER.c.ods_code)
    rows = session.execute(
        select(_COVER.c.ods_code, _COVER.c.year, _COVER.c.covered)
        .join_from(_STAFF, _COVER, _is_of(_STAFF, _COVER))
        .where(newest, tuple_(*_key(_COVER)).in_(others))
        .order_by(_COVER.c.covered)
    )
    found: dict[tuple[str, int], tuple[str, ...]] = defaultdict(tuple)
    for code, year, covered in rows:
        found[code, year] += (covered,)
    return found


def _read_board_heads(
    session: Session, newest: ColumnElement[bool]
) -> dict[tuple[str, int], Head]:
    at = _BOARD.c
    query = select(at.ods_code, at.year, at.revision, at.recorded_at).where(newest)
    return {
        (code, year): Head(code, year, revision, (code,), sent)
        for code, year, revision, sent in session.execute(query).all()
    }


def _read_cells(
    session: Session, children: Table, name: ColumnElement[str], newest: ColumnElement[bool]
) -> Sequence[Packed]:
    """Return the cells of the revisions that count, a row a census.

    65,000 rows of a cell each take longer to come than to be computed with.

    Args:
        session: A reading session.
        children: The table of the cells.
        name: What names a cell of a census.
        newest: The condition for the revisions that count.
    """
    at = children.c
    white, bme, unknown = (cast(one, String) for one in (at.white, at.bme, at.unknown))
    query = (
        select(
            at.ods_code,
            at.year,
            func.aggregate_strings(name, ","),
            func.aggregate_strings(white + " " + bme + " " + unknown, " "),
        )
        .where(newest)
        .group_by(at.ods_code, at.year)
    )
    rows = session.execute(query).all()
    return [(code, year, names, people) for code, year, names, people in rows]


def _enter(
    counts: Floats,
    packed: Sequence[Packed],
    slots: Mapping[str, int],
    codes: Sequence[str],
    years: Sequence[int],
) -> None:
    """Enter cells into counts by trust, census, slot and ethnic group."""
    if not packed:
        return
    place = {code: index for index, code in enumerate(codes)}
    at = {year: index for index, year in enumerate(years)}
    # Most censuses have the same cells.
    known = {
        names: np.array([slots[one] for one in names.split(",")])
        for names in {names for _, _, names, _ in packed}
    }
    each = [known[names] for _, _, names, _ in packed]
    sizes = [len(one) for one in each]
    where = (
        np.repeat([place[code] for code, *_ in packed], sizes),
        np.repeat([at[year] for _, year, *_ in packed], sizes),
        np.concatenate(each),
    )
    people = np.fromstring(" ".join(numbers for *_, numbers in packed), np.int64, sep=" ")
    counts[where] = people.reshape(-1, 3)


def _key(table: Table) -> tuple[ColumnElement[Any], ...]:
    return table.c.ods_code, table.c.year, table.c.revision


def _is_of(heads: Table, children: Table) -> ColumnElement[bool]:
    """Return the condition that rows belong to a revision."""
    return and_(*(children.c[name] == heads.c[name] for name in ("ods_code", "year", "revision")))
