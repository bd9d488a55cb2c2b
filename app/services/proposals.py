"""Proposing targets, and turning a proposal into a draft."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from app.domain.bands import StaffGroup
from app.domain.callers import Action, Caller
from app.domain.censuses import Cycle
from app.domain.codes import Reason
from app.domain.errors import (
    CycleNotFound,
    Fault,
    MeasureCannotBeNarrowed,
    UnacceptableQuestion,
    UnacceptableTarget,
)
from app.domain.measures import Measure, Scope
from app.domain.preconditions import Precondition
from app.domain.proposal_desk import Assumptions, Desk, Proposed, find_target
from app.domain.proposals import Proposal
from app.domain.targets import ProposalMethod, Terms
from app.services.access import authorise
from app.services.holdings import read_holdings
from app.services.instants import refuse_future
from app.services.target_drafts import TargetDraft, draft_target, draft_version
from app.services.target_views import ShownTarget, View
from app.store import censuses, ledger, organisations, targets


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which proposal is to become a draft."""

    method: ProposalMethod
    measure: Measure
    staff_group: StaffGroup | None
    cycle: str


def list_proposals(
    session: Session,
    *,
    ods_code: str,
    cycle: str,
    scopes: Sequence[Scope],
    methods: Sequence[ProposalMethod],
    assumptions: Assumptions,
    caller: Caller,
    as_of: datetime | None,
    now: datetime,
) -> list[Proposed]:
    """Return what arithmetic proposes to a trust for a cycle.

    Args:
        session: A reading session.
        ods_code: The trust's.
        cycle: Code of the cycle.
        scopes: Measures, narrowed or not.
        methods: Ways of proposing; if there are none, all that apply.
        assumptions: What they assume.
        caller: Who asks.
        as_of: None for now.
        now: The instant of asking.

    Raises:
        TrustNotFound: No trust has the code.
        CycleNotFound: There is no such cycle.
        TokenInvalid: The caller has no token, and the trust is real.
        NotAllowed: The caller may not read the trust's figures.
        UnacceptableQuestion: The assumptions contradict each other or the cycle.
    """
    trust = organisations.get_registered_trust(session, ods_code)
    authorise(session, caller, Action.READ_FIGURES, trust.organisation)
    refuse_future(as_of, now)
    chosen = _get_cycle(session, cycle)
    asked = methods or tuple(ProposalMethod)
    faults = list(_find_span_faults(chosen, asked, assumptions, "?"))
    if faults:
        raise UnacceptableQuestion(faults)
    holdings = read_holdings(session, trust, as_of=as_of)
    before = targets.list_of_many(session, holdings.lineage.ancestors, as_of=as_of)
    desk = Desk(holdings, tuple(before), chosen, assumptions, as_of)
    found = [desk.propose(scope, method) for scope in scopes for method in asked]
    return [one for one in found if methods or not _is_out_of_place(one)]


_ALWAYS_TOLD = frozenset({ProposalMethod.STRATEGY, ProposalMethod.APPOINTMENTS})
"""Methods that are told of even where they propose nothing."""


def _is_out_of_place(one: Proposed) -> bool:
    """Return whether a method does not apply, so that it is left out where not asked for."""
    return one.method not in _ALWAYS_TOLD and isinstance(one.outcome, Reason)


def draft_proposal(
    session: Session,
    *,
    ods_code: str,
    wanted: Wanted,
    assumptions: Assumptions,
    caller: Caller,
    now: datetime,
) -> ShownTarget:
    """Store a proposal as a draft: of a new target, or of a further version of one.

    Raises:
        TrustNotFound: No trust has the code.
        CycleNotFound: There is no such cycle.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not set the trust's targets.
        UnacceptableTarget: There is no proposal, or what is asked for has faults.
        TargetDraftOpen: A version of the target is being drafted already.
    """
    ledger.take_turn(session)
    trust = organisations.get_registered_trust(session, ods_code)
    authorise(session, caller, Action.SET_TARGETS, trust.organisation)
    cycle = _get_cycle(session, wanted.cycle)
    scope = _check(wanted, cycle, assumptions)
    (proposed,) = list_proposals(
        session,
        ods_code=ods_code,
        cycle=wanted.cycle,
        scopes=[scope],
        methods=[wanted.method],
        assumptions=assumptions,
        caller=caller,
        as_of=None,
        now=now,
    )
    outcome = proposed.outcome
    if isinstance(outcome, Reason):
        raise UnacceptableTarget([Fault("/method", outcome.value, outcome.sentence)])
    # What it takes is told at the turnover that was assumed.
    view = View(now, turnover=assumptions.turnover)
    return _store(session, ods_code, proposed=proposed, proposal=outcome, caller=caller, view=view)


