"""Typesetting documents as PDF: a template and its content become pages of A4.

The same content makes the same bytes on every machine: only the fonts that are kept here are used,
and the instant of creation is the content's own. Pages are tagged for readers aloud, as PDF/UA
asks; a picture without a description, or a heading out of order, fails.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import typst

KEPT: Final = 64
"""Documents that are kept, of some 100 kB each."""

STANDARD: Final = "ua-1"
"""PDF/UA-1: what PDF asks for so that everybody can read it."""

_HERE: Final = Path(__file__).parent
_TEMPLATES: Final = _HERE / "templates"


def typeset(template: str, content: Mapping[str, Any], *, at: datetime) -> bytes:
    """Return a document as PDF.

    Args:
        template: Name of the file in `templates/` that lays it out.
        content: What it says, as plain values; pictures as SVG.
        at: The instant that the content is of.
    """
    text = json.dumps(content, allow_nan=False, ensure_ascii=False, sort_keys=True)
    return _typeset(template, text, at)


# What is printed is asked for again, and the same content makes the same document.
@lru_cache(maxsize=KEPT)
def _typeset(template: str, content: str, at: datetime) -> bytes:
    # Imported late: the compiler takes a tenth of a second that commands need not spend.
    import typst  # noqa: PLC0415

    made = typst.compile(
        _TEMPLATES / template,
        root=_TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"content": content},
        pdf_standards=[STANDARD],
        timestamp=at.astimezone(UTC).replace(microsecond=0),  # which PDF does not know
    )
    return bytes(made)


@cache
def _fonts() -> "typst.Fonts":
    """Return the fonts that documents are set in, and no others."""
    import typst  # noqa: PLC0415

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[_HERE / "fonts"],
    )
