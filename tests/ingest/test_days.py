"""Days as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ingest.days import day
from app.ingest.grids import Cell, Odd

CENSUS = date(2026, 3, 31)


@pytest.mark.parametrize(
    "cell",
    [
        CENSUS, "2026-03-31", "20260331", 20260331, "2026-03-31 00:00:00", "2026-03-31T00:00",
        "31/03/2026", "31.3.2026", "31-03-2026", "31 March 2026", "31st March, 2026",
        "31-Mar-2026", "31 mar 2026",
    ],
)  # fmt: skip
def test_a_day_is_read_where_it_can_only_be_one(cell: Cell) -> None:
    assert day(cell) == CENSUS


@pytest.mark.parametrize(
    "cell",
    [
        "03/31/2026", "31/03/26", "31/02/2026", "2026-02-30", "2026-0331", "31 Foo 2026",
        "2026-03-31 09:30", "March 2026", "31/03/1899", "31/03/2201", 2026, 61.5, True, "yes",
        99999999,
    ],
)  # fmt: skip
def test_what_is_no_day_is_odd(cell: Cell) -> None:
    detail = f"{cell} is no day; write it such as 2026-03-31."

    assert day(cell) == Odd(str(cell), "date_from_datetime_parsing", detail)


def test_what_can_be_british_or_american_is_odd() -> None:
    assert day("03/04/2026") == Odd(
        "03/04/2026",
        "ambiguous_day",
        "03/04/2026 can be 2026-04-03 or 2026-03-04; write it so.",
    )
    assert day("04/04/2026") == date(2026, 4, 4)


def test_the_number_of_a_day_is_odd() -> None:
    assert day(46112) == Odd(
        "46112",
        "number_for_day",
        "46112 is how a spreadsheet numbers 2026-03-31; give the cell the format of a date, or"
        " write the day so.",
    )


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_day_is_read_in_each_form(one: date) -> None:
    forms: list[Cell] = [
        one,
        one.isoformat(),
        f"{one:%Y%m%d}",
        f"{one:%d %B %Y}",
        f"{one:%d-%b-%Y}",
    ]

    assert {day(form) for form in forms} == {one}
