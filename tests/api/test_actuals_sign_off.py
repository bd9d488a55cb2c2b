"""Actuals signed off by the board."""

import pytest
from starlette.testclient import TestClient

from tests.api.actuals import (
    CORRECTED,
    CORRECTION,
    NOT_HELD,
    PATH,
    REVISIONS,
    SHOWN,
    correct,
    send,
)
from tests.bodies import Headers, fault, malformed, problem, problem_of, refused
from tests.given import Given

SIGN_OFF = f"{PATH}/sign-off"

APPROVAL = {"board_date": "2024-07-25", "lead_role": "Chief People Officer"}

SIGNED = {
    **SHOWN,
    "state": "signed_off",
    "sign_off": {
        "board_date": "2024-07-25",
        "lead_role": "Chief People Officer",
        "signed_off_at": "2026-11-23T09:00:01Z",
        "signed_off_by": "ZZ901 lead",
    },
}


@pytest.fixture
def lead(given: Given) -> Headers:
    return given.token("trust", "ZZ901", name="ZZ901 lead")


def test_a_signed_off_census_shows_the_approval(
    client: TestClient, sender: Headers, lead: Headers
) -> None:
    send(client, sender)

    response = client.post(SIGN_OFF, json=APPROVAL, headers=lead)

    assert response.status_code == 200
    assert response.json() == SIGNED
    assert client.get(PATH).json() == SIGNED
    assert client.get(PATH).headers["etag"] == response.headers["etag"] != '"1"'


def test_the_same_approval_again_changes_nothing(
    client: TestClient, given: Given, sender: Headers, lead: Headers
) -> None:
    send(client, sender)
    first = client.post(SIGN_OFF, json=APPROVAL, headers=lead)
    before = given.count_rows()

    second = client.post(SIGN_OFF, json=APPROVAL, headers=lead)

    assert second.status_code == 200
    assert second.json() == SIGNED
    assert second.headers["etag"] == first.headers["etag"]
    assert given.count_rows() == before


@pytest.mark.parametrize("change", [{"board_date": "2024-07-26"}, {"lead_role": "Chair"}])
def test_another_approval_of_the_same_revision_is_a_conflict(
    client: TestClient, sender: Headers, lead: Headers, change: dict[str, str]
) -> None:
    send(client, sender)
    client.post(SIGN_OFF, json=APPROVAL, headers=lead)

    response = client.post(SIGN_OFF, json=APPROVAL | change, headers=lead)

    assert problem_of(response) == problem(
        409,
        "already-signed-off",
        "Already signed off",
        "Revision 1 of the actuals of ZZ901 for 2024 is already signed off; a correction is a new"
        " revision, signed off anew.",
        ods_code="ZZ901",
        year=2024,
        revision=1,
    )
    assert client.get(PATH).json() == SIGNED


def test_a_correction_is_provisional_again_until_it_is_signed_off_itself(
    client: TestClient, sender: Headers, lead: Headers
) -> None:
    send(client, sender)
    signed = client.post(SIGN_OFF, json=APPROVAL, headers=lead)

    corrected = client.put(
        PATH, json=CORRECTION, headers=sender | {"If-Match": signed.headers["etag"]}
    )
    again = client.post(SIGN_OFF, json=APPROVAL | {"board_date": "2024-09-26"}, headers=lead)

    assert corrected.status_code == 200
    assert corrected.json() == {**CORRECTED, "recorded_at": "2026-11-23T09:00:02Z"}
    assert again.json()["sign_off"]["board_date"] == "2024-09-26"
    history = client.get(REVISIONS).json()["items"]
    assert [(one["state"], one["sign_off"]["board_date"]) for one in history] == [
        ("signed_off", "2024-07-25"),
        ("signed_off", "2024-09-26"),
    ]


def test_a_census_is_provisional_as_of_an_instant_before_its_sign_off(
    client: TestClient, sender: Headers, lead: Headers
) -> None:
    send(client, sender)
    client.post(SIGN_OFF, json=APPROVAL, headers=lead)

    before = client.get(PATH, params={"as_of": "2026-11-23T09:00:00Z"})
    after = client.get(PATH, params={"as_of": "2026-11-23T09:00:01Z"})

    assert before.json() == SHOWN
    assert before.headers["etag"] == '"1"'
    assert after.json() == SIGNED


def test_a_sign_off_of_a_revision_that_is_no_longer_the_newest_is_refused(
    client: TestClient, sender: Headers, lead: Headers
) -> None:
    correct(client, sender)

    response = client.post(SIGN_OFF, json=APPROVAL, headers=lead | {"If-Match": '"1"'})

    assert problem_of(response) == problem(
        412,
        "revision-stale",
        "Revision is stale",
        'The precondition does not hold: what is held is "2". Read it again, then repeat the'
        " change.",
        held='"2"',
    )
    assert client.get(PATH).json() == CORRECTED


def test_a_sign_off_of_the_revision_named_is_accepted(
    client: TestClient, sender: Headers, lead: Headers
) -> None:
    send(client, sender)

    response = client.post(SIGN_OFF, json=APPROVAL, headers=lead | {"If-Match": '"1"'})

    assert response.status_code == 200
    assert response.json() == SIGNED


@pytest.mark.parametrize("board_date", ["2024-03-30", "2026-11-24"])
def test_a_board_approves_after_the_census_and_not_in_the_future(
    client: TestClient, given: Given, sender: Headers, lead: Headers, board_date: str
) -> None:
    send(client, sender)
    before = given.count_rows()

    response = client.post(SIGN_OFF, json=APPROVAL | {"board_date": board_date}, headers=lead)

    assert problem_of(response) == refused(
        "sign-off",
        fault(
            "/board_date",
            "board_date_out_of_range",
            f"The board cannot have approved the census of 2024 on {board_date}; give a day from"
            " 31 March 2024 to today, 2026-11-23.",
        ),
    ) | {"type": "/problems/unacceptable-sign-off"}
    assert given.count_rows() == before


@pytest.mark.parametrize("board_date", ["2024-03-31", "2026-11-23"])
def test_a_board_may_approve_on_the_day_of_the_census_and_today(
    client: TestClient, sender: Headers, lead: Headers, board_date: str
) -> None:
    send(client, sender)

    response = client.post(SIGN_OFF, json=APPROVAL | {"board_date": board_date}, headers=lead)

    assert response.status_code == 200


def test_what_is_not_held_cannot_be_signed_off(client: TestClient, lead: Headers) -> None:
    assert problem_of(client.post(SIGN_OFF, json=APPROVAL, headers=lead)) == NOT_HELD


def test_every_fault_of_a_sign_off_is_told(
    client: TestClient, sender: Headers, lead: Headers
) -> None:
    send(client, sender)

    response = client.post(
        SIGN_OFF, json={"board_date": "25 July", "lead_role": " ", "minutes": 1}, headers=lead
    )

    found = problem_of(response)
    assert [one["pointer"] for one in found["errors"]] == [
        "/board_date",
        "/lead_role",
        "/minutes",
    ]
    assert found == malformed(*found["errors"])
