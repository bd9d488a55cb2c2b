"""Progress of a real trust as everybody may read it once its censuses are released."""

import pytest
from starlette.testclient import TestClient

from app.domain.measures import Measure
from tests.api.beginnings import Begin
from tests.api.callers import NO_TOKEN, not_allowed
from tests.api.public import FIRST, LARGE, SMALL, read, release, send
from tests.bodies import JSON, Headers, problem_of
from tests.given import Given

TRUST = "/v1/trusts/RZ2"
LEADERSHIP = f"{TRUST}/progress/leadership"
YEARS = range(FIRST, FIRST + 5)


@pytest.fixture
def begin(request: pytest.FixtureRequest) -> Begin | None:
    return send_and_release if "released" in request.fixturenames else None


@pytest.fixture
def released(given: Given) -> Given:
    """A large trust whose censuses are released."""
    return given


def send_and_release(client: TestClient, given: Given, national: Headers) -> None:
    send(given, "RZ2")
    release(client, national, *YEARS)


def figures(body: JSON) -> list[tuple[object, ...]]:
    return [
        (one["year"], one["bme"], one["total"], one.get("suppressed")) for one in body["actuals"]
    ]


@pytest.mark.usefixtures("released")
def test_released_censuses_are_told_rounded(client: TestClient) -> None:
    body = read(client, LEADERSHIP)

    shown = body.pop("actuals")
    assert figures({"actuals": shown}) == [
        (2021, 40, 320, None),
        (2022, 45, 320, None),
        (2023, 45, 320, None),
        (2024, 50, 320, None),
        (2025, 50, 320, None),
    ]
    assert body == {
        "figures": "controlled",
        "ods_code": "RZ2",
        "measure": "leadership",
        "staff_group": None,
        "continuity": "combined",
        "as_of": "2026-11-23T09:00:04Z",
        "method": "1",
        "links": {"method": "/v1/methods/1"},
        "synthetic": False,
        "parity": {
            "census": 2025,
            "reference": "own_workforce",
            "reference_share": 0.21,
            "gap": 0.05375,
            "outlook": "projected",
            "year": 2033,
            "probability_closing": 0.87,
        },
    }


@pytest.mark.usefixtures("released")
def test_outlooks_are_those_that_the_trust_itself_reads(
    client: TestClient, national: Headers
) -> None:
    measures = ("leadership", "band_8a")

    for measure in measures:
        path = f"{TRUST}/progress/{measure}"
        exact, public = read(client, path, national)["parity"], read(client, path)["parity"]

        assert (public["outlook"], public["year"]) == (exact["outlook"], exact["year"])
        assert public["probability_closing"] == round(exact["probability_closing"], 2)


@pytest.mark.usefixtures("released")
def test_every_measure_is_told_to_who_sees_no_targets(client: TestClient) -> None:
    every = read(client, f"{TRUST}/progress")["items"]
    narrowed = read(client, f"{TRUST}/progress", staff_group="clinical")["items"]

    assert [one["measure"] for one in every] == list(Measure)
    assert {one["staff_group"] for one in narrowed} == {"clinical"}
    assert [one["measure"] for one in narrowed] == [*list(Measure)[1:9]]
    assert {one["measure"]: one.get("parity_reason") for one in every} == {
        "workforce": "is_the_reference",
        "leadership": None,
        "senior_leadership": "suppressed",
        "band_8a": None,
        "band_8b": "suppressed",
        "band_8c": "suppressed",
        "band_8d": "suppressed",
        "band_9": "suppressed",
        "vsm": "suppressed",
        "consultants": "suppressed",
        "board": "no_actuals",
        "board_voting": "no_actuals",
        "board_executive": "no_actuals",
    }


def test_nothing_is_told_of_a_small_count_nor_what_depends_on_it(
    client: TestClient, given: Given, national: Headers
) -> None:
    send(given, "RZ2")
    given.actuals("RZ2", 2023, SMALL[2])
    release(client, national, *YEARS)

    body = read(client, LEADERSHIP)

    assert figures(body)[2] == (2023, None, None, "primary")
    assert (body["actuals"][2]["share"], body["actuals"][2]["share_reason"]) == (
        None,
        "suppressed",
    )
    assert (body["parity"], body["parity_reason"]) == (None, "suppressed")


@pytest.mark.usefixtures("released")
def test_a_reference_can_be_given(client: TestClient) -> None:
    body = read(client, LEADERSHIP, reference="fixed", reference_share="0.125")

    assert (body["parity"]["reference"], body["parity"]["reference_share"]) == ("fixed", 0.125)
    assert (body["parity"]["gap"], body["parity"]["outlook"]) == (
        -0.03125,
        "at_or_above_reference",
    )


def test_a_target_and_a_hidden_correction_change_nothing(
    client: TestClient, released: Given
) -> None:
    before = client.get(LEADERSHIP)
    released.target("RZ2", Measure.LEADERSHIP, "2022-2025", goal_share="0.2000")
    released.actuals("RZ2", 2025, SMALL[4], note="Counted again.")

    after = client.get(LEADERSHIP)

    assert (after.headers["ETag"], after.content) == (before.headers["ETag"], before.content)


@pytest.mark.usefixtures("released")
@pytest.mark.parametrize("path", [f"{LEADERSHIP}?target_version=1", f"{TRUST}/wres/2024"])
def test_targets_and_what_cannot_be_told_safely_take_a_token(
    client: TestClient, path: str
) -> None:
    assert problem_of(client.get(path)) == NO_TOKEN


@pytest.mark.usefixtures("released")
def test_nobody_else_may_suppose_anything(client: TestClient) -> None:
    assert problem_of(client.post(f"{LEADERSHIP}/what-if", json={})) == NO_TOKEN


def test_another_trust_reads_what_everybody_does(client: TestClient, released: Given) -> None:
    anonymous = read(client, LEADERSHIP)

    for role, code in (("trust", "RZ1"), ("trust_data", "RZ1"), ("area", "Y56")):
        assert read(client, LEADERSHIP, released.token(role, code)) == anonymous


def test_a_trust_that_released_nothing_is_not_told(client: TestClient, given: Given) -> None:
    send(given, "RZ2")

    anonymous = client.get(LEADERSHIP)
    area = client.get(LEADERSHIP, headers=given.token("area", "Y63"))

    assert problem_of(anonymous) == NO_TOKEN
    assert problem_of(area) == not_allowed("area", "national", "trust", "trust_data")


def test_a_successor_is_told_with_what_its_predecessors_released(
    client: TestClient, given: Given, national: Headers
) -> None:
    for year in YEARS[:3]:
        for code in ("RZ0", "RZ1"):
            given.actuals(code, year, LARGE[year - FIRST])
    release(client, national, *YEARS[:3])

    combined = read(client, "/v1/trusts/RZ1/progress/leadership")
    alone = read(client, "/v1/trusts/RZ1/progress/leadership", continuity="as_reported")

    assert figures(combined) == [
        (2021, 80, 640, None),
        (2022, 85, 640, None),
        (2023, 90, 640, None),
    ]
    assert figures(alone)[-1] == (2023, 45, 320, None)
