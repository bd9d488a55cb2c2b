"""Targets as they are set and shown."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, model_validator

from app.api.schemas.base import (
    BodyIn,
    BodyOut,
    Day,
    ExactShare,
    Headcount,
    Instant,
    OdsCodeText,
    Paragraph,
    Passage,
    Sentence,
    Share,
    TargetShare,
    WarningOut,
    Year,
)
from app.api.schemas.faults import fault, with_faults
from app.domain.bands import StaffGroup
from app.domain.codes import TargetState
from app.domain.errors import Fault
from app.domain.measures import Measure, ReferenceKind, default_reference
from app.domain.organisations import is_synthetic
from app.domain.records import Record
from app.domain.targets import (
    Baseline,
    Goal,
    GoalForm,
    Milestone,
    ParityReference,
    Provenance,
    Rounding,
    Target,
    Terms,
)
from app.services.targets import ShownTarget, TargetDraft

_GOAL = frozenset({"goal_share", "goal_headcount", "goal"})

CycleCode = Annotated[
    str, Field(pattern=r"^[0-9]{4}-[0-9]{4}$", description="Cycle.", examples=["2022-2025"])
]


class MilestoneIn(BodyIn):
    """What is due at one census of the cycle, in the goal's form."""

    year: Year
    goal_share: ExactShare | None = None
    goal_headcount: Headcount | None = None

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

    bme: Headcount = Field(description="BME people in the measure.")
    total: Headcount = Field(description="People in the measure.")
    workforce_bme: Headcount = Field(description="BME people in the workforce.")
    workforce_total: Headcount = Field(description="People in the workforce.")
    source: Sentence = Field(
        description="Where the figures come from.", examples=["WRES report 2022, table 1"]
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
    goal_headcount: Headcount | None = Field(default=None, description="A goal in people.")
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


class TargetPatch(BodyIn):
    """What changes in a draft; members left out stay. Measure and cycle do not change.

    A goal that is sent, in whatever form, takes the place of the old one and its milestones.
    """

    goal_share: ExactShare | None = None
    goal_headcount: Headcount | None = None
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

    def apply(self, draft: TargetDraft) -> TargetDraft:
        """Return a draft with what was sent in place of what it said.

        Raises:
            ValidationError: The two together contradict each other.
        """
        sent = self.model_dump(include=self.model_fields_set, mode="json")
        held = _as_sent(draft)
        if _GOAL & self.model_fields_set:
            replaced = _GOAL | {"reason", "milestones"}
            held = {name: value for name, value in held.items() if name not in replaced}
        whole = TermsIn.model_validate(held | sent)
        return replace(draft, terms=whole.to_terms(), baseline=whole.to_baseline())


class BaselineOut(BodyOut):
    """Where a target starts; frozen when it is submitted."""

    year: Year
    bme: Headcount
    total: Headcount
    share: Share | None = Field(description="Null when there is nobody.")
    workforce_bme: Headcount
    workforce_total: Headcount
    revision: int | None = Field(description="The trust's own revision it was taken from.")
    covers: list[OdsCodeText]
    source: str | None = Field(description="Of a stated baseline; null if taken from actuals.")


class MilestoneOut(BodyOut):
    """What is due at one census; people at the baseline's team size."""

    year: Year
    share: TargetShare | None
    headcount: Headcount


class ReferenceOut(BodyOut):
    """What the measure is held against."""

    kind: ReferenceKind | None = Field(description="Null for the workforce itself.")
    share: ExactShare | None
    source: str | None


class RecordOut(BodyOut):
    """Who did something, and when."""

    at: Instant
    by: str
    supplied_by: str | None

    @classmethod
    def from_domain(cls, record: Record) -> Self:
        """Return the body that presents a record."""
        return cls(at=record.at, by=record.author.name, supplied_by=record.author.supplied_by)


class TargetOut(BodyOut):
    """A target in one of its versions."""

    id: str = Field(examples=["leadership-2022-2025"])
    ods_code: OdsCodeText
    synthetic: bool = Field(description="Whether the trust is invented.")
    measure: Measure
    staff_group: StaffGroup | None
    cycle: CycleCode
    version: int = Field(examples=[1])
    state: TargetState
    form: GoalForm
    goal_share: ExactShare | None
    goal_headcount: Headcount | None
    reason: str | None = Field(description="For `no_target_needed`, why.")
    milestones: list[MilestoneOut] = Field(
        description="Every census of the cycle; empty without a baseline or a goal."
    )
    rounding: Rounding = Field(description="How headcount milestones are rounded.")
    baseline: BaselineOut | None = Field(
        description="In a draft, what the actuals say now; null while nothing is held or stated."
    )
    parity_reference: ReferenceOut
    board_approved_on: date | None
    rationale: str | None
    provenance: Provenance
    created: RecordOut
    submitted: RecordOut | None
    warnings: list[WarningOut]

    @classmethod
    def from_domain(cls, shown: ShownTarget) -> Self:
        """Return the body that presents a target."""
        target = shown.target
        version, terms = target.version, target.version.terms
        return cls(
            id=target.id,
            ods_code=target.ods_code,
            synthetic=is_synthetic(target.ods_code),
            measure=target.scope.measure,
            staff_group=target.scope.staff_group,
            cycle=target.cycle.code,
            version=version.version,
            state=version.state,
            form=terms.goal.form,
            goal_share=_exact(terms.goal.share),
            goal_headcount=terms.goal.headcount,
            reason=terms.goal.reason,
            milestones=_milestones(target),
            rounding=terms.rounding,
            baseline=_baseline(version.baseline),
            parity_reference=_reference(target),
            board_approved_on=terms.board_approved_on,
            rationale=terms.rationale,
            provenance=terms.provenance,
            created=RecordOut.from_domain(version.created),
            submitted=version.submitted and RecordOut.from_domain(version.submitted),
            warnings=[WarningOut.model_validate(one) for one in shown.cautions],
        )


class TargetListOut(BodyOut):
    """A trust's targets, oldest cycle first."""

    items: list[TargetOut]
    next: str | None = Field(description="Cursor of the next page; always null here.")


def _as_sent(draft: TargetDraft) -> dict[str, Any]:
    """Return a draft as a caller would have sent it."""
    terms, goal, stated = draft.terms, draft.terms.goal, draft.baseline
    is_word = goal.form in {GoalForm.MAINTAIN, GoalForm.NO_TARGET_NEEDED}
    return {
        "goal_share": _exact(goal.share),
        "goal_headcount": goal.headcount,
        "goal": goal.form.value if is_word else None,
        "reason": goal.reason,
        "milestones": [
            {"year": m.year, "goal_share": _exact(m.share), "goal_headcount": m.headcount}
            for m in terms.milestones
        ],
        "baseline": stated
        and {
            "bme": stated.bme,
            "total": stated.total,
            "workforce_bme": stated.workforce_bme,
            "workforce_total": stated.workforce_total,
            "source": stated.source,
        },
        "parity_reference": terms.reference
        and {
            "kind": terms.reference.kind,
            "share": _exact(terms.reference.share),
            "source": terms.reference.source,
        },
        "board_approved_on": terms.board_approved_on,
        "rationale": terms.rationale,
    }


def _exact(share: Decimal | None) -> str | None:
    return None if share is None else f"{share:.4f}"


def _milestones(target: Target) -> list[MilestoneOut]:
    path, baseline = target.path, target.version.baseline
    if path is None or baseline is None:
        return []
    shown = []
    for year in target.cycle.census_years:
        share, people = path.required(year, max(baseline.total, 1))
        value = float(share) if baseline.total else None
        shown.append(MilestoneOut(year=year, share=value, headcount=people))
    return shown


def _baseline(baseline: Baseline | None) -> BaselineOut | None:
    if baseline is None:
        return None
    return BaselineOut(
        year=baseline.year,
        bme=baseline.bme,
        total=baseline.total,
        share=None if baseline.share is None else float(baseline.share),
        workforce_bme=baseline.workforce_bme,
        workforce_total=baseline.workforce_total,
        revision=baseline.revision,
        covers=list(baseline.covers),
        source=baseline.source,
    )


def _reference(target: Target) -> ReferenceOut:
    reference = target.version.terms.reference
    if reference is None:
        kind = default_reference(target.scope.measure)
        return ReferenceOut(kind=kind, share=None, source=None)
    return ReferenceOut(
        kind=reference.kind, share=_exact(reference.share), source=reference.source
    )
