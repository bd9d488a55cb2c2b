"""Cycles: added by the national team, and never changed."""

import pytest
from starlette.testclient import TestClient

from tests.api.databases import on_sqlite
from tests.bodies import Headers, fault, malformed, problem, problem_of, refused
from tests.given import Given

PATH = "/v1/cycles/2028-2031"

BODY = {
    "starts": 2028,
    "ends": 2031,
    "ambition_year": 2031,
    "ambition_source": "Another strategy",
}

SHOWN = {"code": "2028-2031", **BODY, "page": "/definitions/cycles/2028-2031"}


def test_a_cycle_is_added_and_read_back_whole(client: TestClient, national: Headers) -> None:
    response = client.put(PATH, json=BODY, headers=national)

    assert response.status_code == 201
    assert response.headers["location"] == PATH
    assert response.json() == SHOWN
    assert client.get(PATH).json() == SHOWN
    assert client.get("/v1/cycles").json()["items"][-1] == SHOWN


def test_the_same_cycle_again_changes_nothing(
    client: TestClient, given: Given, national: Headers
) -> None:
    client.put(PATH, json=BODY, headers=national)
    before = given.count_rows()

    response = client.put(PATH, json=BODY, headers=national)

    assert (response.status_code, response.json()) == (200, SHOWN)
    assert given.count_rows() == before


def test_a_new_cycle_is_a_change(client: TestClient, given: Given, national: Headers) -> None:
    before = given.count_rows()

    client.put(PATH, json=BODY, headers=national)

    after = given.count_rows()
    assert (after["cycle"], after["changes"]) == (before["cycle"] + 1, before["changes"] + 1)


def test_a_cycle_that_is_there_does_not_change(
    client: TestClient, given: Given, national: Headers
) -> None:
    before = given.count_rows()
    body = {
        "starts": 2022,
        "ends": 2025,
        "ambition_year": 2030,
        "ambition_source": "Another strategy",
    }

    response = client.put("/v1/cycles/2022-2025", json=body, headers=national)

    assert problem_of(response) == problem(
        409,
        "cycle-fixed",
        "Cycle does not change",
        "The cycle 2022-2025 is there with other particulars; targets refer to it, so it stays."
        " Add a cycle between other censuses instead.",
        cycle="2022-2025",
    )
    assert given.count_rows() == before


def test_targets_can_be_set_for_a_new_cycle(client: TestClient, national: Headers) -> None:
    client.put(PATH, json=BODY, headers=national)

    response = client.post(
        "/v1/trusts/ZZ901/targets",
        json={"measure": "leadership", "cycle": "2028-2031", "goal_share": "0.2"},
        headers=national,
    )

    assert response.status_code == 201


def test_a_cycle_that_is_not_there_is_not_found(client: TestClient) -> None:
    assert problem_of(client.get(PATH)) == problem(
        404,
        "cycle-not-found",
        "Cycle not found",
        "There is no cycle 2028-2031.",
        cycle="2028-2031",
    )


def test_all_faults_of_a_cycle_are_told(
    client: TestClient, given: Given, national: Headers
) -> None:
    before = given.count_rows()
    body = {"starts": 2014, "ends": 2016, "ambition_year": 2013, "ambition_source": "Nothing"}

    response = client.put(PATH, json=body, headers=national)

    assert problem_of(response) == refused(
        "cycle",
        fault("{code}", "code_mismatch", "A cycle from 2014 to 2016 has the code 2014-2016."),
        fault(
            "/starts", "before_first_census", "There was no census in 2014; the first was in 2015."
        ),
        fault(
            "/ends",
            "not_three_years",
            "A cycle takes 3 years: one that starts in 2014 ends in 2017.",
        ),
        fault(
            "/ambition_year",
            "ambition_over",
            "The ambition of 2013 was over when the cycle started; give 2014 or later.",
        ),
    )
    assert given.count_rows() == before


@pytest.mark.parametrize("role", ["trust", "trust_data", "area"])
def test_only_the_national_team_adds_cycles(client: TestClient, given: Given, role: str) -> None:
    headers = given.token(role, "Y56" if role == "area" else "RZ1")

    response = client.put(PATH, json=BODY, headers=headers)

    assert problem_of(response) == problem(
        403,
        "not-allowed",
        "Not allowed",
        f"A token with the role {role} may not do this; it takes one with the role national for"
        " this organisation.",
        role=role,
        roles_that_may=["national"],
    )


def test_cycles_are_not_added_without_a_token(client: TestClient) -> None:
    assert problem_of(client.put(PATH, json=BODY)) == problem(
        401, "token-invalid", "A valid token is required", "This takes a bearer token."
    )


@on_sqlite
@pytest.mark.parametrize("code", ["2028", "2028-31", "2028_2031"])
def test_a_cycle_is_named_by_its_censuses(
    client: TestClient, national: Headers, code: str
) -> None:
    found = problem_of(client.put(f"/v1/cycles/{code}", json=BODY, headers=national))

    assert [(one["pointer"], one["code"]) for one in found["errors"]] == [
        ("{code}", "string_pattern_mismatch")
    ]


@on_sqlite
def test_malformed_cycles_are_told_all_at_once(client: TestClient, national: Headers) -> None:
    body = {"starts": "2028", "ends": 2031, "ambition_source": " ", "code": "2028-2031"}

    found = problem_of(client.put(PATH, json=body, headers=national))

    assert {(one["pointer"], one["code"]) for one in found["errors"]} == {
        ("/starts", "not_a_whole_number"),
        ("/ambition_year", "missing"),
        ("/ambition_source", "string_too_short"),
        ("/code", "unknown_member"),
    }
    assert found == malformed(*found["errors"])
