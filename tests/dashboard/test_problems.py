"""The page behind the type of a problem, for whoever prefers a page."""

import pytest

from app.domain.errors import leaves, name_of, sentence_of
from tests.api.setting import PROBLEM, Service, problem_of, read
from tests.dashboard.reading import read_page

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
"""What browsers send."""

TRUST_NOT_FOUND = {
    "type": "/problems/trust-not-found",
    "title": "Trust not found",
    "status": 404,
    "description": "No trust has the ODS code.",
}


@pytest.mark.parametrize(
    "accept",
    [BROWSER, "text/html", "text/html, */*", "application/json;q=0.5, text/html;q=0.9"],
)
def test_who_prefers_a_page_gets_one(service: Service, accept: str) -> None:
    response = service.client.get("/problems/trust-not-found", headers={"Accept": accept})

    page = read_page(response)
    assert response.status_code == 200
    assert response.headers["vary"] == "Cookie, Accept, Authorization"
    assert page.texts["h1"] == ["Trust not found"]
    assert page.texts["p"][:2] == [
        "No trust has the ODS code.",
        "What the caller names does not exist.",
    ]
    assert dict(zip(page.texts["dt"], page.texts["dd"], strict=True)) == {
        "Type in a problem": "/problems/trust-not-found",
        "Code": "trust_not_found",
    }


@pytest.mark.parametrize(
    "accept",
    [
        "",
        "*/*",
        "application/json",
        "application/json, text/html",
        "text/html;q=0.5, application/json",
        "text/html;q=0",
        "text/html;q=most",
        "text/csv",
    ],
)
def test_everybody_else_gets_json(service: Service, accept: str) -> None:
    response = service.client.get("/problems/trust-not-found", headers={"Accept": accept})

    assert read(response) == TRUST_NOT_FOUND
    assert response.headers["vary"] == "Accept, Authorization"


def test_every_kind_of_problem_has_a_page_with_its_sentence(service: Service) -> None:
    for error in leaves():
        path = f"/problems/{name_of(error)}"
        page = read_page(service.client.get(path, headers={"Accept": BROWSER}))
        assert page.texts["h1"] == [error.title]
        assert sentence_of(error) in page.text
        assert f"/v1/codes/problem/{error.code}" in page.links()


@pytest.mark.parametrize("name", ["trust_not_found", "Trust-Not-Found", "nothing", "x" * 61])
def test_another_name_has_a_page_that_says_so(service: Service, name: str) -> None:
    response = service.client.get(f"/problems/{name}", headers={"Accept": BROWSER})

    page = read_page(response)
    assert response.status_code == 404
    assert response.headers["vary"] == "Accept, Cookie"
    assert page.texts["h1"] == ["Page not found"]
    assert f"No problem is called {name}." in page.text


def test_another_name_is_a_problem_to_everybody_else(service: Service) -> None:
    response = service.get("/problems/nothing")

    assert response.headers["vary"] == "Accept"
    assert problem_of(response) == {
        "type": "about:blank",
        "title": "Not found",
        "status": 404,
        "detail": "No problem is called nothing.",
    }


def test_a_problem_is_only_read(service: Service) -> None:
    for accept in (BROWSER, "application/json"):
        response = service.client.post("/problems/trust-not-found", headers={"Accept": accept})
        assert response.status_code == 405
        is_page = accept == BROWSER
        assert (response.headers["content-type"] == PROBLEM) is not is_page
