"""Whoever is told to stop says for a while that it is not ready, and still answers."""

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from types import FrameType

import pytest
from starlette.datastructures import State

from app.api.draining import draining
from tests.operating import wait_until


@pytest.fixture
def stops() -> Iterator[list[int]]:
    """What the server is told, which stops it."""
    numbers: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        numbers.append(number)

    former = signal.signal(signal.SIGTERM, stop)
    yield numbers
    signal.signal(signal.SIGTERM, former)


async def drain(seconds: int, stops: list[int], *, times: int = 1) -> list[tuple[bool, int]]:
    """Tell this process to stop; return whether it drains, and how often the server was told."""
    state = State()
    seen = []
    with draining(state, seconds):
        seen.append((state.is_draining, len(stops)))
        for _ in range(times):
            os.kill(os.getpid(), signal.SIGTERM)
            seen.append((state.is_draining, len(stops)))
        await asyncio.to_thread(wait_until, lambda: bool(stops))
    return [*seen, (state.is_draining, len(stops))]


def test_the_server_is_told_to_stop_some_seconds_later(stops: list[int]) -> None:
    seen = asyncio.run(drain(1, stops))

    assert seen == [(False, 0), (True, 0), (True, 1)]
    assert stops == [signal.SIGTERM]


def test_a_second_word_stops_it_at_once(stops: list[int]) -> None:
    assert asyncio.run(drain(600, stops, times=2)) == [(False, 0), (True, 0), (True, 1), (True, 1)]


def test_without_a_time_to_drain_it_is_told_at_once(stops: list[int]) -> None:
    assert asyncio.run(drain(0, stops)) == [(False, 0), (False, 1), (False, 1)]


def test_the_former_handler_is_back_afterwards(stops: list[int]) -> None:
    former = signal.getsignal(signal.SIGTERM)

    async def pass_by() -> None:
        with draining(State(), 600):
            assert signal.getsignal(signal.SIGTERM) is not former

    asyncio.run(pass_by())

    assert signal.getsignal(signal.SIGTERM) is former
    assert stops == []


def test_a_process_that_would_just_end_and_a_thread_are_left_alone() -> None:
    former = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    kept = []

    def enter() -> None:
        with draining(State(), 600):
            kept.append(signal.getsignal(signal.SIGTERM))

    enter()
    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    signal.signal(signal.SIGTERM, former)

    assert kept == [signal.SIG_DFL, signal.SIG_DFL]
