"""Targets in the database: versions and the moves in their lives."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, insert
from sqlmodel import Session, col, select

from app.domain.bands import StaffGroup
from app.domain.censuses import Cycle
from app.domain.codes import TargetState
from app.domain.errors import TargetNotFound
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.records import Author, Record
from app.domain.targets import (
    Baseline,
    Goal,
    GoalForm,
    Milestone,
    ParityReference,
    Provenance,
    Rounding,
    Target,
    TargetVersion,
    Terms,
)
from app.store import censuses
from app.store.rows import TargetMilestoneRow, TargetMoveRow, TargetRow, TargetVersionRow

IN_FORCE = frozenset({TargetState.SUBMITTED, TargetState.REVIEWED, TargetState.RETURNED})
"""States in which a version counts."""

Key = tuple[str, str, int]
Values = dict[str, object]


def find(
    session: Session, ods_code: str, target_id: str, *, as_of: datetime | None = None
) -> Target | None:
    """Return a target in its newest version as of an instant, or None if there is none."""
    condition = and_(col(TargetRow.ods_code) == ods_code, col(TargetRow.target_id) == target_id)
    found = _load(session, condition, as_of)
    return found[0] if found else None


def get(
    session: Session, ods_code: str, target_id: str, *, as_of: datetime | None = None
) -> Target:
    """Return a target; raise `TargetNotFound` if there was none as of the instant."""
    found = find(session, ods_code, target_id, as_of=as_of)
    if found is None:
        raise TargetNotFound(ods_code, target_id)
    return found


def list_of(session: Session, ods_code: str, *, as_of: datetime | None = None) -> list[Target]:
    """Return a trust's targets in their newest versions, in order of identifiers."""
    return _load(session, col(TargetRow.ods_code) == ods_code, as_of)


def in_force(session: Session, ods_code: str, *, as_of: datetime | None = None) -> list[Target]:
    """Return a trust's targets that count as of an instant."""
    return [t for t in list_of(session, ods_code, as_of=as_of) if t.version.state in IN_FORCE]


def add(session: Session, target: Target) -> None:
    """Store a new target with its first version."""
    add_many(session, [target])


def add_many(session: Session, targets: Iterable[Target]) -> None:
    """Store new targets, each with its version."""
    heads: list[Values] = []
    versions: list[Values] = []
    milestones: list[Values] = []
    moves: list[Values] = []
    for target in targets:
        group = target.scope.staff_group
        heads.append(
            {
                "ods_code": target.ods_code,
                "target_id": target.id,
                "cycle": target.cycle.code,
                "measure": target.scope.measure.value,
                "staff_group": group.value if group else None,
            }
        )
        versions.append(_version_values(target, target.version.created))
        milestones.extend(_milestone_values(target))
        moves.extend(_move_values(target))
    for table, rows in (
        (TargetRow, heads),
        (TargetVersionRow, versions),
        (TargetMilestoneRow, milestones),
        (TargetMoveRow, moves),
    ):
        if rows:
            session.execute(insert(table), rows)


def add_edit(session: Session, target: Target, record: Record) -> None:
    """Store what a draft says now, as one more edit; what it said before stays."""
    session.execute(insert(TargetVersionRow), [_version_values(target, record)])
    stated = _milestone_values(target)
    if stated:
        session.execute(insert(TargetMilestoneRow), stated)


def submit(session: Session, target: Target, record: Record) -> None:
    """Store that a draft was submitted, with the baseline that is frozen by it."""
    add_edit(session, target, record)
    session.execute(insert(TargetMoveRow), _move_values(target)[1:])


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
        "change_reason": version.created.reason,
    }


def _milestone_values(target: Target) -> list[Values]:
    return [
        _key_values(target)
        | {"edit": target.version.edit}
        | {"year": m.year, "share": m.share, "headcount": m.headcount}
        for m in target.version.terms.milestones
    ]


def _move_values(target: Target) -> list[Values]:
    """Return the moves that a version has behind it: drafted, then perhaps submitted."""
    version = target.version
    records = [(TargetState.DRAFT, version.created)]
    if version.submitted is not None:
        records.append((TargetState.SUBMITTED, version.submitted))
    return [
        _key_values(target)
        | {
            "ordinal": ordinal,
            "edit": version.edit,
            "state": state.value,
            "comment": None,
            "recorded_at": record.at,
            "recorded_by": record.author.name,
            "supplied_by": record.author.supplied_by,
        }
        for ordinal, (state, record) in enumerate(records)
    ]


