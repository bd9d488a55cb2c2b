"""The targets in force of many trusts, as light as choosing among them allows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Row, and_, func, select, true, tuple_, type_coerce
from sqlmodel import Session

from app.domain.censuses import Cycle
from app.domain.codes import TargetState
from app.domain.measures import Measure, Scope
from app.domain.target_moves import IN_FORCE
from app.domain.target_outlines import TargetOutline
from app.domain.targets import Milestone, Terms
from app.store import censuses
from app.store.rows import (
    TargetMilestoneRow,
    TargetMoveRow,
    TargetRow,
    TargetVersionRow,
    read_share,
    table_of,
)
from app.store.targets import make_baseline, make_goal, make_reference

_TARGET = table_of(TargetRow)
_VERSION = table_of(TargetVersionRow)
_MOVE = table_of(TargetMoveRow)
_MILESTONE = table_of(TargetMilestoneRow)
_OF_TARGET = and_(*(_MOVE.c[name] == _TARGET.c[name] for name in ("ods_code", "target_id")))
_OF_EDIT = and_(
    *(_VERSION.c[name] == _MOVE.c[name] for name in ("ods_code", "target_id", "version", "edit"))
)

_TOLD = (
    *(_VERSION.c[name] for name in ("form", "goal_headcount", "goal_reason", "reference_kind")),
    _VERSION.c.reference_source,
    # Kept as they are stored: of most targets nobody asks for a share.
    *(type_coerce(_VERSION.c[name], Integer) for name in ("goal_share", "reference_share")),
    *(_VERSION.c[name] for name in ("baseline_bme", "baseline_total")),
    *(_VERSION.c[name] for name in ("workforce_bme", "workforce_total", "baseline_revision")),
    *(_VERSION.c[name] for name in ("baseline_covers", "baseline_source")),
)
"""What an outline is made of."""

_KEY, _COUNTS, _REST = 7, 14, 18
"""Where what is told of a target begins among its columns, and in it the baseline's counts and
what else it has."""

Key = tuple[str, str, int, int]


class InForce(NamedTuple):
    """A target in force that has not been made into an outline yet; most never are.

    Attributes:
        cycle: The three years that it is for.
        told: All that was read of it, with the code of its cycle.
    """

    ods_code: str
    cycle: Cycle
    told: tuple[Any, ...]
    milestones: tuple[Milestone, ...]

    def make(self) -> TargetOutline:
        """Return what the target asks for."""
        form, headcount, reason, kind, source, share, held_against = self.told[_KEY:_COUNTS]
        terms = Terms(
            make_goal(form, read_share(share), headcount, reason),
            self.milestones,
            make_reference(kind, read_share(held_against), source),
        )
        counts, told = self.told[_COUNTS:_REST], self.told[_REST:]
        baseline = make_baseline(self.cycle, counts, *told)
        return TargetOutline(self.ods_code, self.cycle, terms, baseline)


def list_in_force(
    session: Session,
    codes: Collection[str],
    scopes: Iterable[Scope],
    *,
    as_of: datetime | None = None,
) -> dict[tuple[str, Scope], list[InForce]]:
    """Return the targets of trusts that were in force at an instant, in any order."""
    wanted = {
        (one.measure.value, one.staff_group and one.staff_group.value): one for one in scopes
    }
    cycles = {cycle.code: cycle for cycle in censuses.list_cycles(session)}
    milestones = _read_milestones(session, codes)
    found: dict[tuple[str, Scope], list[InForce]] = defaultdict(list)
    for row in _read_rows(session, codes, {measure for measure, _ in wanted}, as_of):
        # By place: to look a column up by its name takes as long as all else.
        told = tuple(row)
        cycle, measure, group, code, target_id, version, edit = told[:_KEY]
        scope = wanted.get((measure, group))
        if scope is not None:
            stated = milestones.get((code, target_id, version, edit), ())
            found[code, scope].append(InForce(code, cycles[cycle], told, stated))
    return found


def find_newest_change(
    session: Session,
    codes: Collection[str],
    measures: Iterable[Measure],
    *,
    as_of: datetime | None = None,
) -> datetime | None:
    """Return the instant of the newest move of any target but drafting; None without one."""
    at, wanted = _MOVE.c, set(measures)
    query = select(func.max(at.recorded_at)).where(
        at.state != TargetState.DRAFT.value, at.ods_code.in_(sorted(codes)), _is_known(as_of)
    )
    if wanted != set(Measure):
        query = query.join(_TARGET, _OF_TARGET).where(_TARGET.c.measure.in_(sorted(wanted)))
    found: datetime | None = session.execute(query).scalar_one()
    return found


def _read_rows(
    session: Session, codes: Collection[str], measures: Collection[str], as_of: datetime | None
) -> Sequence[Row[Any]]:
    """Return the version in force of each target in its last edit, with what it is about."""
    at = _MOVE.c
    newest = (
        select(at.ods_code, at.target_id, at.version, func.max(at.ordinal))
        .where(at.ods_code.in_(sorted(codes)), _is_known(as_of))
        .group_by(at.ods_code, at.target_id, at.version)
    )
    return session.execute(
        select(
            *(_TARGET.c.cycle, _TARGET.c.measure, _TARGET.c.staff_group),
            *(at.ods_code, at.target_id, at.version, at.edit),
            *_TOLD,
        )
        .join_from(_MOVE, _TARGET, _OF_TARGET)
        .join(_VERSION, _OF_EDIT)
        .where(tuple_(at.ods_code, at.target_id, at.version, at.ordinal).in_(newest))
        .where(at.state.in_(sorted(state.value for state in IN_FORCE)))
        .where(_TARGET.c.measure.in_(sorted(measures)))
    ).all()


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
