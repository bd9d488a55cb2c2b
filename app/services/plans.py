"""Putting action plans, and reading them back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.censuses import Cycle
from app.domain.changes import Change, ChangeKind
from app.domain.codes import Caution
from app.domain.errors import ActionPlanNotFound, UnacceptableActionPlan
from app.domain.methods import LATEST
from app.domain.organisations import Organisation
from app.domain.plan_checks import Surroundings, find_plan_faults, find_withdrawn
from app.domain.plan_figures import ReviewFigures, take_figures
from app.domain.plans import EMPTY, ActionPlan, PlanRevision
from app.domain.preconditions import Precondition
from app.domain.records import Record
from app.domain.target_versions import Versions
from app.services.access import author_of, authorise
from app.services.censuses import get_cycle
from app.services.holdings import read_holdings
from app.services.instants import refuse_future
from app.services.target_eyes import Eyes
from app.store import ledger, organisations, plans, targets
from app.store.organisations import Registered


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """A plan as a caller is shown it.

    Attributes:
        revision: With the targets that the caller may know of.
        day: On which days are counted.
        has_figures: Whether the caller may see the figures of its reviews.
        cautions: The warnings about it, which are no refusal.
    """

    revision: PlanRevision
    day: date
    has_figures: bool
    cautions: tuple[Caution, ...]


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
    view = _View.of(session, trust.organisation, caller, None, now)
    faults = list(find_plan_faults(plan, _survey(view, known, held)))
    if faults:
        raise UnacceptableActionPlan(faults)
    sent = plan.in_order()
    if held is not None and held.plan == sent:
        return StoredPlan(view.show(held), is_new=False)
    precondition.check(tag_of(held) if held else None)
    at = ledger.stamp(session, now, Change(ChangeKind.ACTION_PLAN, ods_code, cycle))
    record = Record(at, author_of(caller))
    before = held or PlanRevision(ods_code, cycle, 0, EMPTY, {}, {}, record)
    revision = PlanRevision(
        ods_code=ods_code,
        cycle=cycle,
        revision=before.revision + 1,
        plan=sent,
        figures=_take_figures(session, trust, sent, before.figures, record),
        comments=before.sign_comments(sent, record),
        record=record,
    )
    plans.add(session, revision)
    return StoredPlan(view.show(revision), is_new=held is None)


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
    view = _open(session, ods_code, as_of, caller, now)
    get_cycle(session, code=cycle)
    found = plans.find(session, ods_code, cycle, as_of=as_of)
    if found is None:
        raise ActionPlanNotFound(ods_code, cycle)
    return view.show(found)


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
    view = _open(session, ods_code, as_of, caller, now)
    return [view.show(one) for one in plans.list_of(session, ods_code, as_of=as_of)]


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
    view = _open(session, ods_code, as_of, caller, now)
    get_cycle(session, code=cycle)
    found = plans.list_revisions(session, ods_code, cycle, as_of=as_of)
    if not found:
        raise ActionPlanNotFound(ods_code, cycle)
    return [one.showing(view.targets) for one in found]


@dataclass(frozen=True, slots=True)
class _View:
    """What a caller sees of a trust's plans.

    Attributes:
        eyes: What the caller sees of its targets.
        targets: Those that the caller may know of, by identifier.
        day: On which days are counted.
    """

    eyes: Eyes
    targets: Mapping[str, Versions]
    day: date

    @classmethod
    def of(
        cls,
        session: Session,
        trust: Organisation,
        caller: Caller,
        as_of: datetime | None,
        now: datetime,
    ) -> Self:
        """Return what a caller sees who may read the trust's plans."""
        eyes = Eyes.of(session, caller, trust)
        held = targets.list_of(session, trust.ods_code, as_of=as_of)
        seen = [one for versions in held if (one := eyes.look_at(versions)) is not None]
        return cls(eyes, {one.newest.id: one for one in seen}, (as_of or now).date())

    def show(self, revision: PlanRevision) -> ShownPlan:
        """Return a plan as the caller is shown it."""
        shown = revision.showing(self.targets)
        cautions = tuple(find_withdrawn(shown.plan, self.targets))
        return ShownPlan(shown, self.day, self.eyes.has_figures, cautions)


def _open(
    session: Session, ods_code: str, as_of: datetime | None, caller: Caller, now: datetime
) -> _View:
    trust = organisations.get_trust(session, ods_code)
    authorise(session, caller, Action.READ_PLANS, trust)
    refuse_future(as_of, now)
    return _View.of(session, trust, caller, as_of, now)


def _survey(view: _View, cycle: Cycle, held: PlanRevision | None) -> Surroundings:
    """Return what a plan is held against."""
    return Surroundings(
        cycle=cycle,
        targets={id_: one.newest.cycle.code for id_, one in view.targets.items()},
        in_force={id_ for id_, one in view.targets.items() if one.in_force},
        reviewed=held.figures if held else (),
        today=view.day,
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
    figures = take_figures(holdings, plan.targets, record, LATEST)
    return {**held, **dict.fromkeys(missing, figures)}
