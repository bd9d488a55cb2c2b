"""Documents as whoever holds the file finds them: their pages, and all that they carry."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)


@dataclass(frozen=True)
class Printed:
    """A PDF.

    Attributes:
        pages: The text of each page, a line a line.
        everything: That, and every text and stream in the file, unpacked: what a search finds.
        is_tagged: Whether it says which text is what.
        title: What it is called.
        fonts: The fonts that it carries.
    """

    pages: list[str]
    everything: str
    language: str
    is_tagged: bool
    title: str | None
    created: str
    fonts: set[str]

    @property
    def words(self) -> list[str]:
        """The text of each page with single spaces, whatever its lines."""
        return [" ".join(page.split()) for page in self.pages]


def read_pdf(content: bytes) -> Printed:
    """Return a PDF that can be read."""
    assert content.startswith(b"%PDF-")
    reader = PdfReader(io.BytesIO(content))
    assert reader.metadata is not None
    pages = [page.extract_text() for page in reader.pages]
    numbers = {*reader.xref[0], *reader.xref_objStm}
    objects = [one for number in sorted(numbers) if (one := reader.get_object(number)) is not None]
    described = [one for one in objects if isinstance(one, DictionaryObject)]
    held = [text for one in objects for text in _texts(one)]
    return Printed(
        pages=pages,
        everything="\n".join([*pages, *held]),
        language=str(reader.root_object["/Lang"]),
        is_tagged="/StructTreeRoot" in reader.root_object,
        title=reader.metadata.title,
        created=str(reader.metadata.get("/CreationDate")),
        fonts={str(one["/FontName"]) for one in described if "/FontName" in one},
    )


def _texts(one: PdfObject) -> Iterator[str]:
    """Yield every text inside an object, and what its stream unpacks to."""
    if isinstance(one, TextStringObject):
        yield str(one)
    elif isinstance(one, ArrayObject):
        for part in one:
            yield from _texts(part)
    elif isinstance(one, DictionaryObject):
        for part in one.values():
            yield from _texts(part)
    if isinstance(one, StreamObject) and not isinstance(one, ContentStream):
        yield one.get_data().decode("latin-1")
