"""Where proposals to one trust are made, from all that is known of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from app.domain.attainability import USUAL_TURNOVER
from app.domain.censuses import Cycle, census_day
from app.domain.codes import Reason
from app.domain.holdings import Holdings
from app.domain.measures import Scope
from app.domain.perimeter import count_people, find_baseline, is_baseline_revised
from app.domain.proposals import (
    Proposal,
    add_baselines,
    gather_parts,
    propose_by_appointments,
    propose_by_strategy,
    propose_from_parts,
    propose_rebased,
)
from app.domain.series import covers_of
from app.domain.target_checks import find_reference_share
from app.domain.target_versions import Versions
from app.domain.targets import Baseline, GoalForm, ParityReference, ProposalMethod, Target

STRATEGY_STARTS = 2018
"""The census from which the strategy's own goals start."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What proposals assume.

    Attributes:
        baseline_year: First census of the strategy's path; None for 2018, or the cycle's first
            census if that is earlier.
        horizon: Year by which that path reaches parity; None for the year of the ambition that
            the cycle serves.
        turnover: Share of staff who leave in a year.
        bme_share: BME share of appointments; None for that of the workforce at the baseline.
    """

    baseline_year: int | None = None
    horizon: int | None = None
    turnover: Decimal = USUAL_TURNOVER
    bme_share: Decimal | None = None

    def span(self, cycle: Cycle) -> tuple[int, int]:
        """Return the first and the last year of the strategy's path."""
        starts, ends = self.baseline_year, self.horizon
        return (
            min(STRATEGY_STARTS, cycle.starts) if starts is None else starts,
            max(cycle.ambition_year, cycle.ends) if ends is None else ends,
        )


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal for a measure, or why there is none.

    Attributes:
        as_of: The instant asked for, else that of the newest change that it depends on.
    """

    scope: Scope
    cycle: Cycle
    method: ProposalMethod
    baseline: Baseline | None
    outcome: Proposal | Reason
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """All that proposals to one trust are made from.

    Attributes:
        before: Targets of the trusts that became part of it.
    """

    holdings: Holdings
    before: tuple[Versions, ...]
    cycle: Cycle
    assumptions: Assumptions
    as_of: datetime | None = None

    def propose(self, scope: Scope, method: ProposalMethod) -> Proposed:
        """Return what a method proposes for a measure."""
        baseline = self._baseline(scope, self.cycle.starts) or self._frozen_together(scope)
        outcome = Reason.NO_ACTUALS if baseline is None else self._by(method, scope, baseline)
        as_of = self.as_of or self._changed_at(scope)
        return Proposed(scope, self.cycle, method, baseline, outcome, as_of)

    def _changed_at(self, scope: Scope) -> datetime:
        """Return the instant of the newest change that proposals for a measure depend on."""
        before = [one.changed_at for one in self.before if one.newest.scope == scope]
        own = find_target(self.holdings.versions, scope, self.cycle)
        # Its reference counts even if it never was in force.
        kept = own.shown.version.changed_at if own else None
        changes = (self.holdings.changed_at(scope), kept, *before)
        return max(at for at in changes if at is not None)

    def _by(self, method: ProposalMethod, scope: Scope, baseline: Baseline) -> Proposal | Reason:
        match method:
            case ProposalMethod.STRATEGY:
                return self._by_strategy(scope, baseline)
            case ProposalMethod.APPOINTMENTS:
                return self._by_appointments(scope, baseline)
            case ProposalMethod.PREDECESSORS:
                return self._from_parts(scope, baseline)
            case ProposalMethod.REBASED:
                return self._rebased(scope, baseline)
            case _:
                assert_never(method)

    def _by_strategy(self, scope: Scope, baseline: Baseline) -> Proposal | Reason:
        span = self.assumptions.span(self.cycle)
        first = self._baseline(scope, span[0])
        if first is None:
            return Reason.NO_ACTUALS
        reference = self._reference(scope, first, None)
        if not (first.total and baseline.total):
            return Reason.NO_PEOPLE
        if reference is None:
            return Reason.IS_THE_REFERENCE
        return propose_by_strategy(
            first,
            reference,
            span,
            self.cycle,
            baseline,
            is_at_reference=self._is_at_reference(scope, baseline),
        )

    def _by_appointments(self, scope: Scope, baseline: Baseline) -> Proposal | Reason:
        share = self.assumptions.bme_share
        assumed = baseline.workforce_share if share is None else Fraction(share)
        if not baseline.total or assumed is None:
            return Reason.NO_PEOPLE
        return propose_by_appointments(
            baseline,
            self.cycle,
            Fraction(self.assumptions.turnover),
            assumed,
            is_at_reference=self._is_at_reference(scope, baseline),
        )

    def _from_parts(self, scope: Scope, baseline: Baseline) -> Proposal | Reason:
        """Propose the sum of what the trusts that are one now had set out to reach."""
        lineage, starts = self.holdings.lineage, self.cycle.starts
        own = find_target(self.holdings.versions, scope, self.cycle)
        target = own.in_force if own else None
        covered = {lineage.trust.ods_code, *(target.covers if target else ())}
        if lineage.sending_on(census_day(starts)) <= covered:
            return Reason.NOT_NEEDED
        in_force = self._in_force(scope)
        if not in_force:
            return Reason.NO_TARGET
        joined = self.holdings.history(scope).censuses.get(starts)
        returns = [
            (frozenset(covers_of(one)), count_people(scope, [one]).bme)
            for one in (joined.parts if joined else ())
        ]
        return propose_from_parts(gather_parts(in_force, returns), baseline, self.cycle)

    def _in_force(self, scope: Scope) -> list[Target]:
        """Return the targets in force for a measure: the trust's own, and its predecessors'."""
        return [
            target
            for one in (*self.holdings.versions, *self.before)
            if _is_for(one, scope, self.cycle)
            and (target := one.in_force)
            and target.version.baseline
        ]

    def _frozen_together(self, scope: Scope) -> Baseline | None:
        """Return where the targets in force start together; None unless they cover everybody.

        Trusts that became one may have stated where they started; then no actuals ever come.
        """
        parts, starts = gather_parts(self._in_force(scope), ()), self.cycle.starts
        sending = self.holdings.lineage.sending_on(census_day(starts))
        is_whole = bool(parts.targets) and sending <= parts.covers
        return add_baselines(parts, starts) if is_whole else None

    def _rebased(self, scope: Scope, baseline: Baseline) -> Proposal | Reason:
        """Propose the trust's own goal again, from a baseline that was corrected."""
        own = find_target(self.holdings.versions, scope, self.cycle)
        target = own.in_force if own else None
        frozen = target.version.baseline if target else None
        if target is None or frozen is None:
            return Reason.NO_TARGET
        history, staff = self.holdings.history(scope), self.holdings.staff
        is_same_perimeter = target.covers == frozenset(baseline.covers)
        if not (is_same_perimeter and is_baseline_revised(target, history, staff)):
            return Reason.NOT_NEEDED
        goal = target.version.terms.goal
        if goal.form is GoalForm.NO_TARGET_NEEDED:
            return Reason.NO_TARGET_NEEDED
        if goal.headcount is None and not baseline.total:
            return Reason.NO_PEOPLE
        at_reference = self._is_at_reference(scope, baseline)
        return propose_rebased(target, baseline, is_at_reference=at_reference)

    def _baseline(self, scope: Scope, year: int) -> Baseline | None:
        """Return where a measure stood at a census; None where it is not held."""
        own = self.holdings.lineage.trust.ods_code
        history = self.holdings.history(scope)
        return find_baseline(history, self.holdings.staff, scope, year, own)

    def _reference(
        self, scope: Scope, baseline: Baseline, stated: ParityReference | None
    ) -> Fraction | None:
        """Return what a measure is held against at a baseline; None for the workforce."""
        staff = self.holdings.staff.censuses.get(baseline.year)
        return find_reference_share(scope, stated, baseline, staff)

    def _is_at_reference(self, scope: Scope, baseline: Baseline) -> bool:
        """Return whether a measure has reached the reference that a draft of it will have."""
        own = find_target(self.holdings.versions, scope, self.cycle)
        reference = self._reference(scope, baseline, own.reference if own else None)
        share = baseline.share
        return reference is not None and share is not None and share >= reference


def find_target(held: Sequence[Versions], scope: Scope, cycle: Cycle) -> Versions | None:
    """Return a trust's target for a measure and a cycle; None if it has none."""
    return next((one for one in held if _is_for(one, scope, cycle)), None)


def _is_for(held: Versions, scope: Scope, cycle: Cycle) -> bool:
    return (held.newest.scope, held.newest.cycle.code) == (scope, cycle.code)
