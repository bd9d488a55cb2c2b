"""Addresses and headers longer than anybody needs, and bodies that come too slowly."""

import socket
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.settings import Settings
from tests.api.databases import on_sqlite
from tests.api.serving import PATH, running
from tests.bodies import Headers, fault, malformed, problem_of

pytestmark = on_sqlite


@pytest.mark.parametrize(
    ("query", "headers", "status", "title", "detail"),
    [
        (
            "text=" + "x" * 8_188,
            {},
            414,
            "URI too long",
            "The query may have up to 8192 bytes.",
        ),
        (
            "",
            {"X-Long": "x" * 66_000},
            431,
            "Headers too large",
            "All headers together may have up to 65536 bytes.",
        ),
    ],
    ids=["query", "headers"],
)
def test_what_is_too_long_to_be_meant_is_refused(
    *, client: TestClient, query: str, headers: Headers, status: int, title: str, detail: str
) -> None:
    answer = client.get(f"/v1/organisations?{query}", headers=headers)

    assert problem_of(answer) == {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
    }


def test_parameters_are_counted(client: TestClient) -> None:
    most = "&".join("text=a" for _ in range(100))

    assert client.get(f"/v1/organisations?{most}").status_code == 200
    answer = client.get(f"/v1/organisations?{most}&limit=1")

    assert problem_of(answer) == malformed(
        fault("", "too_many_parameters", "The query has 101 parameters; send at most 100.")
    )


def test_a_body_of_another_type_is_told_which_is_wanted(
    client: TestClient, national: Headers
) -> None:
    answer = client.put(
        PATH, content=b"source=ESR", headers=national | {"Content-Type": "text/plain"}
    )

    assert problem_of(answer) == {
        "type": "about:blank",
        "title": "Unsupported media type",
        "status": 415,
        "detail": "Send the body as application/json.",
    }


def test_a_form_that_cannot_be_read_is_a_problem(client: TestClient, national: Headers) -> None:
    for key in ({}, {"Idempotency-Key": "one"}):
        answer = client.post(
            "/v1/imports",
            content=b"nonsense",
            headers=national | {"Content-Type": "multipart/form-data; boundary=x"} | key,
        )

        assert answer.status_code in {400, 422}
        assert problem_of(answer)["status"] == answer.status_code


@pytest.fixture
def slow(app: FastAPI) -> Iterator[int]:
    """The port of a service that gives bodies one second."""
    settings: Settings = app.state.settings
    app.state.settings = settings.model_copy(update={"body_seconds": 1})
    app.middleware_stack = None  # it is built anew, with this setting
    with running(app) as port:
        yield port
    app.middleware_stack = None


def test_a_body_that_does_not_come_is_given_up(slow: int, national: Headers) -> None:
    head = f"PUT {PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    head += f"Authorization: {national['Authorization']}\r\nContent-Length: 100\r\n\r\n"

    with socket.create_connection(("127.0.0.1", slow), timeout=60) as line:
        line.sendall(head.encode() + b'{"source"')
        with line.makefile("rb") as answer:
            said = answer.read()  # to the end: the server closes the line

    status, _, rest = said.partition(b"\r\n")
    assert status == b"HTTP/1.1 408 Request Timeout"
    assert b'"title":"Request timed out"' in rest
    assert b"connection: close" in rest.lower()
