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
    port: int,
    path: str,
    headers: Mapping[str, str] | None = None,
    *,
    rounds: int = ROUNDS,
    before: Callable[[], object] | None = None,
) -> Took:
    """Return how long an answer takes on a connection that is kept open, asked for alone.

    Args:
        port: Where it is asked for.
        path: Of what.
        headers: With which.
        rounds: How often.
        before: What happens before each time, and is not counted.

    Raises:
        RuntimeError: It is another than 200.
    """
    connection = http.client.HTTPConnection(LOCAL, port)
    body = b""

    def ask() -> None:
        nonlocal body
        body = _read(connection, path, headers)

    took = time_calls(ask, rounds=rounds, before=before)
    connection.close()
    return Took(took, body)


def time_first(
    port: int, path: str, headers: Mapping[str, str] | None = None, *, like: str
) -> float:
    """Return the milliseconds of an answer that was never asked for before.

    Args:
        port: Where it is asked for.
        path: Of what.
        headers: With which.
        like: Of another answer, after which what every answer takes once is there.
    """
    connection = http.client.HTTPConnection(LOCAL, port)
    _read(connection, like, headers)
    began = time.perf_counter()
    _read(connection, path, headers)
    took = time.perf_counter() - began
    connection.close()
    return 1000 * took


def _read(
    connection: http.client.HTTPConnection, path: str, headers: Mapping[str, str] | None
) -> bytes:
    connection.request("GET", path, headers=dict(headers or {}))
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.HTTPStatus.OK:
        raise RuntimeError(f"{path} answered {answer.status}")
    return body


def time_calls(
    call: Callable[[], object],
    *,
    rounds: int = ROUNDS,
    before: Callable[[], object] | None = None,
) -> float:
    """Return the median of the milliseconds that a call takes, after some that warm up."""
    times = []
    for _ in range(WARMING + rounds):
        if before is not None:
            before()
        began = time.perf_counter()
        call()
        times.append((time.perf_counter() - began) * 1000)
    return median(times[WARMING:])
