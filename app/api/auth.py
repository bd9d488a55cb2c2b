"""Who is calling."""

from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.api.state import Now, engine_of
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


def _caller(
    request: Request,
    now: Now,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
) -> Caller:
    if "authorization" not in request.headers:
        return ANONYMOUS
    if credentials is None or not credentials.credentials:
        raise TokenInvalid("The Authorization header does not carry a bearer token.")
    with reading(engine_of(request)) as session:
        return find_caller(session, secret=credentials.credentials, now=now)


CallerDep = Annotated[Caller, Depends(_caller, max_concurrency=2)]
"""Who is calling; looked up before the session of the route is opened."""
