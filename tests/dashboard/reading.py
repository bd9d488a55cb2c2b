"""Pages as a reader, or a browser, takes them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from httpx2 import Response

VOID = {"input", "link", "meta"}
"""Elements that our pages use and that have no end."""

CELLS = {"th", "td"}

Attributes = dict[str, str | None]


@dataclass
class Page:
    """What a page consists of.

    Attributes:
        elements: Every element with its attributes, in order.
        texts: The text inside each kind of element.
        text: All that is read, with single spaces.
        tables: Rows of cells of each table, its head among them, by its caption.
    """

    elements: list[tuple[str, Attributes]] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    text: str = ""
    tables: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)

    def only(self, tag: str) -> Attributes:
        """Return the attributes of the one element of a kind."""
        (attributes,) = [one for name, one in self.elements if name == tag]
        return attributes

    def links(self) -> Iterator[str]:
        """Yield where the page leads to and what it loads."""
        for _, attributes in self.elements:
            for name in ("href", "src", "action", "data"):
                target = attributes.get(name)
                if target is not None:
                    yield target


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.open: list[str] = []
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.rows = []
        elif tag == "tr":
            self.rows.append([])
        elif tag in CELLS:
            self.rows[-1].append("")
        self.page.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
            self.page.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"{tag} is closed where another one is open"
        if tag == "table":
            caption = _plain(self.page.texts["caption"][-1])
            self.page.tables[caption] = [tuple(map(_plain, row)) for row in self.rows]

    def handle_data(self, data: str) -> None:
        self.page.text += data
        for tag in self.open:
            self.page.texts[tag][-1] += data
        if CELLS & set(self.open):
            self.rows[-1][-1] += data


def read_page(response: Response) -> Page:
    """Return the page of a response, which is one by its media type and well formed."""
    assert response.headers["content-type"] == "text/html; charset=utf-8", response.text
    reader = _Reader()
    reader.feed(response.text)
    reader.close()
    assert reader.open == []
    page = reader.page
    page.text = _plain(page.text)
    page.texts = {tag: [_plain(text) for text in texts] for tag, texts in page.texts.items()}
    return page


def _plain(text: str) -> str:
    return " ".join(text.split())
