"""What can be worked out of hidden counts by somebody who knows every shown count exactly.

The counts of a hidden group may differ from the true ones as far as the labels, the shown groups
around it and the persons in it allow. For the BME staff of a group, its other staff and all of
them together that is exactly a range each: the ranges of two groups add up to those of both, and
no others are needed (the three are a generalised polymatroid of two dimensions, whose sums and
sections with such ranges are such again, in whole persons too). So one pass up the tree and one
down find how far each hidden count is free. How others divide into white and unknown follows in
ranges of one dimension (`app.domain.split_inference`), since any distribution of others over the
hidden groups leaves every shown division possible.

Everything is told as a difference from the true counts. An attacker with several editions is
thought to know which counts were revised and which were not, so the same difference has to fit
all of them.

Source:
    Frank and Tardos (1988), Math. Program. 42:489–563, on generalised polymatroids; Murota (2003),
    Discrete Convex Analysis, section 4.7, on the integrality of their sums.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from app.domain.counts import Count
from app.domain.disclosure import SMALL_GROUP, Layer, Suppression
from app.domain.published_groups import Tree

_FREE: Final = 10**9
"""More persons than any count has."""


class Freedom(NamedTuple):
    """By how much BME staff, others, and both together may differ from the truth: least, most."""

    bme_least: int = -_FREE
    bme_most: int = _FREE
    others_least: int = -_FREE
    others_most: int = _FREE
    all_least: int = -_FREE
    all_most: int = _FREE

    def ranges(self) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
        """Return the three ranges."""
        b0, b1, c0, c1, t0, t1 = self
        return (b0, b1), (c0, c1), (t0, t1)

    def is_narrow(self, width: int) -> bool:
        """Return whether a range is narrower than a width."""
        b0, b1, c0, c1, t0, t1 = self
        return b1 - b0 < width or c1 - c0 < width or t1 - t0 < width

    def within(self, other: "Freedom") -> "Freedom":
        """Return what both allow, each range as narrow as the other two make it."""
        b0, b1 = max(self[0], other[0]), min(self[1], other[1])
        c0, c1 = max(self[2], other[2]), min(self[3], other[3])
        t0, t1 = max(self[4], other[4]), min(self[5], other[5])
        return Freedom(
            max(b0, t0 - c1),
            min(b1, t1 - c0),
            max(c0, t0 - b1),
            min(c1, t1 - b0),
            max(t0, b0 + c0),
            min(t1, b1 + c1),
        )

    def less_others(self, sums: "Freedom", whole: "Freedom") -> "Freedom":
        """Return what a whole leaves to this one of the groups whose freedoms have these sums."""
        return Freedom(
            whole[0] - sums[1] + self[1],
            whole[1] - sums[0] + self[0],
            whole[2] - sums[3] + self[3],
            whole[3] - sums[2] + self[2],
            whole[4] - sums[5] + self[5],
            whole[5] - sums[4] + self[4],
        )


TOLD_GROUP: Final = 37
"""Persons below which a hidden group is labelled primary, whatever its counts are.

