"""What everybody may read of a real trust: editions of a census, under disclosure control."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from fastapi import FastAPI
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

from app.store import disclosures
from app.store.engine import reading
from tests.api.callers import NO_TOKEN
from tests.bodies import JSON, Headers, problem_of
from tests.given import Counts, Given

ACTUALS = "/v1/trusts/RZ1/actuals/2024"
INDICATORS = "/v1/trusts/RZ1/indicators/2024"
BOARD = "/v1/trusts/RZ1/board/2024"

HEADCOUNTS: dict[tuple[str, str], Counts] = {
    ("non_clinical", "2"): (120, 43, 22),
    ("clinical", "2"): (220, 81, 30),
    ("non_clinical", "8a"): (71, 22, 0),
    ("clinical", "8a"): (64, 3, 0),
    ("medical", "consultant"): (41, 33, 12),
}
"""White, BME and unknown persons, three of whom are to be protected."""

HIDDEN_ROW = {
    "bme": None,
    "total": None,
    "white": None,
    "unknown": None,
    "share": None,
    "share_reason": "suppressed",
    "share_of_known": None,
    "unknown_share": None,
}


def release(client: TestClient, national: Headers, **members: object) -> JSON:
    """Release the census of 2024 of all trusts, and return the edition."""
    body = {"year": 2024, "name": "WRES 2024", **members}
    response = client.post("/v1/releases", json=body, headers=national)
    assert response.status_code == 201
    edition: JSON = response.json()
    del edition["unshown"]  # told once, to whoever releases
    return edition


def groups_of(body: JSON) -> dict[str, JSON]:
    """Return the groups of a table by name, without those of nobody."""
    groups: list[JSON] = body["groups"]
    return {
        one["group"]: {name: value for name, value in one.items() if name != "group"}
        for one in groups
        if one["total"] != 0
    }


def test_real_figures_are_not_public_before_a_release(client: TestClient, given: Given) -> None:
    given.actuals("RZ1", 2024, HEADCOUNTS)
    given.board("RZ1", 2024)

    for path in (ACTUALS, "/v1/trusts/RZ1/actuals", BOARD):
        assert problem_of(client.get(path)) == NO_TOKEN


def test_an_edition_shows_rounded_counts_and_hides_small_ones(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ1", 2024, HEADCOUNTS)
    edition = release(client, national)

    body = client.get(ACTUALS).json()

    groups = groups_of(body)
    told = {name: body[name] for name in body if name not in {"groups", "measures"}}
    assert told == {
        "figures": "controlled",
        "ods_code": "RZ1",
        "year": 2024,
        "synthetic": False,
        "released": edition,
        "threshold": 7,
        "base": 5,
    }
    assert groups["clinical/8a"] == HIDDEN_ROW | {
        "suppressed": "primary",
        "split_suppressed": "primary",
    }
    assert groups["non_clinical/8a"] == HIDDEN_ROW | {
        "suppressed": "secondary",
        "split_suppressed": "secondary",
    }
    assert groups["8a"] == {
        "bme": 25,
        "total": 160,
        "white": 135,
        "unknown": 0,
        "share": 0.15625,
        "share_of_known": 0.15625,
        "unknown_share": 0.0,
    }
    assert groups["workforce"]["total"] == 760
    shares = {(one["measure"], one["staff_group"]): one["share"] for one in body["measures"]}
    assert shares["leadership", None] == 0.15625
    assert shares["leadership", "clinical"] is None
    counts = [one[name] or 0 for one in body["groups"] for name in ("bme", "total", "white")]
    assert {count % 5 for count in counts} == {0}


def test_files_have_an_empty_cell_where_a_count_is_hidden(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ1", 2024, HEADCOUNTS)
    release(client, national)

    text = client.get(ACTUALS, headers={"Accept": "text/csv"}).text
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    workbook = client.get(ACTUALS, headers={"Accept": media_type}).content

    rows = {row["group"]: row for row in csv.DictReader(StringIO(text))}
    assert rows["clinical/8a"] == {
        "ods_code": "RZ1",
        "year": "2024",
        "edition": "1",
        "group": "clinical/8a",
        "white": "",
        "bme": "",
        "unknown": "",
        "total": "",
        "suppressed": "primary",
        "split_suppressed": "primary",
    }
    sheets = CalamineWorkbook.from_filelike(BytesIO(workbook))
    lines = sheets.get_sheet_by_name("Workforce").to_python()
    assert [line for line in lines if "clinical/8a" in line] == [
        ["RZ1", 2024.0, 1.0, "clinical/8a", "", "", "", "", "primary", "primary"]
    ]


def test_a_board_is_released_under_the_same_control(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.board("RZ1", 2024, {(True, True): (31, 12, 0), (True, False): (9, 1, 0)})
    release(client, national)

    response = client.get(BOARD)

    groups = groups_of(response.json())
    assert {name: (one["bme"], one["total"]) for name, one in groups.items()} == {
        "board": (15, 55),
        "voting": (15, 55),
        "voting/executive": (None, None),
        "voting/non_executive": (None, None),
    }
    assert (
        client.get(BOARD, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    )


def test_what_an_edition_hides_stays_hidden_whatever_is_corrected(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ1", 2024, HEADCOUNTS)
    release(client, national)
    first = client.get(ACTUALS)
    revised = HEADCOUNTS | {("medical", "consultant"): (41, 5, 12)}
    given.actuals("RZ1", 2024, revised, note="Two people were counted twice")
    release(client, national, name="Second")

    second = client.get(ACTUALS)
    before = client.get(ACTUALS, params={"as_of": first.json()["released"]["released_at"]})

    groups = groups_of(second.json())
    assert {name for name, one in groups.items() if one["bme"] is not None} == {
        "agenda_for_change",
        "2",
        "clinical/2",
        "non_clinical/2",
        "leadership",
        "8a",
    }
    assert before.json() == first.json()


def test_further_editions_of_what_has_not_changed_show_the_same(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ1", 2024, HEADCOUNTS)
    shown = []
    for name in ("First", "Second", "Third"):
        release(client, national, name=name)
        shown.append(groups_of(client.get(ACTUALS).json()))

    assert shown == [shown[0]] * 3
    assert any(one["bme"] is None for one in shown[0].values())


def test_the_tag_of_an_answer_depends_on_no_hidden_count(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ1", 2024, HEADCOUNTS)
    given.actuals(
        "RZ2",
        2024,
        HEADCOUNTS | {("clinical", "8a"): (64, 4, 0), ("non_clinical", "8a"): (71, 21, 0)},
    )
    release(client, national)

    one, other = client.get(ACTUALS), client.get(ACTUALS.replace("RZ1", "RZ2"))

    assert one.json()["groups"] == other.json()["groups"]
    assert one.headers["ETag"] == other.headers["ETag"]


def test_what_a_trust_released_itself_comes_before_any_edition(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ1", 2023, HEADCOUNTS)
    given.actuals("RZ1", 2024, HEADCOUNTS)
    release(client, national)
    release(client, national, year=2023)
    given.signed_off("RZ1", 2024, on=date(2024, 7, 25))
    lead = given.token("trust", "RZ1", name="RZ1 lead")
    client.post(f"{ACTUALS}/release", json={}, headers=lead)

    items = client.get("/v1/trusts/RZ1/actuals").json()["items"]

    assert [(one["year"], one.get("figures", "exact")) for one in items] == [
        (2023, "controlled"),
        (2024, "exact"),
    ]
    assert client.get(ACTUALS).json()["totals"] == {"workforce": 762, "bme": 182}


def test_an_edition_after_a_trusts_own_exact_release_hides_what_was_corrected_only(
    client: TestClient, app: FastAPI, given: Given, national: Headers
) -> None:
    given.actuals("RZ1", 2024, HEADCOUNTS)
    given.signed_off("RZ1", 2024, on=date(2024, 7, 25))
    lead = given.token("trust", "RZ1", name="RZ1 lead")
    assert client.post(f"{ACTUALS}/release", json={}, headers=lead).status_code == 201
    corrected = HEADCOUNTS | {("clinical", "8a"): (64, 4, 0)}
    given.actuals("RZ1", 2024, corrected, note="One more")

    release(client, national)

    with reading(app.state.engine) as session:
        decisions = disclosures.list_some(session, year=2024)
    assert {key.ods_code: set(one.rows) for key, one in decisions.items()} == {
        "RZ1": {"workforce", "agenda_for_change", "leadership", "8a", "clinical/8a"}
    }


def test_indicators_are_rounded_whole_or_hidden_whole(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ1", 2024, HEADCOUNTS)
    pools = {2: ((403, 101), (202, 21)), 3: ((520, 10), (180, 3)), 4: ((520, 310), (180, 99))}
    surveys = {5: ((503, "0.2500"), (102, "0.3000")), 6: ((503, "0.2500"), (102, "0.0500"))}
    given.indicators("RZ1", 2024, pools, surveys)
    refused = client.get(INDICATORS)
    edition = release(client, national)

    response = client.get(INDICATORS)

    body = response.json()
    assert problem_of(refused) == NO_TOKEN
    assert body["released"] == edition
    assert (body["source"], body["notes"], body["warnings"]) == ("WRES 2024", None, [])
    counts = {
        number: [
            body[f"indicator_{number}"][group][name]
            for group in ("white", "bme")
            for name in ("pool", "events")
        ]
        for number in (2, 4)
    }
    assert counts == {2: [405, 100, 200, 20], 4: [520, 310, 180, 100]}
    assert body["indicator_5"]["bme"] == {"respondents": 100, "share": "0.3000"}
    reasons = {number: body.get(f"indicator_{number}_reason") for number in range(2, 9)}
    assert reasons == {
        2: None,
        3: "suppressed",
        4: None,
        5: None,
        6: "suppressed",
        7: "not_sent",
        8: "not_sent",
    }
    assert [body[f"indicator_{number}"] for number in (3, 6, 7, 8)] == [None] * 4
    cached = client.get(INDICATORS, headers={"If-None-Match": response.headers["ETag"]})
    assert cached.status_code == 304


def test_pools_of_the_workforce_are_hidden_where_its_division_is(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ1", 2024, {("clinical", "2"): (220, 81, 3)})
    given.indicators("RZ1", 2024, {2: ((400, 100), (200, 20)), 4: ((220, 110), (81, 40))})
    release(client, national)

    body = client.get(INDICATORS).json()

    assert body["indicator_2"] is not None
    assert body["indicator_4_reason"] == "suppressed"


def test_what_is_released_is_in_the_bulk_file_with_why_a_count_is_empty(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ1", 2024, HEADCOUNTS)
    given.board("RZ1", 2024, {(True, True): (31, 12, 0)})
    edition = release(client, national)

    response = client.get("/v1/downloads/2024")

    with ZipFile(BytesIO(response.content)) as archive:
        lines = archive.read("released.csv").decode().splitlines()
        assert len(archive.read("headcounts.csv").decode().splitlines()) == 1
        description = json.loads(archive.read("csvw-metadata.json"))
    assert description["dc:modified"] == edition["released_at"].replace("Z", "+00:00")
    assert lines[0] == (
        "ods_code,year,edition,part,group,white,bme,unknown,total,suppressed,split_suppressed"
    )
    assert "RZ1,2024,1,workforce,8a,135,25,0,160,," in lines
    assert "RZ1,2024,1,workforce,clinical/8a,,,,,primary,primary" in lines
    assert "RZ1,2024,1,board,board,30,10,0,45,," in lines
    listed = client.get("/v1/downloads").json()["items"]
    assert [(one["year"], one["trusts"]) for one in listed] == [(2024, 1)]


def test_rules_are_those_that_are_set_and_stay_with_the_edition(
    client: TestClient,
    given: Given,
    national: Headers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given.actuals("RZ1", 2024, HEADCOUNTS)
    release(client, national)
    before = client.get(ACTUALS).json()
    application = client.app
    settings = application.state.settings  # type: ignore[attr-defined]
    stricter = settings.model_copy(update={"disclosure_threshold": 10, "disclosure_base": 10})
    monkeypatch.setattr(application.state, "settings", stricter)  # type: ignore[attr-defined]
    given.actuals("RZ2", 2024, HEADCOUNTS)

    release(client, national, name="Second")

    after = client.get(ACTUALS).json()
    other = client.get(ACTUALS.replace("RZ1", "RZ2")).json()
    assert after["groups"] == before["groups"]
    assert (after["threshold"], other["threshold"], other["base"]) == (7, 10, 10)
