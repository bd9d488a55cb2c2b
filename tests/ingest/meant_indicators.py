"""Files of indicators, and what is said of what they mean."""

from datetime import date

from app.domain.imports import ImportKind
from tests.ingest.meant_files import Filling, Meant, in_workbook

HEADINGS = "Trust,Year,Indicator,Staff group,Band,Ethnicity,From,To,Pool,Events,Respondents,Share"
WIDE_HEADINGS = (
    "Trust,Year,Indicator,Period starts,Period ends,White shortlisted,White appointed,"
    "BME shortlisted,BME appointed,Unknown shortlisted,Unknown appointed"
)
NUMBERS = "2, 3, 4, 5, 6, 7, 8"


def pool(
    figures: str,
    *,
    number: str = "2",
    group: str = "White",
    whose: str = ",",
    ends: str = "31 March 2024",
) -> str:
    """Return a row of the long layout of a pool, or of respondents."""
    return f"ZZ901,2024,{number},{whose},{group},2023-04-01,{ends},{figures}"


def indicators(id_: str, content: tuple[str, ...] | Filling, *faults: tuple[str, str]) -> Meant:
    """Return a file of indicators with something to say about it."""
    return Meant(id_, content, faults, kind=ImportKind.INDICATORS)


GOOD = (HEADINGS, pool("400,100,,"), pool("200,20,,", group="BME"))

