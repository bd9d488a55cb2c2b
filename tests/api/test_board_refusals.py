"""Boards that are refused, and nothing of them is stored."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.boards import PATH
from tests.api.databases import on_sqlite
from tests.bodies import JSON, Headers, board_body, fault, malformed, members, problem_of, refused
from tests.given import Clock, Given


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
