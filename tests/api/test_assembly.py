"""The application as it is put together: what no single route shows."""

import asyncio
import sys
from hashlib import sha256

from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from app.api.conditional import ConditionalReads
from app.main import create_app
from app.settings import Settings


def test_a_database_that_does_not_answer_makes_the_service_unready() -> None:
    # Nothing listens on the first port.
    settings = Settings(database_url="postgresql://nobody@127.0.0.1:1/nothing")

    with TestClient(create_app(settings)) as client:
        response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "detail": "The database does not answer."}


def test_a_database_without_the_schema_makes_the_service_unready(
    empty_database_url: str,
) -> None:
    with TestClient(create_app(Settings(database_url=empty_database_url))) as client:
        response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json() == {
        "status": "not ready",
        "detail": "The database has another schema; run `parity db upgrade`.",
    }


def test_the_description_is_made_once(sqlite_url: str) -> None:
    app = create_app(Settings(database_url=sqlite_url))

    assert app.openapi() is app.openapi()


def test_an_answer_in_pieces_has_the_tag_of_the_whole() -> None:
    async def pieces(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"par", "more_body": True})
        await send({"type": "http.response.body", "body": b"ity"})

    sent: list[Message] = []

    async def ask() -> None:
        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def keep(message: Message) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "GET", "headers": []}
        await ConditionalReads(pieces)(scope, receive, keep)

    asyncio.run(ask())

    tag = f'"{sha256(b"parity").hexdigest()[:32]}"'.encode()
    assert dict(sent[0]["headers"])[b"etag"] == tag
    assert sent[1:] == [{"type": "http.response.body", "body": b"parity"}]


def test_the_renderer_of_charts_is_started_before_anybody_asks_for_one(sqlite_url: str) -> None:
    app = create_app(Settings(database_url=sqlite_url))
    app.state.warm_up_after = 0

    with TestClient(app) as client:

        async def started() -> None:
            await asyncio.wait_for(app.state.warming_up, 60)

        assert client.portal is not None
        client.portal.call(started)

    assert "vl_convert" in sys.modules


def test_a_service_that_stops_at_once_starts_no_renderer(sqlite_url: str) -> None:
    app = create_app(Settings(database_url=sqlite_url))
    app.state.warm_up_after = 3600

    with TestClient(app) as client:
        assert client.get("/health/ready").status_code == 200

    assert app.state.warming_up.cancelled()
