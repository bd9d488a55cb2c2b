"""Who did it: how every change is recorded."""

from starlette.testclient import TestClient

from tests.api.callers import APPROVAL, TARGET
from tests.bodies import Headers, actuals_body, board_body
from tests.given import Given


def test_who_wrote_is_recorded(client: TestClient, given: Given) -> None:
    system = given.token("trust_data", "RZ1", name="Vendor One")
    lead = given.token("trust", "RZ1", name="RZ1 workforce lead")
    client.put("/v1/trusts/RZ1/actuals/2024", json=actuals_body(), headers=system)
    client.put("/v1/trusts/RZ1/board/2024", json=board_body(), headers=lead)
    client.post("/v1/trusts/RZ1/actuals/2024/sign-off", json=APPROVAL, headers=lead)

    actuals = client.get("/v1/trusts/RZ1/actuals/2024", headers=system).json()
    board = client.get("/v1/trusts/RZ1/board/2024", headers=system).json()

    assert (actuals["recorded_by"], actuals["supplied_by"]) == ("Vendor One", None)
    assert actuals["sign_off"]["signed_off_by"] == "RZ1 workforce lead"
    assert (board["recorded_by"], board["supplied_by"]) == ("RZ1 workforce lead", None)
    assert not actuals["synthetic"]
    assert not board["synthetic"]


def test_what_the_national_team_sends_is_recorded_as_supplied_by_it(
    client: TestClient, national: Headers
) -> None:
    actuals = client.put("/v1/trusts/RZ1/actuals/2024", json=actuals_body(), headers=national)
    board = client.put("/v1/trusts/RZ1/board/2024", json=board_body(), headers=national)
    target = client.post("/v1/trusts/RZ1/targets", json=TARGET, headers=national)

    assert (actuals.json()["recorded_by"], actuals.json()["supplied_by"]) == (
        "national team",
        "national",
    )
    assert (board.json()["recorded_by"], board.json()["supplied_by"]) == (
        "national team",
        "national",
    )
    assert target.json()["created"] == {
        "at": "2026-11-23T09:00:02Z",
        "by": "national team",
        "supplied_by": "national",
    }
