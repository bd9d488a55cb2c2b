"""Whatever bytes come, a file is read or refused, and nothing else happens."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import UnreadableFile
from app.ingest.grids import Workbook
from app.ingest.sheets import base_name, read_workbook
from tests.ingest.workbook_files import (
    by_program,
    inline,
    number,
    parts_of,
    row_xml,
    sheet_xml,
    styles_xml,
    zip_of,
)

SHARED = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>White</t></si>'
    "<si><r><t>B</t></r><r><t>ME</t></r></si></sst>"
)

PARTS = parts_of(
    sheet_xml(
        row_xml(1, '<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>', inline("Unknown"))
        + row_xml(2, number(61), '<c s="1"><v>0.5</v></c>', "<c><f>A2+1</f><v>62</v></c>")
        + row_xml(
            3, '<c t="e"><v>#N/A</v></c>', '<c t="b"><v>1</v></c>', "<c/>", "<c><f>1</f></c>"
        ),
        before='<dimension ref="A1:D3"/><cols><col min="2" max="3" hidden="1"/></cols>',
        after='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>',
    ),
    after='<calcPr fullCalcOnLoad="0"/>',
) | {"xl/sharedStrings.xml": SHARED, "xl/styles.xml": styles_xml("0%")}

WHOLE = zip_of(PARTS)

PROGRAM = by_program(lambda _, sheet: sheet.write_row("A1", ["White", 61, 0.5]))

CSV = 'trust;"count"\r\n"Siân ""A""";61\r\n;1,5\r\n'.encode("utf-8-sig")


def read_or_refuse(content: bytes) -> Workbook | None:
    """Return a file as it is read, or None if it is refused."""
    try:
        workbook = read_workbook(content, "a")
    except UnreadableFile:
        return None
    for grid in workbook.grids:
        assert grid.rows
        assert len({len(row.cells) for row in grid.rows}) == 1
    return workbook


@st.composite
def changed(draw: st.DrawFn, whole: bytes) -> bytes:
    """Draw bytes with up to five pieces of them overwritten, cut out or repeated."""
    content = bytearray(whole)
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(content)))
        end = start + draw(st.integers(0, 12))
        content[start:end] = draw(
            st.one_of(
                st.binary(max_size=12),
                st.just(bytes(content[start:end]) * 3),
                st.sampled_from([b"", b"-1", b"9999999", b'"', b"<", b">", b"/>", b"\x00", b"&#"]),
            )
        )
    return bytes(content)


@pytest.mark.parametrize("whole", [WHOLE, PROGRAM, CSV], ids=["made by hand", "xlsxwriter", "CSV"])
@given(data=st.data())
def test_a_file_with_changed_bytes_is_read_or_refused(whole: bytes, data: st.DataObject) -> None:
    read_or_refuse(data.draw(changed(whole)))


@pytest.mark.parametrize("name", PARTS)
@given(data=st.data())
def test_a_workbook_with_a_changed_part_is_read_or_refused(name: str, data: st.DataObject) -> None:
    part = PARTS[name]
    whole = part.encode() if isinstance(part, str) else part

    read_or_refuse(zip_of(PARTS | {name: data.draw(changed(whole))}))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    read_or_refuse(content)


WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters="=#<{["),
    min_size=1,
    max_size=8,
)


@given(
    st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=2, max_size=6),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\r\n", "\n"]),
)
def test_a_csv_file_is_read_as_it_was_written(
    rows: list[tuple[str, str, str]], delimiter: str, encoding: str, line_end: str
) -> None:
    written = io.StringIO(newline="")
    csv.writer(
        written, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL
    ).writerows(rows)

    workbook = read_workbook(written.getvalue().encode(encoding), "a.csv")

    assert [row.cells for row in workbook.grids[0].rows] == rows


@given(st.text(max_size=300))
def test_every_name_becomes_one_that_can_be_shown(name: str) -> None:
    kept = base_name(name)

    assert kept.isprintable()
    assert 0 < len(kept) <= 200
    assert not {"/", "\\"} & set(kept)
    assert base_name(kept) == kept
