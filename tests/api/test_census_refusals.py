"""Dates of censuses that are refused."""

import pytest
from starlette.testclient import TestClient

from tests.api.databases import on_sqlite
from tests.bodies import Headers, fault, malformed, problem, problem_of, refused
from tests.given import Given

PATH = "/v1/censuses/2024"

BODY = {"opens": "2024-04-02", "due": "2024-06-30"}


@pytest.mark.parametrize("role", ["trust", "trust_data", "area"])
def test_only_the_national_team_sets_dates(client: TestClient, given: Given, role: str) -> None:
    headers = given.token(role, "Y56" if role == "area" else "RZ1")
    before = given.count_rows()

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
    assert given.count_rows() == before


def test_dates_are_not_set_without_a_token(client: TestClient) -> None:
    assert problem_of(client.put(PATH, json=BODY)) == problem(
        401, "token-invalid", "A valid token is required", "This takes a bearer token."
    )


def test_all_faults_are_told_and_nothing_is_stored(
    client: TestClient, given: Given, national: Headers
) -> None:
    before = given.count_rows()
    body = {
        "opens": "2024-05-03",
        "due": "2024-05-02",
        "published": "2026-11-24",
        "extensions": [
            {"ods_code": "ZZ905", "due": "2024-05-01", "reason": "It opened since"},
            {"ods_code": "QMF", "due": "2024-07-31", "reason": "No trust"},
            {"ods_code": "QMF", "due": "2024-07-31", "reason": "Again"},
        ],
    }

    response = client.put(PATH, json=body, headers=national | {"If-Match": '"0"'})

    assert problem_of(response) == refused(
        "census",
        fault(
            "/due",
            "due_before_opening",
            "The census opens on 2024-05-03; it is due on that day or later.",
        ),
        fault(
            "/published",
            "published_in_future",
            "2026-11-24 has not come; leave it null until the figures are out.",
        ),
        fault(
            "/extensions/0/ods_code",
            "trust_not_open",
            "ZZ905 was not open on 2024-03-31, so nothing of its own is due.",
        ),
        fault(
            "/extensions/0/due",
            "extension_before_due",
            "The census is due on 2024-05-02; an extension ends on that day or later.",
        ),
        fault("/extensions/1/ods_code", "trust_not_found", "No trust has the ODS code QMF."),
        fault("/extensions/2/ods_code", "trust_not_found", "No trust has the ODS code QMF."),
        fault(
            "/extensions/2/ods_code",
            "duplicate_trust",
            "QMF stands at /extensions/1 already; name it once.",
        ),
    )
    assert given.count_rows() == before


def test_a_census_does_not_open_after_figures_came(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ1", 2024)

    response = client.put(
        PATH, json={"opens": "2026-11-02"}, headers=national | {"If-Match": '"0"'}
    )

    assert problem_of(response) == refused(
        "census",
        fault(
            "/opens",
            "opens_after_figures",
            "Figures of this census are held since 2026-11-01; it opens by then.",
        ),
    )


@pytest.mark.parametrize(
    ("year", "code", "detail"),
    [
        (2014, "before_first_census", "There was no census in 2014; the first was in 2015."),
        (
            2028,
            "year_not_next",
            "Censuses follow each other; the next one to enter is 2027, not 2028.",
        ),
    ],
)
def test_censuses_follow_each_other_from_2015(
    *, client: TestClient, national: Headers, year: int, code: str, detail: str
) -> None:
    response = client.put(
        f"/v1/censuses/{year}", json={"opens": f"{year}-04-01"}, headers=national
    )

    assert problem_of(response) == refused("census", fault("{year}", code, detail))


@on_sqlite
def test_malformed_dates_are_told_all_at_once(client: TestClient, national: Headers) -> None:
    body = {
        "due": "30 June",
        "released": "2025-03-18",
        "extensions": [{"ods_code": "rz1", "due": None, "reason": " "}],
    }

    found = problem_of(client.put(PATH, json=body, headers=national))

    assert {(one["pointer"], one["code"]) for one in found["errors"]} == {
        ("/opens", "missing"),
        ("/due", "date_from_datetime_parsing"),
        ("/released", "unknown_member"),
        ("/extensions/0/ods_code", "string_pattern_mismatch"),
        ("/extensions/0/due", "date_type"),
        ("/extensions/0/reason", "string_too_short"),
    }
    assert found == malformed(*found["errors"])
