"""Entries into the register that are refused."""

import pytest
from starlette.testclient import TestClient

from tests.api.organisations import ENTRY, NEW, PATH, PREDECESSOR, enter, entry
from tests.bodies import JSON, Headers, fault, malformed, problem_of, refused
from tests.given import Given


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
            entry(opened="2020-01-01", closed="2019-12-31"),
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
            entry(icb="Y56", region="QZZ"),
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
            entry(
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
    enter(client, national)
    second = entry(name="Second Name", effective_from="2026-04-01")
    client.put(NEW, json=second, headers=national | {"If-Match": '"1"'})
    before = given.count_rows()

    body = entry(name="Third Name", effective_from=effective_from)
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
    enter(client, national, effective_from="2020-01-01")
    ended = client.put(
        NEW,
        json=entry(icb=None, effective_from="2023-01-01"),
        headers=national | {"If-Match": '"1"'},
    )
    assert ended.status_code == 200
    before = given.count_rows()

    body = entry(effective_from="2019-01-01")
    response = client.put(NEW, json=body, headers=national | {"If-Match": '"2"'})

    found = problem_of(response)
    assert response.status_code == 422
    assert found == refused("organisation", *found["errors"])
    assert given.count_rows() == before


def test_a_change_on_the_first_of_all_days_does_not_fail(
    client: TestClient, national: Headers
) -> None:
    enter(client, national)

    body = entry(name="Older than time", effective_from="0001-01-01")
    response = client.put(NEW, json=body, headers=national | {"If-Match": '"1"'})

    assert problem_of(response)["status"] == 422
