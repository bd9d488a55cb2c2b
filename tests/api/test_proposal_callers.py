"""Who may see what is proposed to a trust, and take it over."""

import pytest
from starlette.testclient import TestClient

from tests.api.callers import NO_TOKEN_TO_CHANGE, not_allowed
from tests.bodies import Headers, problem_of
from tests.given import Given

TRUSTS = ("RZ1", "RZ0", "RZ2", "ZZ901")
"""A real trust, its predecessor, another real trust, and an invented one that sent nothing."""

CALLERS = {
    "anonymous": (),
    "trust_data": ("RZ1",),
    "trust": ("RZ1",),
    "area": ("QMF",),
    "national": (),
}
"""Callers by their role, with the organisations that their tokens are for."""

BODY = {"method": "appointments", "measure": "band_8a", "cycle": "2022-2025"}


def path(trust: str) -> str:
    return f"/v1/trusts/{trust}/target-proposals"


def headers_of(given: Given, role: str) -> Headers:
    """Return a caller's headers; all real trusts have sent the census of 2022."""
    for trust in TRUSTS[:3]:
        given.actuals(trust, 2022)
    return {} if role == "anonymous" else given.token(role, *CALLERS[role])


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        ("anonymous", [401, 401, 401, 200]),
        ("trust_data", [200, 403, 403, 200]),
        ("trust", [200, 200, 403, 200]),
        ("area", [403, 403, 403, 200]),
        ("national", [200, 200, 200, 200]),
    ],
)
def test_what_is_proposed_to_a_trust_is_told_to_those_who_see_its_figures(
    client: TestClient, given: Given, role: str, statuses: list[int]
) -> None:
    headers = headers_of(given, role)

    answers = [
        client.get(path(trust), params={"cycle": "2022-2025"}, headers=headers) for trust in TRUSTS
    ]

    assert [one.status_code for one in answers] == statuses


def test_an_area_is_told_who_sees_what_is_proposed(client: TestClient, given: Given) -> None:
    headers = headers_of(given, "area")

    refused = client.get(path("RZ1"), params={"cycle": "2022-2025"}, headers=headers)

    assert problem_of(refused) == not_allowed("area", "national", "trust", "trust_data")


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        ("anonymous", [401, 401, 401, 401]),
        ("trust_data", [403, 403, 403, 403]),
        ("trust", [201, 201, 403, 403]),
        ("area", [403, 403, 403, 403]),
        # Nothing is proposed to who has sent nothing.
        ("national", [201, 201, 201, 422]),
    ],
)
def test_a_proposal_is_taken_over_by_those_who_set_the_trusts_targets(
    client: TestClient, given: Given, role: str, statuses: list[int]
) -> None:
    headers = headers_of(given, role)

    answers = [client.post(path(trust), json=BODY, headers=headers) for trust in TRUSTS]

    assert [one.status_code for one in answers] == statuses


def test_who_may_not_take_a_proposal_over_is_told_who_may(
    client: TestClient, given: Given
) -> None:
    headers = headers_of(given, "trust_data")
    before = given.count_rows()

    refused = client.post(path("RZ1"), json=BODY, headers=headers)
    unknown = client.post(path("RZ1"), json=BODY)

    assert problem_of(refused) == not_allowed("trust_data", "national", "trust")
    assert problem_of(unknown) == NO_TOKEN_TO_CHANGE
    assert given.count_rows() == before


def test_a_draft_tells_who_took_the_proposal_over(client: TestClient, given: Given) -> None:
    headers = headers_of(given, "trust")

    body = client.post(path("RZ1"), json=BODY, headers=headers).json()

    assert body["moves"] == [
        {
            "state": "draft",
            "at": "2026-11-23T09:00:00Z",
            "by": "trust caller",
            "supplied_by": None,
            "comment": None,
        }
    ]
