"""Texts that people enter into forms."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator

from app.domain.texts import is_printable


def _encodable(text: str) -> str:
    """Return a text with a mark for each half of a character, which no page can show."""
    return text.encode(errors="replace").decode()


EnteredText = Annotated[str, AfterValidator(_encodable)]
"""What a field sends. A form names its own encoding, so there may be in it what is no text."""


def read_text(entered: str) -> str:
    """Return a text as it is stored; browsers end the lines of a form as HTTP does."""
    return entered.replace("\r\n", "\n").strip()


def find_text_faults(text: str, longest: int, needed: str | None = None) -> Iterator[str]:
    """Yield what is wrong with a text.

    Args:
        text: As it was read.
        longest: Most characters that it may have.
        needed: What is said where there is none; None where there need not be one.
    """
    if not text and needed is not None:
        yield needed
    if len(text) > longest:
        yield f"Use up to {longest:,} characters; these are {len(text):,}."
    if not is_printable(text):
        yield "Leave out characters that cannot be printed."
