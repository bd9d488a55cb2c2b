"""Sheets as they were sent: rows of cells, each with its place, before anybody gives them meaning.

A cell is what the file says and no more: a text is not yet a number, and a number not yet a
count. What can be read in no right way is kept as `Odd`, with the sentence that tells why, so
that all faults of a file are told at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.file_codes import RemarkCode


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that cannot be read rightly.

    Attributes:
        shown: What the cell shows, as far as that can be told; shortened.
        code: Stable name of the kind of fault.
        detail: What is wrong, and what would be right.
    """

    shown: str
    code: str
    detail: str


Cell = str | int | float | bool | date | Odd | None
"""What one cell holds; None where it is empty. Texts are stripped and never empty."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row.

    Attributes:
        number: As the file counts it, from 1, its heading rows included.
        cells: From the first column on; all rows of a grid have the same number of cells.
    """

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet of a workbook, or a CSV file.

    Attributes:
        sheet: Name of the sheet; None for a CSV file.
        rows: In the order of the file, without rows that are empty throughout.
    """

    sheet: str | None
    rows: Sequence[GridRow]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a reader of the file should know, though it was read.

    Attributes:
        code: Stable name of the kind of remark.
        detail: The sentence.
    """

    code: RemarkCode
    detail: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as it was read.

    Attributes:
        name: Of the file, without folders.
        sha256: Of its bytes, in hexadecimal.
        size: Its bytes.
        grids: Its sheets that hold anything; one for a CSV file.
        remarks: What should be known of how it was read, such as a hidden sheet.
    """

    name: str
    sha256: str
    size: int
    grids: tuple[Grid, ...]
    remarks: tuple[Remark, ...] = ()


def column_letter(column: int) -> str:
    """Return how spreadsheets name a column, which is counted from 1: A, …, Z, AA and so on."""
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def column_number(letter: str) -> int:
    """Return the number of a column from its name: 1 for A; 0 for no name."""
    number = 0
    for one in letter:
        number = 26 * number + ord(one) - ord("A") + 1
    return number
