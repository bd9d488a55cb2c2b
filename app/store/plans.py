"""Action plans in the database: revisions, of which the newest counts.

Nothing here changes or deletes a row.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, and_, func, select, true, tuple_
from sqlmodel import Session

from app.domain.bands import StaffGroup
from app.domain.codes import ActionStatus
from app.domain.measures import Measure, Scope
from app.domain.plans import (
    ActionAim,
    ActionPlan,
    PlanAction,
    PlanReview,
    PlanRevision,
    PlanSummary,
)
from app.domain.records import Author, Record
from app.store.plan_figures import decode, encode
from app.store.revisions import Values, insert_all, record_of, record_values
from app.store.rows import (
    ActionPlanRow,
    ActionPlanTargetRow,
    ActionRow,
    PlanReviewRow,
    table_of,
)

_PLAN = table_of(ActionPlanRow)
_TARGET = table_of(ActionPlanTargetRow)
_ACTION = table_of(ActionRow)
_REVIEW = table_of(PlanReviewRow)

Key = tuple[str, str, int]
"""ODS code, cycle and revision."""


def find(
    session: Session, ods_code: str, cycle: str, *, as_of: datetime | None = None
) -> PlanRevision | None:
    """Return the revision that counts as of an instant, or None if none is held."""
    wanted = and_(_PLAN.c.ods_code == ods_code, _PLAN.c.cycle == cycle, _is_known(as_of))
    return next(iter(_load(session, _is_newest(wanted))), None)


def list_of(
    session: Session, ods_code: str, *, as_of: datetime | None = None
) -> list[PlanRevision]:
    """Return the revision of each of a trust's plans that counts likewise, oldest cycle first."""
    wanted = and_(_PLAN.c.ods_code == ods_code, _is_known(as_of))
    return _load(session, _is_newest(wanted))


def list_revisions(
    session: Session, ods_code: str, cycle: str, *, as_of: datetime | None = None
) -> list[PlanRevision]:
    """Return every revision of a plan that was stored by an instant, oldest first."""
    wanted = and_(_PLAN.c.ods_code == ods_code, _PLAN.c.cycle == cycle, _is_known(as_of))
    return _load(session, wanted)


def summaries(
    session: Session, *, cycle: str, as_of: datetime | None = None
) -> dict[str, PlanSummary]:
    """Return the plans of all trusts for a cycle as of an instant in short, in two queries."""
    is_newest = _is_newest(and_(_PLAN.c.cycle == cycle, _is_known(as_of)))
    reviews: dict[str, list[int]] = defaultdict(list)
    for one in session.execute(
        select(_REVIEW.c.ods_code, _REVIEW.c.after_years)
        .where(_belongs_to(_REVIEW, is_newest))
        .order_by(_REVIEW.c.after_years)
    ):
        reviews[one.ods_code].append(one.after_years)
    actions = (
        select(func.count(_ACTION.c.ordinal))
        .where(*(_ACTION.c[name] == _PLAN.c[name] for name in _KEY))
        .scalar_subquery()
    )
    heads = session.execute(
        select(
            _PLAN.c.ods_code, _PLAN.c.revision, _PLAN.c.published_on, actions.label("actions")
        ).where(is_newest)
    )
    return {
        head.ods_code: PlanSummary(
            head.revision, head.published_on, tuple(reviews[head.ods_code]), head.actions
        )
        for head in heads
    }


def add(session: Session, revision: PlanRevision) -> None:
    """Store a revision."""
    plan = revision.plan
    key: Values = {
        "ods_code": revision.ods_code,
        "cycle": revision.cycle,
        "revision": revision.revision,
    }
    published = {"published_url": plan.published_url, "published_on": plan.published_on}
    insert_all(
        session,
        [
            (_PLAN, [key | published | record_values(revision.record)]),
            (_TARGET, [key | {"target_id": id_} for id_ in plan.targets]),
            (_ACTION, [key | _action_values(*numbered) for numbered in enumerate(plan.actions)]),
            (_REVIEW, [key | _review_values(revision, one) for one in plan.reviews]),
        ],
    )


_KEY = ("ods_code", "cycle", "revision")


def _is_known(as_of: datetime | None) -> ColumnElement[bool]:
    return true() if as_of is None else _PLAN.c.recorded_at <= as_of


