"""Many who ask the same at once: one answer is made, and all are given it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Engine
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from app.api.counters import Counters
from app.api.rate_limits import KnownTokens
from app.api.warm_reads import Tabs, Warm, WarmAnswers, WarmReads
from app.store.versions import watch
from tests.given import START

MANY: Final = 5


@dataclass(slots=True)
class Desk:
    """An application that answers when it is told to, a number in each answer.

    Attributes:
        headers: Of its answers.
        go: Lets it answer.
        arrivals: One for each request that has come to it.
        begun: How many answers it has begun to make.
    """

    headers: dict[str, str]
    go: asyncio.Event = field(default_factory=asyncio.Event)
    arrivals: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    begun: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        self.begun += 1
        self.arrivals.release()
        answer = PlainTextResponse(str(self.begun), headers=self.headers)
        await self.go.wait()
        await answer(scope, receive, send)


KEPT: Final = {"etag": '"1"', "cache-control": "private"}
FLEETING: Final = {"cache-control": "no-store"}


def scope_of(path: str = "/v1/england/progress") -> Scope:
    """Return a request."""
    return {
        "type": "http", "method": "GET", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": b"", "headers": [], "client": ("127.0.0.1", 1),
    }  # fmt: skip


async def receive() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


@asynccontextmanager
async def fronted(engine: Engine, desk: Desk, patience_seconds: float) -> AsyncIterator[WarmReads]:
    """Yield what stands before an application, and keeps its answers by a database's version."""
    version = watch(engine)
    front = WarmReads(desk, patience_seconds=patience_seconds)
    front.warm = Warm(
        WarmAnswers(1_000), version, Tabs(Counters(), 1_000), lambda: START, KnownTokens()
    )
    await version.read()  # which connects
    yield front
    await version.close()


async def ask(front: WarmReads, path: str = "/v1/england/progress") -> str:
    """Return what is answered."""
    body = b""

    async def send(message: Message) -> None:
        nonlocal body
        body += message.get("body", b"")

    await front(scope_of(path), receive, send)
    return body.decode()


async def until(desk: Desk, number: int) -> None:
    """Let the others go on until so many answers were begun."""
    for _ in range(number):
        await desk.arrivals.acquire()


async def settled() -> None:
    """Let the others go on until they wait."""
    for _ in range(20):
        await asyncio.sleep(0)


def test_who_asks_what_is_being_made_for_another_waits_for_it(engine: Engine) -> None:
    async def script() -> tuple[list[str], int, int, int]:
        desk = Desk(KEPT)
        async with fronted(engine, desk, 60) as front:
            asking = [asyncio.create_task(ask(front)) for _ in range(MANY)]
            other = asyncio.create_task(ask(front, "/v1/measures"))
            await until(desk, 2)
            await settled()
            desk.go.set()
            told = [await one for one in (*asking, other)]
            assert front.warm is not None
            return told, desk.begun, front.warm.answers.hits, front.warm.answers.misses

    assert asyncio.run(script()) == (["1"] * MANY + ["2"], 2, MANY - 1, 2)


def test_an_answer_that_is_not_to_be_kept_is_made_for_everybody(engine: Engine) -> None:
    async def script() -> list[str]:
        desk = Desk(FLEETING)
        async with fronted(engine, desk, 60) as front:
            asking = [asyncio.create_task(ask(front)) for _ in range(MANY)]
            await until(desk, 1)
            await settled()
            desk.go.set()
            return sorted([await one for one in asking])

    assert asyncio.run(script()) == [str(number) for number in range(1, MANY + 1)]


def test_who_has_waited_for_long_is_answered_for_oneself(engine: Engine) -> None:
    async def script() -> list[str]:
        desk = Desk(KEPT)
        async with fronted(engine, desk, 0) as front:
            asking = [asyncio.create_task(ask(front)) for _ in range(MANY)]
            await until(desk, MANY)
            desk.go.set()
            return sorted([await one for one in asking])

    assert asyncio.run(script()) == [str(number) for number in range(1, MANY + 1)]


def test_who_is_slow_to_take_an_answer_keeps_nobody_waiting(engine: Engine) -> None:
    async def script() -> str:
        desk, taken = Desk(KEPT), asyncio.Event()

        async def send(message: Message) -> None:
            if message["type"] == "http.response.body":
                await taken.wait()

        async with fronted(engine, desk, 60) as front:
            slow = asyncio.create_task(front(scope_of(), receive, send))
            await until(desk, 1)
            quick = asyncio.create_task(ask(front))
            await settled()
            desk.go.set()
            told = await quick
            assert not slow.done()
            taken.set()
            await slow
            return told

    assert asyncio.run(script()) == "1"
