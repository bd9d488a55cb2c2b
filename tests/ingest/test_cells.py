"""What a cell means: read where it can be read in one way only."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ingest.cells import day, exact_share, text, whole_number
from app.ingest.grids import Cell, Odd

ODD = Odd("#N/A", "error_value", "The cell shows the error #N/A.")

DAY = date(2026, 2, 1)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (0, 0), (61, 61), (61.0, 61), (-0.0, 0), ("61", 61), ("0061", 61), ("61.0", 61),
        ("61.00", 61), ("1234.000", 1234), ("1,234", 1234), ("1 234", 1234),
        ("10,000,000", 10_000_000), ("1 234 567", 1_234_567), (10_000_000, 10_000_000),
        ("0" * 50 + "7", 7),
    ],
)  # fmt: skip
def test_a_whole_number_is_read_where_it_can_only_be_one(cell: Cell, number: int) -> None:
    found = whole_number(cell)

    assert (found, type(found)) == (number, int)


NOT_TOLD = (
    "{} stands for a number that is not told; exact numbers are needed here, and small ones are"
    " suppressed when figures are published."
)
DASH = "{} can mean nobody, not known or not told; write 0 where there is nobody."
NOT_WHOLE = "{} is no whole number; write one such as 61."

ODD_NUMBERS: list[tuple[Cell, str, str, str]] = [
    *((mark, mark, "suppressed_number", NOT_TOLD.format(mark)) for mark in (
        "*", "**", "..", ":", "c", "C", "z", "x", "[c]", "[x]", "(c)", "<5", "< 8", "≤7", "~10",
        "N/A", "fewer than 10")),
    *((dash, dash, "suppressed_number", DASH.format(dash)) for dash in ("-", "\u2013", "\u2212")),
    *((odd, odd, "not_a_whole_number", NOT_WHOLE.format(odd)) for odd in (
        "61.5", "1,23", "1,2345", ",", "1 23", "sixty", "1e3", "+5", "0x10", "½", "\uff161", "-3",
        "(3)", "£61", "1,234.5", "1'234", "1,234 567")),
    (61.5, "61.5", "not_a_whole_number", NOT_WHOLE.format("61.5")),
    (float("nan"), "nan", "not_a_whole_number", NOT_WHOLE.format("nan")),
    ("x" * 50, "x" * 39 + "…", "not_a_whole_number", NOT_WHOLE.format("x" * 39 + "…")),
    ("1.234", "1.234", "ambiguous_number",
     "1.234 can be 1234 or a number with decimals; write 1234 if that is meant."),
    ("61.000", "61.000", "ambiguous_number",
     "61.000 can be 61000 or a number with decimals; write 61000 if that is meant."),
    ("12%", "12%", "percentage_for_number",
     "12% is a percentage; write how many people there are."),
    (-3, "-3", "too_small", "-3 is below 0; write 0 or more."),
    (float("-inf"), "-inf", "too_small", "-inf is below 0; write 0 or more."),
    (10_000_001, "10,000,001", "too_large",
     "10,000,001 is above 10,000,000; write the number of people."),
    ("10000001", "10000001", "too_large",
     "10000001 is above 10,000,000; write the number of people."),
    ("9" * 5000, "9" * 39 + "…", "too_large",
     f"{'9' * 39}… is above 10,000,000; write the number of people."),
    (None, "", "empty_cell", "The cell is empty; write 0 where there is nobody."),
    (True, "TRUE", "truth_for_number", "The cell has TRUE; write a number."),
    (DAY, "2026-02-01", "date_for_number",
     ("The cell has the date 2026-02-01, which spreadsheets make of entries such as 1-2; give it"
      " the format of a number and write the number again.")),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "shown", "code", "detail"), ODD_NUMBERS)
def test_what_is_no_whole_number_is_odd(cell: Cell, shown: str, code: str, detail: str) -> None:
    assert whole_number(cell) == Odd(shown, code, detail)


@pytest.mark.parametrize("read", [whole_number, exact_share, text, day])
def test_what_is_odd_stays_so(read: object) -> None:
    assert callable(read)
    assert read(ODD) is ODD


@pytest.mark.parametrize(
    ("cell", "share"),
    [
        (0, "0"), (1, "1"), (0.125, "0.125"), (0.1, "0.1"), (1e-7, "0.0000001"),
        ("0.125", "0.125"),
        ("0,125", "0.125"), (".5", "0.5"), ("1", "1"), ("12.5%", "0.125"), ("12,5 %", "0.125"),
        ("100%", "1"), ("0%", "0"), ("30.000000000000004%", "0.30000000000000004"),
    ],
)  # fmt: skip
def test_a_share_is_read_exactly(cell: Cell, share: str) -> None:
    assert exact_share(cell) == Decimal(share)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("12.5", "12.5"), (12.5, "12.5"), (-0.1, "-0.1"), ("101%", "101%"), ("-1%", "-1%"),
        ("*", "*"), ("1e-3", "1e-3"), ("%", "%"), (True, "TRUE"), (float("nan"), "nan"),
        ("NaN", "NaN"), ("0." + "1" * 50, "0." + "1" * 37 + "…"), ("1:5", "1:5"),
        (DAY, "2026-02-01"),
    ],
)  # fmt: skip
def test_what_is_no_share_is_odd(cell: Cell, shown: str) -> None:
    detail = f"{shown} is no share from 0 to 1; write it such as 12.5% or 0.125."

    assert exact_share(cell) == Odd(shown, "not_a_share", detail)


def test_what_is_empty_is_odd_where_something_is_wanted() -> None:
    assert [exact_share(None), text(None), day(None)] == [
        Odd("", "empty_cell", "The cell is empty; write a share, such as 12.5% or 0.125."),
        Odd("", "empty_cell", "The cell is empty; write what belongs there."),
        Odd("", "empty_cell", "The cell is empty; write a day, such as 2026-03-31."),
    ]


@pytest.mark.parametrize(
    ("cell", "shown"), [("8a", "8a"), (8, "8"), (8.5, "8.5"), (True, "TRUE"), (False, "FALSE")]
)
def test_a_text_is_what_people_see(cell: Cell, shown: str) -> None:
    assert text(cell) == shown


def test_a_date_is_no_text() -> None:
    assert text(DAY) == Odd(
        "2026-02-01",
        "date_for_text",
        "The cell has the date 2026-02-01, which spreadsheets make of texts such as 1-2; give it"
        " the format of a text and write it again.",
    )


@given(st.integers(0, 10_000_000))
def test_a_whole_number_is_read_however_it_is_written(number: int) -> None:
    written: list[Cell] = [
        number,
        float(number),
        f"{number}",
        f"{number:,}",
        f"{number:,}".replace(",", " "),
    ]

    assert {whole_number(cell) for cell in written} == {number}


@given(st.one_of(st.text(), st.integers(), st.floats(), st.dates(), st.booleans()))
def test_whatever_a_cell_holds_it_is_read_or_odd(cell: Cell) -> None:
    number, share = whole_number(cell), exact_share(cell)

    assert isinstance(number, Odd) or 0 <= number <= 10_000_000
    assert isinstance(share, Odd) or 0 <= share <= 1
    assert isinstance(text(cell), str | Odd)
    assert isinstance(day(cell), date | Odd)
