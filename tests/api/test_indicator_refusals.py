"""Indicators that are refused, and nothing of them is stored; and who may send and read them."""

from datetime import UTC, date, datetime

import pytest
from starlette.testclient import TestClient

from tests.api.databases import on_sqlite
from tests.api.indicators import PATH
from tests.bodies import (
    JSON,
    PERIOD,
    Headers,
    bearer,
    fault,
    indicators_body,
    malformed,
    pools_body,
    problem_of,
    refused,
    survey_body,
)
from tests.given import Clock, Given

EXCESS = "5 of a pool of 3 cannot be; the events are of the pool."


def put(client: TestClient, given: Given, headers: Headers, body: JSON, path: str = PATH) -> JSON:
    """Return the problem of a body that is refused, none of which is stored."""
    before = given.count_rows()
    found = problem_of(client.put(path, json=body, headers=headers))
    assert given.count_rows() == before
    return found


def test_all_that_cannot_be_true_is_told_at_once(
    *, client: TestClient, clock: Clock, given: Given, sender: Headers
) -> None:
    clock.set(datetime(2026, 3, 31, 22, tzinfo=UTC))
    body = indicators_body(
        indicator_2=pools_body(
            (3, 5), parts=[{"staff_group": "clinical", "band": "other", **_groups(1)}]
        ),
        indicator_5=survey_body(bme=(0, "0.0000")),
        indicator_6=survey_body(period={"starts": "2025-09-01", "ends": "2026-04-30"}),
    )

    found = put(client, given, sender, body, "/v1/trusts/ZZ901/indicators/2026")

    assert found == refused(
        "indicators",
        fault("", "census_not_open", "The census of 2026 opens on 2026-04-01."),
        fault("/indicator_2/white/events", "subset_larger_than_whole", EXCESS),
        fault(
            "/indicator_2/parts/0/band",
            "band_not_of_staff_group",
            "clinical staff are not in other; use an AfC band or vsm.",
        ),
        fault(
            "/indicator_5/bme/share",
            "share_of_nobody",
            "Nobody responded, so there is no share; send null.",
        ),
        fault(
            "/indicator_6/period/ends",
            "period_after_census",
            "The period ends on 2026-04-30, after the census; give a period that is over by"
            " 2026-03-31.",
        ),
    )


def _groups(people: int) -> JSON:
    return {name: {"pool": people, "events": 0} for name in ("white", "bme")}


def test_no_indicator_is_a_fault(client: TestClient, given: Given, sender: Headers) -> None:
    body = indicators_body(indicator_2=None, indicator_5=None)

    assert put(client, given, sender, body) == refused(
        "indicators",
        fault(
            "",
            "indicator_missing",
            "No indicator was sent; send at least one of indicator_2 to indicator_8.",
        ),
    )


def test_a_trust_that_was_not_there_is_refused(client: TestClient, given: Given) -> None:
    given.trust("ZZ907", opened=date(2024, 4, 1))
    headers = given.token("trust_data", "ZZ907")

    found = put(client, given, headers, indicators_body(), "/v1/trusts/ZZ907/indicators/2024")

    assert [one["code"] for one in found["errors"]] == ["trust_not_open"]


