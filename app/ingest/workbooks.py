"""Workbooks (.xlsx) as grids.

python-calamine reads the values. What it does not tell, or would read wrongly, is surveyed
beforehand: formulas without results, errors, percentages, and how far a sheet reaches.
"""

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from app.domain.errors import UnreadableFile
from app.domain.file_codes import RemarkCode, UnreadableCode
from app.ingest.file_limits import MAX_CELLS
from app.ingest.grids import Cell, Grid, GridRow, Odd, Remark
from app.ingest.merges import find_merges, mark_covered
from app.ingest.sheet_surveys import NO_RESULT, PERCENTAGE, Survey, survey_sheet
from app.ingest.texts import Texts, error_value
from app.ingest.workbook_parts import NEEDED, SheetEntry, WorkbookParts, read_workbook_parts
from app.ingest.xml_parts import XmlPart
from app.ingest.zip_checks import pack, unpack

LARGEST_EXACT: Final = 10**15
"""From here on a spreadsheet, which keeps 15 digits, does not know every whole number."""

_Value = int | float | str | bool | time | date | datetime | timedelta

_WITHOUT_RESULT: Final = Odd(
    "",
    "formula_without_result",
    "The cell has a formula that was not calculated when the file was saved; open it in Excel,"
    " save it and send it again.",
)


@dataclass(frozen=True, slots=True)
class _Visible:
    """A sheet that is read.

    Attributes:
        index: Its place among all sheets of the workbook, from 0.
    """

    index: int
    name: str
    part: str
    survey: Survey


def read_grids(file: str, content: bytes) -> tuple[tuple[Grid, ...], tuple[Remark, ...]]:
    """Return the visible sheets of a workbook that hold anything, and what should be known.

    Args:
        file: Its name, for the sentence if it is refused.
        content: Its bytes.

    Raises:
        UnreadableFile: It is no workbook that is read, it is damaged, or larger than it may be.
    """
    parts = unpack(file, content)
    workbook = read_workbook_parts(file, parts)
    visible = list(_survey_visible(file, parts, workbook))
    _check_area(file, visible)
    needed = NEEDED.union(sheet.part for sheet in visible)
    packed = pack({name: part for name, part in parts.items() if name in needed})
    parts.clear()
    grids = _read_visible(file, packed, workbook.sheets, visible)
    return grids, (*_find_hidden_sheets(workbook.sheets), *_find_hidden_parts(visible))


def _survey_visible(
    file: str, parts: Mapping[str, bytes], workbook: WorkbookParts
) -> Iterator[_Visible]:
    for index, sheet in enumerate(workbook.sheets):
        if sheet.part is not None and not sheet.is_hidden:
            survey = survey_sheet(
                XmlPart(file, parts.get(sheet.part)),
                sheet.name,
                percentages=workbook.percentages,
                is_calculated=workbook.is_calculated,
            )
            yield _Visible(index, sheet.name, sheet.part, survey)


def _check_area(file: str, visible: Sequence[_Visible]) -> None:
    cells = sum(sheet.survey.last_row * sheet.survey.last_column for sheet in visible)
    if cells > MAX_CELLS:
        raise UnreadableFile(
            file,
            UnreadableCode.TOO_MANY_CELLS,
            f"It has {cells:,} cells up to the last row and column of its sheets; {MAX_CELLS:,}"
            " are allowed.",
        )


def _read_visible(
    file: str, packed: io.BytesIO, sheets: Sequence[SheetEntry], visible: Sequence[_Visible]
) -> tuple[Grid, ...]:
    try:
        workbook = CalamineWorkbook.from_filelike(packed)
        if workbook.sheet_names != [sheet.name for sheet in sheets]:
            raise UnreadableFile(file, UnreadableCode.DAMAGED_WORKBOOK)
        grids = [
            _to_grid(file, workbook.get_sheet_by_index(sheet.index), sheet.survey)
            for sheet in visible
        ]
    except CalamineError as error:
        raise UnreadableFile(file, UnreadableCode.DAMAGED_WORKBOOK) from error
    return tuple(grid for grid in grids if grid.rows)


def _to_grid(file: str, sheet: CalamineSheet, survey: Survey) -> Grid:
    merges = find_merges(
        sheet.merged_cell_ranges or (), last_row=survey.last_row, last_column=survey.last_column
    )
    if merges is None:
        raise UnreadableFile(file, UnreadableCode.DAMAGED_WORKBOOK)
    rows = [row for row in _read_rows(sheet, survey) if any(c is not None for c in row.cells)]
    return Grid(sheet.name, mark_covered(rows, merges) if merges else rows)


def _read_rows(sheet: CalamineSheet, survey: Survey) -> Iterator[GridRow]:
    """Yield every row up to the last one, each with as many cells."""
    texts = Texts()
    before = [""] * (sheet.start[1] if sheet.start else 0)
    values = sheet.iter_rows()
    for number in range(1, survey.last_row + 1):
        row: list[_Value] = [*before, *next(values, [])]
        row += [""] * (survey.last_column - len(row))
        cells = [texts[value] if isinstance(value, str) else _to_cell(value) for value in row]
        for column, mark in survey.marks.get(number, {}).items():
            cells[column - 1] = _read_marked(mark, cells[column - 1])
        yield GridRow(number, tuple(cells))


def _to_cell(value: float | date | time | timedelta) -> Cell:
    """Return the cell of a value that is no text."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return _to_number(value)
    if isinstance(value, datetime):
        shown = value.isoformat(" ")
        detail = f"The cell has the instant {shown}, where a day alone is wanted."
        return Odd(shown, "date_from_datetime_inexact", detail)
    if isinstance(value, date):
        return value
    return Odd(
        str(value),
        "time_of_day",
        f"The cell has the format of a time and shows {value}; give it the format of what it is.",
    )


def _to_number(value: float) -> Cell:
    """Return a number; a workbook has no whole ones, so 61.0 is how it keeps 61."""
    if not math.isfinite(value):
        return Odd(str(value), "finite_number", f"{value} is no number that can be used.")
    return int(value) if value == int(value) and abs(value) < LARGEST_EXACT else value


def _read_marked(mark: str, cell: Cell) -> Cell:
    """Return a cell as the survey tells that it is."""
    if mark == NO_RESULT:
        return _WITHOUT_RESULT
    if mark != PERCENTAGE:
        return error_value(mark)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        # What people see is 12.5%, so that is what the cell is: never 0.125 people.
        return f"{(Decimal(repr(cell)) * 100).normalize():f}%"
    return cell


def _find_hidden_sheets(sheets: Sequence[SheetEntry]) -> Iterator[Remark]:
    for sheet in sheets:
        if sheet.is_hidden and sheet.part is not None:
            yield Remark(
                RemarkCode.HIDDEN_SHEET,
                f"The sheet {sheet.name!r} is hidden and was not read; unhide it if it has"
                " figures.",
            )


def _find_hidden_parts(visible: Sequence[_Visible]) -> Iterator[Remark]:
    for sheet in visible:
        for code, number, noun in (
            (RemarkCode.HIDDEN_ROWS, sheet.survey.hidden_rows, "row"),
            (RemarkCode.HIDDEN_COLUMNS, sheet.survey.hidden_columns, "column"),
        ):
            if number:
                what = f"1 hidden {noun}" if number == 1 else f"{number:,} hidden {noun}s"
                were = "was" if number == 1 else "were"
                yield Remark(
                    code, f"In the sheet {sheet.name!r} {what} {were} read like the others."
                )
