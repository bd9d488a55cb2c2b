"""Putting action plans, and reading them back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from app.domain.callers import MAY, Action, Caller
from app.domain.censuses import Cycle
from app.domain.changes import Change, ChangeKind
from app.domain.errors import ActionPlanNotFound, UnacceptableActionPlan
from app.domain.organisations import Organisation
from app.domain.plan_checks import Surroundings, find_plan_faults
from app.domain.plan_figures import ReviewFigures, take_figures
from app.domain.plans import ActionPlan, PlanRevision
from app.domain.preconditions import Precondition, dated
from app.domain.records import Record
from app.services.access import author_of, authorise
from app.services.censuses import get_cycle
from app.services.holdings import read_holdings
from app.services.instants import refuse_future
from app.store import ledger, organisations, plans, targets
from app.store.organisations import Registered


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """A plan as a caller is shown it.

    Attributes:
        day: On which days are counted.
        has_figures: Whether the caller may see the figures of its reviews.
    """

    revision: PlanRevision
    day: date
    has_figures: bool

    @property
    def tag(self) -> str:
        """The entity tag of the plan as it is shown, which may count days."""
        tag = tag_of(self.revision)
        return dated(tag, self.day) if self.revision.plan.is_open else tag


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """What is held after a write.

    Attributes:
        is_new: Whether it is the first revision of the plan.
    """

    shown: ShownPlan
    is_new: bool


def tag_of(revision: PlanRevision) -> str:
    """Return the entity tag of what is held."""
    return f'"{revision.revision}"'


def find_tag(session: Session, *, ods_code: str, cycle: str) -> str | None:
    """Return the entity tag of a trust's plan for a cycle, or None if none is held."""
    held = plans.find(session, ods_code, cycle)
    return tag_of(held) if held else None


def put_plan(
    session: Session,
    *,
    ods_code: str,
    cycle: str,
    plan: ActionPlan,
    precondition: Precondition,
    caller: Caller,
    now: datetime,
) -> StoredPlan:
    """Store a trust's plan for a cycle as a new revision; the same again changes nothing.

    The figures of a review are taken when it is first stored, and stay.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token.
        NotAllowed: The caller may not write the trust's plans.
        CycleNotFound: There is no such cycle.
        UnacceptableActionPlan: It has faults, all of which are listed.
        RevisionStale: The caller names another revision than the one held.
        RevisionNotNamed: The caller names none, and one is held.
        ChangedMeanwhile: A first write lost a race.
    """
    ledger.take_turn(session)
    trust = organisations.get_registered_trust(session, ods_code)
    authorise(session, caller, Action.WRITE_PLANS, trust.organisation)
    known = get_cycle(session, code=cycle)
    held = plans.find(session, ods_code, cycle)
    around = _survey(session, ods_code, known, held, now.date())
    faults = list(find_plan_faults(plan, around))
    if faults:
        raise UnacceptableActionPlan(faults)
    sent = plan.in_order()
    if held is not None and held.plan == sent:
        return StoredPlan(_show(held, trust.organisation, caller, now), is_new=False)
    precondition.check(tag_of(held) if held else None)
    at = ledger.stamp(session, now, Change(ChangeKind.ACTION_PLAN, ods_code, cycle))
    record = Record(at, author_of(caller))
    revision = PlanRevision(
        ods_code=ods_code,
        cycle=cycle,
        revision=held.revision + 1 if held else 1,
        plan=sent,
        figures=_take_figures(session, trust, sent, held.figures if held else {}, record),
        record=record,
    )
    plans.add(session, revision)
    return StoredPlan(_show(revision, trust.organisation, caller, now), is_new=held is None)


def get_plan(
    session: Session,
    *,
    ods_code: str,
    cycle: str,
    as_of: datetime | None,
    caller: Caller,
    now: datetime,
) -> ShownPlan:
    """Return a trust's plan for a cycle as it counted at an instant.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and the trust is real.
        NotAllowed: The caller may not read the trust's plans.
        CycleNotFound: There is no such cycle.
        ActionPlanNotFound: None was held.
        UnacceptableQuestion: The instant has not come.
    """
    trust = _open(session, ods_code, as_of, caller, now)
    get_cycle(session, code=cycle)
    found = plans.find(session, ods_code, cycle, as_of=as_of)
    if found is None:
        raise ActionPlanNotFound(ods_code, cycle)
    return _show(found, trust, caller, as_of or now)


def list_plans(
    session: Session, *, ods_code: str, as_of: datetime | None, caller: Caller, now: datetime
) -> list[ShownPlan]:
    """Return a trust's plans as they counted at an instant, oldest cycle first.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and the trust is real.
        NotAllowed: The caller may not read the trust's plans.
        UnacceptableQuestion: The instant has not come.
    """
    trust = _open(session, ods_code, as_of, caller, now)
    found = plans.list_of(session, ods_code, as_of=as_of)
    return [_show(one, trust, caller, as_of or now) for one in found]


def list_revisions(
    session: Session,
    *,
    ods_code: str,
    cycle: str,
    as_of: datetime | None,
    caller: Caller,
    now: datetime,
) -> list[PlanRevision]:
    """Return every revision of a plan by an instant, oldest first; raise as `get_plan`."""
    _open(session, ods_code, as_of, caller, now)
    get_cycle(session, code=cycle)
    found = plans.list_revisions(session, ods_code, cycle, as_of=as_of)
    if not found:
        raise ActionPlanNotFound(ods_code, cycle)
    return found


def _open(
    session: Session, ods_code: str, as_of: datetime | None, caller: Caller, now: datetime
) -> Organisation:
    trust = organisations.get_trust(session, ods_code)
    authorise(session, caller, Action.READ_PLANS, trust)
    refuse_future(as_of, now)
    return trust


def _survey(
    session: Session, ods_code: str, cycle: Cycle, held: PlanRevision | None, today: date
) -> Surroundings:
    """Return what a plan is held against."""
    return Surroundings(
        cycle=cycle,
        targets={
            one.newest.id: one.newest.cycle.code for one in targets.list_of(session, ods_code)
        },
        reviewed=held.figures if held else (),
        today=today,
    )


def _take_figures(
    session: Session,
    trust: Registered,
    plan: ActionPlan,
    held: Mapping[int, ReviewFigures],
    record: Record,
) -> dict[int, ReviewFigures]:
    """Return the figures of a plan's reviews: those held, and new ones for new reviews."""
    missing = [one.after_years for one in plan.reviews if one.after_years not in held]
    if not missing:
        return dict(held)
    holdings = read_holdings(session, trust, as_of=record.at)
    figures = take_figures(holdings, plan.targets, record)
    return {**held, **dict.fromkeys(missing, figures)}


def _show(revision: PlanRevision, trust: Organisation, caller: Caller, at: datetime) -> ShownPlan:
    """Return a plan as a caller is shown it who may read the trust's plans."""
    has_figures = trust.is_synthetic or caller.role in MAY[Action.READ_FIGURES]
    return ShownPlan(revision, at.date(), has_figures)
