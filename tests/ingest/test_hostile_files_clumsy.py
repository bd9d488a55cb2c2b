"""Files that are not as one would wish, and are read all the same."""

import hashlib
from pathlib import Path

import pytest

from app.domain.file_codes import RemarkCode
from app.ingest.grids import Grid, GridRow, Remark
from app.ingest.sheets import base_name, read_workbook
from tests.ingest.clumsy_files import CLUMSY, CSVS, PAGES, Clumsy
from tests.ingest.workbook_files import by_hand, number, parts_of, row_xml, sheet_xml, zip_of


@pytest.mark.parametrize("case", [pytest.param(one, id=one.id) for one in CLUMSY])
def test_a_clumsy_file_is_read_rightly(case: Clumsy, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(case.write())

    workbook = read_workbook(path, "a")

    sheet = None if case in CSVS else "Staff"
    rows = [GridRow(row, tuple(cells)) for row, cells in case.rows.items()]
    assert workbook.grids == (Grid(sheet, rows),)
    assert [[type(cell) for cell in row.cells] for row in workbook.grids[0].rows] == [
        [type(cell) for cell in row.cells] for row in rows
    ]
    assert tuple(remark.detail for remark in workbook.remarks) == case.remarks


def test_every_clumsy_file_has_a_name_of_its_own() -> None:
    assert len({case.id for case in CLUMSY}) == len(CLUMSY)


def test_a_file_is_known_by_its_name_its_bytes_and_its_sheets() -> None:
    states = {"First": "visible", "Blank": "visible", "Second": "visible"}
    first, second = (sheet_xml(row_xml(1, number(n))) for n in (1, 2))
    content = zip_of(parts_of(first, sheet_xml(""), second, states=states))

    workbook = read_workbook(content, r"C:\Users\me\Staff 2026.xlsx")

    assert (workbook.name, workbook.size) == ("Staff 2026.xlsx", len(content))
    assert workbook.sha256 == hashlib.sha256(content).hexdigest()
    assert workbook.grids == (
        Grid("First", [GridRow(1, (1,))]),
        Grid("Second", [GridRow(1, (2,))]),
    )


def test_remarks_have_codes() -> None:
    assert [remark.code for remark in read_workbook(PAGES, "a.csv").remarks] == [
        "named_otherwise",
        "hidden_sheet",
    ]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.csv", by_hand(row_xml(1, number(1))), "an Excel Workbook"),
        ("a.TXT", by_hand(row_xml(1, number(1))), "an Excel Workbook"),
        ("a.xlsx", b"a,b\r\n", "CSV"),
        ("a.xls", b"a,b\r\n", "CSV"),
    ],
)
def test_a_file_is_what_its_bytes_say(name: str, content: bytes, kind: str) -> None:
    suffix = name[1:].lower()

    assert read_workbook(content, name).remarks == (
        Remark(
            RemarkCode.NAMED_OTHERWISE,
            f"The name ends in {suffix}, but the file is {kind} and was read as such.",
        ),
    )


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a.csv", "a.csv"),
        ("../../etc/passwd", "passwd"),
        (r"C:\fakepath\Staff  in post.xlsx", "Staff in post.xlsx"),
        ("a\x00b\r\n\x1b[31m.csv", "ab [31m.csv"),
        ("\u202egnp.csv\ud800", "gnp.csv\ufffd"),
        ("..", "unnamed"),
        ("folder/", "unnamed"),
        ("", "unnamed"),
        ("x" * 300 + ".csv", "x" * 196 + ".csv"),
    ],
)
def test_a_name_is_kept_without_folders_and_what_cannot_be_printed(name: str, kept: str) -> None:
    assert base_name(name) == kept
