"""Returns as of an instant, whatever the register says later; and the plans of two cycles."""

import pytest
from starlette.testclient import TestClient

from tests.api.beginnings import Begin
from tests.api.returns import COVERED, OVERDUE, PATH, PLAN, SIGNED_OFF, send
from tests.bodies import JSON, Headers
from tests.given import Given


@pytest.fixture
def begin(request: pytest.FixtureRequest) -> Begin | None:
    return send if "sent" in request.fixturenames else None


@pytest.fixture
def sent(client: TestClient) -> TestClient:
    """A client of a service that holds what was sent for 2024."""
    return client


def change(client: TestClient, national: Headers, code: str, body: JSON) -> None:
    """Change the register."""
    path = f"/v1/organisations/{code}"
    held = client.get(path, headers=national)
    named = {"If-Match": held.headers["ETag"]} if held.status_code == 200 else {}
    put = client.put(path, json={"kind": "trust", **body}, headers=national | named)
    assert put.is_success, put.text


def test_what_the_register_says_later_changes_no_answer_as_of_an_instant(
    sent: TestClient, given: Given, national: Headers
) -> None:
    instant = {"as_of": "2026-11-23T09:00:08Z"}
    before = sent.get(PATH, headers=national, params=instant).json()
    newly = {"name": "Second Renamed NHS Trust", "closed": "2024-03-30", "region": "Y56"}
    change(sent, national, "RZ2", newly)
    change(sent, national, "RZ7", {"name": "Seventh Example NHS Trust", "opened": "2020-04-01"})

    after = sent.get(PATH, headers=national, params=instant).json()
    now = sent.get(PATH, headers=national).json()
    again = sent.get(PATH, headers=national, params={"as_of": now["as_of"]}).json()
    of_area = sent.get(PATH, headers=given.token("area", "Y63"), params=instant).json()

    assert before["items"] == [OVERDUE, COVERED, SIGNED_OFF]
    assert after == before
    assert [one["ods_code"] for one in now["items"]] == ["RZ7", "RZ0", "RZ1"]
    assert again == now
    # Whom an area is for is what the register says today.
    assert of_area["items"] == []


def test_before_the_register_was_loaded_its_first_entries_are_known(
    sent: TestClient, national: Headers
) -> None:
    body = sent.get(PATH, headers=national, params={"as_of": "2025-01-01T00:00:00Z"}).json()

    assert [one["ods_code"] for one in body["items"]] == ["RZ0", "RZ1", "RZ2"]


def test_where_one_cycle_ends_the_plans_of_both_are_told(
    sent: TestClient, national: Headers
) -> None:
    plan = PLAN | {"targets": [], "actions": [], "reviews": []}
    put = sent.put("/v1/trusts/RZ2/action-plans/2025-2028", json=plan, headers=national)
    assert put.is_success, put.text

    body = sent.get("/v1/england/returns/2025", headers=national, params={"icb": "QHM"}).json()

    (row,) = body["items"]
    (closing, begun) = row["plans"]
    assert (closing["cycle"], closing["closing"]) == ("2022-2025", True)
    assert closing["action_plan"]["reviews"] == [1]
    assert (begun["cycle"], begun["closing"]) == ("2025-2028", False)
    assert begun["action_plan"] == row["action_plan"]
    assert [list(one.values()) for one in body["summary"]["plans_by_cycle"]] == [
        ["2022-2025", True, 1, 1, 0],
        ["2025-2028", False, 1, 0, 0],
    ]
    assert (body["summary"]["plans"], body["summary"]["plans_reviewed"]) == (1, 0)
