"""Tables in sheets: where their headings are, and which column is for what.

Columns are found by what their headings say, never by where they stand.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from app.domain.errors import Fault, Place
from app.domain.file_codes import RemarkCode
from app.ingest.cells import text
from app.ingest.grids import Cell, Grid, GridRow, Odd, Remark, Workbook, column_letter
from app.ingest.mappings import Words, plain
from app.ingest.texts import shorten

SEARCHED: Final = 50
"""Rows from the top of a sheet in which headings are sought."""

_WITH_YEAR = re.compile(r"(.+) ((?:19|20|21)[0-9]{2})")
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Layout:
    """What a table of one kind looks like.

    Attributes:
        fields: All that its columns can be for.
        signs: Sets of fields; a row that has all of one of them is the heading row.
        yearly: A field that has a column for each of several years, headed with the year.
    """

    fields: frozenset[str]
    signs: tuple[frozenset[str], ...]
    yearly: str | None = None


_NUMBER: Final = attrgetter("number")


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a sheet.

    Attributes:
        sheet: Name of the sheet; None for a CSV file.
        order: Which of the file's sheets it is.
        columns: Which column, from 0, is for each field; a yearly one is `field year`.
        heading: The row of headings.
        rows: Those below, without further rows of the same headings.
    """

    sheet: str | None
    order: int
    columns: Mapping[str, int]
    heading: GridRow
    rows: Sequence[GridRow]

    def place(self, row: int, column: int | None = None) -> Place:
        """Return where something stands.

        Args:
            row: Its number.
            column: From 0; None for the whole row.
        """
        if column is None:
            return Place(self.sheet, row)
        cells = self._cells_of(row)
        return Place(
            self.sheet,
            row,
            column_letter(column + 1),
            show(self.heading.cells[column]),
            show(cells[column]),
        )

    def _cells_of(self, row: int) -> Sequence[Cell]:
        """Return the cells of a row; those of the headings for their own.

        Rows stand in the order of the file, and a file may have as many faults as cells.
        """
        at = bisect_left(self.rows, row, key=_NUMBER)
        is_there = at < len(self.rows) and self.rows[at].number == row
        return self.rows[at].cells if is_there else self.heading.cells

    @property
    def headings(self) -> str:
        """The headings, as they are listed in sentences."""
        return list_words(show(cell) or "" for cell in self.heading.cells)


At = tuple[Table, int, int | None]
"""Where something stands: its table, the number of its row, and its column, from 0."""


@dataclass(slots=True)
class Found:
    """What was found in a file on the way, beside figures.

    Attributes:
        faults: All that is wrong.
        remarks: What should be known.
        is_doubtful: Whether a row was left out for a fault, so that totals cannot be right.
    """

    faults: list[Fault] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    is_doubtful: bool = False

    def refuse(self, at: At, odd: Odd) -> None:
        """Add the fault of a cell."""
        self.faults.append(fault_at(at, odd.code, odd.detail))
        self.is_doubtful = True


def find_tables(book: Workbook, layout: Layout, words: Words, found: Found) -> list[Table]:
    """Return the tables of a file, one a sheet; sheets without any are remarked on."""
    by_word = words.fields_by_word(layout.fields)
    yearly = {plain(word) for word in words.columns.get(layout.yearly or "", ())}
    tables, without = [], []
    for order, grid in enumerate(book.grids):
        headings = [
            _name_columns(row, by_word, yearly, layout.yearly) for row in grid.rows[:SEARCHED]
        ]
        first = next((i for i, named in enumerate(headings) if _is_heading(named, layout)), None)
        if first is None:
            without.append((grid, headings))
        else:
            tables.append(_make_table(grid, order, first, headings[first], found))
    if not tables:
        found.faults.extend(_missing(grid, headings, layout, words) for grid, headings in without)
        return []
    for grid, _ in without:
        detail = f"The sheet {grid.sheet} has no table of this kind and was left out."
        found.remarks.append(Remark(RemarkCode.SHEET_LEFT_OUT, detail))
    for table in tables:
        _remark_on_columns(table, by_word, found)
        _check_further_headings(table, layout, by_word, found)
    return tables


def fault_at(at: At, code: str, detail: str) -> Fault:
    """Return a fault with its place in a file."""
    table, row, column = at
    place = table.place(row, column)
    return Fault(point_at(place), code, detail, place)


def point_at(place: Place) -> str:
    """Return the pointer to a place: into the form that carries the file."""
    cell = f"{place.column or ''}{place.row or ''}"
    parts = "!".join(filter(None, (place.sheet, cell)))
    escaped = parts.replace("~", "~0").replace("/", "~1")
    return f"/file/{escaped}" if escaped else "/file"


def show(cell: Cell) -> str | None:
    """Return what a cell shows, shortened; None where it is empty."""
    if cell is None:
        return None
    seen = text(cell)
    return shorten(seen.shown if isinstance(seen, Odd) else seen)


