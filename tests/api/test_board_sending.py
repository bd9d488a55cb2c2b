"""The board sent in and corrected."""

import pytest
from starlette.testclient import TestClient

from tests.api.boards import CORRECTED, CORRECTION, PATH, SHOWN
from tests.bodies import JSON, Headers, board_body, fault, members, problem_of, refused
from tests.given import Given


def test_a_first_board_is_created_and_read_back_whole(client: TestClient, sender: Headers) -> None:
    response = client.put(PATH, json=board_body(reason=None), headers=sender)

    assert response.status_code == 201
    assert response.headers["etag"] == '"1"'
    assert response.headers["location"] == PATH
    assert response.json() == SHOWN
    read = client.get(PATH)
    assert read.status_code == 200
    assert read.headers["etag"] == '"1"'
    assert read.json() == SHOWN


def test_every_kind_of_member_is_shown_in_order(client: TestClient, sender: Headers) -> None:
    sent = [
        *members({"unknown": 1}, voting=False, executive=False),
        *members({"white": 2}, voting=False),
        *members({"bme": 3, "white": 4}, executive=False),
        *members({"bme": 5}),
    ]

    response = client.put(PATH, json=board_body(sent), headers=sender)

    assert response.json()["members"] == [
        *members({"bme": 5}),
        *members({"white": 4, "bme": 3}, executive=False),
        *members({"white": 2}, voting=False),
        *members({"unknown": 1}, voting=False, executive=False),
    ]


@pytest.mark.parametrize(
    ("body", "precondition"),
    [
        pytest.param(board_body(), {}, id="the same"),
        pytest.param(board_body(), {"If-Match": '"7"'}, id="If-Match"),
        pytest.param(board_body(), {"If-None-Match": "*"}, id="If-None-Match"),
        pytest.param(board_body(members({"white": 9, "bme": 3})), {}, id="another order"),
        pytest.param(
            board_body(
                [
                    *members({"bme": 3, "white": 9, "unknown": 0}),
                    *members({"bme": 0}, voting=False),
                ]
            ),
            {},
            id="zeros sent",
        ),
        pytest.param(board_body(reason="Sent once more"), {}, id="another reason"),
    ],
)
def test_a_body_that_says_the_same_changes_nothing_whatever_its_precondition(
    *, client: TestClient, given: Given, sender: Headers, body: JSON, precondition: Headers
) -> None:
    client.put(PATH, json=board_body(), headers=sender)
    before = given.count_rows()

    response = client.put(PATH, json=body, headers=sender | precondition)

    assert response.status_code == 200
    assert response.headers["etag"] == '"1"'
    assert response.json() == SHOWN
    assert given.count_rows() == before


def test_a_correction_is_a_new_revision(client: TestClient, sender: Headers) -> None:
    client.put(PATH, json=board_body(), headers=sender)

    response = client.put(PATH, json=CORRECTION, headers=sender | {"If-Match": '"1"'})

    assert response.status_code == 200
    assert response.headers["etag"] == '"2"'
    assert response.json() == CORRECTED
    assert client.get(PATH).json() == CORRECTED


def test_another_source_is_a_new_revision(client: TestClient, sender: Headers) -> None:
    client.put(PATH, json=board_body(), headers=sender)

    body = board_body(source="Annual report", reason="The source was named wrongly")
    response = client.put(PATH, json=body, headers=sender | {"If-Match": '"1"'})

    assert response.status_code == 200
    assert (response.json()["revision"], response.json()["source"]) == (2, "Annual report")


def test_a_correction_needs_a_reason(client: TestClient, given: Given, sender: Headers) -> None:
    client.put(PATH, json=board_body(), headers=sender)
    before = given.count_rows()

    body = {**CORRECTION, "reason": None}
    response = client.put(PATH, json=body, headers=sender | {"If-Match": '"1"'})

    assert problem_of(response) == refused(
        "board",
        fault("/reason", "reason_missing", "Say why: this changes revision 1, which is held."),
    )
    assert given.count_rows() == before


@pytest.mark.parametrize("headcount", [40, 41])
def test_a_board_of_more_than_40_is_warned_of(
    client: TestClient, sender: Headers, headcount: int
) -> None:
    body = board_body(
        [
            *members({"white": 20, "bme": 10}),
            *members({"unknown": headcount - 30}, voting=False, executive=False),
        ]
    )
    expected = [
        {
            "code": "large_board",
            "detail": "The board has 41 members; more than 40 is unusual.",
            "id": "board-2024-1-0",
        }
    ]

    response = client.put(PATH, json=body, headers=sender)

    assert response.status_code == 201
    assert response.json()["warnings"] == (expected if headcount > 40 else [])
    assert client.get(PATH).json()["warnings"] == response.json()["warnings"]


def test_a_successor_may_send_the_board_of_the_last_census(
    client: TestClient, sender: Headers
) -> None:
    response = client.put("/v1/trusts/ZZ905/board/2024", json=board_body(), headers=sender)

    assert response.status_code == 201