CASES = (
    indicators(
        "indicators under other headings",
        ("Trust,Indicator,Ratio", "ZZ901,2,2.5"),
        (
            "/file/1",
            (
                "No row has the headings of such a table; sought are “BME pool” and “Indicator”"
                " and “White pool” or “Ethnic group” and “Events” and “Indicator” and “Pool” or"
                " “BME respondents” and “Indicator” and “White respondents” or “Ethnic group” and"
                " “Indicator” and “Respondents” and “Share”. Row 1 has “Trust”, “Indicator”,"
                " “Ratio”; a mapping can say what they stand for."
            ),
        ),
    ),
    indicators(
        "indicators without a period and a column for unknown ethnicity",
        (
            "Trust,Year,Indicator,White pool,White events,BME pool,BME events",
            "ZZ901,2024,3,400,4,200,3",
        ),
        *(
            (
                "/file/1",
                (
                    f"No column is headed {names}; add one. The headings are “Trust”, “Year”,"
                    " “Indicator”, “White pool”, “White events”, “BME pool”, “BME events”."
                ),
            )
            for names in (
                "“Period starts” or “Period start” or “Starts” or “Start”",
                "“Period ends” or “Period end” or “Ends” or “End”",
                (
                    "“Unknown pool” or “Ethnicity unknown pool” or “Unknown shortlisted” or"
                    " “Ethnicity unknown shortlisted”"
                ),
                (
                    "“Unknown events” or “Ethnicity unknown events” or “Unknown appointed” or"
                    " “Ethnicity unknown appointed”"
                ),
            )
        ),
    ),
    indicators(
        "indicators that come from elsewhere, and nowhere",
        (*GOOD, pool("9,1,,", number="1"), pool("9,1,,", number="Turnover")),
        *(
            (
                f"/file/C{row}",
                (
                    f"“{word}” is no indicator that is known; use one of {NUMBERS}, or say in a"
                    " mapping what it stands for."
                ),
            )
            for row, word in ((4, "1"), (5, "Turnover"))
        ),
    ),
    indicators(
        "a share of a pool, and a pool of respondents",
        (
            HEADINGS,
            pool("400,100,,25%"),
            pool("200,20,,", group="BME"),
            pool("500,,500,0.25", number="5"),
            pool(",,100,0.3", number="5", group="BME"),
        ),
        ("/file/L2", "Indicator 2 has a pool and events; leave this cell empty."),
        ("/file/I4", "Indicator 5 has respondents and a share; leave this cell empty."),
    ),
    indicators(
        "a question of the survey without columns for it",
        (WIDE_HEADINGS, "ZZ901,2024,5,2023-04-01,2024-03-31,1,1,1,1,0,0"),
        (
            "/file/C2",
            "Indicator 5 has respondents and a share; add columns for them to the table.",
        ),
    ),
    indicators(
        "figures that cannot be read",
        (
            HEADINGS,
            pool("400,*,,"),
            pool("200,20,,", group="Total"),
            pool("12.5%,1,,", number="3"),
            pool(",,five,0.25", number="5"),
            pool(",,100,25", number="5", group="BME"),
            pool(",,100,0.12345", number="6"),
            pool(",,100,", number="6", group="BME"),
        ),
        (
            "/file/J2",
            (
                "* stands for a number that is not told; exact numbers are needed here, and small"
                " ones are suppressed when figures are published."
            ),
        ),
        (
            "/file/F3",
            (
                "“Total” is no ethnic group that is known; use one of white, bme, unknown, or say"
                " in a mapping what it stands for."
            ),
        ),
        ("/file/I4", "12.5% is a percentage; write how many people there are."),
        ("/file/K5", "five is no whole number; write one such as 61."),
        ("/file/L6", "25 is no share from 0 to 1; write it such as 12.5% or 0.125."),
        ("/file/L7", "0.12345 has more than four places; write 0.1234 if that is meant."),
        (
            "/file/L8",
            (
                "The cell is empty; write the share, such as 12.5% or 0.125, or * where it was not"
                " told because few responded."
            ),
        ),
    ),
    indicators(
        "staff groups and bands where there are none, or half of them",
        (
            *GOOD,
            pool("40,4,,", number="3", whose="Clinical,8a"),
            pool("40,4,,", number="4", whose="Clinical,"),
            pool("40,4,,", whose=",8a"),
            pool("40,4,,", whose="Estates,8a"),
        ),
        *(
            (
                f"/file/{cell}",
                "Only indicator 2 comes by staff group and band; leave the cell empty.",
            )
            for cell in ("D4", "E4", "D5")
        ),
        ("/file/E6", "8a is a band of no staff group; write the staff group too."),
        (
            "/file/D7",
            (
                "“Estates” is no staff group that is known; use one of non_clinical, clinical,"
                " medical, or say in a mapping what it stands for."
            ),
        ),
    ),
    indicators(
        "the same figures twice",
        (*GOOD, pool("200,20,,", group="BAME"), pool("40,4,,", whose="Clinical,8a"))
        + (pool("20,2,,", whose="Clinical,8a", group="BME"),) * 2,
        ("/file/I4", "The same stands at I3; send it once."),
        ("/file/I7", "The same stands at I6; send it once."),
    ),
    indicators(
        "one indicator of two periods",
        (*GOOD[:2], pool("200,20,,", group="BME", ends="31/12/2023")),
        (
            "/file/H3",
            (
                "H2 says that the period of indicator 2 is another, 2023-04-01 to 2024-03-31; give"
                " one for all of its rows."
            ),
        ),
    ),
    indicators(
        "days that can be read in two ways, or not at all",
        in_workbook(
            tuple(HEADINGS.split(",")),
            ("ZZ901", 2024, 2, None, None, "White", "01/04/2023", date(2024, 3, 31), 400, 100),
            ("A trust", 2024, 2, None, None, "BME", date(2023, 4, 1), None, 200, 20),
            ("ZZ901", 2024, date(2024, 1, 2), None, None, "BME", date(2023, 4, 1), 45382, 200, 20),
        ),
        ("/file/Staff!G2", "01/04/2023 can be 2023-04-01 or 2023-01-04; write it so."),
        ("/file/Staff!A3", "“A trust” is no ODS code; write one such as RJ1."),
        ("/file/Staff!H3", "The cell is empty; write a day, such as 2026-03-31."),
        (
            "/file/Staff!C4",
            (
                "The cell has the date 2024-01-02, which spreadsheets make of texts such as 1-2;"
                " give it the format of a text and write it again."
            ),
        ),
        (
            "/file/Staff!H4",
            (
                "45382 is how a spreadsheet numbers 2024-03-31; give the cell the format of a"
                " date, or write the day so."
            ),
        ),
    ),
    indicators(
        "indicators of one ethnic group, or of parts alone",
        (
            HEADINGS,
            pool("40,4,,", whose="Clinical,8a"),
            pool(",,500,0.25", number="7", group="BME"),
        ),
        (
            "/file/C2",
            (
                "Indicator 2 has no row of White or BME for everybody; add one, with 0 where there"
                " is nobody."
            ),
        ),
        (
            "/file/C2",
            (
                "Indicator 2 has no row of BME for clinical 8a; add one, with 0 where there is"
                " nobody."
            ),
        ),
        (
            "/file/C3",
            (
                "Indicator 7 has no row of White for everybody; add one, with 0 where there is"
                " nobody."
            ),
        ),
    ),
    indicators(
        "no figures for unknown ethnicity in the wide layout",
        (WIDE_HEADINGS, "ZZ901,2024,2,2023-04-01,2024-03-31,400,100,200,20,,"),
        ("/file/J2", "The cell is empty; write 0 where there is nobody."),
        ("/file/K2", "The cell is empty; write 0 where there is nobody."),
    ),
)
