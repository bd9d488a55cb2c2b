"""Workbooks as whoever opens them finds them."""

import io
from collections.abc import Sequence
from datetime import datetime

from python_calamine import CalamineWorkbook


def sheets(content: bytes) -> dict[str, Sequence[Sequence[object]]]:
    """Return the cells of each sheet of a workbook."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def as_cell(instant: str) -> datetime:
    """Return an instant of an answer as a cell holds it: in UTC, to the millisecond."""
    at = datetime.fromisoformat(instant).replace(tzinfo=None)
    return at.replace(microsecond=at.microsecond // 1000 * 1000)
