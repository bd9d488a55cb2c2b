"""Targets in the database: versions, their edits, and the moves in their lives.

Nothing here changes or deletes a row; the database refuses it too.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, insert, select
from sqlmodel import Session

from app.domain.bands import StaffGroup
from app.domain.censuses import Cycle
from app.domain.codes import TargetState
from app.domain.errors import TargetNotFound
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.records import Author, Record
from app.domain.target_moves import Move
from app.domain.target_versions import Versions
from app.domain.targets import (
    Baseline,
    Basis,
    Goal,
    GoalForm,
    Milestone,
    ParityReference,
    ProposalMethod,
    Provenance,
    Rounding,
    Target,
    TargetVersion,
    Terms,
)
from app.store.asking import AS_OF, Codes, ask, is_among
from app.store.rows import (
    CycleRow,
    TargetMilestoneRow,
    TargetMoveRow,
    TargetRow,
    TargetVersionRow,
    table_of,
)

_TARGET = table_of(TargetRow)
_VERSION = table_of(TargetVersionRow)
_MILESTONE = table_of(TargetMilestoneRow)
_MOVE = table_of(TargetMoveRow)
_CYCLE = table_of(CycleRow)

Key = tuple[str, str, int]
Values = dict[str, object]


def find(
    session: Session, ods_code: str, target_id: str, *, as_of: datetime | None = None
) -> Versions | None:
    """Return a target in all versions known at an instant, or None if there is none."""
    found = _load(session, [ods_code], as_of, target_id=target_id)
    return found[0] if found else None


def get(
    session: Session, ods_code: str, target_id: str, *, as_of: datetime | None = None
) -> Versions:
    """Return a target; raise `TargetNotFound` if there was none as of the instant."""
    found = find(session, ods_code, target_id, as_of=as_of)
    if found is None:
        raise TargetNotFound(ods_code, target_id)
    return found


def list_of(session: Session, ods_code: str, *, as_of: datetime | None = None) -> list[Versions]:
    """Return a trust's targets, in order of identifiers."""
    return _load(session, [ods_code], as_of)


def list_of_many(
    session: Session, ods_codes: Iterable[str], *, as_of: datetime | None = None
) -> list[Versions]:
    """Return the targets of several trusts, in order of codes and identifiers."""
    return _load(session, ods_codes, as_of)


def add(session: Session, target: Target) -> None:
    """Store a new target with its first version."""
    add_many(session, [target])


def add_many(session: Session, targets: Iterable[Target]) -> None:
    """Store new targets, each with its version."""
    new = list(targets)
    heads: list[Values] = [
        {
            "ods_code": target.ods_code,
            "target_id": target.id,
            "cycle": target.cycle.code,
            "measure": target.scope.measure.value,
            "staff_group": target.scope.staff_group and target.scope.staff_group.value,
        }
        for target in new
    ]
    if heads:
        session.execute(insert(_TARGET), heads)
        add_versions(session, new)


def add_versions(session: Session, targets: Iterable[Target]) -> None:
    """Store new versions, each with the moves it has behind it."""
    new = list(targets)
    versions = [_version_values(target, target.version.created) for target in new]
    milestones = [values for target in new for values in _milestone_values(target)]
    moves = [
        _move_values(target, ordinal)
        for target in new
        for ordinal in range(len(target.version.moves))
    ]
    for table, rows in (
        (_VERSION, versions),
        (_MILESTONE, milestones),
        (_MOVE, moves),
    ):
        if rows:
            session.execute(insert(table), rows)


def add_edit(session: Session, target: Target, record: Record) -> None:
    """Store what a draft says now, as one more edit; what it said before stays."""
    session.execute(insert(_VERSION), [_version_values(target, record)])
    stated = _milestone_values(target)
    if stated:
        session.execute(insert(_MILESTONE), stated)


def add_move(session: Session, target: Target) -> None:
    """Store the newest move of a version."""
    newest = len(target.version.moves) - 1
    session.execute(insert(_MOVE), [_move_values(target, newest)])


def _key_values(target: Target) -> Values:
    version = target.version.version
    return {"ods_code": target.ods_code, "target_id": target.id, "version": version}


