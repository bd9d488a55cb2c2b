import gzip
import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.domain.records import Author
from app.store import actuals
from app.store.engine import reading
from tests.bodies import cells
from tests.cli.parity import Parity
from tests.given import Given
from tests.staff_lists import CONSULTANT, HEADER, MANAGER, NURSE, write_list

CENSUS = ("--date", "2024-03-31")
NAMED = ("Employee Number", "Name", *HEADER)
SECRETS = ("20771234", "Okonkwo", "Featherstonehaugh")
"""What identifies somebody in the lists of these tests."""

BODY = {
    "source": "Staff list, 2024-03-31",
    "reason": None,
    "totals": {"workforce": 4, "bme": 1},
    "headcounts": [
        *cells({"bme": 1}, staff_group="non_clinical", band="8a"),
        *cells({"white": 2}, band="5"),
        *cells({"unknown": 1}, staff_group="medical", band="consultant"),
    ],
}
LIST = (NURSE, NURSE, MANAGER, CONSULTANT)
ELSEWHERE = ("ZZ902", *NURSE[1:])


@pytest.fixture
def offline(tmp_path: Path) -> Parity:
    """The command line without a database."""
    return Parity("nowhere", tmp_path)


def counting(file: Path, *options: str) -> tuple[str, ...]:
    """Return the command that counts a list at the census of 2024."""
    return ("staff", "count", str(file), *CENSUS, *options)


def test_a_list_is_printed_as_the_body_of_actuals(offline: Parity, tmp_path: Path) -> None:
    told = offline.succeed(*counting(write_list(tmp_path, LIST)))

    assert json.loads(told) == BODY


def test_a_compressed_list_of_one_trust_need_not_name_it(offline: Parity, tmp_path: Path) -> None:
    rows = [row[1:] for row in LIST]
    file = write_list(tmp_path, rows, header=("Crew", *HEADER[2:]))
    file.write_bytes(gzip.compress(file.read_bytes()))

    told = offline.succeed(
        *counting(file, "--organisation", "ZZ901", "--column", "staff_group=crew"),
        *("--source", "ESR", "--reason", "Counted anew"),
    )

    assert json.loads(told) == BODY | {"source": "ESR", "reason": "Counted anew"}


def test_several_trusts_are_printed_by_their_code(offline: Parity, tmp_path: Path) -> None:
    told = offline.succeed(*counting(write_list(tmp_path, [ELSEWHERE, *LIST])))

    assert json.loads(told) == {
        "ZZ901": BODY,
        "ZZ902": BODY
        | {"totals": {"workforce": 1, "bme": 0}, "headcounts": cells({"white": 1}, band="5")},
    }


def test_people_with_two_posts_are_counted_once(offline: Parity, tmp_path: Path) -> None:
    rows = [(SECRETS[0], SECRETS[1], *NURSE), (SECRETS[0], SECRETS[1], *MANAGER)]
    file = write_list(tmp_path, [*rows, ("2", SECRETS[2], *NURSE)], header=NAMED)

    code = offline(*counting(file, "--identifier", "employee number"))

    assert code == 0
    assert json.loads(offline.out)["totals"] == {"workforce": 2, "bme": 0}
    assert offline.err == (
        "3 rows are 2 people.\n"
        "1 person white by one row and BME by another; counted as of unknown ethnicity.\n"
    )


def test_a_list_of_another_day_is_labelled_and_is_no_body(offline: Parity, tmp_path: Path) -> None:
    file = write_list(tmp_path, LIST)

    code = offline("staff", "count", str(file), "--date", "2024-06-30")

    assert (code, offline.err) == (0, "Not a census: staff in post on 2024-06-30.\n")
    assert json.loads(offline.out) == {
        "label": "not a census",
        **BODY,
        "source": "Staff list, 2024-06-30",
    }


def test_a_list_of_another_day_is_not_stored(offline: Parity, tmp_path: Path) -> None:
    file = write_list(tmp_path, LIST)

    code = offline("staff", "count", str(file), "--date", "2024-06-30", "--put")

    assert (code, offline.out) == (2, "")
    assert "2024-06-30 is not the day of a census" in offline.err


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        pytest.param(("--organisation", "Mersey"), "this is no ODS code", id="no code"),
        pytest.param(("--column", "band"), "say which column has which header", id="no header"),
        pytest.param(("--column", "pay=Grade"), "or ethnic_category", id="no column"),
    ],
)
def test_an_option_that_says_nothing_is_refused(
    options: tuple[str, ...], complaint: str, offline: Parity, tmp_path: Path
) -> None:
    code = offline(*counting(write_list(tmp_path, LIST), *options))

    assert code == 2
    assert complaint in offline.err


