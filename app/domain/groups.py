"""The people of many series beside the group that each is compared with, as arrays.

A series is one measure of one trust (or area) over the censuses.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Self

import numpy as np
from numpy.typing import NDArray

from app.stats.normal import Floats

Bools = NDArray[np.bool_]


class ReferenceType(Enum):
    """How a series' reference relates to it."""

    CONTAINS = auto()
    """The reference group contains the measure's people, so the rest of it is compared."""

    APART = auto()
    """The reference group is another group."""

    SHARE = auto()
    """The reference is a fixed share."""

    NONE = auto()
    """There is no reference."""


@dataclass(frozen=True, slots=True)
class Group:
    """Persons of S series at m censuses; arrays of shape (S, m), NaN where missing."""

    bme: Floats
    total: Floats
    unknown: Floats

    def without(self, part: Self, is_part: Bools) -> "Group":
        """Return the rest of the group where `part` belongs to it, else the whole group."""
        mask = is_part[:, None]
        return Group(
            np.where(mask, self.bme - part.bme, self.bme),
            np.where(mask, self.total - part.total, self.total),
            np.where(mask, self.unknown - part.unknown, self.unknown),
        )

    def of_known_ethnicity(self) -> "Group":
        """Return the group without the people of unknown ethnicity."""
        return Group(self.bme, self.total - self.unknown, np.zeros_like(self.unknown))

    def where(self, mask: Bools) -> "Group":
        """Return the group with the censuses outside `mask` missing."""
        return Group(
            np.where(mask, self.bme, np.nan),
            np.where(mask, self.total, np.nan),
            np.where(mask, self.unknown, np.nan),
        )

    def stack(self, other: "Group") -> "Group":
        """Return the series of both."""
        return Group(
            np.vstack([self.bme, other.bme]),
            np.vstack([self.total, other.total]),
            np.vstack([self.unknown, other.unknown]),
        )

    @property
    def share(self) -> Floats:
        """BME of everybody; NaN where there is nobody or no census."""
        return np.asarray(self.bme / np.where(self.total > 0, self.total, np.nan))


@dataclass(frozen=True, slots=True)
class Panel:
    """S series over the same m censuses.

    Attributes:
        years: Census years, ascending, shape (m,).
        measure: The people whose share is followed.
        reference: The whole reference group; ignored for a fixed share.
        types: How each series' reference relates to it, length S.
        fixed_bme: Numerator of a fixed reference share, shape (S,); NaN for a group.
        fixed_total: Its denominator.
    """

    years: NDArray[np.int64]
    measure: Group
    reference: Group
    types: tuple[ReferenceType, ...]
    fixed_bme: Floats
    fixed_total: Floats

    def are(self, kind: ReferenceType) -> Bools:
        """Return which series have a reference of a kind."""
        return np.array([one is kind for one in self.types], dtype=np.bool_)
