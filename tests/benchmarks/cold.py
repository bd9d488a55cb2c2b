"""Answers made anew, beside the questions that the database is asked for them."""

from collections.abc import Iterator
from typing import Final

from tests.benchmarks.databases import Held, demonstrated
from tests.benchmarks.findings import Finding
from tests.benchmarks.statements import asking_again, find_statements
from tests.benchmarks.timing import time_answer, time_calls
from tests.programs import served

COLD: Final = {"PARITY_WARM_MEGABYTES": "0"}
"""Settings of a service that keeps no answers."""

PROGRESS: Final = "/v1/trusts/ZZ001/progress/leadership"
ENGLAND: Final = "/v1/england/progress"

ROUNDS: Final = 7
"""Of what takes long."""

MOST_TIMES: Final = 5.0
MOST_MS: Final = 150.0

CSV: Final = {"Accept": "text/csv"}


def run() -> Iterator[Finding]:
    """Yield what was measured on each kind of database."""
    for held in demonstrated():
        with served(held.url, held.folder, **COLD) as service:
            yield _of_trust(held, service.port)
            yield from _of_england(held, service.port)


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
    took = time_answer(port, ENGLAND, rounds=ROUNDS).ms
    number, alone = _alone(held, ENGLAND)
    yield Finding(
        f"cold England, all measures, {held.engine}",
        f"{took:.0f} ms",
        f"its {number} questions alone: {alone:.0f} ms",
        took / alone,
        f"at most {MOST_MS:.0f} ms",
        took <= MOST_MS,
    )
    one = time_answer(port, f"{ENGLAND}?measure=leadership", rounds=ROUNDS).ms
    as_csv = time_answer(port, ENGLAND, CSV, rounds=ROUNDS).ms
    beside = f"all measures as JSON: {took:.0f} ms"
    yield Finding(f"cold England, one measure, {held.engine}", f"{one:.0f} ms", beside, one / took)
    yield Finding(f"cold England as CSV, {held.engine}", f"{as_csv:.0f} ms", beside, as_csv / took)


def _alone(held: Held, path: str) -> tuple[int, float]:
    """Return how many questions an answer takes, and the milliseconds that they take alone."""
    asked = find_statements(held.url, path)
    with asking_again(held.url, asked) as ask:
        return len(asked), time_calls(ask, rounds=ROUNDS)
