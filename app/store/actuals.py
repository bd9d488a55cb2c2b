"""Actuals in the database: revisions, of which the newest counts."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, func, insert, select
from sqlmodel import Session, col

from app.domain.actuals import Actuals, ActualsRevision, SignOff
from app.domain.bands import ALLOWED_PAIRS, Band, StaffGroup
from app.domain.counts import Count
from app.domain.records import Author, Record
from app.domain.releases import find_holding
from app.store import releases
from app.store.revisions import (
    Key,
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
from app.store.rows import (
    ActualsCoverRow,
    ActualsRevisionRow,
    ActualsWarningRow,
    HeadcountRow,
    OrganisationRow,
    SignOffRow,
    table_of,
)
from app.store.summaries import STAFF, name_pair, summarise

_REVISION = table_of(ActualsRevisionRow)
_COVER = table_of(ActualsCoverRow)
_CELL = table_of(HeadcountRow)
_WARNING = table_of(ActualsWarningRow)
_SIGN_OFF = table_of(SignOffRow)
_HELD = Revisions(_REVISION, _WARNING, _SIGN_OFF)


def find(
    session: Session, ods_code: str, year: int, *, as_of: datetime | None = None
) -> ActualsRevision | None:
    """Return the revision that counts as of an instant, or None if none is held."""
    found = _load(session, read_newest(session, _HELD, [ods_code], year=year, as_of=as_of), as_of)
    return found[0] if found else None


def of_trusts(
    session: Session,
    codes: Iterable[str],
    *,
    year: int | None = None,
    as_of: datetime | None = None,
) -> list[ActualsRevision]:
    """Return the revisions of some trusts that count as of an instant; of all censuses, or one."""
    return _load(session, read_newest(session, _HELD, codes, year=year, as_of=as_of), as_of)


def count_by_year(session: Session, *, synthetic: bool) -> dict[int, int]:
    """Return how many invented, or real, trusts have sent each census, oldest first."""
    at = _REVISION.c
    of_kind = select(col(OrganisationRow.ods_code)).where(
        col(OrganisationRow.synthetic) == synthetic
    )
    rows = session.execute(
        select(at.year, func.count(at.ods_code.distinct()).label("trusts"))
        .where(at.ods_code.in_(of_kind))
        .group_by(at.year)
        .order_by(at.year)
    )
    return {row.year: row.trusts for row in rows}


def list_revisions(
    session: Session, ods_code: str, year: int | None, *, as_of: datetime | None = None
) -> list[ActualsRevision]:
    """Return every revision of one census, or of all, by census and oldest first."""
    return _load(session, read_every(session, _HELD, ods_code, year, as_of=as_of), as_of)


def add(session: Session, revision: ActualsRevision) -> None:
    """Store a revision."""
    add_many(session, [revision])


def add_many(session: Session, revisions: Sequence[ActualsRevision]) -> None:
    """Store revisions."""
    insert_all(session, _rows(revisions))


def add_sign_off(session: Session, key: Key, sign_off: SignOff) -> None:
    """Store the board's approval of a revision."""
    session.execute(insert(_SIGN_OFF), [_sign_off_values(head_values(*key), sign_off)])


def holds_any(session: Session, *, synthetic: bool) -> bool:
    """Return whether the actuals of any invented, or any real, organisation are held."""
    return holds_any_revision(session, _REVISION, synthetic=synthetic)


def _load(
    session: Session, heads: Sequence[Row[Any]], as_of: datetime | None
) -> list[ActualsRevision]:
    """Return revisions with all that belongs to them, by their rows."""
    if not heads:
        return []
    covers = read_children(session, _COVER, heads)
    cells = read_children(session, _CELL, heads)
    cautions = read_cautions(session, _HELD, heads)
    made = releases.list_covering(session, {head.ods_code for head in heads}, as_of=as_of)
    found = []
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        key = (head.ods_code, head.year, head.revision)
        superseded_at = None
        if following is not None and following[:2] == head[:2]:
            superseded_at = following.recorded_at
        found.append(
            ActualsRevision(
                *key,
                actuals=Actuals(
                    source=head.source,
                    covers=tuple(one.covered for one in covers[key]),
                    notes=head.notes,
                    headcounts=_headcounts(cells[key]),
                ),
                record=record_of(head, head.reason),
                cautions=cautions.get(key, ()),
                sign_off=_sign_off(head, as_of),
                correction_note=head.correction_note,
                released=find_holding(made, *key[:2], head.recorded_at, superseded_at),
            )
        )
    return found


_PAIRS = {(group.value, band.value): (group, band) for group, band in ALLOWED_PAIRS}
_NAMES = {
    pair: (group.value, band.value, name_pair(pair))
    for pair in ALLOWED_PAIRS
    for group, band in [pair]
}


def _headcounts(cells: Iterable[Iterable[Any]]) -> dict[tuple[StaffGroup, Band], Count]:
    # By place: ten censuses have hundreds of cells, and to look each name up takes longer.
    return {
        _PAIRS[group, band]: Count(white, bme, unknown)
        for _, _, _, group, band, white, bme, unknown in cells
    }


def _sign_off(head: Row[Any], as_of: datetime | None) -> SignOff | None:
    at: datetime | None = head.sign_off_recorded_at
    if at is None or (as_of is not None and at > as_of):
        return None
    author = Author(head.sign_off_recorded_by, head.sign_off_supplied_by)
    return SignOff(head.sign_off_board_date, head.sign_off_lead_role, Record(at, author))


def _rows(revisions: Sequence[ActualsRevision]) -> list[tuple[Table, Iterator[Values]]]:
    """Return the rows of revisions, table by table, parents first.

    They are made when they are taken: while the database stores those that came before.
    """
    keyed = [(head_values(one.ods_code, one.year, one.revision), one) for one in revisions]
    return [
        (_REVISION, (_head_values(key, one) for key, one in keyed)),
        (_COVER, (key | {"covered": code} for key, one in keyed for code in one.actuals.covers)),
        (_CELL, (cell for key, one in keyed for cell in _cell_values(key, one.actuals))),
        (STAFF.summaries, (_summary_values(key, one.actuals) for key, one in keyed)),
        (_WARNING, (row for key, one in keyed for row in caution_values(key, one.cautions))),
        (_SIGN_OFF, (_sign_off_values(key, one.sign_off) for key, one in keyed if one.sign_off)),
    ]


def _head_values(key: Values, one: ActualsRevision) -> Values:
    said = {
        "source": one.actuals.source,
        "notes": one.actuals.notes,
        "reason": one.record.reason,
        "correction_note": one.correction_note,
    }
    return key | said | record_values(one.record)


def _cell_values(key: Values, sent: Actuals) -> Iterator[Values]:
    for pair, count in sent.headcounts.items():
        group, band, _ = _NAMES[pair]
        yield {
            **key,
            "staff_group": group,
            "band": band,
            "white": count.white,
            "bme": count.bme,
            "unknown": count.unknown,
        }


def _summary_values(key: Values, sent: Actuals) -> Values:
    return summarise(key, ((_NAMES[pair][-1], count) for pair, count in sent.headcounts.items()))


def _sign_off_values(key: Values, sign_off: SignOff) -> Values:
    said = {"board_date": sign_off.board_date, "lead_role": sign_off.lead_role}
    return key | said | record_values(sign_off.record)
