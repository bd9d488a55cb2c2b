"""Problems in the description of the API: every kind is described, and has a page."""

import re

import pytest
from starlette.testclient import TestClient

from app.api.problems import STATUS, problem_type, status_of
from app.domain import errors
from app.domain.errors import DomainError, leaves
from app.main import create_app
from app.settings import Settings
from tests.contract.openapi import PATHS, PROBLEM, Json, resolve

NOT_OVER_HTTP = {
    "register_file_refused": "files are read on the command line",
    "archive_refused": "likewise",
    "file_not_written": "likewise",
    "download_failed": "likewise",
    "unacceptable_staff_list": "staff lists are counted where they are",
}
"""Kinds of problem that no operation answers with, and why."""

ERRORS = [pytest.param(error, id=error.code) for error in leaves()]

PROBLEMS = [
    pytest.param(operation, id=operation["operationId"])
    for path, methods in PATHS.items()
    if not path.startswith("/health")
    for operation in methods.values()
]


@pytest.mark.parametrize("operation", PROBLEMS)
def test_an_operation_describes_its_errors_as_problems(operation: Json) -> None:
    problems = {s: resolve(one) for s, one in operation["responses"].items() if s >= "400"}

    assert problems
    for status, response in problems.items():
        assert list(response["content"]) == [PROBLEM]
        assert response["description"].endswith(".")
        for name, example in response["content"][PROBLEM].get("examples", {}).items():
            assert example["value"]["status"] == int(status)
            assert example["value"]["type"] == f"/problems/{name.replace('_', '-')}"
            assert example["summary"] == example["value"]["title"]


def documented() -> dict[str, set[str]]:
    """Return the operations that document each kind of problem."""
    found: dict[str, set[str]] = {}
    for methods in PATHS.values():
        for operation in methods.values():
            for response in operation["responses"].values():
                examples = response.get("content", {}).get(PROBLEM, {}).get("examples", {})
                for code in examples:
                    found.setdefault(code, set()).add(operation["operationId"])
    return found


@pytest.mark.parametrize("error", ERRORS)
def test_a_kind_of_problem_is_documented(error: type[DomainError]) -> None:
    assert (error.code in documented()) != (error.code in NOT_OVER_HTTP)


@pytest.mark.parametrize("error", ERRORS)
def test_a_kind_of_problem_has_a_code_and_a_title(error: type[DomainError]) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", error.code)
    assert re.match(r"[A-Z].*[^.]$", error.title)
    assert (error.__doc__ or "").partition("\n")[0].endswith(".")
    assert status_of(error) in STATUS.values()


def test_kinds_of_problems_have_codes_of_their_own() -> None:
    codes = [error.code for error in leaves()]

    assert len(codes) == len(set(codes))


def test_every_error_of_the_domain_is_a_kind_of_problem() -> None:
    classes = {
        one
        for one in vars(errors).values()
        if isinstance(one, type) and issubclass(one, DomainError)
    }
    branches = {one for one in classes if any(other.__base__ is one for other in classes)}

    assert classes - branches == set(leaves())


def test_the_tree_of_errors_is_drawn_as_it_is() -> None:
    drawn = re.findall(r"[├└]── (\w+)", errors.__doc__ or "")
    faulty = {"Faulty"}  # a form that problems have, not a situation

    found = {
        name
        for name, one in vars(errors).items()
        if isinstance(one, type) and issubclass(one, DomainError) and one is not DomainError
    }
    assert set(drawn) == found - faulty
    assert len(drawn) == len(set(drawn))


@pytest.fixture(scope="module")
def client() -> TestClient:
    """A client of a service that needs no database: nothing is stored about problems."""
    return TestClient(create_app(Settings()))


@pytest.mark.parametrize("error", ERRORS)
def test_there_is_a_page_behind_a_kind_of_problem(
    client: TestClient, error: type[DomainError]
) -> None:
    response = client.get(problem_type(error))

    assert response.status_code == 200
    assert response.json() == {
        "type": f"/problems/{error.code.replace('_', '-')}",
        "title": error.title,
        "status": status_of(error),
        "description": (error.__doc__ or "").partition("\n")[0],
    }


@pytest.mark.parametrize("name", ["trust_not_found", "Trust-Not-Found", "nothing"])
def test_there_is_no_page_behind_another_name(client: TestClient, name: str) -> None:
    response = client.get(f"/problems/{name}")

    assert response.headers["content-type"] == PROBLEM
    assert response.json() == {
        "type": "about:blank",
        "title": "Not found",
        "status": 404,
        "detail": f"No problem is called {name}.",
    }
