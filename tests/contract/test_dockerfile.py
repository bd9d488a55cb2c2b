"""The image cannot be built where the tests run, so what it is made of is tested here."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from tests.programs import free_port, unmeasured_environment, wait_for_port

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent
START_TIMEOUT_SECONDS = 60


class Instruction(NamedTuple):
    keyword: str
    arguments: str


def read_instructions() -> list[Instruction]:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    without_comments = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)
    lines = without_comments.replace("\\\n", " ").splitlines()
    return [Instruction(*line.split(maxsplit=1)) for line in lines if line.strip()]


INSTRUCTIONS = read_instructions()
LAST_STAGE = INSTRUCTIONS[
    max(number for number, line in enumerate(INSTRUCTIONS) if line.keyword == "FROM") :
]


def only(keyword: str) -> str:
    (arguments,) = [line.arguments for line in LAST_STAGE if line.keyword == keyword]
    return arguments


def run_here(command: str) -> list[str]:
    """Return the words of a command in exec form, to be run from our virtual environment."""
    program, *arguments = json.loads(command)
    return [str(PROGRAMS / program), *arguments]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The image's settings, but for a port and a file that are free here."""
    settings = dict(
        word.split("=", maxsplit=1) for word in only("ENV").split() if word.startswith("PARITY_")
    )
    return (
        unmeasured_environment()
        | settings
        | {
            "PARITY_DATABASE_URL": f"sqlite:///{tmp_path / 'parity.sqlite3'}",
            "PARITY_PORT": str(free_port()),
        }
    )


@pytest.fixture
def service(environment: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """The address of the service that the image's command has started."""
    address = f"http://127.0.0.1:{environment['PARITY_PORT']}"
    log = tmp_path / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            run_here(only("CMD")),
            cwd=tmp_path,
            env=environment,
            stderr=subprocess.STDOUT,
            stdout=output,
        )
    try:
        try:
            wait_for_port(int(environment["PARITY_PORT"]), process)
        except RuntimeError as error:
            pytest.fail(f"{error}:\n{log.read_text(encoding='utf-8')}")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=START_TIMEOUT_SECONDS)


@pytest.mark.parametrize(
    "path",
    [
        path
        for line in INSTRUCTIONS
        if line.keyword == "COPY" and not line.arguments.startswith("--from=")
        for path in line.arguments.split()[:-1]
    ],
)
def test_what_is_copied_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_base_is_pinned_by_its_digest() -> None:
    bases = [line.arguments for line in INSTRUCTIONS if line.keyword == "FROM"]

    assert len(bases) == 2
    assert all(re.search(r":[\d.]+-slim-\w+@sha256:[0-9a-f]{64}\b", base) for base in bases)


def test_the_service_is_not_root() -> None:
    user, group = only("USER").split(":")

    assert int(user) > 0
    assert int(group) > 0


def test_the_command_starts_a_service_that_is_ready_and_healthy(
    service: str, environment: dict[str, str]
) -> None:
    answer = httpx.get(f"{service}/health/ready")
    health = subprocess.run(
        run_here(only("HEALTHCHECK").partition("CMD ")[2]), check=False, env=environment
    )

    assert answer.status_code == 200
    assert health.returncode == 0


def test_the_health_check_fails_without_a_service(environment: dict[str, str]) -> None:
    health = subprocess.run(
        run_here(only("HEALTHCHECK").partition("CMD ")[2]),
        capture_output=True,
        check=False,
        env=environment,
    )

    assert health.returncode != 0
