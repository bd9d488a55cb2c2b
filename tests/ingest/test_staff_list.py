import gzip
from pathlib import Path

import pytest

from app.domain.bands import Band, StaffGroup
from app.domain.counts import Count
from app.domain.errors import Fault
from app.domain.staff_lists import Tally
from app.domain.staff_people import People
from app.ingest.staff_columns import Layout
from app.ingest.staff_list import BLOCK_ROWS, MOST_KINDS, StaffListReader
from tests.staff_lists import CONSULTANT, HEADER, MANAGER, NURSE, as_csv, vocabulary

WORDS = vocabulary()
HEADCOUNTS = {
    (StaffGroup.CLINICAL, Band.BAND_5): Count(white=2),
    (StaffGroup.NON_CLINICAL, Band.BAND_8A): Count(bme=1),
}
PLAIN = as_csv([NURSE, MANAGER, NURSE])
QUOTES = "a quotation mark is out of place, or a cell has more than 131072 characters."
WIDTH = "more or fewer cells than the header; a cell with a comma needs quotation marks."


class Read:
    """A list that was read from a file."""

    def __init__(self, folder: Path, content: str | bytes, layout: Layout | None = None) -> None:
        file = folder / "staff.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        layout = layout or Layout()
        self.tally = Tally(WORDS)
        self.people = People(WORDS, b"salt") if layout.identifier else None
        self.heard: list[tuple[int, int | None]] = []
        reader = StaffListReader(layout, self.tally, self.people)
        reader.read(file, lambda read, size: self.heard.append((read, size)))
        self.rows, self.faults = reader.rows, reader.faults


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(PLAIN, id="as it should be"),
        pytest.param(as_csv([NURSE, MANAGER, NURSE], delimiter=";"), id="semicolons"),
        pytest.param(as_csv([NURSE, MANAGER, NURSE], delimiter="\t"), id="tabs"),
        pytest.param("\ufeff" + PLAIN.replace("\r\n", "\n"), id="a byte-order mark"),
        pytest.param("\n \n" + PLAIN.replace("\r\n", "\n\n"), id="blank lines"),
        pytest.param(PLAIN + ",,,\r\n , , ,\r\n", id="blank rows"),
        pytest.param(PLAIN.replace("British\r", "British,,\r"), id="blank cells beyond"),
        pytest.param(PLAIN.replace("\r\n", "\r"), id="the ends of lines of old"),
        pytest.param(PLAIN.rstrip(), id="no end of the last line"),
        pytest.param(gzip.compress(PLAIN.encode()), id="gzip"),
        pytest.param(PLAIN.replace("Pay Scale", '"Pay\nScale"'), id="a header of two lines"),
    ],
)
def test_a_list_is_counted(content: str | bytes, tmp_path: Path) -> None:
    read = Read(tmp_path, content)

    assert (read.rows, read.faults, read.tally.find_faults()) == (3, [], [])
    (count,) = read.tally.count()
    assert (count.ods_code, count.headcounts) == ("ZZ901", HEADCOUNTS)


def test_columns_that_do_not_count_may_hold_anything(tmp_path: Path) -> None:
    header = ("Name", *HEADER, "Comment")
    rows = [("Zoë", *NURSE, 'says "no", twice\nor more'), ("Bob", *MANAGER, ""), ("", *NURSE, "x")]

    read = Read(tmp_path, as_csv(rows, header=header).encode("cp1252"))

    assert (read.rows, read.faults) == (3, [])
    assert read.tally.count()[0].headcounts == HEADCOUNTS


def test_a_list_that_is_longer_than_a_block_is_counted_to_its_end(tmp_path: Path) -> None:
    rows = [NURSE] * (BLOCK_ROWS + 1) + [MANAGER]

    read = Read(tmp_path, as_csv(rows))

    assert read.tally.count()[0].everybody == Count(white=BLOCK_ROWS + 1, bme=1)
    size = (tmp_path / "staff.csv").stat().st_size
    assert read.heard == [(size, size)] * 2


