"""How soon the command and the service answer, and how much memory the service takes."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median
from typing import Final

import httpx
import psutil

from tests.benchmarks.databases import one_demonstrated
from tests.benchmarks.findings import Finding
from tests.benchmarks.pages import ASKED, HTML
from tests.benchmarks.rates import bare
from tests.benchmarks.timing import time_answer
from tests.programs import PARITY, Served, served

ROUNDS: Final = 5
READY_SECONDS: Final = 2.0
HELP_SECONDS: Final = 0.5

ENGLAND: Final = "/v1/england/progress"


def run() -> Iterator[Finding]:
    """Yield what was measured."""
    yield _of_help()
    with one_demonstrated("SQLite") as held:
        yield _of_start(held.url, held.folder)
        yield from _of_memory(held.url, held.folder)


def _of_help() -> Finding:
    took = _time(lambda: _call(PARITY, "--help"))
    beside = _time(lambda: _call(sys.executable, "-c", "import typer.rich_utils"))
    return Finding(
        "`parity --help`",
        f"{took:.2f} s",
        f"importing Typer: {beside:.2f} s",
        took / beside,
        f"under {HELP_SECONDS} s",
        took < HELP_SECONDS,
    )


def _call(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _time(call: Callable[[], None]) -> float:
    """Return the median of the seconds that a call takes."""
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        call()
        times.append(time.perf_counter() - begun)
    return median(times)


def _of_start(url: str, folder: Path) -> Finding:
    """Return how long it takes from the command to the answer that the service is ready."""
    took = _time_start(lambda: served(url, folder), "/health/ready")
    beside = _time_start(lambda: bare(b"ready", {"content-type": HTML}, folder), "/")
    return Finding(
        "`parity serve` until it is ready",
        f"{took:.2f} s",
        f"bare Starlette: {beside:.2f} s",
        took / beside,
        f"under {READY_SECONDS:.0f} s",
        took < READY_SECONDS,
    )


def _time_start(start: Callable[[], AbstractContextManager[Served]], path: str) -> float:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        with start() as one:
            httpx.get(one.address + path).raise_for_status()
            times.append(time.perf_counter() - begun)
    return median(times)


def _of_memory(url: str, folder: Path) -> Iterator[Finding]:
    """Yield how much memory a process takes at first, and after pages, charts and England."""
    with bare(b"ready", {"content-type": HTML}, folder) as one:
        beside = _megabytes(one)
    with served(url, folder) as service:
        httpx.get(f"{service.address}/health/ready").raise_for_status()
        first = _megabytes(service)
        for asked in ASKED:
            asked.time(service.port)
        time_answer(service.port, ENGLAND)
        later = _megabytes(service)
    for what, size in (("at first", first), ("after pages, charts, documents, England", later)):
        baseline = f"bare Starlette: {beside:.0f} MB"
        yield Finding(f"memory {what}", f"{size:.0f} MB", baseline, size / beside)


def _megabytes(one: Served) -> float:
    return float(psutil.Process(one.process.pid).memory_info().rss / 1e6)
