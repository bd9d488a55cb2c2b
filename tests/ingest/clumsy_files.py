"""Files that are not as one would wish, and what is read from each."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.ingest.grids import Cell, Odd
from tests.ingest.workbook_files import (
    by_hand,
    by_program,
    inline,
    number,
    parts_of,
    row_xml,
    sheet_xml,
    styles_xml,
    zip_of,
)

Rows = Mapping[int, Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Clumsy:
    """A file that is read.

    Attributes:
        id: What is clumsy about it.
        write: Returns its bytes.
        rows: What its first sheet holds, by the number of the row.
        remarks: The sentences about how it was read.
    """

    id: str
    write: Callable[[], bytes]
    rows: Rows
    remarks: tuple[str, ...] = ()


WINDOWS = (
    "The text is not in UTF-8 and was taken to be in Windows-1252; look at names with accents."
)
NO_RESULT = Odd(
    "",
    "formula_without_result",
    "The cell has a formula that was not calculated when the file was saved; open it in Excel,"
    " save it and send it again.",
)

NAMES: Rows = {1: ("trust", "count"), 2: ("Siân\u2019s", "61")}
NAMES_TEXT = "trust,count\r\nSiân\u2019s,61\r\n"


def error(shown: str) -> Odd:
    """Return the cell of an error."""
    return Odd(
        shown,
        "error_value",
        f"The cell shows the error {shown}; mend its formula or write the value.",
    )


def covered(place: str, shown: str) -> Odd:
    """Return a cell that a merged range covers."""
    return Odd(
        shown,
        "covered_by_merge",
        f"The cell is covered by the merged range {place}, which shows {shown} once; unmerge it"
        " and fill in every cell.",
    )


def not_finite(shown: str) -> Odd:
    """Return the cell of what is no number."""
    return Odd(shown, "finite_number", f"{shown} is no number that can be used.")


def time_of_day(shown: str) -> Odd:
    """Return the cell of a time."""
    return Odd(
        shown,
        "time_of_day",
        f"The cell has the format of a time and shows {shown}; give it the format of what it is.",
    )


def merged(*ranges: str) -> str:
    """Return what makes ranges merged."""
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    return f"<mergeCells>{cells}</mergeCells>"


def typed(kind: str, value: str) -> str:
    """Return a cell of a kind."""
    return f'<c t="{kind}"><v>{value}</v></c>'


def styled(value: object) -> str:
    """Return a number in the first style."""
    return f'<c s="1"><v>{value}</v></c>'


def write_dates(book: Any, sheet: Any) -> None:  # noqa: ANN401 -- xlsxwriter types them so
    """Write what a spreadsheet makes of 1-2, an instant, a time and a time beyond a day."""
    day = book.add_format({"num_format": "d mmm"})
    sheet.write_datetime("B2", datetime(2026, 2, 1), day)  # noqa: DTZ001 -- sheets know no zones
    sheet.write_datetime("C2", datetime(2026, 2, 1, 9, 30), day)  # noqa: DTZ001 -- likewise
    sheet.write_number("D2", 0.5, book.add_format({"num_format": "hh:mm"}))
    sheet.write_number("E2", 1.5, book.add_format({"num_format": "[h]:mm"}))
    sheet.write_number("F2", 61, day)


def write_percentages(book: Any, sheet: Any) -> None:  # noqa: ANN401 -- xlsxwriter types them so
    """Write numbers that are shown as percentages, and one that only mentions the sign."""
    whole = book.add_format({"num_format": "0%"})
    sheet.write_number("A1", 1, whole)
    sheet.write_number("B1", 0.125, book.add_format({"num_format": "0.0%;[Red]-0.0%"}))
    sheet.write_number("C1", 61, book.add_format({"num_format": '0" (%)"'}))
    sheet.write_string("D1", "White", whole)
    sheet.write_boolean("E1", True, whole)  # noqa: FBT003 -- xlsxwriter's way
    sheet.write_number("F1", 0.1 + 0.2, whole)


PAGES = zip_of(
    parts_of(
        sheet_xml(row_xml(1, number(1))),
        sheet_xml(row_xml(1, number(2))),
        states={"Old": "hidden", "Staff": "visible"},
    )
)

CSVS = [
    Clumsy("UTF-8", NAMES_TEXT.encode, NAMES),
    Clumsy("UTF-8 with a mark", lambda: NAMES_TEXT.encode("utf-8-sig"), NAMES),
    Clumsy("UTF-16, little end first", lambda: b"\xff\xfe" + NAMES_TEXT.encode("utf-16-le"),
           NAMES),
    Clumsy("UTF-16, big end first", lambda: b"\xfe\xff" + NAMES_TEXT.encode("utf-16-be"), NAMES),
    Clumsy("UTF-32", lambda: NAMES_TEXT.encode("utf-32"), NAMES),
    Clumsy("Windows-1252", lambda: NAMES_TEXT.encode("cp1252"), NAMES, (WINDOWS,)),
    Clumsy("semicolons", lambda: NAMES_TEXT.replace(",", ";").encode(), NAMES),
    Clumsy("tabs", lambda: NAMES_TEXT.replace(",", "\t").encode(), NAMES),
    Clumsy("pipes", lambda: NAMES_TEXT.replace(",", "|").encode(), NAMES),
    Clumsy("line feeds", lambda: NAMES_TEXT.replace("\r\n", "\n").encode(), NAMES),
    Clumsy("carriage returns", lambda: NAMES_TEXT.replace("\r\n", "\r").encode(), NAMES),
    Clumsy("semicolons and decimal commas", lambda: b"a;b\r\n1,5;2,5\r\n3,5;4,5\r\n",
           {1: ("a", "b"), 2: ("1,5", "2,5"), 3: ("3,5", "4,5")}),
    Clumsy("a title with a comma above semicolons", lambda: b"Staff, 2026\r\n\r\na;b\r\n1;2\r\n",
           {1: ("Staff, 2026", None), 3: ("a", "b"), 4: ("1", "2")}),
    Clumsy("delimiter told to Excel", lambda: b"sep=|\r\na,b|c\r\n", {2: ("a,b", "c")}),
    Clumsy("delimiter told in quotes", lambda: b'"sep=;"\na,b;c\n', {2: ("a,b", "c")}),
    Clumsy("one column", lambda: b"count\r\n61\r\n", {1: ("count",), 2: ("61",)}),
    Clumsy("blank rows and blank cells", lambda: b"\r\na,b\r\n , \r\n,\r\n1,\r\n",
           {2: ("a", "b"), 5: ("1", None)}),
    Clumsy("rows of several lengths", lambda: b"a,b,c\r\n1\r\n1,2\r\n",
           {1: ("a", "b", "c"), 2: ("1", None, None), 3: ("1", "2", None)}),
    Clumsy("no line end", lambda: b"a,b\r\n1,2", {1: ("a", "b"), 2: ("1", "2")}),
    Clumsy("control-Z at the end", lambda: b"a,b\r\n1,2\r\n\x1a",
           {1: ("a", "b"), 2: ("1", "2")}),
    Clumsy("line ends inside cells", lambda: b'"White\r\nstaff",b\r\n1,2\r\n',
           {1: ("White staff", "b"), 2: ("1", "2")}),
    Clumsy("quotation marks written twice", lambda: b'"The ""old"" trust",5\r\n',
           {1: ('The "old" trust', "5")}),
    Clumsy("what nobody sees", "\u200bZZ001\u00a0,1\u202f234,\u00ad\r\n".encode,
           {1: ("ZZ001", "1 234", None)}),
    Clumsy("formulas in a text", lambda: b'a,=SUM(B1:B2),"=""061""",=\r\n',
           {1: ("a", Odd("=SUM(B1:B2)", "formula_without_result",
                         "=SUM(B1:B2) is a formula without its result; write the result."),
                Odd('="061"', "formula_without_result",
                    '="061" is a formula without its result; write the result.'), "=")}),
    Clumsy("errors in a text", lambda: b"#N/A,#REF!\r\n", {1: (error("#N/A"), error("#REF!"))}),
    Clumsy("a very long text", lambda: b"a," + b"x" * 32_768 + b"\r\n",
           {1: ("a", Odd("x" * 39 + "…", "string_too_long",
                         "The text has 32,768 characters; 32,767 are allowed."))}),
    Clumsy("marks and percentages stay texts", lambda: b"*,12%,[c],<5\r\n",
           {1: ("*", "12%", "[c]", "<5")}),
]  # fmt: skip

