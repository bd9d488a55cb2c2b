"""What the words of staff lists mean: the shipped table, and tables that callers bring.

A table has the columns `word`, `staff_group`, `band`, `ethnic_group`, `organisation` and `note`,
of which any but the first may be missing. A line with a band is about a word of the column of
bands, and its staff group, if it has one, goes before that of the row. A line with a staff group
and no band is about a word of the column of staff groups, and so on.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TypeVar

from app.domain.bands import Band, EthnicGroup, StaffGroup, is_allowed_pair
from app.domain.errors import Fault, UnacceptableStaffList
from app.domain.staff_words import Meanings, Pay, fold
from app.ingest.reference_files import read_rows
from app.ingest.text_stream import UnreadableText, reading_text

SHIPPED = "staff_words.csv"
"""The shipped table."""

COLUMNS = ("word", "staff_group", "band", "ethnic_group", "organisation", "note")
"""The columns that a table may have."""

_AT = "/pay_table"
_ODS_CODE = re.compile(r"[A-Z0-9]{3,5}")

_Choice = TypeVar("_Choice", bound=StrEnum)
_Meaning = TypeVar("_Meaning")


@cache
def read_shipped_words() -> Meanings:
    """Return what the shipped table says."""
    table = _Table()
    for line, row in enumerate(read_rows(SHIPPED), start=2):
        table.take(line, row)
    return table.meanings()


def read_words(path: Path) -> Meanings:
    """Return what a caller's table says.

    Raises:
        UnacceptableStaffList: It cannot be read, or has lines that mean nothing; every fault is
            listed.
    """
    table = _Table()
    line = 1
    try:
        with reading_text(path) as text:
            rows = csv.reader(text.lines, strict=True)
            names = [name.strip() for name in next(rows, [])]
            if COLUMNS[0] in names and set(names) <= set(COLUMNS):
                for row in rows:
                    line = rows.line_num
                    table.take(line, dict(zip(names, row, strict=False)))
            else:
                detail = f"The first line has to name its columns, of {', '.join(COLUMNS)}."
                table.faults.append(Fault(_AT, "column_missing", detail))
    except UnreadableText as error:
        table.faults.append(Fault(_AT, "not_csv", str(error)))
    except csv.Error:
        detail = f"After line {line} a quotation mark is out of place."
        table.faults.append(Fault(_AT, "not_csv", detail))
    if table.faults:
        raise UnacceptableStaffList(table.faults)
    return table.meanings()


class _Table:
    """What the lines of a table say.

    Faults name lines and not their words, because a wrong file may hold anything.
    """

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._organisations: dict[str, str] = {}
        self._staff_groups: dict[str, StaffGroup] = {}
        self._pay: dict[str, Pay] = {}
        self._ethnic_groups: dict[str, EthnicGroup] = {}

    def meanings(self) -> Meanings:
        """Return what the lines say."""
        return Meanings(self._organisations, self._staff_groups, self._pay, self._ethnic_groups)

    def take(self, line: int, cells: Mapping[str, str]) -> None:
        """Take a line, with its cells by column; a blank one says nothing."""
        row = {column: cells.get(column, "").strip() for column in COLUMNS}
        if any(row.values()):
            found = list(_find_faults(row)) or list(self._enter(row))
            self.faults += [Fault(_AT, "bad_meaning", f"Line {line}: {one}") for one in found]

    def _enter(self, row: Mapping[str, str]) -> Iterator[str]:
        """Take a line that means something; yield that it contradicts another."""
        word, staff_group = fold(row["word"]), _find(StaffGroup, row["staff_group"])
        band, ethnic_group = _find(Band, row["band"]), _find(EthnicGroup, row["ethnic_group"])
        agree = True
        if band is not None:
            agree &= _agrees(self._pay, word, Pay(band, staff_group))
        elif staff_group is not None:
            agree &= _agrees(self._staff_groups, word, staff_group)
        if ethnic_group is not None:
            agree &= _agrees(self._ethnic_groups, word, ethnic_group)
        if row["organisation"]:
            agree &= _agrees(self._organisations, word, row["organisation"].upper())
        if not agree:
            yield "its word means something else on a line before."


def _find_faults(row: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with a line by itself."""
    if not fold(row["word"]):
        yield "it has no word."
    if not any(row[column] for column in COLUMNS[1:-1]):
        yield "it does not say what its word means."
    for column, choices in _CHOICES.items():
        if row[column] and _find(choices, row[column]) is None:
            yield f"{column} is one of {', '.join(choices)}."
    if row["organisation"] and not _ODS_CODE.fullmatch(row["organisation"].upper()):
        yield "organisation is an ODS code."
    staff_group, band = _find(StaffGroup, row["staff_group"]), _find(Band, row["band"])
    if staff_group and band and not is_allowed_pair(staff_group, band):
        yield f"{staff_group} staff are not in {band}."


_CHOICES: Mapping[str, type[StrEnum]] = {
    "staff_group": StaffGroup,
    "band": Band,
    "ethnic_group": EthnicGroup,
}


def _find(choices: type[_Choice], value: str) -> _Choice | None:
    """Return the choice that a value names, in upper or lower case; None for another value."""
    return next((one for one in choices if one.value == value.lower()), None)


def _agrees(meanings: dict[str, _Meaning], word: str, meaning: _Meaning) -> bool:
    """Return whether a word means this, and let it if it did not mean anything."""
    return meanings.setdefault(word, meaning) == meaning
