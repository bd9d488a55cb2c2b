"""Targets as they are set: a draft, and a change of one."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, model_validator

from app.api.schemas.base import (
    BodyIn,
    Day,
    ExactShare,
    OdsCodeText,
    Paragraph,
    Passage,
    Sentence,
    SentHeadcount,
    Year,
)
from app.api.schemas.faults import fault, with_faults
from app.domain.bands import StaffGroup
from app.domain.errors import Fault
from app.domain.measures import Measure, ReferenceKind
from app.domain.targets import (
    Baseline,
    Goal,
    GoalForm,
    Milestone,
    ParityReference,
    Terms,
)
from app.services.target_drafts import TargetDraft

_GOAL = frozenset({"goal_share", "goal_headcount", "goal"})

CycleCode = Annotated[
    str, Field(pattern=r"^[0-9]{4}-[0-9]{4}$", description="Cycle.", examples=["2022-2025"])
]


ChangeReason = Annotated[
    Paragraph,
    Field(
        description="Why this version takes the place of the one before.",
        examples=["The board raised the goal after the review"],
    ),
]


class MilestoneIn(BodyIn):
    """What is due at one census of the cycle, in the goal's form."""

    year: Year
    goal_share: ExactShare | None = None
    goal_headcount: SentHeadcount | None = None

    @model_validator(mode="after")
    def _has_one_form(self) -> Self:
        if (self.goal_share is None) == (self.goal_headcount is None):
            raise fault("one_form", "Give either goal_share or goal_headcount.")
        return self

    def to_milestone(self) -> Milestone:
        """Return the domain's milestone."""
        share = None if self.goal_share is None else Decimal(self.goal_share)
        return Milestone(self.year, share, self.goal_headcount)


class BaselineIn(BodyIn):
    """Where the target starts; stated only where no actuals of that census are held."""

    bme: SentHeadcount = Field(description="BME people in the measure.")
    total: SentHeadcount = Field(description="People in the measure.")
    workforce_bme: SentHeadcount = Field(description="BME people in the workforce.")
    workforce_total: SentHeadcount = Field(description="People in the workforce.")
    source: Sentence = Field(
        description="Where the figures come from.", examples=["WRES report 2022, table 1"]
    )
    covers: list[OdsCodeText] | None = Field(
        default=None,
        min_length=1,
        max_length=50,
        description="Trusts whose staff are counted; left out, the trust and whoever has become"
        " part of it by the day on which the target is submitted.",
        examples=[["ZZ001"]],
    )


class ReferenceIn(BodyIn):
    """What the measure is held against."""

    kind: ReferenceKind
    share: ExactShare | None = Field(default=None, description="For the kind `fixed`.")
    source: Sentence | None = Field(
        default=None, description="Where a fixed share comes from.", examples=["Census 2021"]
    )

    def to_reference(self) -> ParityReference:
        """Return the domain's reference."""
        share = None if self.share is None else Decimal(self.share)
        return ParityReference(self.kind, share, self.source)