WORKBOOKS = [
    Clumsy("whole numbers kept as 61.0", lambda: by_hand(row_xml(1, number("61.0"), number(61.5))),
           {1: (61, 61.5)}),
    Clumsy("numbers below 0, tiny and beyond 15 digits",
           lambda: by_hand(row_xml(1, number(-3), number("1E-9"), number("1E15"), number("-0"))),
           {1: (-3, 1e-9, 1e15, 0)}),
    Clumsy("what is no number",
           lambda: by_hand(row_xml(1, number("NaN"), number("1E999"), number("-inf"))),
           {1: (not_finite("nan"), not_finite("inf"), not_finite("-inf"))}),
    Clumsy("true and false", lambda: by_hand(row_xml(1, typed("b", "1"), typed("b", "0"))),
           {1: (True, False)}),
    Clumsy("errors",
           lambda: by_hand(row_xml(1, typed("e", "#N/A"), typed("e", "#REF!"), number(5))),
           {1: (error("#N/A"), error("#REF!"), 5)}),
    Clumsy("numbers as texts", lambda: by_hand(row_xml(1, inline(" 61 "), inline("1,234"))),
           {1: ("61", "1,234")}),
    Clumsy("line ends in headings", lambda: by_hand(row_xml(1, inline("White_x000D_&#10;staff"))),
           {1: ("White staff",)}),
    Clumsy("cells without places",
           lambda: by_hand("<row><c><v>1</v></c><c/><c><v>2</v></c></row>"),
           {1: (1, None, 2)}),
    Clumsy("a table that begins in C5", lambda: by_program(
               lambda _, sheet: sheet.write_column("C5", ["BME", 61])),
           {5: (None, None, "BME"), 6: (None, None, 61)}),
    Clumsy("formats down to the last row", lambda: by_hand(
               row_xml(1, number(61)) + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'),
           {1: (61,)}),
    Clumsy("a size that is not true",
           lambda: by_hand(row_xml(1, number(61)), before='<dimension ref="A1:XFD1048576"/>'),
           {1: (61,)}),
    Clumsy("names with a prefix", lambda: zip_of(parts_of(
               '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
               '<x:sheetData><x:row r="1"><x:c r="A1" t="e"><x:v>#N/A</x:v></x:c><x:c r="B1">'
               "<x:v>61</x:v></x:c></x:row></x:sheetData></x:worksheet>")),
           {1: (error("#N/A"), 61)}),
    Clumsy("formulas with results", lambda: by_hand(row_xml(
               1, "<c><f>A2</f><v>61</v></c>", '<c t="str"><f>A3</f><v>*</v></c>',
               '<c t="str"><f>A4</f><v></v></c>', '<c t="b"><f>A5</f><v>1</v></c>', number(1))),
           {1: (61, "*", None, True, 1)}),
    Clumsy("formulas without results", lambda: by_hand(
               row_xml(1, number(61), "<c><f>A1+1</f></c>", "<c><f>A1+1</f><v></v></c>")
               + row_xml(2, '<c t="str"><f>A1</f></c>')),
           {1: (61, NO_RESULT, NO_RESULT), 2: (NO_RESULT, None, None)}),
    Clumsy("an error as the result of a formula", lambda: by_hand(
               row_xml(1, '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>')), {1: (error("#DIV/0!"),)}),
    Clumsy("formulas that a program wrote with the result 0", lambda: by_program(
               lambda _, sheet: (sheet.write("A1", 61), sheet.write_formula("B1", "=A1+1"))),
           {1: (61, NO_RESULT)}),
    Clumsy("dates where numbers were meant", lambda: by_program(write_dates),
           {2: (None, date(2026, 2, 1),
                Odd("2026-02-01 09:30:00", "date_from_datetime_inexact",
                    ("The cell has the instant 2026-02-01 09:30:00, where a day alone is"
                     " wanted.")),
                time_of_day("12:00:00"), time_of_day("1 day, 12:00:00"), date(1900, 3, 1))}),
    Clumsy("percentages", lambda: by_program(write_percentages),
           {1: ("100%", "12.5%", 61, "White", True, "30%")}),
    Clumsy("a percentage with the sign quoted", lambda: by_hand(
               row_xml(1, styled(0.5)), styles=styles_xml(r"0\%")), {1: (0.5,)}),
    Clumsy("no number as a percentage", lambda: by_hand(
               row_xml(1, styled("NaN")), styles=styles_xml("0%")), {1: (not_finite("nan"),)}),
    Clumsy("merged titles and headings", lambda: by_hand(
               row_xml(1, inline("Staff in post")) + row_xml(2, inline("Trust"), inline("White"))
               + row_xml(3, "<c/>", inline("people")) + row_xml(4, inline("ZZ001"), number(61)),
               after=merged("A1:B1", "A2:A3")),
           {1: ("Staff in post", None), 2: ("Trust", "White"), 3: (None, "people"),
            4: ("ZZ001", 61)}),
    Clumsy("a trust merged down its rows", lambda: by_hand(
               row_xml(1, inline("Trust"), inline("White"))
               + row_xml(2, inline("ZZ001"), number(1)) + row_xml(3, "<c/>", number(2))
               + row_xml(5, "<c/>", number(3)),
               after=merged("A2:A6")),
           {1: ("Trust", "White"), 2: ("ZZ001", 1), 3: (covered("A2:A5", "ZZ001"), 2),
            5: (covered("A2:A5", "ZZ001"), 3)}),
    Clumsy("numbers merged across columns", lambda: by_hand(
               row_xml(1, number(61), "<c/>", number(7), "<c/>", inline("8%"), "<c/>", number(1)),
               after=merged("B1:A1", "C1:D1", "E1:F1")),
           {1: (61, covered("A1:B1", "61"), 7, covered("C1:D1", "7"), "8%",
                covered("E1:F1", "8%"), 1)}),
    Clumsy("texts and blanks merged across columns", lambda: by_hand(
               row_xml(1, number(1), inline("see note"), "<c/>", "<c/>", "<c/>", number(2)),
               after=merged("B1:C1", "D1:E1")),
           {1: (1, "see note", None, None, None, 2)}),
    Clumsy("an error merged across columns, and merges outside", lambda: by_hand(
               row_xml(1, typed("e", "#N/A"), "<c/>", number(2)),
               after=merged("A1:B1", "A3:B4", "D1:E1")),
           {1: (error("#N/A"), covered("A1:B1", "#N/A"), 2)}),
    Clumsy("merges in a sheet without figures", lambda: by_hand(
               row_xml(1, inline("Trust")) + row_xml(2, "<c/>", inline("White")),
               after=merged("A1:A2")),
           {1: ("Trust", None), 2: (None, "White")}),
    Clumsy("a hidden sheet", lambda: PAGES, {1: (2,)},
           ("The sheet 'Old' is hidden and was not read; unhide it if it has figures.",)),
    Clumsy("hidden rows and columns", lambda: by_hand(
               row_xml(1, number(1), number(2))
               + row_xml(2, number(3), attributes=' hidden="1"')
               + row_xml(3, number(4), attributes=' hidden="true"')
               + row_xml(4, attributes=' hidden="1"'),
               before='<cols><col min="2" max="16384" hidden="1"/><col min="1" max="1"/></cols>'),
           {1: (1, 2), 2: (3, None), 3: (4, None)},
           ("In the sheet 'Staff' 2 hidden rows were read like the others.",
            "In the sheet 'Staff' 1 hidden column was read like the others.")),
    Clumsy("comments and further lists around the cells", lambda: by_hand(
               row_xml(1, number(61)), before="<!-- made by a program -->",
               after='<extLst><ext uri="x"><xm:f xmlns:xm="urn:x">A1</xm:f></ext></extLst>'),
           {1: (61,)}),
    Clumsy("parts that are not packed", lambda: zip_of(
               parts_of(sheet_xml(row_xml(1, number(61)))), zipfile.ZIP_STORED), {1: (61,)}),
    Clumsy("names of parts in capitals", lambda: zip_of({
               name.upper() if "sheet1" in name else name: part
               for name, part in parts_of(sheet_xml(row_xml(1, number(61)))).items()}),
           {1: (61,)}),
]  # fmt: skip

CLUMSY = [*CSVS, *WORKBOOKS]
