"""What a trust says to a warning that stays with its figures."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.records import Record


class Warned(StrEnum):
    """What a warning stays with."""

    ACTUALS = "actuals"
    BOARD = "board"
    INDICATORS = "indicators"


@dataclass(frozen=True, slots=True)
class WarningKey:
    """Which warning, of a trust: what it stays with, and its place among the warnings there.

    Attributes:
        ordinal: From 0, in the order in which the warnings are given.
    """

    of: Warned
    year: int
    revision: int
    ordinal: int

    def __str__(self) -> str:
        return f"{self.of}-{self.year}-{self.revision}-{self.ordinal}"


_KEY: Final = re.compile(rf"({'|'.join(Warned)})-([0-9]{{4}})-([0-9]{{1,6}})-([0-9]{{1,4}})")


def parse_warning_key(text: str) -> WarningKey:
    """Return which warning an identifier names.

    Raises:
        ValueError: It is the identifier of none.
    """
    found = _KEY.fullmatch(text)
    if found is None:
        raise ValueError(f"{text} names no warning")
    of, *numbers = found.groups()
    return WarningKey(Warned(of), *map(int, numbers))


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a trust says to a warning; the newest edition holds.

    Attributes:
        edition: 1 for the first.
    """

    key: WarningKey
    edition: int
    text: str
    record: Record
