"""The service in a process that is born again whenever it is killed, within milliseconds.

`python -m tests.forking` serves the database of `PARITY_DATABASE_URL` until its standard input
is closed. It prints the port, and then the number of every process that serves. Requests wait
at the port while there is none.
"""

import os
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from app.main import create_app
from app.settings import read_settings
from tests.programs import unmeasured_environment

UNLIMITED = {
    f"PARITY_RATE_LIMIT_{name}": "0" for name in ("READS", "WRITES", "IMPORTS", "UNKNOWN")
}
"""Settings of a service that answers as often as it is asked."""


class Forked:
    """A service that comes back."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        assert process.stdout is not None
        self._told = process.stdout
        self.address = f"http://127.0.0.1:{self._told.readline().strip()}"
        self._serving = int(self._told.readline())

    def kill(self) -> None:
        """Kill the process that serves; return once there is another."""
        os.kill(self._serving, signal.SIGKILL)
        self._serving = int(self._told.readline())


@contextmanager
def forked(url: str) -> Iterator[Forked]:
    """Yield a service on a database, which comes back when it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-m", __name__],
        env={**unmeasured_environment(), **UNLIMITED, "PARITY_DATABASE_URL": url},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Forked(process)
    finally:
        process.communicate()


def _serve() -> None:
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    app = create_app(read_settings())
    print(listener.getsockname()[1], flush=True)  # noqa: T201 - read by whoever started it
    with selectors.DefaultSelector() as selector:
        selector.register(sys.stdin, selectors.EVENT_READ)
        while True:
            child = os.fork()
            if child == 0:
                config = uvicorn.Config(app, log_level="critical")
                uvicorn.Server(config).run(sockets=[listener])
                os._exit(0)
            print(child, flush=True)  # noqa: T201 - likewise
            pidfd = os.pidfd_open(child)
            selector.register(pidfd, selectors.EVENT_READ)
            ready = {key.fileobj for key, _ in selector.select()}
            selector.unregister(pidfd)
            os.close(pidfd)
            if sys.stdin in ready:
                os.kill(child, signal.SIGTERM)
                os.waitpid(child, 0)
                return
            os.waitpid(child, 0)


if __name__ == "__main__":
    _serve()
