"""Word of a body that is too large, as a problem like any other error."""

import json
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import MEDIA_TYPE

_TOO_LARGE = HTTPStatus.REQUEST_ENTITY_TOO_LARGE.value


class LargeBodies:
    """Rewrites the answer to a body that is too large, which the framework gives as plain text."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        problem = {
            "type": "about:blank",
            "title": "Content too large",
            "status": _TOO_LARGE,
            "detail": f"The body may have up to {limit} bytes.",
        }
        self._body = json.dumps(problem).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        is_too_large = False

        async def tell(message: Message) -> None:
            nonlocal is_too_large
            if message["type"] == "http.response.start":
                is_too_large = message["status"] == _TOO_LARGE
                if is_too_large:
                    message = {**message, "headers": self._headers()}
            elif is_too_large:
                message = {**message, "body": self._body, "more_body": False}
            await send(message)

        await self._app(scope, receive, tell)

    def _headers(self) -> list[tuple[bytes, bytes]]:
        return [
            (b"content-type", MEDIA_TYPE.encode()),
            (b"content-length", str(len(self._body)).encode()),
        ]
