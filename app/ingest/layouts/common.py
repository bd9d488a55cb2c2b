"""What tables of all kinds share: whose a row is, of which census, and words for values."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Generic, TypeVar

from app.domain.censuses import census_day
from app.domain.file_codes import RemarkCode
from app.ingest.cells import day, text, whole_number
from app.ingest.grids import Cell, GridRow, Odd, Remark
from app.ingest.mappings import TOTAL, Words, plain
from app.ingest.tables import At, Found, Table, fault_at, is_repeated_heading, show
from app.ingest.texts import shorten

T = TypeVar("T")
Coding = TypeVar("Coding", bound=StrEnum)

OWN: Final = frozenset({"ods_code", "year", "source", "notes", "covers"})
"""Fields of whose a row is, and what is said of all of it."""

LONGEST_SOURCE: Final = 500
"""Characters of a source."""

LONGEST_NOTES: Final = 4000
"""Characters of notes, and of a rationale."""

_CODE = re.compile(r"[A-Z0-9]{3,5}")
_FINANCIAL = re.compile(r"((?:19|20)[0-9]{2})\s?[/–-]\s?((?:[0-9]{2}){1,2})")
_YEARS: Final = range(1900, 2201)
_WITH_ZEROS = re.compile(r"([0-9]+)\.0+")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for rows where the file has no column for it.

    Attributes:
        ods_code: The trust's.
        year: The census.
        source: Where the figures come from.
    """

    ods_code: str | None = None
    year: int | None = None
    source: str | None = None


class Lookup(dict[tuple[type, Cell], T | Odd], Generic[T]):
    """What cells mean; cells that are alike are read once."""

    def __init__(self, read: Callable[[Cell], T | Odd]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, key: tuple[type, Cell]) -> T | Odd:
        """Return what a cell means that has not been met before."""
        found = self[key] = self._read(key[1])
        return found


class Column(Generic[T]):
    """One column of a table, or what stands for it in every row.

    Attributes:
        index: From 0; None where the file has no such column.
    """

    def __init__(
        self, table: Table, field: str, read: Callable[[Cell], T | Odd], default: T
    ) -> None:
        self.index = table.columns.get(field)
        self._known = Lookup(read)
        self._table, self._default = table, default

    def read(self, row: GridRow, found: Found) -> T | Odd:
        """Return what a row has; where it cannot be told, that is added to the faults."""
        index = self.index
        if index is None:
            return self._default
        cell = row.cells[index]
        value = self._known[cell.__class__, cell]
        if isinstance(value, Odd):
            found.refuse((self._table, row.number, index), value)
        return value


def ods_code(cell: Cell) -> str | Odd:
    """Return an ODS code, in capitals."""
    written = text(cell)
    if isinstance(written, Odd):
        return written
    code = written.upper()
    if not _CODE.fullmatch(code):
        shown = shorten(written)
        return Odd(shown, "code_shape", f"“{shown}” is no ODS code; write one such as RJ1.")
    return code


def census_year(cell: Cell) -> int | Odd:
    """Return the year of a census, from a year or from its day."""
    if cell is None or isinstance(cell, Odd):
        return cell or Odd("", "empty_cell", "The cell is empty; write the year of a census.")
    written = text(cell) if isinstance(cell, str) else None
    financial = _FINANCIAL.fullmatch(written) if isinstance(written, str) else None
    if financial is not None:
        year = int(financial[1]) + 1
        return Odd(
            shorten(str(written)),
            "not_a_census",
            f"{written} is a financial year; write the year of the census, {year} for that of 31"
            f" March {year}.",
        )
    number = whole_number(cell)
    if isinstance(number, int) and number in _YEARS:
        return number
    found = day(cell)
    if isinstance(found, Odd):
        is_day = found.code in {"number_for_day", "ambiguous_day"}
        return found if is_day else _no_year(cell)
    if found != census_day(found.year):
        return Odd(
            found.isoformat(),
            "not_a_census",
            f"{found.isoformat()} is no census; they are on 31 March. Write the year, such as"
            f" {found.year}.",
        )
    return found.year


def coding(kind: type[Coding], field: str, words: Words) -> Callable[[Cell], Coding | Odd | None]:
    """Return what reads the codes of a column; None stands for a total."""
    by_word = words.values_by_word(field)
    codes = [one.value for one in kind]

    def read(cell: Cell) -> Coding | Odd | None:
        written = text(cell)
        if isinstance(written, Odd):
            return written
        found = look_up(written, by_word)
        if found is None:
            return unknown_word(written, field, codes)
        return None if found == TOTAL else kind(found)

    return read


def look_up(written: str, by_word: Mapping[str, str]) -> str | None:
    """Return what a word stands for; numbers may have decimals that are all 0."""
    with_zeros = _WITH_ZEROS.fullmatch(written)
    return by_word.get(plain(with_zeros[1] if with_zeros else written))


def unknown_word(written: str, field: str, codes: Iterable[str]) -> Odd:
    """Return the fault of a word that stands for nothing known."""
    shown, name = shorten(written), field.replace("_", " ")
    return Odd(
        shown,
        "unknown_code",
        f"“{shown}” is no {name} that is known; use one of {', '.join(codes)}, or say in a mapping"
        " what it stands for.",
    )


