"""Files of figures that are hostile as a whole, and the forms that they come in."""

from collections.abc import Callable

from tests.api.hostile.cases import hostile, post, unknown, untyped, wrong
from tests.api.hostile.forms import FORM, HEADINGS, at, carry, not_imported, row_of, unread
from tests.bodies import fault, malformed
from tests.ingest.hostile_files import BOMBS
from tests.ingest.workbook_files import inline, number, parts_of, row_xml, sheet_xml, zip_of

_BOMBS = {one.id: one.write for one in BOMBS}


def _book(write: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return what makes a request that carries a workbook."""
    return lambda: carry(write(), "a.xlsx")


def _linked() -> bytes:
    """Return a workbook with a cell of another one."""
    heads = map(inline, HEADINGS.strip().split(","))
    cells = (inline("RZ1"), number(2024), inline("clinical"), inline("8a"), inline("white"))
    rows = row_xml(1, *heads) + row_xml(2, *cells, "<c><f>[1]Sheet1!A1</f></c>")
    return zip_of(parts_of(sheet_xml(rows)) | {"xl/externalLinks/externalLink1.xml": "<a/>"})


CASES = (
    hostile(
        "a byte order mark alone",
        carry(b"\xef\xbb\xbf"),
        unread("no_cells", "No visible cell of the file holds anything."),
    ),
    hostile(
        "a NUL in a cell",
        row_of(band="8\0a"),
        unread(
            "not_text",
            "The file is neither a workbook nor a text; save it as an Excel "
            "Workbook (.xlsx) or as CSV UTF-8. There is a NUL character in line "
            "2.",
        ),
    ),
    hostile(
        "nothing but NULs",
        carry(bytes(100)),
        unread(
            "not_text",
            "The file is neither a workbook nor a text; save it as an Excel "
            "Workbook (.xlsx) or as CSV UTF-8. There is a NUL character in line "
            "1.",
        ),
    ),
    hostile(
        "a quote that is never closed",
        carry(HEADINGS + 'RZ1,2024,"clinical,8a,white,340\n'),
        unread(
            "open_quote",
            "A quotation mark is opened and never closed. It is in row 2, which begins in line 2.",
        ),
    ),
    hostile(
        "all ends of lines at once",
        carry(
            HEADINGS.replace("\n", "\r")
            + "RZ1,2024,clinical,8a,x,340\r\nRZ1,2024,clinical,8a,y,61\n"
        ),
        not_imported(
            at(
                "/file/A2",
                "no_rows",
                "Nothing but totals is there of RZ1 for 2024.",
                "ODS code",
                "RZ1",
            ),
            at(
                "/file/E2",
                "unknown_code",
                "\u201cx\u201d is no ethnic group that is known; use one of white, "
                "bme, unknown, or say in a mapping what it stands for.",
                "Ethnic group",
                "x",
            ),
            at(
                "/file/E3",
                "unknown_code",
                "\u201cy\u201d is no ethnic group that is known; use one of white, "
                "bme, unknown, or say in a mapping what it stands for.",
                "Ethnic group",
                "y",
            ),
        ),
    ),
    hostile(
        "a million columns",
        lambda: carry("a," * 1_000_000),
        unread(
            "too_many_cells",
            "The table is larger than tables may be; delete what is far from it, "
            "or split it by year or by trust. There are 1,000,001 columns and "
            "1,000,001 cells up to row 1; 1,000 columns, 4,000,000 cells and "
            "500,000 rows are allowed.",
        ),
    ),
    hostile(
        "100,001 quotes",
        carry('"' * 100_001),
        unread(
            "open_quote",
            "A quotation mark is opened and never closed. It is in row 1, which begins in line 1.",
        ),
    ),
    hostile(
        "a heading twice",
        carry("ODS code,ODS code,Year,Staff group,Band,Ethnic group,Headcount\n"),
        not_imported(
            at(
                "/file/B1",
                "duplicate_column",
                "Columns A and B are both for ods_code; leave one out, or put two "
                "tables on two sheets.",
                "ODS code",
                "ODS code",
            )
        ),
    ),
    hostile(
        "a name that is a path",
        carry("", name="../../etc/passwd"),
        unread(
            "empty_file",
            "The file has no content; perhaps it was sent before it was saved.",
            file="passwd",
        ),
    ),
    hostile(
        "a name that is a formula",
        carry("", name="=cmd|calc!A0"),
        unread(
            "empty_file",
            "The file has no content; perhaps it was sent before it was saved.",
            file="=cmd|calc!A0",
        ),
    ),
    hostile(
        "a name from right to left",
        carry("", name="staff\u202evsc.exe"),
        unread(
            "empty_file",
            "The file has no content; perhaps it was sent before it was saved.",
            file="staffvsc.exe",
        ),
    ),
    hostile("no name", carry("", name=""), wrong("/file", "missing", "This member is required.")),
    hostile(
        "a source with a NUL",
        carry("", source="a\0b"),
        wrong("/source", "value_error", '"a\x00b": has characters that cannot be printed.'),
    ),
    hostile(
        "a kind with a Cyrillic letter",
        carry("", kind="actual\u0455"),
        unknown("/kind", "actual\u0455", "actuals", "board", "targets", "indicators"),
    ),
    hostile(
        "a mapping that has NaN",
        carry("a", mapping='{"columns": NaN}'),
        wrong("/mapping/columns", "finite_number", "NaN is not JSON; send a number, or null."),
    ),
    hostile(
        "a mapping with a member twice",
        carry("a", mapping='{"skipped": ["a"], "skipped": ["b"]}'),
        wrong("/mapping/skipped", "duplicate_member", "This member was sent twice; send it once."),
    ),
    hostile(
        "a mapping of 20,000 lists",
        carry("a", mapping="[" * 20_000),
        wrong("/mapping", "too_deep", "The text is nested too deeply to be read."),
    ),
    hostile(
        "a total of 500 digits",
        carry("a", expected_workforce="9" * 500),
        wrong(
            "/expected_workforce",
            "too_large",
            '"9999999999999999999999999999999999999999999999999999999999\u2026: '
            "Input should be less than or equal to 1000000000.",
        ),
    ),
    hostile(
        "a field that is none",
        carry("a", recorded_by="national team"),
        wrong("/recorded_by", "unknown_member", "There is no such member; leave it out."),
    ),
    hostile(
        "a file that is a text",
        post(
            "/v1/imports",
            carry("").partition(b"\r\n\r\n")[2].replace(b'; filename="a.csv"', b""),
            headers=[FORM],
        ),
        wrong("/file", "missing", "This member is required."),
    ),
    hostile(
        "a form without a boundary",
        post("/v1/imports", "a", headers=[("Content-Type", "multipart/form-data")]),
        untyped(400, "Bad request", "Missing boundary in multipart."),
    ),
    hostile(
        "a form that is none",
        post("/v1/imports", "nonsense", headers=[FORM]),
        untyped(400, "Bad request", "Invalid multipart data."),
    ),
    hostile(
        "a form that never ends",
        post(
            "/v1/imports",
            '--b\r\nContent-Disposition: form-data; name="kind"\r\n\r\nactuals',
            headers=[FORM],
        ),
        malformed(
            fault("/kind", "missing", "This member is required."),
            fault("/file", "missing", "This member is required."),
        ),
    ),
    hostile(
        "1,001 fields",
        post(
            "/v1/imports",
            '--b\r\nContent-Disposition: form-data; name="kind"\r\n\r\nactuals\r\n' * 1_001
            + "--b--\r\n",
            headers=[FORM],
        ),
        untyped(400, "Bad request", "Too many fields. Maximum number of fields is 1000."),
    ),
    hostile(
        "JSON",
        post("/v1/imports", {"kind": "actuals"}),
        untyped(415, "Unsupported media type", "Send the body as multipart/form-data."),
    ),
    hostile(
        "a bomb",
        _book(_BOMBS["one part packed 1,000 times"]),
        unread(
            "unpacks_too_large",
            "The workbook unpacks to more than workbooks may; copy the figures "
            "alone into a new one. At most 134,217,728 bytes are allowed, and no "
            "part may be more than 200 times what it is packed to.",
            file="a.xlsx",
        ),
    ),
    hostile(
        "1,001 parts",
        _book(_BOMBS["1,001 parts"]),
        unread(
            "too_many_parts",
            "The workbook has more parts than workbooks may; copy the figures "
            "alone into a new one. At most 1,000 are allowed.",
            file="a.xlsx",
        ),
    ),
    hostile(
        "entities",
        _book(_BOMBS["entities"]),
        unread(
            "unsafe_xml",
            "The workbook declares entities or a document type, which no "
            "spreadsheet program does.",
            file="a.xlsx",
        ),
    ),
    hostile(
        "a document type outside",
        _book(_BOMBS["a document type outside"]),
        unread(
            "unsafe_xml",
            "The workbook declares entities or a document type, which no "
            "spreadsheet program does.",
            file="a.xlsx",
        ),
    ),
    hostile(
        "a million columns of a sheet",
        _book(_BOMBS["a million columns"]),
        unread(
            "too_many_cells",
            "The table is larger than tables may be; delete what is far from it, "
            "or split it by year or by trust. The sheet 'Staff' holds something "
            "in BDWGN1; 500,000 rows and 1,000 columns are allowed.",
            file="a.xlsx",
        ),
    ),
    hostile(
        "a cell of another workbook",
        _book(_linked),
        not_imported(
            at(
                "/file/Staff!A2",
                "no_rows",
                "Nothing but totals is there of RZ1 for 2024.",
                "ODS code",
                "RZ1",
            ),
            at(
                "/file/Staff!F2",
                "formula_without_result",
                "The cell has a formula that was not calculated when the file was "
                "saved; open it in Excel, save it and send it again.",
                "Headcount",
                "",
            ),
            file="a.xlsx",
        ),
    ),
)
