"""How long the texts are that people write, and what may be in them."""

from typing import Final

LINE: Final = 200
"""Most characters of a name or a role."""

SENTENCE: Final = 500
"""Most characters of a source."""

PARAGRAPH: Final = 1000
"""Most characters of a reason."""

PASSAGE: Final = 4000
"""Most characters of notes and comments."""


def is_printable(text: str) -> bool:
    """Return whether everything in a text can be printed; lines may end and be indented."""
    return all(c.isprintable() or c in "\n\t" for c in text)
