"""Tables of boards: persons by voting and executive membership and ethnic group."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from app.domain.bands import EthnicGroup
from app.domain.boards import Member
from app.domain.control_totals import describe_disagreement
from app.ingest.cells import text, whole_number
from app.ingest.grids import Cell, GridRow, Odd
from app.ingest.layouts.common import (
    OWN,
    Column,
    Defaults,
    OwnColumns,
    Said,
    coding,
    list_rows,
    optional,
    require_columns,
    unknown_word,
)
from app.ingest.mappings import Words, plain
from app.ingest.tables import At, Found, Layout, Table, fault_at

LAYOUT: Final = Layout(
    fields=(OWN - {"covers"})
    | {"voting", "executive", "ethnic_group", "headcount", "white", "bme", "unknown", "total"},
    signs=(
        frozenset({"voting", "executive", "white", "bme"}),
        frozenset({"voting", "executive", "headcount", "ethnic_group"}),
    ),
)


@dataclass(slots=True)
class SentBoard:
    """A trust's board at a census, as a file has it.

    Attributes:
        at: Where the first of it stands.
        said: What is said of all of it.
        members: One for each number.
        where: Where each of them stands.
    """

    ods_code: str
    year: int
    at: At
    said: Said = field(default_factory=Said)
    members: list[Member] = field(default_factory=list)
    where: list[At] = field(default_factory=list)


def read_boards(
    tables: Iterable[Table], words: Words, defaults: Defaults, found: Found
) -> list[SentBoard]:
    """Return the boards of tables, by trust and census in the order of the file."""
    sent: dict[tuple[str, int], SentBoard] = {}
    for table in tables:
        wanted = {
            "ods_code": defaults.ods_code is not None,
            "year": defaults.year is not None,
            "unknown": "white" not in table.columns,
        }
        if require_columns(table, wanted, words, found):
            _Reading(table, words, defaults, found).read_into(sent)
    return list(sent.values())


class _Reading:
    """Reading one table."""

    def __init__(self, table: Table, words: Words, defaults: Defaults, found: Found) -> None:
        self._table, self._found = table, found
        self._own = OwnColumns(table, defaults)
        self._voting = Column(table, "voting", _yes_or_no("voting", words), default=False)
        self._executive = Column(table, "executive", _yes_or_no("executive", words), default=False)
        ethnic = coding(EthnicGroup, "ethnic_group", words)
        self._ethnic = Column(table, "ethnic_group", ethnic, None)
        self._headcount = Column(table, "headcount", whole_number, 0)
        self._counts = {
            group: Column(table, group.value, whole_number, 0) for group in EthnicGroup
        }
        self._total = Column(table, "total", optional(whole_number), None)

    def read_into(self, sent: dict[tuple[str, int], SentBoard]) -> None:
        """Add what the rows have to what was sent."""
        is_wide = "white" in self._table.columns
        for row in list_rows(self._table, self._found):
            code, year = (
                self._own.code.read(row, self._found),
                self._own.year.read(row, self._found),
            )
            voting = self._voting.read(row, self._found)
            executive = self._executive.read(row, self._found)
            numbers = self._read_wide(row) if is_wide else self._read_long(row)
            if isinstance(code, Odd) or isinstance(year, Odd):
                continue
            at = (self._table, row.number, self._own.code.index)
            said = Said(source=self._own.source)
            one = sent.setdefault((code, year), SentBoard(code, year, at, said))
            self._own.add_to(one.said, row, self._found)
            if isinstance(voting, Odd) or isinstance(executive, Odd):
                continue
            for group, number, column in numbers:
                one.members.append(Member(voting, executive, group, number))
                one.where.append((self._table, row.number, column))

    def _read_long(self, row: GridRow) -> list[tuple[EthnicGroup, int, int | None]]:
        group = self._ethnic.read(row, self._found)
        number = self._headcount.read(row, self._found)
        if group is None:
            index = self._ethnic.index
            assert index is not None  # noqa: S101 — the heading row has it
            odd = unknown_word(str(text(row.cells[index])), "ethnic_group", list(EthnicGroup))
            self._found.refuse((self._table, row.number, index), odd)
            return []
        if isinstance(group, Odd) or isinstance(number, Odd):
            return []
        return [(group, number, self._headcount.index)]

    def _read_wide(self, row: GridRow) -> list[tuple[EthnicGroup, int, int | None]]:
        numbers = []
        for group, column in self._counts.items():
            number = column.read(row, self._found)
            if not isinstance(number, Odd):
                numbers.append((group, number, column.index))
        said = self._total.read(row, self._found)
        in_cells = sum(number for _, number, _ in numbers)
        if isinstance(said, int) and len(numbers) == len(self._counts) and said != in_cells:
            at = (self._table, row.number, self._total.index)
            detail = describe_disagreement(said, in_cells)
            self._found.faults.append(fault_at(at, "total_disagrees", detail))
        return numbers


def _yes_or_no(name: str, words: Words) -> Callable[[Cell], bool | Odd]:
    """Return what reads whether members vote, or are executives."""
    by_word = words.values_by_word(name)

    def read(cell: Cell) -> bool | Odd:
        if isinstance(cell, bool):
            return cell
        written = text(cell)
        if isinstance(written, Odd):
            return written
        found = by_word.get(plain(written))
        return unknown_word(written, name, ("yes", "no")) if found is None else found == "yes"

    return read
