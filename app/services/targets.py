"""Setting targets: drafts, submission, and reading them back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from sqlmodel import Session

from app.domain.bands import StaffGroup
from app.domain.callers import Action, Caller
from app.domain.codes import Caution, TargetState
from app.domain.errors import (
    Fault,
    MeasureCannotBeNarrowed,
    TargetAlreadySet,
    TargetNotDraft,
    UnacceptableTarget,
)
from app.domain.measures import Measure, Scope
from app.domain.perimeter import find_baseline
from app.domain.preconditions import Precondition
from app.domain.records import Record
from app.domain.series import Joined
from app.domain.target_checks import (
    find_baseline_faults,
    find_goal_faults,
    find_reference_share,
    find_target_cautions,
    find_terms_faults,
)
from app.domain.targets import Baseline, Target, TargetVersion, Terms, target_id
from app.services.access import author_of, authorise
from app.services.holdings import read_holdings
from app.services.instants import refuse_future
from app.store import censuses, ledger, organisations, targets
from app.store.organisations import Registered


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A target as a caller sets it.

    Attributes:
        baseline: Stated only where no actuals are held; its year is that of the cycle.
    """

    measure: Measure
    staff_group: StaffGroup | None
    cycle: str
    terms: Terms
    baseline: Baseline | None = None


@dataclass(frozen=True, slots=True)
class ShownTarget:
    """A target with the warnings about it, which are no refusal."""

    target: Target
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class _Start:
    """What a target starts from, by the actuals held."""

    baseline: Baseline | None
    staff: Joined | None


def tag_of(target: Target) -> str:
    """Return the entity tag of a target as it is shown.

    It names the version, state and edit, and in a draft the baseline, which moves with the
    actuals.
    """
    version, baseline = target.version, target.version.baseline
    tag = f"{version.version}-{version.state}-{version.edit}"
    if version.state is TargetState.DRAFT and baseline is not None:
        counts = (baseline.bme, baseline.total, baseline.workforce_bme, baseline.workforce_total)
        tag += f"-{'.'.join(map(str, counts))}"
    return f'"{tag}"'


def draft_target(
    session: Session, *, ods_code: str, draft: TargetDraft, caller: Caller, now: datetime
) -> ShownTarget:
    """Store a new target as a draft.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not set the trust's targets.
        UnacceptableTarget: It has faults, all of which are listed.
        TargetAlreadySet: The trust has a target for the measure in the cycle.
    """
    ledger.take_turn(session)
    trust = organisations.get_registered_trust(session, ods_code)
    authorise(session, caller, Action.SET_TARGETS, trust.organisation)
    record = Record(ledger.stamp(session, now), author_of(caller))
    version = TargetVersion(1, draft.terms, draft.baseline, TargetState.DRAFT, record)
    target = _checked(session, trust, draft, version, now)
    if targets.find(session, ods_code, target.id) is not None:
        raise TargetAlreadySet(ods_code, target.id)
    targets.add(session, target)
    return _shown(session, trust, target)


def change_draft(
    session: Session,
    *,
    ods_code: str,
    id_: str,
    change: Callable[[TargetDraft], TargetDraft],
    precondition: Precondition,
    caller: Caller,
    now: datetime,
) -> ShownTarget:
    """Store what a draft says now; a submitted target is never changed.

    Args:
        session: A writing session.
        ods_code: The trust's.
        id_: The target's.
        change: Returns the draft as it should be, given what it is. Measure, staff group and
            cycle stay.
        precondition: What the caller last saw.
        caller: Who changes it.
        now: The instant.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not set the trust's targets.
        TargetNotFound: The trust has no such target.
        TargetNotDraft: It was submitted.
        RevisionStale: The caller names another state than the one held.
        RevisionNotNamed: The caller names none.
        UnacceptableTarget: It has faults, all of which are listed.
    """
    ledger.take_turn(session)
    trust = organisations.get_registered_trust(session, ods_code)
    authorise(session, caller, Action.SET_TARGETS, trust.organisation)
    held = _get_draft(session, ods_code, id_)
    before = _as_draft(held)
    wanted = change(before)
    if wanted == before:
        return _shown(session, trust, held)
    tag = tag_of(_shown(session, trust, held).target)
    replace(precondition, seen=tag).check(tag)
    record = Record(ledger.stamp(session, now), author_of(caller))
    version = replace(
        held.version, terms=wanted.terms, baseline=wanted.baseline, edit=held.version.edit + 1
    )
    target = _checked(session, trust, wanted, version, now)
    targets.add_edit(session, target, record)
    return _shown(session, trust, target)


def submit_target(
    session: Session,
    *,
    ods_code: str,
    id_: str,
    precondition: Precondition,
    caller: Caller,
    now: datetime,
) -> ShownTarget:
    """Put a draft in force: its baseline is frozen, and it never changes again.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not set the trust's targets.
        TargetNotFound: The trust has no such target.
        TargetNotDraft: It was submitted before.
        RevisionStale: The caller names another state than the one held.
        UnacceptableTarget: It has faults, all of which are listed.
    """
    ledger.take_turn(session)
    trust = organisations.get_registered_trust(session, ods_code)
    authorise(session, caller, Action.SET_TARGETS, trust.organisation)
    held = _get_draft(session, ods_code, id_)
    precondition.check_if_given(tag_of(_shown(session, trust, held).target))
    record = Record(ledger.stamp(session, now), author_of(caller))
    version = replace(
        held.version,
        state=TargetState.SUBMITTED,
        submitted=record,
        edit=held.version.edit + 1,
    )
    target = _checked(session, trust, _as_draft(held), version, now)
    start = _find_start(session, trust, target)
    baseline = start.baseline or target.version.baseline
    if baseline is None:
        detail = (
            f"No actuals for {target.cycle.starts} are held; send them, or state the baseline with"
            " its source."
        )
        raise UnacceptableTarget([Fault("/baseline", "baseline_missing", detail)])
    target = target.with_baseline(baseline)
    targets.submit(session, target, record)
    return _shown(session, trust, target)


