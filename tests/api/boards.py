"""The board of a trust as it is sent and shown."""

from starlette.testclient import TestClient

from tests.bodies import Headers, board_body, members, problem

PATH = "/v1/trusts/ZZ901/board/2024"

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


def correct(client: TestClient, sender: Headers) -> None:
    """Send in the first board, then its correction."""
    assert client.put(PATH, json=board_body(), headers=sender).status_code == 201
    sent = client.put(PATH, json=CORRECTION, headers=sender | {"If-Match": '"1"'})
    assert sent.status_code == 200