@on_sqlite
def test_malformed_members_are_told_together_with_what_cannot_be_true(
    client: TestClient, given: Given, sender: Headers
) -> None:
    body = {
        "indicator_1": {},
        "indicator_2": pools_body(
            (3, 5),
            bme=(200, -1),
            parts=[{"staff_group": "clinical", **_groups(1)}] * 2 + [{"staff_group": "nurses"}],
        ),
        "indicator_3": pools_body(ratio=1.6),
        "indicator_4": pools_body((3, 5), staff_group="clinical"),
        "indicator_5": survey_body((0, "1.0"), (100, "1.2")),
        "indicator_6": survey_body(period={"starts": "2023-04-01"}),
        "indicator_7": survey_body(period={**PERIOD, "ends": "2022-03-31"}),
        "indicator_8": "none",
    }

    found = put(client, given, sender, body)

    assert found == malformed(*found["errors"])
    assert [(one["pointer"], one["code"]) for one in found["errors"]] == [
        ("/source", "missing"),
        ("/indicator_2/bme/events", "too_small"),
        ("/indicator_2/parts/2/white", "missing"),
        ("/indicator_2/parts/2/bme", "missing"),
        ("/indicator_2/parts/2/staff_group", "unknown_code"),
        ("/indicator_3/ratio", "unknown_member"),
        ("/indicator_4/staff_group", "unknown_member"),
        ("/indicator_5/bme/share", "string_pattern_mismatch"),
        ("/indicator_6/period/ends", "missing"),
        ("/indicator_8", "model_attributes_type"),
        ("/indicator_1", "unknown_member"),
        ("/indicator_2/white/events", "subset_larger_than_whole"),
        ("/indicator_2/parts/1", "duplicate_cell"),
        ("/indicator_4/white/events", "subset_larger_than_whole"),
        ("/indicator_5/white/share", "share_of_nobody"),
        ("/indicator_7/period/ends", "ends_before_start"),
    ]


@on_sqlite
@pytest.mark.parametrize("body", [[], None, "indicators", {}])
def test_what_is_no_body_is_refused(
    *, client: TestClient, given: Given, sender: Headers, body: JSON
) -> None:
    found = put(client, given, sender, body)

    assert found["type"] == "/problems/invalid-request"


@on_sqlite
@pytest.mark.parametrize(
    ("role", "codes", "status"),
    [
        ("trust_data", ["ZZ902"], 403),
        ("area", ["Y56"], 403),
        ("trust", ["ZZ901"], 201),
        ("national", [], 201),
    ],
)
def test_indicators_are_written_by_those_who_write_figures(
    *, client: TestClient, given: Given, role: str, codes: list[str], status: int
) -> None:
    headers = given.token(role, *codes)

    response = client.put(PATH, json=indicators_body(), headers=headers)

    assert response.status_code == status
    supplied = response.json().get("supplied_by") if status == 201 else None
    assert supplied == ("national" if role == "national" else None)


@on_sqlite
def test_indicators_of_real_trusts_are_read_by_those_who_read_figures(
    client: TestClient, given: Given
) -> None:
    path = "/v1/trusts/RZ1/indicators/2024"
    own = given.token("trust", "RZ1")
    client.put(path, json=indicators_body(), headers=own)

    statuses = [
        client.get(path, headers=headers).status_code
        for headers in (
            own,
            given.token("national"),
            given.token("trust", "RZ2"),
            given.token("area", "Y56"),
            {},
            bearer("parity_0_0"),
        )
    ]

    assert statuses == [200, 200, 403, 403, 401, 401]


@pytest.mark.parametrize(("held", "sent"), [("RZ1", "ZZ901"), ("ZZ901", "RZ1")])
def test_invented_indicators_do_not_stand_beside_real_ones(
    *, client: TestClient, given: Given, national: Headers, held: str, sent: str
) -> None:
    given.indicators(held, 2024)
    before = given.count_rows()

    for path, body in {
        f"/v1/trusts/{sent}/indicators/2024": indicators_body(),
        f"/v1/trusts/{sent}/board/2024": {
            "source": "Board register",
            "members": [
                {"voting": True, "executive": True, "ethnic_group": "bme", "headcount": 3}
            ],
        },
    }.items():
        response = client.put(path, json=body, headers=national)
        assert problem_of(response)["type"] == "/problems/synthetic-beside-real"

    assert given.count_rows() == before


@on_sqlite
def test_a_census_opens_no_later_than_its_first_indicators(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.indicators("ZZ901", 2024)
    held = client.get("/v1/censuses/2024")

    response = client.put(
        "/v1/censuses/2024",
        json={"opens": "2026-11-02"},
        headers=national | {"If-Match": held.headers["etag"]},
    )

    assert [one["code"] for one in problem_of(response)["errors"]] == ["opens_after_figures"]
