"""A staff list, read once and kept nowhere.

What has to be done for each row is done by what is written in C, a block of rows at a time. Only
rows that are not as wide as the header are looked at one by one.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import Final

from app.domain.errors import Fault
from app.domain.staff_lists import Tally
from app.domain.staff_people import People
from app.domain.staff_words import Words
from app.ingest.staff_columns import Layout, Places, choose_delimiter, locate
from app.ingest.text_stream import TextStream, UnreadableText, reading_text

BLOCK_ROWS: Final = 250
"""Rows that are taken at a time; many more would not stay in the processor's cache."""

MOST_KINDS: Final = 150_000
"""How many different rows are held before they are read; this bounds the memory."""

MOST_NAMED: Final = 10
"""How many rows of a wrong width are named."""

Row = list[str]

Progress = Callable[[int, int | None], None]
"""Told how many bytes of the file have been read, and how many it has, if that is known."""


class StaffListReader:
    """Reads one list.

    Attributes:
        rows: How many are somebody's.
        faults: Of the file and its rows; they name rows, and nothing that stands in them.
    """

    def __init__(self, layout: Layout, tally: Tally, people: People | None) -> None:
        """Take what counts rows, and what counts their people where these can be told apart."""
        self.rows = 0
        self.faults: list[Fault] = []
        self._layout = layout
        self._tally = tally
        self._people = people
        self._wrong: list[int] = []
        self._wrong_in_all = 0

    def read(self, path: Path, progress: Progress) -> None:
        """Read a list; what can be read of it is counted, and what cannot is a fault."""
        try:
            with reading_text(path) as text:
                self._read(text, progress)
        except UnreadableText as error:
            self.faults.append(Fault("", "not_csv", str(error)))
        if self._wrong:
            self.faults.append(self._width_fault())
        if not self.rows and not self.faults:
            self.faults.append(Fault("", "no_rows", "The list has no rows."))

    def _read(self, text: TextStream, progress: Progress) -> None:
        lines = text.lines
        number, first = next(
            (numbered for numbered in enumerate(lines, start=1) if numbered[1].strip()), (1, "")
        )
        delimiter = choose_delimiter(first, self._layout)
        rows = csv.reader(chain([first], lines), delimiter=delimiter, strict=True)
        try:
            places, faults = locate(next(rows), self._layout)
            self.faults += faults
            if places is not None:
                for _ in self._count(rows, places, number + 1):
                    progress(text.tell(), text.size)
        except csv.Error:
            detail = (
                f"Line {number + rows.line_num - 1}: a quotation mark is out of place, or a cell"
                f" has more than {csv.field_size_limit()} characters."
            )
            self.faults.append(Fault("", "not_csv", detail))

    def _count(self, rows: Iterator[Row], places: Places, number: int) -> Iterator[None]:
        """Count rows, of which the first has a number; yield after every block."""
        kinds: Counter[Words] = Counter()
        cells = itemgetter(*places.counted)
        try:
            while taken := list(islice(rows, BLOCK_ROWS)):
                block = taken
                if set(map(len, block)) != {places.width} or not all(map(any, block)):
                    block = list(self._mend(taken, places.width, number))
                number += len(taken)
                self.rows += len(block)
                kinds.update(map(cells, block))
                if self._people is not None and places.identifier is not None:
                    identifiers = map(itemgetter(places.identifier), block)
                    self._people.add(list(identifiers), map(cells, block))
                if len(kinds) > MOST_KINDS:
                    self._tally.add(kinds)
                    kinds.clear()
                yield
        finally:
            # Where the file cannot be read to its end, what was wrong before is told as well.
            self._tally.add(kinds)

    def _mend(self, block: list[Row], width: int, number: int) -> Iterator[Row]:
        """Yield the rows that are as wide as the header, or have blank cells beyond it.

        Blank rows are nobody's. Any other row is a fault, since its cells may have moved.
        """
        for place, row in enumerate(block, start=number):
            if not "".join(row).strip():
                continue
            if len(row) < width or "".join(row[width:]).strip():
                self._wrong_in_all += 1
                if len(self._wrong) < MOST_NAMED:
                    self._wrong.append(place)
            else:
                yield row[:width]

    def _width_fault(self) -> Fault:
        named = ", ".join(map(str, self._wrong))
        more = self._wrong_in_all - len(self._wrong)
        which = f"Row {named} has" if self._wrong_in_all == 1 else f"Rows {named}"
        and_more = f" and {more} more" if more else ""
        verb = "" if self._wrong_in_all == 1 else " have"
        detail = (
            f"{which}{and_more}{verb} more or fewer cells than the header; a cell with a comma"
            " needs quotation marks."
        )
        return Fault("", "row_width", detail)
