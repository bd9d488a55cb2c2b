from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine
from starlette.testclient import TestClient

from app.domain.records import Author
from app.store import actuals
from app.store.engine import reading
from tests.bodies import actuals_body, cells
from tests.cli.parity import Parity, as_told
from tests.given import Given

FOR_2024 = ("--trust", "ZZ901", "--year", "2024")

STORED = "Stored: revision 1 of ZZ901 for the census of 2024, 401 people, 61 of them BME.\n"

BAD: dict[str, object] = {
    "malformed cells": actuals_body(
        cells({"bme": -1, "white": 340, "green": 4}), totals={"workforce": "401"}, extra=1
    ),
    "totals that disagree": actuals_body(totals={"workforce": 400, "bme": 401}),
    "another trust's staff": actuals_body(covers=["ZZ902"]),
    "no body": [],
}


def put(parity: Parity, body: object) -> tuple[str, ...]:
    """Return the command that sends in a body for 2024."""
    return ("actuals", "put", str(parity.write("actuals.json", body)), *FOR_2024)


@pytest.fixture
def parity(parity: Parity, given: Given) -> Parity:
    """The command line on a database with a small register."""
    assert given
    return parity


def test_actuals_are_stored_in_the_name_of_the_command_line(
    parity: Parity, engine: Engine
) -> None:
    told = parity.succeed(*put(parity, actuals_body()))

    assert told == STORED
    with reading(engine) as session:
        held = actuals.find(session, "ZZ901", 2024)
    assert held is not None
    assert held.record.author == Author("cli", "national")


def test_the_same_again_changes_nothing(parity: Parity, given: Given) -> None:
    parity.succeed(*put(parity, actuals_body()))
    before = given.count_rows()

    told = parity.succeed(*put(parity, actuals_body()))

    assert told == "Nothing to change: revision 1 of ZZ901 for the census of 2024 says the same.\n"
    assert given.count_rows() == before


def test_a_correction_is_a_new_revision(parity: Parity) -> None:
    parity.succeed(*put(parity, actuals_body()))
    corrected = cells({"bme": 60, "white": 340})

    told = parity.succeed(*put(parity, actuals_body(corrected, reason="One was counted twice")))

    assert told == (
        "Stored: revision 2 of ZZ901 for the census of 2024, 400 people, 60 of them BME.\n"
    )


def test_a_correction_needs_a_reason(parity: Parity) -> None:
    parity.succeed(*put(parity, actuals_body()))

    told = parity.fail(*put(parity, actuals_body(cells({"bme": 60, "white": 340}))))

    assert told == (
        "unacceptable_actuals: The actuals have 1 fault; nothing was stored.\n"
        "  /reason reason_missing: Say why: this changes revision 1, which is held.\n"
    )


def test_warnings_are_told(parity: Parity) -> None:
    told = parity.succeed(*put(parity, actuals_body(cells({"bme": 60, "unknown": 40}))))

    assert told == (
        "Stored: revision 1 of ZZ901 for the census of 2024, 100 people, 60 of them BME.\n"
        "Warning unknown_ethnicity: The ethnicity of 40.0% of staff is not known; above 10% the"
        " BME share is hard to compare.\n"
    )


def test_a_dry_run_checks_and_stores_nothing(parity: Parity, given: Given) -> None:
    before = given.read_database()

    told = parity.succeed(*put(parity, actuals_body()), "--dry-run")

    assert told == STORED.replace("Stored:", "Checked, not stored:")
    assert given.read_database() == before


@pytest.mark.parametrize("name", BAD)
def test_every_fault_is_told_as_it_is_over_http(
    name: str, parity: Parity, given: Given, client: TestClient
) -> None:
    headers = given.token("national")
    before = given.read_database()

    told = parity.fail(*put(parity, BAD[name]))
    answer = client.put("/v1/trusts/ZZ901/actuals/2024", headers=headers, json=BAD[name])

    assert told == as_told(answer.json())
    assert given.read_database() == before


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"", "Expecting value, line 1, column 1", id="nothing"),
        pytest.param(
            b'{\n"source": }', "Expecting value, line 2, column 11", id="a member without value"
        ),
        pytest.param(
            b"{\xff}",
            "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte",
            id="not UTF-8",
        ),
    ],
)
def test_a_file_that_is_not_json_is_refused(
    content: bytes, why: str, parity: Parity, tmp_path: Path
) -> None:
    file = tmp_path / "actuals.json"
    file.write_bytes(content)

    told = parity.fail("actuals", "put", str(file), *FOR_2024)

    assert told == (
        "invalid_request: The request has 1 fault; nothing was stored.\n"
        f"  not_json: The body is not JSON: {why}.\n"
    )


def test_actuals_of_an_unknown_trust_are_refused(parity: Parity) -> None:
    file = parity.write("actuals.json", actuals_body())

    told = parity.fail("actuals", "put", str(file), "--trust", "ZZ999", "--year", "2024")

    assert told == "trust_not_found: No trust has the ODS code ZZ999.\n"


def test_a_census_is_printed_in_the_layout_of_the_national_return(
    parity: Parity, given: Given, client: TestClient
) -> None:
    given.actuals("ZZ901", 2024)
    over_http = client.get("/v1/trusts/ZZ901/actuals/2024", headers={"Accept": "text/csv"})

    told = parity.succeed("actuals", "export", "ZZ901", "2024")

    assert told == over_http.text.replace("\r\n", "\n")
    assert told.startswith(
        "Organisation,Year,Section,Band,White,BME,Ethnicity Unknown/Null,Total\n"
    )


def test_all_nine_indicators_are_written_into_a_workbook(
    parity: Parity, given: Given, tmp_path: Path
) -> None:
    given.actuals("ZZ901", 2024)
    given.board("ZZ901", 2024)
    file, missing = tmp_path / "return.xlsx", tmp_path / "missing" / "return.xlsx"

    told = parity.succeed("actuals", "export", "ZZ901", "2024", "--xlsx", str(file))
    complaint = parity.fail("actuals", "export", "ZZ901", "2024", "--xlsx", str(missing))

    book = CalamineWorkbook.from_path(file)
    assert told == ""
    assert book.sheet_names == [
        *("About", "Indicator 1", "Indicators 2 to 4", "Indicators 5 to 8", "Indicator 9")
    ]
    assert len(book.get_sheet_by_name("Indicator 9").to_python()) == 7
    assert complaint == f"{missing} cannot be written: No such file or directory.\n"


def test_what_was_not_held_is_not_exported(parity: Parity, given: Given) -> None:
    given.actuals("ZZ901", 2024)

    assert parity.fail(
        "actuals", "export", "ZZ901", "2024", "--as-of", "2026-10-31T00:00:00Z"
    ).startswith("actuals_not_found: ")
