"""What is told of each request served: no word of it is its caller's."""

import asyncio
import logging
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from app.api.observing import Batch, Observed, Served
from app.main import create_app
from app.settings import Settings
from tests.api.databases import on_sqlite
from tests.bodies import Headers
from tests.operating import wait_until

LOGGER = "parity.requests"


@pytest.fixture
def served(caplog: pytest.LogCaptureFixture) -> Iterator[list[Served]]:
    """What is told from now on."""
    told: list[Served] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            batch = record.msg
            assert isinstance(batch, Batch)  # and no text
            told.extend(batch.served)

    handler = Keeping()
    logging.getLogger(LOGGER).addHandler(handler)
    with caplog.at_level(logging.INFO, LOGGER):
        yield told
    logging.getLogger(LOGGER).removeHandler(handler)


def facts(served: list[Served]) -> list[tuple[str, str | None, int | None, bool]]:
    return [(one.method, one.route, one.status, one.is_warm) for one in served]


@on_sqlite
def test_a_request_is_told_by_its_template_its_name_and_how_it_was_answered(
    client: TestClient, national: Headers, served: list[Served]
) -> None:
    client.get("/v1/trusts/ZZ901/actuals", headers=national)
    served.clear()

    named = {"X-Request-ID": "mine"}
    asked = [
        client.get("/v1/measures", headers=named),
        client.get("/v1/measures?x=somebody", headers=named),
        client.get("/v1/trusts/somebody/actuals", headers=national | named),
        client.delete("/v1/measures", headers=named),
        client.get("/static/parity.css", headers=named),
        client.get("/openapi.json", headers=named),
        client.get("/somebody", headers=named),
        client.get("/definitions", headers=named),
        client.request("SOMEBODY", "/v1/measures", headers=named),
        client.get("/v1/measures", headers=named),
        client.get("/v1/measures", headers=named | {"If-None-Match": "*"}),
    ]

    wait_until(lambda: len(served) == len(asked))
    warm = [one for one in served if one.is_warm]
    served.sort(key=lambda one: one.is_warm)
    assert facts(warm) == [
        ("GET", "/v1/measures", 200, True),
        ("GET", "/v1/measures", 304, True),
    ]
    assert facts(served)[: -len(warm)] == [
        ("GET", "/v1/measures", 200, False),
        ("GET", "/v1/measures", 200, False),
        ("GET", "/v1/trusts/{ods_code}/actuals", 422, False),
        ("DELETE", "/v1/measures", 405, False),
        ("GET", "/static/{path}", 200, False),
        ("GET", "/openapi.json", 200, False),
        ("GET", None, 404, False),
        ("GET", "/definitions", 200, False),
        ("OTHER", "/v1/measures", 405, False),
    ]
    assert [one.size for one in served] == [len(one.content) for one in asked]
    assert {one.request_id for one in served} == {"mine"}
    assert all(0 < one.seconds < 60 for one in served)


@on_sqlite
def test_being_asked_for_health_is_not_told_unless_everything_is(
    client: TestClient, served: list[Served], caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/health/ready")
    quiet = facts(served)
    with caplog.at_level(logging.DEBUG, LOGGER):
        client.get("/health/ready")

    assert quiet == []
    assert facts(served) == [("GET", "/health/ready", 200, False)]


@pytest.mark.parametrize(
    ("which", "told"),
    [
        ("all", [("GET", "/v1/measures", 200, False), ("GET", "/v1/measures", 200, True)]),
        ("made", [("GET", "/v1/measures", 200, False)]),
        ("none", []),
    ],
)
def test_whoever_runs_the_service_says_which_requests_are_told(
    which: str, told: list[object], sqlite_url: str, served: list[Served]
) -> None:
    settings = Settings.model_validate({"database_url": sqlite_url, "log_requests": which})
    with TestClient(create_app(settings)) as client:
        answers = [client.get("/v1/measures") for _ in range(2)]

    assert facts(served) == told
    assert answers[0].content == answers[1].content


def test_an_answer_in_parts_is_as_large_as_all_of_them(served: list[Served]) -> None:
    async def answer(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"one", "more_body": True})
        await send({"type": "http.response.body", "body": b"other"})

    async def receive() -> Message:
        raise AssertionError

    async def send(message: Message) -> None:
        assert message["type"].startswith("http.response")

    app = FastAPI()
    app.state.metrics = None
    scope = {"type": "http", "method": "GET", "path": "/v1/measures", "app": app}
    asyncio.run(Observed(answer, is_logging=True)(scope, receive, send))

    assert [(one.status, one.size) for one in served] == [(200, 8)]


def test_a_caller_who_leaves_gets_no_status(served: list[Served]) -> None:
    async def leave(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise asyncio.CancelledError

    async def receive() -> Message:
        raise AssertionError

    async def send(_message: Message) -> None:
        raise AssertionError

    app = FastAPI()
    app.state.metrics = None
    scope = {"type": "http", "method": "GET", "path": "/v1/measures", "app": app}
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(Observed(leave, is_logging=True)(scope, receive, send))

    assert facts(served) == [("GET", None, None, False)]
    assert served[0].request_id is None
