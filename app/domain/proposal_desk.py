"""Where proposals to one trust are made, from all that is known of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.domain.censuses import Cycle, census_day
from app.domain.codes import Reason
from app.domain.holdings import Holdings
from app.domain.measures import Scope
from app.domain.perimeter import count_people, find_baseline, is_baseline_revised
from app.domain.proposals import (
    Part,
    Proposal,
    propose_by_appointments,
    propose_by_strategy,
    propose_from_parts,
    propose_rebased,
)
from app.domain.target_checks import find_reference_share
from app.domain.target_needs import USUAL_TURNOVER
from app.domain.target_versions import Versions
from app.domain.targets import Baseline, GoalForm, ProposalMethod, Target


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What proposals assume.

    Attributes:
        baseline_year: First census of the strategy's path.
        horizon: Year by which it reaches parity.
        turnover: Share of staff who leave in a year.
        bme_share: BME share of appointments; None for that of the workforce at the baseline.
    """

    baseline_year: int = 2018
    horizon: int = 2028
    turnover: Decimal = USUAL_TURNOVER
    bme_share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal for a measure, or why there is none."""

    scope: Scope
    cycle: Cycle
    method: ProposalMethod
    baseline: Baseline | None
    outcome: Proposal | Reason


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

    def propose(self, scope: Scope, method: ProposalMethod) -> Proposed:
        """Return what a method proposes for a measure."""
        baseline = self._baseline(scope, self.cycle.starts)
        outcome = Reason.NO_ACTUALS if baseline is None else self._by(method, scope, baseline)
        return Proposed(scope, self.cycle, method, baseline, outcome)

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

    def _by_strategy(self, scope: Scope, baseline: Baseline) -> Proposal | Reason:
        span = (self.assumptions.baseline_year, self.assumptions.horizon)
        first = self._baseline(scope, span[0])
        if first is None:
            return Reason.NO_ACTUALS
        reference = self._reference(scope, first)
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
        frozen = own.in_force.version.baseline if own and own.in_force else None
        covered = {lineage.trust.ods_code, *(frozen.covers if frozen else ())}
        if lineage.sending_on(census_day(starts)) <= covered:
            return Reason.NOT_NEEDED
        known = [one for one in (own, *self.before) if one is not None]
        returns = self.holdings.history(scope).censuses[starts].parts
        parts = [
            Part(
                one.ods_code,
                count_people(scope, [one]),
                self._target_of(one.ods_code, scope, known),
            )
            for one in returns
        ]
        if all(part.target is None for part in parts):
            return Reason.NO_TARGET
        return propose_from_parts(parts, baseline, self.cycle)

    def _target_of(self, ods_code: str, scope: Scope, known: Sequence[Versions]) -> Target | None:
        """Return what a trust had in force for the cycle."""
        of_trust = [one for one in known if one.newest.ods_code == ods_code]
        found = find_target(of_trust, scope, self.cycle)
        return found.in_force if found else None

    def _rebased(self, scope: Scope, baseline: Baseline) -> Proposal | Reason:
        """Propose the trust's own goal again, from a baseline that was corrected."""
        own = find_target(self.holdings.versions, scope, self.cycle)
        target = own.in_force if own else None
        frozen = target.version.baseline if target else None
        if target is None or frozen is None:
            return Reason.NO_TARGET
        history, staff = self.holdings.history(scope), self.holdings.staff
        is_same_perimeter = frozen.covers == baseline.covers
        if not (is_same_perimeter and is_baseline_revised(target, history, staff)):
            return Reason.NOT_NEEDED
        goal = target.version.terms.goal
        if goal.form is GoalForm.NO_TARGET_NEEDED:
            return Reason.NO_TARGET_NEEDED
        if goal.headcount is None and not baseline.total:
            return Reason.NO_PEOPLE
        return propose_rebased(target, baseline)

    def _baseline(self, scope: Scope, year: int) -> Baseline | None:
        """Return where a measure stood at a census; None where it is not held."""
        own = self.holdings.lineage.trust.ods_code
        history = self.holdings.history(scope)
        return find_baseline(history, self.holdings.staff, scope, year, own)

    def _reference(self, scope: Scope, baseline: Baseline) -> Fraction | None:
        """Return what a measure is held against at a baseline; None for the workforce."""
        staff = self.holdings.staff.censuses.get(baseline.year)
        return find_reference_share(scope, None, baseline, staff)

    def _is_at_reference(self, scope: Scope, baseline: Baseline) -> bool:
        reference = self._reference(scope, baseline)
        share = baseline.share
        return reference is not None and share is not None and share >= reference


def find_target(held: Sequence[Versions], scope: Scope, cycle: Cycle) -> Versions | None:
    """Return a trust's target for a measure and a cycle; None if it has none."""
    wanted = (scope, cycle.code)
    return next((one for one in held if (one.newest.scope, one.newest.cycle.code) == wanted), None)
