"""What a revision changed, and what that changed downstream."""

import pytest
from starlette.testclient import TestClient

from app.domain.measures import Measure
from tests.bodies import Headers, fault, problem, problem_of
from tests.given import Given

REVISION = "/v1/trusts/ZZ901/actuals/2024/revisions/2"

LEADERS = {("clinical", "5"): (300, 100, 0), ("clinical", "8a"): (90, 10, 0)}
FEWER = {("clinical", "5"): (300, 100, 0), ("clinical", "8a"): (92, 8, 0)}


def test_a_revision_tells_what_it_changed_and_what_that_changed(
    client: TestClient, given: Given
) -> None:
    for year in (2022, 2023):
        given.actuals("ZZ901", year, LEADERS)
    given.target("ZZ901", Measure.BAND_8A, "2022-2025", goal_share="0.1200")
    given.actuals("ZZ901", 2024, LEADERS)
    given.actuals("ZZ901", 2024, FEWER)

    found = client.get(REVISION).json()

    assert {name: found[name] for name in ("ods_code", "year", "since", "revision")} == {
        "ods_code": "ZZ901",
        "year": 2024,
        "since": 1,
        "revision": 2,
    }
    assert found["changes"] == [
        {
            "staff_group": "clinical",
            "band": "8a",
            "ethnic_group": group,
            "before": before,
            "after": after,
        }
        for group, before, after in (("white", 90, 92), ("bme", 10, 8))
    ]
    effects = {one["measure"]: one for one in found["effects"]}
    assert set(effects) == {"workforce", "leadership", "band_8a"}
    assert effects["workforce"]["changed"] == ["bme"]
    leaders = effects["band_8a"]
    standing = {
        "year": 2024,
        "total": 100,
        "position": "behind",
        "goal_outlook": leaders["after"]["goal_outlook"],
        "parity_year": leaders["after"]["parity_year"],
    }
    assert leaders["after"] == standing | {"bme": 8, "outlook": leaders["after"]["outlook"]}
    assert (leaders["before"]["bme"], leaders["before"]["total"]) == (10, 100)
    # What the answer says is what progress says now.
    progress = client.get("/v1/trusts/ZZ901/progress/band_8a").json()
    assert leaders["after"]["outlook"] == progress["parity"]["outlook"]
    assert leaders["after"]["goal_outlook"] == progress["goal_outlook"]["outlook"]
    assert leaders["after"]["position"] == progress["gap"]["position"]


def test_a_first_revision_is_compared_with_nothing(client: TestClient, given: Given) -> None:
    given.actuals("ZZ901", 2024, LEADERS)

    found = client.get(REVISION.replace("revisions/2", "revisions/1")).json()

    assert (found["since"], found["revision"]) == (0, 1)
    assert [one["before"] for one in found["changes"]] == [0, 0, 0, 0]
    before = {one["measure"]: one["before"] for one in found["effects"]}
    assert (before["workforce"]["bme"], before["workforce"]["total"]) == (0, 0)


def test_any_two_revisions_can_be_compared(client: TestClient, given: Given) -> None:
    for headcounts in (LEADERS, FEWER, LEADERS):
        given.actuals("ZZ901", 2024, headcounts)

    found = client.get(REVISION.replace("revisions/2", "revisions/3"), params={"since": 1}).json()

    assert (found["since"], found["revision"]) == (1, 3)
    assert (found["changes"], found["effects"]) == ([], [])


def test_a_correction_shows_in_the_trust_that_took_over(client: TestClient, given: Given) -> None:
    given.actuals("ZZ904", 2024, LEADERS)
    given.actuals("ZZ903", 2024, LEADERS)
    given.actuals("ZZ903", 2024, FEWER)

    found = client.get("/v1/trusts/ZZ903/actuals/2024/revisions/2").json()

    assert {one["ods_code"] for one in found["effects"]} == {"ZZ903", "ZZ905"}
    (successor,) = (
        one
        for one in found["effects"]
        if (one["ods_code"], one["measure"]) == ("ZZ905", "band_8a")
    )
    assert (successor["before"]["bme"], successor["after"]["bme"]) == (20, 18)


@pytest.mark.parametrize("since", [2, 3])
def test_a_revision_is_compared_with_an_earlier_one(
    client: TestClient, given: Given, since: int
) -> None:
    for headcounts in (LEADERS, FEWER):
        given.actuals("ZZ901", 2024, headcounts)

    response = client.get(REVISION, params={"since": since})

    assert response.status_code == 422
    detail = f"since is {since}; give a revision before 2, or 0 for nothing."
    assert problem_of(response)["errors"] == [fault("?since", "not_before", detail)]


def test_a_revision_that_is_not_there_is_not_compared(
    client: TestClient, given: Given, national: Headers
) -> None:
    missing = client.get(REVISION, headers=national)
    given.actuals("ZZ901", 2024, LEADERS)

    response = client.get(REVISION)

    assert missing.status_code == 404
    assert problem_of(response) == problem(
        404,
        "actuals-revision-not-found",
        "Revision of actuals not found",
        "The actuals of ZZ901 for 2024 have no revision 2; the newest is 1.",
        ods_code="ZZ901",
        year=2024,
        revision=2,
        newest=1,
    )
