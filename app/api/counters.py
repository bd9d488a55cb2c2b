"""Counting requests by the minute: in each process for itself, or in Redis for all."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter
from limits.errors import StorageError

if TYPE_CHECKING:
    from redis.asyncio import ConnectionPool

MEMORY: Final = "memory"
"""What stands for counting in each process for itself."""

PATIENCE_SECONDS: Final = 0.25
"""How long a request waits for Redis, to connect or to answer."""

PAUSE_SECONDS: Final = 5.0
"""How long Redis is left alone after it has failed."""

_log = logging.getLogger("parity.api")


@dataclass(frozen=True, slots=True)
class Budget:
    """How many requests of a kind a caller may make in a minute.

    Attributes:
        quota: Requests; 0 for as many as one likes.
    """

    name: str
    quota: int


class Counters:
    """Counts requests in windows of a minute.

    While Redis does not answer, each process counts for itself: nobody is turned away for it,
    and a flood is not let through either.
    """

    def __init__(
        self, storage: str = MEMORY, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin to count.

        Args:
            storage: `memory`, or the address of a Redis.
            clock: What tells seconds, to leave Redis alone for a while.
        """
        self._own = FixedWindowRateLimiter(MemoryStorage())
        self._pool = None if storage == MEMORY else _connect(storage)
        self._shared = None if self._pool is None else _share(self._pool, storage)
        self._clock, self._again_at = clock, 0.0

    async def close(self) -> None:
        """Let go of Redis."""
        if self._pool is not None:
            await self._pool.aclose()

    async def spend(self, budget: Budget, who: str, count: int = 1) -> int | None:
        """Count requests; return None, or after how many seconds the next one is let through."""
        if budget.quota == 0:
            return None
        if self._shared is None or self._clock() < self._again_at:
            return await _spend(self._own, budget, who, count)
        try:
            return await _spend(self._shared, budget, who, count)
        except StorageError as error:
            self._again_at = self._clock() + PAUSE_SECONDS
            _log.warning("Redis failed (%s); each process counts requests for itself", error)
            return await _spend(self._own, budget, who, count)


async def _spend(
    limiter: FixedWindowRateLimiter, budget: Budget, who: str, count: int
) -> int | None:
    item = RateLimitItemPerMinute(budget.quota)
    if await limiter.hit(item, budget.name, who, cost=count):
        return None
    ends_at = (await limiter.get_window_stats(item, budget.name, who)).reset_time
    return max(1, ceil(ends_at - time.time()))


def _connect(url: str) -> "ConnectionPool":
    # An extra of the distribution, which only who shares counters has installed.
    from redis.asyncio import ConnectionPool  # noqa: PLC0415

    return ConnectionPool.from_url(
        url.removeprefix("redis+"),  # its own name of a Unix socket is shorter
        socket_connect_timeout=PATIENCE_SECONDS,
        socket_timeout=PATIENCE_SECONDS,
    )


def _share(pool: "ConnectionPool", url: str) -> FixedWindowRateLimiter:
    storage = RedisStorage(
        f"async+{url}",
        wrap_exceptions=True,
        implementation="redispy",
        key_prefix="PARITY",
        connection_pool=pool,  # type: ignore[arg-type] # the library types its options too narrowly
    )
    return FixedWindowRateLimiter(storage)
