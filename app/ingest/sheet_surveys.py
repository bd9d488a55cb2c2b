"""What the reader of workbooks does not tell of a sheet, found out beforehand.

How far the sheet reaches, before room is made for it; which formulas have no result, which
cells show an error and which a percentage; and how much is hidden. Values are not read here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from app.domain.errors import UnreadableFile
from app.domain.file_codes import UnreadableCode
from app.ingest.file_limits import MAX_COLUMNS, MAX_ROWS
from app.ingest.grids import column_letter
from app.ingest.workbook_parts import is_true
from app.ingest.xml_parts import XmlPart

PERCENTAGE: Final = "%"
"""The mark of a number that is shown as a percentage."""

NO_RESULT: Final = "="
"""The mark of a formula without a result that can be believed."""

KNOWN_ERRORS: Final = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
)
"""The errors that the reader of workbooks knows; it gives up at any other."""

LAST_COLUMN: Final = 16_384
"""The last column that a spreadsheet has, XFD."""

DIGITS: Final = 8
"""How long a number of a row or column can be before it is nonsense."""

_LETTERS = re.compile(r"[A-Z]{1,7}")


@dataclass(slots=True)
class Survey:
    """What was found out about a sheet.

    Attributes:
        last_row: The last one in which a cell holds anything; 0 if none does.
        last_column: Likewise, counted from 1.
        marks: By row and column: `PERCENTAGE`, `NO_RESULT`, or the error that a cell shows.
        hidden_rows: How many rows that hold something are hidden.
        hidden_columns: How many columns up to the last one are hidden.
    """

    last_row: int = 0
    last_column: int = 0
    marks: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: int = 0
    hidden_columns: int = 0


def survey_sheet(
    part: XmlPart, sheet: str, *, percentages: frozenset[str], is_calculated: bool
) -> Survey:
    """Return what can be found out about a sheet without its values.

    Args:
        part: The sheet, not parsed yet.
        sheet: Its name.
        percentages: The numbers of the styles that show a number as a percentage.
        is_calculated: Whether the results of formulas can be believed.

    Raises:
        UnreadableFile: It is damaged or reaches too far.
    """
    surveyor = _Surveyor(part, sheet, percentages, is_calculated=is_calculated)
    return surveyor.survey()


class _Surveyor:
    """Goes through a sheet once. A cell is judged when the next element says that it is over."""

    def __init__(
        self, part: XmlPart, sheet: str, percentages: frozenset[str], *, is_calculated: bool
    ) -> None:
        self._part = part
        self._sheet = sheet
        self._percentages = percentages
        self._is_calculated = is_calculated
        self._found = Survey()
        self._columns: dict[str, int] = {}
        self._hidden_columns: set[int] = set()
        self._row = 0
        self._row_text = "0"
        self._is_row_hidden = False
        self._column = 0
        self._cell: Mapping[str, str] | None = None
        self._values = 0
        self._has_formula = False
        self._text: list[str] = []

    def survey(self) -> Survey:
        self._part.refuse_when_unusual(lambda: self._cell is not None)
        self._part.parse(
            {
                "col": self._on_columns,
                "row": self._on_row,
                "c": self._on_cell,
                "f": self._on_formula,
                "v": self._on_value,
                "is": self._on_value,
            },
            otherwise=lambda _: self._end_cell(),
        )
        self._end_cell()
        self._found.hidden_columns = len(
            self._hidden_columns & set(range(1, self._found.last_column + 1))
        )
        return self._found

    def _on_columns(self, attributes: Mapping[str, str]) -> None:
        if is_true(attributes.get("hidden")):
            first, last = (self._number(attributes.get(name, "")) for name in ("min", "max"))
            self._hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))

    def _on_row(self, attributes: Mapping[str, str]) -> None:
        self._end_cell()
        self._row_text = attributes.get("r") or str(self._row + 1)
        row = self._number(self._row_text)
        if row <= self._row:
            self._part.refuse()
        self._row, self._column = row, 0
        self._is_row_hidden = is_true(attributes.get("hidden"))

    def _on_cell(self, attributes: Mapping[str, str]) -> None:
        self._end_cell()
        place = attributes.get("r")
        column = self._column + 1 if place is None else self._find_column(place)
        if column <= self._column:
            self._part.refuse()
        self._column, self._cell = column, attributes
        self._values, self._has_formula = 0, False

    def _on_formula(self, _: Mapping[str, str]) -> None:
        self._has_formula = True

    def _on_value(self, _: Mapping[str, str]) -> None:
        self._values += 1
        if self._cell is not None and (self._has_formula or self._cell.get("t") == "e"):
            self._text = []
            self._part.listen(self._text.append)

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None or not (self._values or self._has_formula):
            return
        if self._values > 1:
            self._part.refuse()
        found, row, column = self._found, self._row, self._column
        if row > found.last_row:
            found.last_row = row
            found.hidden_rows += self._is_row_hidden
        found.last_column = max(found.last_column, column)
        if row > MAX_ROWS or column > MAX_COLUMNS:
            self._refuse_far_cell()
        mark = self._judge(cell)
        if mark is not None:
            found.marks.setdefault(row, {})[column] = mark

    def _judge(self, cell: Mapping[str, str]) -> str | None:
        kind = cell.get("t", "n")
        text = ""
        if self._has_formula or kind == "e":
            self._part.listen(None)
            text = "".join(self._text).strip() if self._values else ""
        if self._has_formula and not self._has_result(kind, text):
            return NO_RESULT
        if kind == "e":
            return self._check_error(text)
        return PERCENTAGE if kind == "n" and cell.get("s") in self._percentages else None

    def _has_result(self, kind: str, text: str) -> bool:
        """Return whether a formula has been calculated; the result may be an empty text."""
        return self._is_calculated and bool(text or (kind == "str" and self._values))

    def _check_error(self, text: str) -> str:
        if text not in KNOWN_ERRORS:
            raise UnreadableFile(
                self._part.file,
                UnreadableCode.UNFINISHED_CELL,
                f"It is {self._place} of the sheet {self._sheet!r}.",
            )
        return text

    def _find_column(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        if place[len(letters) :] != self._row_text:
            self._part.refuse()
        column = self._columns.get(letters)
        if column is None:
            if not _LETTERS.fullmatch(letters):
                self._part.refuse()
            column = 0
            for letter in letters:
                column = column * 26 + ord(letter) - ord("A") + 1
            self._columns[letters] = column
        return column

    def _refuse_far_cell(self) -> None:
        raise UnreadableFile(
            self._part.file,
            UnreadableCode.TOO_MANY_CELLS,
            f"The sheet {self._sheet!r} holds something in {self._place}; {MAX_ROWS:,} rows and"
            f" {MAX_COLUMNS:,} columns are allowed.",
        )

    def _number(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
            self._part.refuse()
        return int(text)

    @property
    def _place(self) -> str:
        return f"{column_letter(self._column)}{self._row}"
