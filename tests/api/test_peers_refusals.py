"""Questions about the peers of a trust that are not answered, and why."""

import pytest
from starlette.testclient import TestClient

from tests.api.comparing import OWN, three_trusts
from tests.bodies import JSON, fault, problem, problem_of
from tests.given import Given

PATH = "/v1/trusts/ZZ901/peers"


def test_figures_of_real_trusts_take_a_token_of_the_national_team(
    client: TestClient, given: Given
) -> None:
    given.actuals("RZ1", 2024, OWN, covers=("RZ0", "RZ1"))

    anonymous = client.get("/v1/trusts/RZ1/peers")
    own = client.get("/v1/trusts/RZ1/peers", headers=given.token("trust", "RZ1"))

    assert problem_of(anonymous)["type"] == "/problems/token-invalid"
    assert anonymous.status_code == 401
    assert problem_of(own) == problem(
        403,
        "not-allowed",
        "Not allowed",
        "A token with the role trust may not do this; it takes one with the role national for"
        " this organisation.",
        role="trust",
        roles_that_may=["national"],
    )


NOT_A_TRUST = problem(
    404, "trust-not-found", "Trust not found", "No trust has the ODS code QMF.", ods_code="QMF"
)
NOTHING = problem(
    404,
    "returns-not-found",
    "Returns not found",
    "No figures of ZZ904 for any census are held.",
    ods_code="ZZ904",
)
NO_CENSUS = problem(
    404,
    "actuals-not-found",
    "Actuals not found",
    "No actuals of ZZ901 for the census of 2020 are held.",
    ods_code="ZZ901",
    year=2020,
)
NO_BOARD = problem(
    404,
    "board-not-found",
    "Board not found",
    "No board of ZZ901 for the census of 2024 is held.",
    ods_code="ZZ901",
    year=2024,
)
NO_STAFF = problem(
    404,
    "actuals-not-found",
    "Actuals not found",
    "No actuals of ZZ905 for the census of 2025 are held.",
    ods_code="ZZ905",
    year=2025,
)


@pytest.mark.parametrize(
    ("path", "params", "expected"),
    [
        pytest.param("QMF", {}, NOT_A_TRUST, id="no trust"),
        pytest.param("ZZ904", {}, NOTHING, id="nothing sent"),
        pytest.param("ZZ901", {"year": 2020}, NO_CENSUS, id="another census sent"),
        pytest.param("ZZ901", {"measure": "board", "year": 2024}, NO_BOARD, id="no board"),
        pytest.param("ZZ905", {"measure": "board"}, NO_STAFF, id="only a board"),
    ],
)
def test_what_was_not_sent_is_not_found(
    client: TestClient, given: Given, path: str, params: JSON, expected: JSON
) -> None:
    three_trusts(given)
    given.board("ZZ905", 2025)

    response = client.get(f"/v1/trusts/{path}/peers", params=params)

    assert problem_of(response) == expected


@pytest.mark.parametrize(
    ("params", "wanted"),
    [
        pytest.param(
            {"as_of": "2030-01-01T00:00:00Z"},
            fault(
                "?as_of",
                "as_of_in_future",
                "as_of is 2030-01-01T00:00:00+00:00, but it is 2026-11-23T09:00:00+00:00: nobody"
                " knows yet.",
            ),
            id="in the future",
        ),
        pytest.param(
            {"measure": "board", "staff_group": "clinical"},
            fault(
                "?staff_group",
                "measure_cannot_be_narrowed",
                "board cannot be narrowed to clinical: the workforce, consultants and the board"
                " stay whole, and other measures are clinical or non_clinical.",
            ),
            id="not narrowed",
        ),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(
    client: TestClient, given: Given, params: JSON, wanted: JSON
) -> None:
    three_trusts(given)

    response = client.get(PATH, params=params)

    assert response.status_code == 422
    assert problem_of(response)["errors"] == [wanted]


@pytest.mark.parametrize(
    ("params", "pointer"),
    [({"number": 0}, "?number"), ({"number": 51}, "?number"), ({"year": 1899}, "?year")],
)
def test_a_malformed_question_is_refused(
    client: TestClient, given: Given, params: JSON, pointer: str
) -> None:
    three_trusts(given)

    response = client.get(PATH, params=params)

    assert problem_of(response)["type"] == "/problems/invalid-request"
    assert [one["pointer"] for one in problem_of(response)["errors"]] == [pointer]
