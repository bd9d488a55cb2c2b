"""How long texts of callers may be, and which characters they may have."""

from typing import Final

LONGEST_LINE: Final = 200
"""Characters of a name, a title or a role."""

LONGEST_SENTENCE: Final = 500
"""Characters of a source, or of an address."""

LONGEST_PARAGRAPH: Final = 1000
"""Characters of a reason."""

LONGEST_PASSAGE: Final = 4000
"""Characters of notes, of a comment or of an explanation."""


def is_printable(text: str) -> bool:
    """Return whether all of a text can be shown; lines and tabs can."""
    return all(one.isprintable() or one in "\n\t" for one in text)
