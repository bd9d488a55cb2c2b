"""Requests whose address or headers are longer than anybody needs, refused before any work."""

from typing import Final

from fastapi import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.problems import refuse, refuse_for
from app.domain.errors import Fault, InvalidRequest

MOST_QUERY_BYTES: Final = 8_192
"""Longest query; every measure by name with every other parameter is a tenth of it."""

MOST_PARAMETERS: Final = 100
"""Parameters in a query; every measure by name is a third of it."""

MOST_HEADER_BYTES: Final = 65_536
"""Names and values of all headers; the server itself sets no limit."""

_URI_TOO_LONG, _HEADERS_TOO_LARGE = 414, 431


class RequestLimits:
    """Refuses what is too long to be meant."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        refusal = _find_refusal(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)


def _find_refusal(scope: Scope) -> Response | None:
    query: bytes = scope["query_string"]
    if len(query) > MOST_QUERY_BYTES:
        return refuse(_URI_TOO_LONG, f"The query may have up to {MOST_QUERY_BYTES} bytes.")
    if sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_HEADER_BYTES:
        detail = f"All headers together may have up to {MOST_HEADER_BYTES} bytes."
        return refuse(_HEADERS_TOO_LARGE, detail)
    number = query.count(b"&") + 1
    if number > MOST_PARAMETERS:
        detail = f"The query has {number} parameters; send at most {MOST_PARAMETERS}."
        return refuse_for(InvalidRequest([Fault("", "too_many_parameters", detail)]))
    return None
