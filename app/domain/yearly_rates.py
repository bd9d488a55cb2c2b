"""How exactly, and how widely, may be supposed what happens in a year.

Turnover, a share of appointments and growth are decimals of few places between bounds. So
whatever is worked out from them exactly, over however many years, has digits that can be
counted and is a number that can be shown.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

PLACES: Final = 6
"""Decimal places that a rate has at most."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """From where to where a rate may lie, both ends included."""

    least: Decimal
    most: Decimal

    def hold(self, rate: Decimal) -> bool:
        """Return whether a rate lies there."""
        return self.least <= rate <= self.most


TURNOVER: Final = Bounds(Decimal("0.000001"), Decimal("0.999999"))
"""Share of staff who leave in a year: somebody does, and somebody stays."""

APPOINTED: Final = Bounds(Decimal(0), Decimal(1))
"""Share of appointments that go to BME people."""

GROWTH: Final = Bounds(Decimal("-0.5"), Decimal(1))
"""By what share of itself a team grows in a year: it is halved at worst, and doubled at best."""


def has_few_places(rate: Decimal) -> bool:
    """Return whether a rate, not larger than one, is as short as it has to be."""
    return rate == rate.quantize(Decimal(1).scaleb(-PLACES))