def test_people_are_told_apart_by_the_column_that_is_named(tmp_path: Path) -> None:
    header = ("Employee Number", *HEADER)
    rows = [("1", *NURSE), ("2", *NURSE), ("1", *MANAGER), ("2", *CONSULTANT)]

    read = Read(tmp_path, as_csv(rows, header=header), Layout(identifier="Employee Number"))

    assert read.people is not None
    found = read.people.count()
    assert (read.rows, found.people, found.contradictions) == (4, 2, 1)
    assert found.counts[0].headcounts == {
        (StaffGroup.NON_CLINICAL, Band.BAND_8A): Count(unknown=1),
        (StaffGroup.MEDICAL, Band.CONSULTANT): Count(white=1),
    }


def test_many_different_rows_are_not_all_held(tmp_path: Path) -> None:
    rows = [(*NURSE[:2], f"word {number}", "A") for number in range(MOST_KINDS + 2 * BLOCK_ROWS)]

    read = Read(tmp_path, as_csv([NURSE, *rows]))

    assert read.rows == len(rows) + 1
    (fault,) = read.tally.find_faults()
    assert fault.detail.startswith(f"{len(rows)} rows have a word there that is not known")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        pytest.param(["ZZ901,Students,5"], f"Row 3 has {WIDTH}", id="short"),
        pytest.param(["ZZ901,Smith,Alice,Students,5,A"], f"Row 3 has {WIDTH}", id="long"),
        pytest.param(
            ["", "ZZ901", "ZZ901,Students,5,A", "A,B,C,D,E"], f"Rows 4, 6 have {WIDTH}", id="two"
        ),
        pytest.param(
            ["ZZ901"] * 300,
            f"Rows 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 290 more have {WIDTH}",
            id="many",
        ),
    ],
)
def test_rows_of_another_width_are_refused_by_their_number(
    rows: list[str], told: str, tmp_path: Path
) -> None:
    read = Read(tmp_path, as_csv([NURSE]) + "\n".join(rows))

    assert read.faults == [Fault("", "row_width", told)]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        pytest.param(as_csv([]), Fault("", "no_rows", "The list has no rows."), id="a header"),
        pytest.param(
            PLAIN + 'ZZ901,"Alice" Smith,5,A\r\n',
            Fault("", "not_csv", f"Line 5: {QUOTES}"),
            id="quotation marks",
        ),
        pytest.param(
            "\r\n" + PLAIN + 'ZZ901,"Alice Smith,5,A\r\n',
            Fault("", "not_csv", f"Line 6: {QUOTES}"),
            id="a quotation that does not end",
        ),
        pytest.param(
            PLAIN + "x" * 140_000,
            Fault("", "not_csv", f"Line 5: {QUOTES}"),
            id="a cell without end",
        ),
        pytest.param(
            PLAIN + "\0",
            Fault(
                "",
                "not_csv",
                "The file has NUL bytes: it is damaged, or no text. Save it as CSV in UTF-8.",
            ),
            id="a NUL byte",
        ),
        pytest.param(
            gzip.compress(PLAIN.encode())[:-12],
            Fault("", "not_csv", "The compressed file is damaged or cut short; copy it again."),
            id="gzip cut short",
        ),
    ],
)
def test_a_file_that_cannot_be_read_to_its_end_is_refused(
    content: str | bytes, fault: Fault, tmp_path: Path
) -> None:
    assert Read(tmp_path, content).faults == [fault]


@pytest.mark.parametrize("content", ["", "\n\n", "Alice Smith,5,A,ZZ901\n"])
def test_a_list_has_a_header(content: str, tmp_path: Path) -> None:
    read = Read(tmp_path, content)

    assert [fault.code for fault in read.faults] == ["column_missing"] * 4
    assert "Alice" not in repr(read.faults)


def test_what_was_wrong_before_a_fault_of_the_file_is_told_as_well(tmp_path: Path) -> None:
    rows = [(*NURSE[:2], "XR09", "A")] * (BLOCK_ROWS + 1)

    read = Read(tmp_path, as_csv(rows) + 'short\n"')

    assert [fault.code for fault in read.faults] == ["not_csv"]
    (fault,) = read.tally.find_faults()
    assert f"XR09 ({BLOCK_ROWS} rows)" in fault.detail
