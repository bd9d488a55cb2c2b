"""Tables of pages: on narrow screens each row is a block, with the headings in its lines."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        path: Where it leads to; None where it leads nowhere.
    """

    text: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it is of, and what is told of it."""

    head: Cell
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        headings: Of every column, that of the rows' heads first; it may be empty.
    """

    caption: str
    headings: Sequence[str]
    rows: Sequence[Row]