def _is_newest(wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition for the newest of the wanted revisions of each plan."""
    at = _PLAN.c
    newest = (
        select(at.ods_code, at.cycle, func.max(at.revision))
        .where(wanted)
        .group_by(at.ods_code, at.cycle)
    )
    # Said of both, so that no row of another trust is looked at.
    return and_(wanted, tuple_(at.ods_code, at.cycle, at.revision).in_(newest))


def _belongs_to(table: Table, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition for the rows of a table that belong to chosen revisions."""
    chosen: Select[Any] = select(*(_PLAN.c[name] for name in _KEY)).where(condition)
    return tuple_(*(table.c[name] for name in _KEY)).in_(chosen)


def _load(session: Session, condition: ColumnElement[bool]) -> list[PlanRevision]:
    """Return the revisions that meet a condition, by trust, cycle and revision."""
    at = _PLAN.c
    heads = session.execute(
        select(*at).where(condition).order_by(at.ods_code, at.cycle, at.revision)
    ).all()
    if not heads:
        return []
    codes = sorted({head.ods_code for head in heads})
    targets, actions, reviews = (
        _read_children(session, table, codes, condition) for table in (_TARGET, _ACTION, _REVIEW)
    )
    return [
        _revision(head, targets[key], actions[key], reviews[key])
        for head in heads
        for key in [_key_of(head)]
    ]


def _read_children(
    session: Session, table: Table, codes: Sequence[str], condition: ColumnElement[bool]
) -> dict[Key, list[Row[Any]]]:
    """Return the rows of a table that belong to chosen revisions, in the order of their key.

    Args:
        session: A session.
        table: Of what plans have.
        codes: ODS codes of their trusts.
        condition: For the revisions.
    """
    rows = session.execute(
        select(*table.c)
        .where(table.c.ods_code.in_(codes), _belongs_to(table, condition))
        .order_by(*table.primary_key.columns)
    )
    found: dict[Key, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[_key_of(row)].append(row)
    return found


def _key_of(row: Row[Any]) -> Key:
    return (row.ods_code, row.cycle, row.revision)


def _revision(
    head: Row[Any], targets: list[Row[Any]], actions: list[Row[Any]], reviews: list[Row[Any]]
) -> PlanRevision:
    plan = ActionPlan(
        targets=tuple(one.target_id for one in targets),
        published_url=head.published_url,
        published_on=head.published_on,
        actions=tuple(_action(one) for one in actions),
        reviews=tuple(PlanReview(one.after_years, one.comment) for one in reviews),
    )
    figures = {
        one.after_years: decode(
            one.figures, Record(one.reviewed_at, Author(one.reviewed_by, one.supplied_by))
        )
        for one in reviews
    }
    comments = {one.after_years: _signature(one) for one in reviews}
    return PlanRevision(
        head.ods_code, head.cycle, head.revision, plan, figures, comments, record_of(head)
    )


def _signature(review: Row[Any]) -> Record:
    """Return who worded a comment; an earlier release kept only who stored the review."""
    if review.commented_at is None:
        return Record(review.reviewed_at, Author(review.reviewed_by, review.supplied_by))
    return Record(review.commented_at, Author(review.commented_by, review.comment_supplied_by))


def _action(row: Row[Any]) -> PlanAction:
    return PlanAction(
        id=row.action_id,
        title=row.title,
        aim=ActionAim(_scope(row), row.indicator),
        owner=row.owner,
        due=row.due,
        status=ActionStatus(row.status),
        notes=row.notes,
    )


def _scope(row: Row[Any]) -> Scope | None:
    if row.measure is None:
        return None
    return Scope(Measure(row.measure), StaffGroup(row.staff_group) if row.staff_group else None)


def _action_values(ordinal: int, action: PlanAction) -> Values:
    scope = action.aim.scope
    group = scope.staff_group if scope else None
    return {
        "ordinal": ordinal,
        "action_id": action.id,
        "title": action.title,
        "measure": scope.measure.value if scope else None,
        "staff_group": group.value if group else None,
        "indicator": action.aim.indicator,
        "owner": action.owner,
        "due": action.due,
        "status": action.status.value,
        "notes": action.notes,
    }


def _review_values(revision: PlanRevision, review: PlanReview) -> Values:
    figures = revision.figures[review.after_years]
    record, signature = figures.record, revision.comments[review.after_years]
    return {
        "after_years": review.after_years,
        "comment": review.comment,
        "figures": encode(figures),
        "reviewed_at": record.at,
        "reviewed_by": record.author.name,
        "supplied_by": record.author.supplied_by,
        "commented_at": signature.at,
        "commented_by": signature.author.name,
        "comment_supplied_by": signature.author.supplied_by,
    }
