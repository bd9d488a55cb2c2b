"""Importing files: what is stored, what is answered, and what the same file again does."""

import hashlib

from starlette.testclient import TestClient

from tests.api.imports import IMPORTS, LONG, SOURCE, TOTALS, item, outcomes, send
from tests.bodies import JSON, Headers, actuals_body
from tests.given import Given


def without_instants(body: JSON) -> JSON:
    return {name: value for name, value in body.items() if name not in {"id", "imported_at"}}


def test_a_file_is_stored_as_if_it_had_been_put(client: TestClient, sender: Headers) -> None:
    response = send(client, LONG, sender, **SOURCE, **TOTALS)

    assert response.status_code == 201, response.text
    body = response.json()
    assert response.headers["location"] == f"{IMPORTS}/{body['id']}"
    assert without_instants(body) == {
        "kind": "actuals",
        "file": {
            "name": "staff.csv",
            "sha256": hashlib.sha256(LONG.encode()).hexdigest(),
            "size": len(LONG),
            "rows": 2,
        },
        "outcomes": outcomes(new=1),
        "items": [item("ZZ901", "2024", "new", 1, 2)],
        "warnings": [],
        "reason": None,
        "correction_note": None,
        "imported_by": "HR system",
        "stored": True,
        "repeated": False,
    }
    held = client.get("/v1/trusts/ZZ901/actuals/2024", headers=sender).json()
    put = client.put("/v1/trusts/ZZ902/actuals/2024", json=actuals_body(), headers=sender).json()
    its_own = {"ods_code", "covers", "recorded_at"}
    assert {k: v for k, v in held.items() if k not in its_own} == {
        k: v for k, v in put.items() if k not in its_own
    }
    again = client.put("/v1/trusts/ZZ901/actuals/2024", json=actuals_body(), headers=sender)
    assert again.status_code == 200
    assert again.json() == held


def test_an_import_can_be_read_again(client: TestClient, sender: Headers) -> None:
    stored = send(client, LONG, sender, **SOURCE, **TOTALS).json()

    found = client.get(f"{IMPORTS}/{stored['id']}", headers=sender)

    del stored["stored"], stored["repeated"]
    assert found.json() == stored
    assert client.get(IMPORTS, headers=sender).json() == {"items": [stored], "next": None}


def test_the_same_file_again_is_recognised_and_stores_nothing(
    client: TestClient, sender: Headers, given: Given
) -> None:
    first = send(client, LONG, sender, **SOURCE, **TOTALS).json()
    before = given.count_rows()

    again = send(client, LONG, sender, name="copy of staff.csv", **SOURCE, **TOTALS)

    assert again.status_code == 200
    assert again.json() == first | {"stored": False, "repeated": True}
    assert given.count_rows() == before


def test_a_dry_run_says_what_would_be_stored_and_whose_outlook_would_change(
    client: TestClient, sender: Headers, given: Given
) -> None:
    before = given.count_rows()

    response = send(client, LONG, sender, dry_run=True, **SOURCE, **TOTALS)

    assert response.status_code == 200, response.text
    body = response.json()
    assert (body["id"], body["imported_at"], body["stored"]) == (None, None, False)
    assert body["items"] == [item("ZZ901", "2024", "new", 1, 2)]
    assert body["effects_left_out"] == 0
    (workforce,) = (one for one in body["effects"] if one["measure"] == "workforce")
    assert workforce == {
        "ods_code": "ZZ901",
        "measure": "workforce",
        "staff_group": None,
        "changed": ["year", "bme", "total"],
        "before": dict.fromkeys(workforce["before"]),
        "after": dict.fromkeys(workforce["before"]) | {"year": 2024, "bme": 61, "total": 401},
    }
    assert given.count_rows() == before
    # What a dry run says is what comes of it.
    assert send(client, LONG, sender, **SOURCE, **TOTALS).status_code == 201
    compared = client.get("/v1/trusts/ZZ901/actuals/2024/revisions/1", headers=sender).json()
    assert compared["effects"] == body["effects"]
