"""The board read, as of an instant too."""

import pytest
from starlette.testclient import TestClient

from tests.api.boards import CORRECTED, NOT_HELD, PATH, SHOWN, correct
from tests.bodies import JSON, Headers, board_body, problem, problem_of
from tests.given import Given


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2026-11-23T09:00:00Z", SHOWN), ("2026-11-23T09:00:01Z", CORRECTED)],
)
def test_a_question_as_of_an_instant_is_answered_with_what_was_known_then(
    client: TestClient, sender: Headers, as_of: str, expected: JSON
) -> None:
    correct(client, sender)

    response = client.get(PATH, params={"as_of": as_of})

    assert response.status_code == 200
    assert response.json() == expected


def test_nothing_is_held_as_of_an_instant_before_the_first_revision(
    client: TestClient, sender: Headers
) -> None:
    correct(client, sender)

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
