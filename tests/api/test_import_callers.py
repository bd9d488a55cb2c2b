"""Who may import what, and who sees which imports."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.callers import not_allowed
from tests.api.imports import IMPORTS, LONG, SOURCE, send
from tests.bodies import Headers, problem, problem_of
from tests.given import Given

ROWS = LONG.partition("\n")[2]

TWO = LONG + ROWS.replace("ZZ901", "ZZ902").replace("61", "60")
"""The same of another trust, but with another BME count."""

TWO_TOTALS: dict[str, Any] = {"expected_workforce": 801, "expected_bme": 121}


def test_every_trust_that_a_caller_may_not_write_for_is_named_at_once(
    client: TestClient, given: Given
) -> None:
    given.actuals("ZZ902", 2024)
    given.actuals("ZZ903", 2024)
    own = given.token("trust", "ZZ901")
    content = TWO + ROWS.replace("ZZ901", "ZZ903")

    response = send(client, content, own, **SOURCE, expected_workforce=1202, expected_bme=182)

    # That something else is held of the others, and would take a reason, is not told.
    assert [(one["pointer"], one["detail"]) for one in problem_of(response)["errors"]] == [
        ("/file/A4", "A token with the role trust may not write for ZZ902."),
        ("/file/A6", "A token with the role trust may not write for ZZ903."),
    ]


def test_a_trust_sends_its_predecessors_figures_too(client: TestClient, given: Given) -> None:
    own = given.token("trust", "ZZ905")

    response = send(
        client, LONG.replace("ZZ901", "ZZ903"), own, **SOURCE,
        expected_workforce=401, expected_bme=61,
    )  # fmt: skip

    assert response.status_code == 201
    assert [one["id"] for one in client.get(IMPORTS, headers=own).json()["items"]] == [
        response.json()["id"]
    ]


@pytest.mark.parametrize("kind", ["actuals", "board", "indicators"])
def test_an_area_imports_nothing(client: TestClient, given: Given, kind: str) -> None:
    response = send(client, LONG, given.token("area", "QMF"), kind=kind)

    assert response.status_code == 403
    assert problem_of(response)["role"] == "area"


def test_a_data_system_imports_no_targets(client: TestClient, sender: Headers) -> None:
    content = "Trust,Measure,Cycle,Goal\nZZ901,VSM,2022-2025,Maintain\n"

    response = send(client, content, sender, kind="targets")

    assert response.status_code == 403
    assert problem_of(response)["roles_that_may"] == ["national", "trust"]


def test_nobody_imports_or_sees_imports_without_a_token(client: TestClient, given: Given) -> None:
    assert given
    told = problem(401, "token-invalid", "A valid token is required", "This takes a bearer token.")

    for response in (
        send(client, LONG, {}),
        client.get(IMPORTS),
        client.get(f"{IMPORTS}/nothing"),
    ):
        assert problem_of(response) == told


def test_imports_of_others_figures_are_not_there(
    client: TestClient, national: Headers, given: Given
) -> None:
    both = send(client, TWO, national, **SOURCE, **TWO_TOTALS).json()
    one = send(
        client, LONG.replace("2024", "2023"), national, **SOURCE,
        expected_workforce=401, expected_bme=61,
    ).json()  # fmt: skip
    own, area = given.token("trust", "ZZ901"), given.token("area", "QMF")

    assert [i["id"] for i in client.get(IMPORTS, headers=own).json()["items"]] == [one["id"]]
    assert client.get(f"{IMPORTS}/{one['id']}", headers=own).status_code == 200
    assert client.get(f"{IMPORTS}/{both['id']}", headers=own).status_code == 404
    assert client.get(f"{IMPORTS}/{both['id']}", headers=national).json()["supplied_by"] == (
        "national"
    )
    assert problem_of(client.get(IMPORTS, headers=area)) == not_allowed(
        "area", "national", "trust", "trust_data"
    )
