"""Programs under test, in processes of their own: their environment, and where they answer."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROCESS_CONFIG = "COVERAGE_PROCESS_CONFIG"
"""By which coverage tells a program that it is measured."""

LOCAL = "127.0.0.1"

START_SECONDS = 120.0
"""How long a program may take to listen."""

STOP_SECONDS = 60.0
"""How long it may take to finish what is under way."""

POLL_SECONDS = 0.02

PARITY = str(Path(sys.executable).with_name("parity"))
"""The command."""


@dataclass(frozen=True, slots=True)
class Served:
    """The service in a process of its own, and those that it has started.

    Attributes:
        log: What it has said.
    """

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://{LOCAL}:{self.port}"


def unmeasured_environment() -> dict[str, str]:
    """Return the environment for a program that takes no line which no other test takes.

    A program that is measured takes twice as long to start.
    """
    return {name: value for name, value in os.environ.items() if name != PROCESS_CONFIG}


def free_port() -> int:
    """Return a port at which nothing listens."""
    with socket.socket() as free:
        free.bind((LOCAL, 0))
        port: int = free.getsockname()[1]
    return port


def wait_for_port(port: int, process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    """Wait until a program listens at a port, which costs it and us nothing meanwhile.

    Raises:
        RuntimeError: The program has ended, or takes too long.
    """
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection((LOCAL, port)).close()
        except ConnectionRefusedError:
            time.sleep(POLL_SECONDS)
        else:
            return
    raise RuntimeError("the service did not start")


@contextmanager
def served(url: str, folder: Path, *options: str, **settings: str) -> Iterator[Served]:
    """Yield the service on a database, as an operator starts it, once it answers.

    Args:
        url: Of the database.
        folder: For what it says.
        options: Of `parity serve`.
        settings: Variables of its environment beside the usual.
    """
    port = free_port()
    environment = {"PARITY_DATABASE_URL": url, "PARITY_PORT": str(port), **settings}
    log = folder / f"{port}.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [PARITY, "serve", *options],
            cwd=folder,
            env=unmeasured_environment() | environment,
            stdout=file,
            stderr=file,
        )
    try:
        wait_for_port(port, process)
        yield Served(process, port, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_SECONDS)
