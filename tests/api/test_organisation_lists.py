"""The register found, paged and exported."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.databases import on_sqlite
from tests.api.organisations import PATH
from tests.bodies import malformed, problem, problem_of

ALL = (
    "ENG", "QHM", "QMF", "RZ0", "RZ1", "RZ2", "Y56", "Y63", "ZZ901", "ZZ902", "ZZ903", "ZZ904",
    "ZZ905",
)  # fmt: skip


@on_sqlite
@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, ALL),
        ({"kind": "icb"}, ["QHM", "QMF"]),
        ({"kind": "region"}, ["Y56", "Y63"]),
        ({"kind": "england"}, ["ENG"]),
        ({"type": "community"}, ["ZZ902"]),
        ({"region": "Y63"}, ["QHM", "RZ2", "ZZ902"]),
        ({"icb": "QHM"}, ["RZ2", "ZZ902"]),
        ({"icb": "QHM", "type": "acute"}, ["RZ2"]),
        ({"icb": "ZZZ"}, []),
        ({"kind": "trust", "open_on": "2024-03-31"}, [
            "RZ0", "RZ1", "RZ2", "ZZ901", "ZZ902", "ZZ903", "ZZ904",
        ]),
        ({"kind": "trust", "open_on": "2024-04-01"}, ["RZ1", "RZ2", "ZZ901", "ZZ902", "ZZ905"]),
        ({"text": "zz90"}, ["ZZ901", "ZZ902", "ZZ903", "ZZ904", "ZZ905"]),
        ({"text": "EXAMPLE nhs"}, ["RZ0", "RZ1", "RZ2"]),
        ({"text": "riverside"}, ["ZZ902"]),
        ({"text": "%"}, []),
    ],
)  # fmt: skip
def test_the_register_is_filtered(
    client: TestClient, params: dict[str, str], expected: Sequence[str]
) -> None:
    response = client.get(PATH, params=params)

    assert response.status_code == 200
    assert [one["ods_code"] for one in response.json()["items"]] == list(expected)
    assert response.json()["next"] is None


def test_an_organisation_in_a_list_is_shown_by_its_newest_values(client: TestClient) -> None:
    response = client.get(PATH, params={"kind": "icb", "text": "cumbria"})

    assert response.json() == {
        "items": [
            {
                "ods_code": "QHM",
                "kind": "icb",
                "name": "North East and North Cumbria ICB",
                "type": None,
                "region": "Y63",
                "icb": None,
                "opened": None,
                "closed": None,
                "synthetic": False,
                "links": {
                    "self": "/v1/organisations/QHM",
                    "actuals": None,
                    "board": None,
                    "indicators": None,
                    "wres": None,
                    "targets": None,
                    "progress": None,
                    "action_plans": None,
                    "peers": None,
                    "experts": None,
                },
            }
        ],
        "next": None,
    }


@pytest.mark.parametrize("limit", [1, 4, 13])
def test_pages_visit_each_organisation_once(client: TestClient, limit: int) -> None:
    visited: list[str] = []
    params: dict[str, Any] = {"limit": limit}

    for _ in range(len(ALL)):
        page = client.get(PATH, params=params).json()
        assert 0 < len(page["items"]) <= limit
        visited += [one["ods_code"] for one in page["items"]]
        if page["next"] is None:
            break
        params["cursor"] = page["next"]

    assert visited == list(ALL)
    assert page["next"] is None


def test_pages_keep_to_the_filter(client: TestClient) -> None:
    params = {"kind": "trust", "open_on": "2024-04-01", "limit": "2"}

    first = client.get(PATH, params=params).json()
    second = client.get(PATH, params=params | {"cursor": first["next"]}).json()
    third = client.get(PATH, params=params | {"cursor": second["next"]}).json()

    assert [one["ods_code"] for page in (first, second, third) for one in page["items"]] == [
        "RZ1",
        "RZ2",
        "ZZ901",
        "ZZ902",
        "ZZ905",
    ]
    assert third["next"] is None


@on_sqlite
@pytest.mark.parametrize(
    ("params", "pointers"),
    [
        ({"limit": 0}, ["?limit"]),
        ({"limit": 501}, ["?limit"]),
        ({"limit": "many"}, ["?limit"]),
        ({"kind": "hospital"}, ["?kind"]),
        ({"type": "hospital"}, ["?type"]),
        ({"open_on": "2024-02-30"}, ["?open_on"]),
        ({"text": ""}, ["?text"]),
        ({"cursor": "é"}, ["?cursor"]),
        ({"cursor": "A"}, ["?cursor"]),
        ({"cursor": "!!!!"}, ["?cursor"]),
        ({"kind": "hospital", "limit": 0}, ["?kind", "?limit"]),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(
    client: TestClient, params: dict[str, Any], pointers: list[str]
) -> None:
    found = problem_of(client.get(PATH, params=params))

    assert [one["pointer"] for one in found["errors"]] == pointers
    assert found == malformed(*found["errors"])


@pytest.mark.parametrize(
    "accept", ["text/csv", "text/csv;q=0.9, application/json;q=0.1", "text/csv, */*;q=0.5"]
)
def test_the_register_is_exported_as_csv_with_the_same_columns(
    client: TestClient, accept: str
) -> None:
    listed = client.get(PATH).json()["items"]

    response = client.get(PATH, headers={"Accept": accept})

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(response.text)))
    columns = [name for name in listed[0] if name != "links"]
    assert [sorted(row) for row in rows] == [sorted(columns)] * len(ALL)
    assert [{name: row[name] for name in columns if name != "synthetic"} for row in rows] == [
        {name: one[name] or "" for name in columns if name != "synthetic"} for one in listed
    ]
    assert [row["synthetic"].lower() for row in rows] == [
        str(one["synthetic"]).lower() for one in listed
    ]


def test_csv_keeps_to_the_filter(client: TestClient) -> None:
    response = client.get(PATH, params={"icb": "QHM"}, headers={"Accept": "text/csv"})

    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert [row["ods_code"] for row in rows] == ["RZ2", "ZZ902"]


@on_sqlite
@pytest.mark.parametrize("accept", ["application/json", "*/*", "text/html", "text/csv;q=0", ""])
def test_whoever_does_not_prefer_csv_gets_json(client: TestClient, accept: str) -> None:
    response = client.get(PATH, headers={"Accept": accept})

    assert response.headers["content-type"] == "application/json"


def test_an_organisation_is_shown_with_its_succession_both_ways(client: TestClient) -> None:
    succession = {
        "predecessor": "ZZ903",
        "successor": "ZZ905",
        "effective_date": "2024-04-01",
        "kind": "merged",
        "confirmed": True,
    }

    successor = client.get(f"{PATH}/ZZ905").json()
    predecessor = client.get(f"{PATH}/ZZ903").json()

    assert successor["predecessors"] == [succession, {**succession, "predecessor": "ZZ904"}]
    assert successor["successors"] == []
    assert predecessor["predecessors"] == []
    assert predecessor["successors"] == [succession]


@pytest.mark.parametrize("code", ["ZZ999", "ZZZZZ"])
def test_an_organisation_that_is_not_there_is_not_found(client: TestClient, code: str) -> None:
    assert problem_of(client.get(f"{PATH}/{code}")) == problem(
        404,
        "organisation-not-found",
        "Organisation not found",
        f"No organisation has the ODS code {code}.",
        ods_code=code,
    )
