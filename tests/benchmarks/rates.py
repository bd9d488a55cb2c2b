"""How many requests a second are answered, as wrk counts them, and a bare route to stand beside.

wrk sends from a thread in C what a client in Python would send at a tenth of the rate.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.programs import Served, free_port, running

SECONDS: Final = 3
"""How long a rate is measured."""

CONNECTIONS: Final = 32

TIMEOUT_SECONDS: Final = 30
"""After which an answer counts as failed."""

UNBOUNDED: Final = {"PARITY_RATE_LIMIT_READS": "10000000"}
"""Settings of a service that counts its callers, of whom none asks too often."""

MISSING: Final = (
    "These benchmarks need wrk, which apt-get could not install: install the package wrk."
)

OF_SERVER: Final = frozenset({"content-length", "date", "server"})
"""Headers that whoever serves adds."""

_RATE: Final = re.compile(r"Requests/sec: +([\d.]+)")
_SOCKETS: Final = re.compile(
    r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)"
)
_STATUSES: Final = re.compile(r"Non-2xx or 3xx responses: (\d+)")


@dataclass(frozen=True, slots=True)
class Rate:
    """Answers a second, and how many requests failed."""

    a_second: float
    failed: int


def measure(
    url: str,
    headers: Mapping[str, str] | None = None,
    *,
    connections: int = CONNECTIONS,
    seconds: int = SECONDS,
) -> Rate:
    """Ask for an address over connections that are kept open, as fast as it is answered.

    Raises:
        RuntimeError: There is no wrk, or it could not ask.
    """
    wrk = shutil.which("wrk")
    if wrk is None:
        raise RuntimeError(MISSING)
    said = [part for name, value in (headers or {}).items() for part in ("-H", f"{name}: {value}")]
    options = (f"-c{connections}", "-t1", f"-d{seconds}s", f"--timeout={TIMEOUT_SECONDS}s")
    done = subprocess.run(
        [wrk, *options, *said, url], check=True, stdout=subprocess.PIPE, text=True
    )
    rate = _RATE.search(done.stdout)
    if rate is None:
        raise RuntimeError(f"wrk said:\n{done.stdout}")
    found = (_SOCKETS.search(done.stdout), _STATUSES.search(done.stdout))
    failed = (int(number) for one in found if one for number in one.groups())
    return Rate(float(rate[1]), sum(failed))


@contextmanager
def bare(body: bytes, headers: Mapping[str, str], folder: Path) -> Iterator[Served]:
    """Yield a bare Starlette route that answers with some bytes at `/`, and shortly at `/short`.

    It runs in a process of its own, on the server with which the service runs, configured alike.
    """
    port, file = free_port(), folder / "body"
    file.write_bytes(body)
    said = json.dumps({name: value for name, value in headers.items() if name not in OF_SERVER})
    command = [sys.executable, "-m", "tests.benchmarks.bare", str(port), str(file), said]
    with running(command, port, folder) as one:
        yield one
