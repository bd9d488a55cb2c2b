"""What all trusts have sent for a census and set for a cycle, in one query or two each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Select, Table, and_, func, select, true, tuple_
from sqlmodel import Session

from app.domain.bands import StaffGroup
from app.domain.censuses import Cycle
from app.domain.codes import TargetState
from app.domain.measures import Measure
from app.domain.return_facts import SeenTarget, SentActuals, SentRevision
from app.domain.target_moves import IN_FORCE
from app.store.rows import (
    ActionPlanRow,
    ActualsCoverRow,
    ActualsRevisionRow,
    BoardRevisionRow,
    IndicatorRevisionRow,
    OrganisationRow,
    SignOffRow,
    TargetMoveRow,
    TargetRow,
    table_of,
)

_ACTUALS = table_of(ActualsRevisionRow)
_COVER = table_of(ActualsCoverRow)
_SIGN_OFF = table_of(SignOffRow)
_BOARD = table_of(BoardRevisionRow)
_INDICATORS = table_of(IndicatorRevisionRow)
_TARGET = table_of(TargetRow)
_MOVE = table_of(TargetMoveRow)
_PLAN = table_of(ActionPlanRow)
_ORGANISATION = table_of(OrganisationRow)


def list_actuals(
    session: Session, year: int, *, as_of: datetime | None = None
) -> dict[str, SentActuals]:
    """Return what counts of a census as of an instant, by the trust that sent it."""
    newest = _newest(_ACTUALS, year, as_of)
    covers: dict[str, list[str]] = defaultdict(list)
    for one in session.execute(
        select(_COVER.c.ods_code, _COVER.c.covered)
        .where(_COVER.c.year == year)
        .where(tuple_(_COVER.c.ods_code, _COVER.c.revision).in_(newest))
    ):
        covers[one.ods_code].append(one.covered)
    signed = and_(
        _SIGN_OFF.c.ods_code == _ACTUALS.c.ods_code,
        _SIGN_OFF.c.year == _ACTUALS.c.year,
        _SIGN_OFF.c.revision == _ACTUALS.c.revision,
        _is_known(_SIGN_OFF.c.recorded_at, as_of),
    )
    heads = session.execute(
        select(
            _ACTUALS.c.ods_code,
            _ACTUALS.c.revision,
            _ACTUALS.c.recorded_at,
            _SIGN_OFF.c.recorded_at.label("signed_at"),
        )
        .outerjoin_from(_ACTUALS, _SIGN_OFF, signed)
        .where(_ACTUALS.c.year == year)
        .where(tuple_(_ACTUALS.c.ods_code, _ACTUALS.c.revision).in_(newest))
    )
    return {
        head.ods_code: SentActuals(
            head.ods_code,
            head.revision,
            tuple(sorted(covers[head.ods_code])),
            head.recorded_at,
            head.signed_at,
        )
        for head in heads
    }


def find_newest_actuals(session: Session) -> datetime | None:
    """Return when the newest actuals of any trust and census were recorded; None without any."""
    query = select(func.max(_ACTUALS.c.recorded_at))
    found: datetime | None = session.execute(query).scalar_one()
    return found


def list_boards(
    session: Session, year: int, *, as_of: datetime | None = None
) -> dict[str, SentRevision]:
    """Return the boards that count at a census as of an instant, by trust."""
    return _list_sent(session, _BOARD, year, as_of)


def list_indicators(
    session: Session, year: int, *, as_of: datetime | None = None
) -> dict[str, SentRevision]:
    """Return the indicators that count at a census as of an instant, by trust."""
    return _list_sent(session, _INDICATORS, year, as_of)


def list_targets(
    session: Session,
    cycles: Iterable[Cycle],
    *,
    with_drafts: bool = True,
    as_of: datetime | None = None,
) -> dict[str, tuple[SeenTarget, ...]]:
    """Return the targets of cycles as they stood at an instant, by trust.

    Args:
        session: A reading session.
        cycles: For which the targets are.
        with_drafts: Whether versions count that were never submitted.
        as_of: None for now.
    """
    known = {one.code: one for one in cycles}
    moves: dict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    for move in session.execute(
        select(
            *(_TARGET.c.ods_code, _TARGET.c.target_id, _TARGET.c.cycle),
            *(_TARGET.c.measure, _TARGET.c.staff_group),
            *(_MOVE.c.version, _MOVE.c.state, _MOVE.c.recorded_at),
        )
        .join_from(
            _TARGET,
            _MOVE,
            and_(
                _MOVE.c.ods_code == _TARGET.c.ods_code,
                _MOVE.c.target_id == _TARGET.c.target_id,
            ),
        )
        .where(_TARGET.c.cycle.in_(sorted(known)))
        .where(_is_known(_MOVE.c.recorded_at, as_of))
        .order_by(_MOVE.c.version, _MOVE.c.ordinal)
    ):
        moves[move.ods_code, move.target_id].append(move)
    found: dict[str, tuple[SeenTarget, ...]] = defaultdict(tuple)
    for (code, _), life in moves.items():
        seen = life if with_drafts else _without_drafts(life)
        if seen:
            found[code] += (_seen(seen, known),)
    return dict(found)


def list_plan_changes(
    session: Session, cycle: str, *, as_of: datetime | None = None
) -> dict[str, datetime]:
    """Return when the action plan of each trust for a cycle last changed before an instant."""
    rows = session.execute(
        select(_PLAN.c.ods_code, func.max(_PLAN.c.recorded_at).label("changed_at"))
        .where(_PLAN.c.cycle == cycle)
        .where(_is_known(_PLAN.c.recorded_at, as_of))
        .group_by(_PLAN.c.ods_code)
    )
    return {row.ods_code: row.changed_at for row in rows}


def find_register_change(session: Session) -> datetime | None:
    """Return when the register last changed; None while it is empty."""
    query = select(func.max(_ORGANISATION.c.recorded_at))
    found: datetime | None = session.execute(query).scalar_one()
    return found


def _list_sent(
    session: Session, table: Table, year: int, as_of: datetime | None
) -> dict[str, SentRevision]:
    at = table.c
    heads = session.execute(
        select(at.ods_code, at.revision, at.recorded_at)
        .where(at.year == year)
        .where(tuple_(at.ods_code, at.revision).in_(_newest(table, year, as_of)))
    )
    return {head.ods_code: SentRevision(head.revision, head.recorded_at) for head in heads}


def _newest(table: Table, year: int, as_of: datetime | None) -> Select[Any]:
    """Return the query for each trust's newest revision of a census, as of an instant."""
    at = table.c
    return (
        select(at.ods_code, func.max(at.revision))
        .where(at.year == year)
        .where(_is_known(at.recorded_at, as_of))
        .group_by(at.ods_code)
    )


