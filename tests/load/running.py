"""The service as it is started, the processes that ask, and what they tell."""

import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from tests.engines import OF_ENGINES
from tests.load.asking import Plan, Told, ask
from tests.load.memory import Watch
from tests.load.report import Outcome
from tests.load.scene import Cast, fill, prepare
from tests.programs import served

PROCESSES: Final = 4
"""Of those that ask."""

AT_ONCE: Final = 4
"""Requests that each of them has under way at most."""

PAUSE_SECONDS: Final = 0.5
"""How long is paused after an answer, on average."""

WARMING_SHARE: Final = 0.2

SEED: Final = 20261128

WORKERS: Final = 2
"""Processes of the service that answer."""

SETTINGS: Final = {"PARITY_WORKERS": str(WORKERS), "PARITY_INVENTED_FIGURES": "as_real"}
"""Invented trusts are treated as real ones, so that every role is given what it would be given."""


def load(engine: str, folder: Path, *, seconds: float) -> Outcome:
    """Start the service on a database of its own, and ask it for some time; return what came.

    Args:
        engine: Which kind of database.
        folder: For files.
        seconds: How long is asked, beside a fifth of it to warm up.
    """
    with OF_ENGINES[engine](folder) as url:
        cast = fill(url, groups=PROCESSES)
        with served(url, folder, **SETTINGS) as service:
            prepare(service.address, cast)
            begins = time.time() + WARMING_SHARE * seconds
            with Watch(service.process.pid, begins) as watch:
                told = list(_ask(service.address, cast, begins, begins + seconds))
    return Outcome(
        engine,
        seconds,
        answered=list(chain.from_iterable(one.answered for one in told)),
        faults=list(chain.from_iterable(one.faults for one in told)),
        memory=watch.judge(),
    )


def _ask(address: str, cast: Cast, begins: float, ends: float) -> Iterator[Told]:
    """Yield what each process tells."""
    plans = [
        Plan(
            address=address,
            callers=group,
            trusts=cast.trusts,
            areas=cast.areas,
            at_once=AT_ONCE,
            pause_seconds=PAUSE_SECONDS,
            begins=begins,
            ends=ends,
            seed=SEED + number,
        )
        for number, group in enumerate(cast.groups)
    ]
    # A fork would take along the connections of this process.
    with ProcessPoolExecutor(len(plans), mp_context=get_context("spawn")) as pool:
        yield from pool.map(ask, plans)
