"""Every fault of actuals is told at once."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.actuals import NOT_WHOLE, PATH, body_of, cell_with, disagreement, put_refused
from tests.api.databases import on_sqlite
from tests.bodies import (
    JSON,
    Headers,
    actuals_body,
    categories,
    cells,
    fault,
    malformed,
    problem_of,
    refused,
)
from tests.given import Given


def test_every_fault_of_well_formed_actuals_is_told_at_once(
    client: TestClient, given: Given, sender: Headers
) -> None:
    sent = [
        *cells({"bme": 61, "white": 340}),
        *cells({"bme": 61}),
        *cells({"white": 5}, staff_group="medical", band="7"),
        *categories({"A": 2}),
    ]
    body = actuals_body(sent, covers=["ZZ902"], totals={"workforce": 100, "bme": 101})

    found = put_refused(client, given, sender, body, "/v1/trusts/ZZ901/actuals/2014")

    assert found == refused(
        "actuals",
        fault(
            "",
            "census_not_open",
            "There is no census of 2014; censuses run from 2015 to the newest one open.",
        ),
        fault(
            "/covers/0",
            "not_a_predecessor",
            "ZZ902 is neither ZZ901 nor one of its predecessors.",
        ),
        fault(
            "/headcounts/2",
            "duplicate_cell",
            "The same cell stands at /headcounts/0; send each cell once.",
        ),
        fault(
            "/headcounts/3/band",
            "band_not_of_staff_group",
            "medical staff are not in 7; use consultant, career_grade, trainee or other.",
        ),
        fault(
            "/headcounts/4",
            "group_and_category",
            "clinical 8a has ethnic groups and ethnic categories (see /headcounts/0); use one of"
            " the two within a band.",
        ),
        fault(
            "/totals/bme",
            "subset_larger_than_whole",
            "101 BME staff are more than the workforce of 100.",
        ),
        disagreement("workforce", 100, 469),
        disagreement("bme", 101, 122),
    )


MALFORMED_CELLS = (
    (
        cell_with(headcount="61"),
        fault(
            "/headcounts/0/headcount",
            NOT_WHOLE,
            '"61" is not a whole number; send one without quotes or decimals.',
        ),
    ),
    (
        cell_with(staff_group="nursing"),
        fault(
            "/headcounts/1/staff_group",
            "unknown_code",
            "\"nursing\" is not known; use one of 'non_clinical', 'clinical' or 'medical'.",
        ),
    ),
    (
        cell_with(headcount=-3),
        fault("/headcounts/2/headcount", "too_small", "-3 is negative; send 0 or more."),
    ),
)


def _sorted(found: JSON) -> JSON:
    """Return a problem with its faults in the order of their places."""
    errors = sorted(found["errors"], key=lambda one: (one["pointer"], one["code"]))
    return {**found, "errors": errors}


@on_sqlite
def test_malformed_cells_are_told_together_with_duplicates(
    client: TestClient, given: Given, sender: Headers
) -> None:
    sent = [
        *(cell for cell, _ in MALFORMED_CELLS),
        *cells({"white": 5}, band="9"),
        *cells({"white": 5}, band="9"),
        *cells({"white": 5}, staff_group="medical", band="9"),
        *categories({"A": 1}, band="9"),
    ]

    found = put_refused(client, given, sender, body_of(*sent, sauce="ESR"))

    assert _sorted(found) == _sorted(
        malformed(
            *(one for _, one in MALFORMED_CELLS),
            fault(
                "/headcounts/4",
                "duplicate_cell",
                "The same cell stands at /headcounts/3; send each cell once.",
            ),
            fault(
                "/headcounts/5/band",
                "band_not_of_staff_group",
                "medical staff are not in 9; use consultant, career_grade, trainee or other.",
            ),
            fault(
                "/headcounts/6",
                "group_and_category",
                "clinical 9 has ethnic groups and ethnic categories (see /headcounts/3); use one"
                " of the two within a band.",
            ),
            fault("/sauce", "unknown_member", "There is no such member; leave it out."),
        )
    )


@on_sqlite
def test_every_fault_of_one_cell_is_told(
    client: TestClient, given: Given, sender: Headers
) -> None:
    cell = {"staff_group": "clinical", "band": "8a", "ethnic_category": "Q", "headcount": "61"}

    found = put_refused(client, given, sender, body_of(cell))

    assert _sorted(found) == malformed(
        fault(
            "/headcounts/0/ethnic_category",
            "unknown_code",
            '"Q" is no ethnic category; see /v1/ethnic-categories.',
        ),
        fault(
            "/headcounts/0/headcount",
            NOT_WHOLE,
            '"61" is not a whole number; send one without quotes or decimals.',
        ),
    )


@on_sqlite
def test_totals_that_disagree_are_told_together_with_what_is_malformed(
    client: TestClient, given: Given, sender: Headers
) -> None:
    body = actuals_body(totals={"workforce": 402, "bme": 61}, source=None)

    found = put_refused(client, given, sender, body)

    assert [one["pointer"] for one in _sorted(found)["errors"]] == ["/source", "/totals/workforce"]


@on_sqlite
def test_a_year_out_of_bounds_is_told_together_with_the_body(
    client: TestClient, sender: Headers
) -> None:
    body = body_of(cell_with(headcount="61"))

    response = client.put("/v1/trusts/zz901/actuals/99999", json=body, headers=sender)

    found = problem_of(response)
    assert [one["pointer"] for one in found["errors"]] == [
        "{ods_code}",
        "{year}",
        "/headcounts/0/headcount",
    ]
    assert found == malformed(*found["errors"])


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param([*cells({"white": 5}), cell_with(headcount=-1)], id="malformed"),
        pytest.param([*cells({"white": 5}), *cells({"white": 5})], id="twice"),
    ],
)
def test_a_half_bad_correction_leaves_what_is_held_as_it_was(
    client: TestClient, given: Given, sender: Headers, sent: list[Any]
) -> None:
    given.actuals("ZZ901", 2024)
    before = client.get(PATH).json(), given.count_rows()

    body = actuals_body(sent, reason="Corrected")
    response = client.put(PATH, json=body, headers=sender | {"If-Match": '"1"'})

    assert response.status_code == 422
    assert (client.get(PATH).json(), given.count_rows()) == before
