"""CSV files as grids, in whichever of the usual encodings and with whichever delimiter."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from app.domain.errors import UnreadableFile
from app.domain.file_codes import RemarkCode, UnreadableCode
from app.ingest.file_kinds import refuse_other_texts
from app.ingest.file_limits import MAX_CELLS, MAX_COLUMNS, MAX_ROW_TEXT, MAX_ROWS
from app.ingest.grids import Cell, Grid, GridRow, Remark
from app.ingest.texts import Texts

DELIMITERS: Final = (",", ";", "\t", "|")
"""What may part the cells of a row; the first wins where two fit equally well."""

SAMPLE: Final = 64 * 1024
"""Characters by which the delimiter is found; fewer than a cell may have."""

SAMPLE_ROWS: Final = 100
"""Rows by which it is found."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte-order marks, longest first where one begins like another."""

_NOT_IN_TEXTS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")

_DIRECTIVE = re.compile(r'"?sep=([,;\t|])"?\s*')
"""The first line by which Excel is told the delimiter."""

_REASONS: Final = {
    "unexpected end of data": UnreadableCode.OPEN_QUOTE,
    "field larger than field limit": UnreadableCode.LONG_CELL,
}
"""What the standard library's reader says, by how it begins; else a quotation mark is stray."""


def read_grid(file: str, content: bytes) -> tuple[Grid, tuple[Remark, ...]]:
    """Return the rows of a CSV file, and what should be known of how it was read.

    Args:
        file: Its name, for the sentence if it is refused.
        content: Its bytes.

    Raises:
        UnreadableFile: It is no text, no CSV, or larger than it may be.
    """
    encoding = _find_encoding(file, content)
    text = content.decode(encoding)
    refuse_other_texts(file, text)
    _refuse_binary(file, text)
    delimiter, starts = _find_delimiter(text)
    del text
    lines = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
    rows = [row for row in _read_rows(file, lines, delimiter) if row.number > starts]
    remarks = (_WINDOWS_1252,) if encoding == "cp1252" else ()
    return Grid(None, _level(file, rows)), remarks


_WINDOWS_1252: Final = Remark(
    RemarkCode.READ_AS_WINDOWS_1252,
    "The text is not in UTF-8 and was taken to be in Windows-1252; look at names with accents.",
)


def _find_encoding(file: str, content: bytes) -> str:
    """Return the encoding that the mark at the beginning tells, or the first that fits."""
    told = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    for encoding in (told,) if told else ("utf-8", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise UnreadableFile(file, UnreadableCode.UNKNOWN_ENCODING)


def _refuse_binary(file: str, text: str) -> None:
    found = _NOT_IN_TEXTS.search(text)
    if found is not None:
        what = (
            "a NUL character"
            if found.group() == "\0"
            else f"the control character {ord(found.group())}"
        )
        line = 1 + len(re.findall(r"\r\n|\r|\n", text[: found.start()]))
        raise UnreadableFile(file, UnreadableCode.NOT_TEXT, f"There is {what} in line {line:,}.")


def _find_delimiter(text: str) -> tuple[str, int]:
    """Return the delimiter, and how many rows at the beginning only tell it."""
    directive = _DIRECTIVE.fullmatch(text.partition("\n")[0])
    if directive is not None:
        return directive.group(1), 1
    sample = text[:SAMPLE]
    return max(DELIMITERS, key=lambda delimiter: _count_alike(sample, delimiter)), 0


def _count_alike(sample: str, delimiter: str) -> tuple[int, int]:
    """Return how many rows have the same number of cells, and that number; more is better."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    widths = Counter(len(row) for row in islice(reader, SAMPLE_ROWS) if len(row) > 1)
    return max(((rows, width) for width, rows in widths.items()), default=(0, 0))


class _Lines:
    """The lines of a text, which stop where a row becomes too long to be one."""

    def __init__(self, file: str, lines: io.TextIOWrapper) -> None:
        self._file = file
        self._lines = lines
        self._length = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self._length += len(line)
            if self._length > MAX_ROW_TEXT:
                raise UnreadableFile(
                    self._file,
                    UnreadableCode.TOO_MANY_CELLS,
                    f"A row may have {MAX_ROW_TEXT:,} characters at most.",
                )
            yield line

    def begin_row(self) -> None:
        """Count anew."""
        self._length = 0


def _read_rows(file: str, source: io.TextIOWrapper, delimiter: str) -> Iterator[GridRow]:
    """Yield the rows that hold anything."""
    texts, lines = Texts(), _Lines(file, source)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = number = size = 0
    try:
        for number, record in enumerate(reader, start=1):
            lines.begin_row()
            size += len(record)
            _check_size(file, number, len(record), size)
            cells = tuple(map(texts.__getitem__, record))
            if any(cells):
                yield GridRow(number, cells)
            line = reader.line_num
    except csv.Error as error:
        reason = next(
            (one for start, one in _REASONS.items() if str(error).startswith(start)),
            UnreadableCode.STRAY_QUOTE,
        )
        where = f"It is in row {number + 1:,}, which begins in line {line + 1:,}."
        raise UnreadableFile(file, reason, where) from error


def _check_size(file: str, rows: int, columns: int, cells: int) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS or cells > MAX_CELLS:
        raise UnreadableFile(
            file,
            UnreadableCode.TOO_MANY_CELLS,
            f"There are {columns:,} columns and {cells:,} cells up to row {rows:,};"
            f" {MAX_COLUMNS:,} columns, {MAX_CELLS:,} cells and {MAX_ROWS:,} rows are allowed.",
        )


def _level(file: str, rows: list[GridRow]) -> list[GridRow]:
    """Return the rows, each with as many cells as the longest."""
    width = max((len(row.cells) for row in rows), default=0)
    _check_size(file, rows[-1].number if rows else 0, width, len(rows) * width)
    return [
        row if len(row.cells) == width else GridRow(row.number, _pad(row.cells, width))
        for row in rows
    ]


def _pad(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    return cells + (None,) * (width - len(cells))
