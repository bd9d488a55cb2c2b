"""Metrics for Prometheus, of one process.

An application that is watched has a registry of its own. What happens often is counted where it
happens, as plain numbers, and read when somebody asks: nobody waits for being counted.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Engine
from starlette.datastructures import State

from app.api.observing import Served
from app.domain.errors import StorageUnavailable
from app.domain.imports import ImportKind
from app.domain.returns import ReturnCounts
from app.services.vital_signs import VitalSigns, read_vital_signs
from app.store.engine import reading
from app.store.schema import NEWEST
from app.store.tallies import WatchedPool, pool_of

PRIMARY: Final = "primary"
"""What the database is to the service that it writes to."""

UNROUTED: Final = "none"
"""What stands for the route of a request that no route took."""

BUCKETS: Final = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0)
"""Seconds up to which answers are counted together; the slowest are imports."""

_FAILED: Final = 500
_REFUSED: Final = 400


class Metrics:
    """What one process tells of itself.

    Attributes:
        registry: Gathers it when somebody asks.
    """

    def __init__(
        self,
        state: State,
        *,
        engines: Mapping[str, Engine],
        own_engine: Engine,
        clock: Callable[[], datetime],
    ) -> None:
        """Begin to count.

        Args:
            state: Of the application.
            engines: With which it serves requests, by what their databases are to it.
            own_engine: With which metrics ask the database: so they are told also while every
                connection of the other is taken.
            clock: What tells the instant.
        """
        # When a series began would double how many there are.
        disable_created_metrics()  # type: ignore[no-untyped-call] # the library's
        self.registry = CollectorRegistry()
        self._durations = Histogram(
            "parity_http_request_duration_seconds",
            "Seconds that requests took which were answered anew.",
            ["method", "route", "status"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self._imports = Counter(
            "parity_imports",
            "Files of figures that came over HTTP: stored, previewed, repeated, refused, failed.",
            ["kind", "outcome"],
            registry=self.registry,
        )
        for collector in (_Warm(state), _Pools(engines), _Domain(own_engine, clock)):
            self.registry.register(collector)
        ProcessCollector(registry=self.registry)

    def note(self, served: Served, imported: tuple[ImportKind, str | None] | None) -> None:
        """Count a request.

        Args:
            served: Which was answered anew.
            imported: What it did with a file; None for all others.
        """
        status = "none" if served.status is None else f"{served.status // 100}xx"
        route = served.route or UNROUTED
        self._durations.labels(served.method, route, status).observe(served.seconds)
        if imported is not None:
            kind, outcome = imported
            self._imports.labels(kind.value, _outcome(served.status, outcome)).inc()


def _outcome(status: int | None, said: str | None) -> str:
    """Return what became of a file, by the answer and by what the route said."""
    if status is None or status >= _FAILED:
        return "failed"
    if status >= _REFUSED:
        return "refused"
    # Where the route has not said it, an answer was given again that was kept under the same key.
    return said or "repeated"


class _Warm(Collector):
    """Tells of finished answers that are kept."""

    def __init__(self, state: State) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        """Yield what there is; nothing where none are kept."""
        warm = self._state.warm
        if warm is None:
            return
        yield _counter("warm_hits", "Reads that were answered from memory.", warm.hits)
        yield _counter("warm_misses", "Reads that were not, and could have been.", warm.misses)
        yield _counter("warm_evictions", "Answers that made room for others.", warm.evictions)
        yield _gauge("warm_answers", "Answers that are kept.", warm.entries)
        yield _gauge("warm_bytes", "Bytes of their bodies.", warm.size)
        yield _gauge("warm_bytes_limit", "Bytes that they may have.", warm.most_bytes)


class _Pools(Collector):
    """Tells of the connections with which requests are served."""

    def __init__(self, engines: Mapping[str, Engine]) -> None:
        self._engines = engines

    def collect(self) -> Iterator[Metric]:
        """Yield what there is of each database, and what writers did to the primary."""
        pools = {name: pool_of(engine) for name, engine in self._engines.items()}
        for name, said, read in _GAUGES_OF_POOLS:
            yield _of_databases(GaugeMetricFamily(name, said, labels=["database"]), pools, read)
        for name, said, read in _COUNTERS_OF_POOLS:
            yield _of_databases(CounterMetricFamily(name, said, labels=["database"]), pools, read)
        tally = pools[PRIMARY].tally
        writes = CounterMetricFamily(
            "parity_writes", "Transactions of writers, by how they ended.", labels=["outcome"]
        )
        writes.add_metric(["committed"], tally.committed)
        writes.add_metric(["rolled_back"], tally.rolled_back)
        yield writes


_Read = Callable[[WatchedPool], float]

_GAUGES_OF_POOLS: Final[tuple[tuple[str, str, _Read], ...]] = (
    ("parity_pool_size", "Connections that the process may have.", lambda one: one.size()),
    ("parity_pool_in_use", "Those of them that are in use.", lambda one: one.checkedout()),
)

_COUNTERS_OF_POOLS: Final[tuple[tuple[str, str, _Read], ...]] = (
    ("parity_pool_waits", "Times that none was free.", lambda one: one.tally.waits),
    (
        *("parity_pool_wait_seconds", "Seconds waited for one."),
        lambda one: one.tally.waited_seconds,
    ),
    ("parity_pool_timeouts", "Times that none came free.", lambda one: one.tally.timeouts),
)


def _of_databases(
    family: GaugeMetricFamily | CounterMetricFamily, pools: Mapping[str, WatchedPool], read: _Read
) -> Metric:
    """Return a family with what is read of each pool."""
    for database, pool in pools.items():
        family.add_metric([database], read(pool))
    return family


class _Domain(Collector):
    """Tells of what the service is there for, which is the same in every process."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine, self._clock = engine, clock
        self._known: tuple[datetime, VitalSigns] | None = None

    def collect(self) -> Iterator[Metric]:
        """Yield what the database tells; whether it does, if it does not."""
        build = GaugeMetricFamily("parity_build_info", "What runs.", labels=["version", "schema"])
        build.add_metric([version("parity"), NEWEST], 1)
        yield build
        try:
            signs = self._read()
        except StorageUnavailable:
            signs = None
        yield _gauge("database_up", "Whether the database answers.", signs is not None)
        if signs is not None:
            yield from _tell(signs)

    def _read(self) -> VitalSigns:
        now = self._clock()
        at, signs = self._known or (now, None)
        known = signs if at.date() == now.date() else None
        with reading(self._engine) as session:
            signs = read_vital_signs(session, now=now, known=known)
        self._known = now, signs
        return signs