def optional_text(longest: int) -> Callable[[Cell], str | Odd | None]:
    """Return what reads a text that may be left out."""

    def read(cell: Cell) -> str | Odd | None:
        if cell is None:
            return None
        written = text(cell)
        if isinstance(written, str) and len(written) > longest:
            detail = f"The text has {len(written):,} characters; {longest:,} are allowed."
            return Odd(shorten(written), "string_too_long", detail)
        return written

    return read


def optional(read: Callable[[Cell], T | Odd]) -> Callable[[Cell], T | Odd | None]:
    """Return what reads a cell that may be left empty."""
    return lambda cell: None if cell is None else read(cell)


def covered_codes(cell: Cell) -> tuple[str, ...] | Odd | None:
    """Return the ODS codes in a cell, if there are any."""
    written = optional_text(LONGEST_SOURCE)(cell)
    if written is None or isinstance(written, Odd):
        return written
    codes = tuple(one.upper() for one in re.split(r"[\s,;]+", written) if one)
    wrong = next((one for one in map(ods_code, codes) if isinstance(one, Odd)), None)
    return wrong or codes


def require_columns(table: Table, wanted: Mapping[str, bool], words: Words, found: Found) -> bool:
    """Add a fault for each column that is missing; return whether none is.

    Args:
        table: The table.
        wanted: Whether there is something in place of a column, by its field.
        words: What columns are called.
        found: Takes the faults.
    """
    missing = [
        one for one, has_other in wanted.items() if one not in table.columns and not has_other
    ]
    for one in missing:
        names = " or ".join(f"“{word}”" for word in words.columns.get(one, (one,))[:4])
        instead = f", or give {one} with the file" if one in {"ods_code", "year", "source"} else ""
        detail = (
            f"No column is headed {names}; add one{instead}. The headings are {table.headings}."
        )
        found.faults.append(
            fault_at((table, table.heading.number, None), "column_missing", detail)
        )
        found.is_doubtful = True
    return not missing


def list_rows(table: Table, found: Found) -> Iterator[GridRow]:
    """Yield the rows of a table that hold figures; notes among them are remarked on."""
    for row in table.rows:
        if is_repeated_heading(table, row):
            continue
        if is_note(row):
            remark_on_note(row, found)
        else:
            yield row


def remark_on_note(row: GridRow, found: Found) -> None:
    """Remark on a row that has nothing but one text."""
    note = next(cell for cell in row.cells if cell is not None)
    detail = f"Row {row.number} has only the text “{show(note)}” and was taken as a note."
    found.remarks.append(Remark(RemarkCode.NOTE_LEFT_OUT, detail))


def is_note(row: GridRow) -> bool:
    """Return whether a row has nothing but one text."""
    cells = row.cells
    if len(cells) - cells.count(None) != 1:
        return False
    return isinstance(next(cell for cell in cells if cell is not None), str)


class OwnColumns:
    """The columns that say whose a row is, and what is said of all that is theirs.

    Attributes:
        code: ODS codes.
        year: Census years.
        source: What is said where there is no column for it.
    """

    def __init__(self, table: Table, defaults: Defaults) -> None:
        self.code = Column(table, "ods_code", ods_code, defaults.ods_code or "")
        self.year = Column(table, "year", census_year, defaults.year or 0)
        self.source = None if "source" in table.columns else defaults.source
        self._table = table
        texts: dict[str, Callable[[Cell], str | Odd | None]] = {
            "source": optional_text(LONGEST_SOURCE),
            "notes": optional_text(LONGEST_NOTES),
        }
        self._texts = [
            (name, Column(table, name, read, None))
            for name, read in texts.items()
            if name in table.columns
        ]
        self._covers = Column(table, "covers", covered_codes, None)

    def add_to(self, said: "Said", row: GridRow, found: Found) -> None:
        """Take what a row says of all that is a trust's for a census."""
        for name, column in self._texts:
            value = column.read(row, found)
            if value is not None and not isinstance(value, Odd):
                at = (self._table, row.number, column.index)
                said.add(name, value, at, found)
        if self._covers.index is not None:
            covers = self._covers.read(row, found)
            if covers is not None and not isinstance(covers, Odd):
                said.add("covers", covers, (self._table, row.number, self._covers.index), found)


@dataclass(slots=True)
class Said:
    """What rows say of all that a trust sends for a census; each of them has to say the same.

    Attributes:
        at: Where each of these is said, by its name.
    """

    source: str | None = None
    notes: str | None = None
    covers: tuple[str, ...] | None = None
    at: dict[str, At] = field(default_factory=dict)

    def add(self, name: str, value: str | tuple[str, ...], at: At, found: Found) -> None:
        """Take what a row says; refuse it where another row says something else."""
        if name not in self.at:
            setattr(self, name, value)
            self.at[name] = at
        elif getattr(self, name) != value:
            detail = f"Row {self.at[name][1]} says something else of the same trust and census."
            found.faults.append(fault_at(at, "said_otherwise", detail))


def locate(where: Sequence[At], pointer: str) -> At | None:
    """Return where the item stands that a pointer such as `/headcounts/3/band` leads to."""
    _, _, number, *_ = (*pointer.split("/"), "", "")
    return where[int(number)] if number.isdigit() else None


def _no_year(cell: Cell) -> Odd:
    shown = show(cell) or ""
    return Odd(shown, "not_a_census", f"{shown} is no year of a census; write one such as 2024.")
