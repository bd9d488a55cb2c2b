"""Routes of the pages of a trust's actuals: the censuses held, and one of them."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Response
from sqlmodel import Session

from app.dashboard.deps import Now, PageCaller, ReadSession
from app.dashboard.rendering import render
from app.dashboard.routing import PageRoute
from app.dashboard.views.actuals import HEADINGS, Rights, tell_actuals
from app.dashboard.views.census import COUNTS, REVISIONS, tell_census, tell_public_census
from app.dashboard.views.contents import list_trust_pages
from app.domain.callers import Action, Caller
from app.domain.errors import NotAllowed, TokenInvalid
from app.domain.organisations import Organisation
from app.domain.public_tables import PublicTable
from app.services import censuses, held_actuals
from app.services.access import may
from app.services.organisations import get_trust

router = APIRouter(route_class=PageRoute, include_in_schema=False)

ADDED: Final = "/actuals"
"""What the path of the page of actuals adds to the trust's."""

DONE: Final = {
    "signed-off": "The figures are signed off.",
    "released": "The figures are public, exactly as they are.",
    "explained": "What you say to the warning is stored.",
}
"""What a page says that has just been done, by what its address calls it."""


@router.get("/trusts/{ods_code}/actuals")
def show_actuals(ods_code: str, caller: PageCaller, now: Now, session: ReadSession) -> Response:
    """Tell which censuses a trust has sent, and what is due."""
    trust = get_trust(session, ods_code=ods_code)
    try:
        held = held_actuals.list_actuals(
            session, ods_code=ods_code, as_of=None, caller=caller, now=now
        )
    except (TokenInvalid, NotAllowed):
        held = None
    page = tell_actuals(
        trust,
        held,
        censuses=censuses.list_censuses(session, caller=caller),
        rights=rights_of(session, caller, trust),
        today=now.date(),
    )
    contents = list_trust_pages(ods_code, ADDED)
    return render("actuals.html", page=page, contents=contents, headings=HEADINGS)


@router.get("/trusts/{ods_code}/actuals/{year}")
def show_census(
    ods_code: str,
    year: int,
    *,
    caller: PageCaller,
    now: Now,
    session: ReadSession,
    done: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Tell one census of a trust: counts by band and staff group, and what became of them."""
    trust = get_trust(session, ods_code=ods_code)
    held = held_actuals.read_actuals(
        session, ods_code=ods_code, year=year, as_of=None, caller=caller, now=now
    )
    if isinstance(held, PublicTable):
        page = tell_public_census(trust, held)
    else:
        sees_all = may(session, caller, Action.READ_FIGURES, trust)
        page = tell_census(
            trust,
            held,
            revisions=held_actuals.list_revisions(
                session, ods_code=ods_code, year=year, caller=caller
            )
            if sees_all
            else (),
            rights=rights_of(session, caller, trust),
            done=DONE.get(done, ""),
        )
    return render("census.html", page=page, counts=COUNTS, revisions=REVISIONS)


def rights_of(session: Session, caller: Caller, trust: Organisation) -> Rights:
    """Return what a caller may do with a trust's actuals."""
    return Rights(
        sends=may(session, caller, Action.WRITE_FIGURES, trust),
        signs=may(session, caller, Action.SIGN_OFF, trust),
        releases=may(session, caller, Action.RELEASE_OWN, trust),
        sees_consents=may(session, caller, Action.READ_CONSENTS, trust),
    )
