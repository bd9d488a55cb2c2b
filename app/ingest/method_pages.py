"""What the methods are, in Markdown: a page for each version."""

from pathlib import Path

_APP = Path(__file__).parents[1]

_PLACES = (_APP.parent / "docs" / "methods", _APP / "docs" / "methods")
"""Where a checkout has the pages, and where an installation has them."""


def read_method_page(version: str) -> str:
    """Return the page of a registered version of the method."""
    name = f"{version}.md"
    folder = next(place for place in _PLACES if (place / name).is_file())
    return (folder / name).read_text(encoding="utf-8")
