"""Errors as pages, for who reads pages: what no route has answered, or could not.

Whatever refuses a request, in front of every route or behind, answers with a problem. Here such
an answer becomes a page with the same status and headers. It is made from the problem alone, so
that it is there without a database too, and without knowing who reads.
"""

import json
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.dashboard.rendering import render
from app.dashboard.views.errors import tell_error
from app.requests import HTML, PROBLEM, prefers

FOR_PROGRAMS: Final = ("/v1", "/health", "/static", "/openapi.json")
"""Where addresses begin that are no pages; a browser that opens one gets what programs get."""

_OF_A_BODY: Final = ("content-type", "content-length")


class ErrorPages:
    """Answers with a page in the place of a problem, where pages are read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or not _is_of_a_page(scope):
            await self._app(scope, receive, send)
            return
        begun: Message | None = None
        body = bytearray()

        async def tell(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                if Headers(raw=message["headers"]).get("content-type") == PROBLEM:
                    begun = message
                    return
            elif begun is not None:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    await _page(scope, begun, bytes(body))(scope, receive, send)
                return
            await send(message)

        await self._app(scope, receive, tell)


def _is_of_a_page(scope: Scope) -> bool:
    """Return whether somebody asks for a page; a HEAD has no body that could be one."""
    is_page = not scope["path"].startswith(FOR_PROGRAMS)
    accept = Headers(scope=scope).get("accept", "")
    return is_page and scope["method"] != "HEAD" and prefers(accept, HTML)


def _page(scope: Scope, begun: Message, body: bytes) -> Response:
    """Return the page in the place of a problem, with its other headers."""
    told = MutableHeaders(raw=list(begun["headers"]))
    problem = json.loads(body)
    faults = [one["detail"] for one in problem.get("errors", ())]
    page = tell_error(
        problem["status"],
        title=problem["title"],
        details=faults or [problem["detail"]],
        retry_after=told.get("retry-after"),
        request_id=scope["state"]["request_id"],
    )
    response = render("error.html", status=problem["status"], page=page)
    for name, value in told.items():
        if name not in _OF_A_BODY:
            response.headers[name] = value
    response.headers.add_vary_header("Accept")
    return response
