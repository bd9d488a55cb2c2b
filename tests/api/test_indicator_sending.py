"""Indicators sent in, corrected and read back."""

import pytest
from starlette.testclient import TestClient

from tests.api.databases import on_sqlite
from tests.api.indicators import (
    APPOINTMENTS,
    CORRECTION,
    NOT_HELD,
    PATH,
    SHOWN,
    correct,
    rate,
)
from tests.bodies import (
    JSON,
    Headers,
    fault,
    indicators_body,
    pools_body,
    problem,
    problem_of,
    refused,
    survey_body,
)
from tests.given import Given

NOBODY = {"pool": 0, "events": 0}


def test_first_indicators_are_created_and_read_back_whole(
    client: TestClient, sender: Headers
) -> None:
    response = client.put(PATH, json=indicators_body(reason=None), headers=sender)

    assert response.status_code == 201
    assert response.headers["etag"] == '"1"'
    assert response.headers["location"] == PATH
    assert response.json() == SHOWN
    read = client.get(PATH)
    assert read.status_code == 200
    assert read.headers["etag"] == '"1"'
    assert read.json() == SHOWN


def test_every_indicator_is_shown_in_its_direction(client: TestClient, sender: Headers) -> None:
    numbers = {
        **{f"indicator_{number}": pools_body() for number in (2, 3, 4)},
        **{f"indicator_{number}": survey_body() for number in (5, 6, 7, 8)},
    }

    response = client.put(PATH, json=indicators_body(**numbers, notes="…"), headers=sender)

    found = response.json()
    assert found["notes"] == "…"
    assert found["indicator_3"]["likelihood_bme_over_white"]["ratio"] == 0.4
    assert found["indicator_4"]["likelihood_white_over_bme"]["ratio"] == 2.5
    shares = [
        found[f"indicator_{number}"][f"difference_{direction}"]["share"]
        for number, direction in {
            5: "bme_minus_white",
            6: "bme_minus_white",
            7: "white_minus_bme",
            8: "bme_minus_white",
        }.items()
    ]
    assert shares == [0.05, 0.05, -0.05, 0.05]
    assert client.get(PATH).json() == found


def test_parts_are_shown_in_order(client: TestClient, sender: Headers) -> None:
    groups = {"white": {"pool": 40, "events": 10}, "bme": {"pool": 20, "events": 0}}
    parts = [
        {"staff_group": "medical", **groups, "unknown": NOBODY},
        {"staff_group": "clinical", "band": "8a", **groups},
        {"staff_group": "clinical", "band": "5", "white": NOBODY, "bme": NOBODY},
    ]

    response = client.put(
        PATH, json=indicators_body(indicator_2=pools_body(parts=parts)), headers=sender
    )

    figures = {
        "trusts": 1,
        "white": rate(40, 10),
        "bme": rate(20, 0),
        "unknown": rate(0, 0),
        "likelihood_white_over_bme": {
            "ratio": 10.62963,
            "interval_95": {"lower": 0.654945, "upper": 172.51689},
            "adjusted": True,
            "within_four_fifths": False,
        },
    }
    shown = [
        {"staff_group": "clinical", "band": "8a", **figures},
        {"staff_group": "medical", "band": None, **figures},
    ]
    assert response.json()["indicator_2"] == APPOINTMENTS | {"parts": shown}
    assert client.get(PATH).json() == response.json()


def test_what_was_not_told_stays_so(client: TestClient, sender: Headers) -> None:
    body = indicators_body(indicator_5=survey_body(bme=(8, None)), indicator_2=None)

    response = client.put(PATH, json=body, headers=sender)

    assert response.json()["indicator_5"] == {
        **SHOWN["indicator_5"],
        "bme": {"respondents": 8, "share": None, "share_reason": "suppressed"},
        "difference_bme_minus_white": None,
        "difference_bme_minus_white_reason": "suppressed",
    }
    assert response.json()["indicator_2_reason"] == "not_sent"
    assert client.get(PATH).json() == response.json()


def test_where_nothing_happened_there_is_no_ratio(client: TestClient, sender: Headers) -> None:
    body = indicators_body(indicator_3=pools_body(white=(400, 0), bme=(200, 0)))

    found = client.put(PATH, json=body, headers=sender).json()["indicator_3"]

    assert found["likelihood_bme_over_white"] is None
    assert found["likelihood_bme_over_white_reason"] == "no_events"


@pytest.mark.parametrize(
    ("body", "precondition"),
    [
        pytest.param(indicators_body(), {}, id="the same"),
        pytest.param(indicators_body(), {"If-Match": '"7"'}, id="If-Match"),
        pytest.param(indicators_body(), {"If-None-Match": "*"}, id="If-None-Match"),
        pytest.param(indicators_body(reason="Sent once more"), {}, id="another reason"),
        pytest.param(
            indicators_body(
                indicator_2=pools_body(
                    unknown=NOBODY,
                    parts=[{"staff_group": "clinical", "white": NOBODY, "bme": NOBODY}],
                ),
                indicator_3=None,
                indicator_5=survey_body(
                    (500, "0.25"), (100, "0.3"), unknown={"respondents": 0, "share": None}
                ),
            ),
            {},
            id="nobody, and shares shorter",
        ),
    ],
)
def test_a_body_that_says_the_same_changes_nothing_whatever_its_precondition(
    *, client: TestClient, given: Given, sender: Headers, body: JSON, precondition: Headers
) -> None:
    client.put(PATH, json=indicators_body(), headers=sender)
    before = given.count_rows()

    response = client.put(PATH, json=body, headers=sender | precondition)

    assert response.status_code == 200
    assert response.headers["etag"] == '"1"'
    assert response.json() == SHOWN
    assert given.count_rows() == before


