"""Finished answers to reads, kept as bytes until something that is stored changes.

They stand in front of everything else, and no route knows of them. An answer is kept by all that
it may depend on: address, what is accepted, token, and the version of what is stored. So what
depends on what is stored is never late; what depends on the clock alone (a deadline that passes,
a day that begins) is by a minute at most.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.conditional import holds
from app.api.counters import Budget, Counters
from app.api.rate_limits import address_of
from app.api.request_ids import choose, line_of
from app.requests import FRESH, good_until, now_of

LONGEST: Final = timedelta(minutes=1)
"""How long an answer is kept though nothing changes."""

MOST_TABS: Final = 10_000
"""Callers whose kept answers one process counts at a time."""

_OK, _NOT_MODIFIED = 200, 304
_API: Final = "/v1/"
_IF_NONE_MATCH: Final = b"if-none-match"
_REQUEST_ID: Final = b"x-request-id"
_OF_CONTENT: Final = frozenset({b"content-length", b"content-type"})
_KEYED: Final = frozenset({b"accept", b"authorization", b"host", b"origin"})
_SINGLE: Final = _KEYED | {_IF_NONE_MATCH, _REQUEST_ID}
_UNUSUAL: Final = frozenset(
    {b"content-length", b"content-type", b"transfer-encoding", b"expect", b"range", b"upgrade"}
)
"""Headers of requests that are answered anew."""

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was sent.

    Attributes:
        headers: But for the name of the request that it was sent to.
        unchanged: Those of the answer to whoever holds it.
        until: From then on it is made anew.
    """

    headers: tuple[tuple[bytes, bytes], ...]
    unchanged: tuple[tuple[bytes, bytes], ...]
    body: bytes
    tag: str
    until: datetime


