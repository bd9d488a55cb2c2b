"""Drafting targets: a first version, a further one, and changes of what is not submitted yet."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from app.domain.bands import StaffGroup
from app.domain.callers import Action, Caller
from app.domain.changes import Change, ChangeKind
from app.domain.codes import TargetState
from app.domain.errors import (
    Fault,
    MeasureCannotBeNarrowed,
    TargetAlreadySet,
    TargetDraftOpen,
    TargetNotDraft,
    UnacceptableTarget,
)
from app.domain.holdings import Holdings
from app.domain.measures import Measure, Scope
from app.domain.preconditions import Precondition
from app.domain.records import Author, Record
from app.domain.target_checks import (
    find_baseline_faults,
    find_goal_faults,
    find_milestone_faults,
    find_reference_share,
    find_terms_faults,
)
from app.domain.target_moves import Move
from app.domain.target_versions import Versions
from app.domain.targets import Baseline, Target, TargetVersion, Terms, target_id
from app.services.access import author_of, authorise
from app.services.holdings import read_holdings
from app.services.target_views import (
    ShownTarget,
    View,
    find_start,
    show,
    tag_of,
    with_draft_baseline,
)
from app.store import censuses, ledger, organisations, targets


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A target as a caller sets it.

    Attributes:
        baseline: Stated only where no actuals are held; its year is that of the cycle.
        change_reason: Why a further version takes the place of the one before; None for the
            first.
    """

    measure: Measure
    staff_group: StaffGroup | None
    cycle: str
    terms: Terms
    baseline: Baseline | None = None
    change_reason: str | None = None


def draft_target(
    session: Session, *, ods_code: str, draft: TargetDraft, caller: Caller, view: View
) -> ShownTarget:
    """Store a new target as a draft.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not set the trust's targets.
        UnacceptableTarget: It has faults, all of which are listed.
        TargetAlreadySet: The trust has a target for the measure in the cycle.
    """
    holdings = begin(session, ods_code, caller)
    author = author_of(caller)
    draft = replace(draft, terms=draft.terms.set_by(author))
    first = first_move(1, draft, Record(view.now, author))
    checked = check(session, holdings, draft, first, view.now)
    if targets.find(session, ods_code, checked.id) is not None:
        raise TargetAlreadySet(ods_code, checked.id)
    at = ledger.stamp(session, view.now, Change(ChangeKind.TARGET, ods_code, checked.id))
    moves = (Move(TargetState.DRAFT, Record(at, author)),)
    target = replace(checked, version=replace(checked.version, moves=moves))
    targets.add(session, target)
    return show(holdings, Versions((target,)), view, number=None)


def draft_version(
    session: Session,
    *,
    ods_code: str,
    id_: str,
    change: Callable[[TargetDraft], TargetDraft],
    precondition: Precondition,
    caller: Caller,
    view: View,
) -> ShownTarget:
    """Store a further version of a target as a draft; the one in force stays so for now.

    Args:
        session: A writing session.
        ods_code: The trust's.
        id_: The target's.
        change: Returns the draft, given what the version before says. Measure, staff group and
            cycle stay.
        precondition: What the caller last saw; not required.
        caller: Who drafts it.
        view: How the answer is looked at.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not set the trust's targets.
        TargetNotFound: The trust has no such target.
        TargetDraftOpen: There is a draft of it already.
        RevisionStale: The caller names another state than the one held.
        UnacceptableTarget: It has faults, all of which are listed.
    """
    holdings = begin(session, ods_code, caller)
    held = targets.get(session, ods_code, id_)
    if held.draft is not None:
        raise TargetDraftOpen(ods_code, id_, held.draft.version.version)
    precondition.check_if_given(tag_of(held))
    at = ledger.stamp(session, view.now, Change(ChangeKind.TARGET, ods_code, id_))
    record = Record(at, author_of(caller))
    draft = change(as_draft(held.shown))
    draft = replace(draft, terms=draft.terms.set_by(record.author))
    version = first_move(held.newest.version.version + 1, draft, record)
    target = check(session, holdings, draft, version, view.now)
    targets.add_versions(session, [target])
    return show(holdings, Versions((*held.all, target)), view, number=target.version.version)


