"""Importing files from the command line."""

import shutil
from pathlib import Path

from tests.cli.files import folder_server
from tests.cli.parity import Parity
from tests.given import Given

HEADINGS = "ODS code,Year,Staff group,Band,White,BME,Unknown,Total"
ROW = "ZZ901,2024,Clinical,Band 8a,340,61,0,401"
SOURCE = ("--source", "ESR staff in post")


def write(folder: Path, *lines: str, name: str = "staff.csv") -> str:
    """Write a file; return its path."""
    file = folder / name
    file.write_text("\n".join(lines), encoding="utf-8")
    return str(file)


def test_a_file_is_previewed_stored_and_recognised(
    parity: Parity, given: Given, tmp_path: Path
) -> None:
    assert given
    file = write(tmp_path, HEADINGS, ROW)
    command = ("import", file, "--kind", "actuals", *SOURCE)

    preview = parity.succeed(*command, "--dry-run").splitlines()
    stored = parity.succeed(*command)
    again = parity.succeed(*command)

    assert preview[:3] == [
        "Checked, not stored: staff.csv, 1 rows: 1 new, 0 revised, 0 unchanged.",
        "  ZZ901 2024: new, 2 cells, revision 1",
        "ZZ901 workforce: last census none → 2024, BME people none → 61, people none → 401",
    ]
    named = stored.split()[3].removesuffix(":")
    assert stored == (
        f"Stored as import {named}: staff.csv, 1 rows: 1 new, 0 revised, 0 unchanged.\n"
        "  ZZ901 2024: new, 2 cells, revision 1\n"
    )
    assert again == (
        f"Nothing to change since import {named} of the same file: staff.csv, 1 rows: 1 new,"
        " 0 revised, 0 unchanged.\n  ZZ901 2024: new, 2 cells, revision 1\n"
    )


def test_a_refused_file_is_answered_with_every_fault_and_remark(
    parity: Parity, given: Given, tmp_path: Path
) -> None:
    assert given
    file = write(tmp_path, f"{HEADINGS},Site", ROW.replace("61", "15%"), "Source: ESR")

    told = parity.fail("import", file, "--kind", "actuals", "--year", "2024", *SOURCE)

    assert told == (
        "Remark unknown_column: Column I, “Site”, is not known and was left out.\n"
        "Remark note_left_out: Row 3 has only the text “Source: ESR” and was taken as a note.\n"
        "unacceptable_import: staff.csv has 1 fault; nothing was stored.\n"
        "  F2 (BME) percentage_for_number: 15% is a percentage; write how many people there are.\n"
    )


def test_words_of_a_mapping_and_options_stand_for_what_the_file_leaves_out(
    parity: Parity, given: Given, tmp_path: Path
) -> None:
    assert given
    mapping = parity.write("mapping.json", {"values": {"band": {"8a": ["Senior"]}}})
    file = write(tmp_path, "Staff group,Band,White,BME,Null", "Clinical,Senior,340,61,0")

    parity.succeed(
        *("import", file, "--kind", "actuals", "--mapping", str(mapping), "--trust", "ZZ901"),
        *("--year", "2024", "--expected-workforce", "401", "--expected-bme", "61", *SOURCE),
    )

    compared = parity.succeed("actuals", "compare", "ZZ901", "2024", "1").splitlines()
    assert compared[0] == (
        "ZZ901, census of 2024: 0 BME of 0 people in revision 0, 61 of 401 in revision 1."
    )


def test_of_very_many_things_the_first_are_listed(
    parity: Parity, given: Given, tmp_path: Path
) -> None:
    assert given
    rows = [
        ROW.replace("2024", str(year)).replace("ZZ901", code)
        for year in range(2015, 2026)
        for code in ("ZZ901", "ZZ902")
    ]
    file = write(tmp_path, HEADINGS, *rows)

    told = parity.succeed("import", file, "--kind", "actuals", *SOURCE).splitlines()

    assert len(told) == 22
    assert told[-1] == "  and 2 more"


