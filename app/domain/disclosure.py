"""Disclosure control: which of a trust's counts everybody may read, and how they are shown.

Of every published group (`app.domain.published_groups`) two rows are decided on, each shown or
hidden whole: its BME staff, all others and all together; and how all others divide into white
and unknown. Protection never rests on rounding: nothing hidden can be worked out even by
somebody who knows every shown count exactly. Then it cannot be worked out from anything that is
computed from shown counts either: sums over areas, narrowed measures, shares, later editions.

`docs/disclosure.md` has the rule in plain words and the argument.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Final

from app.domain.coded import Coded
from app.domain.counts import Count
from app.domain.published_groups import Cells, Tree

SMALL_GROUP: Final = 10
"""Persons below which nothing of a group is shown, not even that all or none are BME."""

THRESHOLDS: Final = range(5, 11)
"""Thresholds that can be set: the hidden counts of a group below 10 cannot be wider apart."""

BASES: Final = range(1, 11)
"""Bases of rounding that can be set: a larger one would round a shown count to 0."""


class Suppression(Coded):
    """Why a count is hidden where it could be."""

    PRIMARY = ("primary", "Hidden because the group, or a count of it, is small.")
    SECONDARY = ("secondary", "Hidden so that another hidden count cannot be worked out.")


class Layer(StrEnum):
    """What of a group is shown or hidden together."""

    ROW = "row"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Rules:
    """How strictly counts are controlled.

    Attributes:
        threshold: Counts from 1 to this are hidden.
        base: Counts that are shown are rounded to the nearest multiple of this, half up.

    Raises:
        ValueError: One is outside its range.
    """

    threshold: int = 7
    base: int = 5

    def __post_init__(self) -> None:
        if self.threshold not in THRESHOLDS or self.base not in BASES:
            raise ValueError(f"threshold {self.threshold} or base {self.base} is out of range")

    @property
    def width(self) -> int:
        """By how much the possible values of a hidden count differ at least."""
        return self.threshold - 2

    def is_small(self, count: int) -> bool:
        """Return whether a count is hidden for itself."""
        return 1 <= count <= self.threshold

    def rounded(self, count: int) -> int:
        """Return a count as it is shown; 0 stays 0."""
        return (2 * count + self.base) // (2 * self.base) * self.base


DEFAULT_RULES: Final = Rules()
"""The field's practice for NHS workforce tables."""


@dataclass(frozen=True, slots=True)
class PublicCounts:
    """The counts of a group as everybody may read them: rounded, or hidden.

    Attributes:
        bme: Persons, rounded; None where hidden.
        total: Persons, likewise, those of unknown ethnicity included.
        suppressed: Why `bme` and `total`, and all else, are hidden; None where they are shown.
        white: Persons, rounded; None where hidden.
        unknown: Persons, likewise.
        split_suppressed: Why `white` and `unknown` are hidden; None where they are shown.
    """

    bme: int | None
    total: int | None
    suppressed: Suppression | None
    white: int | None
    unknown: int | None
    split_suppressed: Suppression | None

    @property
    def share(self) -> Fraction | None:
        """BME of everybody, from rounded counts; None when hidden, or there is nobody."""
        return _ratio(self.bme, self.total)

    @property
    def share_of_known(self) -> Fraction | None:
        """BME of those whose ethnicity is known, from rounded counts; None likewise."""
        if self.bme is None or self.white is None:
            return None
        return _ratio(self.bme, self.bme + self.white)

    @property
    def unknown_share(self) -> Fraction | None:
        """Those of unknown ethnicity of everybody, from rounded counts; None likewise."""
        return _ratio(self.unknown, self.total)


@dataclass(frozen=True, slots=True)
class Decision:
    """What of one table of a trust is hidden; the same answer for as long as it is kept.

    Attributes:
        rules: Those in force when it was made.
        rows: Why the row of a group is hidden, by the group's name; shown where left out.
        splits: Likewise its split into white and unknown; that of a hidden row is hidden too.
    """

    rules: Rules
    rows: Mapping[str, Suppression] = field(default_factory=dict)
    splits: Mapping[str, Suppression] = field(default_factory=dict)

    def hidden(self, layer: Layer) -> Mapping[str, Suppression]:
        """Return why the groups are hidden of which a layer is, by name."""
        return self.rows if layer is Layer.ROW else {**self.splits, **self.rows}

    def shows(self, group: str, layer: Layer = Layer.ROW) -> bool:
        """Return whether everybody may read the row of a group, or its split."""
        return group not in self.rows and (layer is Layer.ROW or group not in self.splits)

    def shows_nothing(self, tree: Tree) -> bool:
        """Return whether the row of every group is hidden."""
        return all(group.name in self.rows for group in tree.groups)

    def publish(self, tree: Tree, counts: Cells, cells: Collection[str]) -> PublicCounts:
        """Return what everybody may read of some of the smallest groups together.

        It is the sum of the shown groups that make them up. Where they do not, it is hidden.

        Args:
            tree: That of the decision's table.
            counts: Of the trust.
            cells: Names of the smallest groups; all of one group for the counts of that group.
        """
        row, why = self._add_up(tree, counts, cells, Layer.ROW)
        split, why_split = self._add_up(tree, counts, cells, Layer.SPLIT)
        show = self.rules.rounded
        return PublicCounts(
            bme=show(row.bme) if row else None,
            total=show(row.total) if row else None,
            suppressed=why,
            white=show(split.white) if split else None,
            unknown=show(split.unknown) if split else None,
            split_suppressed=why_split,
        )

    def _add_up(
        self, tree: Tree, counts: Cells, cells: Collection[str], layer: Layer
    ) -> tuple[Count | None, Suppression | None]:
        """Return the persons in some of the smallest groups, or why they are hidden."""
        hidden = self.hidden(layer)
        wanted = frozenset(cells)
        whole = tree.names.get(wanted, "")
        if whole in hidden:
            return None, hidden[whole]
        why = _why_hidden(tree, hidden, wanted)
        if why is not None:
            return None, why
        return Count.sum(counts[cell] for cell in sorted(wanted) if cell in counts), None


@dataclass(frozen=True, slots=True)
class Edition:
    """A table of a trust as it was released once.

    Attributes:
        counts: Persons by smallest group, as they counted then.
    """

    decision: Decision
    counts: Cells


def _ratio(part: int | None, whole: int | None) -> Fraction | None:
    return Fraction(part, whole) if part is not None and whole else None


def _why_hidden(
    tree: Tree, hidden: Mapping[str, Suppression], wanted: frozenset[str]
) -> Suppression | None:
    """Return why some of the smallest groups are not a sum of shown groups; None if they are.

    A sum that hides a small number for itself is hidden for that, else to protect others.
    """
    reasons = []
    number = 0
    while number < len(tree.groups):
        cells, name = tree.cells[number], tree.groups[number].name
        if cells.isdisjoint(wanted) or (cells <= wanted and name not in hidden):
            number = tree.below(number).stop
            continue
        if not tree.groups[number].parts:
            reasons.append(hidden[name])
        number += 1
    if not reasons:
        return None
    is_primary = Suppression.PRIMARY in reasons
    return Suppression.PRIMARY if is_primary else Suppression.SECONDARY
