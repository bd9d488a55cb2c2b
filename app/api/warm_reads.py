"""Finished answers to reads, kept as bytes until something that is stored changes.

They stand in front of everything else, and no route knows of them. An answer is kept by all that
it may depend on: address, what is accepted, token, and the version of what is stored. So every
change that was acknowledged is in it; what depends on the clock alone (a deadline that passes, a
day that begins) is late by a minute at most.
"""

from asyncio import Event
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from time import perf_counter
from typing import Final, NamedTuple

from anyio import move_on_after
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.conditional import holds
from app.api.counters import Budget, Counters
from app.api.observing import WarmLog
from app.api.rate_limits import KnownTokens, address_of
from app.api.request_ids import choose, line_of
from app.requests import FRESH, good_until, route_of
from app.store.versions import DataVersion

LONGEST: Final = timedelta(minutes=1)
"""How long an answer is kept though nothing changes."""

PATIENCE_SECONDS: Final = 5.0
"""How long somebody waits for an answer that is being made for another who asked the same."""

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
        route: The template of the address that it was asked for at.
    """

    headers: tuple[tuple[bytes, bytes], ...]
    unchanged: tuple[tuple[bytes, bytes], ...]
    body: bytes
    tag: str
    until: datetime
    route: str | None = None


class WarmAnswers:
    """Answers of one version of what is stored; those asked for longest ago make room.

    Attributes:
        log: Tells which were given; None where nobody wants to know.
        hits: How often an answer was found.
        misses: How often none was.
        evictions: How many have made room.
    """

    def __init__(self, most_bytes: int, log: WarmLog | None = None) -> None:
        self.most_bytes, self.log = most_bytes, log
        self.hits = self.misses = self.evictions = 0
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
        """Keep an answer in place of those of other versions; its own is the one that holds now.

        Mostly it is a later one. Where a stand-by took over without the last changes it is not.
        """
        if version != self._version:
            self._answers.clear()
            self._bytes, self._version = 0, version
        if len(answer.body) > self.most_bytes // 8:
            return
        former = self._answers.pop(key, None)
        self._bytes += len(answer.body) - (len(former.body) if former else 0)
        self._answers[key] = answer
        while self._bytes > self.most_bytes:
            self._bytes -= len(self._answers.popitem(last=False)[1].body)
            self.evictions += 1

    @property
    def entries(self) -> int:
        """How many there are."""
        return len(self._answers)

    @property
    def size(self) -> int:
        """Bytes of their bodies."""
        return self._bytes


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


@dataclass(frozen=True, slots=True)
class Warm:
    """What answers from memory take.

    Attributes:
        clock: What tells the instant of a request.
        known: The tokens that have proved good.
    """

    answers: WarmAnswers
    version: DataVersion
    tabs: Tabs
    clock: Callable[[], datetime]
    known: KnownTokens

    def find_payer(self, scope: Scope, asked: "_Asked") -> str | None:
        """Return against whom an answer counts, as `RateLimits` has it.

        None for whoever shows a token that has not proved good.
        """
        if asked.credential is not None:
            token = self.known.find(asked.credential)
            return None if token is None else f"token {token}"
        client = scope.get("client")
        return f"address {_address_of(None if client is None else client[0])}"


class WarmReads:
    """Answers reads that were answered before, and keeps those that were not.

    It stands before the framework: what that does for each request takes as long as all of this.
    """

    def __init__(self, app: ASGIApp, *, patience_seconds: float = PATIENCE_SECONDS) -> None:
        """Stand before an application, and let everything through."""
        self._app, self._patience_seconds = app, patience_seconds
        self._making: dict[tuple[int, Key], Event] = {}
        self.warm: Warm | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        began, warm = perf_counter(), self.warm
        asked = None if warm is None or scope["type"] != "http" else _read_request(scope)
        if warm is None or asked is None or (version := await warm.version.read()) is None:
            await self._app(scope, receive, send)
            return
        now = warm.clock()
        answer = warm.answers.find(asked.key, version, now)
        if answer is None and (version, asked.key) in self._making:
            with move_on_after(self._patience_seconds):
                await self._making[version, asked.key].wait()
            answer = warm.answers.find(asked.key, version, now)
        payer = None if answer is None else warm.find_payer(scope, asked)
        if answer is not None and payer is not None and await warm.tabs.put(payer):
            warm.answers.hits += 1
            status, size, name = await _answer(asked, answer, send)
            if warm.answers.log is not None:
                warm.answers.log.note(answer.route, status, perf_counter() - began, size, name)
            return
        warm.answers.misses += 1
        scope.setdefault("state", {})["now"] = now
        with self._announced((version, asked.key)) as is_made:

            async def keep(made: Answer) -> None:
                # Kept if nothing has changed meanwhile.
                if await warm.version.read() == version:
                    warm.answers.keep(asked.key, version, made)
                is_made.set()

            await self._app(scope, receive, _Keeping(scope, keep).listening(send))

    @contextmanager
    def _announced(self, what: tuple[int, Key]) -> Iterator[Event]:
        """Let those who ask the same meanwhile wait until it is set, unless they wait already."""
        is_made = Event()
        if self._making.setdefault(what, is_made) is not is_made:
            yield is_made
            return
        try:
            yield is_made
        finally:
            del self._making[what]
            is_made.set()


class _Keeping:
    """What is kept of an answer while it is sent."""

    def __init__(self, scope: Scope, keep: Callable[[Answer], Awaitable[None]]) -> None:
        self._scope, self._keep = scope, keep
        self._start: Message = {}
        self._parts: list[bytes] = []

    def listening(self, send: Send) -> Send:
        """Return what sends an answer on, and keeps it."""

        async def listen(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._start = message
            else:
                self._parts.append(message.get("body", b""))
                # Before the last of it is sent: who is slow to take it keeps nobody waiting.
                if not message.get("more_body", False) and (made := self._finish()) is not None:
                    await self._keep(made)
            await send(message)

        return listen

    def _finish(self) -> Answer | None:
        """Return the answer; None where it is not one to be kept."""
        if self._start.get("status") != _OK:
            return None
        headers = [one for one in self._start["headers"] if one[0] != _REQUEST_ID]
        said = dict(headers)
        if b"etag" not in said or b"set-cookie" in said or said[b"cache-control"] == b"no-store":
            return None
        state = self._scope["state"]
        until, latest = good_until(state), state["now"] + LONGEST
        return Answer(
            headers=tuple(headers),
            unchanged=tuple(one for one in headers if one[0] not in _OF_CONTENT),
            body=b"".join(self._parts),
            tag=said[b"etag"].decode("latin-1"),
            until=latest if until is None else min(latest, until),
            route=route_of(self._scope),
        )


class _Asked(NamedTuple):
    """What a request says of itself.

    Attributes:
        key: All that its answer may depend on.
        credential: A digest of the token that it shows.
        held: The answers that the caller holds.
        names: What the caller calls it.
    """

    key: Key
    credential: bytes | None
    held: bytes | None
    names: bytes | None


def _read_request(scope: Scope) -> _Asked | None:
    """Return what a request says of itself; None if it is to be answered anew."""
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
    say = told.get
    shown = say(b"authorization")
    # Nobody who looks into memory finds a token there.
    credential = None if shown is None else sha256(shown).digest()
    key = (
        *(scope["raw_path"], scope["query_string"], scope["scheme"]),
        *(say(b"accept"), say(b"host"), say(b"origin"), credential),
    )
    return _Asked(key, credential, say(_IF_NONE_MATCH), say(_REQUEST_ID))


_address_of = lru_cache(maxsize=4096)(address_of)


async def _answer(asked: _Asked, answer: Answer, send: Send) -> tuple[int, int, str]:
    """Send a kept answer, or word that the caller holds it.

    Returns:
        The status, the bytes of the body, and the name of the request.
    """
    is_held = asked.held is not None and holds([asked.held.decode("latin-1")], answer.tag)
    status, headers, body = (
        (_NOT_MODIFIED, answer.unchanged, b"") if is_held else (_OK, answer.headers, answer.body)
    )
    name = choose(() if asked.names is None else (asked.names.decode("latin-1"),))
    start = {"status": status, "headers": [*headers, line_of(name)]}
    await send({"type": "http.response.start", **start})
    await send({"type": "http.response.body", "body": body})
    return status, len(body), name
