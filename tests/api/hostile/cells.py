"""Cells of files that are figures by their looks alone, or are another's."""

from tests.api.hostile.cases import hostile
from tests.api.hostile.forms import HEADINGS, at, carry, not_imported, row_of

CASES = (
    hostile(
        "a code with a Cyrillic letter",
        row_of(code="R\u04171"),
        not_imported(
            at(
                "/file/A2",
                "code_shape",
                "\u201cR\u04171\u201d is no ODS code; write one such as RJ1.",
                "ODS code",
                "R\u04171",
            )
        ),
    ),
    hostile(
        "a code with a digit of full width",
        row_of(code="RZ\uff11"),
        not_imported(
            at(
                "/file/A2",
                "code_shape",
                "\u201cRZ\uff11\u201d is no ODS code; write one such as RJ1.",
                "ODS code",
                "RZ\uff11",
            )
        ),
    ),
    hostile(
        "a code with an accent on its own",
        row_of(code="RZ1\u0301"),
        not_imported(
            at(
                "/file/A2",
                "code_shape",
                "\u201cRZ1\u0301\u201d is no ODS code; write one such as RJ1.",
                "ODS code",
                "RZ1\u0301",
            )
        ),
    ),
    hostile(
        "a code from right to left",
        row_of(code="\u202e9ZR"),
        not_imported(
            at("/file/A2", "trust_not_found", "No trust has the ODS code 9ZR.", "ODS code", "9ZR")
        ),
    ),
    hostile(
        "a year in Arabic-Indic digits",
        row_of(year="\u0662\u0660\u0662\u0664"),
        not_imported(
            at(
                "/file/B2",
                "not_a_census",
                "\u0662\u0660\u0662\u0664 is no year of a census; write one such as 2024.",
                "Year",
                "\u0662\u0660\u0662\u0664",
            )
        ),
    ),
    hostile(
        "a year of 400 digits",
        row_of(year="9" * 400),
        not_imported(
            at(
                "/file/B2",
                "not_a_census",
                "999999999999999999999999999999999999999\u2026 is no year of a "
                "census; write one such as 2024.",
                "Year",
                "999999999999999999999999999999999999999\u2026",
            )
        ),
    ),
    hostile(
        "a band with a Cyrillic letter",
        row_of(band="8\u0430"),
        not_imported(
            at(
                "/file/A2",
                "no_rows",
                "Nothing but totals is there of RZ1 for 2024.",
                "ODS code",
                "RZ1",
            ),
            at(
                "/file/D2",
                "unknown_code",
                "\u201c8\u0430\u201d is no band that is known; use one of under_1, "
                "1, 2, 3, 4, 5, 6, 7, 8a, 8b, 8c, 8d, 9, vsm, consultant, "
                "career_grade, trainee, other, or say in a mapping what it stands "
                "for.",
                "Band",
                "8\u0430",
            ),
        ),
    ),
    hostile(
        "a headcount in Arabic-Indic digits",
        row_of(headcount="\u0663\u0664\u0660"),
        not_imported(
            at(
                "/file/A2",
                "no_rows",
                "Nothing but totals is there of RZ1 for 2024.",
                "ODS code",
                "RZ1",
            ),
            at(
                "/file/F2",
                "not_a_whole_number",
                "\u0663\u0664\u0660 is no whole number; write one such as 61.",
                "Headcount",
                "\u0663\u0664\u0660",
            ),
        ),
    ),
    hostile(
        "a headcount of full width",
        row_of(headcount="\uff13\uff14"),
        not_imported(
            at(
                "/file/A2",
                "no_rows",
                "Nothing but totals is there of RZ1 for 2024.",
                "ODS code",
                "RZ1",
            ),
            at(
                "/file/F2",
                "not_a_whole_number",
                "\uff13\uff14 is no whole number; write one such as 61.",
                "Headcount",
                "\uff13\uff14",
            ),
        ),
    ),
    hostile(
        "a superscript headcount",
        row_of(headcount="\u00b2"),
        not_imported(
            at(
                "/file/A2",
                "no_rows",
                "Nothing but totals is there of RZ1 for 2024.",
                "ODS code",
                "RZ1",
            ),
            at(
                "/file/F2",
                "not_a_whole_number",
                "\xb2 is no whole number; write one such as 61.",
                "Headcount",
                "\xb2",
            ),
        ),
    ),
    hostile(
        "a headcount with an exponent",
        row_of(headcount="1e3"),
        not_imported(
            at(
                "/file/A2",
                "no_rows",
                "Nothing but totals is there of RZ1 for 2024.",
                "ODS code",
                "RZ1",
            ),
            at(
                "/file/F2",
                "not_a_whole_number",
                "1e3 is no whole number; write one such as 61.",
                "Headcount",
                "1e3",
            ),
        ),
    ),
    hostile(
        "NaN",
        row_of(headcount="NaN"),
        not_imported(
            at(
                "/file/A2",
                "no_rows",
                "Nothing but totals is there of RZ1 for 2024.",
                "ODS code",
                "RZ1",
            ),
            at(
                "/file/F2",
                "not_a_whole_number",
                "NaN is no whole number; write one such as 61.",
                "Headcount",
                "NaN",
            ),
        ),
    ),
    hostile(
        "401 digits",
        row_of(headcount="9" * 401),
        not_imported(
            at(
                "/file/A2",
                "no_rows",
                "Nothing but totals is there of RZ1 for 2024.",
                "ODS code",
                "RZ1",
            ),
            at(
                "/file/F2",
                "too_large",
                "999999999999999999999999999999999999999\u2026 is above 10,000,000; "
                "write the number of people.",
                "Headcount",
                "999999999999999999999999999999999999999\u2026",
            ),
        ),
    ),
    hostile(
        "a formula",
        row_of(headcount="=340"),
        not_imported(
            at(
                "/file/A2",
                "no_rows",
                "Nothing but totals is there of RZ1 for 2024.",
                "ODS code",
                "RZ1",
            ),
            at(
                "/file/F2",
                "formula_without_result",
                "=340 is a formula without its result; write the result.",
                "Headcount",
                "=340",
            ),
        ),
    ),
    hostile(
        "a formula that leads elsewhere",
        row_of(headcount='"=HYPERLINK(""http://evil.example"",""340"")"'),
        not_imported(
            at(
                "/file/A2",
                "no_rows",
                "Nothing but totals is there of RZ1 for 2024.",
                "ODS code",
                "RZ1",
            ),
            at(
                "/file/F2",
                "formula_without_result",
                '=HYPERLINK("http://evil.example","340") is a formula without its '
                "result; write the result.",
                "Headcount",
                '=HYPERLINK("http://evil.example","340")',
            ),
        ),
    ),
    hostile(
        "figures of another",
        carry(
            HEADINGS + "RZ2,2024,clinical,8a,white,340\n",
            by="trust",
            expected_workforce="340",
            expected_bme="0",
        ),
        not_imported(
            at(
                "/file/A2",
                "not_allowed",
                "A token with the role trust may not write for RZ2.",
                "ODS code",
                "RZ2",
            )
        ),
    ),
    hostile(
        "figures of another beside one's own",
        carry(
            HEADINGS + "RZ1,2024,clinical,8a,white,340\nRZ2,2024,clinical,8a,white,61\n",
            by="trust",
            expected_workforce="401",
            expected_bme="0",
        ),
        not_imported(
            at(
                "/file/A3",
                "not_allowed",
                "A token with the role trust may not write for RZ2.",
                "ODS code",
                "RZ2",
            )
        ),
    ),
)
