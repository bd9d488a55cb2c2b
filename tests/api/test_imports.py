"""Importing files: what is stored, what is answered, and what the same file again does."""

import hashlib
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import event
from starlette.testclient import TestClient

from app.domain.measures import Measure
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


def test_what_a_dry_run_says_is_what_comes_of_it(
    client: TestClient, sender: Headers, given: Given
) -> None:
    for year in (2022, 2023, 2024):
        given.actuals("ZZ901", year)
    given.target("ZZ901", Measure.LEADERSHIP, "2022-2025", goal_share="0.2000")
    content = LONG.replace(",61", ",90")
    changed: dict[str, Any] = {"reason": "Corrected", "expected_workforce": 430}

    said = send(client, content, sender, **SOURCE, **changed, expected_bme=90, dry_run=True).json()
    done = send(client, content, sender, **SOURCE, **changed, expected_bme=90).json()

    assert said["items"] == done["items"] == [item("ZZ901", "2024", "revised", 2, 1)]
    compared = client.get("/v1/trusts/ZZ901/actuals/2024/revisions/2", headers=sender).json()
    assert said["effects"] == compared["effects"] != []


def test_boards_are_imported_beside_each_other(client: TestClient, sender: Headers) -> None:
    content = (
        "Trust,Year,Source,Voting,Exec,White,BME,Unknown\n"
        + "".join(f"ZZ90{n},2024,Board register,Voting,Executive,{n},{n + 1},0\n" for n in (1, 2))
        + "ZZ902,2023,Board register,No,No,40,1,0\n"
    )

    said = send(client, content, sender, kind="board", dry_run=True).json()
    first = send(client, content, sender, kind="board").json()
    again = send(client, content, sender, kind="board").json()
    changed = send(
        client, content.replace("1,2,0", "1,5,0"), sender, kind="board", reason="Elected"
    ).json()

    items = [
        item("ZZ901", "2024", "new", 1, 2),
        item("ZZ902", "2023", "new", 1, 2),
        item("ZZ902", "2024", "new", 1, 2),
    ]
    assert said["items"] == first["items"] == items
    assert {one["measure"] for one in said["effects"]} == {
        "board",
        "board_voting",
        "board_executive",
    }
    assert first["warnings"] == [
        {
            "code": "large_board",
            "detail": "The board has 41 members; more than 40 is unusual.",
            "ods_code": "ZZ902",
            "name": "2023",
        }
    ]
    assert again["repeated"]
    assert changed["outcomes"] == outcomes(revised=1, unchanged=2)
    assert changed["items"][0] == item("ZZ901", "2024", "revised", 2, 1)
    held = client.get("/v1/trusts/ZZ901/board/2024", headers=sender).json()
    assert held["revision"] == 2


def test_a_file_that_changes_nothing_is_recorded_once(client: TestClient, sender: Headers) -> None:
    send(client, LONG, sender, **SOURCE, **TOTALS)

    other = send(client, f"{LONG}\n", sender, **SOURCE, **TOTALS)
    again = send(client, f"{LONG}\n", sender, **SOURCE, **TOTALS)

    assert other.status_code == 201
    assert other.json()["outcomes"] == outcomes(unchanged=1)
    assert again.json()["id"] == other.json()["id"]
    assert len(client.get(IMPORTS, headers=sender).json()["items"]) == 2


def test_an_import_is_among_the_changes_with_what_it_stored(
    client: TestClient, sender: Headers, national: Headers
) -> None:
    begun = client.get("/v1/changes", params={"limit": 500}).json()["resume"]
    lines = LONG + LONG.partition("\n")[2].replace("ZZ901", "ZZ902")
    one = send(client, LONG, sender, **SOURCE, **TOTALS).json()["id"]
    two = send(client, lines, sender, **SOURCE, expected_workforce=802, expected_bme=122).json()[
        "id"
    ]

    seen = {
        name: [
            (change["kind"], change["ods_code"], change["links"]["self"])
            for change in client.get(
                "/v1/changes", params={"cursor": begun}, headers=headers
            ).json()["items"]
        ]
        for name, headers in (("sender", sender), ("national", national), ("nobody", {}))
    }

    stored = [
        ("actuals", "ZZ901", "/v1/trusts/ZZ901/actuals/2024"),
        ("import", "ZZ901", f"{IMPORTS}/{one}"),
        ("actuals", "ZZ902", "/v1/trusts/ZZ902/actuals/2024"),
        ("import", None, f"{IMPORTS}/{two}"),
    ]
    assert seen["national"] == stored
    assert seen["sender"] == stored[:3]
    assert seen["nobody"] == [stored[0], stored[2]]


def test_imports_are_listed_in_pages_newest_first(client: TestClient, sender: Headers) -> None:
    made = [
        send(client, LONG.replace("2024", year), sender, **SOURCE, **TOTALS).json()["id"]
        for year in ("2021", "2022", "2023")
    ]

    first = client.get(IMPORTS, params={"limit": 2}, headers=sender).json()
    second = client.get(
        IMPORTS, params={"limit": 2, "cursor": first["next"]}, headers=sender
    ).json()

    assert [one["id"] for one in first["items"] + second["items"]] == made[::-1]
    assert second["next"] is None


@pytest.mark.parametrize("cursor", ["MjAyNA", "bm90aGluZw", "MjAyNi0xMS0yMw"])
def test_something_else_than_a_cursor_is_refused(
    client: TestClient, sender: Headers, cursor: str
) -> None:
    response = client.get(IMPORTS, params={"cursor": cursor}, headers=sender)

    assert response.status_code == 422
    assert response.json()["errors"][0]["code"] == "not_a_cursor"


@pytest.mark.parametrize(
    "table", ["change", "actuals_revision", "headcount", "import_record", "import_item"]
)
def test_an_import_that_fails_on_its_way_leaves_nothing(
    app: FastAPI, client: TestClient, sender: Headers, given: Given, table: str
) -> None:
    before = given.count_rows()
    failed = []

    @event.listens_for(app.state.engine, "before_cursor_execute")
    def fail(_c: object, _cursor: object, statement: str, *_others: object) -> None:
        if f"INSERT INTO {table} " in statement:
            failed.append(statement)
            raise OSError("no space is left")

    assert send(client, LONG, sender, **SOURCE, **TOTALS).status_code == 500
    event.remove(app.state.engine, "before_cursor_execute", fail)

    assert len(failed) == 1
    assert given.count_rows() == before
    assert send(client, LONG, sender, **SOURCE, **TOTALS).status_code == 201


def test_a_dry_run_compares_as_many_trusts_as_one_likes(
    client: TestClient, sender: Headers
) -> None:
    response = send(client, LONG, sender, dry_run=True, compare=0, **SOURCE, **TOTALS)

    assert response.status_code == 200, response.text
    assert (response.json()["effects"], response.json()["effects_left_out"]) == ([], 1)
