"""Texts of cells, cleaned of what nobody sees."""

import re
from typing import Final

from app.ingest.file_limits import MAX_TEXT
from app.ingest.grids import Cell, Odd

SHOWN: Final = 40
"""Characters of a text that are repeated where it is spoken of."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
"""Control characters that are no space, and those that only steer how a text is shown."""

_ERRORS = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"}
)


class Texts(dict[str, Cell]):
    """The cell of each text of a file; texts that are alike are kept once."""

    def __missing__(self, raw: str) -> Cell:
        """Return the cell of a text that has not been met before."""
        cell = self[raw] = to_cell(raw)
        return cell


def to_cell(raw: str) -> Cell:
    """Return the cell that a text makes: None if nothing of it can be seen."""
    clean = clean_text(raw)
    if not clean:
        return None
    if len(clean) > MAX_TEXT:
        detail = f"The text has {len(clean):,} characters; {MAX_TEXT:,} are allowed."
        return Odd(shorten(clean), "string_too_long", detail)
    if clean in _ERRORS:
        return error_value(clean)
    if clean.startswith("=") and clean != "=":
        return Odd(
            shorten(clean),
            "formula_without_result",
            f"{shorten(clean)} is a formula without its result; write the result.",
        )
    return clean


def clean_text(raw: str) -> str:
    """Return a text without what cannot be seen, and with single spaces."""
    return " ".join(_INVISIBLE.sub("", raw).split())


def shorten(text: str) -> str:
    """Return the beginning of a text, if it is long."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def error_value(error: str) -> Odd:
    """Return the cell that shows an error."""
    return Odd(
        shorten(error),
        "error_value",
        f"The cell shows the error {shorten(error)}; mend its formula or write the value.",
    )
