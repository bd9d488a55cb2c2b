"""Bulk files: everything public of a census, with a schema that programs can read."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from zipfile import ZipFile

from httpx2 import Response
from starlette.testclient import TestClient

from tests.bodies import (
    Headers,
    indicators_body,
    pools_body,
    problem,
    problem_of,
    survey_body,
)
from tests.given import Given

DOWNLOADS = "/v1/downloads"

LATER = datetime(2026, 11, 3, tzinfo=UTC)

Rows = list[dict[str, str]]


def opened(response: Response) -> dict[str, str]:
    """Return the files of an archive as texts."""
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/zip"
    with ZipFile(io.BytesIO(response.content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows(text: str) -> Rows:
    return list(csv.DictReader(io.StringIO(text)))


def test_everything_public_of_a_census_is_in_one_archive(client: TestClient, given: Given) -> None:
    consultants = {("medical", "consultant"): (3, 1, 0)}
    given.actuals("ZZ901", 2024, {("clinical", "8a"): (30, 9, 1), **consultants})
    given.actuals("ZZ902", 2024, {("non_clinical", "5"): (3, 1, 0)})
    given.actuals("ZZ902", 2023, {("non_clinical", "5"): (3, 1, 0)})
    given.board("ZZ901", 2024, {(True, True): (5, 2, 1)})

    listed = client.get(DOWNLOADS).json()
    response = client.get(f"{DOWNLOADS}/2024")
    files = opened(response)

    assert listed == {
        "items": [
            {"year": year, "trusts": trusts, "links": {"self": f"/v1/downloads/{year}"}}
            for year, trusts in ((2023, 1), (2024, 2))
        ],
        "next": None,
    }
    assert response.headers["content-disposition"] == (
        'attachment; filename="parity-census-2024.zip"'
    )
    assert client.get(f"{DOWNLOADS}/2024").content == response.content
    assert [(one["ods_code"], one["name"], one["state"]) for one in rows(files["trusts.csv"])] == [
        ("ZZ901", "Acute Trust (demonstration)", "provisional"),
        ("ZZ902", "Community Trust (demonstration)", "provisional"),
    ]
    assert [tuple(one.values()) for one in rows(files["headcounts.csv"])] == [
        ("ZZ901", "2024", "1", "clinical", "8a", "white", "30"),
        ("ZZ901", "2024", "1", "clinical", "8a", "bme", "9"),
        ("ZZ901", "2024", "1", "clinical", "8a", "unknown", "1"),
        ("ZZ901", "2024", "1", "medical", "consultant", "white", "3"),
        ("ZZ901", "2024", "1", "medical", "consultant", "bme", "1"),
        ("ZZ901", "2024", "1", "medical", "consultant", "unknown", "0"),
        ("ZZ902", "2024", "1", "non_clinical", "5", "white", "3"),
        ("ZZ902", "2024", "1", "non_clinical", "5", "bme", "1"),
        ("ZZ902", "2024", "1", "non_clinical", "5", "unknown", "0"),
    ]
    assert [tuple(one.values()) for one in rows(files["board.csv"])] == [
        ("ZZ901", "2024", "1", "true", "true", group, number)
        for group, number in (("white", "5"), ("bme", "2"), ("unknown", "1"))
    ]


def test_indicators_are_in_it_as_they_were_sent(
    client: TestClient, given: Given, sender: Headers
) -> None:
    given.actuals("ZZ901", 2024)
    before = opened(client.get(f"{DOWNLOADS}/2024"))
    part = {"staff_group": "clinical", "band": "8a", **pools_body((40, 10), (20, 2))}
    del part["period"]
    body = indicators_body(
        indicator_2=pools_body(parts=[part]), indicator_5=survey_body(bme=(8, None))
    )
    sent = client.put("/v1/trusts/ZZ901/indicators/2024", json=body, headers=sender)

    files = opened(client.get(f"{DOWNLOADS}/2024"))

    assert [rows(before[name]) for name in ("indicators.csv", "surveys.csv")] == [[], []]
    key = "ZZ901,2024,1"
    assert files["indicators.csv"].splitlines() == [
        "ods_code,year,revision,indicator,staff_group,band,ethnic_group,starts,ends,pool,events",
        f"{key},2,,,white,2023-04-01,2024-03-31,400,100",
        f"{key},2,,,bme,2023-04-01,2024-03-31,200,20",
        f"{key},2,,,unknown,2023-04-01,2024-03-31,0,0",
        f"{key},2,clinical,8a,white,2023-04-01,2024-03-31,40,10",
        f"{key},2,clinical,8a,bme,2023-04-01,2024-03-31,20,2",
        f"{key},2,clinical,8a,unknown,2023-04-01,2024-03-31,0,0",
    ]
    assert files["surveys.csv"].splitlines() == [
        "ods_code,year,revision,indicator,ethnic_group,starts,ends,respondents,share",
        f"{key},5,white,2023-04-01,2024-03-31,500,0.2500",
        f"{key},5,bme,2023-04-01,2024-03-31,8,",
        f"{key},5,unknown,2023-04-01,2024-03-31,0,",
    ]
    at = datetime.fromisoformat(json.loads(files["csvw-metadata.json"])["dc:modified"])
    assert at == datetime.fromisoformat(sent.json()["recorded_at"])


def test_measures_say_what_progress_says(client: TestClient, given: Given) -> None:
    given.actuals("ZZ901", 2024, {("clinical", "8a"): (30, 9, 1), ("clinical", "5"): (60, 20, 7)})
    given.board("ZZ901", 2024, {(True, True): (5, 2, 1)})

    measures = rows(opened(client.get(f"{DOWNLOADS}/2024"))["measures.csv"])

    assert len(measures) == 29
    for one in measures:
        params = {"staff_group": one["staff_group"]} if one["staff_group"] else {}
        path = f"/v1/trusts/ZZ901/progress/{one['measure']}"
        (figure,) = client.get(path, params=params).json()["actuals"]
        interval = figure["interval_95"] or {"lower": None, "upper": None}
        wanted = {
            **{name: figure[name] for name in ("white", "bme", "unknown", "total", "share")},
            **{f"{end}_95": interval[end] for end in ("lower", "upper")},
            **{name: figure[name] for name in ("share_of_known", "unknown_share")},
        }
        told = {name: json.loads(one[name]) if one[name] else None for name in wanted}
        assert told == wanted, one["measure"]


def test_every_column_is_described(client: TestClient, given: Given) -> None:
    given.actuals("ZZ901", 2024)
    given.board("ZZ901", 2024)
    given.indicators("ZZ901", 2024, surveys={5: ((500, "0.25"), (100, "0.3"))})

    files = opened(client.get(f"{DOWNLOADS}/2024"))

    metadata = json.loads(files["csvw-metadata.json"])
    described = {
        table["url"]: [column["name"] for column in table["tableSchema"]["columns"]]
        for table in metadata["tables"]
    }
    assert described == {
        name: text.splitlines()[0].split(",")
        for name, text in files.items()
        if name.endswith(".csv")
    }
    assert metadata["dc:title"] == (
        "BME representation in NHS trusts in England, census of 31 March 2024 (synthetic: these"
        " trusts and figures are invented)"
    )
    assert metadata["dc:modified"] == "2026-11-01T00:00:00.000005+00:00"
    types: dict[str, Callable[[str], object]] = {
        "integer": int,
        "decimal": float,
        "boolean": {"true": True, "false": False}.__getitem__,
        "string": str,
        "date": date.fromisoformat,
    }
    for table in metadata["tables"]:
        for row in rows(files[table["url"]]):
            for column in table["tableSchema"]["columns"]:
                if row[column["name"]]:
                    types[column["datatype"]](row[column["name"]])
    assert "Method 1; see /v1/methods/1." in files["README.txt"]
    assert "what 1 trust sent and made public" in files["README.txt"]
    assert "Invented figures: no rights are reserved (CC0 1.0)." in files["README.txt"]


def test_of_real_trusts_only_what_they_released_is_public(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ1", 2024)
    given.actuals("RZ2", 2024)
    given.indicators("RZ1", 2024)
    given.signed_off("RZ1", 2024, on=date(2024, 7, 25))
    hidden = client.get(f"{DOWNLOADS}/2024", headers=national)
    client.post("/v1/trusts/RZ1/actuals/2024/release", json={}, headers=national)
    given.actuals("RZ1", 2024, {("clinical", "8a"): (1, 1, 0)}, note="It was wrong")

    files = opened(client.get(f"{DOWNLOADS}/2024"))

    assert hidden.status_code == 404
    assert problem_of(hidden) == problem(
        404,
        "download-not-found",
        "Download not found",
        "Nothing of the census of 2024 is public.",
        year=2024,
    )
    assert client.get(DOWNLOADS).json()["items"] == [
        {"year": 2024, "trusts": 1, "links": {"self": "/v1/downloads/2024"}}
    ]
    (trust,) = rows(files["trusts.csv"])
    assert (trust["ods_code"], trust["revision"], trust["state"], trust["synthetic"]) == (
        "RZ1",
        "1",
        "published",
        "false",
    )
    assert {one["headcount"] for one in rows(files["headcounts.csv"])} == {"340", "61", "0"}
    for name in ("board.csv", "indicators.csv", "surveys.csv"):
        assert rows(files[name]) == []
    assert "Open Government Licence v3.0" in files["README.txt"]


def test_a_trust_gets_its_figures_in_the_layout_of_the_national_return(
    client: TestClient, given: Given
) -> None:
    trainees = {("medical", "trainee"): (3, 1, 0)}
    given.actuals("ZZ901", 2024, {("clinical", "8a"): (30, 9, 1), **trainees})

    response = client.get("/v1/trusts/ZZ901/actuals/2024", headers={"Accept": "text/csv"})

    lines = response.text.splitlines()
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert lines[0] == "Organisation,Year,Section,Band,White,BME,Ethnicity Unknown/Null,Total"
    assert len(lines) == 1 + 14 + 14 + 4
    assert [line for line in lines[1:] if not line.endswith(",0,0,0,0")] == [
        'ZZ901,2024,"1b) Clinical workforce, of which Non Medical",Band 8a,30,9,1,40',
        'ZZ901,2024,"1b) Clinical workforce, of which Medical & Dental",Trainee grades,3,1,0,4',
    ]
    assert [line.split(",")[3] for line in lines[1:15]] == [
        "Under Band 1",
        *(f"Band {band}" for band in (*range(1, 8), "8a", "8b", "8c", "8d", 9)),
        "VSM",
    ]


def test_a_download_is_of_what_was_public_at_an_instant(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ1", 2024)
    given.signed_off("RZ1", 2024, on=date(2024, 7, 25))
    client.post("/v1/trusts/RZ1/actuals/2024/release", json={}, headers=national)

    before = client.get(f"{DOWNLOADS}/2024", params={"as_of": "2026-11-22T09:00:00Z"})
    early = client.get(f"{DOWNLOADS}/2024", params={"as_of": "2027-11-22T09:00:00Z"})
    then = opened(client.get(f"{DOWNLOADS}/2024", params={"as_of": "2026-11-23T09:00:00Z"}))

    assert (before.status_code, early.status_code) == (404, 422)
    assert "As of 2026-11-23T09:00:00+00:00" in then["README.txt"]


def test_an_earlier_revision_is_downloaded_as_of_its_time(
    client: TestClient, given: Given
) -> None:
    given.actuals("ZZ901", 2024)
    given.actuals("ZZ901", 2024, {("clinical", "8a"): (1, 1, 0)}, at=LATER)

    files = opened(client.get(f"{DOWNLOADS}/2024", params={"as_of": "2026-11-02T00:00:00Z"}))

    assert {one["headcount"] for one in rows(files["headcounts.csv"])} == {"340", "61", "0"}
