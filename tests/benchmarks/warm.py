"""Answers from memory, beside a bare Starlette route that answers with the same bytes.

The same bytes are body and headers: to send each header takes the server as long as to look an
answer up. It is asked with the same request, token included. What the route would do under its
media type alone is told beside it.
"""

from collections.abc import Iterator
from statistics import median
from typing import Final, NamedTuple

import httpx

from tests.benchmarks.databases import Held, demonstrated
from tests.benchmarks.findings import Finding
from tests.benchmarks.rates import TIMEOUT_SECONDS, UNBOUNDED, bare, measure
from tests.benchmarks.timing import time_answer
from tests.bodies import Headers
from tests.programs import Served, served

ROUNDS: Final = 5
LEAST: Final = 0.95

ASKED: Final = {
    "progress": "/v1/trusts/ZZ001/progress/leadership",
    "England": "/v1/england/progress",
}


class _Rates(NamedTuple):
    """Answers a second, in one round: our own, and the bare route's with all headers and few."""

    own: float
    bare: float
    short: float


def run() -> Iterator[Finding]:
    """Yield what was measured on each kind of database."""
    for held in demonstrated():
        with served(held.url, held.folder, **UNBOUNDED) as service:
            for what, path in ASKED.items():
                yield from _compare(service, held, f"{what}, {held.engine}", path)


def _compare(service: Served, held: Held, what: str, path: str) -> Iterator[Finding]:
    """Yield the rates of a stranger and of a caller with a token, beside the bare route's."""
    callers: dict[str, Headers] = {"stranger": {}, "with a token": held.token}
    answer = httpx.get(service.address + path, timeout=TIMEOUT_SECONDS)
    rates: dict[str, list[_Rates]] = {name: [] for name in callers}
    with bare(answer.content, answer.headers, held.folder) as beside:
        for _ in range(1 + ROUNDS):
            for name, headers in callers.items():
                full = measure(f"{beside.address}/", headers).a_second
                short = measure(f"{beside.address}/short", headers).a_second
                time_answer(service.port, path, headers, rounds=1)  # which keeps it for a minute
                found = measure(service.address + path, headers)
                if found.failed:
                    raise RuntimeError(f"{found.failed} requests of {path} failed")
                rates[name].append(_Rates(found.a_second, full, short))
    for name in callers:
        rounds = rates[name][1:]  # the first one warms up
        ratio = median(one.own / one.bare for one in rounds)
        yield Finding(
            f"warm {what}, {name}, {len(answer.content) / 1000:.0f} KB",
            f"{median(one.own for one in rounds):,.0f} a second",
            f"bare Starlette: {median(one.bare for one in rounds):,.0f} a second;"
            f" {median(one.short for one in rounds):,.0f} under its media type alone",
            ratio,
            f"at least {LEAST} × bare",
            ratio >= LEAST,
        )