def test_a_count_is_written_to_a_file_that_can_be_sent(
    parity: Parity, given: Given, tmp_path: Path
) -> None:
    assert given
    file = tmp_path / "body.json"

    told = parity.succeed(*counting(write_list(tmp_path, LIST), "--output", str(file)))
    stored = parity.succeed("actuals", "put", str(file), "--trust", "ZZ901", "--year", "2024")

    assert told == f"Wrote {file}: ZZ901, 4 people, 1 of them BME.\n"
    assert stored.startswith(
        "Stored: revision 1 of ZZ901 for the census of 2024, 4 people, 1 of them BME.\n"
    )


def test_several_trusts_are_written_to_one_file_or_to_a_folder(
    offline: Parity, tmp_path: Path
) -> None:
    one, folder = tmp_path / "all.json", tmp_path / "each"
    folder.mkdir()
    file = write_list(tmp_path, [ELSEWHERE, *LIST])

    told = offline.succeed(*counting(file, "--output", str(one)))
    told += offline.succeed(*counting(file, "--output", str(folder)))

    assert told == (
        f"Wrote {one}: 2 trusts, 5 people, 1 of them BME.\n"
        f"Wrote {folder}/ZZ901.json: ZZ901, 4 people, 1 of them BME.\n"
        f"Wrote {folder}/ZZ902.json: ZZ902, 1 person, 0 of them BME.\n"
    )
    each = {file.stem: json.loads(file.read_text()) for file in sorted(folder.iterdir())}
    assert json.loads(one.read_text()) == each


