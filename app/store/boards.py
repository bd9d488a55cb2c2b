"""Boards in the database: revisions, of which the newest counts."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table
from sqlmodel import Session

from app.domain.boards import Board, BoardRevision
from app.domain.counts import Count
from app.store.revisions import (
    Revisions,
    Values,
    caution_values,
    head_values,
    insert_all,
    read_cautions,
    read_children,
    read_every,
    read_newest,
    record_of,
    record_values,
)
from app.store.revisions import (
    holds_any as holds_any_revision,
)
from app.store.rows import BoardRevisionRow, BoardSeatRow, BoardWarningRow, table_of
from app.store.summaries import BOARDS, name_seat, summarise

_REVISION = table_of(BoardRevisionRow)
_SEAT = table_of(BoardSeatRow)
_WARNING = table_of(BoardWarningRow)
_HELD = Revisions(_REVISION, _WARNING)


def find(
    session: Session, ods_code: str, year: int, *, as_of: datetime | None = None
) -> BoardRevision | None:
    """Return the revision that counts as of an instant, or None if none is held."""
    found = _load(session, read_newest(session, _HELD, [ods_code], year=year, as_of=as_of))
    return found[0] if found else None


def of_trusts(
    session: Session,
    codes: Iterable[str],
    *,
    year: int | None = None,
    as_of: datetime | None = None,
) -> list[BoardRevision]:
    """Return the revisions of some trusts that count as of an instant; of all censuses, or one."""
    return _load(session, read_newest(session, _HELD, codes, year=year, as_of=as_of))


def list_revisions(session: Session, ods_code: str, year: int | None) -> list[BoardRevision]:
    """Return every revision of one census, or of all, by census and oldest first."""
    return _load(session, read_every(session, _HELD, ods_code, year))


def add(session: Session, revision: BoardRevision) -> None:
    """Store a revision."""
    add_many(session, [revision])


def add_many(session: Session, revisions: Sequence[BoardRevision]) -> None:
    """Store revisions."""
    insert_all(session, _rows(revisions))


def holds_any(session: Session, *, synthetic: bool) -> bool:
    """Return whether the board of any invented, or any real, organisation is held."""
    return holds_any_revision(session, _REVISION, synthetic=synthetic)


def _load(session: Session, heads: Sequence[Row[Any]]) -> list[BoardRevision]:
    if not heads:
        return []
    seats = read_children(session, _SEAT, heads)
    cautions = read_cautions(session, _HELD, heads)
    found = []
    for head in heads:
        key = (head.ods_code, head.year, head.revision)
        held = {
            (seat.voting, seat.executive): Count(seat.white, seat.bme, seat.unknown)
            for seat in seats[key]
        }
        found.append(
            BoardRevision(
                *key,
                board=Board(head.source, held),
                record=record_of(head, head.reason),
                cautions=cautions.get(key, ()),
                correction_note=head.correction_note,
            )
        )
    return found


def _rows(revisions: Sequence[BoardRevision]) -> list[tuple[Table, list[Values]]]:
    """Return the rows of revisions, table by table, parents first."""
    heads: list[Values] = []
    seats: list[Values] = []
    summaries: list[Values] = []
    warnings: list[Values] = []
    for one in revisions:
        key = head_values(one.ods_code, one.year, one.revision)
        said = {
            "source": one.board.source,
            "reason": one.record.reason,
            "correction_note": one.correction_note,
        }
        heads.append(key | said | record_values(one.record))
        seats.extend(
            key
            | {"voting": voting, "executive": executive}
            | {"white": count.white, "bme": count.bme, "unknown": count.unknown}
            for (voting, executive), count in one.board.seats.items()
        )
        named = ((name_seat(kind), count) for kind, count in one.board.seats.items())
        summaries.append(summarise(key, named))
        warnings.extend(caution_values(key, one.cautions))
    return [
        (_REVISION, heads),
        (_SEAT, seats),
        (BOARDS.summaries, summaries),
        (_WARNING, warnings),
    ]
