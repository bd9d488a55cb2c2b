"""Rows of an ODS file, written as the ODS writes them."""

import csv
import io
from collections.abc import Iterable

COLUMNS = 27


def ods_row(  # noqa: PLR0917 -- the columns of the file, in its order
    code: str,
    name: str = "ANY NHS TRUST",
    region: str = "Y56",
    icb: str = "QKK",
    opened: str = "20010401",
    closed: str = "",
) -> list[str]:
    """Return one row of the file."""
    cells = [code, name, region, icb, *[""] * 6, opened, closed]
    return cells + [""] * (COLUMNS - len(cells))


def ods_content(rows: Iterable[list[str]], encoding: str = "utf-8-sig") -> bytes:
    """Return the content of a file with rows."""
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    return file.getvalue().encode(encoding)
