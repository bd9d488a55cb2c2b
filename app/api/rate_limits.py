"""Who asks too often is told when to come back.

Requests are counted by the caller's token, or by the address of whoever has none. A token that
has not proved good yet counts against its address, in a small budget of its own: so guessing
tokens is slow, and nobody can use up what is another's. Signing in on a page is such a token.
"""

from collections import OrderedDict
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final, cast

from fastapi import Response
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.counters import Budget, Counters
from app.api.problems import refuse
from app.domain.callers import Caller
from app.settings import Settings

MOST_KNOWN: Final = 10_000
"""Tokens that one process remembers as good."""

_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_IMPORTS: Final = "/v1/imports"
_HEALTH: Final = "/health/"
_SIGN_IN: Final = "/sign-in"
_TOO_MANY, _UNAUTHORISED = 429, 401


class KnownTokens:
    """Tokens that have proved good, those not seen for longest being forgotten first."""

    def __init__(self, most: int = MOST_KNOWN) -> None:
        self._ids: OrderedDict[bytes, str] = OrderedDict()
        self._most = most

    def find(self, credential: bytes) -> str | None:
        """Return the identifier of a token, given a digest of it; None unless it is known."""
        return self._ids.get(credential)

    def learn(self, credential: bytes, token_id: str) -> None:
        """Remember a token that was accepted."""
        self._ids[credential] = token_id
        self._ids.move_to_end(credential)
        if len(self._ids) > self._most:
            self._ids.popitem(last=False)

    def forget(self, credential: bytes) -> None:
        """Forget a token that was refused."""
        self._ids.pop(credential, None)


class RateLimits:
    """Counts every request, and refuses those above the caller's budget before any work."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        counters: Counters | None = (
            scope["app"].state.counters if scope["type"] == "http" else None
        )
        if counters is None or scope["path"].startswith(_HEALTH):
            await self._app(scope, receive, send)
            return
        credential = _credential(scope)
        budget, who = _find_budget(scope, credential)
        seconds = await counters.spend(budget, who)
        if seconds is not None:
            await _refusal(budget, seconds)(scope, receive, send)
            return

        async def learn(message: Message) -> None:
            if message["type"] == "http.response.start" and credential is not None:
                _learn(credential, message["status"], scope)
            await send(message)

        await self._app(scope, receive, learn)


def _find_budget(scope: Scope, credential: bytes | None) -> tuple[Budget, str]:
    """Return what a request counts against, and whose that is."""
    settings: Settings = scope["app"].state.settings
    if scope["path"] == _SIGN_IN and scope["method"] not in _READS:
        return _unknown(scope, settings)
    if credential is None:
        return _budget_of(scope, settings), f"address {_address(scope)}"
    known: KnownTokens = scope["app"].state.known_tokens
    token = known.find(credential)
    if token is None:
        return _unknown(scope, settings)
    return _budget_of(scope, settings), f"token {token}"


def _unknown(scope: Scope, settings: Settings) -> tuple[Budget, str]:
    """Return what a token counts against that has not proved good, and whose that is."""
    return Budget("unknown", settings.rate_limit_unknown), f"address {_address(scope)}"


def _learn(credential: bytes, status: int, scope: Scope) -> None:
    """Remember whose token it is, or forget a token that is no longer good."""
    known: KnownTokens = scope["app"].state.known_tokens
    caller: Caller | None = scope.get("state", {}).get("caller")
    if status == _UNAUTHORISED:
        known.forget(credential)
    elif caller is not None and caller.token_id is not None:
        known.learn(credential, caller.token_id)


def _credential(scope: Scope) -> bytes | None:
    """Return a digest of what the caller shows for a token; None without one."""
    shown = Headers(scope=scope).get("authorization")
    return None if shown is None else sha256(shown.encode("latin-1")).digest()


def _budget_of(scope: Scope, settings: Settings) -> Budget:
    if scope["method"] in _READS:
        return Budget("reads", settings.rate_limit_reads)
    if scope["path"] == _IMPORTS:
        return Budget("imports", settings.rate_limit_imports)
    return Budget("writes", settings.rate_limit_writes)


def _address(scope: Scope) -> str:
    client = cast("tuple[str, int] | None", scope.get("client"))
    return address_of(None if client is None else client[0])


def address_of(told: str | None) -> str:
    """Return where a request comes from; of IPv6 the network, which is one subscriber's."""
    text = told or "unknown"
    try:
        address = ip_address(text)
    except ValueError:
        return text  # a socket of the machine's own
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return text


def _refusal(budget: Budget, seconds: int) -> Response:
    """Return the answer to a request too many (draft-ietf-httpapi-ratelimit-headers-10)."""
    detail = (
        f"This caller may make {budget.quota} requests a minute of the kind {budget.name};"
        f" come back in {seconds} s."
    )
    headers = {
        "Retry-After": str(seconds),
        "RateLimit-Policy": f'"{budget.name}";q={budget.quota};w=60',
        "RateLimit": f'"{budget.name}";r=0;t={seconds}',
    }
    return refuse(_TOO_MANY, detail, headers)
