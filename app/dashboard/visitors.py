"""Who reads a page: whoever has signed in, or anybody."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from anyio import CapacityLimiter, to_thread
from fastapi import Request

from app.dashboard.cookies import Cookie
from app.domain.callers import ANONYMOUS, Caller
from app.domain.page_sessions import form_word_of
from app.requests import mark_uses, placed, read_now
from app.services.callers import record_use
from app.services.page_sessions import SignedIn, find_signed_in, record_visit
from app.settings import Settings
from app.store.engine import reading


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who reads pages.

    Attributes:
        caller: As whom pages act.
        signed_in: The session, and the token that it stands on; None where nobody is signed in.
        form_word: What forms of the session send back; None likewise.
    """

    caller: Caller
    signed_in: SignedIn | None = None
    form_word: str | None = None


_current: ContextVar[Visitor | None] = ContextVar("visitor", default=None)


@contextmanager
def welcomed(visitor: Visitor) -> Iterator[None]:
    """Let what is rendered meanwhile know who reads it."""
    token = _current.set(visitor)
    try:
        yield
    finally:
        _current.reset(token)


def current_visitor() -> Visitor | None:
    """Return who reads what is rendered; None outside of a request for a page."""
    return _current.get()


async def identify(request: Request) -> Visitor:
    """Return who reads a page; looked up once for a request, before its route opens a session.

    Only the cookie tells: a token in a header is for the API, as the cookie is for pages.
    """
    found: Visitor | None = getattr(request.state, "visitor", None)
    if found is None:
        request.state.visitor = found = await _find(request)
    return found


async def _find(request: Request) -> Visitor:
    """Return who reads a page; those who wait for their turn wait without a thread."""
    secret = Cookie.SESSION.read(request)
    if secret is None:
        return Visitor(placed(request, ANONYMOUS))
    limiter: CapacityLimiter = request.app.state.identifying
    signed_in = await to_thread.run_sync(_look_up, request, secret, limiter=limiter)
    if signed_in is None:
        return Visitor(placed(request, ANONYMOUS))
    _mark_uses(request, signed_in, secret)
    return Visitor(placed(request, signed_in.caller), signed_in, form_word_of(secret))


def _look_up(request: Request, secret: str) -> SignedIn | None:
    with reading(request.app.state.engine) as session:
        return find_signed_in(
            session, secret=secret, idle=idle_time(request), now=read_now(request)
        )


def idle_time(request: Request) -> timedelta:
    """Return how long a session outlasts its last visit."""
    settings: Settings = request.app.state.settings
    return timedelta(minutes=settings.session_idle_minutes)


def _mark_uses(request: Request, signed_in: SignedIn, secret: str) -> None:
    """Let a visit, and the use of the token, be noted after the answer where they are due."""
    now, token = read_now(request), signed_in.token
    uses = []
    if signed_in.session.is_visit_due_at(now):
        uses.append(partial(record_visit, secret=secret, at=now))
    if token.is_use_due_at(now):
        uses.append(partial(record_use, token_id=token.id, at=now))
    mark_uses(request, uses)
