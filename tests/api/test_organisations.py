"""The register: found, paged, exported, entered and changed."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.given import (
    JSON,
    Given,
    Headers,
    actuals_body,
    fault,
    malformed,
    problem,
    problem_of,
    refused,
)

PATH = "/v1/organisations"
NEW = "/v1/organisations/ZZ911"

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what is refused before the database is asked."""

ALL = (
    "ENG", "QHM", "QMF", "RZ0", "RZ1", "RZ2", "Y56", "Y63", "ZZ901", "ZZ902", "ZZ903", "ZZ904",
    "ZZ905",
)  # fmt: skip

ENTRY = {
    "kind": "trust",
    "name": "New Trust (demonstration)",
    "type": "acute",
    "icb": "QMF",
    "region": "Y56",
    "opened": "2017-10-01",
    "closed": None,
    "aliases": ["Newtown Hospitals"],
}

SHOWN: JSON = {
    "ods_code": "ZZ911",
    "kind": "trust",
    "name": "New Trust (demonstration)",
    "type": "acute",
    "region": "Y56",
    "icb": "QMF",
    "opened": "2017-10-01",
    "closed": None,
    "synthetic": True,
    "links": {
        "self": "/v1/organisations/ZZ911",
        "actuals": "/v1/trusts/ZZ911/actuals",
        "targets": "/v1/trusts/ZZ911/targets",
        "progress": "/v1/trusts/ZZ911/progress",
    },
    "names": [{"value": "New Trust (demonstration)", "starts": None, "ends": None}],
    "types": [{"value": "acute", "starts": None, "ends": None}],
    "icbs": [{"value": "QMF", "starts": None, "ends": None}],
    "regions": [{"value": "Y56", "starts": None, "ends": None}],
    "aliases": ["Newtown Hospitals"],
    "predecessors": [],
    "successors": [],
}


def _entry(**changes: object) -> JSON:
    return {**ENTRY, **changes}


def _enter(client: TestClient, national: Headers, **changes: object) -> None:
    made = client.put(NEW, json=_entry(**changes), headers=national)
    assert made.status_code == 201, made.text


# Finding


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
                    "targets": None,
                    "progress": None,
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


# Entering and changing


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
    _enter(client, national)

    response = client.put("/v1/trusts/ZZ911/actuals/2024", json=actuals_body(), headers=national)

    assert response.status_code == 201
    assert response.json()["synthetic"]


@pytest.mark.parametrize(
    "precondition", [{}, {"If-Match": '"7"'}, {"If-None-Match": "*"}], ids=str
)
def test_the_same_body_changes_nothing_whatever_its_precondition(
    client: TestClient, given: Given, national: Headers, precondition: Headers
) -> None:
    _enter(client, national)
    before = given.count_rows()

    response = client.put(NEW, json=ENTRY, headers=national | precondition)

    assert response.status_code == 200
    assert response.headers["etag"] == '"1"'
    assert response.json() == SHOWN
    assert given.count_rows() == before


def test_a_new_name_holds_from_a_day_and_the_old_one_until_the_day_before(
    client: TestClient, national: Headers
) -> None:
    _enter(client, national)
    body = _entry(name="Renamed Trust (demonstration)", effective_from="2026-04-01")

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
    _enter(client, national)
    body = _entry(type="specialist", icb="QHM", region="Y63", effective_from="2026-04-01")

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
    _enter(client, national)
    body = _entry(name="Renamed Trust (demonstration)", effective_from="2026-04-01")
    first = client.put(NEW, json=body, headers=national | {"If-Match": '"1"'})
    before = given.count_rows()

    second = client.put(NEW, json=body, headers=national | {"If-Match": '"1"'})

    assert second.status_code == 200
    assert second.json() == first.json()
    assert given.count_rows() == before