Else the label alone could tell a count: a group of two small ones cannot have many.
"""

_NONE: Final = Freedom(0, 0, 0, 0, 0, 0)
"""No difference at all: a shown group."""


@dataclass(frozen=True, slots=True)
class Table:
    """What is shown and hidden of a table, by number of group.

    Attributes:
        rows: Why each row is hidden; None where it is shown.
        splits: Likewise, of the splits of rows that are shown.
        editions: The counts of each group in every edition; labels were given to the first.
        threshold: Of the rules.
    """

    tree: Tree
    rows: Sequence[Suppression | None]
    splits: Sequence[Suppression | None]
    editions: Sequence[Sequence[Count]]
    threshold: int

    @property
    def width(self) -> int:
        """By how much the possible values of a hidden count are to differ at least."""
        return self.threshold - 2

    def is_known(self, number: int, layer: Layer) -> bool:
        """Return whether a layer of a group is shown."""
        is_shown = self.rows[number] is None
        return is_shown and (layer is Layer.ROW or self.splits[number] is None)

    def fewest(self, number: int) -> Count:
        """Return how few persons of each ethnic group a group had in any edition."""
        counts = [edition[number] for edition in self.editions]
        if len(counts) == 1:
            return counts[0]
        return Count(
            min(one.white for one in counts),
            min(one.bme for one in counts),
            min(one.unknown for one in counts),
        )

    def known_zeros(self, layer: Layer) -> list[tuple[bool, bool]]:
        """Return of each group whether a shown 0 above it says that it has none.

        Two claims each: on BME staff and on others, or on white and on unknown.
        """
        found: list[tuple[bool, bool]] = []
        for number, parent in enumerate(self.tree.parents):
            one, two = (False, False) if parent is None else found[parent]
            if self.is_known(number, layer):
                pairs = [_pair(edition[number], layer) for edition in self.editions]
                one = one or not any(first for first, _ in pairs)
                two = two or not any(second for _, second in pairs)
            found.append((one, two))
        return found


def find_freedoms(table: Table, *, is_told_above: bool = True) -> list[Freedom]:
    """Return how far the row of each group is free.

    Args:
        table: What is shown and hidden.
        is_told_above: Whether what stands above a group tells of it too, not only what is in it.
    """
    tree = table.tree
    own = _labels(table)
    for number in reversed(range(len(own))):
        if table.rows[number] is not None and tree.parts[number]:
            own[number] = own[number].within(_sum(own, tree.parts[number]))
    if not is_told_above:
        return own
    sums = [_sum(own, parts) for parts in tree.parts]
    for number, parent in enumerate(tree.parents):
        if table.rows[number] is not None and parent is not None:
            left = own[number].less_others(sums[parent], own[parent])
            own[number] = own[number].within(left)
    return own


def list_exposed_rows(table: Table) -> Iterator[int]:
    """Yield the groups whose row is hidden and can be worked out too closely."""
    zeros = table.known_zeros(Layer.ROW)
    for number, freedom in enumerate(find_freedoms(table)):
        if table.rows[number] is None:
            continue
        no_bme, no_others = zeros[number]
        checked = zip(freedom.ranges(), (no_bme, no_others, no_bme and no_others), strict=True)
        if any(most - least < table.width and not is_none for (least, most), is_none in checked):
            yield number


def _pair(count: Count, layer: Layer) -> tuple[int, int]:
    if layer is Layer.SPLIT:
        return count.white, count.unknown
    return count.bme, count.white + count.unknown


def _sum(freedoms: Sequence[Freedom], parts: Iterable[int]) -> Freedom:
    b0 = b1 = c0 = c1 = t0 = t1 = 0
    for part in parts:
        one = freedoms[part]
        b0, b1, c0 = b0 + one[0], b1 + one[1], c0 + one[2]
        c1, t0, t1 = c1 + one[3], t0 + one[4], t1 + one[5]
    return Freedom(b0, b1, c0, c1, t0, t1)


def _labels(table: Table) -> list[Freedom]:
    """Return how far each group is free by its label, and by the persons in it."""
    found: list[Freedom] = []
    is_in_small: list[bool] = []
    for number, parent in enumerate(table.tree.parents):
        is_in_small.append(
            parent is not None
            and table.rows[parent] is not None
            and (is_in_small[parent] or table.editions[0][parent].total < SMALL_GROUP)
        )
        if table.rows[number] is None:
            found.append(_NONE)
        else:
            labelled = Freedom() if is_in_small[number] else _label(table, number)
            found.append(labelled.within(_persons(table, number)))
    return found


def _label(table: Table, number: int) -> Freedom:
    """Return a convex part of what the label of a hidden group allows, the truth in it."""
    count = table.editions[0][number]
    bme, total = count.bme, count.total
    others, most = total - bme, table.threshold
    if table.rows[number] is Suppression.SECONDARY:
        return Freedom(
            bme_least=most + 1 - bme, others_least=most + 1 - others, all_least=TOLD_GROUP - total
        )
    if 0 < total < SMALL_GROUP:
        return Freedom(all_least=1 - total, all_most=SMALL_GROUP - 1 - total)
    if total < TOLD_GROUP:
        is_all_hidden = all(table.rows[one] is not None for one in table.tree.below(number))
        least = min(1, total) if is_all_hidden else SMALL_GROUP  # else nothing in it is shown
        return Freedom(all_least=least - total, all_most=TOLD_GROUP - 1 - total)
    if bme <= most:
        return Freedom(bme_most=most - bme, all_least=SMALL_GROUP - total)
    return Freedom(others_most=most - others, all_least=SMALL_GROUP - total)


def _persons(table: Table, number: int) -> Freedom:
    """Return how far a group is free without having fewer than nobody."""
    fewest = table.fewest(number)
    return Freedom(bme_least=-fewest.bme, others_least=-(fewest.white + fewest.unknown))
