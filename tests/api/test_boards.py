"""The board: sent in, read back, corrected, asked for as of an instant, and refused."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.given import (
    JSON,
    Clock,
    Given,
    Headers,
    board_body,
    fault,
    malformed,
    members,
    problem,
    problem_of,
    refused,
)

PATH = "/v1/trusts/ZZ901/board/2024"

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what is refused before the database is asked."""

SHOWN = {
    "ods_code": "ZZ901",
    "year": 2024,
    "revision": 1,
    "synthetic": True,
    "source": "Board register, 31 March 2024",
    "reason": None,
    "recorded_at": "2026-11-23T09:00:00Z",
    "recorded_by": "HR system",
    "supplied_by": None,
    "members": [
        {"voting": True, "executive": True, "ethnic_group": "white", "headcount": 9},
        {"voting": True, "executive": True, "ethnic_group": "bme", "headcount": 3},
    ],
    "warnings": [],
}

CORRECTION = board_body(members({"bme": 4, "white": 8}), reason="A member was counted wrongly")

CORRECTED = {
    **SHOWN,
    "revision": 2,
    "reason": "A member was counted wrongly",
    "recorded_at": "2026-11-23T09:00:01Z",
    "members": [
        {"voting": True, "executive": True, "ethnic_group": "white", "headcount": 8},
        {"voting": True, "executive": True, "ethnic_group": "bme", "headcount": 4},
    ],
}

NOT_HELD = problem(
    404,
    "board-not-found",
    "Board not found",
    "No board of ZZ901 for the census of 2024 is held.",
    ods_code="ZZ901",
    year=2024,
)


def _correct(client: TestClient, sender: Headers) -> None:
    assert client.put(PATH, json=board_body(), headers=sender).status_code == 201
    sent = client.put(PATH, json=CORRECTION, headers=sender | {"If-Match": '"1"'})
    assert sent.status_code == 200


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


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2026-11-23T09:00:00Z", SHOWN), ("2026-11-23T09:00:01Z", CORRECTED)],
)
def test_a_question_as_of_an_instant_is_answered_with_what_was_known_then(
    client: TestClient, sender: Headers, as_of: str, expected: JSON
) -> None:
    _correct(client, sender)

    response = client.get(PATH, params={"as_of": as_of})

    assert response.status_code == 200
    assert response.json() == expected


def test_nothing_is_held_as_of_an_instant_before_the_first_revision(
    client: TestClient, sender: Headers
) -> None:
    _correct(client, sender)

    response = client.get(PATH, params={"as_of": "2026-11-23T08:59:59Z"})

    assert problem_of(response) == NOT_HELD


def test_the_future_is_not_known(client: TestClient, given: Given) -> None:
    given.board("ZZ901", 2024)

    found = problem_of(client.get(PATH, params={"as_of": "2026-11-23T09:00:01Z"}))

    assert [(one["pointer"], one["code"]) for one in found["errors"]] == [
        ("?as_of", "as_of_in_future")
    ]
    assert found["type"] == "/problems/unacceptable-question"


def test_a_board_that_is_not_held_is_not_found(client: TestClient) -> None:
    assert problem_of(client.get(PATH)) == NOT_HELD


@pytest.mark.parametrize("code", ["ZZ999", "QMF"])
def test_boards_are_of_trusts_only(client: TestClient, national: Headers, code: str) -> None:
    path = f"/v1/trusts/{code}/board/2024"
    expected = problem(
        404,
        "trust-not-found",
        "Trust not found",
        f"No trust has the ODS code {code}.",
        ods_code=code,
    )

    assert problem_of(client.get(path)) == expected
    assert problem_of(client.put(path, json=board_body(), headers=national)) == expected


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


# Refusals


def _put(
    client: TestClient, given: Given, headers: Headers, body: object, path: str = PATH
) -> JSON:
    """Return the problem of a body that is refused, none of which is stored."""
    before = given.count_rows()
    response = client.put(
        path, content=json.dumps(body), headers=headers | {"Content-Type": "application/json"}
    )
    found = problem_of(response)
    assert client.get(path).status_code == 404
    assert given.count_rows() == before
    return found


def _member(**changes: object) -> JSON:
    return {"voting": True, "executive": True, "ethnic_group": "bme", "headcount": 3, **changes}


@on_sqlite
@pytest.mark.parametrize(
    ("headcount", "code", "detail"),
    [
        (
            3.0,
            "not_a_whole_number",
            "3.0 is not a whole number; send one without quotes or decimals.",
        ),
        (
            "3",
            "not_a_whole_number",
            '"3" is not a whole number; send one without quotes or decimals.',
        ),
        (-3, "too_small", "-3 is negative; send 0 or more."),
    ],
)
def test_headcounts_are_whole_numbers_from_zero(
    *, client: TestClient, given: Given, sender: Headers, headcount: object, code: str, detail: str
) -> None:
    found = _put(client, given, sender, board_body([_member(headcount=headcount)]))

    assert found == malformed(fault("/members/0/headcount", code, detail))


