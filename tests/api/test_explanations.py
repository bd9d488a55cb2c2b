"""What trusts say to the warnings that stay with their figures."""

import pytest
from starlette.testclient import TestClient

from tests.api.actuals import PATH
from tests.bodies import (
    Headers,
    actuals_body,
    board_body,
    cells,
    indicators_body,
    members,
    pools_body,
    problem,
    problem_of,
)
from tests.given import Given

WARNING = "/v1/trusts/ZZ901/warnings/actuals-2024-1-0"
SAID = {"explanation": "A new system; the rest follows."}


@pytest.fixture
def warned(client: TestClient, sender: Headers) -> TestClient:
    """The service with a census that has a warning."""
    body = actuals_body(cells({"white": 30, "bme": 10, "unknown": 10}))
    assert client.put(PATH, json=body, headers=sender).status_code == 201
    return client


def test_a_warning_is_explained_beside_it(warned: TestClient, sender: Headers) -> None:
    before = warned.get(PATH).headers["ETag"]

    response = warned.put(WARNING, json=SAID, headers=sender)

    assert response.status_code == 200
    assert response.headers["ETag"] == '"1"'
    assert response.json() == {
        "warning_id": "actuals-2024-1-0",
        "explanation": "A new system; the rest follows.",
        "edition": 1,
        "recorded_at": response.json()["recorded_at"],
        "recorded_by": "HR system",
        "supplied_by": None,
    }
    shown = warned.get(PATH)
    assert shown.json()["warnings"] == [
        {
            "code": "unknown_ethnicity",
            "detail": "The ethnicity of 20.0% of staff is not known; above 10% the BME share is"
            " hard to compare.",
            "id": "actuals-2024-1-0",
            "explanation": "A new system; the rest follows.",
        }
    ]
    assert (before, shown.headers["ETag"]) == ('"1"', '"1@1"')
    (listed,) = warned.get("/v1/trusts/ZZ901/actuals").json()["items"]
    (revision,) = warned.get(f"{PATH}/revisions").json()["items"]
    assert listed["warnings"] == revision["warnings"] == shown.json()["warnings"]


def test_an_explanation_is_changed_by_whoever_has_read_it(
    warned: TestClient, sender: Headers, given: Given
) -> None:
    warned.put(WARNING, json=SAID, headers=sender)
    rows = given.count_rows()
    other = {"explanation": "It was an error."}

    same = warned.put(WARNING, json=SAID, headers=sender)
    blind = warned.put(WARNING, json=other, headers=sender)
    stale = warned.put(WARNING, json=other, headers=sender | {"If-Match": '"2"'})
    assert given.count_rows() == rows
    changed = warned.put(WARNING, json=other, headers=sender | {"If-Match": '"1"'})

    assert (same.status_code, same.json()["edition"]) == (200, 1)
    assert (blind.status_code, stale.status_code) == (428, 412)
    assert (changed.json()["edition"], changed.json()["explanation"]) == (2, "It was an error.")
    assert warned.get(PATH).headers["ETag"] == '"1@2"'


def test_what_was_read_with_an_explanation_can_be_corrected(
    warned: TestClient, sender: Headers
) -> None:
    warned.put(WARNING, json=SAID, headers=sender)
    match = {"If-Match": warned.get(PATH).headers["ETag"]}

    response = warned.put(PATH, json=actuals_body(reason="So"), headers=sender | match)

    assert (response.status_code, response.json()["warnings"]) == (200, [])


def test_a_warning_of_a_board_is_explained_too(client: TestClient, sender: Headers) -> None:
    path = "/v1/trusts/ZZ901/board/2024"
    client.put(path, json=board_body(members({"white": 41})), headers=sender)

    response = client.put("/v1/trusts/ZZ901/warnings/board-2024-1-0", json=SAID, headers=sender)

    assert response.status_code == 200
    shown = client.get(path)
    assert [one["explanation"] for one in shown.json()["warnings"]] == [SAID["explanation"]]
    assert shown.headers["ETag"] == '"1@1"'


def test_a_warning_of_indicators_is_explained_too(client: TestClient, sender: Headers) -> None:
    path = "/v1/trusts/ZZ901/indicators/2024"
    body = indicators_body(indicator_2=pools_body((400, 300), (200, 19)))
    client.put(path, json=body, headers=sender)

    response = client.put(
        "/v1/trusts/ZZ901/warnings/indicators-2024-1-0", json=SAID, headers=sender
    )

    assert (response.status_code, response.json()["warning_id"]) == (200, "indicators-2024-1-0")
    shown, again = client.get(path), client.put(path, json=body, headers=sender)
    assert [(one["id"], one["explanation"]) for one in shown.json()["warnings"]] == [
        ("indicators-2024-1-0", SAID["explanation"])
    ]
    assert again.json() == shown.json()
    assert [one.headers["ETag"] for one in (shown, again)] == ['"1@1"'] * 2
    correction = indicators_body(reason="A column was read twice")
    corrected = client.put(path, json=correction, headers=sender | {"If-Match": '"1@1"'})
    assert (corrected.status_code, corrected.json()["warnings"]) == (200, [])
    assert corrected.headers["ETag"] == '"2"'


@pytest.mark.parametrize(
    "warning",
    [
        "actuals-2024-1-1",
        "actuals-2024-2-0",
        "actuals-2023-1-0",
        "board-2024-1-0",
        "indicators-2024-1-0",
        "first",
        "a-b",
    ],
)
def test_a_warning_that_is_not_there_is_not_explained(
    warned: TestClient, sender: Headers, given: Given, warning: str
) -> None:
    before = given.count_rows()

    response = warned.put(f"/v1/trusts/ZZ901/warnings/{warning}", json=SAID, headers=sender)

    assert problem_of(response) == problem(
        404,
        "warning-not-found",
        "Warning not found",
        f"The figures of ZZ901 carry no warning {warning}.",
        ods_code="ZZ901",
        warning_id=warning,
    )
    assert given.count_rows() == before


def test_nobody_explains_what_is_not_theirs(warned: TestClient, given: Given) -> None:
    assert warned.put(WARNING, json=SAID).status_code == 401
    other = given.token("trust", "ZZ902")
    assert warned.put(WARNING, json=SAID, headers=other).status_code == 403
