"""Requests that two readers could take for different ones, refused before any work.

A proxy and the service have to see the same request. Whoever can make them differ gets past what
the proxy refuses, or has an answer kept for others that was not meant for them.
"""

import re
from collections.abc import Iterator
from typing import Final

from fastapi import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.problems import refuse

SINGLE: Final = ("Authorization", "Content-Type")
"""Headers that hold one value (RFC 9110, 5.3), of which some readers take the first, others the
last."""

_HOST: Final = re.compile(
    rb"(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+(?::[0-9]*)?|\[[0-9A-Fa-f:.]+\](?::[0-9]*)?"
)
_SLASH: Final = b"%2f"
_BAD_REQUEST, _NOT_FOUND = 400, 404


class AmbiguousRequests:
    """Refuses what does not say clearly who asks whom for what."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        refusal = _find_refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)


def _find_refusal(scope: Scope) -> Response | None:
    """Return the answer to a request that is not clear.

    Source:
        RFC 9112, 3.2: one host, which can be one, or 400; an encoded slash is a part of a name
        and parts nothing (RFC 3986, 2.2), and nothing here has such a name.
    """
    hosts = [*_values(scope, b"host")]
    is_told = bool(hosts) or scope["http_version"] != "1.1"
    if len(hosts) > 1 or not is_told or not all(_HOST.fullmatch(one) for one in hosts):
        return refuse(_BAD_REQUEST, "Send one Host header: a host, and its port if it has one.")
    for name in SINGLE:
        if len([*_values(scope, name.lower().encode())]) > 1:
            return refuse(_BAD_REQUEST, f"Send the header {name} once.")
    if _SLASH in scope["raw_path"].lower():
        return refuse(_NOT_FOUND, "Not Found")
    return None


def _values(scope: Scope, name: bytes) -> Iterator[bytes]:
    return (value for one, value in scope["headers"] if one == name)
