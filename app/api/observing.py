"""What each request was, for the log and for metrics, without a word that its caller wrote."""

import logging
from asyncio import get_running_loop
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter, time
from typing import Final, NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.requests import marked_import, route_of

METHODS: Final = frozenset(
    {"CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"}
)
"""Methods that are told as they are; whatever else a caller makes up is another."""

OTHER: Final = "OTHER"
"""What stands for all other methods."""

HEALTH: Final = "/health/"
"""Beginning of the addresses that are asked every few seconds, by machines."""

TOGETHER_SECONDS: Final = 0.02
"""For how long warm answers are gathered before they are told in the log."""

_log = logging.getLogger("parity.requests")


class Served(NamedTuple):
    """A request that was served: as a tuple, since there may be many thousands a second.

    Attributes:
        at: When it had been, in seconds since the epoch.
        method: One of `METHODS`, or `OTHER`.
        route: The template of its address; None where no route took it.
        status: None where the caller left before any was told.
        seconds: From the first of it to the last byte of the answer.
        size: Bytes of the answer's body.
        request_id: The name of the request.
        is_warm: Whether the answer was kept from a request before.
    """

    at: float
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
        return f"{self.method} {self.route} {self.status} ({facts}) [{self.request_id}]"


@dataclass(frozen=True, slots=True)
class Batch:
    """Requests that are told in the log together, a line for each."""

    served: Sequence[Served]

    def __str__(self) -> str:
        """Return them as lines for people."""
        return "\n".join(map(str, self.served))


class Observed:
    """Sees every request that is answered anew, and tells of it in the log and to the metrics."""

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
        served = Served(
            at=time(),
            method=scope["method"] if scope["method"] in METHODS else OTHER,
            route=route_of(scope),
            status=seen.status,
            seconds=(seen.ended or perf_counter()) - seen.started,
            size=seen.size,
            request_id=state.get("request_id"),
            is_warm=False,
        )
        if self._is_logging:
            level = logging.DEBUG if scope["path"].startswith(HEALTH) else logging.INFO
            _log.log(level, Batch([served]))
        metrics = scope["app"].state.metrics
        if metrics is not None:
            metrics.note(served, marked_import(state))


class _Seen:
    """What is seen of an answer while it is sent."""

    __slots__ = ("_send", "ended", "size", "started", "status")

    def __init__(self, send: Send) -> None:
        self._send = send
        self.started = perf_counter()
        # What is done once the caller has its answer is not counted.
        self.ended: float | None = None
        self.status: int | None = None
        self.size = 0

    async def send(self, message: Message) -> None:
        """Send a part of the answer on."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.size += len(message.get("body", b""))
            if not message.get("more_body", False):
                self.ended = perf_counter()
        await self._send(message)


class WarmLog:
    """Tells in the log of warm answers, many at a time.

    Telling of one by itself would take longer than giving it.
    """

    def __init__(self) -> None:
        self._served: list[Served] = []

    def note(self, route: str | None, status: int, seconds: float, size: int, name: str) -> None:
        """Tell soon of a warm answer."""
        if not self._served:
            get_running_loop().call_later(TOGETHER_SECONDS, self.tell)
        self._served.append(
            Served(time(), "GET", route, status, seconds, size, name, is_warm=True)
        )

    def tell(self) -> None:
        """Tell now of those that were not told yet."""
        served, self._served = self._served, []
        if served:
            _log.info(Batch(served))