class WarmAnswers:
    """Answers of one version of what is stored; those asked for longest ago make room."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._bytes = 0
        self._version = -1
        self._answers: OrderedDict[Key, Answer] = OrderedDict()

    def find(self, key: Key, version: int, now: datetime) -> Answer | None:
        """Return what was answered, unless that is too old."""
        found = self._answers.get(key) if version == self._version else None
        if found is None or now >= found.until:
            return None
        self._answers.move_to_end(key)
        return found

    def keep(self, key: Key, version: int, answer: Answer) -> None:
        """Keep an answer in place of those of versions before its own."""
        if version > self._version:
            self._answers.clear()
            self._bytes, self._version = 0, version
        if version < self._version or len(answer.body) > self.most_bytes // 8:
            return
        former = self._answers.pop(key, None)
        self._bytes += len(answer.body) - (len(former.body) if former else 0)
        self._answers[key] = answer
        while self._bytes > self.most_bytes:
            self._bytes -= len(self._answers.popitem(last=False)[1].body)


class Tabs:
    """Counts what is answered from memory against callers' budgets, a hundredth at a time."""

    def __init__(self, counters: Counters, quota: int) -> None:
        self._counters, self._budget = counters, Budget("reads", quota)
        self._step = max(1, quota // 100)
        self._open: dict[str, int] = {}

    async def put(self, who: str) -> bool:
        """Count an answer; return whether the caller may have it."""
        count = self._open.pop(who, 0) + 1
        may = count < self._step or await self._counters.spend(self._budget, who, count) is None
        if len(self._open) >= MOST_TABS:
            self._open.clear()
        if count < self._step:
            self._open[who] = count
        elif not may:
            self._open[who] = count - 1  # to be asked for again with the next one
        return may


class WarmReads:
    """Answers reads that were answered before, and keeps those that were not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        state = scope["app"].state
        is_read = scope["type"] == "http" and state.warm is not None
        key = _key_of(scope) if is_read else None
        version = None if key is None else await state.version.read()
        if key is None or version is None:
            await self._app(scope, receive, send)
            return
        now = now_of(scope)
        answer = state.warm.find(key, version, now)
        payer = None if answer is None else _payer_of(scope, key)
        if answer is not None and payer is not None and await state.tabs.put(payer):
            await _answer(scope, answer, send)
            return
        await self._answer_anew(scope, receive, send, _Keeping(key, version, now))

    async def _answer_anew(
        self, scope: Scope, receive: Receive, send: Send, keeping: "_Keeping"
    ) -> None:
        """Let a request be answered, and keep the answer if nothing has changed meanwhile."""
        await self._app(scope, receive, keeping.listening(send))
        made = keeping.finish(scope["state"])
        state = scope["app"].state
        if made is not None and await state.version.read() == keeping.version:
            state.warm.keep(keeping.key, keeping.version, made)


class _Keeping:
    """What is kept of an answer while it is sent."""

    def __init__(self, key: Key, version: int, now: datetime) -> None:
        self.key, self.version, self._now = key, version, now
        self._start: Message = {}
        self._parts: list[bytes] = []
        self._is_whole = False

    def listening(self, send: Send) -> Send:
        """Return what sends an answer on, and keeps it."""

        async def listen(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._start = message
            else:
                self._parts.append(message.get("body", b""))
                self._is_whole = not message.get("more_body", False)
            await send(message)

        return listen

    def finish(self, state: dict[str, Any]) -> Answer | None:
        """Return the answer; None where it is not one to be kept."""
        if not self._is_whole or self._start.get("status") != _OK:
            return None
        headers = [one for one in self._start["headers"] if one[0] != _REQUEST_ID]
        said = dict(headers)
        if b"etag" not in said or b"set-cookie" in said or said[b"cache-control"] == b"no-store":
            return None
        until = good_until(state)
        latest = self._now + LONGEST
        return Answer(
            headers=tuple(headers),
            unchanged=tuple(one for one in headers if one[0] not in _OF_CONTENT),
            body=b"".join(self._parts),
            tag=said[b"etag"].decode("latin-1"),
            until=latest if until is None else min(latest, until),
        )


def _key_of(scope: Scope) -> Key | None:
    """Return all that the answer to a request may depend on; None if it is to be made anew."""
    path: str = scope["path"]
    if scope["method"] != "GET" or path.startswith(FRESH):
        return None
    is_page = not path.startswith(_API)
    told: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in _SINGLE:
            if name in told:
                return None
            told[name] = value
        elif name in _UNUSUAL or (is_page and name == b"cookie"):
            return None
    shown = told.get(b"authorization")
    return (
        scope["raw_path"],
        scope["query_string"],
        scope["scheme"],
        told.get(b"accept"),
        told.get(b"host"),
        told.get(b"origin"),
        # Nobody who looks into memory finds a token there.
        None if shown is None else sha256(shown).digest(),
    )


def _payer_of(scope: Scope, key: Key) -> str | None:
    """Return against whom an answer counts, as `RateLimits` has it.

    None for whoever shows a token that has not proved good.
    """
    *_, credential = key
    if credential is not None:
        token: str | None = scope["app"].state.known_tokens.find(credential)
        return None if token is None else f"token {token}"
    client = scope.get("client")
    return f"address {_address_of(None if client is None else client[0])}"


_address_of = lru_cache(maxsize=4096)(address_of)


async def _answer(scope: Scope, answer: Answer, send: Send) -> None:
    """Send a kept answer, or word that the caller holds it."""
    asked = [value.decode("latin-1") for name, value in scope["headers"] if name == _IF_NONE_MATCH]
    is_held = bool(asked) and holds(asked, answer.tag)
    names = [value.decode("latin-1") for name, value in scope["headers"] if name == _REQUEST_ID]
    headers = answer.unchanged if is_held else answer.headers
    await send(
        {
            "type": "http.response.start",
            "status": _NOT_MODIFIED if is_held else _OK,
            "headers": [*headers, line_of(choose(names))],
        }
    )
    await send({"type": "http.response.body", "body": b"" if is_held else answer.body})
