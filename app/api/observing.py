"""What each request was, for the log and for metrics, without a word that its caller wrote."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.request_ids import HEADER
from app.requests import marked_import, route_of

METHODS: Final = frozenset(
    {"CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"}
)
"""Methods that are told as they are; whatever else a caller makes up is another."""

OTHER: Final = "OTHER"
"""What stands for all other methods."""

HEALTH: Final = "/health/"
"""Beginning of the addresses that are asked every few seconds, by machines."""

_NAME: Final = HEADER.lower().encode()

_log = logging.getLogger("parity.requests")


@dataclass(frozen=True, slots=True)
class Served:
    """A request that was served.

    Attributes:
        method: One of `METHODS`, or `OTHER`.
        route: The template of its address; None where no route took it.
        status: None where the caller left before any was told.
        seconds: From the first of it to the last byte of the answer.
        size: Bytes of the answer's body.
        request_id: The name of the request.
        is_warm: Whether the answer was kept from a request before.
    """

    method: str
    route: str | None
    status: int | None
    seconds: float
    size: int
    request_id: str | None
    is_warm: bool

    def __str__(self) -> str:
        """Return it as a line for people."""
        made = "warm" if self.is_warm else "made"
        facts = f"{self.seconds * 1000:.1f} ms, {self.size} bytes, {made}"
        return f"{self.method} {self.route} {self.status} ({facts})"

    def facts(self) -> Mapping[str, Any]:
        """Return it for programs."""
        return {
            "method": self.method,
            "route": self.route,
            "status": self.status,
            "duration_ms": round(self.seconds * 1000, 3),
            "bytes": self.size,
            "warm": self.is_warm,
        }


class Observed:
    """Sees every request served, and tells of it in the log and to the metrics.

    Where it stands around what is kept it sees warm answers too, which it tells in the log alone:
    they are counted where they are kept, at next to no cost.
    """

    def __init__(self, app: ASGIApp, *, is_logging: bool) -> None:
        self._app, self._is_logging = app, is_logging

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        seen = _Seen(send)
        try:
            await self._app(scope, receive, seen.send)
        finally:
            self._tell(scope, seen)

    def _tell(self, scope: Scope, seen: "_Seen") -> None:
        state = scope.setdefault("state", {})
        kept = state.get("kept_answer")
        method = scope["method"]
        served = Served(
            method=method if method in METHODS else OTHER,
            route=route_of(scope) if kept is None else kept.route,
            status=seen.status,
            seconds=(seen.ended or perf_counter()) - seen.started,
            size=seen.size,
            request_id=seen.request_id or state.get("request_id"),
            is_warm=kept is not None,
        )
        if self._is_logging:
            _log.log(logging.DEBUG if scope["path"].startswith(HEALTH) else logging.INFO, served)
        # What is kept is answered before the application is named.
        metrics = None if served.is_warm else scope["app"].state.metrics
        if metrics is not None:
            metrics.note(served, marked_import(state))


class _Seen:
    """What is seen of an answer while it is sent."""

    __slots__ = ("_send", "ended", "request_id", "size", "started", "status")

    def __init__(self, send: Send) -> None:
        self._send = send
        self.started = perf_counter()
        # What is done once the caller has its answer is not counted.
        self.ended: float | None = None
        self.status: int | None = None
        self.size = 0
        self.request_id: str | None = None

    async def send(self, message: Message) -> None:
        """Send a part of the answer on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            # It is put last.
            names = (value for name, value in reversed(message["headers"]) if name == _NAME)
            self.request_id = next(names, b"").decode() or None
        else:
            self.size += len(message.get("body", b""))
            if not message.get("more_body", False):
                self.ended = perf_counter()
        await self._send(message)
