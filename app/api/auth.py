"""Who is calling."""

from dataclasses import replace
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.api.deps import engine_of, read_now
from app.domain.callers import ANONYMOUS, Caller
from app.domain.errors import TokenInvalid
from app.services.tokens import find_caller
from app.settings import Settings
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
        settings: Settings = request.app.state.settings
        found = replace(
            await _find(request) if "authorization" in request.headers else ANONYMOUS,
            sees_invented=settings.invented_figures == "open",
            day=read_now(request).date(),
        )
        request.state.caller = found
    return found


async def _find(request: Request) -> Caller:
    """Return who calls with a token; those who wait for their turn wait without a thread."""
    credentials = await _bearer(request)
    if credentials is None or not credentials.credentials:
        raise TokenInvalid("The Authorization header does not carry a bearer token.")
    secret, now, engine = credentials.credentials, read_now(request), engine_of(request)

    def look_up() -> Caller:
        with reading(engine) as session:
            return find_caller(session, secret=secret, now=now)

    limiter: CapacityLimiter = request.app.state.identifying
    return await to_thread.run_sync(look_up, limiter=limiter)


async def _caller(
    request: Request,
    _credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
) -> Caller:
    # The credentials are asked for so that the description says that the route takes a token.
    return await identify(request)


CallerDep = Annotated[Caller, Depends(_caller)]
"""Who is calling; looked up before the session of the route is opened."""