def test_a_change_without_a_day_is_a_correction(client: TestClient, national: Headers) -> None:
    _enter(client, national)

    response = client.put(
        NEW, json=_entry(name="Right Trust"), headers=national | {"If-Match": '"1"'}
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
    _enter(client, national)
    second = _entry(name="Second Name", effective_from="2026-04-01")
    client.put(NEW, json=second, headers=national | {"If-Match": '"1"'})

    response = client.put(
        NEW, json=_entry(name="Second, spelt right"), headers=national | {"If-Match": '"2"'}
    )

    assert response.json()["names"] == [
        {"value": "New Trust (demonstration)", "starts": None, "ends": "2026-03-31"},
        {"value": "Second, spelt right", "starts": "2026-04-01", "ends": None},
    ]


def test_a_trust_without_an_icb_any_more_has_none(client: TestClient, national: Headers) -> None:
    _enter(client, national)

    body = _entry(icb=None, effective_from="2026-04-01")
    response = client.put(NEW, json=body, headers=national | {"If-Match": '"1"'})

    assert response.status_code == 200
    assert response.json()["icbs"] == [{"value": "QMF", "starts": None, "ends": "2026-03-31"}]
    assert response.json()["icb"] is None


def test_a_trust_closes(client: TestClient, national: Headers) -> None:
    _enter(client, national)

    body = _entry(closed="2026-03-31")
    response = client.put(NEW, json=body, headers=national | {"If-Match": '"1"'})

    assert response.json() == {**SHOWN, "closed": "2026-03-31"}


PREDECESSOR = {"ods_code": "ZZ901", "effective_date": "2025-04-01", "kind": "merged"}

SUCCESSION = {
    "predecessor": "ZZ901",
    "successor": "ZZ911",
    "effective_date": "2025-04-01",
    "kind": "merged",
    "confirmed": True,
}


def test_a_successor_is_entered_with_its_predecessors(
    client: TestClient, national: Headers
) -> None:
    response = client.put(NEW, json=_entry(predecessors=[PREDECESSOR]), headers=national)

    assert response.status_code == 201
    assert response.json() == {**SHOWN, "predecessors": [SUCCESSION]}
    assert client.get(NEW).json() == response.json()
    assert client.get(f"{PATH}/ZZ901").json()["successors"] == [SUCCESSION]


def test_predecessors_left_out_stay_as_they_are(client: TestClient, national: Headers) -> None:
    _enter(client, national, predecessors=[PREDECESSOR])

    same = client.put(NEW, json=ENTRY, headers=national)
    renamed = client.put(
        NEW, json=_entry(name="Right Trust"), headers=national | {"If-Match": '"1"'}
    )

    assert (same.status_code, same.headers["etag"]) == (200, '"1"')
    assert renamed.json()["predecessors"] == [SUCCESSION]


def test_a_predecessor_is_added_later(client: TestClient, national: Headers) -> None:
    _enter(client, national)

    body = _entry(predecessors=[PREDECESSOR])
    unnamed = client.put(NEW, json=body, headers=national)
    named = client.put(NEW, json=body, headers=national | {"If-Match": '"1"'})

    assert unnamed.status_code == 428
    assert named.status_code == 200
    assert named.headers["etag"] == '"2"'
    assert named.json()["predecessors"] == [SUCCESSION]


@pytest.mark.parametrize(
    "predecessors",
    [
        pytest.param([PREDECESSOR, PREDECESSOR], id="twice"),
        pytest.param([PREDECESSOR, {**PREDECESSOR, "kind": "acquired"}], id="two kinds"),
    ],
)
def test_the_same_predecessor_twice_is_refused(
    client: TestClient, given: Given, national: Headers, predecessors: list[JSON]
) -> None:
    before = given.count_rows()

    response = client.put(NEW, json=_entry(predecessors=predecessors), headers=national)

    found = problem_of(response)
    assert response.status_code == 422
    assert [one["pointer"].rpartition("/")[0] for one in found["errors"]] == ["/predecessors/1"]
    assert found == refused("organisation", *found["errors"])
    assert given.count_rows() == before


def test_how_a_trust_took_over_from_another_is_told_once(
    client: TestClient, given: Given, national: Headers
) -> None:
    _enter(client, national, predecessors=[PREDECESSOR])
    before = given.count_rows()

    body = _entry(predecessors=[{**PREDECESSOR, "kind": "acquired"}])
    response = client.put(NEW, json=body, headers=national | {"If-Match": '"1"'})

    # Either it is corrected or it is refused; it does not fail.
    assert response.status_code in {200, 409, 422}
    if response.status_code == 200:
        assert response.json()["predecessors"] == [{**SUCCESSION, "kind": "acquired"}]
    else:
        assert given.count_rows() == before


def test_a_succession_that_was_not_confirmed_can_be_told_again(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.merger("ZZ901", "ZZ902", on=date(2025, 4, 1), is_confirmed=False)
    body = {"kind": "trust", "name": "Community Trust", "predecessors": [PREDECESSOR]}

    response = client.put(f"{PATH}/ZZ902", json=body, headers=national | {"If-Match": "*"})

    assert response.status_code == 200
    assert len(response.json()["predecessors"]) == 1


@pytest.mark.parametrize(
    ("path", "body", "faults"),
    [
        (
            "AB1",
            ENTRY,
            [fault("", "code_shape", "AB1 does not look like the ODS code of a trust.")],
        ),
        (
            "RZ9",
            {"kind": "icb", "name": "An ICB"},
            [fault("", "code_shape", "RZ9 does not look like the ODS code of a icb.")],
        ),
        (
            "ZZ911",
            _entry(opened="2020-01-01", closed="2019-12-31"),
            [
                fault(
                    "/closed",
                    "closed_before_opened",
                    "It closes on 2019-12-31, before it opens.",
                )
            ],
        ),
        (
            "ZZ911",
            _entry(icb="Y56", region="QZZ"),
            [
                fault("/icb", "unknown_code", "No icb has the ODS code Y56."),
                fault("/region", "unknown_code", "No region has the ODS code QZZ."),
            ],
        ),
        (
            "Q99",
            {"kind": "icb", "name": "An ICB", "type": "acute"},
            [fault("/type", "type_of_trusts_only", "A icb has no type.")],
        ),
        (
            "ZZ911",
            _entry(
                predecessors=[
                    {**PREDECESSOR, "ods_code": "ZZ911"},
                    {**PREDECESSOR, "ods_code": "ZZ999"},
                    {**PREDECESSOR, "ods_code": "QMF"},
                ]
            ),
            [
                fault(
                    "/predecessors/0/ods_code",
                    "succeeds_itself",
                    "An organisation does not succeed itself.",
                ),
                fault(
                    "/predecessors/1/ods_code",
                    "unknown_code",
                    "No organisation has the ODS code ZZ999.",
                ),
                fault(
                    "/predecessors/2/ods_code",
                    "wrong_kind",
                    "QMF is a icb, not a trust.",
                ),
            ],
        ),
        (
            "A1",
            {"kind": "hospital", "name": " ", "rating": 5},
            None,
        ),
    ],
    ids=["trust's code", "ICB's code", "dates", "places", "type", "predecessors", "malformed"],
)
def test_an_entry_that_contradicts_itself_or_the_register_is_refused(
    *,
    client: TestClient,
    given: Given,
    national: Headers,
    path: str,
    body: JSON,
    faults: list[JSON] | None,
) -> None:
    before = given.count_rows()

    found = problem_of(client.put(f"{PATH}/{path}", json=body, headers=national))

    if faults is None:
        assert [one["pointer"] for one in found["errors"]] == [
            "{ods_code}",
            "/kind",
            "/name",
            "/rating",
        ]
        assert found == malformed(*found["errors"])
    else:
        assert found == refused("organisation", *faults)
    assert given.count_rows() == before


def test_the_kind_of_an_organisation_is_fixed(
    client: TestClient, given: Given, national: Headers
) -> None:
    before = given.count_rows()

    response = client.put(
        f"{PATH}/ZZ901",
        json={"kind": "icb", "name": "An ICB"},
        headers=national | {"If-Match": '"1"'},
    )

    assert problem_of(response) == refused(
        "organisation", fault("/kind", "kind_is_fixed", "ZZ901 is a trust.")
    )
    assert given.count_rows() == before


@pytest.mark.parametrize("effective_from", ["2026-04-01", "2026-03-31"])
def test_a_change_is_later_than_what_it_changes(
    client: TestClient, given: Given, national: Headers, effective_from: str
) -> None:
    _enter(client, national)
    second = _entry(name="Second Name", effective_from="2026-04-01")
    client.put(NEW, json=second, headers=national | {"If-Match": '"1"'})
    before = given.count_rows()

    body = _entry(name="Third Name", effective_from=effective_from)
    response = client.put(NEW, json=body, headers=national | {"If-Match": '"2"'})

    assert problem_of(response) == refused(
        "organisation",
        fault(
            "/effective_from",
            "before_what_it_changes",
            "The name held now began on 2026-04-01; a change is later, or leaves effective_from"
            " out to correct it.",
        ),
    )
    assert given.count_rows() == before


def test_a_value_that_ended_begins_again_no_earlier_than_it_did(
    client: TestClient, given: Given, national: Headers
) -> None:
    _enter(client, national, effective_from="2020-01-01")
    ended = client.put(
        NEW,
        json=_entry(icb=None, effective_from="2023-01-01"),
        headers=national | {"If-Match": '"1"'},
    )
    assert ended.status_code == 200
    before = given.count_rows()

    body = _entry(effective_from="2019-01-01")
    response = client.put(NEW, json=body, headers=national | {"If-Match": '"2"'})

    found = problem_of(response)
    assert response.status_code == 422
    assert found == refused("organisation", *found["errors"])
    assert given.count_rows() == before


def test_a_change_on_the_first_of_all_days_does_not_fail(
    client: TestClient, national: Headers
) -> None:
    _enter(client, national)

    body = _entry(name="Older than time", effective_from="0001-01-01")
    response = client.put(NEW, json=body, headers=national | {"If-Match": '"1"'})

    assert problem_of(response)["status"] == 422
