"""How the service keeps its rate when many connections ask at once.

The textbook pattern of a session a request answers none at all at 100 connections: threads wait
for connections that wait for threads.
"""

from collections.abc import Iterator
from statistics import median
from typing import Final

from tests.benchmarks.cold import COLD, PROGRESS
from tests.benchmarks.databases import demonstrated
from tests.benchmarks.findings import Finding
from tests.benchmarks.rates import SECONDS, UNBOUNDED, measure
from tests.programs import served

FEW: Final = 32
MANY: Final = 200
ROUNDS: Final = 3

COLD_SECONDS: Final = 15
"""How long a rate of answers made anew is measured: each takes long while 200 are being made."""

LEAST: Final = 0.85


def run() -> Iterator[Finding]:
    """Yield what was measured of answers from memory, and of answers made anew."""
    for held in demonstrated():
        for what, settings, seconds in (
            ("warm", UNBOUNDED, SECONDS),
            ("cold", UNBOUNDED | COLD, COLD_SECONDS),
        ):
            with served(held.url, held.folder, **settings) as service:
                url = service.address + PROGRESS
                yield _compare(f"{what} progress, {held.engine}", url, seconds)


def _compare(what: str, url: str, seconds: int) -> Finding:
    rates: dict[int, list[float]] = {FEW: [], MANY: []}
    failed = 0
    measure(url, seconds=seconds)  # the first requests pay for imports and caches
    for _ in range(ROUNDS):
        for connections, found in rates.items():
            rate = measure(url, connections=connections, seconds=seconds)
            found.append(rate.a_second)
            failed += rate.failed
    kept = median(many / few for few, many in zip(rates[FEW], rates[MANY], strict=True))
    return Finding(
        f"{MANY} connections, {what}",
        f"{median(rates[MANY]):,.0f} a second, {failed} failed",
        f"{FEW} connections: {median(rates[FEW]):,.0f} a second",
        kept,
        f"at least {LEAST} × the rate at {FEW}, none failed",
        kept >= LEAST and not failed,
    )
