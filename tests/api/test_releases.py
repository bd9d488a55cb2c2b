"""Releases: what is public of a census, and the corrections made since."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from tests.api.actuals import PATH
from tests.api.callers import APPROVAL, not_allowed
from tests.bodies import (
    JSON,
    Headers,
    actuals_body,
    board_body,
    cells,
    fault,
    indicators_body,
    members,
    pools_body,
    problem,
    problem_of,
)
from tests.given import Given

RELEASES = "/v1/releases"
REAL = "/v1/trusts/RZ1/actuals/2024"
EDITION = {"year": 2024, "name": "WRES 2024, first edition", "note": "Two trusts are missing."}

APPROVED = date(2024, 7, 25)

PUBLIC_ALREADY = (
    "What is held is public since edition 1 of 2024: say in a sentence what is corrected, for"
    " everybody to read."
)


def released(**members: object) -> JSON:
    """Return England's first edition of 2024 as it is shown."""
    return {
        "ods_code": "ENG",
        "year": 2024,
        "edition": 1,
        "name": "WRES 2024, first edition",
        "note": "Two trusts are missing.",
        "as_of": "2026-11-23T09:00:00Z",
        "exact": False,
        "released_at": "2026-11-23T09:00:00Z",
        "released_by": "national team",
        "supplied_by": "national",
        **members,
    }


def test_a_census_is_released_in_editions(client: TestClient, national: Headers) -> None:
    first = client.post(RELEASES, json=EDITION, headers=national)
    second = client.post(
        RELEASES,
        json={"year": 2024, "name": "Second", "as_of": "2026-11-02T00:00:00Z"},
        headers=national,
    )

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == released(unshown=[])
    later = released(
        edition=2,
        name="Second",
        note=None,
        as_of="2026-11-02T00:00:00Z",
        released_at="2026-11-23T09:00:01Z",
    )
    assert client.get(RELEASES).json() == {"items": [released(), later], "next": None}
    assert client.get(RELEASES, params={"year": 2023}).json()["items"] == []
    assert client.get(RELEASES, params={"ods_code": "ENG"}).json()["items"] == [released(), later]


