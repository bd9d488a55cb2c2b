"""Which columns of a staff list are which, by the words of its header.

The header is never shown: a list that has none begins with somebody's row.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from app.domain.errors import Fault
from app.domain.staff_words import StaffColumn, fold
from app.ingest.reference_files import read_rows

DELIMITERS = (",", ";", "\t")
"""What may stand between cells; where more than one would do, the first."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a caller says about the columns of a list.

    Attributes:
        has_organisations: Whether the rows say which organisation they belong to.
        named: Headers of columns that the caller names, instead of those that are usual.
        identifier: Header of the column that tells people apart; None to count rows.
    """

    has_organisations: bool = True
    named: Mapping[StaffColumn, str] = field(default_factory=dict)
    identifier: str | None = None

    @property
    def wanted(self) -> list[StaffColumn]:
        """The columns that are needed."""
        return [
            one
            for one in StaffColumn
            if self.has_organisations or one is not StaffColumn.ORGANISATION
        ]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the columns are that count.

    Attributes:
        width: How many columns there are.
        counted: Places of the cells that count, in the order of `StaffColumn`; what stands in
            for the organisation where rows have none does not matter.
        identifier: Place of what tells people apart.
    """

    width: int
    counted: tuple[int, int, int, int]
    identifier: int | None


@cache
def usual_headers() -> Mapping[StaffColumn, frozenset[str]]:
    """Return the headers that columns usually have, folded."""
    rows = read_rows("staff_columns.csv")
    return {
        column: frozenset(fold(row["header"]) for row in rows if row["column"] == column)
        for column in StaffColumn
    }


def choose_delimiter(line: str, layout: Layout) -> str:
    """Return what stands between the cells of a header: what finds most of its columns."""

    def score(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([line], delimiter=delimiter), [])
        return sum(bool(_find(cells, layout, one)) for one in layout.wanted), len(cells)

    return max(DELIMITERS, key=score)


def locate(header: Sequence[str], layout: Layout) -> tuple[Places | None, list[Fault]]:
    """Return where the columns are, or what is wrong with the header."""
    found = {one: _find(header, layout, one) for one in layout.wanted}
    faults = [fault for one, at in found.items() for fault in _column_faults(one, at, layout)]
    people = _matches(header, {fold(layout.identifier)}) if layout.identifier else []
    if layout.identifier and len(people) != 1:
        number = "Several columns have" if people else "No column has"
        detail = f"{number} the header that --identifier names."
        faults.append(Fault("/identifier", "column_missing", detail))
    if faults:
        return None, faults
    group, band, ethnic = (found[one][0] for one in tuple(StaffColumn)[1:])
    organisation = found.get(StaffColumn.ORGANISATION, [group])[0]
    counted = (organisation, group, band, ethnic)
    return Places(len(header), counted, people[0] if people else None), []


def _find(header: Sequence[str], layout: Layout, column: StaffColumn) -> list[int]:
    named = layout.named.get(column)
    return _matches(header, usual_headers()[column] if named is None else {fold(named)})


def _matches(header: Sequence[str], folded: frozenset[str] | set[str]) -> list[int]:
    return [place for place, cell in enumerate(header) if fold(cell) in folded]


def _column_faults(column: StaffColumn, places: list[int], layout: Layout) -> Iterator[Fault]:
    if len(places) == 1:
        return
    at, option = f"/{column}", f"--column {column}=HEADER"
    if places:
        numbers = " and ".join(str(place + 1) for place in places)
        detail = f"Columns {numbers} might all be the {column}; name one with {option}."
    elif column in layout.named:
        detail = f"No column has the header that --column names for the {column}."
    else:
        other = " or --organisation CODE" if column is StaffColumn.ORGANISATION else ""
        detail = (
            f"No column is known as the {column}; the first row has to be a header. Name it with"
            f" {option}{other}."
        )
    yield Fault(at, "column_missing", detail)
