"""Files that can be read, and what is said of what they mean: tables of figures."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from app.domain.bands import Band
from app.domain.imports import ImportKind
from app.ingest.imports import ReadFile, read_file
from app.ingest.layouts.common import Defaults
from app.ingest.mappings import Words, read_words
from app.ingest.sheets import read_workbook
from tests.ingest.workbook_files import by_program

CODES = ", ".join(Band)
SOUGHT = (
    "“Band” and “BME” and “White” or “Band” and “Ethnic group” and “Headcount” or “Band” and"
    " “Ethnic category” and “Headcount”"
)

LONG = "ODS code,Year,Staff group,Band,Ethnic group,Headcount"
WIDE = "ODS code,Year,Staff group,Band,White,BME,Unknown,Total"
LONG_HEADINGS = "“ODS code”, “Year”, “Staff group”, “Band”, “Ethnic group”, “Headcount”"

Filling = Callable[[xlsxwriter.Workbook, Worksheet], object]


@dataclass(frozen=True, slots=True)
class Meant:
    """A file with something to say about it.

    Attributes:
        id: What is clumsy about it.
        content: Its lines, or what fills its first sheet, Staff.
        faults: The sentences, each after its pointer.
        remarks: The sentences of remarks.
    """

    id: str
    content: tuple[str, ...] | Filling
    faults: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    kind: ImportKind = ImportKind.ACTUALS
    defaults: Defaults = field(default_factory=Defaults)
    sheet: str | None = None

    def write(self) -> bytes:
        """Return the bytes of the file."""
        if isinstance(self.content, tuple):
            return "\r\n".join(self.content).encode()
        return by_program(self.content)


def read(case: Meant, words: Words | None = None) -> ReadFile:
    """Return what a file says."""
    book = read_workbook(case.write(), "staff" if callable(case.content) else "staff.csv")
    return read_file(book, case.kind, words or read_words(), case.defaults, sheet=case.sheet)


def row(number: str, *, band: str = "8a", group: str = "clinical", year: str = "2024") -> str:
    """Return a row of the long layout."""
    return f"ZZ901,{year},{group},{band},bme,{number}"


def odd_count(id_: str, cell: str, sentence: str) -> Meant:
    """Return a file with one count that cannot be read rightly."""
    return Meant(id_, (LONG, row(cell)), (("/file/F2", sentence),))


def odd_year(id_: str, cell: str, sentence: str) -> Meant:
    """Return a file with one year that cannot be read rightly."""
    return Meant(id_, (LONG, row("1", year=cell)), (("/file/B2", sentence),))


def odd_band(id_: str, cell: str, sentence: str) -> Meant:
    """Return a file with one band that cannot be read rightly."""
    return Meant(id_, (LONG, row("1", band=cell)), (("/file/D2", sentence),))


def in_workbook(*rows: tuple[object, ...]) -> Filling:
    """Return what fills a sheet with rows."""

    def fill(workbook: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif cell is not None:
                    sheet.write(number, column, cell)

    return fill


def percentages(workbook: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    sheet.write_row(0, 0, LONG.split(","))
    sheet.write_row(1, 0, ["ZZ901", 2024, "clinical", "8a", "bme"])
    sheet.write(1, 5, 0.152, workbook.add_format({"num_format": "0.0%"}))


def uncalculated(_: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    sheet.write_row(0, 0, LONG.split(","))
    sheet.write_row(1, 0, ["ZZ901", 2024, "clinical", "8a", "bme"])
    sheet.write_formula(1, 5, "=1+1", value="")


CASES = (
    # Headings.
    Meant(
        "other headings",
        ("Alpha,Beta", "1,2"),
        ((
            "/file/1",
            (f"No row has the headings of such a table; sought are {SOUGHT}. Row 1 has “Alpha”,"
            " “Beta”; a mapping can say what they stand for."),
        ),),
    ),
    Meant(
        "no column for the trust",
        (LONG.removeprefix("ODS code,"), "2024,clinical,8a,bme,1"),
        ((
            "/file/1",
            ("No column is headed “ODS code” or “Organisation code” or “Org code” or"
            " “Organisation”; add one, or give ods_code with the file. The headings are"
            " “Year”, “Staff group”, “Band”, “Ethnic group”, “Headcount”."),
        ),),
    ),
    Meant(
        "no column for unknown ethnicity",
        ("ODS code,Year,Staff group,Band,White,BME", "ZZ901,2024,clinical,8a,1,1"),
        ((
            "/file/1",
            ("No column is headed “Unknown” or “Ethnicity unknown/null” or “Ethnicity unknown” or"
            " “Unknown/null”; add one. The headings are “ODS code”, “Year”, “Staff group”,"
            " “Band”, “White”, “BME”."),
        ),),
    ),
    Meant(
        "no column for the staff group",
        ("ODS code,Year,Band,Ethnic group,Headcount", "ZZ901,2024,8a,bme,1"),
        ((
            "/file/1",
            ("No column is headed “Staff group” or “Staff type” or “Workforce” or “Clinical / non"
            " clinical”; add one. The headings are “ODS code”, “Year”, “Band”, “Ethnic group”,"
            " “Headcount”."),
        ),),
    ),
    Meant(
        "two columns for one thing",
        (f"{LONG},Count", "ZZ901,2024,clinical,8a,bme,1,2"),
        ((
            "/file/G1",
            ("Columns F and G are both for headcount; leave one out, or put two tables on two"
            " sheets."),
        ),),
    ),
    Meant(
        "two tables in a sheet",
        (LONG, row("1"), WIDE, "ZZ901,2023,clinical,8a,1,1,1,3"),
        (
            (
                "/file/3",
                ("Row 3 has headings again, other than those of row 1; put each table on a sheet,"
                " or in a file, of its own."),
            ),
            ("/file/A3", "“ODS code” is no ODS code; write one such as RJ1."),
            ("/file/B3", "Year is no year of a census; write one such as 2024."),
            (
                "/file/C3",
                ("“Staff group” is no staff group that is known; use one of non_clinical,"
                " clinical, medical, or say in a mapping what it stands for."),
            ),
            (
                "/file/D3",
                (f"“Band” is no band that is known; use one of {CODES}, or say in a mapping what"
                " it stands for."),
            ),
            (
                "/file/E4",
                ("“1” is no ethnic group that is known; use one of white, bme, unknown, or say in"
                " a mapping what it stands for."),
            ),
        ),
        ("Column G, which has no heading, is not known and was left out.",
         "Column H, which has no heading, is not known and was left out."),
    ),
    Meant("the headings once more", (LONG, row("1"), LONG, row("2", band="8b"))),
    Meant("only headings", (LONG,), ((
        "/file/1", "There is nothing below the headings; send the rows with the figures too.",
    ),)),
    Meant(
        "a title, a note and a column too many",
        ("Staff in post,,,,,,", f"{LONG},FTE", f"{row('1')},0.8", "Source: ESR,,,,,,"),
        (),
        ("Column G, “FTE”, is not known and was left out.",
         "Row 4 has only the text “Source: ESR” and was taken as a note."),
    ),
    # Counts.
    odd_count("a percentage", "12.5%", "12.5% is a percentage; write how many people there are."),
    odd_count(
        "a suppressed count",
        "*",
        "* stands for a number that is not told; exact numbers are needed here, and small ones"
        " are suppressed when figures are published.",
    ),
    odd_count("a full-time equivalent", "12.6", "12.6 is no whole number; write one such as 61."),
    odd_count("a negative count", "-3", "-3 is no whole number; write one such as 61."),
    odd_count("no count", "", "The cell is empty; write 0 where there is nobody."),
    odd_count(
        "a dash", "-", "- can mean nobody, not known or not told; write 0 where there is nobody."
    ),
    odd_count(
        "a formula", "=1+1", "=1+1 is a formula without its result; write the result."
    ),
    odd_count(
        "far too many",
        "99999999",
        "99999999 is above 10,000,000; write the number of people.",
    ),
    Meant("thousands", (LONG, 'ZZ901,2024,clinical,8a,bme,"1,234"')),
    Meant(
        "a percentage in a workbook",
        percentages,
        (("/file/Staff!F2", "15.2% is a percentage; write how many people there are."),),
    ),
    Meant(
        "a negative number in a workbook",
        in_workbook(tuple(LONG.split(",")), ("ZZ901", 2024, "clinical", "8a", "bme", -3)),
        (("/file/Staff!F2", "-3 is below 0; write 0 or more."),),
    ),
    Meant(
        "a formula that was not calculated",
        uncalculated,
        ((
            "/file/Staff!F2",
            ("The cell has a formula that was not calculated when the file was saved; open it in"
            " Excel, save it and send it again."),
        ),),
    ),
    # Years.
    odd_year(
        "a financial year",
        "2023/24",
        "2023/24 is a financial year; write the year of the census, 2024 for that of 31 March"
        " 2024.",
    ),
    odd_year(
        "another day",
        "30/06/2024",
        "2024-06-30 is no census; they are on 31 March. Write the year, such as 2024.",
    ),
    odd_year("two digits", "24", "24 is no year of a census; write one such as 2024."),
    odd_year(
        "the number of a day",
        "45382",
        "45382 is no year of a census; write one such as 2024.",
    ),
    Meant("the day of the census", (LONG, row("1", year="31 March 2024"))),
    Meant(
        "a day in a workbook",
        in_workbook(
            tuple(LONG.split(",")),
            ("ZZ901", date(2024, 3, 31), "clinical", "8a", "white", 1),
            ("ZZ901", date(2024, 4, 1), "clinical", "8a", "bme", 1),
        ),
        ((
            "/file/Staff!B3",
            "2024-04-01 is no census; they are on 31 March. Write the year, such as 2024.",
        ),),
    ),
    # Codes.
    Meant(
        "no ODS code",
        (LONG, "Acute Trust,2024,clinical,8a,bme,1"),
        (("/file/A2", "“Acute Trust” is no ODS code; write one such as RJ1."),),
    ),
    Meant(
        "an unknown staff group",
        (LONG, row("1", group="Estates")),
        ((
            "/file/C2",
            ("“Estates” is no staff group that is known; use one of non_clinical, clinical,"
            " medical, or say in a mapping what it stands for."),
        ),),
    ),
    odd_band(
        "an unknown band",
        "Band 10",
        f"“Band 10” is no band that is known; use one of {CODES}, or say in a mapping what it"
        " stands for.",
    ),
    Meant(
        "8a turned into a date",
        in_workbook(
            tuple(LONG.split(",")),
            ("ZZ901", 2024, "clinical", date(2024, 8, 1), "bme", 1),
        ),
        ((
            "/file/Staff!D2",
            ("The cell has the date 2024-08-01, which spreadsheets make of texts such as 1-2; give"
            " it the format of a text and write it again."),
        ),),
    ),
    Meant(
        "an unknown ethnic category",
        (LONG.replace("group,H", "category,H"), "ZZ901,2024,clinical,8a,QQ,1"),
        ((
            "/file/E2",
            ("“QQ” is no ethnic category that is known; use one of the NHS Data Dictionary's"
            " codes, or say in a mapping what it stands for."),
        ),),
    ),
    Meant(
        "an ethnic group and a category",
        (f"{LONG},Ethnic category", f"{row('1')},M"),
        (("/file/G2", "The row has an ethnic group and an ethnic category; give one of them."),),
    ),
    Meant(
        "neither of them",
        (LONG.replace("group,H", "category,H"), "ZZ901,2024,clinical,8a,,1"),
        (("/file/E2", "The cell is empty; write the ethnic category, or Z."),),
    ),
)  # fmt: skip
