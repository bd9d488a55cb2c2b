"""Merged cells: which of those that they cover could be misread.

A merged range shows one value, and the file has it in the first cell alone. Above the figures,
or as a text across one row, that is a heading, and what it covers counts as empty. Elsewhere a
reader cannot know whether the value is meant for each of the cells, so those that are covered
are `Odd`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.ingest.file_limits import MAX_CELLS
from app.ingest.grids import Cell, GridRow, Odd, column_letter
from app.ingest.texts import shorten

Corner = tuple[int, int]
"""Row and column, counted from 0 as the reader of workbooks does."""


@dataclass(frozen=True, slots=True)
class MergedRange:
    """A range of cells that are shown as one; rows and columns are counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        """Return how spreadsheets write it."""
        return f"{column_letter(self.left)}{self.top}:{column_letter(self.right)}{self.bottom}"

    @property
    def area(self) -> int:
        """How many cells it has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


def find_merges(
    corners: Iterable[tuple[Corner, Corner]], *, last_row: int, last_column: int
) -> list[MergedRange] | None:
    """Return the merged ranges within a sheet; None if they overlap so much that it is damaged."""
    merges, area = [], 0
    for (top, left), (bottom, right) in corners:
        merge = MergedRange(
            min(top, bottom) + 1,
            min(left, right) + 1,
            min(max(top, bottom) + 1, last_row),
            min(max(left, right) + 1, last_column),
        )
        if merge.top > merge.bottom or merge.left > merge.right:
            continue
        merges.append(merge)
        area += merge.area
        if area > MAX_CELLS:
            return None
    return merges


def mark_covered(rows: Sequence[GridRow], merges: Sequence[MergedRange]) -> list[GridRow]:
    """Return the rows of a sheet with those cells odd that a merged one covers misleadingly."""
    by_number = {row.number: row.cells for row in rows}
    figures_begin = next((row.number for row in rows if any(map(_is_figure, row.cells))), None)
    covered: dict[int, dict[int, Odd]] = {}
    for merge in merges:
        if figures_begin is None or merge.bottom < figures_begin:
            continue
        shown = _show_first_cell(merge, by_number)
        if shown is None:
            continue
        odd = _odd(merge, shown)
        for row in range(max(merge.top, figures_begin), merge.bottom + 1):
            if row in by_number:
                columns = range(merge.left + (row == merge.top), merge.right + 1)
                covered.setdefault(row, {}).update(dict.fromkeys(columns, odd))
    return [_cover(row, covered[row.number]) if row.number in covered else row for row in rows]


def _show_first_cell(merge: MergedRange, rows: Mapping[int, Sequence[Cell]]) -> str | None:
    """Return what a range shows, or None where it is empty or a text across one row."""
    cells = rows.get(merge.top)
    first = cells[merge.left - 1] if cells else None
    if isinstance(first, str):
        return first if merge.top < merge.bottom or _is_figure(first) else None
    if isinstance(first, Odd):
        return first.shown
    return None if first is None else str(first)


def _odd(merge: MergedRange, shown: str) -> Odd:
    return Odd(
        shorten(shown),
        "covered_by_merge",
        f"The cell is covered by the merged range {merge}, which shows {shorten(shown)} once;"
        " unmerge it and fill in every cell.",
    )


def _cover(row: GridRow, covered: Mapping[int, Odd]) -> GridRow:
    cells = list(row.cells)
    for column, odd in covered.items():
        cells[column - 1] = odd
    return GridRow(row.number, tuple(cells))


def _is_figure(cell: Cell) -> bool:
    """Return whether a cell is a number, or a text that looks like one."""
    if isinstance(cell, str):
        return cell[0].isdecimal() and cell.rstrip("%").replace(",", "").isdecimal()
    return isinstance(cell, int | float) and not isinstance(cell, bool)
