"""Organisations entered into the register, and changed."""

import pytest
from starlette.testclient import TestClient

from tests.api.organisations import ENTRY, NEW, SHOWN, enter, entry
from tests.bodies import JSON, Headers, actuals_body
from tests.given import Given


def test_a_new_organisation_is_created_and_shown_whole(
    client: TestClient, national: Headers
) -> None:
    response = client.put(NEW, json=ENTRY, headers=national)

    assert response.status_code == 201
    assert response.headers["location"] == NEW
    assert response.headers["etag"] == '"1"'
    assert response.json() == SHOWN
    read = client.get(NEW)
    assert read.json() == SHOWN
    assert read.headers["etag"] == '"1"'


def test_a_trust_that_was_just_entered_sends_in_its_actuals(
    client: TestClient, national: Headers
) -> None:
    enter(client, national)

    response = client.put("/v1/trusts/ZZ911/actuals/2024", json=actuals_body(), headers=national)

    assert response.status_code == 201
    assert response.json()["synthetic"]


@pytest.mark.parametrize(
    "precondition", [{}, {"If-Match": '"7"'}, {"If-None-Match": "*"}], ids=str
)
def test_the_same_body_changes_nothing_whatever_its_precondition(
    client: TestClient, given: Given, national: Headers, precondition: Headers
) -> None:
    enter(client, national)
    before = given.count_rows()

    response = client.put(NEW, json=ENTRY, headers=national | precondition)

    assert response.status_code == 200
    assert response.headers["etag"] == '"1"'
    assert response.json() == SHOWN
    assert given.count_rows() == before


def test_a_new_name_holds_from_a_day_and_the_old_one_until_the_day_before(
    client: TestClient, national: Headers
) -> None:
    enter(client, national)
    body = entry(name="Renamed Trust (demonstration)", effective_from="2026-04-01")

    response = client.put(NEW, json=body, headers=national | {"If-Match": '"1"'})

    assert response.status_code == 200
    assert response.headers["etag"] == '"2"'
    assert response.json() == {
        **SHOWN,
        "name": "Renamed Trust (demonstration)",
        "names": [
            {"value": "New Trust (demonstration)", "starts": None, "ends": "2026-03-31"},
            {"value": "Renamed Trust (demonstration)", "starts": "2026-04-01", "ends": None},
        ],
    }


def test_a_type_an_icb_and_a_region_change_from_a_day_likewise(
    client: TestClient, national: Headers
) -> None:
    enter(client, national)
    body = entry(type="specialist", icb="QHM", region="Y63", effective_from="2026-04-01")

    response = client.put(NEW, json=body, headers=national | {"If-Match": '"1"'})

    def changed(before: str, after: str) -> list[JSON]:
        return [
            {"value": before, "starts": None, "ends": "2026-03-31"},
            {"value": after, "starts": "2026-04-01", "ends": None},
        ]

    assert response.json() == {
        **SHOWN,
        "type": "specialist",
        "icb": "QHM",
        "region": "Y63",
        "types": changed("acute", "specialist"),
        "icbs": changed("QMF", "QHM"),
        "regions": changed("Y56", "Y63"),
    }


def test_the_same_change_from_a_day_again_changes_nothing(
    client: TestClient, given: Given, national: Headers
) -> None:
    enter(client, national)
    body = entry(name="Renamed Trust (demonstration)", effective_from="2026-04-01")
    first = client.put(NEW, json=body, headers=national | {"If-Match": '"1"'})
    before = given.count_rows()

    second = client.put(NEW, json=body, headers=national | {"If-Match": '"1"'})

    assert second.status_code == 200
    assert second.json() == first.json()
    assert given.count_rows() == before


def test_a_change_without_a_day_is_a_correction(client: TestClient, national: Headers) -> None:
    enter(client, national)

    response = client.put(
        NEW, json=entry(name="Right Trust"), headers=national | {"If-Match": '"1"'}
    )

    assert response.status_code == 200
    assert response.json() == {
        **SHOWN,
        "name": "Right Trust",
        "names": [{"value": "Right Trust", "starts": None, "ends": None}],
    }


def test_a_correction_after_a_change_corrects_the_newest_value(
    client: TestClient, national: Headers
) -> None:
    enter(client, national)
    second = entry(name="Second Name", effective_from="2026-04-01")
    client.put(NEW, json=second, headers=national | {"If-Match": '"1"'})

    response = client.put(
        NEW, json=entry(name="Second, spelt right"), headers=national | {"If-Match": '"2"'}
    )

    assert response.json()["names"] == [
        {"value": "New Trust (demonstration)", "starts": None, "ends": "2026-03-31"},
        {"value": "Second, spelt right", "starts": "2026-04-01", "ends": None},
    ]


def test_a_trust_without_an_icb_any_more_has_none(client: TestClient, national: Headers) -> None:
    enter(client, national)

    body = entry(icb=None, effective_from="2026-04-01")
    response = client.put(NEW, json=body, headers=national | {"If-Match": '"1"'})

    assert response.status_code == 200
    assert response.json()["icbs"] == [{"value": "QMF", "starts": None, "ends": "2026-03-31"}]
    assert response.json()["icb"] is None


def test_a_trust_closes(client: TestClient, national: Headers) -> None:
    enter(client, national)

    body = entry(closed="2026-03-31")
    response = client.put(NEW, json=body, headers=national | {"If-Match": '"1"'})

    assert response.json() == {**SHOWN, "closed": "2026-03-31"}
