"""Texts in CSV that a spreadsheet would take for formulas.

Source: OWASP, CSV Injection: what begins with one of a few characters is calculated, wherever
the text came from; an apostrophe before it makes it a text. Workbooks need none, since their
cells have types.
"""

import re
from collections.abc import Iterable
from typing import Final

_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Of formulas, in letters of full width too."""

_NUMBER: Final = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?", re.IGNORECASE)


def as_cells(values: Iterable[object]) -> list[object]:
    """Return values as they are written into a line of CSV; numbers stay numbers."""
    return [_as_text(one) if isinstance(one, str) else one for one in values]


def _as_text(value: str) -> str:
    if value.startswith(_BEGINNINGS) and _NUMBER.fullmatch(value) is None:
        return f"'{value}"
    return value
