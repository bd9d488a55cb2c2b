"""Warnings that actuals get at the door."""

from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.actuals import PATH, REVISIONS
from tests.bodies import Headers, actuals_body, cells
from tests.given import Given


def _warned(client: TestClient, sender: Headers, *bands: list[dict[str, Any]]) -> list[Any]:
    """Return the warnings of a census of 2024, which stay with it."""
    body = actuals_body([cell for band in bands for cell in band])
    response = client.put(PATH, json=body, headers=sender)
    assert response.status_code == 201, response.text
    warnings: list[Any] = response.json()["warnings"]
    assert client.get(PATH).json()["warnings"] == warnings
    assert client.get(REVISIONS).json()["items"][0]["warnings"] == warnings
    assert [one.pop("id") for one in warnings] == [
        f"actuals-2024-1-{ordinal}" for ordinal in range(len(warnings))
    ]
    return warnings


def _codes(warnings: list[Any]) -> list[str]:
    assert all(set(one) == {"code", "detail"} and one["detail"] for one in warnings)
    return [one["code"] for one in warnings]


@pytest.mark.parametrize(("unknown", "expected"), [(10, []), (11, ["unknown_ethnicity"])])
def test_more_than_a_tenth_unknown_is_warned_of(
    client: TestClient, sender: Headers, unknown: int, expected: list[str]
) -> None:
    sent = cells({"white": 100 - unknown, "unknown": unknown})

    assert _codes(_warned(client, sender, sent)) == expected


@pytest.mark.parametrize(
    ("unknown", "expected"),
    [(5, []), (8, []), (9, ["unknown_share_shift"]), (2, []), (1, ["unknown_share_shift"])],
)
def test_an_unknown_share_that_moves_by_more_than_three_points_is_warned_of(
    client: TestClient, given: Given, sender: Headers, unknown: int, expected: list[str]
) -> None:
    given.actuals("ZZ901", 2023, {("clinical", "8a"): (95, 0, 5)})

    sent = cells({"white": 100 - unknown, "unknown": unknown})

    assert _codes(_warned(client, sender, sent)) == expected


@pytest.mark.parametrize(
    ("workforce", "expected"),
    [(120, []), (121, ["workforce_shift"]), (80, []), (79, ["workforce_shift"])],
)
def test_a_workforce_that_changes_by_more_than_a_fifth_is_warned_of(
    client: TestClient, given: Given, sender: Headers, workforce: int, expected: list[str]
) -> None:
    given.actuals("ZZ901", 2023, {("clinical", "8a"): (90, 10, 0)})

    sent = cells({"white": workforce - 10, "bme": 10})

    assert _codes(_warned(client, sender, sent)) == expected


def test_a_workforce_that_grows_by_a_merger_is_not_warned_of(
    client: TestClient, given: Given, sender: Headers
) -> None:
    given.trust("ZZ906", closed=date(2023, 12, 31))
    given.merger("ZZ906", "ZZ901", on=date(2024, 1, 1))
    given.actuals("ZZ901", 2023, {("clinical", "8a"): (90, 10, 0)})

    assert _warned(client, sender, cells({"white": 180, "bme": 20})) == []


def test_a_workforce_that_grows_by_what_it_covers_is_not_warned_of(
    client: TestClient, given: Given, sender: Headers
) -> None:
    # The merger of 1 April comes the day after the census; the return already holds its staff.
    given.trust("ZZ906", closed=date(2024, 3, 31))
    given.merger("ZZ906", "ZZ901", on=date(2024, 4, 1))
    given.actuals("ZZ901", 2023, {("clinical", "8a"): (90, 10, 0)})

    body = actuals_body(cells({"white": 180, "bme": 20}), covers=["ZZ901", "ZZ906"])
    response = client.put(PATH, json=body, headers=sender)

    assert response.status_code == 201
    assert response.json()["warnings"] == []


def test_a_band_that_is_empty_and_was_not_is_warned_of(
    client: TestClient, given: Given, sender: Headers
) -> None:
    given.actuals(
        "ZZ901", 2023, {("clinical", "8a"): (340, 61, 0), ("non_clinical", "vsm"): (7, 1, 0)}
    )

    warnings = _warned(client, sender, cells({"white": 340, "bme": 61}))

    assert warnings == [
        {
            "code": "band_emptied",
            "detail": "non_clinical vsm is empty; it had 8 people in 2023.",
        }
    ]


def test_every_warning_is_given_at_once(client: TestClient, given: Given, sender: Headers) -> None:
    given.actuals("ZZ901", 2023, {("clinical", "8a"): (90, 10, 0), ("clinical", "9"): (9, 1, 0)})

    warnings = _warned(client, sender, cells({"white": 30, "bme": 10, "unknown": 10}))

    assert warnings == [
        {
            "code": "unknown_ethnicity",
            "detail": "The ethnicity of 20.0% of staff is not known; above 10% the BME share is"
            " hard to compare.",
        },
        {
            "code": "unknown_share_shift",
            "detail": "The share of unknown ethnicity moved from 0.0% in 2023 to 20.0%, more than"
            " 3 percentage points.",
        },
        {
            "code": "workforce_shift",
            "detail": "The workforce went from 110 in 2023 to 50, by more than 20%, without a"
            " merger.",
        },
        {
            "code": "band_emptied",
            "detail": "clinical 9 is empty; it had 10 people in 2023.",
        },
    ]


def test_warnings_stay_with_their_revision_when_the_year_before_is_corrected(
    client: TestClient, given: Given, sender: Headers
) -> None:
    given.actuals("ZZ901", 2023, {("clinical", "8a"): (90, 10, 0)})
    warnings = _warned(client, sender, cells({"white": 340, "bme": 61}))

    given.actuals("ZZ901", 2023, {("clinical", "8a"): (340, 60, 0)})

    assert _codes(warnings) == ["workforce_shift"]
    held = [one | {"id": "actuals-2024-1-0"} for one in warnings]
    assert client.get(PATH).json()["warnings"] == held