def _version_values(target: Target, record: Record) -> Values:
    version = target.version
    terms, baseline, reference = version.terms, version.baseline, version.terms.reference
    return _key_values(target) | {
        "form": terms.goal.form.value,
        "goal_share": terms.goal.share,
        "goal_headcount": terms.goal.headcount,
        "goal_reason": terms.goal.reason,
        "rounding": terms.rounding.value,
        "reference_kind": reference.kind.value if reference else None,
        "reference_share": reference.share if reference else None,
        "reference_source": reference.source if reference else None,
        "board_approved_on": terms.board_approved_on,
        "rationale": terms.rationale,
        "provenance": terms.provenance.value,
        "proposal_method": terms.basis.method.value if terms.basis else None,
        "proposal_inputs": _as_json(terms.basis.inputs) if terms.basis else None,
        "baseline_bme": baseline.bme if baseline else None,
        "baseline_total": baseline.total if baseline else None,
        "workforce_bme": baseline.workforce_bme if baseline else None,
        "workforce_total": baseline.workforce_total if baseline else None,
        "baseline_revision": baseline.revision if baseline else None,
        "baseline_covers": " ".join(baseline.covers) if baseline else None,
        "baseline_source": baseline.source if baseline else None,
        "edit": version.edit,
        "recorded_at": record.at,
        "recorded_by": record.author.name,
        "supplied_by": record.author.supplied_by,
        "change_reason": version.reason,
    }


def _milestone_values(target: Target) -> list[Values]:
    return [
        _key_values(target)
        | {"edit": target.version.edit}
        | {"year": m.year, "share": m.share, "headcount": m.headcount}
        for m in target.version.terms.milestones
    ]


def _move_values(target: Target, ordinal: int) -> Values:
    move = target.version.moves[ordinal]
    return _key_values(target) | {
        "ordinal": ordinal,
        "edit": target.version.edit,
        "state": move.state.value,
        "comment": move.record.reason,
        "recorded_at": move.record.at,
        "recorded_by": move.record.author.name,
        "supplied_by": move.record.author.supplied_by,
    }


def _as_json(inputs: Mapping[str, object]) -> str:
    return json.dumps(inputs, ensure_ascii=False, allow_nan=False)


def _load(
    session: Session,
    ods_codes: Iterable[str],
    as_of: datetime | None,
    *,
    target_id: str | None = None,
) -> list[Versions]:
    """Return the targets of trusts, or one of them, each version in its newest edit by then."""
    wanted = Codes.of(ods_codes)
    newest: dict[tuple[str, str], dict[int, Row[Any]]] = {}
    edits = _select_edits(
        is_one=wanted.is_one, is_of_id=target_id is not None, is_as_of=as_of is not None
    )
    for row in ask(session, edits, {**wanted.values, "target_id": target_id, "as_of": as_of}):
        newest.setdefault((row.ods_code, row.target_id), {})[row.version] = row
    if not newest:
        return []
    moves, milestones = _moves(session, wanted, as_of), _milestones(session, wanted)
    return [
        Versions(
            tuple(
                _target(
                    row, moves[*of, row.version], milestones.get((*of, row.version, row.edit), ())
                )
                for row in versions.values()
            )
        )
        for of, versions in newest.items()
    ]


@cache
def _select_edits(*, is_one: bool, is_of_id: bool, is_as_of: bool) -> Select[Any]:
    """Return the question for every edit of every version, with its target and their cycle."""
    at, of, cycle = _VERSION.c, _TARGET.c, _CYCLE.c
    query = (
        select(
            *at,
            *(of.cycle, of.measure, of.staff_group),
            *(cycle.starts, cycle.ends, cycle.ambition_year, cycle.ambition_source),
        )
        .where(
            is_among(at.ods_code, is_one=is_one),
            # Said of both, so that no row of another trust is looked at.
            is_among(of.ods_code, is_one=is_one),
            of.ods_code == at.ods_code,
            of.target_id == at.target_id,
            of.cycle == cycle.code,
        )
        .order_by(at.ods_code, at.target_id, at.version, at.edit)
    )
    if is_of_id:
        query = query.where(at.target_id == bindparam("target_id"))
    return query.where(at.recorded_at <= AS_OF) if is_as_of else query


def _moves(session: Session, codes: Codes, as_of: datetime | None) -> dict[Key, list[Row[Any]]]:
    """Return the moves of each version until an instant, oldest first."""
    query = _select_moves(is_one=codes.is_one, is_as_of=as_of is not None)
    found: dict[Key, list[Row[Any]]] = defaultdict(list)
    for move in ask(session, query, {**codes.values, "as_of": as_of}):
        found[move.ods_code, move.target_id, move.version].append(move)
    return found


