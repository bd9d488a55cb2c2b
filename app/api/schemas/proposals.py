"""Proposals as they are asked for, shown and taken over."""

from typing import Annotated, Any, Self

from pydantic import Field

from app.api.schemas.base import (
    ASSUMED_TURNOVER,
    AppointedShare,
    BodyIn,
    BodyOut,
    ExactShare,
    Headcount,
    Instant,
    OdsCodeText,
    Turnover,
    Year,
    exact_number,
)
from app.api.schemas.progress import Why
from app.api.schemas.target_drafts import CycleCode, exact
from app.domain.attainability import POSITIVE_ACTION
from app.domain.bands import StaffGroup
from app.domain.censuses import FIRST_YEAR, LAST_YEAR
from app.domain.codes import Reason
from app.domain.measures import Measure
from app.domain.organisations import is_synthetic
from app.domain.proposal_desk import Assumptions, Proposed
from app.domain.proposals import Proposal
from app.domain.targets import GoalForm, ProposalMethod
from app.services.proposals import Wanted

FirstYear = Annotated[int, Field(strict=True, ge=FIRST_YEAR, le=LAST_YEAR, examples=[2018])]
"""A census that a path may start from."""

ParityYear = Annotated[int, Field(strict=True, ge=FIRST_YEAR + 1, le=LAST_YEAR, examples=[2028])]
"""A census that a path may end with."""


class ProposalIn(BodyIn):
    """Which proposal is to become a draft; assumptions left out are the usual ones."""

    method: ProposalMethod
    measure: Measure
    staff_group: StaffGroup | None = None
    cycle: CycleCode
    baseline_year: FirstYear | None = Field(
        default=None, description="First census of the strategy's path; 2018 if left out."
    )
    horizon: ParityYear | None = Field(
        default=None,
        description="Year by which that path reaches parity; the ambition's if left out.",
    )
    turnover: Turnover = ASSUMED_TURNOVER
    bme_share_of_appointments: AppointedShare | None = Field(
        default=None, description="The workforce's own at the baseline if left out."
    )

    def to_wanted(self) -> Wanted:
        """Return which proposal is wanted."""
        return Wanted(self.method, self.measure, self.staff_group, self.cycle)

    def to_assumptions(self) -> Assumptions:
        """Return what the proposal assumes."""
        share = self.bme_share_of_appointments
        return Assumptions(
            self.baseline_year,
            self.horizon,
            exact_number(self.turnover),
            None if share is None else exact_number(share),
        )


class StepOut(BodyOut):
    """The people asked for at one census."""

    year: Year
    headcount: Headcount


class ProposedMilestoneOut(BodyOut):
    """A milestone in the form of its goal, as a target takes it."""

    year: Year
    goal_share: ExactShare | None
    goal_headcount: Headcount | None


class ProposedGoalOut(BodyOut):
    """What is proposed, in the members that a target is set with."""

    form: GoalForm
    goal_share: ExactShare | None
    goal_headcount: Headcount | None
    milestones: list[ProposedMilestoneOut] = Field(
        description="Before the goal's census; a straight line if there are none."
    )
    path: list[StepOut] = Field(description="Whole people, as far as the method looks.")
    inputs: dict[str, Any] = Field(description="What went into it, by name; kept with the draft.")
    guidance: str = Field(default=POSITIVE_ACTION, description="How to read it.")

    @classmethod
    def from_domain(cls, proposal: Proposal) -> Self:
        """Return the body that presents a proposal."""
        return cls(
            form=proposal.goal.form,
            goal_share=exact(proposal.goal.share),
            goal_headcount=proposal.goal.headcount,
            milestones=[
                ProposedMilestoneOut(
                    year=m.year, goal_share=exact(m.share), goal_headcount=m.headcount
                )
                for m in proposal.milestones
            ],
            path=[StepOut(year=y, headcount=n) for y, n in sorted(proposal.path.items())],
            inputs=dict(proposal.basis.inputs),
        )


class ProposedBaselineOut(BodyOut):
    """Where the measure stood at the first census of the cycle."""

    year: Year
    revision: int | None = Field(description="The trust's own; null if of predecessors alone.")
    bme: Headcount
    total: Headcount
    workforce_bme: Headcount
    workforce_total: Headcount


class ProposalOut(BodyOut):
    """What one method proposes for one measure."""

    ods_code: OdsCodeText
    synthetic: bool = Field(description="Whether the trust is invented.")
    as_of: Instant
    method: ProposalMethod
    measure: Measure
    staff_group: StaffGroup | None
    cycle: CycleCode
    baseline: ProposedBaselineOut | None = Field(description="Null when that census is not held.")
    baseline_reason: Why
    proposal: ProposedGoalOut | None
    proposal_reason: Why

    @classmethod
    def from_domain(cls, ods_code: str, one: Proposed) -> Self:
        """Return the body that presents what was proposed, or why nothing was."""
        outcome = one.outcome
        return cls(
            ods_code=ods_code,
            synthetic=is_synthetic(ods_code),
            as_of=one.as_of,
            method=one.method,
            measure=one.scope.measure,
            staff_group=one.scope.staff_group,
            cycle=one.cycle.code,
            baseline=one.baseline and ProposedBaselineOut.model_validate(one.baseline),
            baseline_reason=None if one.baseline else Reason.NO_ACTUALS,
            proposal=None if isinstance(outcome, Reason) else ProposedGoalOut.from_domain(outcome),
            proposal_reason=outcome if isinstance(outcome, Reason) else None,
        )


class ProposalListOut(BodyOut):
    """Proposals, measure by measure."""

    items: list[ProposalOut]
    next: str | None = Field(description="Cursor of the next page; always null here.")
