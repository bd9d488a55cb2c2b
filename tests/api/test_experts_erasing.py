"""WRES experts: the person is erased everywhere, and the counts stay."""

import logging

import pytest
from starlette.testclient import TestClient

from tests.api.experts import (
    EMAIL,
    NAME,
    PATH,
    erase,
    erased,
    expert_body,
    not_found,
    record,
    shown,
    support,
)
from tests.bodies import JSON, Headers, problem, problem_of
from tests.given import Given

OTHER_NAME, OTHER_EMAIL = "Tarquell Expert", "tarquell@trust.example"


def _change(client: TestClient, national: Headers, expert_id: str, body: JSON) -> None:
    headers = national | {"If-Match": '"1"'}
    assert client.put(f"{PATH}/{expert_id}", json=body, headers=headers).status_code == 200


def test_an_erased_person_is_nowhere_in_the_database(
    client: TestClient, given: Given, national: Headers, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    expert_id = record(client, national, support("RZ1"))
    changed = expert_body(name=OTHER_NAME, email=OTHER_EMAIL)
    _change(client, national, expert_id, changed)
    another = record(client, national, name="Another Expert", email="another@trust.example")
    before = given.read_database()
    persons = (NAME, EMAIL, OTHER_NAME, OTHER_EMAIL)

    response = client.delete(f"{PATH}/{expert_id}", headers=national)

    assert response.status_code == 204
    assert response.content == b""
    assert "content-type" not in response.headers
    kept = given.read_database()
    assert [person in before for person in persons] == [True] * 4
    assert [person in kept for person in persons] == [False] * 4
    assert [person in caplog.text for person in persons] == [False] * 4
    assert client.get(f"{PATH}/{another}", headers=national).json()["name"] == "Another Expert"


def test_an_erased_expert_is_shown_without_the_person(
    client: TestClient, national: Headers
) -> None:
    supports = (support("RZ1"), support("ZZ901", "2020-01-01", "2020-12-31"))
    expert_id = record(client, national, *supports)
    erase(client, national, expert_id)

    response = client.get(f"{PATH}/{expert_id}", headers=national)

    assert response.status_code == 200
    assert response.headers["etag"] == '"1-erased"'
    assert response.json() == erased(shown(expert_id, *supports), "2026-11-23T09:00:01Z")
    listed = client.get(PATH, headers=national)
    assert listed.json() == {"items": [response.json()], "next": None}


def test_erasing_keeps_the_counts(client: TestClient, given: Given, national: Headers) -> None:
    expert_id = record(client, national, support("RZ1"))
    _change(client, national, expert_id, expert_body(support("RZ1"), support("RZ2")))
    rows = given.count_rows()
    numbers = client.get("/v1/england/experts", headers=national).json()

    erase(client, national, expert_id)

    assert client.get("/v1/england/experts", headers=national).json() == numbers
    assert given.count_rows() == rows | {"changes": rows["changes"] + 1}


def test_an_erased_expert_is_unknown_to_trusts(
    client: TestClient, given: Given, national: Headers
) -> None:
    trust = given.token("trust", "RZ1")
    expert_id = record(client, national, support("RZ1"))
    paths = (PATH, "/v1/trusts/RZ1/experts")
    before = [len(client.get(path, headers=trust).json()["items"]) for path in paths]

    erase(client, national, expert_id)

    assert before == [1, 1]
    for path in paths:
        assert client.get(path, headers=trust).json() == {"items": [], "next": None}
    assert problem_of(client.get(f"{PATH}/{expert_id}", headers=trust)) == not_found(expert_id)


@pytest.mark.parametrize("precondition", [{}, {"If-Match": '"1"'}, {"If-Match": "*"}])
def test_erasing_once_more_changes_nothing(
    client: TestClient, given: Given, national: Headers, precondition: Headers
) -> None:
    path = f"{PATH}/{record(client, national, support('RZ1'))}"
    headers = national | precondition
    first = client.delete(path, headers=headers)
    before = given.read_database()

    second = client.delete(path, headers=headers)

    assert (first.status_code, second.status_code) == (204, 204)
    assert given.read_database() == before


def test_erasing_something_else_than_what_is_held_is_refused(
    client: TestClient, given: Given, national: Headers
) -> None:
    expert_id = record(client, national)
    before = given.read_database()

    response = client.delete(
        f"{PATH}/{expert_id}", headers=national | {"If-Match": '"2", "1-erased"'}
    )

    assert problem_of(response) == problem(
        412,
        "revision-stale",
        "Revision is stale",
        'The precondition does not hold: what is held is "1". Read it again, then repeat the'
        " change.",
        held='"1"',
    )
    assert given.read_database() == before


@pytest.mark.parametrize("etag", ['"1"', '"1-erased"', "*", None])
def test_an_erased_expert_stays_so(
    client: TestClient, given: Given, national: Headers, etag: str | None
) -> None:
    expert_id = record(client, national)
    erase(client, national, expert_id)
    before = given.read_database()

    response = client.put(
        f"{PATH}/{expert_id}",
        json=expert_body(),
        headers=national | ({"If-Match": etag} if etag else {}),
    )

    assert problem_of(response) == problem(
        409,
        "expert-erased",
        "Expert was erased",
        f"The WRES expert {expert_id} was erased; record a new one.",
        expert_id=expert_id,
    )
    assert given.read_database() == before
