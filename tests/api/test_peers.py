"""The peers of a trust over HTTP: who they are, what is shown of them, and to whom."""

from starlette.testclient import TestClient

from tests.api.comparing import ACUTE, COMMUNITY, EARLY, LATE, OWN, staff, three_trusts
from tests.api.setting import find_unexplained
from tests.bodies import JSON, Headers
from tests.given import Given

PATH = "/v1/trusts/ZZ901/peers"

WHOLE = {
    "ods_code": "ZZ901",
    "measure": "leadership",
    "staff_group": None,
    "year": 2024,
    "as_of": "2026-11-03T00:00:00Z",
    "method": "1",
    "links": {"method": "/v1/methods/1"},
    "synthetic": True,
    "trusts": {
        "expected": 4,
        "reported": 3,
        "counted_elsewhere": 0,
        "without_people": 0,
        "compared": 3,
    },
    "own": {
        "ods_code": "ZZ901",
        "name": "Acute Trust (demonstration)",
        "type": "acute",
        "workforce": {
            "revision": 1,
            "bme": 200,
            "total": 1000,
            "share": 0.2,
            "share_of_known": 0.2,
            "unknown_share": 0.0,
            "interval_95": {"lower": 0.176377, "upper": 0.225919},
        },
        "people": {
            "revision": 1,
            "bme": 20,
            "total": 200,
            "share": 0.1,
            "share_of_known": 0.1,
            "unknown_share": 0.0,
            "interval_95": {"lower": 0.06567, "upper": 0.149406},
        },
    },
    "peers": [
        {
            "ods_code": "ZZ903",
            "name": "Trust ZZ903 (demonstration)",
            "type": "acute",
            "workforce": {
                "revision": 1,
                "bme": 1600,
                "total": 4000,
                "share": 0.4,
                "share_of_known": 0.4,
                "unknown_share": 0.0,
                "interval_95": {"lower": 0.384921, "upper": 0.415271},
            },
            "people": {
                "revision": 1,
                "bme": 2,
                "total": 50,
                "share": 0.04,
                "share_of_known": 0.04,
                "unknown_share": 0.0,
                "interval_95": {"lower": 0.011039, "upper": 0.134601},
            },
            "likeness": {
                "same_type": True,
                "distance": 3.037171,
                "size_ratio": 4.0,
                "share_difference": 0.2,
            },
            "difference": {
                "share": -0.06,
                "interval_95": {"lower": -0.117268, "upper": 0.040637},
            },
        },
        {
            "ods_code": "ZZ902",
            "name": "Community Trust (demonstration)",
            "type": "community",
            "workforce": {
                "revision": 1,
                "bme": 210,
                "total": 1000,
                "share": 0.21,
                "share_of_known": 0.21,
                "unknown_share": 0.0,
                "interval_95": {"lower": 0.185889, "upper": 0.236331},
            },
            "people": {
                "revision": 1,
                "bme": 30,
                "total": 200,
                "share": 0.15,
                "share_of_known": 0.15,
                "unknown_share": 0.0,
                "interval_95": {"lower": 0.107136, "upper": 0.206056},
            },
            "likeness": {
                "same_type": False,
                "distance": 0.108679,
                "size_ratio": 1.0,
                "share_difference": 0.01,
            },
            "difference": {
                "share": 0.05,
                "interval_95": {"lower": -0.015408, "upper": 0.115733},
            },
        },
    ],
    "scales": {"log_size_sd": 0.653505, "share_sd": 0.092014},
    "standing": {"rank": 2, "interval_95": {"lower": 1, "upper": 3}, "of": 3},
    "warnings": [],
}
"""Worked out with SciPy's and statsmodels' functions, too."""


def codes(body: JSON) -> list[str]:
    """Return the codes of the peers, in order."""
    return [peer["ods_code"] for peer in body["peers"]]


def test_peers_are_shown_with_distances_differences_and_a_rank(
    client: TestClient, given: Given
) -> None:
    three_trusts(given)

    response = client.get(PATH)

    assert response.status_code == 200
    assert response.json() == WHOLE


