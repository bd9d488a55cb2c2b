"""Files of figures as they are sent: workbooks (.xlsx) and CSV.

What a file is, its bytes say, never its name. Whatever is no such file, or could do harm, is
refused before it is read further, with a sentence that says what to do.
"""

import hashlib
import os
from pathlib import Path
from typing import Final

from app.domain.errors import UnreadableFile
from app.domain.file_codes import RemarkCode, UnreadableCode
from app.ingest import csv_sheets, workbooks
from app.ingest.file_kinds import ZIP_STARTS, refuse_other_kinds
from app.ingest.file_limits import MAX_BYTES
from app.ingest.grids import Remark, Workbook
from app.ingest.texts import clean_text

MAX_NAME: Final = 200
"""Characters of a file's name that are kept."""

UNNAMED: Final = "unnamed"
"""What a file is called that has no name."""

_CSV = frozenset({".csv", ".tsv", ".tab", ".txt"})
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods"})


def read_workbook(content: bytes | os.PathLike[str], name: str) -> Workbook:
    """Return a file as rows of cells, each with its place.

    Args:
        content: Its bytes, or where it is.
        name: What its owner calls it; folders and what cannot be printed are left out.

    Raises:
        UnreadableFile: It is refused whole; the sentence says why and what to do.
    """
    file = base_name(name)
    if not isinstance(content, bytes):
        content = _load(file, Path(content))
    if len(content) > MAX_BYTES:
        raise UnreadableFile(
            file, UnreadableCode.FILE_TOO_LARGE, f"At most {MAX_BYTES:,} bytes are allowed."
        )
    if not content or content.isspace():
        raise UnreadableFile(file, UnreadableCode.EMPTY_FILE)
    refuse_other_kinds(file, content)
    if content.startswith(ZIP_STARTS):
        grids, remarks = workbooks.read_grids(file, content)
    else:
        grid, remarks = csv_sheets.read_grid(file, content)
        grids = (grid,) if grid.rows else ()
    if not grids:
        raise UnreadableFile(
            file, UnreadableCode.NO_CELLS, " ".join(remark.detail for remark in remarks)
        )
    return Workbook(
        name=file,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        grids=grids,
        remarks=(*_check_name(file, is_csv=grids[0].sheet is None), *remarks),
    )


def base_name(name: str) -> str:
    """Return the name of a file without folders, in printable characters."""
    last = clean_text(name.replace("\\", "/").rpartition("/")[2])
    printable = "".join(letter if letter.isprintable() else "\ufffd" for letter in last)
    return printable[-MAX_NAME:].strip(". ") or UNNAMED


def _load(file: str, path: Path) -> bytes:
    """Return the bytes of a file, one more than allowed at most."""
    try:
        with path.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(
            file, UnreadableCode.CANNOT_BE_OPENED, f"{error.strerror}."
        ) from error


def _check_name(file: str, *, is_csv: bool) -> tuple[Remark, ...]:
    suffix = Path(file).suffix.lower()
    if suffix not in (_WORKBOOKS if is_csv else _CSV):
        return ()
    kind = "CSV" if is_csv else "an Excel Workbook"
    detail = f"The name ends in {suffix}, but the file is {kind} and was read as such."
    return (Remark(RemarkCode.NAMED_OTHERWISE, detail),)
