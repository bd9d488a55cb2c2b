"""Proposing targets, and turning a proposal into a draft."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.censuses import Cycle
from app.domain.codes import Reason
from app.domain.errors import CycleNotFound, Fault, UnacceptableQuestion, UnacceptableTarget
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
from app.store import censuses, organisations, targets

BANDS = tuple(
    Scope(measure)
    for measure in (
        Measure.BAND_8A,
        Measure.BAND_8B,
        Measure.BAND_8C,
        Measure.BAND_8D,
        Measure.BAND_9,
        Measure.VSM,
    )
)
"""The bands for which the strategy's arithmetic is done, unless others are asked for."""


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
        scopes: Measures; the leadership bands if there are none.
        methods: Ways of proposing; if there are none, all that apply.
        assumptions: What they assume.
        caller: Who asks.
        as_of: None for now.
        now: The instant of asking.

    Raises:
        TrustNotFound: No trust has the code.
        CycleNotFound: There is no such cycle.
        TokenInvalid: The caller has no token, and the trust is real.
        NotAllowed: The caller may not read the trust's targets.
        UnacceptableQuestion: The assumptions contradict each other or the cycle.
    """
    trust = organisations.get_registered_trust(session, ods_code)
    authorise(session, caller, Action.READ_TARGETS, trust.organisation)
    refuse_future(as_of, now)
    chosen = _get_cycle(session, cycle)
    _refuse_contradictions(chosen, assumptions)
    holdings = read_holdings(session, trust, as_of=as_of)
    before = targets.list_of_many(session, holdings.lineage.ancestors, as_of=as_of)
    desk = Desk(holdings, tuple(before), chosen, assumptions)
    found = [
        desk.propose(scope, method)
        for scope in scopes or BANDS
        for method in methods or ProposalMethod
    ]
    return [one for one in found if methods or not _is_out_of_place(one.outcome)]


def _is_out_of_place(outcome: Proposal | Reason) -> bool:
    """Return whether a method does not apply, so that it is left out where not asked for."""
    return isinstance(outcome, Reason) and outcome in {Reason.NOT_NEEDED, Reason.NO_TARGET}


def draft_proposal(
    session: Session,
    *,
    ods_code: str,
    cycle: str,
    scope: Scope,
    method: ProposalMethod,
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
        UnacceptableQuestion: The assumptions contradict each other or the cycle.
        UnacceptableTarget: There is no proposal, or it has faults.
        TargetDraftOpen: A version of the target is being drafted already.
    """
    trust = organisations.get_registered_trust(session, ods_code)
    authorise(session, caller, Action.SET_TARGETS, trust.organisation)
    (proposed,) = list_proposals(
        session,
        ods_code=ods_code,
        cycle=cycle,
        scopes=[scope],
        methods=[method],
        assumptions=assumptions,
        caller=caller,
        as_of=None,
        now=now,
    )
    outcome = proposed.outcome
    if isinstance(outcome, Reason):
        raise UnacceptableTarget([Fault("/method", outcome.value, outcome.sentence)])
    return _store(
        session, ods_code, proposed=proposed, proposal=outcome, caller=caller, view=View(now)
    )


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
    new = TargetDraft(
        proposed.scope.measure, proposed.scope.staff_group, proposed.cycle.code, _terms(proposal)
    )
    held = find_target(targets.list_of(session, ods_code), proposed.scope, proposed.cycle)
    if held is None:
        return draft_target(session, ods_code=ods_code, draft=new, caller=caller, view=view)

    def change(before: TargetDraft) -> TargetDraft:
        terms = replace(_terms(proposal), reference=before.terms.reference)
        return replace(before, terms=terms, change_reason=_REASONS[proposed.method])

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
    ProposalMethod.REBASED: "The census of the baseline was corrected.",
}
"""Why a version that takes over a proposal takes the place of the one before."""


def _terms(proposal: Proposal) -> Terms:
    return Terms(proposal.goal, proposal.milestones, basis=proposal.basis)


def _get_cycle(session: Session, code: str) -> Cycle:
    found = censuses.find_cycle(session, code)
    if found is None:
        raise CycleNotFound(code)
    return found


def _refuse_contradictions(cycle: Cycle, assumptions: Assumptions) -> None:
    """Refuse a span of the strategy that does not hold the cycle."""
    faults = []
    if assumptions.baseline_year > cycle.starts:
        detail = f"The cycle {cycle.code} starts before {assumptions.baseline_year}."
        faults.append(Fault("?baseline_year", "after_cycle_start", detail))
    if assumptions.horizon < cycle.ends:
        detail = f"The cycle {cycle.code} ends after {assumptions.horizon}."
        faults.append(Fault("?horizon", "before_cycle_end", detail))
    if faults:
        raise UnacceptableQuestion(faults)
