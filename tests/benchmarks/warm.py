"""Answers from memory, beside a bare Starlette route that answers with the same bytes.

The same bytes are body and headers: to send each header takes the server as long as to look an
answer up. What the route would do under its media type alone is told beside it.
"""

from collections.abc import Iterator
from statistics import median
from typing import Final

import httpx

from tests.benchmarks.databases import Held, demonstrated
from tests.benchmarks.findings import Finding
from tests.benchmarks.rates import TIMEOUT_SECONDS, UNBOUNDED, bare, measure
from tests.benchmarks.timing import time_answer
from tests.bodies import Headers
from tests.programs import Served, served

ROUNDS: Final = 3
LEAST: Final = 0.95

ASKED: Final = {
    "progress": "/v1/trusts/ZZ001/progress/leadership",
    "England": "/v1/england/progress",
}


def run() -> Iterator[Finding]:
    """Yield what was measured on each kind of database."""
    for held in demonstrated():
        with served(held.url, held.folder, **UNBOUNDED) as service:
            for what, path in ASKED.items():
                yield from _compare(service, held, f"{what}, {held.engine}", path)


def _compare(service: Served, held: Held, what: str, path: str) -> Iterator[Finding]:
    """Yield the rates of a stranger and of a caller with a token, beside the bare route's."""
    callers: dict[str, Headers] = {"stranger": {}, "with a token": held.token}
    rates: dict[str, list[float]] = {name: [] for name in (*callers, "bare", "short")}
    answer = httpx.get(service.address + path, timeout=TIMEOUT_SECONDS)
    with bare(answer.content, answer.headers, held.folder) as beside:
        for _ in range(1 + ROUNDS):
            rates["bare"].append(measure(f"{beside.address}/").a_second)
            rates["short"].append(measure(f"{beside.address}/short").a_second)
            for name, headers in callers.items():
                time_answer(service.port, path, headers, rounds=1)  # which keeps it for a minute
                found = measure(service.address + path, headers)
                if found.failed:
                    raise RuntimeError(f"{found.failed} requests of {path} failed")
                rates[name].append(found.a_second)
    for name in callers:
        # The first round warms up.
        pairs = list(zip(rates[name], rates["bare"], strict=True))[1:]
        ratio = median(one / other for one, other in pairs)
        yield Finding(
            f"warm {what}, {name}, {len(answer.content) / 1000:.0f} KB",
            f"{median(one for one, _ in pairs):,.0f} a second",
            f"bare Starlette: {median(other for _, other in pairs):,.0f} a second;"
            f" {median(rates['short'][1:]):,.0f} under its media type alone",
            ratio,
            f"at least {LEAST} × bare",
            ratio >= LEAST,
        )