def change_draft(
    session: Session,
    *,
    ods_code: str,
    id_: str,
    change: Callable[[TargetDraft], TargetDraft],
    precondition: Precondition,
    caller: Caller,
    view: View,
) -> ShownTarget:
    """Store what a draft says now; a submitted version is never changed.

    Args:
        session: A writing session.
        ods_code: The trust's.
        id_: The target's.
        change: Returns the draft as it should be, given what it is. Measure, staff group and
            cycle stay.
        precondition: What the caller last saw.
        caller: Who changes it.
        view: How the answer is looked at.

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
    before = as_draft(draft)
    wanted = with_provenance(change(before), before, author_of(caller))
    number = draft.version.version
    if wanted == before:
        return show(holdings, held, view, number=number)
    tag = tag_of(with_draft_baseline(holdings, held, view.day))
    replace(precondition, seen=tag).check(tag)
    at = ledger.stamp(session, view.now, Change(ChangeKind.TARGET, ods_code, id_))
    record = Record(at, author_of(caller))
    version = replace(
        draft.version,
        terms=wanted.terms,
        baseline=wanted.baseline,
        reason=wanted.change_reason,
        edit=draft.version.edit + 1,
    )
    target = check(session, holdings, wanted, version, view.now)
    targets.add_edit(session, target, record)
    return show(holdings, Versions((*held.all[:-1], target)), view, number=number)


def begin(session: Session, ods_code: str, caller: Caller) -> Holdings:
    """Wait for the turn to change a trust's targets; return what is held of the trust.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not set the trust's targets.
    """
    ledger.take_turn(session)
    trust = organisations.get_registered_trust(session, ods_code)
    authorise(session, caller, Action.SET_TARGETS, trust.organisation)
    return read_holdings(session, trust)


def require_draft(held: Versions) -> Target:
    """Return the version that is being drafted.

    Raises:
        TargetNotDraft: There is none.
    """
    if held.draft is None:
        shown = held.shown
        raise TargetNotDraft(shown.ods_code, shown.id, shown.version.state.value)
    return held.draft


def as_draft(target: Target) -> TargetDraft:
    """Return a version of a target as it was set."""
    version = target.version
    stated = version.baseline if version.baseline and version.baseline.is_stated else None
    return TargetDraft(
        target.scope.measure,
        target.scope.staff_group,
        target.cycle.code,
        version.terms,
        stated,
        version.reason,
    )


def check(
    session: Session,
    holdings: Holdings,
    draft: TargetDraft,
    version: TargetVersion,
    now: datetime,
) -> Target:
    """Return the target of a draft; refuse it with all of its faults.

    Raises:
        UnacceptableTarget: It has faults.
    """
    faults: list[Fault] = []
    try:
        scope = Scope(draft.measure, draft.staff_group)
    except MeasureCannotBeNarrowed as error:
        faults.append(Fault("/staff_group", error.code, str(error)))
        scope = Scope(draft.measure)
    if (version.version > 1) != (draft.change_reason is not None):
        detail = "Say why a further version takes the place of the one before, and only then."
        faults.append(Fault("/change_reason", "reason_of_further_version", detail))
    cycle = censuses.find_cycle(session, draft.cycle)
    faults.extend(find_terms_faults(scope, cycle, draft.terms, now.date()))
    if cycle is None:
        detail = f"There is no cycle {draft.cycle}."
        raise UnacceptableTarget([*faults, Fault("/cycle", "cycle_not_found", detail)])
    stated = replace(draft.baseline, year=cycle.starts) if draft.baseline else None
    trust = holdings.lineage.trust.ods_code
    target = Target(
        trust, target_id(scope, cycle), scope, cycle, replace(version, baseline=stated)
    )
    faults.extend(_find_start_faults(holdings, target))
    if faults:
        raise UnacceptableTarget(faults)
    return target


def _find_start_faults(holdings: Holdings, target: Target) -> list[Fault]:
    """Return how a target contradicts the figures that it starts from."""
    start, terms = find_start(holdings, target), target.version.terms
    stated = target.version.baseline
    faults = list(find_baseline_faults(stated, start.baseline, holdings.lineage))
    baseline = start.baseline or stated
    if baseline is not None:
        reference = find_reference_share(target.scope, terms.reference, baseline, start.staff)
        faults.extend(find_goal_faults(terms.goal, baseline, reference))
        faults.extend(find_milestone_faults(terms, baseline))
    return faults


def first_move(number: int, draft: TargetDraft, record: Record) -> TargetVersion:
    """Return a version that begins its life as a draft."""
    moves = (Move(TargetState.DRAFT, record),)
    return TargetVersion(number, draft.terms, draft.baseline, moves, reason=draft.change_reason)


def with_provenance(wanted: TargetDraft, before: TargetDraft, author: Author) -> TargetDraft:
    """Return a changed draft whose goal comes from where it came, unless it is another now."""
    old, new = before.terms, wanted.terms
    if (old.goal, old.milestones) == (new.goal, new.milestones):
        terms = replace(new, basis=old.basis, is_national=old.is_national)
    else:
        terms = replace(new, basis=None).set_by(author)
    return replace(wanted, terms=terms)
