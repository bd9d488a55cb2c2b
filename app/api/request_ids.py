"""A name for each request, in its answer and in whatever is logged of it."""

import logging
import re
from collections.abc import Sequence
from contextvars import ContextVar
from itertools import count
from secrets import token_hex
from typing import Final

from opentelemetry.trace import get_current_span
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.services.callers import PREFIX

HEADER: Final = "X-Request-ID"
"""The header that names a request, and its answer."""

_LINE: Final = HEADER.lower().encode()
_SERIES: Final = token_hex(8)
_numbers = count()
# Names are logged, so none may be a token that was put into the wrong header.
_ACCEPTED = re.compile(rf"(?!{PREFIX}_)[A-Za-z0-9._-]{{1,64}}")
_current: ContextVar[str | None] = ContextVar("request_id", default=None)


class RequestIds:
    """Names every request by what the caller sent, if that is a plain word, or anew."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = choose(Headers(scope=scope).getlist(HEADER))
        scope.setdefault("state", {})["request_id"] = name
        # It stays set: the task ends with the request, and the server logs a failure after this.
        _current.set(name)
        get_current_span().set_attribute("parity.request_id", name)  # nothing without a trace

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], line_of(name)]}
            await send(message)

        await self._app(scope, receive, tell)


class RequestIdFilter(logging.Filter):
    """Gives each record a `request_id`: None outside of a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Name the request of a record; let every record pass."""
        record.request_id = _current.get()
        return True


def choose(sent: Sequence[str]) -> str:
    """Return the name of a request.

    Args:
        sent: The values of its header.
    """
    if len(sent) == 1 and _ACCEPTED.fullmatch(sent[0]):
        return sent[0]
    # No other process has the series, and to count is ten times as quick as to ask for chance.
    return f"{_SERIES}{next(_numbers):016x}"


def line_of(name: str) -> tuple[bytes, bytes]:
    """Return the header that tells the name of a request."""
    return _LINE, name.encode()
