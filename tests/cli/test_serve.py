import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.cli.welcome import Start, welcome
from app.domain.callers import ANONYMOUS, COMMAND_LINE, Caller, Role
from app.domain.organisations import Kind
from app.services.actuals import list_actuals
from app.services.organisations import Filter, list_organisations
from app.services.tokens import list_tokens
from app.settings import Settings
from app.store.engine import build_engine, reading
from tests.given import START

PROGRAM = str(Path(sys.executable).with_name("parity"))
SECONDS = 60
"""How long a service may take to start or to stop."""

CODE = re.compile(r"HTTP (\d{3})$")


class Service:
    """A running service, and what it has printed."""

    def __init__(
        self, url: str, folder: Path, *options: str, port: int | None = None
    ) -> None:
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "PARITY_DATABASE_URL": url,
            "PARITY_PORT": str(self.port),
        }
        self._out, self._err = folder / f"{self.port}.out", folder / f"{self.port}.err"
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self.process = subprocess.Popen(
                [PROGRAM, "serve", *options],
                cwd=folder,
                env=self.environment,
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

    def wait_until_ready(self) -> None:
        """Wait until it says that it is ready."""
        deadline = time.monotonic() + SECONDS
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                answer = httpx.get(f"{self.address}/health/ready", timeout=SECONDS)
            except httpx.TransportError:
                time.sleep(0.02)
            else:
                assert answer.status_code == 200, answer.text
                return
        pytest.fail(f"the service did not start:\n{self.out}{self.err}")

    def stop(self) -> int:
        """Tell it to stop; return its exit code once it has."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=SECONDS)


@contextmanager
def running(url: str, folder: Path, *options: str) -> Iterator[Service]:
    service = Service(url, folder, *options)
    try:
        service.wait_until_ready()
        yield service
    finally:
        if service.process.poll() is None:
            service.stop()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def curl_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.startswith("  curl ")]


def run(line: str, service: Service, *before: str) -> tuple[int, Any]:
    """Run a printed line in a shell, after others; return status and body of the answer."""
    if shutil.which("curl") is None:
        return call(line, service, *before)
    script = "\n".join([*before, line.replace("curl ", "curl -sS -w '\nHTTP %{http_code}' ", 1)])
    told = subprocess.check_output(["/bin/sh", "-euc", script], env=service.environment, text=True)
    body, _, status = told.rpartition("\nHTTP ")
    return int(status), json.loads(body)


def call(line: str, service: Service, *before: str) -> tuple[int, Any]:
    """Do what a printed line says, where there is no curl."""
    script = "\n".join([*before, f"printf '%s\\n' {line.removeprefix('curl ')}"])
    told = subprocess.check_output(["/bin/sh", "-euc", script], env=service.environment, text=True)
    *options, url = told.splitlines()
    pairs = dict.fromkeys(options[::2], "") if False else list(zip(options[::2], options[1::2]))
    headers = dict(value.split(": ", 1) for name, value in pairs if name == "-H")
    given = dict(pairs)
    answer = httpx.request(
        given.get("-X", "GET"), url, headers=headers, content=given.get("-d"), timeout=SECONDS
    )
    return answer.status_code, answer.json()
