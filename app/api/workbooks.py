"""Lists as workbooks: a cover that says what they are, and a sheet with typed columns.

The same list is the same bytes on any day: the instant of creation is the answer's own.
"""

import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pydantic import BaseModel
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

SHARE_FORMAT = "0.0%"
"""How proportions are shown; the cells hold them as they are."""

COUNT_FORMAT = "0"
"""How persons and years are shown."""

RATIO_FORMAT = "0.00"
"""How ratios are shown."""

_WIDEST = 60
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the first sheet.

    Attributes:
        title: What the workbook is.
        lines: Facts about it, as names and texts.
        at: The instant that its content is of.
    """

    title: str
    lines: Sequence[tuple[str, str]]
    at: datetime


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with a row for each of some items.

    Attributes:
        name: What its tab says.
        columns: Names of the members, which are texts, whole numbers or numbers.
        formats: How the numbers of columns are shown that are not counts.
    """

    name: str
    columns: Sequence[str]
    items: Iterable[BaseModel]
    formats: Mapping[str, str] = field(default_factory=dict)


def as_xlsx(
    cover: Cover, columns: Sequence[str], items: Iterable[BaseModel], shares: Collection[str]
) -> bytes:
    """Return the named members of items as a workbook, one item a row under their names.

    Args:
        cover: The first sheet.
        columns: Names of the members, which are texts, whole numbers or numbers.
        items: The items.
        shares: Names of those members that hold proportions.
    """
    formats = dict.fromkeys(shares, SHARE_FORMAT)
    return as_workbook(cover, [Sheet("Rows", columns, items, formats)])


def as_workbook(cover: Cover, sheets: Iterable[Sheet]) -> bytes:
    """Return a workbook: its cover, then sheets, one item a row under the names of members."""
    file = io.BytesIO()
    with Workbook(file, _OPTIONS) as book:
        created = cover.at.astimezone(UTC).replace(tzinfo=None)
        book.set_properties({"title": cover.title, "created": created})
        bold = book.add_format({"bold": True})
        _fill_cover(book.add_worksheet("About"), cover, bold)
        for one in sheets:
            formats = [
                book.add_format({"num_format": one.formats.get(name, COUNT_FORMAT)})
                for name in one.columns
            ]
            _fill_rows(book.add_worksheet(one.name), one, formats, bold)
    return file.getvalue()


def _fill_cover(sheet: Worksheet, cover: Cover, bold: Format) -> None:
    sheet.write_string(0, 0, cover.title, bold)
    for row, (name, text) in enumerate(cover.lines, start=2):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, text)
    sheet.set_column(0, 0, max((len(name) for name, _ in cover.lines), default=0) + 2)
    sheet.set_column(1, 1, _WIDEST)


def _fill_rows(sheet: Worksheet, rows: Sheet, formats: Sequence[Format], bold: Format) -> None:
    columns = rows.columns
    widths = [len(name) for name in columns]
    last = 0
    for place, name in enumerate(columns):
        sheet.write_string(0, place, name, bold)
    for row, one in enumerate(rows.items, start=1):
        said = one.model_dump(mode="json")
        for place, name in enumerate(columns):
            value = said.get(name)  # some members are there only where they say something
            if isinstance(value, int | float):
                sheet.write_number(row, place, value, formats[place])
            elif value is not None:
                sheet.write_string(row, place, str(value))
                widths[place] = max(widths[place], len(str(value)))
        last = row
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(width, _WIDEST) + 2)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(columns) - 1)