def _tell(signs: VitalSigns) -> Iterator[Metric]:
    yield _gauge("ledger_number", "Number of the newest change.", signs.changes)
    if signs.newest_actuals is not None:
        at = signs.newest_actuals.timestamp()
        yield _gauge("newest_actuals_timestamp_seconds", "When actuals last came in.", at)
    for name, said, count in _OF_RETURNS:
        family = GaugeMetricFamily(f"parity_{name}", said, labels=["census"])
        for year, counts in signs.returns.items():
            family.add_metric([str(year)], count(counts))
        yield family


_OF_RETURNS: Final[tuple[tuple[str, str, Callable[[ReturnCounts], int]], ...]] = (
    ("returns_due", "Trusts of which a return is expected.", lambda one: one.expected),
    ("returns_received", "Trusts whose staff are counted in a return.", lambda one: one.sent),
    ("returns_signed_off", "Those whose board has approved it.", lambda one: one.signed_off),
    ("returns_overdue", "Trusts whose due date passed without one.", lambda one: one.overdue),
    (
        "targets_in_force",
        "Trusts with a target of the cycle in force.",
        lambda one: one.with_targets,
    ),
    ("targets_waiting", "Targets that wait for a review.", lambda one: one.targets_waiting),
)


def _gauge(name: str, said: str, value: float) -> Metric:
    return GaugeMetricFamily(f"parity_{name}", said, value=value)


def _counter(name: str, said: str, value: float) -> Metric:
    return CounterMetricFamily(f"parity_{name}", said, value=value)
