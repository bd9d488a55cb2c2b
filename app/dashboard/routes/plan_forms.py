"""Routes of the forms with which a trust writes its action plan."""

from fastapi import APIRouter, Response

from app.dashboard.deps import FormEntered, Now, ReadSession, SignedInCaller, WriteSession
from app.dashboard.entered import Entered
from app.dashboard.plan_desk import PLANS, Desk, find_targets
from app.dashboard.rendering import render
from app.dashboard.routing import PageRoute, explain_absence
from app.dashboard.views.plan_forms import (
    ANEW,
    PlanForm,
    fields_of_action,
    fields_of_details,
    tell_action_form,
    tell_details_form,
    tell_review_form,
    with_action,
    with_details,
    with_review,
)
from app.domain.plans import REVIEWED_AFTER

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get(f"{PLANS}/{{cycle}}/actions/{{action_id}}")
def show_action(
    ods_code: str,
    cycle: str,
    action_id: str,
    *,
    caller: SignedInCaller,
    now: Now,
    session: ReadSession,
) -> Response:
    """Show an action of a plan to whoever would change it, or ask for a new one."""
    desk = Desk.open(session, ods_code, cycle, caller, now)
    action = desk.find_action(action_id)
    if action is None and action_id != ANEW:
        return _explain_no_action(action_id)
    entered = Entered(fields_of_action(action) if action else {"status": ("planned",)})
    page = tell_action_form(desk.trust, desk.cycle, entered, action, seen=desk.seen)
    return _show_form("plan_action.html", page)


@router.post(f"{PLANS}/{{cycle}}/actions/{{action_id}}")
def post_action(
    ods_code: str,
    cycle: str,
    action_id: str,
    entered: FormEntered,
    *,
    caller: SignedInCaller,
    now: Now,
    session: WriteSession,
) -> Response:
    """Add an action to a plan, or change one."""
    desk = Desk.open(session, ods_code, cycle, caller, now)
    action = desk.find_action(action_id)
    if action is None and action_id != ANEW:
        return _explain_no_action(action_id)
    at = desk.plan.actions.index(action) if action else len(desk.plan.actions)
    start = f"/actions/{at}"
    fields = {f"{start}/{name}": name for name in ("title", "owner", "due", "notes")}
    plan = with_action(desk.plan, entered, action_id)
    status = desk.store(session, plan, entered, fields)
    if status is None:
        return desk.lead_back("action")
    page = tell_action_form(desk.trust, desk.cycle, entered, action, seen=desk.seen)
    return _show_form("plan_action.html", page, status)


@router.get(f"{PLANS}/{{cycle}}/details")
def show_details(
    ods_code: str, cycle: str, caller: SignedInCaller, now: Now, session: ReadSession
) -> Response:
    """Ask what a plan serves, and where it is published."""
    desk = Desk.open(session, ods_code, cycle, caller, now)
    targets = find_targets(session, ods_code, caller, now)
    entered = Entered(fields_of_details(desk.plan))
    page = tell_details_form(desk.trust, desk.cycle, entered, targets=targets, seen=desk.seen)
    return _show_form("plan_details.html", page)


@router.post(f"{PLANS}/{{cycle}}/details")
def post_details(
    ods_code: str,
    cycle: str,
    entered: FormEntered,
    *,
    caller: SignedInCaller,
    now: Now,
    session: WriteSession,
) -> Response:
    """Store what a plan serves, and where it is published."""
    desk = Desk.open(session, ods_code, cycle, caller, now)
    names = ("targets", "published_url", "published_on")
    fields = {f"/{name}": name for name in names}
    status = desk.store(session, with_details(desk.plan, entered), entered, fields)
    if status is None:
        return desk.lead_back("details")
    targets = find_targets(session, ods_code, caller, now)
    page = tell_details_form(desk.trust, desk.cycle, entered, targets=targets, seen=desk.seen)
    return _show_form("plan_details.html", page, status)


@router.get(f"{PLANS}/{{cycle}}/reviews/{{years}}")
def show_review(
    ods_code: str,
    cycle: str,
    years: int,
    *,
    caller: SignedInCaller,
    now: Now,
    session: ReadSession,
) -> Response:
    """Ask how a plan went."""
    desk = Desk.open(session, ods_code, cycle, caller, now)
    if years not in REVIEWED_AFTER:
        return explain_absence("A plan is reviewed after one year and after three.")
    said = next((one.comment for one in desk.plan.reviews if one.after_years == years), "")
    page = tell_review_form(
        desk.trust,
        desk.cycle,
        Entered({"comment": (said,)}),
        years,
        is_new=not said,
        seen=desk.seen,
    )
    return _show_form("plan_review.html", page)


@router.post(f"{PLANS}/{{cycle}}/reviews/{{years}}")
def post_review(
    ods_code: str,
    cycle: str,
    years: int,
    entered: FormEntered,
    *,
    caller: SignedInCaller,
    now: Now,
    session: WriteSession,
) -> Response:
    """Store how a plan went, with the figures of the day."""
    desk = Desk.open(session, ods_code, cycle, caller, now)
    if years not in REVIEWED_AFTER:
        return explain_absence("A plan is reviewed after one year and after three.")
    fields = {"/reviews": "comment"}
    is_new = all(one.after_years != years for one in desk.plan.reviews)
    status = desk.store(session, with_review(desk.plan, entered, years), entered, fields)
    if status is None:
        return desk.lead_back("review" if is_new else "comment")
    page = tell_review_form(desk.trust, desk.cycle, entered, years, is_new=is_new, seen=desk.seen)
    return _show_form("plan_review.html", page, status)


def _explain_no_action(action_id: str) -> Response:
    return explain_absence(f"The plan has no action {action_id}.")


def _show_form(template: str, page: PlanForm, status: int = 200) -> Response:
    return render(template, status=status, page=page)
