"""Days as people write them in cells."""

import re
from datetime import date, timedelta
from typing import Final

from app.ingest.grids import Cell, Odd
from app.ingest.texts import shorten

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
"""The months, in the order of the year; the first three letters will do."""

FIRST_YEAR: Final = 1900
"""The earliest year that a day can have; spreadsheets know no earlier one."""

LAST_YEAR: Final = 2200
"""The latest."""

_SERIALS: Final = range(20_000, 80_000)
"""The numbers by which spreadsheets keep the days from 1954 to 2119."""

_SERIALS_BEGIN: Final = date(1899, 12, 30)
"""The day that a spreadsheet would number 0, were its calendar right before March 1900."""

_ISO = re.compile(r"([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})([T ]00:00(:00(\.0+)?)?)?")
_NUMBERED = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_NAMED = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})[ ,-]*([0-9]{4})", re.IGNORECASE)


def day(cell: Cell) -> date | Odd:
    """Return a day.

    Of 31/03/2026 only the British reading is a day, so it is read; 03/04/2026 has an American one
    too and is odd. A number is a day only in the form yyyymmdd.
    """
    if isinstance(cell, Odd):
        return cell
    if cell is None:
        return Odd("", "empty_cell", "The cell is empty; write a day, such as 2026-03-31.")
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int) and cell in _SERIALS:
        meant = _SERIALS_BEGIN + timedelta(days=cell)
        return Odd(
            str(cell),
            "number_for_day",
            f"{cell} is how a spreadsheet numbers {meant.isoformat()}; give the cell the format"
            " of a date, or write the day so.",
        )
    return _day_in(str(cell))


def _day_in(written: str) -> date | Odd:
    numbered = _NUMBERED.fullmatch(written)
    if numbered is not None:
        first, second, year = map(int, numbered.groups())
        british, american = _build(year, second, first), _build(year, first, second)
        if british and american and british != american:
            return Odd(
                written,
                "ambiguous_day",
                f"{written} can be {british.isoformat()} or {american.isoformat()}; write it so.",
            )
        found = british
    else:
        found = _find_iso(written) or _find_named(written)
    if found is not None:
        return found
    shown = shorten(written)
    return Odd(
        shown, "date_from_datetime_parsing", f"{shown} is no day; write it such as 2026-03-31."
    )


def _find_iso(written: str) -> date | None:
    iso = _ISO.fullmatch(written)
    return _build(*map(int, iso.group(1, 3, 4))) if iso else None


def _find_named(written: str) -> date | None:
    named = _NAMED.fullmatch(written)
    if named is None:
        return None
    number, name, year = named.groups()
    months = [month for month, full in enumerate(MONTHS, 1) if full.startswith(name.lower())]
    return _build(int(year), months[0], int(number)) if months else None


def _build(year: int, month: int, number: int) -> date | None:
    """Return the day of the calendar, or None if there is none such."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, number)
    except ValueError:
        return None
