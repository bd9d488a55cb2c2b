"""Who has sent and set what at a census, as it is shown."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Self

from pydantic import Field

from app.api.schemas.base import BodyOut, Day, Instant, OdsCodeText, Year
from app.api.schemas.progress import Why
from app.domain.bands import StaffGroup
from app.domain.codes import ActualsState, Reason, ReturnStatus, TargetState
from app.domain.measures import Measure
from app.domain.organisations import Attribute
from app.domain.plans import PlanSummary
from app.domain.return_facts import SeenTarget, SentRevision
from app.domain.returns import ActualsReturn, PlanReturn, ReturnCounts, TrustReturn
from app.services.returns import Returns

Days = Annotated[int, Field(ge=0, description="Whole days, in UTC.", examples=[14])]

Count = Annotated[int, Field(ge=0, examples=[12])]


class ActualsReturnOut(BodyOut):
    """How a trust's actuals stand."""

    status: ReturnStatus
    sent_at: Instant | None = Field(
        description="Of the return that counts the trust's staff: its own, or `covered_by`'s."
    )
    sent_at_reason: Why
    revision: int | None = Field(description="Of that return.", examples=[1])
    revision_reason: Why
    state: ActualsState | None = Field(description="Of that return.")
    state_reason: Why
    covered_by: OdsCodeText | None = Field(
        description="The trust whose return counts this one's staff."
    )
    covered_by_reason: Why
    due: Day | None = Field(description="The trust's last day in time, extended or not.")
    due_reason: Why
    days_overdue: Days | None = Field(description="Since the due date passed, without a return.")
    days_overdue_reason: Why
    days_left: Days | None = Field(description="Until the due date, 0 on it, without a return.")
    days_left_reason: Why

    @classmethod
    def in_public(cls, one: ActualsReturn) -> Self:
        """Return the body that tells everybody how a trust's actuals stand."""
        others = {
            *("sent_at", "revision", "state", "covered_by"),
            *("due", "days_overdue", "days_left"),
        }
        reasons = {f"{name}_reason": Reason.NOT_PUBLIC for name in others}
        return cls.model_validate({"status": one.status, **dict.fromkeys(others), **reasons})

    @classmethod
    def from_domain(cls, one: ActualsReturn) -> Self:
        """Return the body that presents a trust's actuals."""
        unsent = None if one.sent else Reason.NOT_SENT
        return cls(
            status=one.status,
            sent_at=one.sent.sent_at if one.sent else None,
            sent_at_reason=unsent,
            revision=one.sent.revision if one.sent else None,
            revision_reason=unsent,
            state=one.sent.state if one.sent else None,
            state_reason=unsent,
            covered_by=one.covered_by,
            covered_by_reason=None if one.covered_by else Reason.NOT_COVERED,
            due=one.due,
            due_reason=None if one.due else Reason.NO_DUE_DATE,
            days_overdue=_days(one.days_overdue),
            days_overdue_reason=_why(one.days_overdue),
            days_left=_days(one.days_left),
            days_left_reason=_why(one.days_left),
        )


class _SentOut(BodyOut):
    sent: bool
    sent_at: Instant | None
    sent_at_reason: Why
    revision: int | None = Field(examples=[1])
    revision_reason: Why

    @classmethod
    def from_domain(cls, one: SentRevision | None) -> Self:
        """Return the body that presents what a trust has sent."""
        unsent = None if one else Reason.NOT_SENT
        return cls(
            sent=one is not None,
            sent_at=one.sent_at if one else None,
            sent_at_reason=unsent,
            revision=one.revision if one else None,
            revision_reason=unsent,
        )


class BoardReturnOut(_SentOut):
    """Whether a trust's board has been sent."""


class IndicatorsReturnOut(_SentOut):
    """Whether any of a trust's indicators 2 to 8 have been sent."""


