"""The file of NHS trusts that the Organisation Data Service (ODS) publishes, `etr.csv`.

It has no header. Column 1 is the code, 2 the name, 3 the region, 4 the integrated care board
(ICB), 11 the first day and 12 the last day, both as yyyymmdd; the rest is not used.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.errors import RegisterFileRefused
from app.domain.organisations import is_synthetic
from app.ingest.names import proper_case

COLUMNS = 27
"""How many columns the file has."""

NO_ICB = frozenset({"", "Q99"})
"""What the file says of a trust that belongs to no ICB."""

WALES = "W00"
"""What older files give as the region of Welsh trusts."""

WELSH_TRUSTS = frozenset({"RQF", "RT4", "RYT"})
"""Trusts that are in the file and not in England."""

CORRECTED_PLACES: Mapping[str, tuple[str | None, str | None]] = {
    "RPG": ("Y56", "QKK"),
    "K0N6A": (None, None),
}
"""Region and ICB of the trusts that the file puts in a wrong place.

RPG is in London and K0N6A serves all England; the file has the place of a postal address.
"""

_SHOWN = 40
_CODE = re.compile(r"[RT][A-Z0-9]{2}|[A-Z0-9]{5}")
_REGION = re.compile(r"[A-Z][0-9]{2}")
_ICB = re.compile(r"(Q[A-Z0-9]{2}|[A-Z0-9]{5})?")


@dataclass(frozen=True, slots=True)
class OdsTrust:
    """One trust of the file, at its right place.

    Attributes:
        row: Where it is in the file; the first row is 1.
        ods_code: Its code.
        name: Its name, in proper case.
        region: Code of its region; None where it serves all England.
        icb: Code of its ICB; None where it belongs to none.
        opened: First day; None where the file has none.
        closed: Last day; None while open.
    """

    row: int
    ods_code: str
    name: str
    region: str | None
    icb: str | None
    opened: date | None
    closed: date | None

    def is_open_on(self, day: date) -> bool:
        """Return whether the file has the trust as not yet closed on a day."""
        return self.closed is None or day <= self.closed


@dataclass(frozen=True, slots=True)
class OdsFile:
    """The English trusts of one file, in its order.

    Attributes:
        name: The name of the file.
        trusts: Each trust once.
    """

    name: str
    trusts: tuple[OdsTrust, ...]


def read_ods_file(path: Path) -> OdsFile:
    """Return the trusts of a file.

    Raises:
        RegisterFileRefused: It cannot be read, or something in it is not as it should be.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RegisterFileRefused(path.name, [f"it cannot be read: {error.strerror}"]) from error
    return parse_ods_file(path.name, content)


def parse_ods_file(name: str, content: bytes) -> OdsFile:
    """Return the trusts of a file's content, in UTF-8 or Windows-1252.

    Raises:
        RegisterFileRefused: Something in it is not as it should be; every fault is named.
    """
    rows = [(row, cells) for row, cells in _split(name, content) if not _is_welsh(cells)]
    faults = [fault for row, cells in rows for fault in _find_faults(row, cells)]
    faults += _find_repetitions(rows)
    if not rows:
        faults.append("it has no rows")
    if faults:
        raise RegisterFileRefused(name, faults)
    return OdsFile(name, tuple(_build(row, cells) for row, cells in rows))


def _split(name: str, content: bytes) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(_decode(name, content), newline=""), strict=True)
    rows = []
    try:
        for row, cells in enumerate(reader, start=1):
            if cells:
                rows.append((row, [cell.strip() for cell in cells]))
    except csv.Error as error:
        raise RegisterFileRefused(name, [f"line {reader.line_num}: {error}"]) from error
    return rows


def _decode(name: str, content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RegisterFileRefused(name, ["it is neither in UTF-8 nor in Windows-1252"])


def _is_welsh(cells: list[str]) -> bool:
    return len(cells) == COLUMNS and (cells[0] in WELSH_TRUSTS or cells[2] == WALES)


def _is_code(cell: str) -> bool:
    return _CODE.fullmatch(cell) is not None and not is_synthetic(cell)


def _is_name(cell: str) -> bool:
    return cell != "" and cell.isprintable()


def _is_date(cell: str) -> bool:
    try:
        _to_date(cell)
    except ValueError:
        return False
    return True


def _to_date(cell: str) -> date | None:
    if not cell:
        return None
    if not re.fullmatch(r"[0-9]{8}", cell):
        raise ValueError(f"{cell} has not the form yyyymmdd")
    return date.fromisoformat(cell)


_CHECKS: Mapping[int, tuple[Callable[[str], object], str]] = {
    1: (_is_code, "the ODS code of a trust"),
    2: (_is_name, "a name"),
    3: (_REGION.fullmatch, "the code of a region"),
    4: (_ICB.fullmatch, "the code of an ICB"),
    11: (_is_date, "a first day (yyyymmdd)"),
    12: (_is_date, "a last day (yyyymmdd)"),
}


def _find_faults(row: int, cells: list[str]) -> Iterator[str]:
    if len(cells) != COLUMNS:
        yield f"row {row}: it has {len(cells)} columns, not {COLUMNS}"
        return
    faults = [
        f"row {row}, column {column}: {cells[column - 1][:_SHOWN]!r} is not {what}"
        for column, (is_right, what) in _CHECKS.items()
        if not is_right(cells[column - 1])
    ]
    yield from faults
    if not faults and cells[10] and cells[11] and cells[11] < cells[10]:
        yield f"row {row}, column 12: the last day {cells[11]} is before the first, {cells[10]}"


def _find_repetitions(rows: list[tuple[int, list[str]]]) -> Iterator[str]:
    first: dict[str, int] = {}
    for row, cells in rows:
        if first.setdefault(cells[0], row) != row:
            yield f"row {row}, column 1: {cells[0][:_SHOWN]!r} is also in row {first[cells[0]]}"


def _build(row: int, cells: list[str]) -> OdsTrust:
    code, name = cells[:2]
    icb = None if cells[3] in NO_ICB else cells[3]
    region, icb = CORRECTED_PLACES.get(code, (cells[2], icb))
    opened, closed = _to_date(cells[10]), _to_date(cells[11])
    return OdsTrust(row, code, proper_case(name), region, icb, opened, closed)
