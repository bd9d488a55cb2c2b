"""Percentages that a file prints beside its counts: a check of the counts, never figures."""

import re
from decimal import Decimal
from typing import Final

from app.domain.counts import Count
from app.domain.percentages import agrees, apportion
from app.ingest.cells import text
from app.ingest.grids import Cell, Odd
from app.ingest.texts import shorten

_PRINTED: Final = re.compile(r"([0-9]{1,3}(?:[.][0-9]{1,6})?) ?%?")


def percentage(cell: Cell) -> Decimal | Odd:
    """Return a percentage from 0 to 100 with the places that are printed: 12.50 has two."""
    if isinstance(cell, Odd):
        return cell
    number = isinstance(cell, int | float) and not isinstance(cell, bool)
    written = repr(cell) if number else text(cell)
    if isinstance(written, Odd):
        return written
    found = _PRINTED.fullmatch(written)
    if found is None or Decimal(found[1]) > 100:  # noqa: PLR2004 — a percentage
        shown = shorten(written)
        detail = f"{shown} is no percentage from 0 to 100; write one such as 12.5, or none."
        return Odd(shown, "not_a_percentage", detail)
    return Decimal(found[1])


def find_disagreement(printed: Decimal, count: Count) -> str | None:
    """Return how a printed BME percentage contradicts the counts beside it; None if it does not.

    Rounded either way or cut off, of everybody or of those of known ethnicity: each is printed by
    some. Where there is nobody, nothing is contradicted.
    """
    wholes = [whole for whole in (count.total, count.known) if whole]
    if not wholes or any(agrees(printed, count.bme, whole) for whole in wholes):
        return None
    share, _ = apportion([count.bme, count.total - count.bme])
    return (
        f"{printed} % is printed, and {count.bme} of {count.total} are {share} %; a number may be"
        " wrong, or the percentage one of other people."
    )
