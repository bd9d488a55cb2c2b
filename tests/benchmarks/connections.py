"""How the service keeps its rate when many connections ask at once.

Run by `make bench-connections`. It starts the service on a database of its own with the
demonstration set, asks for one trust's progress over 32 and over 200 connections that are kept
open, three times in turn, and prints the median rates of the same run. It fails if a request
fails, or if 200 connections keep less than 85 % of the rate of 32: the textbook pattern of a
session a request answers none at all at 100 (traps: threads wait for connections that wait for
threads).
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

PATH = "/v1/trusts/ZZ001/progress/leadership"
FEW, MANY = 32, 200
REQUESTS = 600
ROUNDS = 3
KEPT = 0.85
START_SECONDS = 60.0
PARITY = Path(sys.executable).with_name("parity")


@contextmanager
def running_service(**settings: str) -> Iterator[int]:
    """Start the service with the demonstration set; yield its port.

    Args:
        settings: Variables of its environment beside the usual.
    """
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = os.environ | {
            "PARITY_DATABASE_URL": f"sqlite:///{folder}/parity.sqlite3",
            "PARITY_PORT": str(port),
            "PARITY_RATE_LIMIT_READS": "0",
            **settings,
        }
        with (Path(folder) / "log").open("wb") as log:
            process = subprocess.Popen(
                [PARITY, "serve", "--demonstration"], env=environment, stdout=log, stderr=log
            )
            try:
                wait_until_ready(port)
                yield port
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(timeout=START_SECONDS)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def wait_until_ready(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise TimeoutError(f"the service was not ready within {START_SECONDS:.0f} s")


async def measure(port: int, connections: int) -> tuple[float, int]:
    """Return requests a second, and how many failed, over connections that are kept open."""
    left = iter(range(REQUESTS))
    failed = 0

    async def ask() -> None:
        nonlocal failed
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in left:
            writer.write(f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
            await reader.readexactly(length)
            failed += " 200 " not in head.partition("\r\n")[0]
        writer.close()
        await writer.wait_closed()

    began = time.perf_counter()
    results = await asyncio.gather(*(ask() for _ in range(connections)), return_exceptions=True)
    took = time.perf_counter() - began
    return REQUESTS / took, failed + sum(isinstance(one, BaseException) for one in results)


def main() -> int:
    """Measure, print the table, and return 1 if the service fell short."""
    rates: dict[int, list[float]] = {FEW: [], MANY: []}
    errors = 0
    with running_service() as port:
        asyncio.run(measure(port, FEW))  # the first requests pay for imports and caches
        for _ in range(ROUNDS):
            for connections, found in rates.items():
                rate, failed = asyncio.run(measure(port, connections))
                found.append(rate)
                errors += failed
    kept = median(rates[MANY]) / median(rates[FEW])
    lines = [
        f"{connections:>4} connections: {median(found):7.0f} requests a second"
        f" ({', '.join(f'{rate:.0f}' for rate in found)})"
        for connections, found in rates.items()
    ]
    verdict = f"{MANY} keep {kept:.0%} of the rate at {FEW} (wanted: {KEPT:.0%}); {errors} errors"
    sys.stdout.write("\n".join([*lines, verdict, ""]))
    return int(errors > 0 or kept < KEPT)


if __name__ == "__main__":
    sys.exit(main())
