"""Workbooks made by hand, part by part, so that each can be wrong in one way."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

CENTRAL_SIZE = 46
"""Bytes of an entry in the directory of a ZIP file before its name."""


def sheet_xml(rows: str, *, before: str = "", after: str = "") -> str:
    """Return a worksheet with rows, and what stands before and after them."""
    return (
        f'{DECLARATION}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}'
        "</worksheet>"
    )


def row_xml(number: int, *cells: str, attributes: str = "") -> str:
    """Return a row whose cells do not say where they are."""
    return f'<row r="{number}"{attributes}>{"".join(cells)}</row>'


def number(value: object) -> str:
    """Return a cell with a number."""
    return f"<c><v>{value}</v></c>"


def inline(text: str) -> str:
    """Return a cell with a text."""
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def workbook_xml(states: Mapping[str, str], *, after: str = "") -> str:
    """Return a workbook with sheets, by their names with their states."""
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{n}" state="{state}" r:id="rId{n}"/>'
        for n, (name, state) in enumerate(states.items(), 1)
    )
    return (
        f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets>'
        f"{after}</workbook>"
    )


def styles_xml(*formats: str) -> str:
    """Return styles: 0 is plain, and each further one has a format."""
    own = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode="{one}"/>' for n, one in enumerate(formats)
    )
    cells = "".join(f'<xf numFmtId="{164 + n}"/>' for n in range(len(formats)))
    return (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}"><numFmts>{own}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>{cells}'
        '</cellXfs><cellStyles><cellStyle name="Normal" xfId="0"/></cellStyles></styleSheet>'
    )


def parts_of(
    *sheets: str, states: Mapping[str, str] | None = None, after: str = ""
) -> dict[str, str | bytes]:
    """Return the parts of a workbook whose sheets are given; one is called Staff."""
    states = states or {"Staff": "visible"}
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    return {
        "[Content_Types].xml": (
            f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
            f'officedocument.spreadsheetml.sheet.main+xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": (
            f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
            f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": workbook_xml(states, after=after),
        "xl/_rels/workbook.xml.rels": (
            f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{relations}'
            "</Relationships>"
        ),
        **{f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in enumerate(sheets, 1)},
    }


def zip_of(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP file of parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def by_hand(rows: str, *, before: str = "", after: str = "", **others: str | bytes) -> bytes:
    """Return a workbook of one sheet; others are further parts under xl, by their names."""
    parts = parts_of(sheet_xml(rows, before=before, after=after))
    parts |= {f"xl/{name}.xml": part for name, part in others.items()}
    return zip_of(parts)


def by_program(fill: Callable[[xlsxwriter.Workbook, Worksheet], object]) -> bytes:
    """Return a workbook that a program writes, whose first sheet is called Staff."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        fill(workbook, workbook.add_worksheet("Staff"))
    return content.getvalue()


def with_directory(content: bytes, place: int, form: str, value: int) -> bytes:
    """Return a ZIP file whose directory says something else of every part.

    Args:
        content: The ZIP file.
        place: Where in an entry of the directory it is said.
        form: How, as `struct` writes it.
        value: What is said.
    """
    changed = bytearray(content)
    entry = changed.find(b"PK\x01\x02")
    while entry >= 0:
        struct.pack_into(form, changed, entry + place, value)
        entry = changed.find(b"PK\x01\x02", entry + CENTRAL_SIZE)
    return bytes(changed)
