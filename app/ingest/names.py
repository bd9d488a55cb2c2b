"""Names of organisations as people write them, where a file has them in capitals."""

import re

_SMALL_WORDS = frozenset({"and", "for", "in", "of", "on", "the", "under", "upon", "with"})
_ABBREVIATIONS = frozenset({"ICB", "NHS", "UK"})
_WORD = re.compile(r"[^\W_][\w']*")


def proper_case(name: str) -> str:
    """Return a name in capitals with only its first letters large; another name as it is.

    Small words inside the name are small, `NHS` stays large, and `FT` is written out.
    """
    if name != name.upper():
        return name
    name = re.sub(r"\bFT$", "FOUNDATION TRUST", name)
    return _WORD.sub(lambda word: _proper_word(word.group(), is_first=not word.start()), name)


def _proper_word(word: str, *, is_first: bool) -> str:
    if word in _ABBREVIATIONS:
        return word
    small = word.lower()
    return small if small in _SMALL_WORDS and not is_first else small.capitalize()


def is_same_name(one: str, other: str) -> bool:
    """Return whether two names differ in nothing but case, punctuation and `&` for `and`."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> list[str]:
    return re.sub(r"[^\w\s]", "", name.casefold().replace("&", " and ")).split()