class TargetReturnOut(BodyOut):
    """A target in the version in force, else in the newest."""

    id: str = Field(examples=["leadership-2022-2025"])
    measure: Measure
    staff_group: StaffGroup | None
    cycle: str = Field(examples=["2022-2025"])
    closing: bool = Field(description="Whether its cycle ends at this census.")
    version: int = Field(examples=[1])
    state: TargetState
    submitted_at: Instant | None
    submitted_at_reason: Why
    waiting_since: Instant | None = Field(description="From when it has waited for a review.")
    waiting_since_reason: Why
    days_waiting: Days | None
    days_waiting_reason: Why

    @classmethod
    def from_domain(cls, one: SeenTarget, row: TrustReturn) -> Self:
        """Return the body that presents one of the targets of a row."""
        return cls(
            id=one.id,
            measure=one.measure,
            staff_group=one.staff_group,
            cycle=one.cycle.code,
            closing=one.cycle.ends == row.year,
            version=one.version,
            state=one.state,
            submitted_at=one.submitted_at,
            submitted_at_reason=None if one.submitted_at else Reason.NOT_SUBMITTED,
            waiting_since=one.waiting_since,
            waiting_since_reason=one.waiting_reason,
            days_waiting=one.days_waiting(row.actuals.day),
            days_waiting_reason=one.waiting_reason,
        )


class PlanReturnOut(BodyOut):
    """A trust's action plan for the cycle."""

    revision: int = Field(examples=[2])
    published_on: Day | None
    published_on_reason: Why
    actions: Count
    reviews: list[int] = Field(description="After how many years it was reviewed.", examples=[[1]])

    @classmethod
    def from_domain(cls, one: PlanSummary) -> Self:
        """Return the body that presents an action plan."""
        return cls(
            revision=one.revision,
            published_on=one.published_on,
            published_on_reason=None if one.published_on else Reason.NOT_PUBLISHED,
            actions=one.actions,
            reviews=list(one.reviews),
        )


class CyclePlanOut(BodyOut):
    """A trust's action plan for one of the cycles whose censuses hold the year."""

    cycle: str = Field(examples=["2022-2025"])
    closing: bool = Field(description="Whether it ends at this census.")
    action_plan: PlanReturnOut | None
    action_plan_reason: Why

    @classmethod
    def from_domain(cls, one: PlanReturn, year: int) -> Self:
        """Return the body that presents the plan for a cycle."""
        return cls(
            cycle=one.cycle.code,
            closing=one.cycle.ends == year,
            action_plan=PlanReturnOut.from_domain(one.seen.summary) if one.seen else None,
            action_plan_reason=None if one.seen else Reason.NO_ACTION_PLAN,
        )


class ReturnOut(BodyOut):
    """Where a trust stands at a census."""

    ods_code: OdsCodeText
    name: str = Field(examples=["Acute Trust (demonstration)"])
    region: OdsCodeText | None
    region_reason: Why
    icb: OdsCodeText | None
    icb_reason: Why
    actuals: ActualsReturnOut
    board: BoardReturnOut | None
    board_reason: Why
    indicators: IndicatorsReturnOut | None
    indicators_reason: Why
    targets: list[TargetReturnOut] | None = Field(
        description="Of the cycles whose censuses hold the year, drafts and withdrawn included."
    )
    targets_reason: Why
    action_plan: PlanReturnOut | None = Field(description="For the cycle.")
    action_plan_reason: Why
    plans: list[CyclePlanOut] | None = Field(
        description="For each cycle whose censuses hold the year, oldest first."
    )
    plans_reason: Why
    overdue: bool = Field(description="Whether something that was due has not come.")

    @classmethod
    def from_domain(cls, row: TrustReturn, *, is_public: bool) -> Self:
        """Return the body that presents a trust, to everybody or to those who may know more."""
        region, icb = row.trust.newest(Attribute.REGION), row.trust.newest(Attribute.ICB)
        untold = Reason.NOT_PUBLIC if is_public else None
        actuals = ActualsReturnOut.in_public if is_public else ActualsReturnOut.from_domain
        return cls(
            ods_code=row.trust.ods_code,
            name=row.trust.name,
            region=region,
            region_reason=None if region else Reason.NOT_IN_REGISTER,
            icb=icb,
            icb_reason=None if icb else Reason.NOT_IN_REGISTER,
            actuals=actuals(row.actuals),
            board=None if untold else BoardReturnOut.from_domain(row.board),
            board_reason=untold,
            indicators=None if untold else IndicatorsReturnOut.from_domain(row.indicators),
            indicators_reason=untold,
            targets=None if untold else [TargetReturnOut.from_domain(t, row) for t in row.targets],
            targets_reason=untold,
            action_plan=PlanReturnOut.from_domain(row.plan.summary) if row.plan else None,
            action_plan_reason=untold or row.plan_reason,
            plans=None if untold else [CyclePlanOut.from_domain(p, row.year) for p in row.plans],
            plans_reason=untold,
            overdue=row.is_overdue,
        )


