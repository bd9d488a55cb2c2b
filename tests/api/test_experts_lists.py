"""WRES experts: found by trust, day and cohort, and counted for all of England."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.api.experts import (
    PATH,
    TODAY,
    TOMORROW,
    YESTERDAY,
    ids,
    record,
    record_another,
    shown,
    support,
)
from tests.bodies import JSON, Headers, fault, malformed, problem_of
from tests.given import Clock, Given

ENGLAND = "/v1/england/experts"

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what is refused before the database is asked."""


def _visit(client: TestClient, path: str, national: Headers, params: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """Yield the pages of a list, one by one."""
    cursor: str | None = None
    while True:
        asked = {**params} if cursor is None else {**params, "cursor": cursor}
        page = client.get(path, params=asked, headers=national).json()
        yield page["items"]
        cursor = page["next"]
        if cursor is None:
            return


# Experts


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, ["current", "former", "unplaced"]),
        ({"trust": "RZ1"}, ["current", "former"]),
        ({"trust": "RZ2"}, ["current"]),
        ({"trust": "nil"}, []),
        ({"on": "2019-03-31"}, []),
        ({"on": "2019-04-01"}, ["current", "former"]),
        ({"on": "2020-04-01"}, ["current"]),
        ({"trust": "RZ1", "on": "2020-03-31"}, ["former"]),
        ({"trust": "RZ1", "on": "2020-04-01"}, []),
        ({"trust": "RZ1", "on": "2021-04-01"}, ["current"]),
        ({"cohort": "2018"}, ["former", "unplaced"]),
        ({"cohort": "2020", "trust": "RZ2"}, ["current"]),
        ({"cohort": "201"}, []),
    ],
)
def test_experts_are_filtered(
    client: TestClient, national: Headers, params: JSON, expected: list[str]
) -> None:
    made = {
        "current": record(
            *(client, national, support("RZ2"), support("RZ1", "2021-04-01")), cohort="2020"
        ),
        "former": record_another(client, national, support("RZ1", "2019-04-01", "2020-03-31")),
        "unplaced": record_another(client, national),
    }

    response = client.get(PATH, params=params, headers=national)

    assert ids(response) == [made[name] for name in expected]
    assert response.json()["next"] is None


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pages_visit_each_expert_once_in_the_order_of_recording(
    client: TestClient, national: Headers, limit: int
) -> None:
    made = [record_another(client, national, support("RZ1")) for _ in range(5)]

    pages = list(_visit(client, PATH, national, {"limit": limit}))
    of_trust = list(_visit(client, "/v1/trusts/RZ1/experts", national, {"limit": limit}))

    assert [one["id"] for page in pages for one in page] == made
    assert {len(page) for page in pages[:-1]} <= {limit}
    assert of_trust == pages


@on_sqlite
@pytest.mark.parametrize("path", [PATH, "/v1/trusts/RZ1/experts", ENGLAND])
@pytest.mark.parametrize(
    ("params", "pointer"),
    [
        ({"limit": 0}, "?limit"),
        ({"limit": 501}, "?limit"),
        ({"cursor": "é"}, "?cursor"),
        ({"on": "2026-02-30"}, "?on"),
        ({"on": "0001-01-01"}, "?on"),
    ],
)
def test_a_malformed_question_is_told_what_is_wrong(
    client: TestClient, national: Headers, path: str, params: JSON, pointer: str
) -> None:
    response = client.get(path, params=params, headers=national)

    (found,) = problem_of(response)["errors"]
    assert problem_of(response) == malformed(fault(pointer, found["code"], found["detail"]))


# Who supports this trust


def test_who_supports_a_trust_is_asked_for_today_or_another_day(
    client: TestClient, national: Headers, clock: Clock
) -> None:
    current = record(client, national, support("RZ1", TODAY), support("RZ2"))
    former = record_another(client, national, support("RZ1", "2020-01-01", str(YESTERDAY)))
    planned = record_another(client, national, support("RZ1", TOMORROW))
    record_another(client, national, support("RZ2"))

    def ask(**params: str) -> Response:
        return client.get("/v1/trusts/RZ1/experts", params=params, headers=national)

    today = ask()
    days = [ids(ask(on=str(day))) for day in (YESTERDAY, TODAY, TOMORROW)]
    clock.set(datetime(2026, 11, 24, tzinfo=UTC))
    next_day = ask()

    whole = shown(current, support("RZ2"), support("RZ1", TODAY))
    assert today.json() == {"items": [whole], "next": None}
    assert days == [[former], [current], [current, planned]]
    assert ids(next_day) == [current, planned]


