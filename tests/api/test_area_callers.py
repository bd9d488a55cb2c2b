"""Who may read sums over trusts: everybody of invented ones, the national team of real ones."""

import pytest
from starlette.testclient import TestClient

from tests.api.areas import NORTH, ask, census, counts
from tests.bodies import Headers, problem, problem_of
from tests.given import Given

ENGLAND = "/v1/england/progress"


@pytest.mark.parametrize("path", [NORTH, ENGLAND])
def test_sums_over_real_trusts_are_for_the_national_team(
    client: TestClient, given: Given, national: Headers, path: str
) -> None:
    given.actuals("RZ2", 2024, census(2024, 20))

    anonymous = client.get(path)
    team = client.get(path, headers=national)

    assert problem_of(anonymous) == problem(
        401, "token-invalid", "A valid token is required", "This takes a bearer token."
    )
    assert (team.status_code, team.json()["synthetic"]) == (200, False)
    assert [row["ods_code"] for row in team.json()["rows"]][-13:] == ["RZ2"] * 13


@pytest.mark.parametrize(
    ("role", "codes"), [("area", ("Y63",)), ("trust", ("RZ2",)), ("trust_data", ("RZ2",))]
)
def test_areas_and_trusts_may_not_read_exact_sums_of_real_trusts(
    client: TestClient, given: Given, role: str, codes: tuple[str, ...]
) -> None:
    given.actuals("RZ2", 2024, census(2024, 20))

    response = client.get(NORTH, headers=given.token(role, *codes))

    assert problem_of(response) == problem(
        403,
        "not-allowed",
        "Not allowed",
        f"A token with the role {role} may not do this; it takes one with the role national for"
        " this organisation.",
        role=role,
        roles_that_may=["national"],
    )


@pytest.mark.parametrize("role", ["anonymous", "trust", "trust_data", "area", "national"])
def test_everybody_may_read_sums_over_invented_trusts(
    client: TestClient, given: Given, role: str
) -> None:
    given.actuals("ZZ902", 2024, census(2024, 20))
    of = {"area": ("Y56",), "trust": ("RZ1",), "trust_data": ("RZ1",)}.get(role, ())
    headers = {} if role == "anonymous" else given.token(role, *of)

    body = client.get(NORTH, params={"measure": "leadership"}, headers=headers).json()

    assert (body["synthetic"], counts(body)) == (True, [(2024, 32, 200)])


def test_a_board_alone_shows_that_the_trusts_are_invented(
    client: TestClient, given: Given
) -> None:
    given.board("ZZ902", 2024)

    assert counts(ask(client, measure="board")) == [(2024, 3, 12)]