def _load(
    session: Session, condition: ColumnElement[bool], as_of: datetime | None
) -> list[Target]:
    """Return the targets that meet a condition, in the newest edit known at an instant."""
    heads = session.exec(
        select(TargetRow)
        .where(condition)
        .order_by(col(TargetRow.ods_code), col(TargetRow.target_id))
    ).all()
    if not heads:
        return []
    codes = sorted({head.ods_code for head in heads})
    moves = _moves(session, codes, as_of)
    milestones = _milestones(session, codes)
    edits = _edits(session, codes, as_of)
    cycles = {cycle.code: cycle for cycle in censuses.list_cycles(session)}
    found = []
    for head in heads:
        row = edits.get((head.ods_code, head.target_id))
        if row is not None:
            key = (row.ods_code, row.target_id, row.version)
            stated = milestones[*key, row.edit]
            found.append(_target(head, row, cycles[head.cycle], moves[key], stated))
    return found


def _edits(
    session: Session, codes: Sequence[str], as_of: datetime | None
) -> dict[tuple[str, str], TargetVersionRow]:
    """Return the newest edit of the newest version of each target, as known at an instant."""
    query = (
        select(TargetVersionRow)
        .where(col(TargetVersionRow.ods_code).in_(codes))
        .order_by(col(TargetVersionRow.version), col(TargetVersionRow.edit))
    )
    if as_of is not None:
        query = query.where(col(TargetVersionRow.recorded_at) <= as_of)
    return {(row.ods_code, row.target_id): row for row in session.exec(query)}


def _moves(
    session: Session, codes: Sequence[str], as_of: datetime | None
) -> dict[Key, list[TargetMoveRow]]:
    """Return the moves of each version until an instant, oldest first."""
    query = (
        select(TargetMoveRow)
        .where(col(TargetMoveRow.ods_code).in_(codes))
        .order_by(col(TargetMoveRow.ordinal))
    )
    if as_of is not None:
        query = query.where(col(TargetMoveRow.recorded_at) <= as_of)
    found: dict[Key, list[TargetMoveRow]] = defaultdict(list)
    for move in session.exec(query):
        found[move.ods_code, move.target_id, move.version].append(move)
    return found


def _milestones(
    session: Session, codes: Sequence[str]
) -> dict[tuple[str, str, int, int], list[Milestone]]:
    found: dict[tuple[str, str, int, int], list[Milestone]] = defaultdict(list)
    for row in session.exec(
        select(TargetMilestoneRow)
        .where(col(TargetMilestoneRow.ods_code).in_(codes))
        .order_by(col(TargetMilestoneRow.year))
    ):
        key = (row.ods_code, row.target_id, row.version, row.edit)
        found[key].append(Milestone(row.year, row.share, row.headcount))
    return found


def _target(
    head: TargetRow,
    row: TargetVersionRow,
    cycle: Cycle,
    moves: Sequence[TargetMoveRow],
    milestones: Sequence[Milestone],
) -> Target:
    group = StaffGroup(head.staff_group) if head.staff_group else None
    submitted = [move for move in moves if move.state == TargetState.SUBMITTED]
    return Target(
        ods_code=head.ods_code,
        id=head.target_id,
        scope=Scope(Measure(head.measure), group),
        cycle=cycle,
        version=TargetVersion(
            version=row.version,
            terms=_terms(row, milestones),
            baseline=_baseline(row, cycle),
            state=TargetState(moves[-1].state),
            created=_record(moves[0], row.change_reason),
            submitted=_record(submitted[0]) if submitted else None,
            edit=row.edit,
        ),
    )


def _record(move: TargetMoveRow, reason: str | None = None) -> Record:
    return Record(move.recorded_at, Author(move.recorded_by, move.supplied_by), reason)


def _terms(row: TargetVersionRow, milestones: Sequence[Milestone]) -> Terms:
    return Terms(
        goal=Goal(GoalForm(row.form), row.goal_share, row.goal_headcount, row.goal_reason),
        milestones=tuple(milestones),
        reference=ParityReference(
            ReferenceKind(row.reference_kind), row.reference_share, row.reference_source
        )
        if row.reference_kind
        else None,
        board_approved_on=row.board_approved_on,
        rationale=row.rationale,
        provenance=Provenance(row.provenance),
        rounding=Rounding(row.rounding),
    )


def _baseline(row: TargetVersionRow, cycle: Cycle) -> Baseline | None:
    counts = (row.baseline_bme, row.baseline_total, row.workforce_bme, row.workforce_total)
    bme, total, workforce_bme, workforce_total = counts
    if bme is None or total is None or workforce_bme is None or workforce_total is None:
        return None
    return Baseline(
        year=cycle.starts,
        bme=bme,
        total=total,
        workforce_bme=workforce_bme,
        workforce_total=workforce_total,
        revision=row.baseline_revision,
        covers=tuple((row.baseline_covers or "").split()),
        source=row.baseline_source,
    )
