"""A trust's action plan on the desk of somebody who writes it on pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from fastapi import Depends, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from app.dashboard.deps import FormSessions, Now, SignedInCaller
from app.dashboard.forms.entered import Entered
from app.dashboard.forms.plans import tell_plan_faults
from app.dashboard.routing import SEE_OTHER
from app.dashboard.views.plan_forms import CHANGED
from app.dashboard.views.plans import ADDED
from app.domain.callers import Action, Caller
from app.domain.censuses import Cycle
from app.domain.errors import (
    ActionPlanNotFound,
    ChangedMeanwhile,
    RevisionNotNamed,
    RevisionStale,
    UnacceptableActionPlan,
)
from app.domain.organisations import Organisation
from app.domain.plans import EMPTY, ActionPlan, PlanAction
from app.domain.preconditions import ANY, Precondition
from app.domain.targets import Target
from app.services import censuses, plans
from app.services.access import authorise
from app.services.organisations import get_trust
from app.services.plans import ShownPlan
from app.services.target_views import View
from app.services.targets import list_targets

PLANS: Final = f"/trusts/{{ods_code}}{ADDED}"
"""The path of the page of action plans."""

_CONFLICT, _UNACCEPTABLE = 409, 422


@dataclass(frozen=True, slots=True)
class _Writer:
    """Somebody who writes a plan of a trust."""

    ods_code: str
    cycle: str
    caller: SignedInCaller
    now: Now

    def open(self, session: Session) -> "Desk":
        """Return the plan, for somebody who may write it."""
        trust = get_trust(session, ods_code=self.ods_code)
        authorise(session, self.caller, Action.WRITE_PLANS, trust)
        known = censuses.get_cycle(session, code=self.cycle)
        shown = find_plan(session, self.ods_code, self.cycle, self.caller, self.now)
        return Desk(self, trust, known, shown)

    def find_targets(self, session: Session) -> dict[str, Target]:
        """Return the trust's targets that a plan can serve, by identifier."""
        return find_targets(session, self.ods_code, self.caller, self.now)


Writer = Annotated[_Writer, Depends()]
"""Who writes a plan, of which trust and cycle."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A plan on the desk of somebody who may write it.

    Attributes:
        shown: None where there is none yet.
    """

    writer: _Writer
    trust: Organisation
    cycle: Cycle
    shown: ShownPlan | None

    @property
    def plan(self) -> ActionPlan:
        """The plan as it is held; an empty one where there is none."""
        return self.shown.revision.plan if self.shown else EMPTY

    @property
    def seen(self) -> str:
        """The tag of the plan; empty where there is none."""
        return plans.tag_of(self.shown.revision) if self.shown else ""

    def find_action(self, id_: str) -> PlanAction | None:
        """Return an action of the plan; None where it has none of the identifier."""
        return next((one for one in self.plan.actions if one.id == id_), None)

    def store(
        self,
        forms: FormSessions,
        plan: ActionPlan | None,
        entered: Entered,
        fields: Mapping[str, str],
    ) -> int | None:
        """Store a plan that was made of what was entered.

        Args:
            forms: What it is stored in.
            plan: None where something is wrong with what was entered.
            entered: It takes what is wrong.
            fields: The fields of the form, by what pointers to them begin with.

        Returns:
            The status of the page that says what is wrong; None where it is stored.
        """
        if plan is None:
            return _UNACCEPTABLE
        seen = entered.raw("seen")
        try:
            with forms.writing() as session:
                plans.put_plan(
                    session,
                    ods_code=self.trust.ods_code,
                    cycle=self.cycle.code,
                    plan=plan,
                    precondition=Precondition(if_match=frozenset({seen}))
                    if seen
                    else Precondition(if_none_match=frozenset({ANY})),
                    caller=self.writer.caller,
                    now=self.writer.now,
                )
        except UnacceptableActionPlan as error:
            tell_plan_faults(entered, error.faults, fields)
            return _UNACCEPTABLE
        except (RevisionStale, RevisionNotNamed, ChangedMeanwhile):
            entered.refuse("", CHANGED)
            return _CONFLICT
        return None

    def lead_back(self, done: str) -> Response:
        """Return what leads to the page of the plan, which says what was done."""
        path = PLANS.format(ods_code=self.trust.ods_code)
        return RedirectResponse(f"{path}/{self.cycle.code}?done={done}", SEE_OTHER)


def find_plan(
    session: Session, ods_code: str, cycle: str, caller: Caller, now: datetime
) -> ShownPlan | None:
    """Return a trust's plan for a cycle; None where there is none."""
    try:
        return plans.get_plan(
            session, ods_code=ods_code, cycle=cycle, as_of=None, caller=caller, now=now
        )
    except ActionPlanNotFound:
        return None


def find_targets(
    session: Session, ods_code: str, caller: Caller, now: datetime
) -> dict[str, Target]:
    """Return the trust's targets that a caller may see, by identifier."""
    found = list_targets(session, ods_code=ods_code, caller=caller, view=View(now))
    return {one.target.id: one.target for one in found}
