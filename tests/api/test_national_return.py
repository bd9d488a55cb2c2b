"""A trust's census in the national return's own layout, as a workbook."""

import io
import zipfile
from datetime import date

import pytest
from starlette.testclient import TestClient

from tests.api.databases import on_sqlite
from tests.api.workbooks import as_cell, sheets
from tests.bodies import Headers, indicators_body, pools_body, survey_body
from tests.given import Clock, Given

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ASKED: Headers = {"Accept": XLSX}

PATH = "/v1/trusts/ZZ901/actuals/2024"

KEY = ["ZZ901", 2024]
PERIOD = [date(2023, 4, 1), date(2024, 3, 31)]
APPOINTED = "White staff being appointed from shortlisting compared to BME staff"
HARASSED = (
    "% of staff experiencing harassment, bullying or abuse from patients, relatives or the public"
    " in last 12 months"
)
BELIEVING = (
    "% of staff believing that trust provides equal opportunities for career progression or"
    " promotion"
)


@pytest.fixture
def sent(client: TestClient, given: Given, sender: Headers) -> TestClient:
    """The service with all that a trust sends for a census."""
    given.actuals("ZZ901", 2024, {("clinical", "8a"): (80, 20, 0)})
    given.board("ZZ901", 2024, {(True, False): (5, 2, 1), (False, False): (1, 1, 0)})
    part = {"staff_group": "clinical", "band": "8a", **pools_body((40, 10), (20, 10))}
    del part["period"]
    body = indicators_body(
        indicator_2=pools_body(parts=[part]),
        indicator_4=pools_body((10, 0), (10, 0)),
        indicator_7=survey_body(bme=(8, None)),
    )
    put = client.put("/v1/trusts/ZZ901/indicators/2024", json=body, headers=sender)
    assert put.status_code == 201, put.text
    return client


def test_all_nine_indicators_come_in_the_words_of_the_template(sent: TestClient) -> None:
    response = sent.get(PATH, headers=ASKED)

    assert response.headers["content-type"] == XLSX
    found = sheets(response.content)
    head, *lines = found["Indicator 1"]
    assert head == [
        *("Organisation", "Year", "Section", "Band"),
        *("White", "BME", "Ethnicity Unknown/Null", "Total"),
    ]
    assert len(lines) == 14 + 14 + 4
    assert [line for line in lines if line[-1]] == [
        [*KEY, "1b) Clinical workforce, of which Non Medical", "Band 8a", 80, 20, 0, 100]
    ]
    everybody = ["All staff", "", *PERIOD]
    band = ["1b) Clinical workforce, of which Non Medical", "Band 8a", *PERIOD]
    shortlisted, appointed = (
        "Number of shortlisted applicants",
        "Number appointed from shortlisting",
    )
    staff, trained = (
        "Number of staff in workforce",
        "Number of staff accessing non-mandatory training and CPD",
    )
    assert found["Indicators 2 to 4"] == [
        [
            *("Organisation", "Year", "Indicator", "Section", "Band", "From", "To", "Item"),
            *("White", "BME", "Ethnicity Unknown/Null", "Total", "Relative likelihood", "of"),
        ],
        [*KEY, 2, *everybody, shortlisted, 400, 200, 0, 600, "", ""],
        [*KEY, 2, *everybody, appointed, 100, 20, 0, 120, 2.5, APPOINTED],
        [*KEY, 2, *band, shortlisted, 40, 20, 0, 60, "", ""],
        [*KEY, 2, *band, appointed, 10, 10, 0, 20, 0.5, APPOINTED],
        [*KEY, 4, *everybody, staff, 10, 10, 0, 20, "", ""],
        [*KEY, 4, *everybody, trained, 0, 0, 0, 0, "", ""],
    ]
    assert found["Indicators 5 to 8"] == [
        [
            *("Organisation", "Year", "Indicator", "Question", "From", "To"),
            *("White", "White: Total Responses", "BME", "BME: Total Responses"),
            *("Ethnicity Unknown/Null", "Ethnicity Unknown/Null: Total Responses"),
            *("Difference", "of"),
        ],
        [
            *(*KEY, 5),
            HARASSED,
            *(*PERIOD, 0.25, 500, 0.3, 100, "", 0, 0.05, "BME minus White"),
        ],
        [
            *(*KEY, 7),
            BELIEVING,
            *(*PERIOD, 0.25, 500, "", 8, "", 0, "", "White minus BME"),
        ],
    ]
    assert found["Indicator 9"] == [
        [
            *("Organisation", "Year", "Item", "White", "BME", "Ethnicity Unknown/Null", "Total"),
            *("BME - % by Ethnicity", "Difference (Board - Overall workforce)"),
        ],
        [*KEY, "Total Board members", 6, 3, 1, 10, 0.3, 0.1],
        [*KEY, "of which: Voting Board members", 5, 2, 1, 8, 0.25, 0.05],
        [*KEY, "of which: Non Voting Board members", 1, 1, 0, 2, 0.5, 0.3],
        [*KEY, "of which: Exec Board members", 0, 0, 0, 0, "", ""],
        [*KEY, "of which: Non Executive Board members", 6, 3, 1, 10, 0.3, 0.1],
        [*KEY, "Number of staff in overall workforce", 80, 20, 0, 100, 0.2, ""],
    ]


