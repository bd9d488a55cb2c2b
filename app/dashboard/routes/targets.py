"""Routes of the pages on which targets are read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Query, Response
from sqlmodel import Session

from app.dashboard.deps import Now, PageCaller, ReadSession
from app.dashboard.forms.entered import Entered
from app.dashboard.rendering import render
from app.dashboard.routes.trusts import find_trust
from app.dashboard.routing import PageRoute
from app.dashboard.views.contents import list_trust_pages
from app.dashboard.views.target import VERSIONS, Rights, tell_target
from app.dashboard.views.target_answers import MILESTONES, tell_answer
from app.dashboard.views.targets import HEADINGS, NUMBERS
from app.dashboard.views.targets import list_targets as tell_targets
from app.domain.callers import Action, Caller
from app.domain.errors import NotAllowed, TargetVersionNotFound, TokenInvalid
from app.domain.organisations import Organisation
from app.domain.progress import Progress
from app.services.access import may
from app.services.charts import Shown
from app.services.progress import Inquiry, report_progress
from app.services.target_comments import list_comments
from app.services.target_previews import show_course
from app.services.target_views import ShownTarget, View
from app.services.targets import list_targets, list_versions

PREFIX: Final = "/trusts/{ods_code}/targets"
"""Where the pages of targets are."""

router = APIRouter(prefix=PREFIX, route_class=PageRoute, include_in_schema=False)

TargetId = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,60}$")]

ADDED: Final = "/targets"
"""What the paths of these pages add to the trust's."""


@router.get("")
def show_targets(ods_code: str, caller: PageCaller, now: Now, session: ReadSession) -> Response:
    """List the targets of a trust, and where each stands."""
    trust = find_trust(session, ods_code)
    found = list_targets(session, ods_code=ods_code, caller=caller, view=View(now))
    page = tell_targets(
        trust,
        found,
        _find_progress(session, ods_code, caller, now),
        may_set=may(session, caller, Action.SET_TARGETS, trust),
    )
    return render(
        "targets.html",
        page=page,
        contents=list_trust_pages(ods_code, ADDED),
        headings=HEADINGS,
        numbers=NUMBERS,
    )


def _find_progress(
    session: Session, ods_code: str, caller: Caller, now: datetime
) -> list[Progress]:
    """Return where the measures with a target stand; nothing of what the reader may not see."""
    try:
        return report_progress(
            session, ods_code=ods_code, scopes=[], inquiry=Inquiry(), caller=caller, now=now
        )
    except (TokenInvalid, NotAllowed):
        return []


@dataclass(frozen=True, slots=True)
class _Look:
    """How the page of a target is asked for.

    Attributes:
        done: What was just done, where a form leads here.
    """

    caller: PageCaller
    now: Now
    version: Annotated[int | None, Query(ge=1, le=10_000)] = None
    done: Annotated[str, Query(max_length=20)] = ""


@router.get("/{target_id}")
def show_one_target(
    ods_code: str, target_id: TargetId, look: Annotated[_Look, Depends()], session: ReadSession
) -> Response:
    """Tell what a target says, what it means, and what has happened to it."""
    wanted = Wanted(ods_code, target_id, look.version)
    return render_target(session, wanted, caller=look.caller, now=look.now, done=look.done)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which target a page is about.

    Attributes:
        version: None for the one in force, else the newest.
    """

    ods_code: str
    id: str
    version: int | None


def render_target(
    session: Session,
    wanted: Wanted,
    *,
    caller: Caller,
    now: datetime,
    done: str = "",
    entered: Entered | None = None,
    status: int = 200,
) -> Response:
    """Return the page of a target, with what was done, or what was wrong with what was entered."""
    trust, view = find_trust(session, wanted.ods_code), View(now)
    asked = {"ods_code": wanted.ods_code, "id_": wanted.id}
    versions = list_versions(session, **asked, caller=caller, view=view)
    shown = _choose(versions, wanted)
    page = tell_target(
        trust,
        shown,
        tell_answer(shown, _find_course(session, shown, caller, view)),
        list_comments(session, **asked, caller=caller, view=view),
        rights=_rights(session, caller, trust),
        done=done,
        entered=entered,
    )
    return render(
        "target.html",
        status=status,
        page=page,
        contents=list_trust_pages(wanted.ods_code, f"{ADDED}/{wanted.id}"),
        headings=VERSIONS,
        milestones=MILESTONES,
    )


def _choose(versions: list[ShownTarget], wanted: Wanted) -> ShownTarget:
    number = wanted.version or versions[-1].versions.shown.version.version
    for one in versions:
        if one.target.version.version == number:
            return one
    raise TargetVersionNotFound(wanted.ods_code, wanted.id, number)


def _find_course(session: Session, shown: ShownTarget, caller: Caller, view: View) -> Shown | None:
    try:
        return show_course(session, target=shown.target, caller=caller, view=view)
    except (TokenInvalid, NotAllowed):
        return None


def _rights(session: Session, caller: Caller, trust: Organisation) -> Rights:
    """Return what a reader may do with a trust's targets."""
    sets, reviews, comments = (
        may(session, caller, action, trust)
        for action in (Action.SET_TARGETS, Action.REVIEW_TARGETS, Action.COMMENT)
    )
    return Rights(sets, reviews, comments)