def get_target(
    session: Session,
    *,
    ods_code: str,
    id_: str,
    as_of: datetime | None,
    caller: Caller,
    now: datetime,
) -> ShownTarget:
    """Return one of a trust's targets as of an instant.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and the trust is real.
        NotAllowed: The caller may not read the trust's targets.
        TargetNotFound: The trust had no such target.
        UnacceptableQuestion: The instant has not come.
    """
    trust = organisations.get_registered_trust(session, ods_code)
    authorise(session, caller, Action.READ_TARGETS, trust.organisation)
    refuse_future(as_of, now)
    held = targets.get(session, ods_code, id_, as_of=as_of)
    return _shown(session, trust, held, as_of=as_of)


def list_targets(
    session: Session, *, ods_code: str, as_of: datetime | None, caller: Caller, now: datetime
) -> list[ShownTarget]:
    """Return a trust's targets as of an instant, oldest cycle first, in the order of measures.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and the trust is real.
        NotAllowed: The caller may not read the trust's targets.
        UnacceptableQuestion: The instant has not come.
    """
    trust = organisations.get_registered_trust(session, ods_code)
    authorise(session, caller, Action.READ_TARGETS, trust.organisation)
    refuse_future(as_of, now)
    order = list(Measure)
    found = sorted(
        targets.list_of(session, ods_code, as_of=as_of),
        key=lambda t: (t.cycle.starts, order.index(t.scope.measure), t.scope.staff_group or ""),
    )
    return [_shown(session, trust, target, as_of=as_of) for target in found]


def _get_draft(session: Session, ods_code: str, id_: str) -> Target:
    held = targets.get(session, ods_code, id_)
    if held.version.state is not TargetState.DRAFT:
        raise TargetNotDraft(ods_code, id_, held.version.state.value)
    return held


def _as_draft(target: Target) -> TargetDraft:
    """Return a target as it was set."""
    baseline = target.version.baseline
    return TargetDraft(
        target.scope.measure,
        target.scope.staff_group,
        target.cycle.code,
        target.version.terms,
        baseline if baseline and baseline.is_stated else None,
    )


def _checked(
    session: Session,
    trust: Registered,
    draft: TargetDraft,
    version: TargetVersion,
    now: datetime,
) -> Target:
    """Return the target of a draft; refuse it with all of its faults."""
    faults: list[Fault] = []
    try:
        scope = Scope(draft.measure, draft.staff_group)
    except MeasureCannotBeNarrowed as error:
        faults.append(Fault("/staff_group", error.code, str(error)))
        scope = Scope(draft.measure)
    cycle = censuses.find_cycle(session, draft.cycle)
    faults.extend(find_terms_faults(scope, cycle, draft.terms, now.date()))
    if cycle is None:
        detail = f"There is no cycle {draft.cycle}."
        raise UnacceptableTarget([*faults, Fault("/cycle", "cycle_not_found", detail)])
    stated = replace(draft.baseline, year=cycle.starts) if draft.baseline else None
    target = Target(
        trust.organisation.ods_code,
        target_id(scope, cycle),
        scope,
        cycle,
        replace(version, baseline=stated),
    )
    start = _find_start(session, trust, target)
    faults.extend(find_baseline_faults(stated, start.baseline))
    baseline = start.baseline or stated
    if baseline is not None:
        reference = find_reference_share(scope, draft.terms.reference, baseline, start.staff)
        faults.extend(find_goal_faults(draft.terms.goal, baseline, reference))
    if faults:
        raise UnacceptableTarget(faults)
    return target


def _find_start(
    session: Session, trust: Registered, target: Target, *, as_of: datetime | None = None
) -> _Start:
    """Return where a target would start by the actuals held at an instant."""
    holdings = read_holdings(session, trust, as_of=as_of)
    year = target.cycle.starts
    history = holdings.history(target.scope)
    return _Start(
        find_baseline(history, holdings.staff, target.scope, year, target.ods_code),
        holdings.staff.censuses.get(year),
    )


def _shown(
    session: Session, trust: Registered, target: Target, *, as_of: datetime | None = None
) -> ShownTarget:
    """Return a target with its warnings; a draft with the baseline it would have had then."""
    start = _find_start(session, trust, target, as_of=as_of)
    if target.version.state is TargetState.DRAFT and start.baseline is not None:
        target = target.with_baseline(start.baseline)
    terms, baseline = target.version.terms, target.version.baseline
    reference: Fraction | None = None
    if baseline is not None:
        reference = find_reference_share(target.scope, terms.reference, baseline, start.staff)
    return ShownTarget(target, find_target_cautions(terms.goal, baseline, reference))
