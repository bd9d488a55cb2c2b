"""Counting by the minute: alone, and together in a real Redis that comes and goes."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator

import pytest

from app.api.counters import PAUSE_SECONDS, Budget, Counters
from tests.redis import RedisServer, running_redis

THREE = Budget("reads", 3)


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with running_redis() as server:
        yield server


def counting(
    storages: list[str], script: Callable[..., Awaitable[None]], **options: Callable[[], float]
) -> None:
    """Run a script with counters of as many processes."""

    async def run() -> None:
        counters = [Counters(one, **options) for one in storages]
        try:
            await script(*counters)
        finally:
            for one in counters:
                await one.close()

    asyncio.run(run())


def test_a_caller_who_asks_too_often_is_told_when_to_come_back() -> None:
    async def script(counters: Counters) -> None:
        waits = [await counters.spend(THREE, "me") for _ in range(5)]

        assert waits[:3] == [None] * 3
        assert all(wait is not None and 1 <= wait <= 60 for wait in waits[3:])
        assert await counters.spend(THREE, "another") is None
        assert await counters.spend(Budget("writes", 3), "me") is None

    counting(["memory"], script)


def test_no_quota_is_no_limit() -> None:
    async def script(counters: Counters) -> None:
        assert [await counters.spend(Budget("reads", 0), "me") for _ in range(9)] == [None] * 9

    counting(["memory"], script)


def test_processes_count_together_in_redis_and_alone_while_it_is_away(
    redis: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    seconds = 100.0

    async def script(one: Counters, other: Counters) -> None:
        nonlocal seconds

        async def spend(*processes: Counters) -> list[bool]:
            return [await process.spend(THREE, "me") is None for process in processes]

        assert await spend(one, other, one, other, one) == [True, True, True, False, False]
        redis.stop()
        assert await spend(one, one, one, one, other) == [True, True, True, False, True]
        redis.start()
        assert await spend(one) == [False]  # Redis is left alone for a while
        seconds += PAUSE_SECONDS
        assert await spend(one, other, one, other) == [True, True, True, False]

    with caplog.at_level(logging.WARNING, logger="parity.api"):
        counting([redis.url] * 2, script, clock=lambda: seconds)

    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    assert all("Redis failed" in record.getMessage() for record in caplog.records)
