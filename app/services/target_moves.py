"""The life of a target: submitting, reviewing, returning and withdrawing its versions."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.changes import Change, ChangeKind
from app.domain.codes import TargetState
from app.domain.errors import Fault, TargetMoveNotAllowed, UnacceptableTarget
from app.domain.holdings import Holdings
from app.domain.preconditions import Precondition
from app.domain.records import Record
from app.domain.target_moves import MOVES
from app.domain.target_versions import Versions
from app.domain.targets import Target
from app.services.access import author_of, authorise
from app.services.holdings import read_holdings
from app.services.target_drafts import as_draft, begin, check, require_draft
from app.services.target_views import (
    ShownTarget,
    View,
    find_frozen,
    show,
    tag_of,
    with_draft_baseline,
)
from app.store import ledger, organisations, targets

DECIDED_BY = {
    TargetState.REVIEWED: Action.REVIEW_TARGETS,
    TargetState.RETURNED: Action.REVIEW_TARGETS,
    TargetState.WITHDRAWN: Action.SET_TARGETS,
}
"""What it takes to decide that a version becomes one of these."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decides about one version of a target.

    Attributes:
        version: The one that they have read.
        state: What it becomes: reviewed, returned or withdrawn.
        comment: What they say to it.
    """

    version: int
    state: TargetState
    comment: str | None


def submit_target(
    session: Session,
    *,
    ods_code: str,
    id_: str,
    precondition: Precondition,
    caller: Caller,
    view: View,
) -> ShownTarget:
    """Put a draft in force: its baseline is frozen, and it never changes again.

    The version in force until then is superseded. What goes into force for good is named by its
    tag, so that nothing does which its reader has not seen.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not set the trust's targets.
        TargetNotFound: The trust has no such target.
        TargetNotDraft: It has no draft.
        RevisionStale: The caller names another state than the one held.
        RevisionNotNamed: The caller names none.
        UnacceptableTarget: It has faults, all of which are listed.
    """
    holdings = begin(session, ods_code, caller)
    held = targets.get(session, ods_code, id_)
    draft = require_draft(held)
    tag = tag_of(with_draft_baseline(holdings, held, view.day))
    replace(precondition, seen=tag).check(tag)
    at = ledger.stamp(session, view.now, Change(ChangeKind.TARGET, ods_code, id_))
    record = Record(at, author_of(caller))
    version = replace(draft.version, edit=draft.version.edit + 1)
    target = check(session, holdings, as_draft(draft), version, view.now)
    target, old = put_in_force(holdings, held, target, record)
    targets.add_edit(session, target, record)
    targets.add_move(session, target)
    others = held.all[:-1]
    if old is not None:
        targets.add_move(session, old)
        others = tuple(old if one is held.in_force else one for one in others)
    return show(holdings, Versions((*others, target)), view, number=None)


def put_in_force(
    holdings: Holdings, held: Versions | None, target: Target, record: Record
) -> tuple[Target, Target | None]:
    """Return a draft as it is when submitted, and the version that it supersedes, if any.

    Args:
        holdings: What is held of the trust.
        held: The target as it is held; None if it is new.
        target: The draft, checked.
        record: Who submits it, and when.

    Raises:
        UnacceptableTarget: It has no baseline.
    """
    baseline = find_frozen(holdings, target, record.at.date())
    if baseline is None:
        detail = (
            f"No actuals for {target.cycle.starts} are held; send them, or state the baseline with"
            " its source."
        )
        raise UnacceptableTarget([Fault("/baseline", "baseline_missing", detail)])
    submitted = _moved(target.with_baseline(baseline), TargetState.SUBMITTED, record)
    in_force = held.in_force if held else None
    old = None if in_force is None else _moved(in_force, TargetState.SUPERSEDED, record)
    return submitted, old


def decide(
    session: Session,
    *,
    ods_code: str,
    id_: str,
    decision: Decision,
    precondition: Precondition,
    caller: Caller,
    view: View,
) -> ShownTarget:
    """Review, return or withdraw a version of a target.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not decide this about the trust's targets.
        TargetNotFound: The trust has no such target.
        TargetVersionNotFound: The target has no such version.
        TargetMoveNotAllowed: The version cannot become this from the state it is in.
        RevisionStale: The caller names another state than the one held.
    """
    ledger.take_turn(session)
    trust = organisations.get_registered_trust(session, ods_code)
    authorise(session, caller, DECIDED_BY[decision.state], trust.organisation)
    holdings = read_holdings(session, trust)
    held = targets.get(session, ods_code, id_)
    chosen = held.get(decision.version)
    allowed = MOVES[chosen.version.state]
    if decision.state not in allowed:
        raise TargetMoveNotAllowed(
            id_,
            decision.version,
            state=chosen.version.state.value,
            wanted=decision.state.value,
            allowed=[state.value for state in allowed],
        )
    precondition.check_if_given(tag_of(with_draft_baseline(holdings, held, view.day)))
    at = ledger.stamp(session, view.now, Change(ChangeKind.TARGET, ods_code, id_))
    record = Record(at, author_of(caller), decision.comment)
    moved = _moved(chosen, decision.state, record)
    targets.add_move(session, moved)
    versions = Versions(tuple(moved if one is chosen else one for one in held.all))
    return show(holdings, versions, view, number=decision.version)


def _moved(target: Target, state: TargetState, record: Record) -> Target:
    return replace(target, version=target.version.moved(state, record))
