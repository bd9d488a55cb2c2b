"""Files of several sheets, in the form of the template, of boards and of targets."""

from datetime import date

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from app.domain.imports import ImportKind
from app.ingest.layouts.common import Defaults
from tests.ingest.meant_files import CODES, LONG, WIDE, Meant, in_workbook, row


def merged(_: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    sheet.write_row(0, 0, LONG.split(","))
    for number in (1, 2):
        sheet.write_row(number, 0, ["ZZ901", 2024, None, "8a", "bme", number])
    sheet.merge_range(1, 2, 2, 2, "clinical")


def hidden(workbook: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    in_workbook(tuple(LONG.split(",")), ("ZZ901", 2024, "clinical", "8a", "bme", 1))(
        workbook, sheet
    )
    other = workbook.add_worksheet("Last year")
    other.write(0, 0, "Old")
    other.hide()


def two_sheets(workbook: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    sheet.write(0, 0, "How to fill this in")
    sheet.write(1, 0, "Ask the WRES team")
    figures = workbook.add_worksheet("Figures")
    figures.write_row(0, 0, LONG.split(","))
    figures.write_row(1, 0, ["ZZ901", 2024, "clinical", "8a", "bme", 1])


TEMPLATE = (
    "Workforce Race Equality Standard",
    "Data item,White,BME,Ethnicity Unknown/Null,Total",
    "1a) Non Clinical workforce,,,,",
    "Under Band 1,1,2,0,3",
    "VSM,5,0,0,5",
    "1b) Clinical workforce,,,,",
    "of which Non Medical,,,,",
    "AfC Band 8 - Range A,10,2,1,13",
    "Of which Medical & Dental,,,,",
    "Consultants,6,5,4,15",
    "of which Senior medical manager,1,1,1,3",
    "Trainee grades,6,5,4,15",
)
AT_ZZ901 = Defaults("ZZ901", 2024, "WRES template")

CASES = (
    # Sheets.
    Meant(
        "merged cells",
        merged,
        (
            (
                "/file/Staff!C3",
                ("The cell is covered by the merged range C2:C3, which shows clinical once;"
                " unmerge it and fill in every cell."),
            ),
        ),
    ),
    Meant(
        "a hidden sheet",
        hidden,
        (),
        ("The sheet 'Last year' is hidden and was not read; unhide it if it has figures.",),
    ),
    Meant(
        "a sheet of instructions",
        two_sheets,
        (),
        ("The sheet Staff has no table of this kind and was left out.",),
    ),
    Meant(
        "a sheet that is not there",
        two_sheets,
        ((
            "/sheet",
            "The file has no visible sheet “2024” with anything on it; it has “Staff”, “Figures”.",
        ),),
        sheet="2024",
    ),
    Meant(
        "one sheet asked for",
        two_sheets,
        (),
        ("Only the sheet Figures was read, as asked for.",),
        sheet="Figures",
    ),
    # Other delimiters and encodings.
    Meant("semicolons", tuple(line.replace(",", ";") for line in (LONG, row("1")))),
    # Totals of rows.
    Meant(
        "a total of a row that disagrees",
        (WIDE, "ZZ901,2024,clinical,8a,340,61,0,402"),
        ((
            "/file/H2",
            ("The total says 402, the cells come to 401; a band or an ethnic group may be missing"
            " or counted twice."),
        ),),
    ),
    # Another source for the same census.
    Meant(
        "two sources for one census",
        (f"{LONG},Source", f"{row('1')},ESR", f"{row('2', band='8b')},Payroll"),
        (("/file/G3", "Row 2 says something else of the same trust and census."),),
    ),
    Meant(
        "a source that is a book",
        (f"{LONG},Source", f"{row('1')},{'x' * 501}"),
        (("/file/G2", "The text has 501 characters; 500 are allowed."),),
    ),
    Meant(
        "covers what is no code",
        (f"{LONG},Covers", f"{row('1')},ZZ901 and others"),
        (("/file/G2", "“OTHERS” is no ODS code; write one such as RJ1."),),
    ),
    # The template of the WRES.
    Meant(
        "the template",
        TEMPLATE,
        (),
        (("Row 11, “of which Senior medical manager”, and others like it repeat people who are"
         " counted in other rows; they were not added."),),
        defaults=AT_ZZ901,
    ),
    Meant(
        "the template without its headings",
        (TEMPLATE[1], *TEMPLATE[3:5]),
        (
            (
                "/file/A2",
                ("No row above says whose these are; put a heading such as “1a) Non Clinical"
                " workforce” above, or add a column for the staff group."),
            ),
            (
                "/file/A3",
                ("No row above says whose these are; put a heading such as “1a) Non Clinical"
                " workforce” above, or add a column for the staff group."),
            ),
        ),
        defaults=AT_ZZ901,
    ),
    Meant(
        "the template of no trust",
        TEMPLATE[:5],
        ((
            "/file/2",
            ("No column is headed “ODS code” or “Organisation code” or “Org code” or"
            " “Organisation”; add one, or give ods_code with the file. The headings are “Data"
            " item”, “White”, “BME”, “Ethnicity Unknown/Null”, “Total”."),
        ),),
        defaults=Defaults(None, 2024, "WRES template"),
    ),
    Meant(
        "the template with odd rows",
        (
            *TEMPLATE[:4],
            "See the guidance,,,,",
            TEMPLATE[1],
            "Band 10,1,1,1,3",
            "Total,x,14,,y",
        ),
        (
            (
                "/file/A7",
                (f"“Band 10” is no band that is known; use one of {CODES}, or say in a mapping"
                " what it stands for."),
            ),
            ("/file/B8", ("x stands for a number that is not told; exact numbers are needed here,"
             " and small ones are suppressed when figures are published.")),
            ("/file/E8", "y is no whole number; write one such as 61."),
        ),
        ("Row 5 has only the text “See the guidance” and was taken as a note.",),
        defaults=AT_ZZ901,
    ),
    Meant(
        "totals that cannot be read, and one of a band",
        (
            f"{LONG},Total workforce",
            f"{row('1')},many",
            "ZZ901,2024,clinical,8a,Total,1,",
            "ZZ901,,clinical,8a,white,1,",
        ),
        (
            ("/file/G2", "many is no whole number; write one such as 61."),
            ("/file/B4", "The cell is empty; write the year of a census."),
        ),
    ),
    Meant(
        "dates where words belong",
        in_workbook(
            (*LONG.replace("group,H", "category,H").split(","), "Covers"),
            (date(2024, 1, 2), date(2024, 3, 31), "clinical", "8a", date(2024, 1, 2), 1,
             date(2024, 1, 2)),
            ("ZZ901", 2024, "clinical", "8a", "A", 1, date(2024, 1, 2)),
        ),
        tuple(
            (f"/file/Staff!{cell}", ("The cell has the date 2024-01-02, which spreadsheets make of"
             " texts such as 1-2; give it the format of a text and write it again."))
            for cell in ("A2", "E2", "G2", "G3")
        ),
    ),
    # Boards.
    Meant(
        "a board with dates where words belong",
        in_workbook(
            ("Trust", "Year", "Voting", "Executive", "Ethnicity", "Headcount"),
            ("A board", 2024, "yes", "yes", date(2024, 1, 2), 1),
            ("ZZ901", 2024, date(2024, 1, 2), "yes", "white", 1),
            ("ZZ901", 2024, "yes", "yes", "white", "one"),
        ),
        (
            ("/file/Staff!C3", ("The cell has the date 2024-01-02, which spreadsheets make of"
             " texts such as 1-2; give it the format of a text and write it again.")),
            ("/file/Staff!E2", ("The cell has the date 2024-01-02, which spreadsheets make of"
             " texts such as 1-2; give it the format of a text and write it again.")),
            ("/file/Staff!A2", "“A board” is no ODS code; write one such as RJ1."),
            ("/file/Staff!F4", "one is no whole number; write one such as 61."),
        ),
        kind=ImportKind.BOARD,
    ),
    Meant(
        "a board without a column for unknown ethnicity",
        ("Trust,Year,Voting,Executive,White,BME", "ZZ901,2024,yes,yes,3,1"),
        ((
            "/file/1",
            ("No column is headed “Unknown” or “Ethnicity unknown/null” or “Ethnicity unknown” or"
            " “Unknown/null”; add one. The headings are “Trust”, “Year”, “Voting”, “Executive”,"
            " “White”, “BME”."),
        ),),
        kind=ImportKind.BOARD,
    ),
    Meant(
        "a board in the long layout",
        ("Trust,Year,Voting,Executive,Ethnicity,Headcount",
         "ZZ901,2024,Perhaps,Exec,White,3",
         "ZZ901,2024,Voting,Non-executive,Total,3"),
        (
            (
                "/file/C2",
                ("“Perhaps” is no voting that is known; use one of yes, no, or say in a mapping"
                " what it stands for."),
            ),
            (
                "/file/E3",
                ("“Total” is no ethnic group that is known; use one of white, bme, unknown, or say"
                " in a mapping what it stands for."),
            ),
        ),
        kind=ImportKind.BOARD,
    ),
    Meant(
        "a board whose total disagrees",
        ("Trust,Year,Voting,Executive,White,BME,Unknown,Total",
         "ZZ901,2024,yes,yes,3,1,0,5", "ZZ901,2024,no,yes,3,-,0,4"),
        (
            (
                "/file/F3",
                "- can mean nobody, not known or not told; write 0 where there is nobody.",
            ),
            (
                "/file/H2",
                ("The total says 5, the cells come to 4; a band or an ethnic group may be missing"
                " or counted twice."),
            ),
        ),
        kind=ImportKind.BOARD,
    ),
    # Targets.
    Meant(
        "targets that say too much, too little, or neither",
        ("Trust,Measure,Cycle,Goal share,Goal,Reason,Milestone 2023",
         "ZZ901,8a to VSM,2022-2025,18%,Maintain,,",
         "ZZ901,Leadership,2022-2025,,No target needed,,",
         "ZZ901,Nurses,2022-2025,18%,,,",
         "ZZ901,VSM,2022-2025,0.18181,,,",
         "ZZ901,VSM,2022-2025,18,,,",
         "ZZ901,VSM,2022-2025,,Some,,",
         "ZZ901,VSM,2022-2025,18%,,,five"),
        (
            ("/file/2", "Give one of goal_share, goal_headcount and goal."),
            ("/file/3", "Give a reason when no target is needed, and only then."),
            (
                "/file/B4",
                ("“Nurses” is no measure that is known; use one of workforce, leadership,"
                " senior_leadership, band_8a, band_8b, band_8c, band_8d, band_9, vsm, consultants,"
                " board, board_voting, board_executive, or say in a mapping what it stands for."),
            ),
            ("/file/D5", "0.18181 has more than four places; write 0.1818 if that is meant."),
            ("/file/D6", "18 is no share from 0 to 1; write it such as 12.5% or 0.125."),
            (
                "/file/E7",
                ("“Some” is no goal that is known; use one of maintain, no_target_needed, or say"
                " in a mapping what it stands for."),
            ),
            ("/file/G8", "five is no share from 0 to 1; write it such as 12.5% or 0.125."),
        ),
        kind=ImportKind.TARGETS,
    ),
    Meant(
        "a goal that is a date",
        in_workbook(
            ("Trust", "Measure", "Cycle", "Goal"),
            ("ZZ901", "VSM", "2022-2025", date(2024, 1, 2)),
        ),
        (("/file/Staff!D2", ("The cell has the date 2024-01-02, which spreadsheets make of"
          " texts such as 1-2; give it the format of a text and write it again.")),),
        kind=ImportKind.TARGETS,
    ),
    Meant(
        "targets without a cycle",
        ("Trust,Measure,Goal share", "ZZ901,VSM,18%"),
        ((
            "/file/1",
            ("No column is headed “Cycle” or “Target cycle” or “Period”; add one. The headings are"
            " “Trust”, “Measure”, “Goal share”."),
        ),),
        kind=ImportKind.TARGETS,
    ),
)  # fmt: skip
