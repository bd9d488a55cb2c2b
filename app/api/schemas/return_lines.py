"""Who has sent and set what at a census, one trust a line."""

from collections import Counter
from datetime import datetime
from typing import Self

from app.api.schemas.base import BodyOut, Day
from app.api.schemas.returns import CyclePlanOut, ReturnOut
from app.domain.codes import ActualsState, ReturnStatus, TargetState
from app.domain.returns import TrustReturn


class ReturnLine(BodyOut):
    """Where a trust stands at a census, its targets as counts by state.

    `days_waiting` are those of the target that has waited longest for a review. `targets` names
    them, each with its state, and `action_plans` the plans, each with the reviews that it had.
    """

    year: int
    ods_code: str
    name: str
    region: str | None
    icb: str | None
    synthetic: bool
    status: ReturnStatus
    sent_at: datetime | None
    revision: int | None
    state: ActualsState | None
    covered_by: str | None
    due: Day | None
    days_overdue: int | None
    days_left: int | None
    board_sent: bool | None
    board_sent_at: datetime | None
    board_revision: int | None
    indicators_sent: bool | None
    indicators_sent_at: datetime | None
    indicators_revision: int | None
    targets_draft: int | None
    targets_submitted: int | None
    targets_reviewed: int | None
    targets_returned: int | None
    targets_withdrawn: int | None
    days_waiting: int | None
    action_plan_revision: int | None
    action_plan_published_on: Day | None
    action_plan_actions: int | None
    action_plan_reviews: str | None
    overdue: bool
    targets: str | None
    action_plans: str | None

    @classmethod
    def from_domain(cls, row: TrustReturn, *, is_public: bool) -> Self:
        """Return the line that presents a trust, to everybody or to those who may know more."""
        shown = ReturnOut.from_domain(row, is_public=is_public)
        board, indicators = shown.board, shown.indicators
        targets, plan = shown.targets or [], shown.action_plan
        states = Counter(one.state for one in targets)
        waiting = (one.days_waiting for one in targets if one.days_waiting is not None)

        def count(state: TargetState) -> int | None:
            return None if is_public else states[state]

        return cls(
            year=row.year,
            ods_code=shown.ods_code,
            name=shown.name,
            region=shown.region,
            icb=shown.icb,
            synthetic=row.trust.is_synthetic,
            status=shown.actuals.status,
            sent_at=shown.actuals.sent_at,
            revision=shown.actuals.revision,
            state=shown.actuals.state,
            covered_by=shown.actuals.covered_by,
            due=shown.actuals.due,
            days_overdue=shown.actuals.days_overdue,
            days_left=shown.actuals.days_left,
            board_sent=board.sent if board else None,
            board_sent_at=board.sent_at if board else None,
            board_revision=board.revision if board else None,
            indicators_sent=indicators.sent if indicators else None,
            indicators_sent_at=indicators.sent_at if indicators else None,
            indicators_revision=indicators.revision if indicators else None,
            targets_draft=count(TargetState.DRAFT),
            targets_submitted=count(TargetState.SUBMITTED),
            targets_reviewed=count(TargetState.REVIEWED),
            targets_returned=count(TargetState.RETURNED),
            targets_withdrawn=count(TargetState.WITHDRAWN),
            days_waiting=max(waiting, default=None),
            action_plan_revision=plan.revision if plan else None,
            action_plan_published_on=plan.published_on if plan else None,
            action_plan_actions=plan.actions if plan else None,
            action_plan_reviews=" ".join(map(str, plan.reviews)) if plan else None,
            overdue=shown.overdue,
            targets=None if is_public else " ".join(f"{one.id}:{one.state}" for one in targets),
            action_plans=None if is_public else " ".join(map(_plan, shown.plans or ())),
        )


def _plan(one: CyclePlanOut) -> str:
    """Return the cycle of a plan and after how many years it was reviewed; - for no plan."""
    plan = one.action_plan
    told = "-" if plan is None else ",".join(map(str, plan.reviews))
    return f"{one.cycle}:{told}"


COLUMNS = tuple(ReturnLine.model_fields)
"""The names of the columns."""
