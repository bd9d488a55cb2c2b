"""The life of a target as it is decided and shown: moves, versions, comments, what it takes."""

from typing import Annotated, Self

from pydantic import Field

from app.api.schemas.base import (
    AnswerLinksOut,
    BodyIn,
    BodyOut,
    Difference,
    ExactShare,
    Headcount,
    Instant,
    MethodVersion,
    Number,
    Passage,
    Share,
    Year,
)
from app.api.schemas.progress import Why
from app.api.schemas.target_drafts import exact
from app.domain.attainability import POSITIVE_ACTION
from app.domain.callers import Role
from app.domain.codes import AppointmentVerdict, Reason, TargetState
from app.domain.records import Record
from app.domain.target_comments import Comment
from app.domain.target_moves import Move
from app.domain.target_needs import Attainability, find_planned_need
from app.domain.targets import GoalForm, Target

VersionNumber = Annotated[
    int, Field(strict=True, ge=1, le=10_000, description="Number of a version.", examples=[1])
]


class RecordOut(BodyOut):
    """Who did something, and when."""

    at: Instant
    by: str
    supplied_by: str | None

    @classmethod
    def from_domain(cls, record: Record) -> Self:
        """Return the body that presents a record."""
        return cls(at=record.at, by=record.author.name, supplied_by=record.author.supplied_by)


class MoveOut(BodyOut):
    """One step in the life of a version."""

    state: TargetState = Field(description="What it became.")
    at: Instant
    by: str
    supplied_by: str | None
    comment: str | None

    @classmethod
    def from_domain(cls, move: Move) -> Self:
        """Return the body that presents a move."""
        author = move.record.author
        return cls(
            state=move.state,
            at=move.record.at,
            by=author.name,
            supplied_by=author.supplied_by,
            comment=move.record.reason,
        )


class NeedOut(BodyOut):
    """What a path asks for each year, from its frozen baseline to its goal, on average."""

    share: Difference | None = Field(description="Null where nobody was in the group.")
    share_reason: Why
    people: Number = Field(description="BME people a year, team size unchanged.")


class VersionOut(BodyOut):
    """One version of a target in short."""

    version: VersionNumber
    state: TargetState
    form: GoalForm
    goal_share: ExactShare | None
    goal_headcount: Headcount | None
    change_reason: str | None
    created: RecordOut
    submitted: RecordOut | None
    yearly_need: NeedOut | None = Field(description="Null without a goal or a baseline.")
    yearly_need_reason: Why

    @classmethod
    def from_domain(cls, target: Target) -> Self:
        """Return the body that presents a version in short."""
        version, goal = target.version, target.version.terms.goal
        need = find_planned_need(target)
        return cls(
            version=version.version,
            state=version.state,
            form=goal.form,
            goal_share=exact(goal.share),
            goal_headcount=goal.headcount,
            change_reason=version.reason,
            created=RecordOut.from_domain(version.created),
            submitted=version.submitted and RecordOut.from_domain(version.submitted),
            yearly_need=need and NeedOut.model_validate(need),
            yearly_need_reason=None if need else _why_no_need(goal.form),
        )


def _why_no_need(form: GoalForm) -> Reason:
    is_without = form is GoalForm.NO_TARGET_NEEDED
    return Reason.NO_TARGET_NEEDED if is_without else Reason.NO_ACTUALS


class AttainabilityOut(BodyOut):
    """What a goal would take from a census on: arithmetic, never a quota or a refusal."""

    method: MethodVersion
    links: AnswerLinksOut
    census: Year = Field(description="The last census held, or that of the baseline.")
    bme: Headcount
    total: Headcount
    years: int = Field(description="From that census to the goal's.", examples=[3])
    people_needed: Headcount = Field(description="BME people still needed.")
    turnover: Share = Field(description="Share of staff who leave in a year, as assumed.")
    expected_appointments: Number = Field(description="Until the goal's census.")
    arithmetic_share_needed: Number = Field(
        description="Share of appointments that would have to go to BME staff; above 1 means that"
        " turnover alone cannot do it."
    )
    verdict: AppointmentVerdict
    guidance: str = Field(examples=[POSITIVE_ACTION])

    @classmethod
    def from_domain(cls, one: Attainability) -> Self:
        """Return the body that presents what a goal takes."""
        appointments = one.appointments
        return cls(
            method=one.method,
            links=AnswerLinksOut.from_domain(one.method),
            census=one.census,
            bme=one.bme,
            total=one.total,
            years=one.years,
            people_needed=one.people_needed,
            turnover=appointments.turnover,
            expected_appointments=appointments.expected,
            arithmetic_share_needed=appointments.arithmetic_share_needed,
            verdict=appointments.verdict,
            guidance=POSITIVE_ACTION,
        )


class ReviewIn(BodyIn):
    """Word that a version was reviewed."""

    version: VersionNumber
    comment: Passage | None = Field(default=None, examples=["Ambitious and well argued."])


class ReturnIn(BodyIn):
    """A version returned to the trust, with what should be thought of again."""

    version: VersionNumber
    comment: Passage = Field(examples=["Milestones leave everything to the last year."])


class WithdrawIn(BodyIn):
    """A version withdrawn, and why."""

    version: VersionNumber
    comment: Passage = Field(examples=["The service moves to another trust in April."])


class CommentIn(BodyIn):
    """A comment on a version of a target."""

    version: VersionNumber
    text: Passage = Field(examples=["How will the four vacancies of band 8d be filled?"])


class CommentOut(BodyOut):
    """What was said about a version, alone or with a decision."""

    version: VersionNumber
    role: Role = Field(description="Of whoever said it.")
    text: str
    at: Instant
    by: str
    decision: TargetState | None = Field(
        description="What the version became with it; null for a comment alone."
    )

    @classmethod
    def from_domain(cls, comment: Comment) -> Self:
        """Return the body that presents a comment."""
        return cls(
            version=comment.version,
            role=comment.role,
            text=comment.text,
            at=comment.record.at,
            by=comment.record.author.name,
            decision=comment.decision,
        )


class CommentListOut(BodyOut):
    """All that was said about a target, oldest first."""

    items: list[CommentOut]
    next: str | None = Field(description="Cursor of the next page; always null here.")
