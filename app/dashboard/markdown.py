"""Documents in Markdown as parts of pages."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER: Final = MarkdownIt("commonmark", {"html": False}).enable("table")


def render_document(text: str) -> str:
    """Return a document as HTML, but for its title, which the page has.

    Whatever stands in the document is escaped. A paragraph in italics right before a table is
    its caption, which every table has.
    """
    # The title is three tokens: its beginning, its text and its end.
    tokens = _with_captions(_PARSER.parse(text)[3:])
    return str(_PARSER.renderer.render(list(tokens), _PARSER.options, {}))


def _with_captions(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the parts of a document, tables as those of other pages are."""
    tables = [at for at, token in enumerate(tokens) if token.type == "table_open"]
    # So is a paragraph.
    captions = {at + part for at in tables for part in (-3, -2, -1)}
    for at, token in enumerate(tokens):
        if token.type == "table_open":
            caption = escape(tokens[at - 2].content.strip("*"))
            yield _literal(
                f'<div class="table" role="region" aria-label="{caption}" tabindex="0">\n<table>\n'
                f"<caption>{caption}</caption>\n"
            )
        elif at not in captions:
            if token.type == "th_open":
                token.attrSet("scope", "col")
            yield token
        if token.type == "table_close":
            yield _literal("</div>\n")


def _literal(html: str) -> Token:
    return Token("html_block", "", 0, content=html)
