"""The rows of an area as files: CSV and XLSX with the same columns."""

import csv
import io
import zipfile
from datetime import date

import pytest
from starlette.testclient import TestClient

from app.domain.measures import Measure
from tests.api.areas import LEADERSHIP, NORTH, census, two_in_the_north
from tests.api.databases import on_sqlite
from tests.api.workbooks import as_cell, sheets
from tests.bodies import Headers
from tests.given import Clock, Given

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

HEAD = (
    "kind,ods_code,name,measure,staff_group,year,bme,white,unknown,total,share,goal_year,"
    "goal_share,goal_people,people_to_goal,position,probability,goal_outlook,outlook,parity_year"
)


@pytest.fixture
def north(client: TestClient, given: Given) -> TestClient:
    """A client of a service with two trusts in the north, of which one has a target."""
    two_in_the_north(given)
    given.target("ZZ902", Measure.LEADERSHIP, "2025-2028", goal_share="0.2500")
    return client


def test_the_rows_come_as_csv_with_the_columns_of_the_answer(north: TestClient) -> None:
    told = north.get(NORTH, params=LEADERSHIP).json()["rows"]

    response = north.get(NORTH, params=LEADERSHIP, headers={"Accept": CSV})

    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    head, *lines = response.text.splitlines()
    assert head == HEAD
    assert lines[0].startswith(
        "trust,ZZ902,Community Trust (demonstration),leadership,,2025,36,164,0,200,0.18,"
        "2028,0.25,50,14,"
    )
    found = list(csv.DictReader(io.StringIO(response.text)))
    assert [dict(one) for one in found] == [
        {name: "" if row[name] is None else str(row[name]) for name in HEAD.split(",")}
        for row in told
    ]


def test_the_rows_come_as_a_workbook_with_typed_columns(north: TestClient) -> None:
    told = north.get(NORTH, params=LEADERSHIP).json()["rows"]

    response = north.get(NORTH, params=LEADERSHIP, headers={"Accept": XLSX})

    assert response.headers["content-type"] == XLSX
    found = sheets(response.content)
    head, *rows = found["Rows"]
    assert head == HEAD.split(",")
    assert rows == [
        ["" if row[name] is None else row[name] for name in HEAD.split(",")] for row in told
    ]


def test_the_cover_says_what_the_workbook_holds(north: TestClient) -> None:
    body = north.get(NORTH, params=LEADERSHIP).json()

    response = north.get(NORTH, params=LEADERSHIP, headers={"Accept": XLSX})

    title, _, *lines = sheets(response.content)["About"]
    assert title[0] == "Progress of North East and Yorkshire (Y63)"
    assert ["As of (UTC)", as_cell(body["as_of"])] in lines
    told = {str(name): str(text) for name, text in lines if name != "As of (UTC)"}
    assert "Shares are BME people of everybody, unknown ethnicity" in told.pop("Units")
    assert told.pop("BME").endswith("BME joins groups that differ.")
    assert told.pop("Licence").startswith(
        "Contains public sector information licensed under the Open Government Licence v3.0"
    )
    assert told == {
        "Synthetic": "Synthetic: these figures are invented, for demonstration.",
        "Area": "North East and Yorkshire (Y63, region)",
        "Rows": "One for each trust and measure",
        "Boundaries": "Of today: the trusts that lie there now, each with its predecessors.",
        "Continuity": "combined",
        "For": "Everybody: these are nobody's figures.",
        "Method": "Version 1; see /v1/methods/1",
        "Reported (staff)": "2 of 2 trusts at the census of 2025",
    }


def test_a_workbook_is_the_same_bytes_until_something_changes(
    north: TestClient, given: Given, clock: Clock
) -> None:
    asked: Headers = {"Accept": XLSX}
    first = north.get(NORTH, params=LEADERSHIP, headers=asked)
    clock.set(clock().replace(day=28))
    second = north.get(NORTH, params=LEADERSHIP, headers=asked)
    held = north.get(
        NORTH, params=LEADERSHIP, headers=asked | {"If-None-Match": first.headers["ETag"]}
    )
    given.signed_off("ZZ902", 2025, on=date(2025, 6, 1))
    given.actuals("ZZ906", 2025, census(2025, 31))

    changed = north.get(NORTH, params=LEADERSHIP, headers=asked)

    assert (first.content, first.headers["ETag"]) == (second.content, second.headers["ETag"])
    assert (held.status_code, held.content) == (304, b"")
    assert changed.headers["ETag"] != first.headers["ETag"]
    with zipfile.ZipFile(io.BytesIO(first.content)) as book:
        assert "2026-11-01T00:00:0" in book.read("docProps/core.xml").decode()


@on_sqlite
def test_a_real_trust_is_not_called_synthetic(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.board("RZ2", 2024)

    response = client.get(NORTH, params=LEADERSHIP, headers=national | {"Accept": XLSX})

    told = {str(name) for name, *_ in sheets(response.content)["About"]}
    assert "Synthetic" not in told
    assert "Reported (board)" in told


@on_sqlite
def test_a_name_that_looks_like_a_formula_is_a_text(
    client: TestClient, given: Given, national: Headers
) -> None:
    body = {"kind": "trust", "name": "=1+1", "icb": "QHM", "region": "Y63"}
    put = client.put("/v1/organisations/ZZ906", json=body, headers=national)
    assert put.status_code == 201, put.text
    given.actuals("ZZ906", 2025, census(2025, 30))

    response = client.get(NORTH, params=LEADERSHIP, headers={"Accept": XLSX})

    assert sheets(response.content)["Rows"][2][2] == "=1+1"


@on_sqlite
@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (f"{XLSX}, {CSV};q=0.5", XLSX),
        (f"{CSV}, {XLSX};q=0.5", "text/csv; charset=utf-8"),
        (f"application/json, {XLSX};q=0.5", "application/json"),
        ("*/*", "application/json"),
    ],
)
def test_the_caller_gets_the_form_that_it_prefers(
    client: TestClient, given: Given, accept: str, media_type: str
) -> None:
    given.actuals("ZZ902", 2025, census(2025, 20))

    response = client.get(NORTH, params=LEADERSHIP, headers={"Accept": accept})

    assert response.headers["content-type"] == media_type


@on_sqlite
@pytest.mark.parametrize("name", ["=1+1", "+1 Trust", "-2+3", "@SUM(A1)"])
def test_a_name_that_looks_like_a_formula_is_a_text_in_every_file(
    client: TestClient, given: Given, national: Headers, name: str
) -> None:
    body = {"kind": "trust", "name": name, "icb": "QHM", "region": "Y63"}
    put = client.put("/v1/organisations/ZZ906", json=body, headers=national)
    assert put.status_code == 201, put.text
    given.actuals("ZZ906", 2025, census(2025, 30))

    rows = client.get(NORTH, params=LEADERSHIP, headers={"Accept": CSV})
    register = client.get("/v1/organisations", headers={"Accept": CSV})
    archive = client.get("/v1/downloads/2025").content

    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        trusts = files.read("trusts.csv").decode()
    for text in (rows.text, register.text, trusts):
        (line,) = (one for one in csv.reader(io.StringIO(text)) if "ZZ906" in one)
        assert f"'{name}" in line
        assert name not in line
