"""`parity areas show`: the sums of an area, who reported, and a row for each trust."""

import csv
import io
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

from app.domain.measures import Measure
from tests.api.areas import LEADERSHIP, NORTH, census, two_in_the_north
from tests.cli.parity import Parity
from tests.given import Given

PAGE = """\
Y63 North East and Yorkshire
BME share of: Leadership (bands 8a to 9 and VSM), in 2 trusts, by the boundaries of today
Synthetic: these figures are invented, for demonstration.

  Census   Trusts   BME   Total   % BME   % white   % unknown    95 % interval   Same trusts
 ────────────────────────────────────────────────────────────────────────────────────────────
    2021   2 of 2    50     500    10.0      90.0         0.0    7.7 to 12.9 %             –
    2022   2 of 2    58     500    11.6      88.4         0.0    9.1 to 14.7 %     +1.6 on 2
    2023   2 of 2    66     500    13.2      86.8         0.0   10.5 to 16.4 %     +1.6 on 2
    2024   2 of 2    74     500    14.8      85.2         0.0   12.0 to 18.2 %     +1.6 on 2
    2025   2 of 2    82     500    16.4      83.6         0.0   13.4 to 19.9 %     +1.6 on 2

  Same trusts: change of the BME share since the census before, in percentage points, on the trusts
  that reported both.
  Goals for 2028 of 1 trust: 50 BME people, 14 more than there are where trusts are short.
  Forecast for 2026: 18.2 % (80 % band 16.7 to 19.9 %).

Parity with own workforce (29.1 % in 2025)
  64 people short (12.7 points; 95 % interval 9.7 to 15.6).
  The gap is closing on one scale and widening on the other. It is: in log-odds beyond horizon.
  On the scale of percentage points the gap is widening, 0.7 points a year.

 Trust                         BME   Share  Goal  Short  Position  Chance            Parity
 ──────────────────────────────────────────────────────────────────────────────────────────
 ZZ902 Community Trust…  36 of 200  18.0 %    50     14   on path    50 %  depends on scale
 ZZ906 Trust ZZ906 (de…  46 of 300  15.3 %     –      –         –       –  depends on scale


Warnings
  provisional: Not every board has signed off the census of 2025.

Counts are full counts; an interval describes the process behind them. BME: Black and minority
ethnic, which joins groups that differ. Unknown is not “not BME”; white includes Irish, Gypsy, Roma
and Traveller staff.
As of 2026-11-01T00:00:00.000013Z, method 1.
Synthetic: these figures are invented, for demonstration.
"""


@pytest.fixture
def north(parity: Parity, given: Given) -> Parity:
    """The command line on a database with two trusts in the north, of which one has a target."""
    two_in_the_north(given)
    given.target("ZZ902", Measure.LEADERSHIP, "2025-2028", goal_share="0.2500")
    return parity


def test_the_page_shows_the_sums_and_a_row_for_each_trust(north: Parity) -> None:
    assert north.succeed("areas", "show", "Y63", "leadership") == PAGE


def test_the_rows_are_printed_as_csv_as_over_http(north: Parity, client: TestClient) -> None:
    told = client.get(NORTH, params=LEADERSHIP, headers={"Accept": "text/csv"}).text

    printed = north.succeed("areas", "show", "Y63", "leadership", "--csv")

    assert list(csv.reader(io.StringIO(printed))) == list(csv.reader(io.StringIO(told)))


def test_the_rows_are_written_into_a_workbook(north: Parity, tmp_path: Path) -> None:
    file = tmp_path / "north.xlsx"

    north.succeed("areas", "show", "Y63", "leadership", "--xlsx", str(file))

    book = CalamineWorkbook.from_path(file)
    rows = book.get_sheet_by_name("Rows").to_python()
    assert book.sheet_names == ["About", "Rows"]
    assert [row[1] for row in rows] == ["ods_code", "ZZ902", "ZZ906"]


def test_a_workbook_that_cannot_be_written_is_told(north: Parity, tmp_path: Path) -> None:
    file = tmp_path / "missing" / "north.xlsx"

    complaint = north.fail("areas", "show", "Y63", "leadership", "--xlsx", str(file))

    assert complaint == f"{file} cannot be written: No such file or directory.\n"


def test_boards_are_positions_and_who_did_not_report_is_named(
    parity: Parity, given: Given
) -> None:
    given.trust("ZZ906", icb="QHM", region="Y63")
    for year in (2022, 2023):
        given.board("ZZ902", year, {(True, True): (2, 1, 0), (False, True): (4, 2, 0)})

    told = parity.succeed("areas", "show", "Y63", "board")

    assert "    2023   1 of 2     3       9    33.3      66.7         0.0" in told
    assert "  Not reported for 2023: ZZ906.\n" in told
    assert "  No forecast is given. Fewer than three censuses can be compared.\n" in told
    assert "  Sums of boards are of positions, not of people.\n" in told
    assert " ZZ906 Trust ZZ906 (de…       –       –" in told


def test_a_census_with_nobody_in_the_measure_has_no_percentages(
    parity: Parity, given: Given
) -> None:
    given.actuals("ZZ902", 2023)
    given.actuals("ZZ902", 2024, {("clinical", "5"): (10, 2, 0)})

    told = parity.succeed("areas", "show", "QHM", "leadership", "--staff-group", "clinical")

    assert "BME share of: Leadership (bands 8a to 9 and VSM), clinical, in 1 trust, by" in told
    assert (
        "    2024   1 of 1     0       0       –         –           –                –"
        "             –\n"
    ) in told


def test_england_has_rows_of_its_areas(north: Parity) -> None:
    told = north.succeed("areas", "show", "ENG", "leadership", "--rows", "area")

    lines = told.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(" Area"))
    assert [line.split()[0] for line in lines[start + 2 : start + 6]] == [
        "Y56", "Y63", "QHM", "QMF",
    ]  # fmt: skip
    assert "82 of 500  16.4 %" in lines[start + 3]


def test_a_row_of_an_older_census_names_it(parity: Parity, given: Given) -> None:
    given.trust("ZZ906", icb="QHM", region="Y63")
    given.actuals("ZZ902", 2023, census(2023, 20))
    given.actuals("ZZ906", 2024, census(2024, 30))

    told = parity.succeed("areas", "show", "Y63", "leadership")

    assert "28 of 200 (2023)" in told
    assert "42 of 300  14.0 %" in told


def test_real_trusts_are_not_called_synthetic(parity: Parity, given: Given) -> None:
    given.actuals("RZ2", 2024)

    told = parity.succeed("areas", "show", "Y63", "leadership", "--boundaries", "at_census")

    assert "in 1 trust, by the boundaries of each census" in told
    assert "ynthetic" not in told


def test_an_area_without_figures_says_why(parity: Parity, given: Given) -> None:
    given.actuals("ZZ901", 2024)

    told = parity.succeed("areas", "show", "QHM", "leadership")

    assert "\nNo census has been sent.\n" in told
    assert "Same trusts" not in told


def test_what_is_no_area_is_told(parity: Parity, given: Given) -> None:
    assert given

    assert parity.fail("areas", "show", "QZZ", "leadership") == (
        "area_not_found: No integrated care board or region has the ODS code QZZ.\n"
    )