def rest_on_proposal(
    session: Session,
    *,
    ods_code: str,
    draft: TargetDraft,
    method: ProposalMethod,
    caller: Caller,
    now: datetime,
) -> TargetDraft:
    """Return a draft that says what its goal rests on, if a method proposes that very goal.

    Raises:
        TrustNotFound: No trust has the code.
        CycleNotFound: There is no such cycle.
        TokenInvalid: The caller has no token, and the trust is real.
        NotAllowed: The caller may not read the trust's figures.
        MeasureCannotBeNarrowed: The draft's measure cannot be narrowed as it is.
    """
    (proposed,) = list_proposals(
        session,
        ods_code=ods_code,
        cycle=draft.cycle,
        scopes=[Scope(draft.measure, draft.staff_group)],
        methods=[method],
        assumptions=Assumptions(),
        caller=caller,
        as_of=None,
        now=now,
    )
    outcome, terms = proposed.outcome, draft.terms
    if isinstance(outcome, Reason) or (outcome.goal, outcome.milestones) != (
        terms.goal,
        terms.milestones,
    ):
        return draft
    return replace(draft, terms=replace(terms, basis=outcome.basis))


def _check(wanted: Wanted, cycle: Cycle, assumptions: Assumptions) -> Scope:
    """Return the measure that is wanted; refuse what contradicts itself with all its faults."""
    faults = list(_find_span_faults(cycle, [wanted.method], assumptions, "/"))
    try:
        scope = Scope(wanted.measure, wanted.staff_group)
    except MeasureCannotBeNarrowed as error:
        faults.append(Fault("/staff_group", error.code, str(error)))
        scope = Scope(wanted.measure)
    if faults:
        raise UnacceptableTarget(faults)
    return scope


def _store(
    session: Session,
    ods_code: str,
    *,
    proposed: Proposed,
    proposal: Proposal,
    caller: Caller,
    view: View,
) -> ShownTarget:
    """Store a proposal, over a target that is held or as a new one."""
    start = proposed.baseline
    # Where no actuals are held, the draft states what the proposal starts from.
    stated = start if start and start.is_stated else None
    new = TargetDraft(
        proposed.scope.measure,
        proposed.scope.staff_group,
        proposed.cycle.code,
        _terms(proposal),
        stated,
    )
    held = find_target(targets.list_of(session, ods_code), proposed.scope, proposed.cycle)
    if held is None:
        return draft_target(session, ods_code=ods_code, draft=new, caller=caller, view=view)

    def change(before: TargetDraft) -> TargetDraft:
        terms = replace(_terms(proposal), reference=held.reference)
        reason = _REASONS[proposed.method]
        return replace(before, terms=terms, baseline=stated, change_reason=reason)

    return draft_version(
        session,
        ods_code=ods_code,
        id_=held.newest.id,
        change=change,
        precondition=Precondition(),
        caller=caller,
        view=view,
    )


_REASONS = {
    ProposalMethod.STRATEGY: "The strategy's arithmetic was taken over.",
    ProposalMethod.APPOINTMENTS: "The goal is what a share of appointments would reach.",
    ProposalMethod.PREDECESSORS: "Trusts became one; their goals were added up in people.",
    ProposalMethod.REBASED: "The census of the baseline says otherwise now.",
}
"""Why a version that takes over a proposal takes the place of the one before."""


def _terms(proposal: Proposal) -> Terms:
    return Terms(proposal.goal, proposal.milestones, basis=proposal.basis)


def _get_cycle(session: Session, code: str) -> Cycle:
    found = censuses.find_cycle(session, code)
    if found is None:
        raise CycleNotFound(code)
    return found


def _find_span_faults(
    cycle: Cycle, methods: Sequence[ProposalMethod], assumptions: Assumptions, mark: str
) -> Iterator[Fault]:
    """Yield how the span of the strategy does not hold the cycle; it matters to no other method.

    Args:
        cycle: The cycle.
        methods: Those asked for.
        assumptions: With the span.
        mark: What pointers begin with: `?` of a query, `/` of a body.
    """
    if ProposalMethod.STRATEGY not in methods:
        return
    starts, ends = assumptions.span(cycle)
    if starts > cycle.starts:
        detail = f"The cycle {cycle.code} starts before {starts}."
        yield Fault(f"{mark}baseline_year", "after_cycle_start", detail)
    if ends < cycle.ends:
        detail = f"The cycle {cycle.code} ends after {ends}."
        yield Fault(f"{mark}horizon", "before_cycle_end", detail)
