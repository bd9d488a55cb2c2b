"""Routes of the pages of a trust's action plans."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.dashboard.deps import Now, PageCaller, ReadSession
from app.dashboard.rendering import render
from app.dashboard.routes.plan_desk import PLANS, find_plan, find_targets
from app.dashboard.routing import PageRoute
from app.dashboard.views.contents import list_trust_pages
from app.dashboard.views.plan_reviews import FIGURES
from app.dashboard.views.plans import ADDED, DONE, tell_plan, tell_plans
from app.domain.callers import Action
from app.domain.errors import ActionPlanNotFound, NotAllowed, TokenInvalid
from app.services import censuses, plans
from app.services.access import authorise, may
from app.services.organisations import get_trust

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get(PLANS)
def show_plans(ods_code: str, caller: PageCaller, now: Now, session: ReadSession) -> Response:
    """List a trust's action plans."""
    trust = get_trust(session, ods_code=ods_code)
    try:
        held = plans.list_plans(session, ods_code=ods_code, as_of=None, caller=caller, now=now)
    except (TokenInvalid, NotAllowed):
        held = None
    page = tell_plans(
        trust,
        held,
        cycles=censuses.list_cycles(session),
        may_write=may(session, caller, Action.WRITE_PLANS, trust),
    )
    return render("plans.html", page=page, contents=list_trust_pages(ods_code, ADDED))


@router.get(f"{PLANS}/{{cycle}}")
def show_plan(
    ods_code: str,
    cycle: str,
    *,
    caller: PageCaller,
    now: Now,
    session: ReadSession,
    done: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Tell a trust's plan for a cycle, and how it went."""
    trust = get_trust(session, ods_code=ods_code)
    authorise(session, caller, Action.READ_PLANS, trust)
    known = censuses.get_cycle(session, code=cycle)
    may_write = may(session, caller, Action.WRITE_PLANS, trust)
    shown = find_plan(session, ods_code, cycle, caller, now)
    if shown is None and not may_write:
        raise ActionPlanNotFound(ods_code, cycle)
    page = tell_plan(
        trust,
        known,
        shown,
        targets=find_targets(session, ods_code, caller, now),
        revisions=plans.list_revisions(
            session, ods_code=ods_code, cycle=cycle, as_of=None, caller=caller, now=now
        )
        if shown
        else (),
        may_write=may_write,
        today=now.date(),
        done=DONE.get(done, ""),
    )
    return render("plan.html", page=page, figures=FIGURES)
