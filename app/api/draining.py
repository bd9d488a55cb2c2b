"""Being told to stop: for a while others are told, and everything is still answered."""

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from starlette.datastructures import State

TOLD_BY: Final = signal.SIGTERM
"""How a service is told to stop; who presses a key does not want to wait."""


@contextmanager
def draining(state: State, seconds: int) -> Iterator[None]:
    """Be not ready for some seconds meanwhile once the process is told to stop, then let it be.

    Args:
        state: Of the application; `is_draining` says how it stands.
        seconds: How long whoever sends requests here takes to notice; 0 to stop at once.
    """
    state.is_draining = False
    stop = signal.getsignal(TOLD_BY)
    is_main = threading.current_thread() is threading.main_thread()
    if not (seconds and is_main and callable(stop)):
        yield
        return
    loop = asyncio.get_running_loop()

    def begin(number: int, frame: FrameType | None) -> None:
        state.is_draining = True
        signal.signal(TOLD_BY, stop)  # who says it twice does not want to wait either
        loop.call_soon_threadsafe(loop.call_later, seconds, stop, number, frame)

    signal.signal(TOLD_BY, begin)
    try:
        yield
    finally:
        signal.signal(TOLD_BY, stop)