def test_the_cover_says_what_the_return_is(sent: TestClient) -> None:
    first, board, at = (
        sent.get(f"/v1/trusts/ZZ901/{one}/2024").json()["recorded_at"]
        for one in ("actuals", "board", "indicators")
    )

    title, _, *lines = sheets(sent.get(PATH, headers=ASKED).content)["About"]

    assert ["As of (UTC)", as_cell(at)] in lines
    told = {str(name): str(text) for name, text in lines if name != "As of (UTC)"}
    assert title[0] == "WRES return of Acute Trust (demonstration) (ZZ901), 31 March 2024"
    assert told.pop("Units").startswith("Headcounts on 31 March")
    assert told.pop("Method").startswith("Laid out as the national return is.")
    assert told.pop("BME").endswith("BME joins groups that differ.")
    assert told == {
        "Synthetic": "Synthetic: these figures are invented, for demonstration.",
        "Trust": "ZZ901",
        "Census": "31 March 2024",
        "Indicator 1": f"Revision 1, sent at {first}",
        "Indicators 2 to 8": f"Revision 1, sent at {at}",
        "Indicator 9": f"Revision 1, sent at {board}",
        "For": "Everybody: these are nobody's figures.",
        "Licence": "Invented figures: no rights are reserved (CC0 1.0).",
    }


def test_the_same_return_is_the_same_bytes_on_any_day(sent: TestClient, clock: Clock) -> None:
    first = sent.get(PATH, headers=ASKED)
    clock.set(clock().replace(day=28))
    second = sent.get(PATH, headers=ASKED)
    before = sent.get(PATH, headers=ASKED, params={"as_of": "2026-11-02T00:00:00Z"})

    assert (first.content, first.headers["ETag"]) == (second.content, second.headers["ETag"])
    with zipfile.ZipFile(io.BytesIO(first.content)) as book:
        assert "2026-11-23T09:00:0" in book.read("docProps/core.xml").decode()
    assert len(sheets(before.content)["Indicators 2 to 4"]) == 1


@on_sqlite
def test_what_was_not_sent_has_no_rows(client: TestClient, given: Given) -> None:
    given.actuals("ZZ901", 2024)

    found = sheets(client.get(PATH, headers=ASKED).content)

    assert {name: len(rows) for name, rows in found.items() if name.startswith("Indicator")} == {
        "Indicator 1": 33,
        "Indicators 2 to 4": 1,
        "Indicators 5 to 8": 1,
        "Indicator 9": 1,
    }
    told = {str(name): text for name, text in found["About"][2:]}
    assert told["Indicators 2 to 8"] == "Nothing has been sent for the census."
    assert told["As of (UTC)"] == as_cell(client.get(PATH).json()["recorded_at"])


@on_sqlite
def test_of_a_real_trust_everybody_gets_what_it_released_and_no_more(
    client: TestClient, given: Given
) -> None:
    path, trust = "/v1/trusts/RZ1/actuals/2024", given.token("trust", "RZ1")
    given.actuals("RZ1", 2024)
    given.board("RZ1", 2024)
    given.indicators("RZ1", 2024)
    given.signed_off("RZ1", 2024, on=date(2024, 7, 25))
    hidden = client.get(path, headers=ASKED)
    own = sheets(client.get(path, headers=trust | ASKED).content)
    made = client.post(f"{path}/release", json={}, headers=trust).json()

    public = sheets(client.get(path, headers=ASKED).content)

    assert hidden.status_code == 401
    assert [len(own[name]) for name in ("Indicators 2 to 4", "Indicator 9")] == [3, 7]
    assert [len(public[name]) for name in ("Indicators 2 to 4", "Indicator 9")] == [1, 1]
    assert public["Indicator 1"] == own["Indicator 1"]
    told, private = ({str(name): text for name, text in one["About"][2:]} for one in (public, own))
    assert told["Indicator 9"] == told["Indicators 2 to 8"] == "It has not been published."
    assert told["Figures"] == "Released: First Example NHS Trust, 31 March 2024"
    assert told["As of (UTC)"] == as_cell(made["released_at"])
    assert told["For"] == "Everybody: the trust has released these figures as they are."
    assert str(private["For"]).endswith("they are not for publication.")
    assert private["Figures"] == "The trust's own figures, which it has not made public."
    assert "Synthetic" not in told
    assert str(told["Licence"]).startswith("Contains public sector information licensed under")
