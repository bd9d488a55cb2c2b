"""What can be worked out of how others divide into white and unknown, where that is hidden.

Of a group whose row is shown the others are known: one more white person is one of unknown
ethnicity less. How far its white staff may differ from the truth is one range, and ranges add up,
so one pass up and one down the tree of shown rows find it. The smallest groups whose rows are
hidden stand in it as a block beneath the shown row that holds them: however the others of the
block are distributed over them, any division between nobody and everybody goes with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from app.domain.disclosure import Layer, Suppression
from app.domain.inference import Freedom, Table, find_freedoms

UNTOLD: Final = 4
"""A hidden division of fewer others than this times the least large count is labelled primary,
whatever it is: the label then tells nothing of them."""

_FREE: Final = 10**9

Range = tuple[int, int]
"""By how much the white persons of a group may differ from the truth: least, most."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """The shown rows of a table.

    Attributes:
        above: The nearest shown row above each group, shown or not; None where there is none.
        below: The shown rows right beneath each shown row.
        blocks: How far the block beneath each shown row is free by the persons in it.
        own: How far each shown row is free by its label and what is in it.
        sums: How far it would be without its label, and were it not shown.
        free: How far it is.
    """

    above: list[int | None] = field(default_factory=list)
    below: dict[int, list[int]] = field(default_factory=dict)
    blocks: dict[int, Range] = field(default_factory=dict)
    own: dict[int, Range] = field(default_factory=dict)
    sums: dict[int, Range] = field(default_factory=dict)
    free: dict[int, Range] = field(default_factory=dict)


def list_exposed_splits(table: Table) -> Iterator[int]:
    """Yield the groups whose white or unknown staff are hidden and can be worked out too closely.

    Groups come with those above first; those with a hidden row are among them.
    """
    rows = _shown_rows(table)
    _pass_up_and_down(table, rows)
    freedoms = find_freedoms(table)
    zeros = table.known_zeros(Layer.SPLIT)
    nobody_else = [has_none for _, has_none in table.known_zeros(Layer.ROW)]
    for number, freedom in enumerate(freedoms):
        if table.is_known(number, Layer.SPLIT) or nobody_else[number]:
            continue
        if table.rows[number] is None:
            ranges = (rows.free[number], rows.free[number])
            is_told = any(zeros[number])  # no white staff: the unknown are all the others
            checked = zip(ranges, (is_told, is_told), strict=True)
        else:
            ranges = _of_hidden_row(table, rows, number, freedom)
            checked = zip(ranges, zeros[number], strict=True)
        if any(most - least < table.width and not is_none for (least, most), is_none in checked):
            yield number


def _shown_rows(table: Table) -> _Rows:
    tree = table.tree
    rows = _Rows()
    for number, parent in enumerate(tree.parents):
        is_shown = table.rows[number] is None
        above = parent
        if parent is not None and table.rows[parent] is not None:
            above = rows.above[parent]
        rows.above.append(above)
        if is_shown:
            rows.blocks[number], rows.below[number] = (0, 0), []
            if above is not None:
                rows.below[above].append(number)
        home = number if is_shown else above
        if not tree.parts[number] and home is not None:
            rows.blocks[home] = _plus(rows.blocks[home], _persons(table, number))
    return rows


def _persons(table: Table, number: int) -> Range:
    """Return how far the white staff of a group are free by the persons in it."""
    fewest = table.fewest(number)
    return -fewest.white, fewest.unknown


def _pass_up_and_down(table: Table, rows: _Rows) -> None:
    """Find how far the white staff of each shown row are free, the others staying as they are."""
    for number in sorted(rows.blocks, reverse=True):
        sums = rows.blocks[number]
        for one in rows.below[number]:
            sums = _plus(sums, rows.own[one])
        label = (0, 0) if table.is_known(number, Layer.SPLIT) else _label(table, number)
        rows.sums[number] = sums
        rows.own[number] = (max(sums[0], label[0]), min(sums[1], label[1]))
    for number in sorted(rows.blocks):
        above, own = rows.above[number], rows.own[number]
        if above is not None:
            own = _left(own, rows.sums[above], rows.free[above])
        rows.free[number] = own


def _plus(one: Range, two: Range) -> Range:
    return one[0] + two[0], one[1] + two[1]


def _left(own: Range, sums: Range, whole: Range) -> Range:
    """Return what a whole leaves to one of the ranges that have these sums."""
    return (
        max(own[0], whole[0] - (sums[1] - own[1])),
        min(own[1], whole[1] - (sums[0] - own[0])),
    )


def _label(table: Table, number: int) -> Range:
    """Return a convex part of what the label of a hidden division allows, the truth in it."""
    count = table.editions[0][number]
    white, unknown = count.white, count.unknown
    large = table.threshold + 1
    if table.splits[number] is Suppression.SECONDARY:
        return large - white, unknown - large
    if white + unknown < UNTOLD * large:
        return -_FREE, _FREE
    if unknown < large:
        return unknown - table.threshold, unknown
    return -white, table.threshold - white


def _of_hidden_row(
    table: Table, rows: _Rows, number: int, freedom: Freedom
) -> tuple[Range, Range]:
    """Return how far the white and the unknown staff of a hidden row are free.

    As far as its others are free, and the white staff of the block that it is in, so are they;
    the rest of the block has what is left. Shown rows in it are as if they were in the block.
    """
    home = rows.above[number]
    inside, outside = (0, 0), (0, 0) if home is None else rows.blocks[home]
    for one in table.tree.below(number):
        if rows.above[one] != home:
            continue
        if table.rows[one] is None:
            inside = _plus(inside, rows.own[one])
        elif not table.tree.parts[one]:
            persons = _persons(table, one)
            inside = _plus(inside, persons)
            outside = (outside[0] - persons[0], outside[1] - persons[1])
    white, unknown = -inside[0], inside[1]
    if home is None:
        return (
            (-white, freedom.others_most + unknown),
            (-unknown, freedom.others_most + white),
        )
    least, most = _left(_plus(inside, outside), rows.sums[home], rows.free[home])
    whites, unknowns = most - outside[0], outside[1] - least
    return (
        (max(-white, freedom.others_least - unknowns), min(whites, freedom.others_most + unknown)),
        (max(-unknown, freedom.others_least - whites), min(unknowns, freedom.others_most + white)),
    )
