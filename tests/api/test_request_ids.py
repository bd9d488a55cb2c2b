"""Every answer has a name, and so has what is logged of it."""

import logging
import re

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from app.api.request_ids import RequestIdFilter
from app.store.engine import writing
from tests.api.databases import on_sqlite

MISPLACED = "parity_0123456789ab_3yK5cO0Xk4q1mZ7vTn2bJ8sWd6gRf9hLpQxEaUiYcBo"
"""What is in the wrong header, since names are logged."""

PATHS = {
    "/v1/measures": 200,
    "/static/parity.css": 200,
    "/definitions": 200,
    "/nothing": 404,
    "/v1/organisations?limit=x": 422,
    "/v1/imports": 401,
}


@on_sqlite
def test_every_answer_is_named_as_its_request(client: TestClient) -> None:
    for path, status in PATHS.items():
        answer = client.get(path, headers={"X-Request-ID": "a.B-9_"})
        assert (answer.status_code, answer.headers["x-request-id"]) == (status, "a.B-9_")


@on_sqlite
def test_an_answer_to_a_request_without_a_name_gets_one_of_its_own(client: TestClient) -> None:
    names = [client.get("/health/live").headers["x-request-id"] for _ in range(2)]

    assert names[0] != names[1]
    assert all(re.fullmatch(r"[0-9a-f]{32}", name) for name in names)


@on_sqlite
@pytest.mark.parametrize(
    "name", ["", "a b", "x" * 65, "a,b", "é".encode(), "a\tb", "<script>", MISPLACED]
)
def test_a_name_that_is_no_plain_word_is_replaced(client: TestClient, name: str | bytes) -> None:
    sent = name if isinstance(name, bytes) else name.encode()

    answer = client.get("/health/live", headers=[(b"X-Request-ID", sent)])

    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["x-request-id"])


@on_sqlite
def test_two_names_are_none(client: TestClient) -> None:
    answer = client.get("/health/live", headers=[("X-Request-ID", "a"), ("X-Request-ID", "b")])

    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["x-request-id"])


@on_sqlite
def test_whoever_holds_the_answer_is_told_the_name_of_this_one(client: TestClient) -> None:
    headers = {"X-Request-ID": "again", "If-None-Match": "*"}

    answer = client.get("/v1/measures", headers=headers)

    assert (answer.status_code, answer.headers["x-request-id"]) == (304, "again")


def test_a_failure_is_logged_with_the_name_of_its_request(
    client: TestClient, app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    with writing(app.state.engine) as session:
        session.execute(text("ALTER TABLE census RENAME TO gone"))

    with caplog.filtering(RequestIdFilter()):
        answer = client.get("/v1/censuses", headers={"X-Request-ID": "doomed"})

    assert (answer.status_code, answer.headers["x-request-id"]) == (500, "doomed")
    (record,) = [one for one in caplog.records if one.name == "parity.api"]
    assert record.getMessage() == "failed: GET /v1/censuses"
    assert vars(record)["request_id"] == "doomed"


def test_what_is_logged_outside_of_a_request_has_no_name() -> None:
    record = logging.makeLogRecord({"msg": "started"})

    assert RequestIdFilter().filter(record)
    assert vars(record)["request_id"] is None