def test_warnings_are_told(parity: Parity, given: Given, tmp_path: Path) -> None:
    assert given
    file = write(
        tmp_path,
        "Trust,Year,Voting,Executive,White,BME,Unknown,Site",
        "ZZ901,2024,yes,yes,50,3,0,Main",
    )

    told = parity.succeed("import", file, "--kind", "board", *SOURCE).splitlines()

    assert told[1:] == [
        "  ZZ901 2024: new, 2 cells, revision 1",
        "Warning unknown_column: Column H, “Site”, is not known and was left out.",
        "Warning ZZ901 2024 large_board: The board has 53 members; more than 40 is unusual.",
    ]


def test_a_sheet_that_is_not_there_is_named(parity: Parity, given: Given, tmp_path: Path) -> None:
    assert given
    file = write(tmp_path, HEADINGS, ROW)

    told = parity.fail("import", file, "--kind", "actuals", "--sheet", "2024")

    assert told == (
        "unacceptable_import: staff.csv has 1 fault; nothing was stored.\n"
        "  /sheet sheet_not_found: The file has no visible sheet “2024” with anything on it; it"
        " has no sheets.\n"
    )


def test_a_preview_of_very_many_trusts_says_how_many_were_not_compared(
    parity: Parity, given: Given, tmp_path: Path
) -> None:
    codes = [f"ZZ9{number}" for number in range(10, 37)]
    for code in codes:
        given.trust(code)
    file = write(tmp_path, HEADINGS, *(ROW.replace("ZZ901", code) for code in codes))

    told = parity.succeed("import", file, "--kind", "actuals", *SOURCE, "--dry-run").splitlines()

    assert told[-1] == "Effects on 2 more trusts were not worked out."
    command = ("import", file, "--kind", "actuals", *SOURCE, "--dry-run", "--compare", "0")
    assert parity.succeed(*command).splitlines()[-1] == (
        "Effects on 27 more trusts were not worked out."
    )


def test_everything_of_another_database_is_stored_in_an_empty_one(
    parity: Parity, given: Given, tmp_path: Path, sqlite_template: Path
) -> None:
    given.actuals("ZZ901", 2024)
    archive = str(tmp_path / "all.zip")
    empty = shutil.copy(sqlite_template, tmp_path / "other.sqlite3")

    told = parity.succeed("export", "--all", archive)
    refused = parity.fail("import", "--all", archive)
    stored = Parity(f"sqlite:///{empty}", tmp_path).succeed("import", "--all", archive)

    assert "keep it as the database itself" in told
    assert refused.startswith("archive_refused: all.zip was not stored: the database is not empty")
    assert (
        stored.removeprefix("Stored ") == told.removeprefix("Wrote ").partition(" to ")[0] + ".\n"
    )


def test_what_a_file_is_has_to_be_said_once(parity: Parity, tmp_path: Path) -> None:
    file = write(tmp_path, HEADINGS, ROW)

    for options in ((), ("--all", "--kind", "actuals")):
        assert parity("import", file, *options) == 2
        assert "say --kind for a file of figures" in parity.err
    assert parity("export", str(tmp_path / "all.zip")) == 2
    assert "say --all" in parity.err


def test_what_is_exported_for_the_national_return_is_imported_again(
    parity: Parity, given: Given, tmp_path: Path
) -> None:
    given.actuals(
        "ZZ901", 2024, {("clinical", "8a"): (340, 61, 2), ("medical", "trainee"): (3, 1, 0)}
    )
    sheet = write(tmp_path, parity.succeed("actuals", "export", "ZZ901", "2024"), name="own.csv")
    book = str(tmp_path / "own.xlsx")
    parity.succeed("actuals", "export", "ZZ901", "2024", "--xlsx", book)

    for file in (sheet, book):
        told = parity.succeed("import", file, "--kind", "actuals", *SOURCE, "--dry-run")

        assert ": 0 new, 0 revised, 1 unchanged." in told.splitlines()[0]


def test_a_file_is_fetched_from_an_address(parity: Parity, given: Given, tmp_path: Path) -> None:
    assert given
    write(tmp_path, HEADINGS, ROW)

    with folder_server(tmp_path) as address:
        command = ("import", "--from", f"{address}/staff.csv", "--kind", "actuals", *SOURCE)
        refused = parity.fail(*command)
        told = parity.succeed(*command, "--allow-http")

    assert "only https is fetched, not http" in refused
    assert ": staff.csv, 1 rows: 1 new, 0 revised, 0 unchanged." in told
