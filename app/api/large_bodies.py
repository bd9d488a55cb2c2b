"""Word of a body that is too large, as a problem like any other error."""

import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import MEDIA_TYPE

_TOO_LARGE = HTTPStatus.REQUEST_ENTITY_TOO_LARGE.value


class LargeBodies:
    """Rewrites the answer to a body that is too large, which the framework gives as plain text."""

    def __init__(self, app: ASGIApp, limit: int, larger: Mapping[str, int]) -> None:
        """Wrap an application.

        Args:
            app: The application.
            limit: Bytes that a body may have.
            larger: The same for paths that take more.
        """
        self._app = app
        self._body = _write(limit)
        self._bodies = {path: _write(most) for path, most in larger.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        is_too_large = False
        body = self._bodies.get(scope.get("path", ""), self._body)

        async def tell(message: Message) -> None:
            nonlocal is_too_large
            if message["type"] == "http.response.start":
                is_too_large = message["status"] == _TOO_LARGE
                if is_too_large:
                    message = {**message, "headers": _headers(body)}
            elif is_too_large:
                message = {**message, "body": body, "more_body": False}
            await send(message)

        await self._app(scope, receive, tell)


def _write(limit: int) -> bytes:
    """Return the problem of a body that is larger than a limit."""
    problem = {
        "type": "about:blank",
        "title": "Content too large",
        "status": _TOO_LARGE,
        "detail": f"The body may have up to {limit} bytes.",
    }
    return json.dumps(problem).encode()


def _headers(body: bytes) -> list[tuple[bytes, bytes]]:
    return [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
    ]
