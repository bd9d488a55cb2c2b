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
from tests.benchmarks.rates import SECONDS, TIMEOUT_SECONDS, UNBOUNDED, bare, measure
from tests.bodies import Headers
from tests.programs import Served, served

LEAST: Final = 0.95


class _Asked(NamedTuple):
    """What is asked for, and in how many rounds of how many seconds."""

    path: str
    rounds: int
    seconds: int


ASKED: Final = {
    "progress": _Asked("/v1/trusts/ZZ001/progress/leadership", 5, SECONDS),
    # What is large goes as fast as memory is copied, which changes from second to second.
    "England": _Asked("/v1/england/progress", 15, 1),
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
            for what, asked in ASKED.items():
                yield from _compare(service, held, f"{what}, {held.engine}", asked)


def _compare(service: Served, held: Held, what: str, asked: _Asked) -> Iterator[Finding]:
    """Yield the rates of a stranger and of a caller with a token, beside the bare route's."""
    callers: dict[str, Headers] = {"stranger": {}, "with a token": held.token}
    path, rounds, seconds = asked
    answer = httpx.get(service.address + path, timeout=TIMEOUT_SECONDS)
    rates: dict[str, list[_Rates]] = {name: [] for name in callers}
    with bare(answer.content, answer.headers, held.folder) as beside:
        for _ in range(1 + rounds):
            for name, headers in callers.items():
                short = measure(f"{beside.address}/short", headers, seconds=seconds).a_second
                full = measure(f"{beside.address}/", headers, seconds=seconds).a_second
                # The bare server has been asked right before, too; and this keeps the answer.
                measure(service.address + path, headers, seconds=seconds)
                found = measure(service.address + path, headers, seconds=seconds)
                if found.failed:
                    raise RuntimeError(f"{found.failed} requests of {path} failed")
                rates[name].append(_Rates(found.a_second, full, short))
    for name in callers:
        taken = rates[name][1:]  # the first one warms up
        ratio = median(one.own / one.bare for one in taken)
        yield Finding(
            f"warm {what}, {name}, {len(answer.content) / 1000:.0f} KB",
            f"{median(one.own for one in taken):,.0f} a second",
            f"bare Starlette: {median(one.bare for one in taken):,.0f} a second;"
            f" {median(one.short for one in taken):,.0f} under its media type alone",
            ratio,
            f"at least {LEAST} × bare",
            ratio >= LEAST,
        )