def test_unknown_ethnicity_goes_with_every_share(client: TestClient, given: Given) -> None:
    three_trusts(given)
    given.actuals(
        "ZZ901", 2024, {("clinical", "8a"): (160, 20, 20), ("clinical", "5"): (0, 0, 99)}
    )

    body = client.get(PATH).json()

    own, peer = body["own"], body["peers"][0]
    members = ("share", "share_of_known", "unknown_share")
    groups = (own["people"], own["workforce"], peer["people"])
    assert [[one[name] for name in members] for one in groups] == [
        [0.1, 0.111111, 0.1],
        [0.06689, 0.111111, 0.397993],
        [0.04, 0.04, 0.0],
    ]
    assert body["warnings"] == [
        {
            "code": "unknown_ethnicity",
            "detail": "In 1 trust the ethnicity of more than one person in ten is not known;"
            " unknown is not “not BME”.",
        }
    ]


def test_no_more_peers_come_than_are_asked_for(client: TestClient, given: Given) -> None:
    three_trusts(given)

    body = client.get(PATH, params={"number": 1}).json()

    assert codes(body) == ["ZZ903"]
    assert body["scales"] == WHOLE["scales"]
    assert body["standing"] == {"rank": 1, "interval_95": {"lower": 1, "upper": 2}, "of": 2}


def test_the_newest_census_that_the_trust_has_sent_is_compared_unless_one_is_asked_for(
    client: TestClient, given: Given
) -> None:
    three_trusts(given)
    given.actuals("ZZ901", 2023, ACUTE)
    given.actuals("ZZ902", 2025, COMMUNITY)

    newest = client.get(PATH).json()
    asked = client.get(PATH, params={"year": 2023}).json()

    assert (newest["year"], codes(newest)) == (2024, ["ZZ903", "ZZ902"])
    assert (asked["year"], codes(asked)) == (2023, [])
    assert asked["standing"] == {"rank": 1, "interval_95": {"lower": 1, "upper": 1}, "of": 1}


def test_another_measure_may_be_asked_for_and_narrowed(client: TestClient, given: Given) -> None:
    three_trusts(given)
    given.actuals(
        "ZZ901", 2024, {**OWN, ("non_clinical", "9"): (3, 9, 0), ("medical", "other"): (1, 1, 1)}
    )

    workforce = client.get(PATH, params={"measure": "workforce"}).json()
    narrowed = client.get(PATH, params={"staff_group": "non_clinical"}).json()

    assert workforce["own"]["people"] == workforce["own"]["workforce"]
    assert workforce["own"]["people"]["total"] == 1015
    assert narrowed["staff_group"] == "non_clinical"
    assert narrowed["own"]["people"]["bme"] == 9
    assert narrowed["own"]["people"]["revision"] == 2
    assert narrowed["trusts"]["without_people"] == 2


def test_boards_are_compared_among_trusts_found_by_their_staff(
    client: TestClient, given: Given
) -> None:
    three_trusts(given)
    given.board("ZZ901", 2024, {(True, True): (4, 1, 0), (False, True): (5, 0, 0)})
    given.board("ZZ902", 2024, {(True, True): (4, 2, 0), (True, False): (5, 2, 1)})
    given.board("ZZ904", 2024)

    body = client.get(PATH, params={"measure": "board_executive"}).json()
    voting = client.get(PATH, params={"measure": "board_voting"}).json()

    assert codes(body) == ["ZZ902"]
    assert body["trusts"]["reported"] == 2
    assert (body["own"]["people"]["bme"], body["own"]["people"]["total"]) == (1, 10)
    assert body["own"]["workforce"]["total"] == 1000
    assert (voting["own"]["people"]["total"], voting["peers"][0]["people"]["total"]) == (5, 14)
    assert [one["code"] for one in voting["warnings"]] == ["small_groups"]


def test_trusts_that_were_not_open_on_the_day_are_no_peers(
    client: TestClient, given: Given
) -> None:
    three_trusts(given)
    given.actuals("ZZ905", 2024, ACUTE, covers=("ZZ903", "ZZ904"))

    body = client.get(PATH).json()

    assert codes(body) == ["ZZ903", "ZZ902"]
    assert body["trusts"] == WHOLE["trusts"]