def _is_known(recorded_at: Column[Any], as_of: datetime | None) -> ColumnElement[bool]:
    return true() if as_of is None else recorded_at <= as_of


def _without_drafts(moves: Sequence[Row[Any]]) -> list[Row[Any]]:
    """Return the moves of the versions that were submitted."""
    submitted = {move.version for move in moves if move.state == TargetState.SUBMITTED}
    return [move for move in moves if move.version in submitted]


def _seen(moves: Sequence[Row[Any]], cycles: dict[str, Cycle]) -> SeenTarget:
    """Return a target as the moves of all its versions, oldest first, leave it."""
    newest = {move.version: move for move in moves}
    in_force = [move for move in newest.values() if TargetState(move.state) in IN_FORCE]
    shown = in_force[-1] if in_force else moves[-1]
    submitted = [
        move.recorded_at
        for move in moves
        if move.version == shown.version and move.state == TargetState.SUBMITTED
    ]
    return SeenTarget(
        id=shown.target_id,
        measure=Measure(shown.measure),
        staff_group=StaffGroup(shown.staff_group) if shown.staff_group else None,
        cycle=cycles[shown.cycle],
        version=shown.version,
        state=TargetState(shown.state),
        submitted_at=submitted[0] if submitted else None,
        changed_at=max(move.recorded_at for move in moves),
    )
