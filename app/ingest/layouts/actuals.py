"""Tables of headcounts: a row a number, or a row a band with its ethnic groups side by side.

A wide table may have its staff groups as headings between the rows, as the template of the WRES
has them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from app.domain.actuals import Cell
from app.domain.bands import Band, EthnicGroup, StaffGroup
from app.domain.control_totals import Claim, describe_disagreement
from app.domain.counts import Count
from app.domain.ethnic_categories import EthnicCategories
from app.domain.file_codes import RemarkCode
from app.ingest import grids
from app.ingest.cells import text, whole_number
from app.ingest.grids import GridRow, Odd, Remark
from app.ingest.layouts.common import (
    OWN,
    Column,
    Defaults,
    Lookup,
    OwnColumns,
    Said,
    coding,
    is_note,
    list_rows,
    optional,
    remark_on_note,
    require_columns,
    unknown_word,
)
from app.ingest.layouts.printed_shares import find_disagreement, percentage
from app.ingest.mappings import TOTAL, Words, plain
from app.ingest.tables import At, Found, Layout, Table, fault_at, is_repeated_heading
from app.ingest.texts import shorten

LAYOUT: Final = Layout(
    fields=OWN
    | {"staff_group", "band", "ethnic_group", "ethnic_category", "headcount"}
    | {"white", "bme", "unknown", "total", "bme_percentage", "total_workforce", "total_bme"},
    signs=(
        frozenset({"band", "white", "bme"}),
        frozenset({"band", "headcount", "ethnic_group"}),
        frozenset({"band", "headcount", "ethnic_category"}),
    ),
)

Key = tuple[str, int]
"""ODS code and census year."""

Group = tuple[EthnicGroup | None, str | None]
"""An ethnic group, None for everybody, and the category that it was sent as, if it was."""


@dataclass(slots=True)
class SentActuals:
    """A trust's headcounts at a census, as a file has them.

    Attributes:
        at: Where the first of them stands.
        said: What is said of all of them.
        cells: One for each number.
        where: Where each of them stands.
        claims: Totals that are stated.
        bare: Staff groups with rows that no total is stated beside.
    """

    ods_code: str
    year: int
    at: At
    said: Said = field(default_factory=Said)
    cells: list[Cell] = field(default_factory=list)
    where: list[At] = field(default_factory=list)
    claims: list[Claim[At]] = field(default_factory=list)
    bare: set[StaffGroup] = field(default_factory=set)

    def claim(
        self, staff_group: StaffGroup | None, band: Band | None, group: EthnicGroup | None,
        number: int, at: At,
    ) -> None:  # fmt: skip
        """Take a total; one that is stated again is taken once."""
        known = (staff_group, band, group, number)
        if all((c.staff_group, c.band, c.ethnic_group, c.number) != known for c in self.claims):
            self.claims.append(Claim(staff_group, band, group, number, at))

    @property
    def is_controlled(self) -> bool:
        """Whether a total is stated of everybody in it."""
        whole = {c.staff_group for c in self.claims if c.band is None and c.ethnic_group is None}
        return None in whole or self.bare <= whole


def read_actuals(
    tables: Iterable[Table],
    words: Words,
    categories: EthnicCategories,
    defaults: Defaults,
    found: Found,
) -> list[SentActuals]:
    """Return the headcounts of tables, by trust and census in the order of the file.

    Args:
        tables: Of one file.
        words: What things are called in it.
        categories: The ethnic categories.
        defaults: What holds where there is no column.
        found: Takes the faults and remarks.
    """
    sent: dict[Key, SentActuals] = {}
    for table in tables:
        wanted = {
            "ods_code": defaults.ods_code is not None,
            "year": defaults.year is not None,
        }
        if "white" in table.columns:
            wanted["unknown"] = False
        elif "staff_group" not in table.columns:
            wanted["staff_group"] = False
        if require_columns(table, wanted, words, found):
            _Reading(table, words, categories, defaults, found).read_into(sent)
    return list(sent.values())


class _Reading:
    """Reading one table."""

    def __init__(
        self, table: Table, words: Words, categories: EthnicCategories, defaults: Defaults,
        found: Found,
    ) -> None:  # fmt: skip
        self._table, self._found = table, found
        self._own = OwnColumns(table, defaults)
        self._read_group = coding(StaffGroup, "staff_group", words)
        self._group = Column(table, "staff_group", self._read_group, None)
        self._band = Column(table, "band", coding(Band, "band", words), None)
        self._groups = words.values_by_word("staff_group")
        self._skipped = frozenset(map(plain, words.skipped))
        self._is_skipped = Lookup(
            lambda cell: isinstance(cell, str) and plain(cell) in self._skipped
        )
        self._has_skipped = False
        ethnic = coding(EthnicGroup, "ethnic_group", words)
        everybody: Group = (None, None)
        self._ethnic = Column(table, "ethnic_group", _ethnic_group(ethnic), everybody)
        category = optional(_category(categories))
        self._category = Column(table, "ethnic_category", category, None)
        number = whole_number
        self._headcount = Column(table, "headcount", number, 0)
        self._counts = {group: Column(table, group.value, number, 0) for group in EthnicGroup}
        # Beside the three groups a column of people can only be their sum.
        whole = "total" if "total" in table.columns else "headcount"
        self._total = Column(table, whole, optional(number), None)
        self._printed = Column(table, "bme_percentage", optional(percentage), None)
        stated = {"total_workforce": None, "total_bme": EthnicGroup.BME}
        self._stated = [
            (group, Column(table, name, optional(number), None))
            for name, group in stated.items()
            if name in table.columns
        ]
        self._section: StaffGroup | None = None
        self._sections: set[StaffGroup] = set()
        self._has_section_totals = False

    def read_into(self, sent: dict[Key, SentActuals]) -> None:
        """Add what the rows have to what was sent."""
        is_wide = "white" in self._table.columns
        has_sections = "staff_group" not in self._table.columns
        rows = self._list_sectioned() if has_sections else list_rows(self._table, self._found)
        band_index = self._table.columns["band"]
        for row in rows:
            label = row.cells[band_index]
            if self._is_skipped[label.__class__, label]:
                self._remark_on_skipped(row, str(label))
                continue
            code, year = (
                self._own.code.read(row, self._found),
                self._own.year.read(row, self._found),
            )
            pair = self._section_pair(row) if has_sections else self._pair(row)
            one = self._find(sent, row, code, year)
            self._own.add_to(one.said, row, self._found)
            for group, column in self._stated:
                stated = column.read(row, self._found)
                if isinstance(stated, int):
                    one.claim(None, None, group, stated, self._at(row, column.index))
            if pair is None:
                continue
            (self._read_wide if is_wide else self._read_long)(one, row, *pair)

    def _find(
        self, sent: dict[Key, SentActuals], row: GridRow, code: str | Odd, year: int | Odd
    ) -> SentActuals:
        """Return what a row belongs to; of one that cannot be told only the faults are kept."""
        at = self._at(row, self._own.code.index)
        said = Said(source=self._own.source)
        if isinstance(code, Odd) or isinstance(year, Odd):
            return SentActuals("", 0, at, said)
        return sent.get((code, year)) or sent.setdefault(
            (code, year), SentActuals(code, year, at, said)
        )

    def _read_long(
        self, one: SentActuals, row: GridRow, group: StaffGroup | None, band: Band | None
    ) -> None:
        ethnic = self._ethnicity(row)
        number = self._headcount.read(row, self._found)
        if ethnic is None or isinstance(number, Odd):
            return
        at = self._at(row, self._headcount.index)
        if group is None or band is None or ethnic[0] is None:
            one.claim(group, band, ethnic[0], number, at)
            return
        one.cells.append(Cell(group, band, ethnic[0], number, ethnic[1]))
        one.where.append(at)
        one.bare.add(group)

    def _read_wide(
        self, one: SentActuals, row: GridRow, group: StaffGroup | None, band: Band | None
    ) -> None:
        total = self._total.read(row, self._found)
        if group is None or band is None:
            self._claim_row(one, row, group, band)
            if isinstance(total, int):
                one.claim(group, band, None, total, self._at(row, self._total.index))
            return
        numbers = []
        for ethnic, column in self._counts.items():
            number = column.read(row, self._found)
            if not isinstance(number, Odd):
                numbers.append(number)
                one.cells.append(Cell(group, band, ethnic, number))
                one.where.append(self._at(row, column.index))
        printed = self._printed.read(row, self._found)
        if not isinstance(total, int):
            one.bare.add(group)
        if len(numbers) == len(self._counts):
            self._check_row(row, total, Count(*numbers), printed)

    def _claim_row(
        self, one: SentActuals, row: GridRow, group: StaffGroup | None, band: Band | None
    ) -> None:
        """Take the totals of ethnic groups, where they are stated."""
        for ethnic, column in self._counts.items():
            if column.index is not None and row.cells[column.index] is not None:
                number = column.read(row, self._found)
                if not isinstance(number, Odd):
                    one.claim(group, band, ethnic, number, self._at(row, column.index))

    def _check_row(
        self, row: GridRow, said: int | Odd | None, count: Count, printed: Decimal | Odd | None
    ) -> None:
        if isinstance(said, int) and said != count.total:
            at = self._at(row, self._total.index)
            detail = describe_disagreement(said, count.total)
            self._found.faults.append(fault_at(at, "total_disagrees", detail))
        wrong = find_disagreement(printed, count) if isinstance(printed, Decimal) else None
        if wrong is not None:
            at = self._at(row, self._printed.index)
            self._found.faults.append(fault_at(at, "printed_share_disagrees", wrong))

    def _pair(self, row: GridRow) -> tuple[StaffGroup | None, Band | None] | None:
        """Return staff group and band of a row, None in them for all; None if they are odd."""
        group, band = self._group.read(row, self._found), self._band.read(row, self._found)
        if isinstance(group, Odd) or isinstance(band, Odd):
            return None
        return group, band

    def _ethnicity(self, row: GridRow) -> Group | None:
        """Return the ethnic group of a row; None if it is odd, or there is not exactly one."""
        category = self._category.read(row, self._found)
        if isinstance(category, Odd):
            return None
        index = self._ethnic.index
        has_group = index is not None and row.cells[index] is not None
        if category is not None and has_group:
            at = self._at(row, self._category.index)
            detail = "The row has an ethnic group and an ethnic category; give one of them."
            self._found.faults.append(fault_at(at, "ethnic_group_or_category", detail))
            return None
        if category is not None:
            return category
        if index is None:
            empty = Odd("", "empty_cell", "The cell is empty; write the ethnic category, or Z.")
            self._found.refuse(self._at(row, self._category.index), empty)
            return None
        ethnic = self._ethnic.read(row, self._found)
        return None if isinstance(ethnic, Odd) else ethnic

    def _list_sectioned(self) -> Iterable[GridRow]:
        """Yield the rows of a table whose staff groups are headings between them."""
        index = self._table.columns["band"]
        for row in self._table.rows:
            label = row.cells[index]
            word = plain(label) if isinstance(label, str) else ""
            value = self._groups.get(word)
            if value is not None and value != TOTAL and not self._has_numbers(row):
                self._section = StaffGroup(value)
                self._sections.add(self._section)
            elif is_note(row) and word not in self._skipped:
                remark_on_note(row, self._found)
            elif not is_repeated_heading(self._table, row):
                yield row

    def _has_numbers(self, row: GridRow) -> bool:
        indexes = [*(column.index for column in self._counts.values()), self._total.index]
        return any(row.cells[i] is not None for i in indexes if i is not None)

    def _section_pair(self, row: GridRow) -> tuple[StaffGroup | None, Band | None] | None:
        """Return staff group and band of a row below a heading that has the staff group."""
        index = self._table.columns["band"]
        label = row.cells[index]
        if isinstance(label, str) and self._groups.get(plain(label)) == TOTAL:
            return self._total_pair(label)
        band = self._band.read(row, self._found)
        if isinstance(band, Odd):
            return None
        if self._section is None:
            detail = (
                "No row above says whose these are; put a heading such as “1a) Non Clinical"
                " workforce” above, or add a column for the staff group."
            )
            odd = Odd(shorten(str(text(label))), "section_missing", detail)
            self._found.refuse((self._table, row.number, index), odd)
            return None
        return (self._section, band) if band is not None else self._total_pair(str(label))

    def _total_pair(self, label: str) -> tuple[StaffGroup | None, Band | None]:
        """Return what a total is of: the part above it, or all parts where none had one before."""
        is_of_all = len(self._sections) > 1 and not self._has_section_totals
        is_of_all |= plain(label) in _OF_ALL
        self._has_section_totals |= not is_of_all
        return (None if is_of_all else self._section), None

    def _remark_on_skipped(self, row: GridRow, label: str) -> None:
        if not self._has_skipped:
            detail = (
                f"Row {row.number}, “{shorten(label)}”, and others like it repeat people who are"
                " counted in other rows; they were not added."
            )
            self._found.remarks.append(Remark(RemarkCode.ROW_NOT_ADDED, detail))
        self._has_skipped = True

    def _at(self, row: GridRow, column: int | None) -> At:
        return (self._table, row.number, column)


_OF_ALL: Final = frozenset({"grand total", "total workforce", "workforce total", "overall total"})
"""Totals of all staff groups, whatever stands above them."""


def _ethnic_group(
    read: Callable[[grids.Cell], EthnicGroup | Odd | None],
) -> Callable[[grids.Cell], Group | Odd]:
    """Return what reads an ethnic group as one that was not sent as a category."""

    def read_group(cell: grids.Cell) -> Group | Odd:
        group = read(cell)
        return group if isinstance(group, Odd) else (group, None)

    return read_group


def _category(categories: EthnicCategories) -> Callable[[grids.Cell], Group | Odd]:
    """Return what reads an ethnic category."""

    def read(cell: grids.Cell) -> Group | Odd:
        written = text(cell)
        if isinstance(written, Odd):
            return written
        code = written.upper()
        group = categories.find_group(code)
        if group is None:
            return unknown_word(written, "ethnic_category", ("the NHS Data Dictionary's codes",))
        return group, code

    return read


def find_uncontrolled(sent: Sequence[SentActuals]) -> list[SentActuals]:
    """Return the headcounts of which no total is stated."""
    return [one for one in sent if not one.is_controlled]
