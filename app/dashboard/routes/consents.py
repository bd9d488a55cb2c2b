"""Routes of the page on which a trust says which areas may read its exact figures."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from app.dashboard.deps import FormEntered, Forms, Now, ReadSession, SignedInCaller
from app.dashboard.forms.entered import Entered
from app.dashboard.rendering import render
from app.dashboard.routing import SEE_OTHER, PageRoute
from app.dashboard.views.consents import CHANGED, HISTORY, tell_consents
from app.domain.callers import Action, Caller
from app.domain.errors import RevisionNotNamed, RevisionStale, UnacceptableConsents
from app.domain.preconditions import Precondition
from app.services import consents
from app.services.access import may
from app.services.organisations import Filter, get_trust, list_organisations

router = APIRouter(route_class=PageRoute, include_in_schema=False)

CONSENTS: Final = "/trusts/{ods_code}/consents"

STORED: Final = "The consents are stored. They hold from now on."

_CONFLICT, _UNACCEPTABLE = 409, 422


@router.get(CONSENTS)
def show_consents(
    ods_code: str,
    caller: SignedInCaller,
    session: ReadSession,
    stored: Annotated[str, Query(max_length=1)] = "",
) -> Response:
    """Tell which areas may read a trust's exact figures."""
    return _show(session, ods_code, caller, done=STORED if stored else "")


@router.post(CONSENTS)
def post_consents(
    ods_code: str,
    entered: FormEntered,
    caller: SignedInCaller,
    now: Now,
    forms: Forms,
) -> Response:
    """Store which areas may read them from now on."""
    status = _UNACCEPTABLE
    try:
        with forms.writing() as session:
            consents.put_consents(
                session,
                ods_code=ods_code,
                areas=entered.all("areas"),
                precondition=Precondition(if_match=frozenset({entered.raw("seen")})),
                caller=caller,
                now=now,
            )
    except UnacceptableConsents as error:
        for one in error.faults:
            entered.refuse("areas", one.detail)
    except (RevisionStale, RevisionNotNamed):
        status = _CONFLICT
        entered.refuse("", CHANGED)
    else:
        return RedirectResponse(f"{CONSENTS.format(ods_code=ods_code)}?stored=1", SEE_OTHER)
    with forms.reading() as session:
        return _show(session, ods_code, caller, entered=entered, status=status)


def _show(
    session: Session,
    ods_code: str,
    caller: Caller,
    *,
    entered: Entered | None = None,
    done: str = "",
    status: int = 200,
) -> Response:
    """Return the page, with what was entered or what is held in its form."""
    trust = get_trust(session, ods_code=ods_code)
    held = consents.get_consents(session, ods_code=ods_code, caller=caller)
    found = list_organisations(session, wanted=Filter(), after=None, limit=None)
    page = tell_consents(
        trust,
        held,
        entered or Entered({"areas": held.areas}),
        places={one.ods_code: one for one in found},
        seen=consents.tag_of(held),
        may_give=may(session, caller, Action.GIVE_CONSENT, trust),
        done=done,
    )
    return render("consents.html", status=status, page=page, history=HISTORY)