# Which trusts have none


def _row(ods_code: str, name: str, experts: int, **changes: object) -> JSON:
    return {
        "ods_code": ods_code,
        "name": name,
        "region": "Y56",
        "icb": "QMF",
        "synthetic": ods_code.startswith("ZZ"),
        "on": "2026-11-23",
        "experts": experts,
        **changes,
    }


FIRST, SECOND = "First Example NHS Trust", "Second Example NHS Trust"

NORTH = {"icb": "QHM", "region": "Y63"}


def test_trusts_without_experts_come_first(client: TestClient, national: Headers) -> None:
    record(client, national, support("RZ1"))
    record_another(client, national, support("RZ1"), support("RZ2", "2020-01-01", str(YESTERDAY)))

    response = client.get(ENGLAND, headers=national)

    assert response.status_code == 200
    assert response.json() == {
        "items": [_row("RZ2", SECOND, 0, **NORTH), _row("RZ1", FIRST, 2)],
        "next": None,
    }


def test_only_trusts_without_experts_are_asked_for(client: TestClient, national: Headers) -> None:
    record(client, national, support("RZ1"))

    response = client.get(ENGLAND, params={"without": "true"}, headers=national)

    assert response.json() == {"items": [_row("RZ2", SECOND, 0, **NORTH)], "next": None}


def test_trusts_are_those_open_on_the_day(client: TestClient, national: Headers) -> None:
    record(client, national, support("RZ0", "2019-04-01", "2024-03-31"))

    response = client.get(ENGLAND, params={"on": "2024-03-31"}, headers=national)

    day = {"on": "2024-03-31"}
    assert response.json()["items"] == [
        _row("RZ1", FIRST, 0, **day),
        _row("RZ2", SECOND, 0, **NORTH, **day),
        _row("RZ0", "Old Example NHS Trust", 1, **day),
    ]


def test_trusts_are_invented_ones_where_figures_are(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("ZZ901", 2024)
    record(client, national, support("ZZ902"), support("RZ1"))

    response = client.get(ENGLAND, headers=national)

    assert response.json()["items"] == [
        _row("ZZ901", "Acute Trust (demonstration)", 0),
        _row("ZZ905", "Trust ZZ905 (demonstration)", 0),
        _row("ZZ902", "Community Trust (demonstration)", 1, **NORTH),
    ]


@pytest.mark.parametrize(("area", "code"), [("QMF", "RZ1"), ("Y63", "RZ2"), ("QHM", "RZ2")])
def test_an_area_sees_its_own_trusts(
    client: TestClient, given: Given, area: str, code: str
) -> None:
    response = client.get(ENGLAND, headers=given.token("area", area))

    assert [one["ods_code"] for one in response.json()["items"]] == [code]


def test_where_a_trust_lies_is_null_with_a_reason_if_the_register_does_not_say(
    client: TestClient, national: Headers
) -> None:
    entry = {"kind": "trust", "name": "Nowhere NHS Trust"}
    assert client.put("/v1/organisations/RZ9", json=entry, headers=national).status_code == 201

    response = client.get(ENGLAND, headers=national)

    assert response.json()["items"][-1] == {
        "ods_code": "RZ9",
        "name": "Nowhere NHS Trust",
        "region": None,
        "region_reason": "not_in_register",
        "icb": None,
        "icb_reason": "not_in_register",
        "synthetic": False,
        "on": "2026-11-23",
        "experts": 0,
    }


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_visit_each_trust_once(
    client: TestClient, given: Given, national: Headers, limit: int
) -> None:
    given.actuals("ZZ901", 2024)
    record(client, national, support("ZZ901"), support("ZZ902"))
    record_another(client, national, support("ZZ901"))

    pages = list(_visit(client, ENGLAND, national, {"limit": limit}))

    found = [(one["ods_code"], one["experts"]) for page in pages for one in page]
    assert found == [("ZZ905", 0), ("ZZ902", 1), ("ZZ901", 2)]
    assert {len(page) for page in pages[:-1]} <= {limit}


def test_the_whole_list_comes_as_a_file(client: TestClient, national: Headers) -> None:
    record(client, national, support("RZ1"))

    response = client.get(ENGLAND, params={"limit": 1}, headers=national | {"Accept": "text/csv"})

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.text.splitlines() == [
        "ods_code,name,region,icb,synthetic,on,experts",
        "RZ2,Second Example NHS Trust,Y63,QHM,False,2026-11-23,0",
        "RZ1,First Example NHS Trust,Y56,QMF,False,2026-11-23,1",
    ]
