"""Actuals of a trust as they are sent and shown, and how they are refused."""

import json
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from tests.bodies import JSON, Headers, actuals_body, cells, fault, problem, problem_of
from tests.given import Given

PATH = "/v1/trusts/ZZ901/actuals/2024"
REVISIONS = f"{PATH}/revisions"

SHOWN = {
    "ods_code": "ZZ901",
    "year": 2024,
    "revision": 1,
    "state": "provisional",
    "synthetic": True,
    "source": "ESR staff in post, 31 March 2024",
    "covers": ["ZZ901"],
    "reason": None,
    "notes": None,
    "recorded_at": "2026-11-23T09:00:00Z",
    "recorded_by": "HR system",
    "supplied_by": None,
    "sign_off": None,
    "totals": {"workforce": 401, "bme": 61},
    "warnings": [],
    "headcounts": [
        {"staff_group": "clinical", "band": "8a", "ethnic_group": "white", "headcount": 340},
        {"staff_group": "clinical", "band": "8a", "ethnic_group": "bme", "headcount": 61},
    ],
}

CORRECTION = actuals_body(
    cells({"bme": 60, "white": 340, "unknown": 1}), reason="One person was counted as BME"
)

CORRECTED = {
    **SHOWN,
    "revision": 2,
    "reason": "One person was counted as BME",
    "recorded_at": "2026-11-23T09:00:01Z",
    "totals": {"workforce": 401, "bme": 60},
    "headcounts": [
        {"staff_group": "clinical", "band": "8a", "ethnic_group": "white", "headcount": 340},
        {"staff_group": "clinical", "band": "8a", "ethnic_group": "bme", "headcount": 60},
        {"staff_group": "clinical", "band": "8a", "ethnic_group": "unknown", "headcount": 1},
    ],
}

NOT_HELD = problem(
    404,
    "actuals-not-found",
    "Actuals not found",
    "No actuals of ZZ901 for the census of 2024 are held.",
    ods_code="ZZ901",
    year=2024,
)


def without(body: dict[str, Any], *members: str) -> dict[str, Any]:
    """Return a body without some of its members."""
    return {name: value for name, value in body.items() if name not in members}


def send(client: TestClient, sender: Headers) -> None:
    """Send in the first census."""
    assert client.put(PATH, json=actuals_body(), headers=sender).status_code == 201


def correct(client: TestClient, sender: Headers) -> None:
    """Send in the first census, then its correction."""
    send(client, sender)
    sent = client.put(PATH, json=CORRECTION, headers=sender | {"If-Match": '"1"'})
    assert sent.status_code == 200


NOT_WHOLE = "not_a_whole_number"


def cell_with(**members: object) -> JSON:
    """Return a well-formed cell with some members in place of its own."""
    cell = {"staff_group": "clinical", "band": "8a", "ethnic_group": "bme", "headcount": 61}
    return {name: value for name, value in {**cell, **members}.items() if value is not Ellipsis}


def body_of(*sent: JSON, **members: object) -> JSON:
    """Return a body of the given cells, the totals of which are wrong if they are not 61."""
    return actuals_body(totals={"workforce": 61, "bme": 61}) | {"headcounts": sent} | members


def put_refused(
    client: TestClient, given: Given, sender: Headers, body: object, path: str = PATH
) -> JSON:
    """Return the problem of a body that is refused, none of which is stored."""
    before = given.count_rows()
    # Written by the standard library, so that 61.0 stays 61.0.
    response: Response = client.put(
        path, content=json.dumps(body), headers=sender | {"Content-Type": "application/json"}
    )
    found = problem_of(response)
    assert client.get(path).status_code == 404
    assert given.count_rows() == before
    return found


def disagreement(name: str, said: int, counted: int) -> JSON:
    """Return the fault of a total that disagrees with the cells."""
    return fault(
        f"/totals/{name}",
        "total_disagrees",
        f"The total says {said}, the cells come to {counted}; a band or an ethnic group may be"
        " missing or counted twice.",
    )
