"""Actuals of trusts that merged: who sends them, and whom they cover."""

from starlette.testclient import TestClient

from tests.api.actuals import SHOWN
from tests.bodies import Headers, actuals_body


def test_a_successor_sends_its_predecessors_last_census(
    client: TestClient, sender: Headers
) -> None:
    path = "/v1/trusts/ZZ905/actuals/2024"

    response = client.put(path, json=actuals_body(covers=["ZZ904", "ZZ903"]), headers=sender)

    assert response.status_code == 201
    expected = {**SHOWN, "ods_code": "ZZ905", "covers": ["ZZ903", "ZZ904"]}
    assert response.json() == expected
    assert client.get(path).json() == expected


def test_a_predecessor_sends_its_own_last_census_after_it_closed(
    client: TestClient, sender: Headers
) -> None:
    response = client.put("/v1/trusts/ZZ903/actuals/2024", json=actuals_body(), headers=sender)

    assert response.status_code == 201
    assert response.json()["covers"] == ["ZZ903"]


def test_what_a_return_covers_is_part_of_what_it_says(client: TestClient, sender: Headers) -> None:
    path = "/v1/trusts/ZZ905/actuals/2024"
    client.put(path, json=actuals_body(covers=["ZZ903"]), headers=sender)

    body = actuals_body(covers=["ZZ903", "ZZ904"], reason="ZZ904 was in the figures")
    response = client.put(path, json=body, headers=sender | {"If-Match": '"1"'})

    assert response.status_code == 200
    assert response.json()["revision"] == 2
    assert response.json()["covers"] == ["ZZ903", "ZZ904"]


def test_the_same_trusts_covered_in_another_order_say_the_same(
    client: TestClient, sender: Headers
) -> None:
    path = "/v1/trusts/ZZ905/actuals/2024"
    client.put(path, json=actuals_body(covers=["ZZ903", "ZZ904"]), headers=sender)

    response = client.put(path, json=actuals_body(covers=["ZZ904", "ZZ903"]), headers=sender)

    assert response.status_code == 200
    assert response.json()["revision"] == 1