class TermsIn(BodyIn):
    """What a target says, but for the measure and the cycle."""

    goal_share: ExactShare | None = Field(default=None, description="A goal as a share.")
    goal_headcount: SentHeadcount | None = Field(default=None, description="A goal in people.")
    goal: Literal["maintain", "no_target_needed"] | None = Field(
        default=None, description="For a measure at or above its reference."
    )
    reason: Paragraph | None = Field(
        default=None,
        description="For `no_target_needed`, why.",
        examples=["Above the workforce since 2019"],
    )
    milestones: Annotated[list[MilestoneIn], Field(max_length=10)] | None = Field(
        default=None, description="At censuses of the cycle; a straight line if left out."
    )
    baseline: BaselineIn | None = None
    parity_reference: ReferenceIn | None = Field(
        default=None, description="The measure's default if left out."
    )
    board_approved_on: Day | None = Field(default=None, examples=["2022-05-26"])
    rationale: Passage | None = Field(
        default=None, description="Why this goal.", examples=["Succession plan for 2025"]
    )

    @model_validator(mode="wrap")
    @classmethod
    def _with_all_faults(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401 — anything may be sent
        """Report malformed members together with a goal that is none, or more than one."""
        found = list(_goal_faults(data))
        try:
            made = handler(data)
        except ValidationError as error:
            malformed = {line["loc"][0] for line in error.errors() if line["loc"]}
            others = [] if malformed & {*_GOAL, "reason"} else found
            raise with_faults(cls.__name__, error, others) from None
        if found:
            raise fault(found[0].code, found[0].detail)
        return made

    def to_terms(self) -> Terms:
        """Return the domain's terms."""
        return Terms(
            goal=self._to_goal(),
            milestones=tuple(one.to_milestone() for one in self.milestones or ()),
            reference=self.parity_reference.to_reference() if self.parity_reference else None,
            board_approved_on=self.board_approved_on,
            rationale=self.rationale,
        )

    def _to_goal(self) -> Goal:
        if self.goal_share is not None:
            return Goal(GoalForm.SHARE, share=Decimal(self.goal_share))
        if self.goal_headcount is not None:
            return Goal(GoalForm.HEADCOUNT, headcount=self.goal_headcount)
        return Goal(GoalForm(str(self.goal)), reason=self.reason)

    def to_baseline(self) -> Baseline | None:
        """Return the stated baseline; its year is that of the cycle."""
        if self.baseline is None:
            return None
        stated = self.baseline
        return Baseline(
            year=0,
            bme=stated.bme,
            total=stated.total,
            workforce_bme=stated.workforce_bme,
            workforce_total=stated.workforce_total,
            covers=tuple(stated.covers or ()),
            source=stated.source,
        )


def _goal_faults(data: object) -> Iterator[Fault]:
    """Yield what is wrong with the goal of a body as a whole."""
    sent = data if isinstance(data, dict) else {}
    stated = [sent.get(name) for name in ("goal_share", "goal_headcount", "goal")]
    if sum(one is not None for one in stated) != 1:
        yield Fault("", "one_goal", "Give one of goal_share, goal_headcount and goal.")
    elif (sent.get("goal") == "no_target_needed") != (sent.get("reason") is not None):
        detail = "A reason goes with no_target_needed, and only so."
        yield Fault("", "reason_with_goal", detail)


class TargetIn(TermsIn):
    """A target for one measure in one cycle."""

    measure: Measure
    staff_group: StaffGroup | None = None
    cycle: CycleCode

    def to_draft(self) -> TargetDraft:
        """Return what the service takes."""
        return TargetDraft(
            self.measure, self.staff_group, self.cycle, self.to_terms(), self.to_baseline()
        )


class VersionIn(TermsIn):
    """A further version of a target: all that it says, and why it says it now."""

    change_reason: ChangeReason

    def apply(self, before: TargetDraft) -> TargetDraft:
        """Return the draft of a further version, given the one before."""
        return replace(
            before,
            terms=self.to_terms(),
            baseline=self.to_baseline(),
            change_reason=self.change_reason,
        )


class TargetPatch(BodyIn):
    """What changes in a draft; members left out stay. Measure and cycle do not change.

    A goal that is sent, in whatever form, takes the place of the old one and its milestones.
    """

    goal_share: ExactShare | None = None
    goal_headcount: SentHeadcount | None = None
    goal: Literal["maintain", "no_target_needed"] | None = None
    reason: Paragraph | None = Field(
        default=None, description="For `no_target_needed`, why.", examples=["Above the workforce"]
    )
    milestones: Annotated[list[MilestoneIn], Field(max_length=10)] | None = None
    baseline: BaselineIn | None = None
    parity_reference: ReferenceIn | None = None
    board_approved_on: Day | None = Field(default=None, examples=["2022-05-26"])
    rationale: Passage | None = Field(
        default=None, description="Why this goal.", examples=["Succession plan for 2025"]
    )
    change_reason: ChangeReason | None = None

    def apply(self, draft: TargetDraft) -> TargetDraft:
        """Return a draft with what was sent in place of what it said.

        Raises:
            ValidationError: The two together contradict each other.
        """
        said = self.model_fields_set - {"change_reason"}
        sent = self.model_dump(include=said, mode="json")
        held = _as_sent(draft)
        if _GOAL & self.model_fields_set:
            replaced = _GOAL | {"reason", "milestones"}
            held = {name: value for name, value in held.items() if name not in replaced}
        whole = TermsIn.model_validate(held | sent)
        keeps = "change_reason" not in self.model_fields_set
        return replace(
            draft,
            terms=whole.to_terms(),
            baseline=whole.to_baseline(),
            change_reason=draft.change_reason if keeps else self.change_reason,
        )


def _as_sent(draft: TargetDraft) -> dict[str, Any]:
    """Return a draft as a caller would have sent it."""
    terms, goal, stated = draft.terms, draft.terms.goal, draft.baseline
    is_word = goal.form in {GoalForm.MAINTAIN, GoalForm.NO_TARGET_NEEDED}
    return {
        "goal_share": exact(goal.share),
        "goal_headcount": goal.headcount,
        "goal": goal.form.value if is_word else None,
        "reason": goal.reason,
        "milestones": [
            {"year": m.year, "goal_share": exact(m.share), "goal_headcount": m.headcount}
            for m in terms.milestones
        ],
        "baseline": stated
        and {
            "bme": stated.bme,
            "total": stated.total,
            "workforce_bme": stated.workforce_bme,
            "workforce_total": stated.workforce_total,
            "source": stated.source,
            "covers": list(stated.covers) or None,
        },
        "parity_reference": terms.reference
        and {
            "kind": terms.reference.kind,
            "share": exact(terms.reference.share),
            "source": terms.reference.source,
        },
        "board_approved_on": terms.board_approved_on,
        "rationale": terms.rationale,
    }


def exact(share: Decimal | None) -> str | None:
    """Return an exact share as it is sent; None for none."""
    return None if share is None else f"{share:.4f}"
