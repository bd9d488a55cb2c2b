"""Who has sent and set what at a census, one trust a line."""

from collections import Counter
from datetime import datetime
from typing import Self

from app.api.schemas.base import BodyOut, Day
from app.api.schemas.returns import ReturnOut
from app.domain.codes import ActualsState, ReturnStatus, TargetState
from app.domain.returns import TrustReturn


class ReturnLine(BodyOut):
    """Where a trust stands at a census, its targets as counts by state.

    `days_waiting` are those of the target that has waited longest for a review.
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
    board_sent: bool
    board_sent_at: datetime | None
    board_revision: int | None
    indicators_sent: bool
    indicators_sent_at: datetime | None
    indicators_revision: int | None
    targets_draft: int
    targets_submitted: int
    targets_reviewed: int
    targets_returned: int
    targets_withdrawn: int
    days_waiting: int | None
    action_plan_revision: int | None
    action_plan_published_on: Day | None
    action_plan_actions: int | None
    action_plan_reviews: str | None
    overdue: bool

    @classmethod
    def from_domain(cls, row: TrustReturn) -> Self:
        """Return the line that presents a trust."""
        shown = ReturnOut.from_domain(row)
        states = Counter(one.state for one in shown.targets)
        waiting = (one.days_waiting for one in shown.targets if one.days_waiting is not None)
        plan = shown.action_plan
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
            board_sent=shown.board.sent,
            board_sent_at=shown.board.sent_at,
            board_revision=shown.board.revision,
            indicators_sent=shown.indicators.sent,
            indicators_sent_at=shown.indicators.sent_at,
            indicators_revision=shown.indicators.revision,
            targets_draft=states[TargetState.DRAFT],
            targets_submitted=states[TargetState.SUBMITTED],
            targets_reviewed=states[TargetState.REVIEWED],
            targets_returned=states[TargetState.RETURNED],
            targets_withdrawn=states[TargetState.WITHDRAWN],
            days_waiting=max(waiting, default=None),
            action_plan_revision=plan.revision if plan else None,
            action_plan_published_on=plan.published_on if plan else None,
            action_plan_actions=plan.actions if plan else None,
            action_plan_reviews=" ".join(map(str, plan.reviews)) if plan else None,
            overdue=shown.overdue,
        )


COLUMNS = tuple(ReturnLine.model_fields)
"""The names of the columns."""