def list_words(words: Iterable[str]) -> str:
    """Return words as they are listed in sentences: quoted, and not too many."""
    quoted = [f"“{word}”" for word in words if word]
    more = f" and {len(quoted) - _SHOWN} more" if len(quoted) > _SHOWN else ""
    return ", ".join(quoted[:_SHOWN]) + more


def _name_columns(
    row: GridRow, by_word: Mapping[str, str], yearly: set[str], field_of_years: str | None
) -> list[str | None]:
    """Return what each column would be for, were a row the heading row."""
    named: list[str | None] = []
    for cell in row.cells:
        word = plain(cell) if isinstance(cell, str) else ""
        with_year = _WITH_YEAR.fullmatch(word)
        if with_year and with_year[1] in yearly:
            named.append(f"{field_of_years} {with_year[2]}")
        else:
            named.append(by_word.get(word))
    return named


def _is_heading(named: Iterable[str | None], layout: Layout) -> bool:
    held = frozenset(named)
    return any(sign <= held for sign in layout.signs)


def _make_table(
    grid: Grid, order: int, first: int, named: Sequence[str | None], found: Found
) -> Table:
    heading = grid.rows[first]
    columns: dict[str, int] = {}
    table = Table(grid.sheet, order, columns, heading, grid.rows[first + 1 :])
    for index, name in enumerate(named):
        if name is None:
            continue
        if name in columns:
            detail = (
                f"Columns {column_letter(columns[name] + 1)} and {column_letter(index + 1)} are"
                f" both for {name}; leave one out, or put two tables on two sheets."
            )
            found.faults.append(
                fault_at((table, heading.number, index), "duplicate_column", detail)
            )
            found.is_doubtful = True
        columns.setdefault(name, index)
    return table


def _missing(
    grid: Grid, headings: Sequence[Sequence[str | None]], layout: Layout, words: Words
) -> Fault:
    """Return the fault of a sheet in which no row has the headings that are sought."""
    counts = [sum(name is not None for name in named) for named in headings]
    best = max(range(len(counts)), key=counts.__getitem__)
    row = grid.rows[best]
    sought = [
        " and ".join(f"“{(words.columns.get(one) or (one,))[0]}”" for one in sorted(sign))
        for sign in layout.signs
    ]
    seen = list_words(show(cell) or "" for cell in row.cells)
    detail = (
        f"No row has the headings of such a table; sought are {' or '.join(sought)}. Row"
        f" {row.number} has {seen}; a mapping can say what they stand for."
    )
    place = Place(grid.sheet, row.number)
    return Fault(point_at(place), "headings_not_found", detail, place)


def _remark_on_columns(table: Table, by_word: Mapping[str, str], found: Found) -> None:
    """Remark on columns that are for nothing."""
    used = set(table.columns.values())
    for index, cell in enumerate(table.heading.cells):
        if index in used:
            continue
        has_values = any(row.cells[index] is not None for row in table.rows)
        shown = show(cell)
        is_known = isinstance(cell, str) and plain(cell) in by_word
        if is_known or (shown is None and not has_values):
            continue
        where = f"Column {column_letter(index + 1)}"
        on = f" of the sheet {table.sheet}" if table.sheet else ""
        called = f", “{shown}”," if shown else ", which has no heading,"
        detail = f"{where}{on}{called} is not known and was left out."
        found.remarks.append(Remark(RemarkCode.UNKNOWN_COLUMN, detail))


def _check_further_headings(
    table: Table, layout: Layout, by_word: Mapping[str, str], found: Found
) -> None:
    """Refuse a second table below the first one."""
    for row in _further_headings(table, layout, by_word):
        detail = (
            f"Row {row.number} has headings again, other than those of row"
            f" {table.heading.number}; put each table on a sheet, or in a file, of its own."
        )
        found.faults.append(fault_at((table, row.number, None), "second_table", detail))
        found.is_doubtful = True


def _further_headings(
    table: Table, layout: Layout, by_word: Mapping[str, str]
) -> Iterator[GridRow]:
    fields = _Fields(by_word)
    for row in table.rows:
        named = {fields[cell] for cell in row.cells if isinstance(cell, str)}
        if len(named) > 1 and _is_heading(named, layout) and row.cells != table.heading.cells:
            yield row


class _Fields(dict[str, str | None]):
    """What the texts of a table would stand for as headings; each is looked at once."""

    def __init__(self, by_word: Mapping[str, str]) -> None:
        super().__init__()
        self._by_word = by_word

    def __missing__(self, written: str) -> str | None:
        """Return the field of a text that has not been met before."""
        found = self[written] = self._by_word.get(plain(written))
        return found


def is_repeated_heading(table: Table, row: GridRow) -> bool:
    """Return whether a row has the headings of its table once more."""
    return row.cells == table.heading.cells
