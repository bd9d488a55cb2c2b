"""A caller who goes away before the whole body has come is no failure of the service."""

import logging
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.api.databases import on_sqlite
from tests.api.hostile.cases import ACTUALS
from tests.bodies import Headers


@on_sqlite
def test_a_caller_who_leaves_is_not_logged_as_a_failure(
    app: FastAPI, client: TestClient, national: Headers, caplog: pytest.LogCaptureFixture
) -> None:
    said = {"host": "x", "content-type": "application/json", "content-length": "100"} | national
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "PUT",
        "scheme": "http",
        "path": ACTUALS,
        "raw_path": ACTUALS.encode(),
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in said.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    pieces = iter(({"type": "http.request", "body": b"{", "more_body": True},))
    answered: list[Any] = []

    async def receive() -> dict[str, object]:
        return next(pieces, {"type": "http.disconnect"})

    async def send(message: object) -> None:
        answered.append(message)

    assert client.portal is not None
    with caplog.at_level(logging.WARNING):
        client.portal.call(app, scope, receive, send)

    assert answered[0]["status"] == 400
    assert caplog.records == []
