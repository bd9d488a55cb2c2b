"""Signing in with a token, and out again."""

import logging
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from app.dashboard.cookies import Cookie, is_private
from app.dashboard.deps import Now, PageVisitor, ReadSession, WriteSession, WritingTurn
from app.dashboard.forms.entered import FieldFault
from app.dashboard.own_forms import NO_COOKIE, SIGN_IN
from app.dashboard.rendering import render
from app.dashboard.return_paths import own_path
from app.dashboard.routing import SEE_OTHER, PageRoute
from app.dashboard.views.account import AccountPage, list_duties
from app.dashboard.visitors import Visitor, idle_time
from app.domain.errors import TokenInvalid
from app.domain.page_sessions import LONGEST_SESSION, form_word_of
from app.services.callers import find_token, is_signed
from app.services.organisations import list_named
from app.services.page_sessions import make_session_secret, sign_in, sign_out
from app.store.engine import reading, writing

START: Final = "/"
"""Where whoever has signed in is led unless another page asked for it."""

EMPTY: Final = "Enter your token."
SIGNED: Final = (
    "This is a signed token, which is for applications. Enter a token that begins with parity_."
)
REFUSED: Final = (
    "This token is not accepted. See that you copied all of it, and nothing else; if you did, ask"
    " whoever gave it to you for a new one."
)
"""What is said of every token that is not good, whatever is wrong with it."""

EXPOSED: Final = (
    "Nobody can sign in here: what you enter could be read on the way. Open this page with an"
    " address that begins with https. If you did, whoever runs the service has to name the proxy"
    " in PARITY_TRUSTED_PROXIES."
)
ENDED: Final = "Your session has ended. Sign in again to go on."

_UNACCEPTABLE, _FORBIDDEN = 422, 403
_log = logging.getLogger("parity.dashboard")


class SignInRoute(PageRoute):
    """A route whose form comes from somebody who is not signed in yet, and has its own cookie."""

    without_word = NO_COOKIE

    def form_word_of(self, request: Request, visitor: Visitor) -> str | None:
        """Return the word that the form has to bring."""
        del visitor
        secret = Cookie.SIGN_IN.read(request)
        return None if secret is None else form_word_of(secret)


@dataclass(frozen=True, slots=True)
class SignInPage:
    """What the page on which people sign in is made of.

    Attributes:
        leads_to: The path to go on to.
        word: What the form sends back; None where there is no form.
        faults: What was wrong with what was entered.
    """

    leads_to: str
    word: str | None = None
    faults: tuple[FieldFault, ...] = ()
    sentences: tuple[str, ...] = ()
    title: str = "Sign in"
    data: str | None = None


router = APIRouter(route_class=PageRoute, include_in_schema=False)
way_in = APIRouter(route_class=SignInRoute, include_in_schema=False)


@way_in.get(SIGN_IN)
def show_sign_in(
    request: Request,
    visitor: PageVisitor,
    session: ReadSession,
    asked: Annotated[str, Query(alias="next")] = "",
) -> Response:
    """Ask for a token, or tell who is signed in and what they can do here."""
    if visitor.signed_in is not None:
        own = list_named(session, codes=visitor.caller.organisations)
        duties = list_duties(visitor.caller, own)
        page = AccountPage(visitor, (_tell_ending(request),), duties)
        return render("account.html", page=page)
    ended = Cookie.SESSION.read(request) is not None
    response = _show_form(request, asked, sentences=(ENDED,) if ended else ())
    if ended:
        Cookie.SESSION.take_back(response, request)
    return response


@way_in.post(SIGN_IN)
def post_sign_in(
    request: Request,
    engine: WritingTurn,
    now: Now,
    entered: Annotated[str, Form(alias="token")] = "",
    asked: Annotated[str, Form(alias="next")] = "",
) -> Response:
    """Begin a session of whoever has a token."""
    # A form names its own encoding, so that there may be in it what no text can be made of.
    secret = entered.strip().encode(errors="replace").decode()
    if not is_private(request):
        return _show_form(request, asked)
    if not secret or is_signed(secret):
        return _show_form(request, asked, fault=SIGNED if secret else EMPTY)
    former = Cookie.SESSION.read(request)
    try:
        # Whoever guesses keeps no writer waiting.
        with reading(engine) as session:
            token = find_token(session, secret=secret, now=now)
        with writing(engine) as session:
            made = sign_in(session, secret=secret, former=former, now=now)
    except TokenInvalid as error:
        _log.info("refused to sign somebody in: %s", error)
        return _show_form(request, asked, fault=REFUSED)
    _log.info("signed in with the token %s", token.id)
    response = RedirectResponse(own_path(asked, START), SEE_OTHER)
    Cookie.SESSION.give(response, request, made)
    Cookie.SIGN_IN.take_back(response, request)
    return response


@router.post("/sign-out")
def post_sign_out(request: Request, session: WriteSession, now: Now) -> Response:
    """End the session."""
    sign_out(session, secret=Cookie.SESSION.read(request) or "", now=now)
    response = RedirectResponse("/signed-out", SEE_OTHER)
    Cookie.SESSION.take_back(response, request)
    return response


@router.get("/signed-out")
def show_signed_out() -> Response:
    """Say that the session has ended."""
    page = SignInPage(
        leads_to=SIGN_IN,
        sentences=("Close the browser too if others use this computer.",),
        title="You are signed out",
    )
    return render("signed_out.html", page=page)


def _show_form(
    request: Request, asked: str, *, fault: str | None = None, sentences: tuple[str, ...] = ()
) -> Response:
    """Return the page with the form, and with what was wrong with what was entered."""
    leads_to = own_path(asked, START)
    if not is_private(request):
        page = SignInPage(leads_to, sentences=(EXPOSED,))
        return render("sign_in.html", status=_FORBIDDEN, page=page)
    # Another tab may show the form too, and is to stay good.
    secret = Cookie.SIGN_IN.read(request) or make_session_secret()
    faults = (FieldFault("token", fault),) if fault else ()
    page = SignInPage(leads_to, form_word_of(secret), faults, sentences)
    response = render("sign_in.html", status=_UNACCEPTABLE if fault else 200, page=page)
    response.headers["Cache-Control"] = "no-store"
    Cookie.SIGN_IN.give(response, request, secret)
    return response


def _tell_ending(request: Request) -> str:
    """Return the sentence that says when the session will have ended."""
    idle, longest = idle_time(request).total_seconds(), LONGEST_SESSION.total_seconds()
    return (
        f"You will be signed out when you have opened no page for {idle / 60:.0f} minutes, and"
        f" after {longest / 3600:.0f} hours in any case."
    )