def test_a_file_that_cannot_be_written_is_told(offline: Parity, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "body.json"

    told = offline.fail(*counting(write_list(tmp_path, LIST), "--output", str(file)))

    assert told == f"{file} cannot be written: No such file or directory.\n"


def test_all_that_is_not_known_is_told_and_nobody_named(offline: Parity, tmp_path: Path) -> None:
    rows = [
        *[(SECRETS[0], SECRETS[1], *NURSE[:2], "XR09", "A")] * 10,
        (SECRETS[0], "", "ZZ901", SECRETS[1], "5", f"A {SECRETS[2]}"),
        (" ", "", *MANAGER),
    ]
    file = write_list(tmp_path, rows, header=NAMED)
    file.write_text(file.read_text() + f"{SECRETS[2]},1\n")

    told = offline.fail(*counting(file, "--identifier", NAMED[0]))

    hidden = (
        "1 row has a word there that is not known; 1 different. Words that might be about a person"
        " are not shown. Say what a word means in the table of --pay-table, or name another column"
        " with --column."
    )
    assert told == (
        "unacceptable_staff_list: The staff list has 5 faults; nothing was stored.\n"
        "  row_width: Row 14 has more or fewer cells than the header; a cell with a comma needs"
        " quotation marks.\n"
        f"  /staff_group unknown_word: {hidden}\n"
        "  /band unknown_word: 10 rows have a word there that is not known; 1 different. XR09 (10"
        " rows). Say what a word means in the table of --pay-table, or name another column with"
        " --column.\n"
        f"  /ethnic_category unknown_word: {hidden}\n"
        "  /identifier blank_cell: 1 row has nothing in the column of --identifier, so their"
        " person is not known.\n"
    )


@pytest.mark.parametrize("column", ["organisation", "staff_group", "band", "ethnic_category"])
def test_a_column_of_names_or_numbers_shows_none(
    column: str, offline: Parity, tmp_path: Path
) -> None:
    rows = [(number, name, *NURSE) for number in SECRETS[:1] for name in SECRETS[1:]] * 500
    file = write_list(tmp_path, rows, header=NAMED)

    for header in NAMED[:2]:
        told = offline.fail(*counting(file, "--column", f"{column}={header}"))

        assert "1000 rows have a word there that is not known" in told
        assert [secret for secret in SECRETS if secret in told] == []


def test_the_caller_s_table_says_what_local_words_mean(offline: Parity, tmp_path: Path) -> None:
    table = tmp_path / "words.csv"
    table.write_text("word,staff_group,band\nSpot Salary,non_clinical,vsm\n", encoding="utf-8")
    file = write_list(tmp_path, [("ZZ901", "Medical and Dental", "Spot Salary", "M")])

    told = offline.succeed(*counting(file, "--pay-table", str(table)))

    assert json.loads(told)["headcounts"] == cells(
        {"bme": 1}, staff_group="non_clinical", band="vsm"
    )


def test_a_table_that_says_nothing_is_refused(offline: Parity, tmp_path: Path) -> None:
    file = write_list(tmp_path, LIST)

    told = offline.fail(*counting(file, "--pay-table", str(file)))

    assert told.startswith("unacceptable_staff_list: The staff list has 1 fault")


def test_all_trusts_of_a_list_are_stored(
    parity: Parity, given: Given, engine: Engine, tmp_path: Path
) -> None:
    file = write_list(tmp_path, [ELSEWHERE, *LIST])

    told = parity.succeed(*counting(file, "--put"))

    assert given
    assert told == (
        "Stored: revision 1 of ZZ901 for the census of 2024, 4 people, 1 of them BME.\n"
        "Warning unknown_ethnicity: The ethnicity of 25.0% of staff is not known; above 10% the"
        " BME share is hard to compare.\n"
        "Stored: revision 1 of ZZ902 for the census of 2024, 1 people, 0 of them BME.\n"
    )
    with reading(engine) as session:
        held = actuals.find(session, "ZZ901", 2024)
    assert held is not None
    assert (held.record.author, held.actuals.source) == (
        Author("cli", "national"),
        "Staff list, 2024-03-31",
    )


def test_the_same_list_again_changes_nothing_and_another_needs_a_reason(
    parity: Parity, given: Given, tmp_path: Path
) -> None:
    parity.succeed(*counting(write_list(tmp_path, LIST), "--put"))
    before = given.count_rows()

    again = parity.succeed(*counting(write_list(tmp_path, LIST), "--put"))
    without = parity.fail(*counting(write_list(tmp_path, LIST[1:]), "--put"))
    after = given.count_rows()
    anew = parity.succeed(*counting(write_list(tmp_path, LIST[1:]), "--put", "--reason", "Left"))

    assert again.startswith("Nothing to change: revision 1 of ZZ901")
    assert without == (
        "ZZ901: unacceptable_actuals: The actuals have 1 fault; nothing was stored.\n"
        "  /reason reason_missing: Say why: this changes revision 1, which is held.\n"
    )
    assert after == before
    assert anew.startswith("Stored: revision 2 of ZZ901")


def test_one_trust_that_is_refused_refuses_all_and_each_is_told(
    parity: Parity, given: Given, tmp_path: Path
) -> None:
    before = given.read_database()
    rows = [NURSE, ("ZZ905", *NURSE[1:]), ("ZZ999", *NURSE[1:])]

    told = parity.fail(*counting(write_list(tmp_path, rows), "--put"))

    assert told == (
        "ZZ905: unacceptable_actuals: The actuals have 1 fault; nothing was stored.\n"
        "  /covers not_open_at_census: ZZ905 was not open on 31 March 2024; name the predecessors"
        " whose staff are counted.\n"
        "ZZ999: trust_not_found: No trust has the ODS code ZZ999.\n"
    )
    assert given.read_database() == before


def test_a_dry_run_checks_and_stores_nothing(parity: Parity, given: Given, tmp_path: Path) -> None:
    before = given.read_database()

    told = parity.succeed(*counting(write_list(tmp_path, LIST), "--put", "--dry-run"))

    assert told.startswith("Checked, not stored: revision 1 of ZZ901")
    assert given.read_database() == before


def test_nothing_of_a_row_is_stored_or_written(
    parity: Parity, given: Given, tmp_path: Path
) -> None:
    rows = [(SECRETS[0], SECRETS[1], *NURSE), ("2", SECRETS[2], *MANAGER)]
    file = write_list(tmp_path, rows, header=NAMED)
    output = tmp_path / "body.json"

    told = parity.succeed(
        *counting(file, "--identifier", NAMED[0], "--put", "--output", str(output))
    )

    seen = told + output.read_text() + given.read_database()
    assert [secret for secret in SECRETS if secret in seen] == []
