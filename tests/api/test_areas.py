"""The sums of an area: what its trusts come to, who reported and what changed."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from app.domain.measures import Measure
from tests.api.areas import (
    NORTH,
    YEARS,
    ask,
    census,
    counts,
    shortened,
    summed,
    two_in_the_north,
)
from tests.api.databases import on_sqlite
from tests.api.setting import find_unexplained
from tests.bodies import problem, problem_of
from tests.given import Given

SHARED = ("share", "share_of_known", "unknown_share", "interval_95", "bme", "white", "total")


def test_a_sum_may_be_larger_than_any_count_that_may_be_sent(
    client: TestClient, given: Given
) -> None:
    for code in ("ZZ901", "ZZ902"):
        given.actuals(code, 2025, {("clinical", "5"): (9_000_000, 900_000, 0)})

    (workforce,) = client.get("/v1/england/progress?measure=workforce").json()["measures"]

    assert (workforce["actuals"][0]["bme"], workforce["actuals"][0]["total"]) == (
        1_800_000,
        19_800_000,
    )


def test_an_area_is_the_sum_of_its_trusts(client: TestClient, given: Given) -> None:
    two_in_the_north(given)

    body = ask(client)

    (measure,) = body.pop("measures")
    first, second = measure["actuals"][:2]
    assert first == {
        "year": 2021,
        "bme": 50,
        "white": 450,
        "unknown": 0,
        "total": 500,
        "share": 0.1,
        "share_of_known": 0.1,
        "unknown_share": 0.0,
        "interval_95": {"lower": 0.076678, "upper": 0.129422},
        "state": "provisional",
        "trusts_expected": 2,
        "trusts_reported": 2,
        "in_trend": True,
        "change_on_all": None,
        "change_on_all_reason": "first_census",
        "change_on_same_trusts": None,
        "change_on_same_trusts_reason": "first_census",
    }
    change = {"since": 2021, "trusts": 2, "trusts_then": 2, "bme": 8, "total": 0, "share": 0.016}
    assert second["change_on_all"] == second["change_on_same_trusts"] == change
    assert body.pop("rows")[0]["ods_code"] == "ZZ902"
    assert body.pop("returns")[-1] == {
        "year": 2025,
        "counted": "staff",
        "expected": 2,
        "reported": 2,
        "reported_codes": ["ZZ902", "ZZ906"],
        "missing_codes": [],
    }
    assert body == {
        "ods_code": "Y63",
        "name": "North East and Yorkshire",
        "kind": "region",
        "boundaries": "today",
        "continuity": "combined",
        "as_of": body["as_of"],
        "method": "1",
        "links": {"method": "/v1/methods/1"},
        "synthetic": True,
        "trusts": 2,
        "rows_of": "trust",
    }


@on_sqlite
def test_the_trend_of_an_area_is_that_of_a_trust_with_the_same_people(
    client: TestClient, given: Given
) -> None:
    two_in_the_north(given)
    for year in YEARS:
        given.actuals("ZZ901", year, summed(year, 20, 30))

    (measure,) = ask(client)["measures"]
    trust = client.get("/v1/trusts/ZZ901/progress/leadership", params={"horizon": 1}).json()

    for part in ("forecast", "trend", "parity"):
        assert measure[part] == trust[part]
    assert [{name: one[name] for name in SHARED} for one in measure["actuals"]] == [
        {name: one[name] for name in SHARED} for one in trust["actuals"]
    ]
    assert measure["warnings"] == [
        {"code": "provisional", "detail": "Not every board has signed off the census of 2025."}
    ]


def test_an_area_has_no_targets_but_its_trusts_goals_are_added_up(
    client: TestClient, given: Given
) -> None:
    two_in_the_north(given)
    given.target("ZZ902", Measure.LEADERSHIP, "2025-2028", goal_share="0.2500")
    given.target("ZZ906", Measure.LEADERSHIP, "2025-2028", goal_share="0.1800")
    given.target("ZZ906", Measure.LEADERSHIP, "2022-2025", goal_share="0.1700")

    body = ask(client)

    (measure,) = body["measures"]
    for part in ("current_target", "gap", "goal_outlook", "appointments"):
        assert (measure[part], measure[f"{part}_reason"]) == (None, "area_sets_no_targets")
    rows = {row["ods_code"]: (row["bme"], row["total"]) for row in body["rows"]}
    assert rows == {"ZZ902": (36, 200), "ZZ906": (46, 300)}
    assert measure["goals_of_trusts"] == [
        {"year": 2028, "trusts": 2, "bme": 82, "goal_people": 50 + 54, "people_to_goal": 14 + 8}
    ]
    assert find_unexplained(body) == []


@on_sqlite
def test_a_change_is_also_told_on_the_trusts_that_reported_both(
    client: TestClient, given: Given
) -> None:
    given.trust("ZZ906", icb="QHM", region="Y63")
    given.actuals("ZZ902", 2024, census(2024, 20))
    for year in (2024, 2025):
        given.actuals("ZZ906", year, census(year, 30))

    (measure,) = ask(client)["measures"]

    last = measure["actuals"][-1]
    assert last["change_on_all"] == {
        "since": 2024, "trusts": 1, "trusts_then": 2, "bme": 46 - 74, "total": -200,
        "share": round(46 / 300 - 74 / 500, 6),
    }  # fmt: skip
    assert last["change_on_same_trusts"] == {
        "since": 2024, "trusts": 1, "trusts_then": 1, "bme": 4, "total": 0,
        "share": round(4 / 300, 6),
    }  # fmt: skip


@on_sqlite
def test_where_no_trust_reported_both_there_is_no_such_change(
    client: TestClient, given: Given
) -> None:
    given.trust("ZZ906", icb="QHM", region="Y63")
    given.actuals("ZZ902", 2024, census(2024, 20))
    given.actuals("ZZ906", 2025, {("clinical", "5"): (10, 0, 0)})

    body = ask(client)

    last = body["measures"][0]["actuals"][-1]
    assert last["change_on_same_trusts_reason"] == "no_trust_in_both"
    assert (last["change_on_all"]["bme"], last["change_on_all"]["share_reason"]) == (
        -32,
        "no_people",
    )
    assert find_unexplained(body) == []


@on_sqlite
def test_a_census_of_too_few_people_is_shown_but_left_out_of_the_trend(
    client: TestClient, given: Given
) -> None:
    two_in_the_north(given)
    given.actuals("ZZ902", 2026, census(2026, 20))

    body = ask(client)

    (measure,) = body["measures"]
    assert [one["in_trend"] for one in measure["actuals"]] == [*[True] * 5, False]
    assert (measure["forecast"][0]["year"], measure["trend"]["censuses"]) == (2026, 5)
    assert measure["parity"]["census"] == 2025
    assert measure["warnings"][0] == {
        "code": "incomplete_returns",
        "detail": "Shown but left out of the trend, because trusts with 95% of the people have"
        " not reported: 2026 (1 of 2 trusts).",
    }
    assert body["returns"][-1] == {
        "year": 2026, "counted": "staff", "expected": 2, "reported": 1,
        "reported_codes": ["ZZ902"], "missing_codes": ["ZZ906"],
    }  # fmt: skip


@on_sqlite
def test_without_three_censuses_that_are_complete_there_is_no_forecast(
    client: TestClient, given: Given
) -> None:
    given.trust("ZZ906", icb="QHM", region="Y63")
    for year in YEARS:
        given.actuals("ZZ902", year, census(year, 20))
    given.actuals("ZZ906", 2025, census(2025, 30))

    body = ask(client)

    (measure,) = body["measures"]
    assert [one["in_trend"] for one in measure["actuals"]] == [False] * 4 + [True]
    assert (measure["forecast"], measure["forecast_reason"]) == (None, "incomplete_returns")
    assert measure["trend_reason"] == "incomplete_returns"
    assert measure["parity"]["outlook"] == "too_few_years"
    assert find_unexplained(body) == []


@on_sqlite
def test_a_trust_that_never_reported_weighs_as_the_others_do(
    client: TestClient, given: Given
) -> None:
    given.trust("ZZ906", icb="QHM", region="Y63")
    for year in YEARS:
        given.actuals("ZZ902", year, census(year, 20))

    (measure,) = ask(client)["measures"]

    assert not any(one["in_trend"] for one in measure["actuals"])
    assert (measure["parity"], measure["parity_reason"]) == (None, "incomplete_returns")


@on_sqlite
def test_a_missing_census_is_told(client: TestClient, given: Given) -> None:
    for year in (2021, 2022, 2024):
        given.actuals("ZZ902", year, census(year, 20))

    (measure,) = ask(client)["measures"]

    assert {"code": "missing_census", "detail": "No trust has sent anything for 2023."} in measure[
        "warnings"
    ]
    assert measure["actuals"][-1]["change_on_all"]["since"] == 2022


def test_a_census_is_signed_off_when_every_return_in_it_is(
    client: TestClient, given: Given
) -> None:
    two_in_the_north(given)
    given.signed_off("ZZ902", 2025, on=date(2025, 6, 1))
    one_signed = ask(client)
    given.signed_off("ZZ906", 2025, on=date(2025, 6, 1))

    both_signed = ask(client)

    assert one_signed["measures"][0]["actuals"][-1]["state"] == "provisional"
    assert both_signed["measures"][0]["actuals"][-1]["state"] == "signed_off"
    assert both_signed["measures"][0]["warnings"] == []


def test_boards_are_added_up_as_positions(client: TestClient, given: Given) -> None:
    two_in_the_north(given)
    given.board("ZZ902", 2025, {(True, True): (9, 3, 0), (False, False): (4, 0, 1)})
    given.board("ZZ906", 2025, {(True, True): (6, 2, 0)})

    body = ask(client, measure="board")

    (measure,) = body["measures"]
    assert (measure["counted"], counts(body)) == ("board", [(2025, 5, 25)])
    assert measure["actuals"][0]["trusts_reported"] == 2
    assert measure["forecast_reason"] == "too_few_years"
    assert [one["counted"] for one in body["returns"] if one["year"] == 2025] == ["staff", "board"]
    rows = {row["ods_code"]: (row["bme"], row["total"]) for row in body["rows"]}
    assert rows == {"ZZ902": (3, 17), "ZZ906": (2, 8)}


def test_all_measures_are_told_unless_some_are_asked_for(client: TestClient, given: Given) -> None:
    two_in_the_north(given)

    every = client.get(NORTH).json()
    some = client.get(NORTH, params={"measure": ["vsm", "workforce", "vsm"]}).json()
    narrowed = client.get(NORTH, params={"staff_group": "clinical"}).json()

    assert [one["measure"] for one in every["measures"]] == [one.value for one in Measure]
    assert [one["measure"] for one in some["measures"]] == ["vsm", "workforce"]
    assert [(row["ods_code"], row["measure"]) for row in some["rows"]] == [
        ("ZZ902", "vsm"), ("ZZ902", "workforce"), ("ZZ906", "vsm"), ("ZZ906", "workforce"),
    ]  # fmt: skip
    assert {one["staff_group"] for one in narrowed["measures"]} == {"clinical"}
    assert len(narrowed["measures"]) == 8
    assert find_unexplained(every) == []
    assert every["measures"][6]["forecast_reason"] == "no_people"
    assert every["measures"][0]["parity_reason"] == "is_the_reference"


@on_sqlite
def test_parity_is_held_against_the_reference_asked_for(client: TestClient, given: Given) -> None:
    two_in_the_north(given)
    given.target("ZZ902", Measure.LEADERSHIP, "2022-2025", goal_share="0.1800")

    fixed = ask(client, reference="fixed", reference_share="0.5")
    frozen = ask(client, reference="own_workforce_at_baseline")

    assert fixed["measures"][0]["parity"]["reference_share"] == 0.5
    assert all(row["outlook"] for row in fixed["rows"])
    assert frozen["measures"][0]["parity_reason"] == "no_target"
    assert [(row["outlook"] is None, row.get("outlook_reason")) for row in frozen["rows"]] == [
        (False, None),
        (True, "no_target"),
    ]


@on_sqlite
@pytest.mark.parametrize(
    "params",
    [
        {"measure": "leadership"},
        {"measure": "leadership", "reference": "own_workforce_at_baseline"},
        {"measure": "leadership", "reference": "fixed", "reference_share": "0.25"},
        {"measure": "band_8a", "staff_group": "clinical", "reference": "own_staff_group"},
        {"measure": "leadership", "continuity": "as_reported"},
    ],
)
def test_a_row_says_what_the_progress_of_its_trust_does(
    client: TestClient, given: Given, params: dict[str, str]
) -> None:
    two_in_the_north(given)
    for goal, cycle in (("0.1600", "2022-2025"), ("0.2500", "2025-2028")):
        given.target("ZZ902", Measure.LEADERSHIP, cycle, goal_share=goal)

    rows = ask(client, **params)["rows"]

    for row in rows:
        path = f"/v1/trusts/{row['ods_code']}/progress"
        (progress,) = client.get(path, params=params).json()["items"]
        assert shortened(progress, row) == row


@on_sqlite
@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"reference": "fixed"}, "reference_share_missing"),
        ({"reference_share": "0.2"}, "reference_share_unused"),
        ({"reference": "own_staff_group"}, "staff_group_missing"),
        ({"as_of": "2030-01-01T00:00:00Z"}, "as_of_in_future"),
    ],
)
def test_a_question_that_contradicts_itself_is_refused(
    client: TestClient, given: Given, params: dict[str, str], code: str
) -> None:
    two_in_the_north(given)

    found = problem_of(client.get(NORTH, params=params))

    assert [one["code"] for one in found["errors"]] == [code]


@pytest.mark.parametrize("code", ["QZZ", "ZZ901"])
@on_sqlite
def test_what_is_no_area_is_not_found(client: TestClient, given: Given, code: str) -> None:
    given.actuals("ZZ901", 2024)

    response = client.get(f"/v1/areas/{code}/progress")

    assert problem_of(response) == problem(
        404,
        "area-not-found",
        "Area not found",
        f"No integrated care board or region has the ODS code {code}.",
        ods_code=code,
    )


def test_an_area_in_which_nothing_was_sent_says_so(client: TestClient, given: Given) -> None:
    given.actuals("ZZ901", 2024)

    body = ask(client)

    (measure,) = body["measures"]
    assert {measure[name] for name in ("forecast_reason", "trend_reason", "parity_reason")} == {
        "no_actuals"
    }
    assert (measure["actuals"], body["returns"]) == ([], [])
    assert [(row["ods_code"], row["year_reason"]) for row in body["rows"]] == [
        ("ZZ902", "no_actuals")
    ]
    assert find_unexplained(body) == []