@on_sqlite
def test_ethnic_groups_are_known(client: TestClient, given: Given, sender: Headers) -> None:
    found = _put(client, given, sender, board_body([_member(ethnic_group="M")]))

    assert found == malformed(
        fault(
            "/members/0/ethnic_group",
            "unknown_code",
            "\"M\" is not known; use one of 'white', 'bme' or 'unknown'.",
        )
    )


@on_sqlite
@pytest.mark.parametrize("member", ["voting", "executive"])
@pytest.mark.parametrize("value", ["true", 1, None])
def test_voting_and_executive_are_true_or_false(
    *, client: TestClient, given: Given, sender: Headers, member: str, value: object
) -> None:
    found = _put(client, given, sender, board_body([_member(**{member: value})]))

    assert [one["pointer"] for one in found["errors"]] == [f"/members/0/{member}"]
    assert found == malformed(*found["errors"])


@on_sqlite
@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (board_body() | {"totals": {"workforce": 12, "bme": 3}}, "/totals"),
        (board_body() | {"notes": "…"}, "/notes"),
        (board_body([_member(name="A. Person")]), "/members/0/name"),
    ],
)
def test_unknown_members_are_refused(
    *, client: TestClient, given: Given, sender: Headers, body: JSON, pointer: str
) -> None:
    found = _put(client, given, sender, body)

    assert found == malformed(
        fault(pointer, "unknown_member", "There is no such member; leave it out.")
    )


@on_sqlite
def test_an_empty_board_is_refused(client: TestClient, given: Given, sender: Headers) -> None:
    found = _put(client, given, sender, board_body() | {"members": []})

    assert found == malformed(
        fault("/members", "too_short", "An empty list says nothing; send at least one.")
    )


@on_sqlite
def test_required_members_are_all_named(client: TestClient, given: Given, sender: Headers) -> None:
    found = _put(client, given, sender, {"members": [{}]})

    assert found == malformed(
        *(
            fault(pointer, "missing", "This member is required.")
            for pointer in (
                "/source",
                "/members/0/voting",
                "/members/0/executive",
                "/members/0/ethnic_group",
                "/members/0/headcount",
            )
        )
    )


def test_the_same_cell_twice_is_refused(client: TestClient, given: Given, sender: Headers) -> None:
    sent = [*members({"bme": 3, "white": 9}), *members({"bme": 1}), *members({"white": 0})]

    found = _put(client, given, sender, board_body(sent))

    assert found == refused(
        "board",
        fault(
            "/members/2",
            "duplicate_cell",
            "The same cell stands at /members/0; send each cell once.",
        ),
        fault(
            "/members/3",
            "duplicate_cell",
            "The same cell stands at /members/1; send each cell once.",
        ),
    )


@on_sqlite
def test_malformed_members_are_told_together_with_duplicates(
    client: TestClient, given: Given, sender: Headers
) -> None:
    sent = [_member(headcount="3"), *members({"white": 9}), *members({"white": 9})]

    found = _put(client, given, sender, board_body(sent))

    assert found == malformed(
        fault(
            "/members/0/headcount",
            "not_a_whole_number",
            '"3" is not a whole number; send one without quotes or decimals.',
        ),
        fault(
            "/members/2",
            "duplicate_cell",
            "The same cell stands at /members/1; send each cell once.",
        ),
    )


@pytest.mark.parametrize(
    ("year", "now", "detail"),
    [
        (2026, datetime(2026, 3, 31, 22, tzinfo=UTC), "The census of 2026 opens on 2026-04-01."),
        (
            2014,
            datetime(2026, 11, 23, tzinfo=UTC),
            "There is no census of 2014; censuses run from 2015 to the newest one open.",
        ),
    ],
)
def test_a_census_that_is_not_open_is_refused_with_every_other_fault(
    *,
    client: TestClient,
    clock: Clock,
    given: Given,
    sender: Headers,
    year: int,
    now: datetime,
    detail: str,
) -> None:
    clock.set(now)
    sent: list[Any] = [*members({"bme": 3}), *members({"bme": 3})]

    found = _put(client, given, sender, board_body(sent), f"/v1/trusts/ZZ901/board/{year}")

    assert found == refused(
        "board",
        fault("", "census_not_open", detail),
        fault(
            "/members/1",
            "duplicate_cell",
            "The same cell stands at /members/0; send each cell once.",
        ),
    )


def test_a_trust_that_was_not_open_and_succeeds_none_that_was_is_refused(
    client: TestClient, given: Given
) -> None:
    given.trust("ZZ907", opened=date(2024, 4, 1))
    headers = given.token("trust_data", "ZZ907")

    found = _put(client, given, headers, board_body(), "/v1/trusts/ZZ907/board/2024")

    assert found == refused(
        "board",
        fault(
            "",
            "trust_not_open",
            "ZZ907 was not open on 31 March 2024, and succeeds no trust that was.",
        ),
    )


def test_a_half_bad_correction_leaves_what_is_held_as_it_was(
    client: TestClient, given: Given, sender: Headers
) -> None:
    given.board("ZZ901", 2024)
    before = client.get(PATH).json(), given.count_rows()

    body = board_body([_member(), _member(headcount=-1)], reason="Corrected")
    response = client.put(PATH, json=body, headers=sender | {"If-Match": '"1"'})

    assert response.status_code == 422
    assert (client.get(PATH).json(), given.count_rows()) == before
