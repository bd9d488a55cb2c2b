"""Sums over real trusts as everybody may read them once their censuses are released."""

import csv
import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

from app.domain.organisations import Kind
from tests.api.areas import NORTH
from tests.api.beginnings import Begin
from tests.api.public import FIRST, LARGE, SMALL, read, release, send
from tests.bodies import JSON, Headers
from tests.entries import organisation_entry
from tests.given import Given

ENGLAND = "/v1/england/progress"
LEADERSHIP = {"measure": "leadership"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YEARS = range(FIRST, FIRST + 5)
APPROVED = date(2024, 7, 25)
CHANGE = {"since": 2023, "trusts": 2, "trusts_then": 2, "bme": 10, "total": 0, "share": 0.015625}
"""What changed between the last two censuses that are released."""


@pytest.fixture
def begin(request: pytest.FixtureRequest) -> Begin | None:
    return send_and_release if "released" in request.fixturenames else None


@pytest.fixture
def released(given: Given) -> Given:
    """Two large trusts in the north, whose first four censuses are released."""
    return given


def send_and_release(client: TestClient, given: Given, national: Headers) -> None:
    given.trust("RZ7", icb="QHM", region="Y63")
    send(given, "RZ2", "RZ7")
    release(client, national, *YEARS[:4])


def figures(body: JSON) -> list[tuple[object, ...]]:
    """Return year, BME people, total and why they are hidden, of the one measure asked for."""
    (measure,) = body["measures"]
    return [
        (one["year"], one["bme"], one["total"], one.get("suppressed"))
        for one in measure["actuals"]
    ]


def row_of(body: JSON, code: str) -> JSON:
    (row,) = [one for one in body["rows"] if one["ods_code"] == code]
    return dict(row)


@pytest.mark.usefixtures("released")
def test_sums_of_what_is_shown_are_told_rounded(client: TestClient) -> None:
    body = read(client, NORTH, **LEADERSHIP)

    assert (body["figures"], body["trusts"]) == ("controlled", 2)
    assert figures(body) == [
        (2021, 80, 640, None),
        (2022, 85, 640, None),
        (2023, 90, 640, None),
        (2024, 100, 640, None),
    ]
    assert body["measures"][0]["actuals"][3] == {
        "year": 2024,
        "bme": 100,
        "white": 540,
        "unknown": 0,
        "total": 640,
        "share": 0.15625,
        "share_of_known": 0.15625,
        "unknown_share": 0.0,
        "interval_95": {"lower": 0.13018, "upper": 0.186422},
        "trusts_expected": 2,
        "trusts_reported": 2,
        "in_trusts_that_show": {"trusts": 2, "bme": 100, "total": 640, "share": 0.15625},
        "change_on_all": CHANGE,
        "change_on_same_trusts": CHANGE,
    }
    assert body["measures"][0]["parity"] == {
        "census": 2024,
        "reference": "own_workforce",
        "reference_share": 0.208333,
        "gap": 0.052083,
        "outlook": "projected",
        "year": 2033,
        "probability_closing": 0.89,
    }


def test_a_census_that_is_not_released_is_not_in_the_sum(
    client: TestClient, released: Given
) -> None:
    released.actuals("RZ2", 2024, SMALL[3], note="Counted again.")

    body = read(client, NORTH, **LEADERSHIP)

    assert figures(body)[-1] == (2024, 100, 640, None)
    assert [one["year"] for one in body["returns"]] == [2021, 2022, 2023, 2024]


def test_a_sum_is_hidden_where_one_trust_hides_its_part(
    client: TestClient, released: Given, national: Headers
) -> None:
    released.actuals("RZ2", 2025, SMALL[4])
    release(client, national, 2025)

    body = read(client, NORTH, **LEADERSHIP)
    last = body["measures"][0]["actuals"][-1]

    assert figures(body)[-1] == (2025, None, None, "primary")
    assert last == {
        "year": 2025,
        "bme": None,
        "white": None,
        "unknown": None,
        "total": None,
        "suppressed": "primary",
        "split_suppressed": "primary",
        "share": None,
        "share_reason": "suppressed",
        "share_of_known": None,
        "share_of_known_reason": "suppressed",
        "unknown_share": None,
        "unknown_share_reason": "suppressed",
        "interval_95": None,
        "interval_95_reason": "suppressed",
        "trusts_expected": 2,
        "trusts_reported": 2,
        "in_trusts_that_show": None,
        "in_trusts_that_show_reason": "suppressed",
        "change_on_all": None,
        "change_on_all_reason": "suppressed",
        "change_on_same_trusts": None,
        "change_on_same_trusts_reason": "suppressed",
    }
    assert (body["measures"][0]["parity"], body["measures"][0]["parity_reason"]) == (
        None,
        "suppressed",
    )


def test_rows_tell_what_the_trusts_own_answers_do(
    client: TestClient, released: Given, national: Headers
) -> None:
    released.actuals("RZ2", 2025, SMALL[4])
    release(client, national, 2025)

    rows = read(client, NORTH)["rows"]
    told = {code: read(client, f"/v1/trusts/{code}/progress")["items"] for code in ("RZ2", "RZ7")}

    members = ("year", "bme", "white", "unknown", "total", "suppressed", "split_suppressed")
    shares = ("share", "share_reason")
    for row in rows:
        (alone,) = [one for one in told[row["ods_code"]] if one["measure"] == row["measure"]]
        last = alone["actuals"][-1] if alone["actuals"] else {"share_reason": "no_actuals"}
        for name in (*members, *shares):
            assert row.get(name) == last.get(name), (row, name)
        parity = alone["parity"] or {}
        assert (row["outlook"], row["parity_year"]) == (parity.get("outlook"), parity.get("year"))
        assert row.get("outlook_reason") == alone.get("parity_reason")
    assert row_of({"rows": rows[1:2]}, "RZ2")["bme_reason"] == "suppressed"


def test_a_trust_sees_itself_exactly_and_others_as_everybody_does(
    client: TestClient, released: Given
) -> None:
    body = read(client, NORTH, released.token("trust", "RZ2"), **LEADERSHIP)

    own, other = row_of(body, "RZ2"), row_of(body, "RZ7")
    assert (own["year"], own["bme"], own["total"], own["goal_year_reason"]) == (
        2025,
        52,
        320,
        "no_target",
    )
    assert (other["year"], other["bme"], other["goal_year_reason"]) == (2024, 50, "not_public")
    assert figures(body)[-1] == (2025, 52, 320, None)


def test_what_a_trust_released_of_its_own_is_shown_as_it_is(
    client: TestClient, released: Given, national: Headers
) -> None:
    released.actuals("RZ2", 2025, SMALL[4])
    release(client, national, 2025)
    made = client.post(
        "/v1/trusts/RZ2/actuals/2025/sign-off",
        json={"board_date": "2025-07-31", "lead_role": "Chief People Officer"},
        headers=national,
    )
    assert made.status_code in {200, 201}, made.text
    made = client.post("/v1/trusts/RZ2/actuals/2025/release", json={}, headers=national)
    assert made.status_code in {200, 201}, made.text

    body = read(client, NORTH, **LEADERSHIP)

    assert (row_of(body, "RZ2")["bme"], row_of(body, "RZ2")["total"]) == (5, 115)
    assert figures(body)[-1] == (2025, 55, 435, None)


@pytest.mark.usefixtures("released")
def test_an_answer_can_be_asked_for_as_it_was(client: TestClient, national: Headers) -> None:
    before = read(client, NORTH, **LEADERSHIP)
    release(client, national, 2025)
    after = read(client, NORTH, **LEADERSHIP)

    again = read(client, NORTH, as_of=before["as_of"], **LEADERSHIP)

    assert (len(figures(before)), len(figures(after))) == (4, 5)
    assert again == before


def test_a_hidden_correction_does_not_change_the_answer(
    client: TestClient, released: Given
) -> None:
    before = client.get(NORTH)
    released.actuals("RZ2", 2024, SMALL[3], note="Counted again.")
    released.signed_off("RZ2", 2024, on=APPROVED)

    after = client.get(NORTH)

    assert (after.headers["ETag"], after.content) == (before.headers["ETag"], before.content)


def test_rows_come_as_files_with_an_empty_cell_where_they_are_hidden(
    client: TestClient, released: Given, national: Headers
) -> None:
    released.actuals("RZ2", 2025, SMALL[4])
    release(client, national, 2025)

    text = client.get(NORTH, params=LEADERSHIP, headers={"Accept": "text/csv"}).text
    book = client.get(NORTH, params=LEADERSHIP, headers={"Accept": XLSX}).content

    lines = list(csv.DictReader(io.StringIO(text)))
    assert [
        (one["ods_code"], one["bme"], one["total"], one["share"], one["suppressed"])
        for one in lines
    ] == [("RZ2", "", "", "", "primary"), ("RZ7", "50", "320", "0.15625", "")]
    cover = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    told = {row[0]: row[1] for row in cover if len(row) > 1}
    assert str(told["Disclosure control"]).startswith("Released figures, rounded.")


@pytest.mark.usefixtures("released")
@pytest.mark.parametrize("boundaries", ["today", "at_census"])
def test_england_is_the_sum_of_what_all_its_trusts_show(
    client: TestClient, boundaries: str
) -> None:
    body = read(client, ENGLAND, boundaries=boundaries, **LEADERSHIP)

    assert figures(body)[-1] == (2024, 100, 640, None)
    assert {row["ods_code"] for row in body["rows"]} >= {"RZ2", "RZ7"}


def test_most_trusts_are_added_up_where_one_hides_its_part(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ2", 2025, SMALL[4])
    for place in range(10):
        given.trust(f"RY{place}", icb="QHM", region="Y63")
        given.actuals(f"RY{place}", 2025, LARGE[4])
    release(client, national, 2025)

    last = read(client, NORTH, **LEADERSHIP)["measures"][0]["actuals"][0]

    assert (last["bme"], last["suppressed"]) == (None, "primary")
    assert last["in_trusts_that_show"] == {
        "trusts": 10,
        "bme": 520,
        "total": 3200,
        "share": 0.1625,
    }


@pytest.mark.usefixtures("released")
def test_areas_of_england_have_rows(client: TestClient) -> None:
    body = read(client, ENGLAND, rows="area", **LEADERSHIP)

    rows = {row["ods_code"]: (row["bme"], row["outlook"]) for row in body["rows"]}
    assert rows == {
        "Y56": (None, None),
        "Y63": (100, "projected"),
        "QHM": (100, "projected"),
        "QMF": (None, None),
    }


@pytest.mark.usefixtures("released")
def test_an_area_without_released_figures_says_so(client: TestClient) -> None:
    body = read(client, "/v1/areas/QMF/progress", **LEADERSHIP)

    assert body["measures"][0] == {
        "measure": "leadership",
        "staff_group": None,
        "counted": "staff",
        "actuals": [],
        "actuals_reason": "no_actuals",
        "parity": None,
        "parity_reason": "no_actuals",
    }


@pytest.mark.usefixtures("released")
def test_an_area_without_trusts_says_so(client: TestClient, given: Given) -> None:
    given.organisation(organisation_entry("Y58", Kind.REGION, "South West"))

    body = read(client, "/v1/areas/Y58/progress", **LEADERSHIP)

    assert (body["trusts"], body["rows"]) == (0, [])
    assert body["measures"][0]["actuals_reason"] == "no_trusts"


def test_no_trust_in_both_years_is_said(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.trust("RZ7", icb="QHM", region="Y63")
    given.actuals("RZ2", 2024, LARGE[3])
    given.actuals("RZ7", 2025, LARGE[4])
    release(client, national, 2024, 2025)

    last = read(client, NORTH, **LEADERSHIP)["measures"][0]["actuals"][-1]

    assert last["change_on_all"]["bme"] == 0
    assert (last["change_on_same_trusts"], last["change_on_same_trusts_reason"]) == (
        None,
        "no_trust_in_both",
    )


@pytest.mark.usefixtures("released")
def test_an_unknown_area_is_not_found(client: TestClient) -> None:
    response = client.get("/v1/areas/Q99/progress")

    assert (response.status_code, response.json()["type"]) == (404, "/problems/area-not-found")


@pytest.mark.usefixtures("released")
def test_the_national_team_reads_everything_as_it_is(
    client: TestClient, national: Headers
) -> None:
    body = read(client, NORTH, national, **LEADERSHIP)

    assert ("figures" in body, figures(body)[-1]) == (False, (2025, 104, 640, None))
