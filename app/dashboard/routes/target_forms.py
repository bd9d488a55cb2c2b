"""Routes of the form in which a target is set, and of what it answers while it is filled in."""

from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from app.dashboard.deps import FormEntered, Forms, QueryEntered, ReadSession
from app.dashboard.forms.entered import Entered
from app.dashboard.forms.targets import fields_of_milestones, read_target
from app.dashboard.rendering import render
from app.dashboard.routes.target_desk import CANNOT_BE, Setter, ask_change, enter_held, find_asked
from app.dashboard.routes.targets import ADDED, PREFIX, TargetId
from app.dashboard.routing import SEE_OTHER, PageRoute
from app.dashboard.views.contents import list_trust_pages
from app.dashboard.views.target_answers import MILESTONES, Answer
from app.dashboard.views.target_forms import OFFERS, Asked, ask_start, ask_target
from app.dashboard.views.target_words import place_faults
from app.dashboard.views.targets import names_of
from app.domain.errors import (
    RevisionStale,
    TargetAlreadySet,
    TargetDraftOpen,
    TargetNotDraft,
    UnacceptableTarget,
)
from app.domain.organisations import Organisation
from app.services.censuses import list_cycles
from app.services.target_views import ShownTarget

router = APIRouter(prefix=PREFIX, route_class=PageRoute, include_in_schema=False)

SHOW: Final = "show"
"""The step of whoever wants to see what a goal means, and stores nothing yet."""

_OK, _UNACCEPTABLE, _CONFLICT = 200, 422, 409


@router.get("/new")
def show_new_target(setter: Setter, entered: QueryEntered, session: ReadSession) -> Response:
    """Ask for a group and a cycle, then for the goal."""
    trust = setter.find_trust(session)
    if not entered.raw("measure"):
        return _render_start(session, setter, trust, entered)
    asked = find_asked(session, trust, entered)
    if asked is None:
        return _render_start(session, setter, trust, entered)
    held = setter.find_held(session, asked)
    if held is not None:
        return _render_start(session, setter, trust, entered, held=held)
    return _render_form(session, setter, asked, entered)


@router.post("/new")
def post_new_target(setter: Setter, entered: FormEntered, forms: Forms) -> Response:
    """Draft a target, or show what it would mean."""
    with forms.reading() as session:
        trust = setter.find_trust(session)
        asked = find_asked(session, trust, entered)
        if asked is None:
            return _render_start(session, setter, trust, entered)
        if entered.raw("step") == SHOW:
            return _render_form(session, setter, asked, entered)
        draft = read_target(entered, asked.scope, asked.cycle, is_further=False)
        if draft is None:
            return _render_form(session, setter, asked, entered)
    try:
        with forms.writing() as session:
            shown = setter.store_new(session, draft, entered)
    except UnacceptableTarget as error:
        entered.tell(place_faults(error.faults, fields_of_milestones(draft)))
        with forms.reading() as session:
            return _render_form(session, setter, asked, entered)
    except TargetAlreadySet:
        with forms.reading() as session:
            held = setter.find_held(session, asked)
            return _render_start(session, setter, trust, entered, held=held, status=_CONFLICT)
    return _lead_to(shown)


@router.get("/preview")
def show_target_preview(setter: Setter, entered: QueryEntered, session: ReadSession) -> Response:
    """Tell what a target would mean, as the part of the form's page that says so."""
    asked = find_asked(session, setter.find_trust(session), entered)
    if asked is None:
        answer = Answer(CANNOT_BE, [one.sentence for one in entered.faults])
    else:
        answer, _ = setter.answer(session, asked, entered)
    return render("target_answer.html", answer=answer, milestones=MILESTONES)


@router.get("/{target_id}/edit")
def show_target_change(
    setter: Setter, target_id: TargetId, entered: QueryEntered, session: ReadSession
) -> Response:
    """Ask for what a draft should say, or for a further version of what is in force."""
    trust = setter.find_trust(session)
    shown = setter.find_newest(session, target_id)
    filled = entered if entered.raw("form") else enter_held(shown)
    return _render_form(session, setter, ask_change(trust, shown), filled)


@router.post("/{target_id}/edit")
def post_target_change(
    setter: Setter, target_id: TargetId, entered: FormEntered, forms: Forms
) -> Response:
    """Change a draft, draft a further version, or show what either would mean."""
    with forms.reading() as session:
        trust = setter.find_trust(session)
        shown = setter.find_newest(session, target_id)
        asked = ask_change(trust, shown)
        if entered.raw("step") == SHOW:
            return _render_form(session, setter, asked, entered)
        draft = read_target(entered, asked.scope, asked.cycle, is_further=asked.is_further)
        if draft is None:
            return _render_form(session, setter, asked, entered)
    try:
        with forms.writing() as session:
            stored = setter.store_change(session, shown, draft, entered)
    except UnacceptableTarget as error:
        entered.tell(place_faults(error.faults, fields_of_milestones(draft)))
        with forms.reading() as session:
            return _render_form(session, setter, asked, entered)
    except (RevisionStale, TargetDraftOpen, TargetNotDraft):
        with forms.reading() as session:
            newest = setter.find_newest(session, target_id)
            renewed = entered.but(tag=newest.tag)
            asked = ask_change(trust, newest)
            return _render_form(session, setter, asked, renewed, changed=_path_of(newest))
    return _lead_to(stored)


def _render_start(
    session: Session,
    setter: Setter,
    trust: Organisation,
    entered: Entered,
    *,
    held: tuple[str, str] | None = None,
    status: int = _OK,
) -> Response:
    day = setter.now.date()
    page = ask_start(trust, entered, list_cycles(session), day, held=held)
    return render(
        "target_start.html",
        status=_UNACCEPTABLE if entered.faults else status,
        page=page,
        contents=list_trust_pages(trust.ods_code, f"{ADDED}/new"),
    )


def _render_form(
    session: Session,
    setter: Setter,
    asked: Asked,
    entered: Entered,
    *,
    changed: str | None = None,
) -> Response:
    """Return the page with the form; every fault is told once there is one."""
    answer, contradictions = setter.answer(session, asked, entered)
    if entered.faults:
        told = {one.field for one in entered.faults}
        entered.tell(one for one in contradictions if one.field not in told)
    page = ask_target(
        asked,
        entered,
        setter.list_proposals(session, asked),
        answer,
        changed=changed,
    )
    return render(
        "target_form.html",
        status=_UNACCEPTABLE if entered.faults else _CONFLICT if changed else _OK,
        page=page,
        contents=list_trust_pages(setter.ods_code, f"{ADDED}/new"),
        offers=OFFERS,
        milestones=MILESTONES,
    )


def _path_of(shown: ShownTarget) -> str:
    _, path = names_of(shown.target)
    return f"{path}?version={shown.target.version.version}"


def _lead_to(shown: ShownTarget) -> Response:
    return RedirectResponse(f"{_path_of(shown)}&done=drafted", SEE_OTHER)
