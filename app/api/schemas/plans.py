"""Action plans as they are shown, and what each revision changed."""

from datetime import date
from typing import Self

from pydantic import Field

from app.api.schemas.base import BodyOut, Day, Instant, OdsCodeText, WarningOut
from app.api.schemas.plan_bodies import ActionId, AfterYears, Indicator, ServedTarget
from app.api.schemas.plan_figures import ReviewFiguresOut
from app.api.schemas.progress import Why
from app.api.schemas.target_drafts import CycleCode
from app.domain.bands import StaffGroup
from app.domain.codes import ActionStatus, Reason
from app.domain.measures import Measure
from app.domain.organisations import is_synthetic
from app.domain.plans import (
    EMPTY,
    ActionAim,
    PlanAction,
    PlanReview,
    PlanRevision,
    compare,
)
from app.services.plans import ShownPlan


class MeasureAimOut(BodyOut):
    """An action that should change a measure."""

    measure: Measure
    staff_group: StaffGroup | None = Field(description="Null for the whole measure.")


class IndicatorAimOut(BodyOut):
    """An action that should change an indicator."""

    indicator: Indicator


class PlanActionOut(BodyOut):
    """One action of a plan."""

    id: ActionId
    title: str = Field(examples=["A sponsor for every BME member of staff in band 7"])
    aim: MeasureAimOut | IndicatorAimOut
    owner: str = Field(description="A role.", examples=["Chief People Officer"])
    due: Day = Field(description="Last day in time.", examples=["2023-09-30"])
    status: ActionStatus
    notes: str | None
    overdue: bool = Field(
        description="Whether it should have been done by now, or by `as_of`, and is not."
    )
    days_overdue: int = Field(ge=0, description="0 when it is not.", examples=[54])

    @classmethod
    def from_domain(cls, action: PlanAction, day: date) -> Self:
        """Return the body that presents an action on a day."""
        return cls(
            id=action.id,
            title=action.title,
            aim=_aim(action.aim),
            owner=action.owner,
            due=action.due,
            status=action.status,
            notes=action.notes,
            overdue=action.is_overdue(day),
            days_overdue=action.days_overdue(day),
        )


def _aim(aim: ActionAim) -> MeasureAimOut | IndicatorAimOut:
    if aim.scope is not None:
        return MeasureAimOut.model_validate(aim.scope)
    return IndicatorAimOut.model_validate(aim)


class PlanReviewOut(BodyOut):
    """A review of a plan after one year or three."""

    after_years: AfterYears
    comment: str = Field(examples=["Sponsors work; shortlisting has yet to change."])
    commented_at: Instant = Field(description="When the comment was worded as it is.")
    commented_by: str = Field(description="By whom.", examples=["ZZ001 EDI lead"])
    comment_supplied_by: str | None = Field(
        description="`national` when the national team worded it on behalf of the trust."
    )
    reviewed_at: Instant = Field(description="When the review was first stored.")
    reviewed_by: str = Field(description="By whom.", examples=["ZZ001 EDI lead"])
    supplied_by: str | None = Field(
        description="`national` when the national team stored it on behalf of the trust."
    )
    figures: ReviewFiguresOut | None = Field(
        description="Those of that day; null to callers who may not see the trust's figures."
    )
    figures_reason: Why

    @classmethod
    def from_domain(cls, review: PlanReview, shown: ShownPlan) -> Self:
        """Return the body that presents a review of a plan, with its figures or without."""
        years, has_figures = review.after_years, shown.has_figures
        figures, signature = shown.revision.figures[years], shown.revision.comments[years]
        record = figures.record
        return cls(
            after_years=years,
            comment=review.comment,
            commented_at=signature.at,
            commented_by=signature.author.name,
            comment_supplied_by=signature.author.supplied_by,
            reviewed_at=record.at,
            reviewed_by=record.author.name,
            supplied_by=record.author.supplied_by,
            figures=ReviewFiguresOut.from_domain(figures) if has_figures else None,
            figures_reason=None if has_figures else Reason.SUPPRESSED,
        )


class ActionPlanOut(BodyOut):
    """A trust's plan for a cycle, in the revision that counts."""

    ods_code: OdsCodeText
    cycle: CycleCode
    revision: int = Field(description="1 for the first.", examples=[1])
    synthetic: bool = Field(description="Whether the trust is invented.")
    targets: list[ServedTarget] = Field(description="To an area, those that were submitted.")
    published_url: str | None = Field(examples=["https://trust.example/action-plan"])
    published_on: Day | None
    actions: list[PlanActionOut]
    overdue_actions: int = Field(ge=0, examples=[1])
    reviews: list[PlanReviewOut]
    recorded_at: Instant
    recorded_by: str = Field(examples=["ZZ001 EDI lead"])
    supplied_by: str | None = Field(
        description="`national` when the national team stored it on behalf of the trust."
    )
    warnings: list[WarningOut]

    @classmethod
    def from_domain(cls, shown: ShownPlan) -> Self:
        """Return the body that presents a plan."""
        revision, plan, day = shown.revision, shown.revision.plan, shown.day
        return cls(
            ods_code=revision.ods_code,
            cycle=revision.cycle,
            revision=revision.revision,
            synthetic=is_synthetic(revision.ods_code),
            targets=list(plan.targets),
            published_url=plan.published_url,
            published_on=plan.published_on,
            actions=[PlanActionOut.from_domain(one, day) for one in plan.actions],
            overdue_actions=plan.count_overdue(day),
            reviews=[PlanReviewOut.from_domain(one, shown) for one in plan.reviews],
            recorded_at=revision.record.at,
            recorded_by=revision.record.author.name,
            supplied_by=revision.record.author.supplied_by,
            warnings=[WarningOut.model_validate(one) for one in shown.cautions],
        )


class ActionPlanListOut(BodyOut):
    """A trust's plans, oldest cycle first."""

    items: list[ActionPlanOut]
    next: str | None = Field(description="Cursor of the next page; always null here.")


class PlanChangesOut(BodyOut):
    """What a revision changed in the one before it; the first added everything."""

    actions_added: list[ActionId]
    actions_removed: list[ActionId]
    actions_changed: list[ActionId]
    actions_reordered: bool = Field(
        description="Whether those that stayed stand in another order."
    )
    targets_added: list[ServedTarget]
    targets_removed: list[ServedTarget]
    reviews_added: list[AfterYears]
    reviews_changed: list[AfterYears] = Field(description="Those with another comment.")
    publication_changed: bool = Field(
        description="Whether where or when the plan was published was changed."
    )


class PlanHistoryOut(BodyOut):
    """One revision of a plan: who, when, and what it changed."""

    revision: int = Field(description="1 for the first.", examples=[1])
    recorded_at: Instant
    recorded_by: str = Field(examples=["ZZ001 EDI lead"])
    supplied_by: str | None = Field(
        description="`national` when the national team stored it on behalf of the trust."
    )
    changes: PlanChangesOut

    @classmethod
    def from_domain(cls, revision: PlanRevision, before: PlanRevision | None) -> Self:
        """Return the body that presents a revision after another."""
        changes = compare(before.plan if before else EMPTY, revision.plan)
        return cls(
            revision=revision.revision,
            recorded_at=revision.record.at,
            recorded_by=revision.record.author.name,
            supplied_by=revision.record.author.supplied_by,
            changes=PlanChangesOut.model_validate(changes),
        )


class PlanHistoryListOut(BodyOut):
    """Every revision of a plan, oldest first."""

    items: list[PlanHistoryOut]
    next: str | None = Field(description="Cursor of the next page; always null here.")
