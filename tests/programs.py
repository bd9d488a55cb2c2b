"""Programs under test, in processes of their own: their environment, and where they answer."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
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


CHECKOUT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Served:
    """A program that answers at a port, in a process of its own.

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
    with running([PARITY, "serve", *options], port, folder, environment) as one:
        yield one


@contextmanager
def running(
    command: Sequence[str], port: int, folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """Yield a program once it listens at a port; tell it to stop in the end.

    Args:
        command: The program with its arguments; its modules are those of this checkout.
        port: Where it is going to listen.
        folder: For what it says.
        environment: Variables beside the usual.
    """
    log = folder / f"{port}.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            command,
            cwd=CHECKOUT,
            env=unmeasured_environment() | dict(environment or {}),
            stdout=file,
            stderr=file,
        )
    try:
        wait_for_port(port, process)
        yield Served(process, port, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_SECONDS)
