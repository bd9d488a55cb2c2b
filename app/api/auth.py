"""Who is calling."""

from dataclasses import replace
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.api.state import engine_of, read_now
from app.domain.callers import ANONYMOUS, Caller
from app.domain.errors import TokenInvalid
from app.services.tokens import find_caller
from app.store.engine import reading

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="A token from `parity tokens create`. Without one, callers see the register, the"
    " definitions and invented figures.",
)


async def identify(request: Request) -> Caller:
    """Return who calls; looked up once for a request, before the session of its route is opened.

    Raises:
        TokenInvalid: The caller has a token that is not accepted.
    """
    found: Caller | None = getattr(request.state, "caller", None)
    if found is None:
        credentials = await _bearer(request)
        limiter: CapacityLimiter = request.app.state.identifying
        found = await to_thread.run_sync(_find, request, credentials, limiter=limiter)
        request.state.caller = found
    return found


def _find(request: Request, credentials: HTTPAuthorizationCredentials | None) -> Caller:
    now = read_now(request)
    caller = ANONYMOUS
    if "authorization" in request.headers:
        if credentials is None or not credentials.credentials:
            raise TokenInvalid("The Authorization header does not carry a bearer token.")
        with reading(engine_of(request)) as session:
            caller = find_caller(session, secret=credentials.credentials, now=now)
    sees_invented = request.app.state.settings.invented_figures == "open"
    return replace(caller, sees_invented=sees_invented, day=now.date())


async def _caller(
    request: Request,
    _credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
) -> Caller:
    # The credentials are asked for so that the description says that the route takes a token.
    return await identify(request)


CallerDep = Annotated[Caller, Depends(_caller)]
"""Who is calling; looked up before the session of the route is opened."""
