"""Who is calling."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.api.token_uses import mark_use
from app.domain.callers import ANONYMOUS, Caller
from app.domain.errors import TokenInvalid
from app.domain.tokens import Token
from app.requests import limit, looking, placed, read_now
from app.services.callers import caller_of, find_registration, find_token, is_signed

if TYPE_CHECKING:
    from app.services.signed_tokens import SignedTokens

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="A token from `POST /v1/tokens` or `parity tokens create`. Without one, callers"
    " see the register, the definitions and invented figures.",
)

_signed_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="signed_token",
    bearerFormat="JWT",
    description="A token that the issuer signed which the service trusts, if it trusts one, for"
    " a subject that is registered with the service. It proves who calls; what the caller may"
    " do stands with the registration.",
)


def _signed_tokens(request: Request) -> "SignedTokens":
    """Return what tells whom signed tokens speak of."""
    found: SignedTokens | None = request.app.state.signed_tokens
    if found is None:
        raise TokenInvalid("This service accepts no signed tokens.")
    return found


async def _have_keys(request: Request, credentials: str, now: datetime) -> None:
    """Let the issuer be asked for its keys where a signed token needs that.

    Whoever waits for the issuer, or for another who does, holds neither a thread nor a
    connection to the database; other callers pass by.
    """
    if not is_signed(credentials):
        return
    signed = _signed_tokens(request)
    if signed.are_keys_due(credentials, now):
        one_at_a_time = request.app.state.asking_issuer
        await to_thread.run_sync(signed.refresh_keys, credentials, now, limiter=one_at_a_time)


async def identify(request: Request) -> Caller:
    """Return who calls; looked up once for a request, before the session of its route is opened.

    Raises:
        TokenInvalid: The caller has a token that is not accepted.
        IssuerUnavailable: The keys of the issuer of its signed token cannot be had.
    """
    found: Caller | None = getattr(request.state, "caller", None)
    if found is None:
        found = placed(
            request,
            await _find(request) if "authorization" in request.headers else ANONYMOUS,
        )
        request.state.caller = found
    return found


async def _find(request: Request) -> Caller:
    """Return who calls with a token; those who wait for their turn wait without a thread."""
    credentials = await _bearer(request)
    if credentials is None or not credentials.credentials:
        raise TokenInvalid("The Authorization header does not carry a bearer token.")
    secret, now = credentials.credentials, read_now(request)
    await _have_keys(request, secret, now)

    def look_up() -> Caller:
        token = _find_token(request, secret, now)
        mark_use(request, token, now)
        # A signed token ends when its issuer says so, and its keys may be taken back before.
        ends_at = now if is_signed(secret) else token.expires_at
        if ends_at is not None:
            limit(request.scope["state"], ends_at)
        return caller_of(token)

    limiter: CapacityLimiter = request.app.state.identifying
    return await to_thread.run_sync(look_up, limiter=limiter)


def _find_token(request: Request, credentials: str, now: datetime) -> Token:
    """Return the token that a caller has, or what stands for its signed one."""
    if not is_signed(credentials):
        with looking(request) as session:
            return find_token(session, secret=credentials, now=now)
    subject = _signed_tokens(request).identify(credentials, now)
    with looking(request) as session:
        return find_registration(session, subject=subject, now=now)


async def _caller(
    request: Request,
    _credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    _signed: Annotated[HTTPAuthorizationCredentials | None, Security(_signed_bearer)],
) -> Caller:
    # The credentials are asked for so that the description says that the route takes a token.
    return await identify(request)


CallerDep = Annotated[Caller, Depends(_caller)]
"""Who is calling; looked up before the session of the route is opened."""
