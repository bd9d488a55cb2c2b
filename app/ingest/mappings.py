"""What headings and values are called in files: shipped words, and a caller's own.

Words are compared without case, punctuation and double spaces, `&` for `and`; `%` counts, since
a column of percentages is none of people.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from app.ingest.reference_files import read_reference

TOTAL: Final = "total"
"""What stands for everybody, among the values of a column."""

_SHIPPED: Final = "import_mapping.json"
_SIGNS = re.compile(r"[^\w%]+|_")


@dataclass(frozen=True, slots=True)
class Words:
    """What things are called.

    Attributes:
        columns: The words of each column, by its field, as people write them.
        values: The words of each value, by the field of its column and the value.
        skipped: Rows that repeat people who are counted in others.
    """

    columns: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, tuple[str, ...]]]
    skipped: tuple[str, ...]

    def fields_by_word(self, fields: Iterable[str]) -> dict[str, str]:
        """Return which of some fields each plain word stands for."""
        known = list(fields)
        found = {plain(field): field for field in known}
        for field in known:
            found |= {plain(word): field for word in self.columns.get(field, ())}
        return found

    def values_by_word(self, field: str) -> dict[str, str]:
        """Return which value of a field each plain word stands for."""
        known = self.values.get(field, {})
        found = {plain(value): value for value in known}
        for value, words in known.items():
            found |= {plain(word): value for word in words}
        return found

    def extended(self, own: "Words") -> "Words":
        """Return these words with a caller's own, which win where both have one."""
        values = {
            field: _merge(self.values.get(field, {}), own.values.get(field, {}))
            for field in {**self.values, **own.values}
        }
        return Words(_merge(self.columns, own.columns), values, (*self.skipped, *own.skipped))


def plain(text: str) -> str:
    """Return a text as words are compared."""
    spaced = text.casefold().replace("&", " and ").replace("%", " % ")
    return " ".join(_SIGNS.sub(" ", spaced).split())


@cache
def read_words() -> Words:
    """Return the shipped words, which are those of the WRES template and common others."""
    held = json.loads(read_reference(_SHIPPED))
    return make_words(held["columns"], held["values"], held["skipped"])


def make_words(
    columns: Mapping[str, Iterable[str]],
    values: Mapping[str, Mapping[str, Iterable[str]]],
    skipped: Iterable[str] = (),
) -> Words:
    """Return words from lists of them."""
    return Words(
        {field: tuple(words) for field, words in columns.items()},
        {
            field: {value: tuple(words) for value, words in by_value.items()}
            for field, by_value in values.items()
        },
        tuple(skipped),
    )


def _merge(
    shipped: Mapping[str, tuple[str, ...]], own: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return the words of both; a word that the caller uses for one thing is left to it."""
    taken = {plain(word) for words in own.values() for word in words}
    kept = {
        name: tuple(word for word in words if plain(word) not in taken)
        for name, words in shipped.items()
    }
    return {name: (*own.get(name, ()), *kept.get(name, ())) for name in {**kept, **own}}
