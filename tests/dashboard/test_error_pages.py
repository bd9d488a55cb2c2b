"""Errors as pages, for who reads pages; programs get problems as ever."""

from collections.abc import Iterator

import pytest
from httpx2 import Response
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from app.api.problems import MEDIA_TYPE
from app.api.request_ids import RequestIds
from app.dashboard.error_pages import ErrorPages
from app.dashboard.rendering import POLICY
from app.dashboard.views.errors import ErrorPage, tell_error
from app.main import create_app
from app.settings import Settings
from tests.api.setting import Service
from tests.dashboard.reading import Page, read_page

BROWSER = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "X-Request-ID": "one",
}
"""What browsers send, and a name for what was asked."""


@pytest.fixture(scope="module")
def gone() -> Iterator[TestClient]:
    """A service whose database does not answer: nothing listens on the first port."""
    app = create_app(Settings(database_url="postgresql://nobody@127.0.0.1:1/nothing"))

    def fail() -> None:
        raise RuntimeError("a failure that nobody expects")

    app.add_api_route("/broken", fail)
    app.add_api_route("/v1/broken", fail)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def paragraphs(response: Response, status: int) -> tuple[str, list[str]]:
    """Return the heading of an error's page and what it says."""
    assert response.status_code == status
    page: Page = read_page(response)
    (heading,) = page.texts["h1"]
    return heading, page.texts["p"][:-1]


def test_an_address_that_nothing_has_is_a_page(service: Service) -> None:
    response = service.client.get("/nothing", headers=BROWSER)

    assert paragraphs(response, 404) == ("Page not found", ["There is no page at this address."])
    assert response.headers["content-security-policy"] == POLICY
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["vary"] == "Accept"
    assert int(response.headers["content-length"]) == len(response.content)


def test_the_page_of_an_error_leads_on_and_asks_nobody_to_sign_in(service: Service) -> None:
    links = set(read_page(service.client.get("/nothing", headers=BROWSER)).links())

    assert {"/", "/england", "/help"} < links
    assert "/sign-in" not in links


def test_what_a_page_does_not_take_is_said_with_what_it_takes(service: Service) -> None:
    response = service.client.post("/england", headers=BROWSER)

    heading, (said,) = paragraphs(response, 405)
    assert heading == "This page cannot be used like that"
    assert said.endswith("Nothing was changed.")
    assert response.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("query", "status", "heading", "said"),
    [
        (
            f"q={'x' * 9000}",
            414,
            "This address is too long",
            "The query may have up to 8192 bytes.",
        ),
        (
            "&".join(["q=x"] * 101),
            422,
            "This request is not understood",
            "The query has 101 parameters; send at most 100.",
        ),
    ],
)
def test_an_address_that_is_too_long_is_a_page(
    service: Service, query: str, status: int, heading: str, said: str
) -> None:
    response = service.client.get(f"/england?{query}", headers=BROWSER)

    assert paragraphs(response, status) == (heading, [said])


def test_two_hosts_are_a_page(service: Service) -> None:
    headers = [*BROWSER.items(), ("Host", "one"), ("Host", "two")]

    response = service.client.get("/england", headers=headers)

    assert paragraphs(response, 400) == (
        "This request is not understood",
        ["Send one Host header: a host, and its port if it has one."],
    )


def test_a_form_that_is_too_large_is_a_page(service: Service) -> None:
    response = service.client.post("/sign-in", data={"token": "x" * 2_100_000}, headers=BROWSER)

    assert paragraphs(response, 413) == (
        "What you sent is too large",
        ["The body may have up to 2000000 bytes."],
    )


def test_who_asks_too_often_is_told_when_to_come_back(sqlite_url: str) -> None:
    settings = Settings(database_url=sqlite_url, rate_limit_reads=2)
    with TestClient(create_app(settings)) as client:
        answers = [client.get("/definitions", headers=BROWSER) for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    wait = answers[-1].headers["retry-after"]
    heading, said = paragraphs(answers[-1], 429)
    assert heading == "You have asked for too much at once"
    assert said[1] == f"Try again in {wait} second{'' if wait == '1' else 's'}."


def test_a_database_that_is_gone_is_told_without_it(gone: TestClient) -> None:
    response = gone.get("/england", headers=BROWSER)

    assert paragraphs(response, 503) == (
        "This service cannot answer just now",
        [
            "The database does not answer. Nothing was stored; send the same request again later.",
            "Try again in 5 seconds.",
            "If it goes on, tell whoever runs this service the number of your request: one",
        ],
    )
    assert response.headers["retry-after"] == "5"


def test_a_failure_that_nobody_expects_is_a_page(gone: TestClient) -> None:
    response = gone.get("/broken", headers=BROWSER)

    heading, said = paragraphs(response, 500)
    assert heading == "Something went wrong here"
    assert said[-1].endswith("the number of your request: one")
    assert "RuntimeError" not in response.text


@pytest.mark.parametrize(
    ("method", "path", "accept", "status"),
    [
        ("GET", "/nothing", "*/*", 404),
        ("GET", "/nothing", "application/json, text/html", 404),
        ("GET", "/v1/nothing", BROWSER["Accept"], 404),
        ("GET", "/v1/broken", BROWSER["Accept"], 500),
        ("HEAD", "/nothing", BROWSER["Accept"], 404),
        ("GET", "/static/nothing", BROWSER["Accept"], 404),
    ],
)
def test_programs_get_problems(
    gone: TestClient, method: str, path: str, accept: str, status: int
) -> None:
    response = gone.request(method, path, headers={"Accept": accept})

    assert response.status_code == status
    assert response.headers["content-type"] == MEDIA_TYPE


def test_other_errors_are_called_as_their_problems_are() -> None:
    page = tell_error(
        409, title="Conflict", details=["It is there."], retry_after="90", request_id="x"
    )

    assert page == ErrorPage("Conflict", ["It is there.", "Try again in 2 minutes."])


def test_a_problem_in_pieces_is_one_page() -> None:
    async def pieces(_scope: Scope, _receive: Receive, send: Send) -> None:
        headers = [(b"content-type", MEDIA_TYPE.encode())]
        await send({"type": "http.response.start", "status": 409, "headers": headers})
        whole = b'{"status": 409, "title": "Conflict", "detail": "It is there."}'
        await send({"type": "http.response.body", "body": whole[:20], "more_body": True})
        await send({"type": "http.response.body", "body": whole[20:]})

    response = TestClient(RequestIds(ErrorPages(pieces))).get("/targets", headers=BROWSER)

    assert paragraphs(response, 409) == ("Conflict", ["It is there."])
