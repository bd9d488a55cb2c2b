"""Files of figures as what they mean: read whole, with every fault named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.errors import Fault, Place
from app.domain.ethnic_categories import EthnicCategories
from app.domain.file_codes import RemarkCode
from app.domain.imports import ImportKind, SentFile
from app.ingest.ethnic_categories import read_ethnic_categories
from app.ingest.grids import Remark, Workbook
from app.ingest.layouts import actuals, boards, indicators, targets
from app.ingest.layouts.actuals import SentActuals
from app.ingest.layouts.boards import SentBoard
from app.ingest.layouts.common import Defaults
from app.ingest.layouts.sent_indicators import SentIndicators
from app.ingest.layouts.targets import SentTarget
from app.ingest.mappings import Words
from app.ingest.tables import Found, Layout, find_tables, list_words, point_at

Sent = SentActuals | SentBoard | SentTarget | SentIndicators

_LAYOUTS: Final[Mapping[ImportKind, Layout]] = {
    ImportKind.ACTUALS: actuals.LAYOUT,
    ImportKind.BOARD: boards.LAYOUT,
    ImportKind.TARGETS: targets.LAYOUT,
    ImportKind.INDICATORS: indicators.LAYOUT,
}


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file says.

    Attributes:
        sent: What is in it, as far as it can be told.
        faults: What is wrong with it by itself.
        remarks: What should be known of how it was read.
        is_doubtful: Whether something was left out for a fault, so that totals cannot be right.
        sheets: Names of its sheets, in their order.
    """

    kind: ImportKind
    file: SentFile
    sent: Sequence[Sent]
    faults: Sequence[Fault]
    remarks: Sequence[Remark]
    is_doubtful: bool
    sheets: Sequence[str | None]


def read_file(
    book: Workbook, kind: ImportKind, words: Words, defaults: Defaults, *, sheet: str | None = None
) -> ReadFile:
    """Return what a file says.

    Args:
        book: The file.
        kind: What it holds.
        words: What things are called in it.
        defaults: What holds where it has no column.
        sheet: The only one to read; None for all that have such a table.
    """
    found = Found(remarks=list(book.remarks))
    chosen = _choose(book, sheet, found)
    tables = find_tables(chosen, _LAYOUTS[kind], words, found) if chosen.grids else []
    sent: Sequence[Sent]
    match kind:
        case ImportKind.ACTUALS:
            sent = actuals.read_actuals(tables, words, _categories(), defaults, found)
        case ImportKind.BOARD:
            sent = boards.read_boards(tables, words, defaults, found)
        case ImportKind.INDICATORS:
            sent = indicators.read_indicators(tables, words, defaults, found)
        case _:
            sent = targets.read_targets(tables, words, defaults, found)
    rows = sum(len(table.rows) for table in tables)
    if not sent and not found.faults:
        place = Place(tables[0].sheet, tables[0].heading.number)
        detail = "There is nothing below the headings; send the rows with the figures too."
        found.faults.append(Fault(point_at(place), "no_rows", detail, place))
    return ReadFile(
        kind=kind,
        file=SentFile(book.name, book.sha256, book.size, rows),
        sent=sent,
        faults=found.faults,
        remarks=found.remarks,
        is_doubtful=found.is_doubtful,
        sheets=[grid.sheet for grid in book.grids],
    )


def _choose(book: Workbook, sheet: str | None, found: Found) -> Workbook:
    """Return a file with the sheet alone that is asked for."""
    if sheet is None:
        return book
    chosen = tuple(grid for grid in book.grids if grid.sheet == sheet)
    if not chosen:
        there = list_words(grid.sheet or "" for grid in book.grids)
        has = f"it has {there}" if there else "it has no sheets"
        detail = f"The file has no visible sheet “{sheet}” with anything on it; {has}."
        found.faults.append(Fault("/sheet", "sheet_not_found", detail))
    others = [grid.sheet for grid in book.grids if grid not in chosen]
    if chosen and others:
        detail = f"Only the sheet {sheet} was read, as asked for."
        found.remarks.append(Remark(RemarkCode.SHEET_LEFT_OUT, detail))
    return Workbook(book.name, book.sha256, book.size, chosen, book.remarks)


def _categories() -> EthnicCategories:
    return read_ethnic_categories()
