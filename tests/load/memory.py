"""The memory of every process of a service while it is under load, and whether it grows."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median
from threading import Event, Thread
from types import TracebackType
from typing import Final, Self

import psutil

INTERVAL_SECONDS: Final = 1.0

MOST_POINTS: Final = 120
"""Samples that a slope is taken of: those between are as good."""

GROWTH_MEGABYTES: Final = 12.0
GROWTH_SHARE: Final = 0.06
"""What the last quarter may have more than the second: the larger of both."""


@dataclass(frozen=True, slots=True)
class Grown:
    """How the resident memory of one process went.

    Attributes:
        second: Median of the second quarter of the time, in MB.
        last: That of the last quarter.
        highest: Of all samples.
        hourly: MB an hour over the second half: the median of the slopes between all pairs of
            samples, which a few that stand out do not move.
    """

    name: str
    second: float
    last: float
    highest: float
    hourly: float

    @property
    def grows(self) -> bool:
        """Whether it is more than a process takes that has seen all kinds of requests."""
        return self.last - self.second > max(GROWTH_MEGABYTES, GROWTH_SHARE * self.second)


def judge(name: str, samples: Sequence[tuple[float, float]]) -> Grown:
    """Return how memory went.

    Args:
        name: Of the process.
        samples: Seconds and MB, in the order of time; at least four.
    """
    sizes = [size for _, size in samples]
    quarter = len(sizes) // 4
    half = samples[2 * quarter :]
    thinned = half[:: 1 + len(half) // MOST_POINTS]
    slopes = [(b - a) / (later - one) for (one, a), (later, b) in combinations(thinned, 2)]
    return Grown(
        name,
        second=median(sizes[quarter : 2 * quarter]),
        last=median(sizes[-quarter:]),
        highest=max(sizes),
        hourly=3600 * median(slopes),
    )


class Watch:
    """Samples the memory of a process and of all that it has started, until it is left.

    Args:
        pid: Of the process.
        begins: From when on, as `time.time` has it.
    """

    def __init__(self, pid: int, begins: float) -> None:
        self._begins = begins
        parent = psutil.Process(pid)
        self._processes = [parent, *parent.children(recursive=True)]
        self._samples: dict[int, list[tuple[float, float]]] = {
            one.pid: [] for one in self._processes
        }
        self._names = list(_name(self._processes))
        self._enough = Event()
        self._thread = Thread(target=self._run)

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """End."""
        self._enough.set()
        self._thread.join()

    def judge(self) -> list[Grown]:
        """Return how the memory of each process went, the one that was started first."""
        samples = self._samples.values()
        return [judge(name, one) for name, one in zip(self._names, samples, strict=True)]

    def _run(self) -> None:
        while not self._enough.wait(INTERVAL_SECONDS):
            now = time.time()
            for one in self._processes if now >= self._begins else ():
                size = one.memory_info().rss / 1e6
                self._samples[one.pid].append((now, size))


def _name(processes: Sequence[psutil.Process]) -> Iterator[str]:
    """Yield what each process of a service with workers is, the one that was started first."""
    yield "supervisor"
    workers = 0
    for one in processes[1:]:
        if any("resource_tracker" in word for word in one.cmdline()):
            yield "resource tracker"
            continue
        workers += 1
        yield f"worker {workers}"
