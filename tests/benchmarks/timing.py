"""How long something takes: medians of rounds, in milliseconds."""

import http.client
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

from tests.programs import LOCAL

ROUNDS: Final = 15
WARMING: Final = 3


@dataclass(frozen=True, slots=True)
class Took:
    """The median of the milliseconds of all rounds, and what was answered."""

    ms: float
    body: bytes


def time_answer(
    port: int, path: str, headers: Mapping[str, str] | None = None, *, rounds: int = ROUNDS
) -> Took:
    """Return how long an answer takes on a connection that is kept open, asked for alone.

    Raises:
        RuntimeError: It is another than 200.
    """
    connection = http.client.HTTPConnection(LOCAL, port)
    body = b""

    def ask() -> None:
        nonlocal body
        connection.request("GET", path, headers=dict(headers or {}))
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != http.HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {answer.status}")

    took = time_calls(ask, rounds=rounds)
    connection.close()
    return Took(took, body)


def time_calls(call: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """Return the median of the milliseconds that a call takes, after some that warm up."""
    times = []
    for _ in range(WARMING + rounds):
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    return median(times[WARMING:])