def test_a_successor_is_compared_without_the_trusts_that_its_own_return_covers(
    client: TestClient, given: Given
) -> None:
    three_trusts(given)
    given.actuals("ZZ905", 2024, ACUTE, covers=("ZZ903", "ZZ904"))

    body = client.get("/v1/trusts/ZZ905/peers").json()

    assert codes(body) == ["ZZ902", "ZZ901"]
    assert body["own"]["type"] == "mental_health"
    assert body["trusts"] == {
        "expected": 5,
        "reported": 4,
        "counted_elsewhere": 1,
        "without_people": 0,
        "compared": 3,
    }


def test_a_trust_of_unknown_type_says_so(
    client: TestClient, given: Given, national: Headers
) -> None:
    entry = {"kind": "trust", "name": "Trust without a type (demonstration)"}
    assert client.put("/v1/organisations/ZZ910", json=entry, headers=national).status_code == 201
    three_trusts(given)
    given.actuals("ZZ910", 2024, OWN)

    body = client.get("/v1/trusts/ZZ910/peers").json()

    assert (body["own"]["type"], body["own"]["type_reason"]) == (None, "not_in_register")
    assert codes(body) == ["ZZ901", "ZZ902", "ZZ903"]
    assert find_unexplained(body) == []


def test_a_trust_with_nobody_in_the_measure_says_why_it_has_no_rank(
    client: TestClient, given: Given
) -> None:
    three_trusts(given)
    given.actuals("ZZ901", 2024, staff((0, 0), (200, 1000)))

    body = client.get(PATH).json()

    assert codes(body) == ["ZZ903", "ZZ902"]
    assert (body["standing"], body["standing_reason"]) == (None, "no_people")
    assert body["peers"][0]["difference_reason"] == "no_people"
    assert body["own"]["people"]["share_reason"] == "no_people"
    assert body["trusts"]["without_people"] == 1
    assert find_unexplained(body) == []


def test_an_answer_as_of_an_instant_uses_what_was_known_then(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("ZZ901", 2024, OWN, at=EARLY)
    given.actuals("ZZ902", 2024, COMMUNITY, at=EARLY)
    then = client.get(PATH).json()
    given.actuals("ZZ902", 2024, ACUTE, at=LATE)
    entry = {"kind": "trust", "name": "Other (demonstration)", "type": "acute"}
    held = client.get("/v1/organisations/ZZ902").headers["etag"]
    sent = client.put("/v1/organisations/ZZ902", json=entry, headers=national | {"If-Match": held})
    assert sent.status_code == 200

    now = client.get(PATH).json()

    assert then["as_of"] == "2026-11-02T00:00:00.000001Z"
    assert client.get(PATH, params={"as_of": then["as_of"]}).json() == then
    assert now["as_of"] > "2026-11-23"
    (peer,) = now["peers"]
    assert (peer["name"], peer["type"]) == ("Other (demonstration)", "acute")
    assert peer["people"]["revision"] == 2


def test_real_trusts_are_compared_among_real_ones(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ1", 2024, OWN, covers=("RZ0", "RZ1"))
    given.actuals("RZ2", 2024, COMMUNITY)
    given.actuals("RZ0", 2024, ACUTE)

    body = client.get("/v1/trusts/RZ2/peers", headers=national).json()

    assert body["synthetic"] is False
    assert codes(body) == ["RZ1"]
    assert (body["trusts"]["expected"], body["trusts"]["counted_elsewhere"]) == (3, 1)


def test_a_trust_without_staff_has_no_peers(client: TestClient, given: Given) -> None:
    three_trusts(given)
    given.actuals("ZZ901", 2024, {("clinical", "8a"): (0, 0, 0)})

    body = client.get(PATH).json()

    assert body["peers"] == []
    assert (body["scales"], body["scales_reason"]) == (None, "no_people")
    assert body["own"]["workforce"]["share_reason"] == "no_people"
    assert find_unexplained(body) == []
