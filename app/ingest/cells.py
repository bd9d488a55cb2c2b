"""What a cell means, once it is known what its column is for.

Files come from people, so what can be read in one way only is read: "1,234" and "61.0" are whole
numbers. What can be read in two ways is `Odd`, with a sentence that says what to write instead.
A cell that is `Odd` already stays so, and one that is empty where something is wanted becomes it.
"""

import re
from decimal import Decimal
from typing import Final

from app.ingest.days import day
from app.ingest.grids import Cell, Odd
from app.ingest.texts import shorten

__all__ = ["day", "exact_share", "is_mark", "share_of_four_places", "text", "whole_number"]

LARGEST: Final = 10_000_000
"""The largest number of people that a cell can have; the NHS in England has fewer."""

SUPPRESSED: Final = frozenset(
    {"*", "**", "#", "..", "...", "…", ":", "c", "s", "u", "x", "z", "n/a", "na", "nk"}
)
"""Marks that stand for a number that is not told, without brackets and in small letters.

Source: Government Analysis Function, "Symbols in tables: definitions and help".
"""

_FOUR_PLACES: Final = Decimal("0.0001")

_BRACKETED = re.compile(r"[\[(]([a-z*]{1,3})[\])]")
_DASHES = frozenset({"-", "--", "\u2010", "\u2011", "\u2012", "–", "\u2014", "−"})
_BELOW = re.compile(r"(<|<=|≤|>|>=|≥|~|under |fewer than |less than )\s*[0-9]+", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}((,[0-9]{3})+|( [0-9]{3})+)")
_POINTED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
_WITH_ZEROS = re.compile(r"([0-9]+)\.0+")
_DECIMAL = re.compile(r"[0-9]{0,3}[.,][0-9]{1,18}|[0-9]{1,3}")


def whole_number(cell: Cell) -> int | Odd:
    """Return a number of people, or a year: 0 or more.

    Numbers have no decimals here, so a comma or a space between groups of three digits can only
    be a thousands separator. A point there can be one too, or be a decimal point: it is odd.
    """
    if isinstance(cell, str):
        return _whole_number_in(cell)
    if isinstance(cell, Odd):
        return cell
    if cell is None:
        return Odd("", "empty_cell", "The cell is empty; write 0 where there is nobody.")
    if isinstance(cell, bool):
        shown = text(cell)
        return Odd(str(shown), "truth_for_number", f"The cell has {shown}; write a number.")
    if isinstance(cell, int | float):
        return _check_range(cell, f"{cell:,}" if isinstance(cell, int) else repr(cell))
    return Odd(
        cell.isoformat(),
        "date_for_number",
        f"The cell has the date {cell.isoformat()}, which spreadsheets make of entries such as"
        " 1-2; give it the format of a number and write the number again.",
    )


def exact_share(cell: Cell) -> Decimal | Odd:
    """Return a share from 0 to 1, exactly as it is written: 12.5% is 0.125.

    Shares never reach a thousand, so a comma can only be a decimal one.
    """
    if isinstance(cell, Odd):
        return cell
    if cell is None:
        return Odd("", "empty_cell", "The cell is empty; write a share, such as 12.5% or 0.125.")
    if isinstance(cell, str):
        found = _share_in(cell)
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        found = Decimal(repr(cell))
    else:
        found = None
    if found is None or not found.is_finite() or not 0 <= found <= 1:
        seen = text(cell)
        shown = shorten(seen.shown if isinstance(seen, Odd) else seen)
        return Odd(
            shown,
            "not_a_share",
            f"{shown} is no share from 0 to 1; write it such as 12.5% or 0.125.",
        )
    return found


def share_of_four_places(cell: Cell) -> Decimal | Odd:
    """Return a share of up to four places, which is how exactly shares are kept."""
    share = exact_share(cell)
    if isinstance(share, Odd):
        return share
    kept = share.quantize(_FOUR_PLACES)
    if kept != share:
        shown = str(share)
        detail = f"{shown} has more than four places; write {kept} if that is meant."
        return Odd(shown, "string_pattern_mismatch", detail)
    return kept


def is_mark(written: str) -> bool:
    """Return whether a text is a mark that stands for a number that is not told."""
    small = written.lower()
    return small in SUPPRESSED or _BRACKETED.fullmatch(small) is not None


def text(cell: Cell) -> str | Odd:
    """Return a text; a number, such as that of a band, is one too, as people see it."""
    if isinstance(cell, str | Odd):
        return cell
    if cell is None:
        return Odd("", "empty_cell", "The cell is empty; write what belongs there.")
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return repr(cell)
    return Odd(
        cell.isoformat(),
        "date_for_text",
        f"The cell has the date {cell.isoformat()}, which spreadsheets make of texts such as 1-2;"
        " give it the format of a text and write it again.",
    )


def _whole_number_in(written: str) -> int | Odd:
    """Return the number that a text has."""
    digits = _find_digits(written)
    if digits is None:
        return _odd_number(written)
    number = digits.lstrip("0") or "0"
    if len(number) > len(str(LARGEST)):
        return _too_large(shorten(written))
    return _check_range(int(number), written)


def _find_digits(written: str) -> str | None:
    """Return the digits of a text that can be read in one way only."""
    if _DIGITS.fullmatch(written):
        return written
    if _GROUPED.fullmatch(written):
        return written.replace(",", "").replace(" ", "")
    with_zeros = _WITH_ZEROS.fullmatch(written)
    if with_zeros is not None and not _POINTED.fullmatch(written):
        return with_zeros.group(1)
    return None


def _odd_number(written: str) -> Odd:
    """Return why a text is no whole number."""
    shown = shorten(written)
    if is_mark(written) or _BELOW.fullmatch(written):
        return Odd(
            shown,
            "suppressed_number",
            f"{shown} stands for a number that is not told; exact numbers are needed here, and"
            " small ones are suppressed when figures are published.",
        )
    if written in _DASHES:
        return Odd(
            shown,
            "suppressed_number",
            f"{shown} can mean nobody, not known or not told; write 0 where there is nobody.",
        )
    if written.endswith("%"):
        return Odd(
            shown,
            "percentage_for_number",
            f"{shown} is a percentage; write how many people there are.",
        )
    if _POINTED.fullmatch(written):
        plain = written.replace(".", "")
        return Odd(
            shown,
            "ambiguous_number",
            f"{shown} can be {plain} or a number with decimals; write {plain} if that is meant.",
        )
    return _not_whole(shown)


def _check_range(number: float, shown: str) -> int | Odd:
    if number < 0:
        return Odd(shown, "too_small", f"{shown} is below 0; write 0 or more.")
    if number > LARGEST:
        return _too_large(shown)
    return int(number) if number % 1 == 0 else _not_whole(shown)


def _not_whole(shown: str) -> Odd:
    return Odd(shown, "not_a_whole_number", f"{shown} is no whole number; write one such as 61.")


def _too_large(shown: str) -> Odd:
    return Odd(shown, "too_large", f"{shown} is above {LARGEST:,}; write the number of people.")


def _share_in(written: str) -> Decimal | None:
    """Return the share that a text has; None if it has none."""
    number = written.removesuffix("%").rstrip()
    decimal = _DECIMAL.fullmatch(number)
    if decimal is None:
        return None
    share = Decimal(number.replace(",", "."))
    return share / 100 if written.endswith("%") else share
