"""Answers made anew, beside the questions that the database is asked for them."""

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from statistics import median
from typing import Final

from app.store.engine import build_engine
from tests.benchmarks.databases import Held, demonstrated
from tests.benchmarks.findings import Finding
from tests.benchmarks.statements import asking_again, find_statements
from tests.benchmarks.timing import time_answer, time_calls, time_first
from tests.given import Given
from tests.programs import served

COLD: Final = {"PARITY_WARM_MEGABYTES": "0"}
"""Settings of a service that keeps no answers."""

PROGRESS: Final = "/v1/trusts/ZZ001/progress/leadership"
ENGLAND: Final = "/v1/england/progress"
ENGLAND_IN_ONE: Final = f"{ENGLAND}?measure=leadership"
CENSUS: Final = 2025
"""The newest that the demonstration trusts have sent."""

ROUNDS: Final = 7
"""Of what takes long."""

MOST_TIMES: Final = 5.0
MOST_MS: Final = 150.0

CSV: Final = {"Accept": "text/csv"}


STARTS: Final = 3
"""How often the service is started for what it answers first."""


def run() -> Iterator[Finding]:
    """Yield what was measured on each kind of database."""
    for held in demonstrated():
        with served(held.url, held.folder, **COLD) as service:
            yield _of_trust(held, service.port)
            yield from _of_england(held, service.port)
        first = time_first_of_england(held.url, held.folder)
        yield _of_all(held, "the first after starting", first)


def time_first_of_england(
    url: str, folder: Path, headers: Mapping[str, str] | None = None
) -> float:
    """Return the milliseconds of England's first answer after starting, when no line is kept."""
    times = []
    for _ in range(STARTS):
        with served(url, folder, **COLD) as service:
            times.append(time_first(service.port, ENGLAND, headers, like=ENGLAND_IN_ONE))
    return median(times)


def _of_trust(held: Held, port: int) -> Finding:
    took, (number, alone) = time_answer(port, PROGRESS).ms, _alone(held, PROGRESS)
    return Finding(
        f"cold progress of a trust, {held.engine}",
        f"{took:.1f} ms",
        f"its {number} questions alone: {alone:.1f} ms",
        took / alone,
        f"at most {MOST_TIMES:.0f} × its SQL",
        took <= MOST_TIMES * alone,
    )


def _of_england(held: Held, port: int) -> Iterator[Finding]:
    """Yield how long England takes: as JSON, for which there is a goal, of a measure, as CSV."""
    store = build_engine(held.url)
    given, sent = Given(store), count(1)

    def send() -> None:
        given.actuals("ZZ001", CENSUS, {("clinical", "8a"): (400 + next(sent), 90, 10)})

    took = time_answer(port, ENGLAND, rounds=ROUNDS, before=send).ms
    store.dispose()
    yield _of_all(held, "after a trust has sent", took)
    one = time_answer(port, ENGLAND_IN_ONE, rounds=ROUNDS).ms
    as_csv = time_answer(port, ENGLAND, CSV, rounds=ROUNDS).ms
    beside = f"all measures as JSON: {took:.0f} ms"
    yield Finding(f"cold England, one measure, {held.engine}", f"{one:.0f} ms", beside, one / took)
    yield Finding(f"cold England as CSV, {held.engine}", f"{as_csv:.0f} ms", beside, as_csv / took)


def _of_all(held: Held, when: str, took: float) -> Finding:
    number, alone = _alone(held, ENGLAND)
    return Finding(
        f"cold England, all measures, {when}, {held.engine}",
        f"{took:.0f} ms",
        f"its {number} questions alone: {alone:.0f} ms",
        took / alone,
        f"at most {MOST_MS:.0f} ms",
        took <= MOST_MS,
    )


def _alone(held: Held, path: str) -> tuple[int, float]:
    """Return how many questions an answer takes, and the milliseconds that they take alone."""
    asked = find_statements(held.url, path)
    with asking_again(held.url, asked) as ask:
        return len(asked), time_calls(ask, rounds=ROUNDS)
