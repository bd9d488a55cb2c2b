"""The service as an operator runs it: a process of its own, and what it has printed."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.programs import free_port, unmeasured_environment, wait_for_port

PROGRAM = str(Path(sys.executable).with_name("parity"))
SECONDS = 60
"""How long a service may take to start or to stop."""


class Service:
    """A running service, and what it has printed."""

    def __init__(
        self,
        url: str,
        folder: Path,
        *options: str,
        port: int | None = None,
        is_measured: bool = False,
        **settings: str,
    ) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = unmeasured_environment() | {
            "PARITY_DATABASE_URL": url,
            "PARITY_PORT": str(self.port),
            **{f"PARITY_{name.upper()}": value for name, value in settings.items()},
        }
        self._out, self._err = folder / f"{self.port}.out", folder / f"{self.port}.err"
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self.process = subprocess.Popen(
                [PROGRAM, "serve", *options],
                cwd=folder,
                env={**os.environ, **self.environment} if is_measured else self.environment,
                stderr=err,
                stdout=out,
            )

    @property
    def out(self) -> str:
        """What it has printed on the standard output."""
        return self._out.read_text(encoding="utf-8")

    @property
    def err(self) -> str:
        """What it has said on the standard error."""
        return self._err.read_text(encoding="utf-8")

    @property
    def log(self) -> list[Mapping[str, Any]]:
        """The lines of JSON that it has said."""
        return [json.loads(line) for line in self.err.splitlines() if line.startswith("{")]

    def wait_until_ready(self) -> None:
        """Wait until it says that it is ready."""
        try:
            wait_for_port(self.port, self.process)
        except RuntimeError as error:
            pytest.fail(f"{error}:\n{self.out}{self.err}")
        answer = httpx.get(f"{self.address}/health/ready", timeout=SECONDS)
        assert answer.status_code == 200, answer.text

    def stop(self) -> int:
        """Tell it to stop; return its exit code once it has."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=SECONDS)


@contextmanager
def running(
    url: str, folder: Path, *options: str, is_measured: bool = False, **settings: str
) -> Iterator[Service]:
    """Yield a service that is ready, and stop it afterwards.

    Args:
        url: Of its database.
        folder: Where it runs.
        options: Of its command.
        is_measured: Whether lines that it takes count.
        settings: By their names without the prefix.
    """
    service = Service(url, folder, *options, port=None, is_measured=is_measured, **settings)
    try:
        service.wait_until_ready()
        yield service
    finally:
        if service.process.poll() is None:
            service.stop()