def test_a_correction_is_a_new_revision_and_the_first_is_remembered(
    client: TestClient, sender: Headers
) -> None:
    correct(client, sender)

    newest = client.get(PATH)
    first = client.get(PATH, params={"as_of": "2026-11-23T09:00:00Z"})
    before = client.get(PATH, params={"as_of": "2026-11-23T08:59:59Z"})

    assert newest.headers["etag"] == '"2"'
    assert (newest.json()["revision"], newest.json()["reason"]) == (2, "Bank posts were left out")
    assert newest.json()["indicator_2"]["likelihood_white_over_bme"]["ratio"] == 1.25
    assert newest.json()["indicator_2"]["likelihood_white_over_bme"]["within_four_fifths"] is True
    assert first.json() == SHOWN
    assert problem_of(before) == NOT_HELD


@pytest.mark.parametrize(
    ("headers", "status", "kind"),
    [
        ({}, 428, "/problems/revision-not-named"),
        ({"If-Match": '"7"'}, 412, "/problems/revision-stale"),
        ({"If-None-Match": "*"}, 412, "/problems/revision-stale"),
    ],
)
def test_a_correction_names_what_it_corrects(
    *, client: TestClient, given: Given, sender: Headers, headers: Headers, status: int, kind: str
) -> None:
    client.put(PATH, json=indicators_body(), headers=sender)
    before = given.count_rows()

    response = client.put(PATH, json=CORRECTION, headers=sender | headers)

    assert (response.status_code, problem_of(response)["type"]) == (status, kind)
    assert given.count_rows() == before


def test_a_correction_needs_a_reason(client: TestClient, given: Given, sender: Headers) -> None:
    client.put(PATH, json=indicators_body(), headers=sender)
    before = given.count_rows()

    body = {**CORRECTION, "reason": None}
    response = client.put(PATH, json=body, headers=sender | {"If-Match": '"1"'})

    assert problem_of(response) == refused(
        "indicators",
        fault("/reason", "reason_missing", "Say why: this changes revision 1, which is held."),
    )
    assert given.count_rows() == before


def test_warnings_stay_with_the_revision(
    client: TestClient, given: Given, sender: Headers
) -> None:
    given.indicators("ZZ901", 2023, {2: ((400, 25), (200, 100)), 3: ((400, 20), (200, 20))})
    body = indicators_body(
        indicator_2=pools_body((400, 300), (200, 19)), indicator_3=pools_body((400, 40), (200, 10))
    )

    response = client.put(PATH, json=body, headers=sender)

    assert response.json()["warnings"] == [
        {
            "code": "ratio_as_percentage",
            "detail": "Indicator 2: white over BME is 7.89, outside 0.2 to 5; one of the counts"
            " may be a percentage.",
            "id": "indicators-2024-1-0",
        },
        {
            "code": "ratio_inverted",
            "detail": "Indicator 2: white over BME is 7.89, a year after 0.12, which is nearly the"
            " inverse; the white and the BME counts may have changed places.",
            "id": "indicators-2024-1-1",
        },
        {
            "code": "ratio_inverted",
            "detail": "Indicator 3: BME over white is 0.50, a year after 2.00, which is nearly the"
            " inverse; the white and the BME counts may have changed places.",
            "id": "indicators-2024-1-2",
        },
    ]
    assert client.get(PATH).json()["warnings"] == response.json()["warnings"]


def test_a_successor_may_send_the_indicators_of_the_last_census(
    client: TestClient, sender: Headers
) -> None:
    path = "/v1/trusts/ZZ905/indicators/2024"

    assert client.put(path, json=indicators_body(), headers=sender).status_code == 201


@on_sqlite
def test_what_is_not_there_is_not_found(client: TestClient, national: Headers) -> None:
    unknown = problem(
        404,
        "trust-not-found",
        "Trust not found",
        "No trust has the ODS code QMF.",
        ods_code="QMF",
    )
    path = "/v1/trusts/QMF/indicators/2024"

    assert problem_of(client.get(PATH)) == NOT_HELD
    assert problem_of(client.get(path)) == unknown
    assert problem_of(client.put(path, json=indicators_body(), headers=national)) == unknown


@on_sqlite
def test_the_future_is_not_known(client: TestClient, given: Given) -> None:
    given.indicators("ZZ901", 2024)

    found = problem_of(client.get(PATH, params={"as_of": "2026-11-23T09:00:01Z"}))

    assert [one["code"] for one in found["errors"]] == ["as_of_in_future"]
