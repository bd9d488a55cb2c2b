"""How long pages, charts and documents take to answer, cold and warm, on one connection.

Run by `make bench-pages`. The service runs on a database of its own with the demonstration set
(202 open trusts), twice: once keeping no answers, so that each is made anew, and once as it is
started by default. Each address is asked for a number of times; the medians are printed, beside
that of a bare Starlette route that answers with the same bytes. It fails where the issue's
bounds are missed.
"""

import http.client
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.apps import listening
from tests.benchmarks.connections import running_service

ROUNDS: Final = 15
WARMING: Final = 3
HTML: Final = "text/html"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, and in how many milliseconds it is to be answered."""

    name: str
    path: str
    accept: str = HTML
    cold_ms: float | None = None
    warm_ms: float | None = None


ASKED: Final = (
    Asked("England, 202 trusts", "/england", cold_ms=300, warm_ms=20),
    Asked("Trusts", "/trusts", cold_ms=300, warm_ms=20),
    Asked("Trust", "/trusts/ZZ001"),
    Asked("Measure of a trust", "/trusts/ZZ001/measures/leadership"),
    Asked(
        "Chart: trajectory",
        "/v1/trusts/ZZ001/progress/leadership/charts/trajectory",
        "image/svg+xml",
        cold_ms=150,
    ),
    Asked(
        "Chart: bands",
        "/v1/trusts/ZZ001/progress/leadership/charts/bands",
        "image/svg+xml",
        cold_ms=150,
    ),
    Asked(
        "Chart: people",
        "/v1/trusts/ZZ001/progress/leadership/charts/people",
        "image/svg+xml",
        cold_ms=150,
    ),
    Asked(
        "Chart: chances",
        "/v1/trusts/ZZ001/progress/leadership/charts/chances",
        "image/svg+xml",
        cold_ms=150,
    ),
    Asked("Chart: England", "/v1/england/progress/leadership/charts/trajectory", "image/svg+xml"),
    Asked("Board page, PDF", "/trusts/ZZ001/board-page.pdf", "application/pdf", cold_ms=3000),
    Asked("Report, PDF", "/england/reports/2025.pdf", "application/pdf", cold_ms=3000),
)


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds, the median of the rounds, and what was answered."""

    ms: float
    body: bytes


def ask(port: int, one: Asked) -> Took:
    """Return how long an answer takes on a connection that is kept open."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    times, body = [], b""
    for _ in range(WARMING + ROUNDS):
        began = time.perf_counter()
        connection.request("GET", one.path, headers={"Accept": one.accept})
        answer = connection.getresponse()
        body = answer.read()
        times.append((time.perf_counter() - began) * 1000)
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{one.path} answered {answer.status}")
    connection.close()
    return Took(median(times[WARMING:]), body)


@contextmanager
def bare(body: bytes) -> Iterator[int]:
    """Yield the port of a bare Starlette route that answers with some bytes."""

    async def answer(_request: Request) -> Response:
        return Response(body, media_type=HTML)

    with listening(Starlette(routes=[Route("/", answer)])) as address:
        yield int(address.rpartition(":")[2])


def judge(took: float, most: float | None) -> str:
    if most is None:
        return ""
    return f"  (at most {most:.0f}: {'met' if took <= most else 'MISSED'})"


def main() -> int:
    """Measure, print the table, and return 1 if a bound is missed."""
    with running_service(PARITY_WARM_MEGABYTES="0") as port:
        cold = [ask(port, one) for one in ASKED]
    with running_service() as port:
        warm = [ask(port, one) for one in ASKED]
    lines, missed = [], 0
    for one, anew, kept in zip(ASKED, cold, warm, strict=True):
        with bare(kept.body) as port:
            plain = ask(port, Asked("", "/"))
        said = [judge(anew.ms, one.cold_ms), judge(kept.ms, one.warm_ms)]
        missed += sum("MISSED" in word for word in said)
        lines.append(
            f"{one.name:<22} {len(kept.body):>8} bytes  cold {anew.ms:7.1f} ms{said[0]}"
            f"  warm {kept.ms:6.2f} ms{said[1]}  bare {plain.ms:6.2f} ms"
        )
    sys.stdout.write("\n".join([*lines, ""]))
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
