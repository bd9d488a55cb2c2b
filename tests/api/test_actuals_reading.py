"""Actuals read: as of an instant, in lists, and what is not there."""

from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.actuals import CORRECTED, NOT_HELD, PATH, REVISIONS, SHOWN, correct, without
from tests.api.databases import on_sqlite
from tests.bodies import Headers, fault, malformed, problem, problem_of
from tests.given import Given


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-11-23T09:00:00Z", SHOWN),
        ("2026-11-23T09:00:00.999999Z", SHOWN),
        ("2026-11-23T10:00:00+01:00", SHOWN),
        ("2026-11-23T09:00:01Z", CORRECTED),
    ],
)
def test_a_question_as_of_an_instant_is_answered_with_what_was_known_then(
    client: TestClient, sender: Headers, as_of: str, expected: dict[str, Any]
) -> None:
    correct(client, sender)

    response = client.get(PATH, params={"as_of": as_of})

    assert response.status_code == 200
    assert response.json() == expected
    assert response.headers["etag"] == f'"{expected["revision"]}"'


@pytest.mark.parametrize("as_of", ["2026-11-23T08:59:59.999999Z", "2000-01-01T00:00:00Z"])
def test_nothing_is_held_as_of_an_instant_before_the_first_revision(
    client: TestClient, sender: Headers, as_of: str
) -> None:
    correct(client, sender)

    response = client.get(PATH, params={"as_of": as_of})

    assert problem_of(response) == NOT_HELD


@pytest.mark.parametrize("path", [PATH, "/v1/trusts/ZZ901/actuals"])
def test_the_future_is_not_known(client: TestClient, given: Given, path: str) -> None:
    given.actuals("ZZ901", 2024)

    response = client.get(path, params={"as_of": "2026-11-23T09:00:00.000001Z"})

    found = problem_of(response)
    assert found == {
        "type": "/problems/unacceptable-question",
        "title": "Unacceptable question",
        "status": 422,
        "detail": found["errors"][0]["detail"],
        "errors": [fault("?as_of", "as_of_in_future", found["errors"][0]["detail"])],
    }


@on_sqlite
@pytest.mark.parametrize(
    "as_of", ["", "yesterday", "2026-11-23", "2026-11-23T09:00:00", "1999-12-31T23:59:59Z"]
)
def test_an_instant_is_written_with_its_zone_and_is_not_before_2000(
    client: TestClient, given: Given, as_of: str
) -> None:
    given.actuals("ZZ901", 2024)

    found = problem_of(client.get(PATH, params={"as_of": as_of}))

    assert [one["pointer"] for one in found["errors"]] == ["?as_of"]
    assert found == malformed(*found["errors"])


def test_the_censuses_held_are_listed_with_the_shares_of_measures(
    client: TestClient, given: Given
) -> None:
    given.actuals("ZZ901", 2023)
    given.actuals(
        "ZZ901",
        2024,
        {
            ("clinical", "8a"): (5, 1, 0),
            ("non_clinical", "vsm"): (3, 0, 0),
            ("medical", "consultant"): (2, 1, 0),
        },
    )

    response = client.get("/v1/trusts/ZZ901/actuals")

    assert response.status_code == 200
    assert [item["year"] for item in response.json()["items"]] == [2023, 2024]
    assert response.json()["next"] is None
    newest = response.json()["items"][1]
    assert without(newest, "shares", "warnings", "recorded_at") == {
        **without(SHOWN, "headcounts", "warnings", "recorded_at"),
        "source": "ESR staff in post",
        "reason": "Corrected",
        "recorded_by": "ZZ901 workforce team",
        "totals": {"workforce": 12, "bme": 2},
    }
    assert [one["code"] for one in newest["warnings"]] == ["workforce_shift"]
    assert newest["shares"] == [
        {"measure": "workforce", "bme": 2, "total": 12, "share": 0.166667},
        {"measure": "leadership", "bme": 1, "total": 9, "share": 0.111111},
        {"measure": "senior_leadership", "bme": 0, "total": 3, "share": 0.0},
        {"measure": "band_8a", "bme": 1, "total": 6, "share": 0.166667},
        *(
            {
                "measure": measure,
                "bme": 0,
                "total": 0,
                "share": None,
                "share_reason": "no_people",
            }
            for measure in ("band_8b", "band_8c", "band_8d", "band_9")
        ),
        {"measure": "vsm", "bme": 0, "total": 3, "share": 0.0},
        {"measure": "consultants", "bme": 1, "total": 3, "share": 0.333333},
    ]


def test_the_list_is_as_of_an_instant_too(client: TestClient, given: Given) -> None:
    given.actuals("ZZ901", 2023, at=datetime(2026, 11, 2, tzinfo=UTC))
    given.actuals("ZZ901", 2024, at=datetime(2026, 11, 3, tzinfo=UTC))

    response = client.get("/v1/trusts/ZZ901/actuals", params={"as_of": "2026-11-02T12:00:00Z"})

    assert [item["year"] for item in response.json()["items"]] == [2023]


def test_a_trust_that_has_sent_nothing_has_an_empty_list(client: TestClient) -> None:
    response = client.get("/v1/trusts/ZZ902/actuals")

    assert response.status_code == 200
    assert response.json() == {"items": [], "next": None}


@pytest.mark.parametrize("path", [PATH, REVISIONS])
def test_a_census_that_is_not_held_is_not_found(client: TestClient, path: str) -> None:
    assert problem_of(client.get(path)) == NOT_HELD


@pytest.mark.parametrize("code", ["ZZ999", "QMF"])
def test_figures_are_of_trusts_only(client: TestClient, code: str) -> None:
    paths = [f"/v1/trusts/{code}/actuals{rest}" for rest in ("", "/2024", "/2024/revisions")]

    answers = [problem_of(client.get(path)) for path in paths]

    assert answers == 3 * [
        problem(
            404,
            "trust-not-found",
            "Trust not found",
            f"No trust has the ODS code {code}.",
            ods_code=code,
        )
    ]
