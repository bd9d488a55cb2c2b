"""What is counted of a database's use, at the cost of adding one: for whoever watches."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from time import perf_counter
from typing import Any, cast

from sqlalchemy import Engine, PoolProxiedConnection, QueuePool
from sqlalchemy.exc import TimeoutError as PoolTimeout


@dataclass(slots=True)
class Tally:
    """What has happened since the process began.

    Attributes:
        waits: How often somebody waited for a connection, since none was free.
        waited_seconds: How long, in all.
        timeouts: How often somebody got none.
        committed: Transactions of writers that were committed.
        rolled_back: Those that were given up: refused, failed or raced.
    """

    waits: int = 0
    waited_seconds: float = 0.0
    timeouts: int = 0
    committed: int = 0
    rolled_back: int = 0


class WatchedPool(QueuePool):
    """A pool of connections that keeps a tally."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - of the library
        super().__init__(*args, **options)
        self.tally = Tally()
        self._turn = Lock()

    def connect(self) -> PoolProxiedConnection:
        """Return a connection, after a wait where none is free."""
        if self.checkedout() < self.size():
            return super().connect()
        began = perf_counter()
        timeouts = 0
        try:
            return super().connect()
        except PoolTimeout:
            timeouts = 1
            raise
        finally:
            with self._turn:
                self.tally.waits += 1
                self.tally.waited_seconds += perf_counter() - began
                self.tally.timeouts += timeouts

    def count_write(self, *, is_committed: bool) -> None:
        """Count a transaction of a writer."""
        with self._turn:
            self.tally.committed += is_committed
            self.tally.rolled_back += not is_committed


def pool_of(engine: Engine) -> WatchedPool:
    """Return the pool of an engine that `app.store.engine` has built."""
    return cast("WatchedPool", engine.pool)


@contextmanager
def tallied(engine: Engine) -> Iterator[None]:
    """Count what a writer does meanwhile: it is committed where nothing is raised."""
    is_committed = False
    try:
        yield
        is_committed = True
    finally:
        pool_of(engine).count_write(is_committed=is_committed)
