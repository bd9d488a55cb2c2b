"""Targets as they are shown."""

from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from pydantic import Field

from app.api.schemas.base import (
    BodyOut,
    ExactShare,
    Headcount,
    Instant,
    OdsCodeText,
    Share,
    TargetShare,
    WarningOut,
    Year,
    is_none,
)
from app.api.schemas.progress import Why
from app.api.schemas.target_drafts import CycleCode, exact
from app.api.schemas.target_life import AttainabilityOut, MoveOut, RecordOut, VersionOut
from app.domain.bands import StaffGroup
from app.domain.codes import Reason, TargetState, WarningCode
from app.domain.measures import Measure, ReferenceKind, default_reference
from app.domain.organisations import is_synthetic
from app.domain.targets import (
    Baseline,
    Basis,
    GoalForm,
    ProposalMethod,
    Provenance,
    Rounding,
    Target,
)
from app.services.target_views import ShownTarget


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


class ProposalBasisOut(BodyOut):
    """What a proposed goal rests on."""

    method: ProposalMethod
    inputs: dict[str, Any] = Field(description="What went into it, by name.")


class TargetOut(BodyOut):
    """A target in one of its versions."""

    id: str = Field(examples=["leadership-2022-2025"])
    ods_code: OdsCodeText
    synthetic: bool = Field(description="Whether the trust is invented.")
    measure: Measure
    staff_group: StaffGroup | None
    cycle: CycleCode
    version: int = Field(examples=[1])
    change_reason: str | None = Field(
        description="Why it takes the place of the version before; null for the first."
    )
    state: TargetState
    in_force: bool = Field(description="Whether this version counts.")
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
    provenance: Provenance = Field(
        description="Who set the goal: the trust, or the national team on its behalf; `proposed`"
        " if it was taken over from a proposal."
    )
    proposal: ProposalBasisOut | None = Field(
        description="What the goal rests on; null if not proposed."
    )
    created: RecordOut
    submitted: RecordOut | None
    waiting_since: Instant | None = Field(
        description="From when it has waited for a review; null if it does not. Nothing waits"
        " for the review."
    )
    days_waiting: int | None = Field(
        ge=0, description="Days that it has waited, as of `as_of` or today; null if it does not."
    )
    moves: list[MoveOut] = Field(description="Its life, oldest first.")
    versions: list[VersionOut] = Field(description="All versions, oldest first, side by side.")
    attainability: AttainabilityOut | None = Field(
        description="What the goal would take from the last census on; never a refusal."
    )
    attainability_reason: Why
    warnings: list[WarningOut]
    rebase: str | None = Field(
        default=None,
        exclude_if=is_none,
        description="Where proposals of a re-based version are; present only with the warnings"
        " `baseline_revised` and `perimeter_changed`.",
        examples=[
            "/v1/trusts/ZZ001/target-proposals?cycle=2022-2025&measure=leadership&method=rebased"
        ],
    )

    @classmethod
    def from_domain(cls, shown: ShownTarget) -> Self:
        """Return the body that presents a target."""
        target = shown.target
        needed = shown.attainability
        untold = needed if isinstance(needed, Reason) else None
        version, terms = target.version, target.version.terms
        return cls(
            id=target.id,
            ods_code=target.ods_code,
            synthetic=is_synthetic(target.ods_code),
            measure=target.scope.measure,
            staff_group=target.scope.staff_group,
            cycle=target.cycle.code,
            version=version.version,
            change_reason=version.reason,
            state=version.state,
            in_force=version.is_in_force,
            form=terms.goal.form,
            goal_share=exact(terms.goal.share),
            goal_headcount=terms.goal.headcount,
            reason=terms.goal.reason,
            milestones=_milestones(target),
            rounding=terms.rounding,
            baseline=_baseline(version.baseline),
            parity_reference=_reference(target),
            board_approved_on=terms.board_approved_on,
            rationale=terms.rationale,
            provenance=terms.provenance,
            proposal=_basis(terms.basis),
            created=RecordOut.from_domain(version.created),
            submitted=version.submitted and RecordOut.from_domain(version.submitted),
            waiting_since=shown.waiting_since,
            days_waiting=shown.days_waiting,
            moves=[MoveOut.from_domain(move) for move in version.moves],
            versions=[VersionOut.from_domain(one) for one in shown.versions.all],
            attainability=None
            if isinstance(needed, Reason)
            else AttainabilityOut.from_domain(needed),
            attainability_reason=untold,
            warnings=[WarningOut.model_validate(one) for one in shown.warnings],
            rebase=_rebase(shown),
        )


class TargetListOut(BodyOut):
    """Targets, or the versions of one, oldest first."""

    items: list[TargetOut]
    next: str | None = Field(description="Cursor of the next page; always null here.")


_REBASED_BY = {
    WarningCode.BASELINE_REVISED: ProposalMethod.REBASED,
    WarningCode.PERIMETER_CHANGED: ProposalMethod.PREDECESSORS,
}
"""How a version is proposed that ends a warning."""


def _rebase(shown: ShownTarget) -> str | None:
    """Return the path of the proposals that end the warnings about later figures."""
    if not shown.rebasing:
        return None
    target = shown.target
    group = target.scope.staff_group
    asked = [
        ("cycle", target.cycle.code),
        ("measure", target.scope.measure.value),
        *([("staff_group", group.value)] if group else []),
        *(("method", _REBASED_BY[one.code].value) for one in shown.rebasing),
    ]
    return f"/v1/trusts/{target.ods_code}/target-proposals?{urlencode(asked)}"


def _basis(basis: Basis | None) -> ProposalBasisOut | None:
    if basis is None:
        return None
    return ProposalBasisOut(method=basis.method, inputs=dict(basis.inputs))


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
    return ReferenceOut(kind=reference.kind, share=exact(reference.share), source=reference.source)
