"""Persons by ethnic group, and the shares that come from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Self


@dataclass(frozen=True, slots=True)
class Count:
    """Persons in a group, by ethnic group. Headcount, never full-time equivalents."""

    white: int = 0
    bme: int = 0
    unknown: int = 0

    def __post_init__(self) -> None:
        if self.white < 0 or self.bme < 0 or self.unknown < 0:
            raise ValueError(f"{self} has a negative headcount")

    @property
    def total(self) -> int:
        """Everybody, those of unknown ethnicity included."""
        return self.white + self.bme + self.unknown

    @property
    def known(self) -> int:
        """Everybody whose ethnicity is known."""
        return self.white + self.bme

    @property
    def share(self) -> Fraction | None:
        """BME of everybody; None when there is nobody."""
        return Fraction(self.bme, self.total) if self.total else None

    @property
    def share_of_known(self) -> Fraction | None:
        """BME of those whose ethnicity is known; None when there is nobody."""
        return Fraction(self.bme, self.known) if self.known else None

    @property
    def unknown_share(self) -> Fraction | None:
        """Those of unknown ethnicity of everybody; None when there is nobody."""
        return Fraction(self.unknown, self.total) if self.total else None

    def __add__(self, other: "Count") -> "Count":
        return Count(self.white + other.white, self.bme + other.bme, self.unknown + other.unknown)

    @classmethod
    def sum(cls, counts: Iterable[Self]) -> "Count":
        """Return the sum of counts; nobody when there are none."""
        white = bme = unknown = 0
        for count in counts:
            white += count.white
            bme += count.bme
            unknown += count.unknown
        return Count(white, bme, unknown)
