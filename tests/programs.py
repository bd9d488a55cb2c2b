"""Programs under test, in processes of their own: their environment, and where they answer."""

import os
import socket
import subprocess
import time

PROCESS_CONFIG = "COVERAGE_PROCESS_CONFIG"
"""By which coverage tells a program that it is measured."""

LOCAL = "127.0.0.1"

START_SECONDS = 120.0
"""How long a program may take to listen."""

POLL_SECONDS = 0.02


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
