"""Files that are refused whole, each with the sentence that its sender gets."""

import csv
import gzip
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from tests.ingest.workbook_files import (
    DECLARATION,
    by_hand,
    by_program,
    inline,
    number,
    parts_of,
    row_xml,
    sheet_xml,
    with_directory,
    workbook_xml,
    zip_of,
)


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file that is refused.

    Attributes:
        id: What is wrong with it.
        name: What it is called.
        write: Returns its bytes.
        reason: Stable name of the reason.
        sentence: What its sender is told after "… was not read. ".
    """

    id: str
    name: str
    write: Callable[[], bytes]
    reason: str
    sentence: str


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

DAMAGED = (
    "The workbook is damaged or not whole; open it in Excel, let Excel repair it, save it and send"
    " it again."
)
LOCKED = (
    "The workbook is locked with a password. Open it in Excel, choose File, Info, Protect"
    " Workbook, Encrypt with Password, empty the box, and save it."
)
MACROS = (
    "The workbook has macros, which are not taken; save it as an Excel Workbook (.xlsx) without"
    " macros."
)
OLD = (
    "The workbook has the format of Excel 2003 or older (.xls); save it as an Excel Workbook"
    " (.xlsx)."
)
PICTURE = "The file is a picture; send the table itself, as .xlsx or .csv."
ARCHIVE = "The file is an archive; unpack it and send the table inside it."
DOCUMENT = "The file is a document and no workbook; put the table into a workbook (.xlsx)."
WEB_PAGE = (
    "The file is a web page, whatever its name says; open it in Excel and save it as an Excel"
    " Workbook (.xlsx)."
)
XML = (
    "The file is XML, whatever its name says; open it in Excel and save it as an Excel Workbook"
    " (.xlsx)."
)
JSON = (
    "The file is JSON; send it as the body of the request that takes such figures, or the table as"
    " .xlsx or .csv."
)
NOT_TEXT = (
    "The file is neither a workbook nor a text; save it as an Excel Workbook (.xlsx) or as CSV"
    " UTF-8."
)
ENCODING = "The text is neither in UTF-8, UTF-16 nor Windows-1252; save it as CSV UTF-8."
UNSAFE = "The workbook declares entities or a document type, which no spreadsheet program does."
BOMB = (
    "The workbook unpacks to more than workbooks may; copy the figures alone into a new one."
    " At most 134,217,728 bytes are allowed, and no part may be more than 200 times what it is"
    " packed to."
)
TOO_MANY = (
    "The table is larger than tables may be; delete what is far from it, or split it by year or by"
    " trust."
)
NO_CELLS = "No visible cell of the file holds anything."
LAUGHS = '<!DOCTYPE lol [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

FIGURES = row_xml(1, inline("White"), inline("BME")) + row_xml(2, number(61), number(7))


def plain() -> bytes:
    """Return a workbook in which nothing is wrong."""
    return by_hand(FIGURES)


def with_part(name: str, part: str | bytes) -> bytes:
    """Return a workbook with a further part, or another one."""
    return zip_of(parts_of(sheet_xml(FIGURES)) | {name: part})


def without_part(name: str) -> bytes:
    """Return a workbook that lacks a part."""
    parts = parts_of(sheet_xml(FIGURES))
    del parts[name]
    return zip_of(parts)


def declaring(text: str) -> bytes:
    """Return a workbook whose sheet begins with a declaration."""
    return with_part(
        "xl/worksheets/sheet1.xml", sheet_xml(FIGURES).replace(DECLARATION, DECLARATION + text)
    )


def twice(name: str) -> bytes:
    """Return a workbook with a part twice, once in capitals."""
    return with_part(name.upper(), parts_of(sheet_xml(FIGURES))[name])


def overlapping() -> bytes:
    """Return a ZIP file of which many parts are the same bytes."""
    parts = {f"xl/media/{n}.xml": bytes(3_900_000) for n in range(40)}
    content = zip_of({"xl/workbook.xml": bytes(3_900_000), **parts})
    return with_directory(content, 42, "<I", 0)


def not_inflatable() -> bytes:
    """Return a workbook whose first part begins in a way that no packed part does."""
    content, begins = bytearray(plain()), 30 + len("[Content_Types].xml")
    content[begins] = 0x07
    return bytes(content)


def garbled() -> bytes:
    """Return a workbook in whose middle a few bytes are lost."""
    content = plain()
    middle = len(content) // 3
    return content[:middle] + bytes(8) + content[middle + 8 :]


def merged(*ranges: str) -> bytes:
    """Return a workbook with merged ranges over a large sheet."""
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    far = '<row r="2000"><c r="ALL2000"><v>1</v></c></row>'
    return by_hand(FIGURES + far, after=f"<mergeCells>{cells}</mergeCells>")


def hidden() -> bytes:
    """Return a workbook that hides its only figures."""
    states = {"Old": "hidden", "Front": "visible", "Older": "veryHidden"}
    return zip_of(parts_of(sheet_xml(FIGURES), sheet_xml(""), sheet_xml(FIGURES), states=states))


OTHER_KINDS = [
    Hostile("no bytes", "a.csv", lambda: b"", "empty_file",
            "The file has no content; perhaps it was sent before it was saved."),
    Hostile("blanks only", "a.csv", lambda: b" \r\n\t\r\n", "empty_file",
            "The file has no content; perhaps it was sent before it was saved."),
    Hostile("over the limit", "a.csv", lambda: b"1,2\r\n" * 10_485_761, "file_too_large",
            ("The file is larger than files may be; split it by year or by trust. At most"
             " 52,428,800 bytes are allowed.")),
    Hostile("PDF", "a.xlsx", lambda: b"%PDF-1.7\n%\xe2\xe3", "pdf",
            "The file is a PDF; send the table that it was made from, as .xlsx or .csv."),
    Hostile("PNG", "a.csv", lambda: b"\x89PNG\r\n\x1a\n", "picture", PICTURE),
    Hostile("JPEG", "a.xlsx", lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture", PICTURE),
    Hostile("GIF", "a.csv", lambda: b"GIF89a\x01\x00", "picture", PICTURE),
    Hostile("TIFF", "a.csv", lambda: b"II*\x00\x08\x00", "picture", PICTURE),
    Hostile("gzip", "a.csv.gz", lambda: gzip.compress(b"a,b\n1,2\n"), "archive", ARCHIVE),
    Hostile("7z", "a.7z", lambda: b"7z\xbc\xaf\x27\x1c\x00\x04", "archive", ARCHIVE),
    Hostile("RAR", "a.rar", lambda: b"Rar!\x1a\x07\x01\x00", "archive", ARCHIVE),
    Hostile("ZIP of a CSV", "a.zip", lambda: zip_of({"a.csv": "a,b\n1,2\n"}), "archive", ARCHIVE),
    Hostile("ZIP of a workbook", "a.xlsx", lambda: zip_of({"a.xlsx": plain()}), "archive",
            ARCHIVE),
    Hostile("ZIP of nothing", "a.zip", lambda: zip_of({}), "archive", ARCHIVE),
    Hostile("RTF", "a.csv", lambda: b"{\\rtf1\\ansi}", "other_document", DOCUMENT),
    Hostile("Word", "a.xlsx", lambda: zip_of({"word/document.xml": "<w/>"}), "other_document",
            DOCUMENT),
    Hostile("PowerPoint", "a.xlsx", lambda: zip_of({"ppt/presentation.xml": "<p/>"}),
            "other_document", DOCUMENT),
    Hostile("old Word", "a.xls", lambda: OLE + "WordDocument".encode("utf-16-le"),
            "other_document", DOCUMENT),
    Hostile("HTML table named .xls", "a.xls", lambda: b"\r\n<table><tr><td>61</td></tr></table>",
            "web_page", WEB_PAGE),
    Hostile("HTML page", "a.csv", lambda: b"<!DOCTYPE html><html><body>Sign in</body></html>",
            "web_page", WEB_PAGE),
    Hostile("HTML in UTF-16", "a.csv", lambda: "<html><table></table></html>".encode("utf-16"),
            "web_page", WEB_PAGE),
    Hostile("web archive", "a.xls", lambda: b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n",
            "web_page", WEB_PAGE),
    Hostile("XML spreadsheet of 2003", "a.xls",
            lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
            "xml_file", XML),
    Hostile("JSON object", "a.csv", lambda: b'{"cells": [{"people": 61}]}', "json_file", JSON),
    Hostile("JSON list", "a.csv", lambda: b'\xef\xbb\xbf[ {"people": 61} ]', "json_file", JSON),
]  # fmt: skip

UNWANTED_WORKBOOKS = [
    Hostile("password", "a.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
            "password", LOCKED),
    Hostile("password of the ZIP file", "a.xlsx", lambda: with_directory(plain(), 8, "<H", 1),
            "password", LOCKED),
    Hostile("macros", "a.xlsm", lambda: with_part("xl/vbaProject.bin", OLE), "macros", MACROS),
    Hostile("macros under another name", "a.xlsx", lambda: with_part("xl/vbaProject.bin", OLE),
            "macros", MACROS),
    Hostile("macros of Excel 4", "a.xlsx",
            lambda: with_part("xl/macrosheets/sheet1.xml", sheet_xml("")), "macros", MACROS),
    Hostile("xls", "a.xls", lambda: OLE + "Workbook".encode("utf-16-le"), "old_workbook", OLD),
    Hostile("xls of Excel 4", "a.xls", lambda: b"\x09\x04\x06\x00\x00\x00\x10\x00",
            "old_workbook", OLD),
    Hostile("xlsb", "a.xlsb", lambda: zip_of({"xl/workbook.bin": b"\x83\x01"}), "binary_workbook",
            "The workbook is a binary one (.xlsb); save it as an Excel Workbook (.xlsx)."),
    Hostile("ods", "a.ods", lambda: zip_of({"META-INF/manifest.xml": "<m/>"}), "open_document",
            "The file is an OpenDocument one; save it as an Excel Workbook (.xlsx), not as .ods."),
    Hostile("Numbers", "a.numbers", lambda: zip_of({"Index/Document.iwa": b"\x00"}),
            "numbers_document", "The file is one of Apple Numbers; export it as Excel (.xlsx)."),
    Hostile("no cells", "a.xlsx", lambda: by_hand(""), "no_cells", NO_CELLS),
    Hostile("blank cells", "a.xlsx", lambda: by_hand(row_xml(1, "<c/>", inline("\u200b "))),
            "no_cells", NO_CELLS),
    Hostile("hidden sheets only", "a.xlsx", hidden, "no_cells",
            (f"{NO_CELLS} The sheet 'Old' is hidden and was not read; unhide it if it has figures."
             " The sheet 'Older' is hidden and was not read; unhide it if it has figures.")),
    Hostile("a chart alone", "a.xlsx",
            lambda: by_program(lambda book, _: book.add_chartsheet("Chart")), "no_cells",
            NO_CELLS),
]  # fmt: skip

BOMBS = [
    Hostile("one part packed 1,000 times", "a.xlsx",
            lambda: with_part("xl/media/image1.png", bytes(5_000_000)), "unpacks_too_large", BOMB),
    Hostile("a part that says it is small", "a.xlsx",
            lambda: with_directory(
                with_part("xl/worksheets/sheet1.xml", b" " * 5_000_000), 24, "<I", 10),
            "unpacks_too_large", BOMB),
    Hostile("many parts, none too tightly packed", "a.xlsx",
            lambda: zip_of(parts_of(sheet_xml(FIGURES)) | {
                f"xl/media/{n}.bin": bytes(3_900_000) for n in range(35)}),
            "unpacks_too_large", BOMB),
    Hostile("parts that are the same bytes", "a.xlsx", overlapping, "unpacks_too_large", BOMB),
    Hostile("1,001 parts", "a.xlsx",
            lambda: zip_of({f"xl/{n}.xml": "" for n in range(1_001)}, zipfile.ZIP_STORED),
            "too_many_parts",
            ("The workbook has more parts than workbooks may; copy the figures alone into a new"
             " one. At most 1,000 are allowed.")),
    Hostile("entities", "a.xlsx", lambda: declaring(LAUGHS), "unsafe_xml", UNSAFE),
    Hostile("entities among the texts", "a.xlsx",
            lambda: with_part("xl/sharedStrings.xml", f"{LAUGHS}<sst><si><t>&b;</t></si></sst>"),
            "unsafe_xml", UNSAFE),
    Hostile("a document type outside", "a.xlsx",
            lambda: declaring('<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "unsafe_xml", UNSAFE),
    Hostile("a cell in the last row and column", "a.xlsx",
            lambda: by_hand('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
                            before='<dimension ref="A1:XFD1048576"/>'),
            "too_many_cells",
            (f"{TOO_MANY} The sheet 'Staff' holds something in XFD1048576; 500,000 rows and 1,000"
             " columns are allowed.")),
    Hostile("a million columns", "a.xlsx",
            lambda: by_hand('<row r="1"><c r="BDWGN1"><v>1</v></c></row>'), "too_many_cells",
            (f"{TOO_MANY} The sheet 'Staff' holds something in BDWGN1; 500,000 rows and 1,000"
             " columns are allowed.")),
    Hostile("a cell far from the table", "a.xlsx",
            lambda: by_hand(FIGURES + '<row r="9999"><c r="ALL9999"><v>1</v></c></row>'),
            "too_many_cells",
            (f"{TOO_MANY} It has 9,999,000 cells up to the last row and column of its sheets;"
             " 4,000,000 are allowed.")),
    Hostile("merged ranges on top of each other", "a.xlsx",
            lambda: merged(*["A1:XFD1048576"] * 3), "damaged_workbook", DAMAGED),
]  # fmt: skip

DAMAGES = [
    Hostile("cut off", "a.xlsx", lambda: plain()[:-30], "damaged_workbook", DAMAGED),
    Hostile("begins and breaks off", "a.xlsx", lambda: b"PK\x03\x04", "damaged_workbook", DAMAGED),
    Hostile("bytes lost", "a.xlsx", garbled, "damaged_workbook", DAMAGED),
    Hostile("a part that cannot be unpacked", "a.xlsx", not_inflatable, "damaged_workbook",
            DAMAGED),
    Hostile("directory astray", "a.xlsx", lambda: with_directory(plain(), 42, "<I", 7),
            "damaged_workbook", DAMAGED),
    Hostile("directory beyond the end", "a.xlsx",
            lambda: with_directory(plain(), 42, "<I", 1 << 30), "damaged_workbook", DAMAGED),
    Hostile("packed in another way", "a.xlsx",
            lambda: zip_of(parts_of(sheet_xml(FIGURES)), zipfile.ZIP_BZIP2), "damaged_workbook",
            DAMAGED),
    Hostile("a part twice", "a.xlsx", lambda: twice("xl/worksheets/sheet1.xml"),
            "damaged_workbook", DAMAGED),
    Hostile("no workbook in it", "a.xlsx", lambda: without_part("xl/workbook.xml"),
            "damaged_workbook", DAMAGED),
    Hostile("no sheet in it", "a.xlsx", lambda: without_part("xl/worksheets/sheet1.xml"),
            "damaged_workbook", DAMAGED),
    Hostile("no relationships", "a.xlsx", lambda: without_part("xl/_rels/workbook.xml.rels"),
            "damaged_workbook", DAMAGED),
    Hostile("sheet cut off", "a.xlsx",
            lambda: with_part("xl/worksheets/sheet1.xml", sheet_xml(FIGURES)[:-30]),
            "damaged_workbook", DAMAGED),
    Hostile("sheet in UTF-16, which the reader takes for empty", "a.xlsx",
            lambda: with_part("xl/worksheets/sheet1.xml", sheet_xml(FIGURES).encode("utf-16")),
            "damaged_workbook", DAMAGED),
    Hostile("sheet in Latin-1", "a.xlsx",
            lambda: with_part("xl/worksheets/sheet1.xml",
                              sheet_xml(FIGURES).replace("UTF-8", "ISO-8859-1")),
            "damaged_workbook", DAMAGED),
    Hostile("comment in a number, which the reader passes over", "a.xlsx",
            lambda: by_hand(row_xml(1, number("1<!-- and -->2"))), "damaged_workbook", DAMAGED),
    Hostile("CDATA in a number, which the reader passes over", "a.xlsx",
            lambda: by_hand(row_xml(1, number("<![CDATA[12]]>"))), "damaged_workbook", DAMAGED),
    Hostile("two values in a cell", "a.xlsx",
            lambda: by_hand(row_xml(1, "<c><v>1</v><v>2</v></c>")), "damaged_workbook", DAMAGED),
    Hostile("a cell twice", "a.xlsx",
            lambda: by_hand('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
            "damaged_workbook", DAMAGED),
    Hostile("rows out of order", "a.xlsx",
            lambda: by_hand(row_xml(2, number(1)) + row_xml(1, number(2))), "damaged_workbook",
            DAMAGED),
    Hostile("a cell in another row than its own", "a.xlsx",
            lambda: by_hand('<row r="1"><c r="A2"><v>1</v></c></row>'), "damaged_workbook",
            DAMAGED),
    Hostile("a cell nowhere", "a.xlsx",
            lambda: by_hand('<row r="1"><c r="a1"><v>1</v></c></row>'), "damaged_workbook",
            DAMAGED),
    Hostile("a row without end", "a.xlsx",
            lambda: by_hand(f'<row r="{"9" * 40}"><c><v>1</v></c></row>'), "damaged_workbook",
            DAMAGED),
    Hostile("a text that is not there", "a.xlsx",
            lambda: by_hand(row_xml(1, '<c t="s"><v>9</v></c>')), "damaged_workbook", DAMAGED),
    Hostile("a kind of cell that is none", "a.xlsx",
            lambda: by_hand(row_xml(1, '<c t="zz"><v>9</v></c>')), "damaged_workbook", DAMAGED),
    Hostile("sheets that two readers see differently", "a.xlsx",
            lambda: by_hand(FIGURES, workbook=workbook_xml({"Staff\nin post": "visible"})),
            "damaged_workbook", DAMAGED),
    Hostile("saved while it was calculated", "a.xlsx",
            lambda: by_hand(row_xml(1, number(1), '<c t="e"><v>#GETTING_DATA</v></c>')),
            "unfinished_cell",
            ("A cell was still being calculated when the workbook was saved; open it in Excel,"
             " wait until it is done, and save it. It is B1 of the sheet 'Staff'.")),
]  # fmt: skip

TEXTS = [
    Hostile("byte-order mark alone", "a.csv", lambda: b"\xef\xbb\xbf", "no_cells", NO_CELLS),
    Hostile("delimiters alone", "a.csv", lambda: b",,\r\n,,\r\n", "no_cells", NO_CELLS),
    Hostile("NUL", "a.csv", lambda: b"a,b\r\n1,\x002\r\n", "not_text",
            f"{NOT_TEXT} There is a NUL character in line 2."),
    Hostile("UTF-16 without a mark", "a.csv", lambda: "a,b\r\n".encode("utf-16-le"), "not_text",
            f"{NOT_TEXT} There is a NUL character in line 1."),
    Hostile("bytes of a program", "a.csv", lambda: b"\x7fELF\x02\x01\x01", "not_text",
            f"{NOT_TEXT} There is the control character 2 in line 1."),
    Hostile("no encoding", "a.csv", lambda: b"name\r\nB\x81d\xff\r\n", "unknown_encoding",
            ENCODING),
    Hostile("UTF-16 cut in the middle of a letter", "a.csv",
            lambda: "a,b".encode("utf-16") + b"\x00", "unknown_encoding", ENCODING),
    Hostile("a quotation mark never closed", "a.csv",
            lambda: b'code,count\r\n\r\n"a\r\nb",1\r\n"ZZ001,61\r\nZZ002,7\r\n', "open_quote",
            ("A quotation mark is opened and never closed. It is in row 4, which begins in"
             " line 5.")),
    Hostile("a quotation mark inside quotes", "a.csv", lambda: b'a,b\r\n"The "old" trust",1\r\n',
            "stray_quote",
            ("A quotation mark stands inside a quoted cell; there it has to be written twice. It"
             " is in row 2, which begins in line 2.")),
    Hostile("a cell without end", "a.csv",
            lambda: b"a,b\r\n" + b"x" * (csv.field_size_limit() + 1) + b",1\r\n", "long_cell",
            ("A cell is longer than cells may be; perhaps a quotation mark before it is not"
             " closed. It is in row 2, which begins in line 2.")),
    Hostile("a line without end", "a.csv", lambda: b"a,b\r\n" + b"1," * 1_000_001,
            "too_many_cells", f"{TOO_MANY} A row may have 2,000,000 characters at most."),
    Hostile("1,001 columns", "a.csv", lambda: b"1," * 1_000 + b"1\r\n", "too_many_cells",
            (f"{TOO_MANY} There are 1,001 columns and 1,001 cells up to row 1; 1,000 columns,"
             " 4,000,000 cells and 500,000 rows are allowed.")),
    Hostile("500,001 rows", "a.csv", lambda: b",\r\n" * 500_001, "too_many_cells",
            (f"{TOO_MANY} There are 2 columns and 1,000,002 cells up to row 500,001; 1,000"
             " columns, 4,000,000 cells and 500,000 rows are allowed.")),
    Hostile("one wide row among many", "a.csv", lambda: b"1," * 999 + b"1\r\n" + b"1\r\n" * 4_000,
            "too_many_cells",
            (f"{TOO_MANY} There are 1,000 columns and 4,001,000 cells up to row 4,001; 1,000"
             " columns, 4,000,000 cells and 500,000 rows are allowed.")),
]  # fmt: skip

HOSTILE = [*OTHER_KINDS, *UNWANTED_WORKBOOKS, *BOMBS, *DAMAGES, *TEXTS]