@cache
def _select_moves(*, is_one: bool, is_as_of: bool) -> Select[Any]:
    at = _MOVE.c
    query = select(*at).where(is_among(at.ods_code, is_one=is_one)).order_by(at.ordinal)
    return query.where(at.recorded_at <= AS_OF) if is_as_of else query


def _milestones(
    session: Session, codes: Codes
) -> Mapping[tuple[str, str, int, int], Sequence[Milestone]]:
    """Return the milestones of each edit that states some."""
    found: dict[tuple[str, str, int, int], list[Milestone]] = defaultdict(list)
    for row in ask(session, _select_milestones(is_one=codes.is_one), codes.values):
        key = (row.ods_code, row.target_id, row.version, row.edit)
        found[key].append(Milestone(row.year, row.share, row.headcount))
    return found


@cache
def _select_milestones(*, is_one: bool) -> Select[Any]:
    at = _MILESTONE.c
    return select(*at).where(is_among(at.ods_code, is_one=is_one)).order_by(at.year)


def _target(row: Row[Any], moves: Sequence[Row[Any]], milestones: Sequence[Milestone]) -> Target:
    group = StaffGroup(row.staff_group) if row.staff_group else None
    cycle = Cycle(row.cycle, row.starts, row.ends, row.ambition_year, row.ambition_source)
    return Target(
        ods_code=row.ods_code,
        id=row.target_id,
        scope=Scope(Measure(row.measure), group),
        cycle=cycle,
        version=TargetVersion(
            version=row.version,
            terms=_read_terms(row, milestones),
            baseline=_read_baseline(row, cycle),
            moves=tuple(_move(move) for move in moves),
            edit=row.edit,
            reason=row.change_reason,
            edited_at=row.recorded_at,
        ),
    )


def _move(row: Row[Any]) -> Move:
    author = Author(row.recorded_by, row.supplied_by)
    return Move(TargetState(row.state), Record(row.recorded_at, author, row.comment))


def _read_terms(row: Row[Any], milestones: Sequence[Milestone]) -> Terms:
    """Return what a row of a version says, with its milestones."""
    return Terms(
        goal=make_goal(row.form, row.goal_share, row.goal_headcount, row.goal_reason),
        milestones=tuple(milestones),
        reference=make_reference(row.reference_kind, row.reference_share, row.reference_source),
        board_approved_on=row.board_approved_on,
        rationale=row.rationale,
        basis=_basis(row),
        rounding=Rounding(row.rounding),
        is_national=row.provenance == Provenance.NATIONAL.value,
    )


def _basis(row: Row[Any]) -> Basis | None:
    if row.proposal_method is None or row.proposal_inputs is None:
        return None
    return Basis(ProposalMethod(row.proposal_method), json.loads(row.proposal_inputs))


def make_goal(form: str, share: Decimal | None, headcount: int | None, reason: str | None) -> Goal:
    """Return the goal that columns of a version say."""
    return Goal(GoalForm(form), share, headcount, reason)


def make_reference(
    kind: str | None, share: Decimal | None, source: str | None
) -> ParityReference | None:
    """Return what columns of a version say that it is held against; None for the default."""
    return ParityReference(ReferenceKind(kind), share, source) if kind else None


def _read_baseline(row: Row[Any], cycle: Cycle) -> Baseline | None:
    counts = (row.baseline_bme, row.baseline_total, row.workforce_bme, row.workforce_total)
    told = (row.baseline_revision, row.baseline_covers, row.baseline_source)
    return make_baseline(cycle, counts, *told)


def make_baseline(
    cycle: Cycle,
    counts: Iterable[int | None],
    revision: int | None,
    covers: str | None,
    source: str | None,
) -> Baseline | None:
    """Return from where columns of a version say that it starts; None if that is not known."""
    bme, total, workforce_bme, workforce_total = counts
    if bme is None or total is None or workforce_bme is None or workforce_total is None:
        return None
    return Baseline(
        year=cycle.starts,
        bme=bme,
        total=total,
        workforce_bme=workforce_bme,
        workforce_total=workforce_total,
        revision=revision,
        covers=tuple((covers or "").split()),
        source=source,
    )
