"""Lists as workbooks: a cover that says what they are, and sheets with typed columns.

The same list is the same bytes on any day: the instant of creation is the answer's own. Texts are
written as texts, whatever they look like, so that no program calculates them.
"""

import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic import BaseModel

from app.charts.words import SYNTHETIC
from app.documents.parts import BME

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SHARE_FORMAT: Final = "0.0%"
"""How proportions are shown; the cells hold them as they are."""

COUNT_FORMAT: Final = "#,##0"
"""How persons are shown."""

PLAIN_FORMAT: Final = "0"
"""How years, and numbers that only name something, are shown."""

RATIO_FORMAT: Final = "0.00"
"""How ratios are shown."""

DAY_FORMAT: Final = "d mmmm yyyy"
"""How days are shown."""

INSTANT_FORMAT: Final = "d mmmm yyyy hh:mm:ss"
"""How instants are shown, in UTC."""

PLAIN: Final = frozenset({"year", "goal_year", "parity_year", "edition", "Year", "Indicator"})
"""The columns of such numbers."""

FOR_EVERYBODY: Final = "Everybody: released figures, under disclosure control."
FOR_FEW: Final = "Whoever may read these figures exactly; they are not for publication."
FOR_TRYING: Final = "Everybody: these are nobody's figures."

_NARROWEST, _WIDEST = 8, 60
_COVER_WIDTH = 90
_LINE = 15
_DAYS_WIDTH = 17
_A4 = 9
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_HEAD = {
    "bold": True,
    "font_color": "#ffffff",
    "bg_color": "#005eb8",
    "text_wrap": True,
    "valign": "top",
}


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the first sheet.

    Attributes:
        title: What the workbook is.
        at: The instant that its content is of.
        readers: Whom it is for.
        method: What its figures were computed by.
        units: What they count.
        licence: What may be done with it.
        is_synthetic: Whether its figures are invented.
        facts: What else is to be said, as names and texts.
    """

    title: str
    at: datetime
    readers: str
    method: str
    units: str
    licence: str
    is_synthetic: bool
    facts: Sequence[tuple[str, str]] = ()

    def list_lines(self) -> Iterator[tuple[str, str | datetime]]:
        """Yield all that is said, as names and what they name."""
        if self.is_synthetic:
            yield "Synthetic", SYNTHETIC
        yield from self.facts
        yield "As of (UTC)", self.at
        yield "For", self.readers
        yield "Method", self.method
        yield "Units", self.units
        yield "BME", BME
        yield "Licence", self.licence


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with a row for each of some items.

    Attributes:
        name: What its tab says.
        columns: Names of the members, which are texts, days, whole numbers or numbers.
        formats: How the numbers of columns are shown that are not counts.
    """

    name: str
    columns: Sequence[str]
    items: Iterable[BaseModel]
    formats: Mapping[str, str] = field(default_factory=dict)

    def format_of(self, column: str) -> str:
        """Return how the numbers of a column are shown."""
        return self.formats.get(column, PLAIN_FORMAT if column in PLAIN else COUNT_FORMAT)


def say_readers(*, is_public: bool, is_synthetic: bool) -> str:
    """Return whom figures are for."""
    if is_public:
        return FOR_EVERYBODY
    return FOR_TRYING if is_synthetic else FOR_FEW


def as_xlsx(
    cover: Cover, columns: Sequence[str], items: Iterable[BaseModel], shares: Collection[str]
) -> bytes:
    """Return the named members of items as a workbook, one item a row under their names.

    Args:
        cover: The first sheet.
        columns: Names of the members, which are texts, days, whole numbers or numbers.
        items: The items.
        shares: Names of those members that hold proportions.
    """
    formats = dict.fromkeys(shares, SHARE_FORMAT)
    return as_workbook(cover, [Sheet("Rows", columns, items, formats)])


def as_workbook(cover: Cover, sheets: Iterable[Sheet]) -> bytes:
    """Return a workbook: its cover, then sheets, one item a row under the names of members."""
    # It takes a tenth of a second to load, and the service starts without it.
    from xlsxwriter import Workbook  # noqa: PLC0415

    file = io.BytesIO()
    with Workbook(file, _OPTIONS) as book:
        created = _naive(cover.at)
        book.set_properties({"title": cover.title, "created": created})
        _fill_cover(book, cover)
        for one in sheets:
            _fill_rows(book, one)
    return file.getvalue()


def _naive(at: datetime) -> datetime:
    """Return an instant as workbooks hold it: in UTC, and without saying so."""
    return at.astimezone(UTC).replace(tzinfo=None)


def _fill_cover(book: "Workbook", cover: Cover) -> None:
    sheet: Worksheet = book.add_worksheet("About")
    top = {"valign": "top", "align": "left", "text_wrap": True}
    name_format = book.add_format({"bold": True, **top})
    text_format = book.add_format(top)
    instant_format = book.add_format({"num_format": INSTANT_FORMAT, **top})
    sheet.write_string(0, 0, cover.title, book.add_format({"bold": True, "font_size": 16}))
    sheet.set_row(0, 2 * _LINE)
    lines = list(cover.list_lines())
    for row, (name, said) in enumerate(lines, start=2):
        sheet.write_string(row, 0, name, name_format)
        if isinstance(said, datetime):
            sheet.write_datetime(row, 1, _naive(said), instant_format)
        else:
            sheet.write_string(row, 1, said, text_format)
            # Not every program makes a row as high as the lines in it.
            sheet.set_row(row, _LINE * ceil(len(said) / _COVER_WIDTH))
    sheet.set_column(0, 0, max(len(name) for name, _ in lines) + 2)
    sheet.set_column(1, 1, _COVER_WIDTH)
    _lay_out(sheet)


def _fill_rows(book: "Workbook", rows: Sheet) -> None:
    sheet: Worksheet = book.add_worksheet(rows.name)
    head = book.add_format(_HEAD)
    texts = book.add_format({"indent": 1})
    days = book.add_format({"num_format": DAY_FORMAT, "align": "left", "indent": 1})
    formats = [book.add_format({"num_format": rows.format_of(one)}) for one in rows.columns]
    columns = [_Looks(one, days, texts) for one in formats]
    widths = [max(len(name), _NARROWEST) for name in rows.columns]
    for place, name in enumerate(rows.columns):
        sheet.write_string(0, place, name, head)
    last = 0
    for row, one in enumerate(rows.items, start=1):
        said = one.model_dump()
        for place, name in enumerate(rows.columns):
            value = said.get(name)  # some members are there only where they say something
            width = _write(sheet, (row, place), value, columns[place])
            widths[place] = max(widths[place], width)
        last = row
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(width, _WIDEST) + 2)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(rows.columns) - 1)
    sheet.repeat_rows(0)
    _lay_out(sheet)


class _Looks(NamedTuple):
    """How a cell looks, by what is in it."""

    number: "Format"
    day: "Format"
    text: "Format"


def _write(sheet: "Worksheet", at: tuple[int, int], value: object, looks: _Looks) -> int:
    """Write a value as what it is; return how wide it is, in letters."""
    if value is None or value == "":
        return 0
    if isinstance(value, int | float):
        sheet.write_number(*at, value, looks.number)
        return 0
    if isinstance(value, date):
        sheet.write_datetime(*at, value, looks.day)
        return _DAYS_WIDTH
    text = str(value)
    sheet.write_string(*at, text, looks.text)
    return len(text)


def _lay_out(sheet: "Worksheet") -> None:
    """Let a sheet be printed as wide as the paper."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
