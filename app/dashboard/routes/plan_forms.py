"""Routes of the forms with which a trust writes its action plan."""

from fastapi import APIRouter, Response

from app.dashboard.deps import FormEntered, Forms, ReadSession
from app.dashboard.forms.entered import Entered
from app.dashboard.forms.plans import (
    ANEW,
    fields_of_action,
    fields_of_details,
    with_action,
    with_details,
    with_review,
)
from app.dashboard.rendering import render
from app.dashboard.routes.plan_desk import PLANS, Writer
from app.dashboard.routing import PageRoute, explain_absence
from app.dashboard.views.plan_forms import (
    PlanForm,
    tell_action_form,
    tell_details_form,
    tell_review_form,
)
from app.domain.plans import REVIEWED_AFTER

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get(f"{PLANS}/{{cycle}}/actions/{{action_id}}")
def show_action(writer: Writer, action_id: str, session: ReadSession) -> Response:
    """Show an action of a plan to whoever would change it, or ask for a new one."""
    desk = writer.open(session)
    action = desk.find_action(action_id)
    if action is None and action_id != ANEW:
        return _explain_no_action(action_id)
    entered = Entered(fields_of_action(action) if action else {"status": ("planned",)})
    page = tell_action_form(desk.trust, desk.cycle, entered, action, seen=desk.seen)
    return _show_form("plan_action.html", page)


@router.post(f"{PLANS}/{{cycle}}/actions/{{action_id}}")
def post_action(writer: Writer, action_id: str, entered: FormEntered, forms: Forms) -> Response:
    """Add an action to a plan, or change one."""
    with forms.reading() as session:
        desk = writer.open(session)
    action = desk.find_action(action_id)
    if action is None and action_id != ANEW:
        return _explain_no_action(action_id)
    at = desk.plan.actions.index(action) if action else len(desk.plan.actions)
    start = f"/actions/{at}"
    fields = {f"{start}/{name}": name for name in ("title", "owner", "due", "notes")}
    plan = with_action(desk.plan, entered, action_id)
    status = desk.store(forms, plan, entered, fields)
    if status is None:
        return desk.lead_back("action")
    page = tell_action_form(desk.trust, desk.cycle, entered, action, seen=desk.seen)
    return _show_form("plan_action.html", page, status)


@router.get(f"{PLANS}/{{cycle}}/details")
def show_details(writer: Writer, session: ReadSession) -> Response:
    """Ask what a plan serves, and where it is published."""
    desk = writer.open(session)
    targets = writer.find_targets(session)
    entered = Entered(fields_of_details(desk.plan))
    page = tell_details_form(desk.trust, desk.cycle, entered, targets=targets, seen=desk.seen)
    return _show_form("plan_details.html", page)


@router.post(f"{PLANS}/{{cycle}}/details")
def post_details(writer: Writer, entered: FormEntered, forms: Forms) -> Response:
    """Store what a plan serves, and where it is published."""
    with forms.reading() as session:
        desk = writer.open(session)
    names = ("targets", "published_url", "published_on")
    fields = {f"/{name}": name for name in names}
    status = desk.store(forms, with_details(desk.plan, entered), entered, fields)
    if status is None:
        return desk.lead_back("details")
    with forms.reading() as session:
        targets = writer.find_targets(session)
    page = tell_details_form(desk.trust, desk.cycle, entered, targets=targets, seen=desk.seen)
    return _show_form("plan_details.html", page, status)


@router.get(f"{PLANS}/{{cycle}}/reviews/{{years}}")
def show_review(writer: Writer, years: int, session: ReadSession) -> Response:
    """Ask how a plan went."""
    desk = writer.open(session)
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
def post_review(writer: Writer, years: int, entered: FormEntered, forms: Forms) -> Response:
    """Store how a plan went, with the figures of the day."""
    with forms.reading() as session:
        desk = writer.open(session)
    if years not in REVIEWED_AFTER:
        return explain_absence("A plan is reviewed after one year and after three.")
    fields = {"/reviews": "comment"}
    is_new = all(one.after_years != years for one in desk.plan.reviews)
    status = desk.store(forms, with_review(desk.plan, entered, years), entered, fields)
    if status is None:
        return desk.lead_back("review" if is_new else "comment")
    page = tell_review_form(desk.trust, desk.cycle, entered, years, is_new=is_new, seen=desk.seen)
    return _show_form("plan_review.html", page, status)


def _explain_no_action(action_id: str) -> Response:
    return explain_absence(f"The plan has no action {action_id}.")


def _show_form(template: str, page: PlanForm, status: int = 200) -> Response:
    return render(template, status=status, page=page)