def test_a_release_of_all_trusts_tells_of_which_nothing_is_shown(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals(
        "RZ1",
        2024,
        {
            ("clinical", "5"): (100, 40, 7),
            ("clinical", "6"): (2, 20, 0),
            ("clinical", "7"): (2, 20, 1),
        },
    )
    given.board("RZ2", 2024)
    given.actuals("RZ2", 2024)
    for number in range(20):
        given.trust(f"RZ{number + 80}")
        given.actuals(f"RZ{number + 80}", 2024)

    made = client.post(RELEASES, json=EDITION, headers=national)

    assert made.status_code == 201
    assert made.json() == released(
        unshown=[
            {"ods_code": "RZ1", "part": "workforce"},
            {"ods_code": "RZ2", "part": "board"},
        ]
    )
    hidden = client.get(REAL).json()
    assert {(one["total"], one["suppressed"]) for one in hidden["groups"]} == {
        (None, "primary"),
        (None, "secondary"),
    }
    assert client.get("/v1/trusts/RZ99/actuals/2024").json()["groups"][0]["total"] == 400


def test_what_counted_at_the_instant_of_a_release_is_published(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("ZZ901", 2023)
    given.actuals("ZZ901", 2024)

    client.post(RELEASES, json=EDITION, headers=national)

    held = {one["year"]: one for one in client.get("/v1/trusts/ZZ901/actuals").json()["items"]}
    assert {year: one["state"] for year, one in held.items()} == {
        2023: "provisional",
        2024: "published",
    }
    assert held[2024]["released"] == released()
    progress = client.get("/v1/trusts/ZZ901/progress/leadership").json()
    assert [one["state"] for one in progress["actuals"]] == ["provisional", "published"]
    assert progress["as_of"] == "2026-11-23T09:00:00Z"
    before = client.get(PATH, params={"as_of": "2026-11-22T09:00:00Z"}).json()
    assert before["state"] == "provisional"


def test_what_is_public_is_corrected_with_a_note_for_everybody(
    client: TestClient, given: Given, national: Headers, sender: Headers
) -> None:
    given.actuals("ZZ901", 2024)
    client.post(RELEASES, json=EDITION, headers=national)
    tag = client.get(PATH).headers["ETag"]
    correction = actuals_body(cells({"white": 340, "bme": 60}), reason="A file was read twice")

    refused = client.put(PATH, json=correction, headers=sender | {"If-Match": tag})
    note = {"correction_note": "One person was counted twice"}
    stored = client.put(PATH, json=correction | note, headers=sender | {"If-Match": tag})

    assert tag == '"1-released-ENG-1"'
    assert problem_of(refused)["errors"] == [
        fault("/correction_note", "correction_note_missing", PUBLIC_ALREADY)
    ]
    assert stored.status_code == 200
    assert (stored.json()["state"], stored.json()["correction_note"]) == (
        "provisional",
        "One person was counted twice",
    )
    revisions = client.get(f"{PATH}/revisions").json()["items"]
    assert [one["state"] for one in revisions] == ["published", "provisional"]
    assert client.get("/v1/corrections", params={"ods_code": "ZZ901", "year": 2024}).json() == {
        "items": [
            {
                "of": "actuals",
                "ods_code": "ZZ901",
                "year": 2024,
                "revision": 2,
                "note": "One person was counted twice",
                "corrected_at": stored.json()["recorded_at"],
            }
        ],
        "next": None,
    }


def test_a_public_board_is_corrected_with_a_note_too(
    client: TestClient, given: Given, national: Headers, sender: Headers
) -> None:
    given.board("ZZ901", 2024)
    client.post(RELEASES, json=EDITION, headers=national)
    path, match = "/v1/trusts/ZZ901/board/2024", sender | {"If-Match": '"1"'}
    correction = board_body(members({"white": 7}), reason="A vacancy was counted")

    refused = client.put(path, json=correction, headers=match)
    stored = client.put(path, json=correction | {"correction_note": "A vacancy"}, headers=match)

    assert problem_of(refused)["errors"] == [
        fault("/correction_note", "correction_note_missing", PUBLIC_ALREADY)
    ]
    assert stored.json()["correction_note"] == "A vacancy"
    assert [one["of"] for one in client.get("/v1/corrections").json()["items"]] == ["board"]


def test_public_indicators_are_corrected_with_a_note_too(
    client: TestClient, given: Given, national: Headers, sender: Headers
) -> None:
    given.indicators("ZZ901", 2024)
    client.post(RELEASES, json=EDITION, headers=national)
    path, match = "/v1/trusts/ZZ901/indicators/2024", sender | {"If-Match": '"1"'}
    correction = indicators_body(
        indicator_2=pools_body(bme=(200, 40)), reason="Bank posts were left out"
    )

    refused = client.put(path, json=correction, headers=match)
    stored = client.put(path, json=correction | {"correction_note": "Bank posts"}, headers=match)

    assert problem_of(refused)["errors"] == [
        fault("/correction_note", "correction_note_missing", PUBLIC_ALREADY)
    ]
    assert stored.json()["correction_note"] == "Bank posts"
    assert client.get(path).json() == stored.json()
    assert client.get("/v1/corrections").json()["items"] == [
        {
            "of": "indicators",
            "ods_code": "ZZ901",
            "year": 2024,
            "revision": 2,
            "note": "Bank posts",
            "corrected_at": stored.json()["recorded_at"],
        }
    ]


def test_a_trust_makes_its_own_exact_figures_public(client: TestClient, given: Given) -> None:
    trust = given.token("trust", "RZ1", name="RZ1 lead")
    given.actuals("RZ1", 2024)
    given.actuals("RZ1", 2023)
    given.signed_off("RZ1", 2024, on=APPROVED)
    hidden = client.get(REAL)

    made = client.post(f"{REAL}/release", json={"note": "As in our report"}, headers=trust)
    again = client.post(f"{REAL}/release", json={}, headers=trust)
    corrected = client.put(
        REAL,
        json=actuals_body(cells({"bme": 5}), reason="So", correction_note="All of it"),
        headers=trust | {"If-Match": '"1-signed-off-released-RZ1-1"'},
    )

    assert hidden.status_code == 401
    assert (made.status_code, again.status_code, corrected.status_code) == (201, 200, 200)
    assert made.json() == again.json()
    assert made.json() == released(
        ods_code="RZ1",
        name="First Example NHS Trust, 31 March 2024",
        note="As in our report",
        as_of=made.json()["released_at"],
        exact=True,
        released_at=made.json()["released_at"],
        released_by="RZ1 lead",
        supplied_by=None,
    )
    public = client.get(REAL).json()
    assert (public["revision"], public["totals"]["bme"], public["reason"]) == (1, 61, None)
    assert public["released"] == made.json()
    assert [one["year"] for one in client.get("/v1/trusts/RZ1/actuals").json()["items"]] == [2024]
    assert client.get("/v1/trusts/RZ1/actuals/2023").status_code == 401
    assert client.get(REAL, params={"as_of": "2026-11-22T09:00:00Z"}).status_code == 401
    assert client.get(f"{REAL}/revisions").status_code == 401


def test_exact_figures_are_released_once_the_board_has_approved_them(
    client: TestClient, given: Given
) -> None:
    trust = given.token("trust", "RZ1")
    missing = client.post(f"{REAL}/release", json={}, headers=trust)
    given.actuals("RZ1", 2024)

    early = client.post(f"{REAL}/release", json={}, headers=trust)

    assert missing.status_code == 404
    assert problem_of(early) == problem(
        409,
        "actuals-not-signed-off",
        "Actuals are not signed off",
        "Revision 1 of the actuals of RZ1 for 2024 is not signed off; let the board approve it"
        " first.",
        ods_code="RZ1",
        year=2024,
        revision=1,
    )


def test_another_revision_than_the_one_named_is_not_released(
    client: TestClient, given: Given
) -> None:
    trust = given.token("trust", "RZ1")
    given.actuals("RZ1", 2024)
    client.post(f"{REAL}/sign-off", json=APPROVAL, headers=trust)

    response = client.post(
        f"{REAL}/release", json={}, headers=trust | {"If-Match": '"2-signed-off"'}
    )

    assert response.status_code == 412
    assert client.get(RELEASES).json()["items"] == []


def test_a_census_that_is_not_open_is_not_released(client: TestClient, national: Headers) -> None:
    for body, pointer, code in (
        ({"year": 2028, "name": "Early"}, "/year", "census_not_open"),
        ({"year": 2199, "name": "Early"}, "/year", "census_not_open"),
        (EDITION | {"as_of": "2027-01-01T00:00:00Z"}, "?as_of", "as_of_in_future"),
    ):
        found = problem_of(client.post(RELEASES, json=body, headers=national))

        assert [(one["pointer"], one["code"]) for one in found["errors"]] == [(pointer, code)]


@pytest.mark.parametrize("role", ["trust", "trust_data", "area"])
def test_only_the_national_team_releases_a_census(
    client: TestClient, given: Given, role: str
) -> None:
    token = given.token(role, "QMF" if role == "area" else "RZ1")

    response = client.post(RELEASES, json=EDITION, headers=token)

    assert problem_of(response) == not_allowed(role, "national")


def test_only_the_trust_and_the_national_team_release_its_figures(
    client: TestClient, given: Given, sender: Headers
) -> None:
    given.actuals("ZZ901", 2024)

    assert client.post(f"{PATH}/release", json={}, headers=sender).status_code == 403
    assert client.post(f"{PATH}/release", json={}).status_code == 401
    other = given.token("trust", "RZ2")
    assert client.post(f"{PATH}/release", json={}, headers=other).status_code == 403


def test_a_note_on_what_was_not_public_is_not_told(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ1", 2024)
    given.actuals("RZ1", 2024, {("clinical", "8a"): (340, 60, 1)}, note="A file was read twice")
    given.actuals("RZ1", 2023)

    before = client.get("/v1/corrections").json()["items"]
    client.post(RELEASES, json=EDITION, headers=national)
    after = client.get("/v1/corrections").json()["items"]

    assert (before, after) == ([], [])
