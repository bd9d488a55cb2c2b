"""Requests that name themselves, sent to two processes at once, and to one that is killed."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest

from app.store.engine import build_engine
from tests.api import dying
from tests.api.experts import PATH, expert_body
from tests.bodies import Headers
from tests.given import Given
from tests.programs import free_port, unmeasured_environment, wait_for_port

SECONDS = 120.0
ASKED = 8


@pytest.fixture
def url(database: str, request: pytest.FixtureRequest) -> str:
    """The address of the database that both processes serve."""
    found: str = request.getfixturevalue(f"{database}_registered_url")
    return found


@contextmanager
def serving(url: str) -> Iterator[str]:
    """Run a process that serves a database; yield its address once it does."""
    port = free_port()
    environment = unmeasured_environment() | {"PARITY_DATABASE_URL": url}
    process = subprocess.Popen([sys.executable, "-m", dying.__name__, str(port)], env=environment)
    try:
        wait_for_port(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def count_experts(url: str) -> int:
    engine = build_engine(url)
    number = Given(engine).count_rows()["expert_revision"]
    engine.dispose()
    return number


def test_a_request_is_done_once_by_two_processes_and_though_one_is_killed(
    url: str, national: Headers
) -> None:
    with serving(url) as one, serving(url) as other, ThreadPoolExecutor(ASKED) as pool:

        def post(address: str, key: str, cohort: str, **headers: str) -> httpx.Response:
            return httpx.post(
                f"{address}{PATH}",
                json=expert_body(cohort=cohort, email=f"{cohort}@trust.example"),
                headers=national | {"Idempotency-Key": key} | headers,
                timeout=SECONDS,
            )

        at_once = [pool.submit(post, (one, other)[n % 2], "a", "2018") for n in range(ASKED)]
        answers = [answer.result() for answer in at_once]
        with pytest.raises(httpx.TransportError):
            post(one, "b", "2019", **{dying.HEADER: "1"})
        again = post(other, "b", "2019")

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    replayed = [answer.headers.get("idempotency-replayed") for answer in answers]
    assert sorted(replayed, key=str) == [None, *["true"] * (ASKED - 1)]
    assert (again.status_code, again.headers["idempotency-replayed"]) == (201, "true")
    assert again.json()["cohort"] == "2019"
    assert count_experts(url) == 2
