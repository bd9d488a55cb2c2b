"""What templates are given: lists of definitions, and single ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list.

    Attributes:
        name: What people call it.
        sentence: What it means.
        code: What data call it, where that is another word.
        page: Where more is told.
    """

    name: str
    sentence: str
    code: str | None = None
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Entries that belong together."""

    entries: Sequence[Entry]
    heading: str | None = None
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page that lists definitions.

    Attributes:
        data: Where the API tells the same.
    """

    title: str
    sentences: Sequence[str]
    sections: Sequence[Section]
    data: str | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A page of a single definition.

    Attributes:
        facts: What is to be known, by label.
        list_title: What the list that it stands in is called.
        list_page: Where that list is.
        data: Where the API tells the same.
    """

    title: str
    sentences: Sequence[str]
    list_title: str
    list_page: str
    facts: Mapping[str, str] = field(default_factory=dict)
    data: str | None = None
