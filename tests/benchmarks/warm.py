"""Answers from memory, beside a bare Starlette route that answers with the same bytes."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import httpx

from app.domain.callers import Role
from app.store.engine import build_engine
from tests.benchmarks.findings import Finding
from tests.benchmarks.rates import bare, measure
from tests.bodies import Headers
from tests.engines import OF_ENGINES
from tests.given import Given
from tests.kept import migrated_demonstration
from tests.programs import Served, served

ROUNDS: Final = 3
LEAST: Final = 0.95

ASKED: Final = {
    "progress": "/v1/trusts/ZZ001/progress/leadership",
    "England": "/v1/england/progress",
}

UNBOUNDED: Final = {"PARITY_RATE_LIMIT_READS": "10000000"}
"""Callers are counted, and never too many."""


def run() -> Iterator[Finding]:
    """Yield what was measured on each kind of database."""
    for engine, database in OF_ENGINES.items():
        with TemporaryDirectory() as name, database(Path(name)) as url:
            folder = Path(name)
            migrated_demonstration(url)
            one = build_engine(url)
            token = Given(one).token(Role.NATIONAL)
            one.dispose()
            with served(url, folder, **UNBOUNDED) as service:
                for what, path in ASKED.items():
                    yield from _compare(service, folder, f"{what}, {engine}", path, token)


def _compare(
    service: Served, folder: Path, what: str, path: str, token: Headers
) -> Iterator[Finding]:
    """Yield the rate of a stranger, and of a caller with a token, beside that of the bare route."""
    callers: dict[str, Headers] = {"stranger": {}, "with a token": token}
    rates: dict[str, list[float]] = {name: [] for name in (*callers, "bare")}
    answer = httpx.get(service.address + path, timeout=60)
    with bare(answer.content, answer.headers["content-type"], folder) as beside:
        for _ in range(1 + ROUNDS):
            rates["bare"].append(measure(beside).a_second)
            for name, headers in callers.items():
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
            f"bare Starlette {median(other for _, other in pairs):,.0f} a second",
            ratio,
            f"at least {LEAST} × bare",
            ratio >= LEAST,
        )
