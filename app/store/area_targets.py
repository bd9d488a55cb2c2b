"""The targets in force of many trusts, as light as choosing among them allows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, select, true, tuple_
from sqlmodel import Session

from app.domain.censuses import Cycle
from app.domain.codes import TargetState
from app.domain.measures import Measure, Scope
from app.domain.records import Author, Record
from app.domain.target_moves import IN_FORCE, Move
from app.domain.targets import Milestone, Target, TargetVersion
from app.store import censuses
from app.store.rows import (
    TargetMilestoneRow,
    TargetMoveRow,
    TargetRow,
    TargetVersionRow,
    table_of,
)
from app.store.targets import read_baseline, read_terms

_TARGET = table_of(TargetRow)
_VERSION = table_of(TargetVersionRow)
_MOVE = table_of(TargetMoveRow)
_MILESTONE = table_of(TargetMilestoneRow)
_OF_TARGET = and_(*(_MOVE.c[name] == _TARGET.c[name] for name in ("ods_code", "target_id")))

Key = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class InForce:
    """A target in force that has not been made into one yet.

    Attributes:
        cycle: The three years that it is for.
    """

    ods_code: str
    scope: Scope
    cycle: Cycle
    row: Row[Any]
    milestones: tuple[Milestone, ...]

    def make(self) -> Target:
        """Return the target, of whose moves only the newest is known."""
        row = self.row
        author = Author(row.recorded_by, row.supplied_by)
        move = Move(TargetState(row.state), Record(row.recorded_at, author))
        version = TargetVersion(
            version=row.version,
            terms=read_terms(row, self.milestones),
            baseline=read_baseline(row, self.cycle),
            moves=(move,),
            edit=row.edit,
        )
        return Target(self.ods_code, row.target_id, self.scope, self.cycle, version)


def list_in_force(
    session: Session,
    codes: Collection[str],
    scopes: Iterable[Scope],
    *,
    as_of: datetime | None = None,
) -> dict[tuple[str, Scope], list[InForce]]:
    """Return the targets of trusts that were in force at an instant, oldest cycle first."""
    wanted = {
        (one.measure.value, one.staff_group and one.staff_group.value): one for one in scopes
    }
    cycles = {cycle.code: cycle for cycle in censuses.list_cycles(session)}
    milestones = _read_milestones(session, codes)
    found: dict[tuple[str, Scope], list[InForce]] = defaultdict(list)
    for row in _read_rows(session, codes, {measure for measure, _ in wanted}, as_of):
        # By place: to look a column up by its name takes as long as all else.
        told: Sequence[Any] = row
        cycle, measure, group, _, code, target_id, version, edit, *_ = told
        scope = wanted.get((measure, group))
        if scope is not None:
            stated = milestones.get((code, target_id, version, edit), ())
            found[code, scope].append(InForce(code, scope, cycles[cycle], row, stated))
    for several in found.values():
        several.sort(key=lambda one: one.cycle.starts)
    return found


def find_newest_change(
    session: Session,
    codes: Collection[str],
    measures: Iterable[Measure],
    *,
    as_of: datetime | None = None,
) -> datetime | None:
    """Return the instant of the newest move of any target but drafting; None without one."""
    query = (
        select(func.max(_MOVE.c.recorded_at))
        .join_from(_MOVE, _TARGET, _OF_TARGET)
        .where(_MOVE.c.state != TargetState.DRAFT.value, _TARGET.c.ods_code.in_(sorted(codes)))
        .where(_TARGET.c.measure.in_(sorted(measures)), _is_known(as_of))
    )
    found: datetime | None = session.execute(query).scalar_one()
    return found


def _read_rows(
    session: Session, codes: Collection[str], measures: Collection[str], as_of: datetime | None
) -> list[Row[Any]]:
    """Return the version in force of each target in its last edit, with what it is about."""
    at = _MOVE.c
    newest = (
        select(at.ods_code, at.target_id, at.version, func.max(at.ordinal))
        .where(at.ods_code.in_(sorted(codes)), _is_known(as_of))
        .group_by(at.ods_code, at.target_id, at.version)
    )
    edit = and_(
        *(_VERSION.c[name] == at[name] for name in ("ods_code", "target_id", "version", "edit"))
    )
    return list(
        session.execute(
            select(
                *(_TARGET.c.cycle, _TARGET.c.measure, _TARGET.c.staff_group, at.state),
                *_VERSION.c,
            )
            .join_from(_MOVE, _TARGET, _OF_TARGET)
            .join(_VERSION, edit)
            .where(tuple_(at.ods_code, at.target_id, at.version, at.ordinal).in_(newest))
            .where(at.state.in_(sorted(state.value for state in IN_FORCE)))
            .where(_TARGET.c.measure.in_(sorted(measures)))
        )
    )


def _read_milestones(
    session: Session, codes: Collection[str]
) -> Mapping[Key, tuple[Milestone, ...]]:
    at = _MILESTONE.c
    found: dict[Key, tuple[Milestone, ...]] = defaultdict(tuple)
    for row in session.execute(
        select(*at).where(at.ods_code.in_(sorted(codes))).order_by(at.year)
    ):
        found[row.ods_code, row.target_id, row.version, row.edit] += (
            Milestone(row.year, row.share, row.headcount),
        )
    return found


def _is_known(as_of: datetime | None) -> ColumnElement[bool]:
    return true() if as_of is None else _MOVE.c.recorded_at <= as_of