class PlanCountsOut(BodyOut):
    """How many trusts have an action plan for a cycle, and have reviewed it."""

    cycle: str = Field(examples=["2022-2025"])
    closing: bool = Field(description="Whether it ends at this census.")
    plans: Count
    reviewed_after_one_year: Count
    reviewed_after_three_years: Count


class ReturnCountsOut(BodyOut):
    """How many trusts have done what, whatever their status."""

    expected: Count = Field(description="Trusts that were open at the census.")
    sent: Count = Field(description="Whose staff are counted, in their own return or another's.")
    signed_off: Count = Field(description="Whose board has approved that return.")
    overdue: Count = Field(description="Whose due date has passed without one.")
    with_indicators: Count | None = Field(description="Which have sent any of indicators 2 to 8.")
    with_indicators_reason: Why
    with_targets: Count | None = Field(description="With a target of the cycle in force.")
    with_targets_reason: Why
    targets_waiting: Count | None = Field(
        description="Targets, not trusts, that wait for a review."
    )
    targets_waiting_reason: Why
    plans: Count | None = Field(description="With an action plan for the cycle.")
    plans_reason: Why
    plans_reviewed: Count | None = Field(description="With one that was reviewed at least once.")
    plans_reviewed_reason: Why
    plans_by_cycle: list[PlanCountsOut] | None = Field(
        description="For each cycle whose censuses hold the year, oldest first."
    )
    plans_by_cycle_reason: Why

    @classmethod
    def from_domain(cls, counts: ReturnCounts, *, is_public: bool) -> Self:
        """Return the body that presents counts, to everybody or to those who may know more."""
        told = asdict(counts)
        if is_public:
            for name in set(told) - {"expected", "sent", "signed_off", "overdue"}:
                told |= {name: None, f"{name}_reason": Reason.NOT_PUBLIC}
        return cls.model_validate(told)


class ReturnListOut(BodyOut):
    """Where trusts stand at a census, overdue ones first."""

    year: Year
    day: Day = Field(description="On which days are counted: that of `as_of`, else today.")
    due: Day | None = Field(description="Last day in time for trusts without an extension.")
    due_reason: Why
    cycle: str | None = Field(
        description="The newest whose censuses hold the year.", examples=["2022-2025"]
    )
    cycle_reason: Why
    as_of: Instant
    synthetic: bool = Field(description="Whether the trusts are invented.")
    summary: ReturnCountsOut
    items: list[ReturnOut]
    next: str | None = Field(description="Cursor of the next page; null at the end.")

    @classmethod
    def from_domain(
        cls, found: Returns, page: Sequence[TrustReturn], *, following: str | None
    ) -> Self:
        """Return the body that presents a page of an answer."""
        due, cycle = found.census.due, found.cycle
        return cls(
            year=found.census.year,
            day=found.day,
            due=due,
            due_reason=None if due else Reason.NO_DUE_DATE,
            cycle=cycle.code if cycle else None,
            cycle_reason=None if cycle else Reason.NO_CYCLE,
            as_of=found.as_of,
            synthetic=found.synthetic,
            summary=ReturnCountsOut.from_domain(found.counts, is_public=found.is_public),
            items=[ReturnOut.from_domain(one, is_public=found.is_public) for one in page],
            next=following,
        )


def _days(days: int | Reason) -> int | None:
    return None if isinstance(days, Reason) else days


def _why(days: int | Reason) -> Reason | None:
    return days if isinstance(days, Reason) else None
