"""What somebody sees of sums over trusts, each of which shows some groups and hides others.

A group is seen in a trust if groups that the trust shows make it up, and in a sum if it is seen
in every part. So whatever is seen is a function of what trusts show and gives nothing away that
they do not: protection is decided trust by trust, and such sums need none of their own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from app.domain.area_units import Unit
from app.domain.disclosure import Decision, Layer, Suppression
from app.domain.groups import Bools
from app.domain.measures import reference_group
from app.domain.panels import Question
from app.domain.published_groups import BOARD, Tree, cell_of, cells_of

Levels = NDArray[np.int8]
"""How far figures are hidden: not at all, to protect others, or for themselves."""

SEEN, SECONDARY, PRIMARY = 0, 1, 2

LEVELS = {Suppression.SECONDARY: SECONDARY, Suppression.PRIMARY: PRIMARY}
_SUPPRESSIONS = {level: why for why, level in LEVELS.items()}

CellGroup = frozenset[str]
"""A group of people, by the names of the smallest published groups in it."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is hidden of many tables of trusts, as arrays.

    Attributes:
        names: Of the groups that are known to be hidden or shown.
        places: Where each table stands in the arrays, by trust and census; nothing is hidden of
            those that are not named.
        bases: What each is rounded to, shape (D,).
        rows: How far the row of each group is hidden, shape (D, groups of the tree).
        splits: How far its split is, likewise; that of a hidden row as far as the row.
    """

    tree: Tree
    names: frozenset[str]
    places: Mapping[tuple[str, int], int]
    bases: NDArray[np.int16]
    rows: Levels
    splits: Levels

    @classmethod
    def of(cls, tree: Tree, decisions: Mapping[tuple[str, int], Decision]) -> Self:
        """Return what decisions hide, by trust and census."""
        made = list(decisions.values())
        rows, splits = (_fill(tree, [one.hidden(layer) for one in made]) for layer in Layer)
        return cls(
            tree=tree,
            names=frozenset(tree.numbers),
            places={key: index for index, key in enumerate(decisions)},
            bases=np.array([one.rules.base for one in made], np.int16),
            rows=rows,
            splits=splits,
        )

    def levels_of(self, groups: Sequence[CellGroup]) -> tuple[Levels, Levels]:
        """Return how far the rows, and the splits, of groups are hidden, shape (D, groups).

        As a trust's own answer would: a published group is hidden if it was decided so; another
        is hidden where shown groups do not make it up, for the smallest groups that are left
        over.

        Raises:
            ValueError: It is not known of a group whether it is hidden.
        """
        if not needed_names(self.tree, groups) <= self.names:
            raise ValueError("of some of the groups nothing is known")
        rows, splits = (
            {group: _level_of(self.tree, hidden, group) for group in {*groups}}
            for hidden in (self.rows, self.splits)
        )
        shape = len(groups), len(self.places)
        first, second = (
            np.array([levels[group] for group in groups], np.int8).reshape(shape).T
            for levels in (rows, splits)
        )
        return first, second


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of G groups of T trusts, or areas, at m censuses.

    Arrays are of shape (T, G, m). Where nothing is held, nothing is hidden.

    Attributes:
        rows: How far BME people, others and all of them are hidden.
        splits: How far the division of others into white and unknown is.
        bases: What figures are rounded to; 1 where they are seen as they are.
    """

    rows: Levels
    splits: Levels
    bases: NDArray[np.int16]

    def of_sums(self, staff: Bools, boards: Bools, is_of_board: Sequence[bool]) -> "Sight":
        """Return what is seen of sums over trusts.

        Args:
            staff: Whether each trust's headcounts are in each of A sums, shape (A, T, m).
            boards: Whether its board is, likewise.
            is_of_board: Whether each group is of board members.
        """
        found = Sight.of_nothing(len(staff), *self.rows.shape[1:])
        for counted, kind in ((staff, False), (boards, True)):
            groups = np.flatnonzero(np.array(is_of_board, np.bool_) == kind)
            for levels, sums in ((self.rows, found.rows), (self.splits, found.splits)):
                sums[:, groups] = _worst(levels[:, groups], counted)
            found.bases[:, groups] = _widest(self.bases[:, groups], counted)
        return found

    @classmethod
    def of_nothing(cls, whose: int, groups: int, censuses: int) -> "Sight":
        """Return the sight of trusts, or areas, of which nothing is hidden."""
        shape = (whose, groups, censuses)
        return cls(np.zeros(shape, np.int8), np.zeros(shape, np.int8), np.ones(shape, np.int16))

    def of_some(
        self, chosen: Bools, group: int, at: int
    ) -> tuple[int, Suppression | None, Suppression | None]:
        """Return the base of one sum, and why its row and its split are hidden, if they are.

        Args:
            chosen: Which trusts are added up.
            group: The group, by index.
            at: The census, by index.
        """
        row, split, base = (
            int(one[chosen, group, at].max(initial=0))
            for one in (self.rows, self.splits, self.bases)
        )
        return max(base, 1), _SUPPRESSIONS.get(row), _SUPPRESSIONS.get(split)

    def why_row(self, index: int, group: int, at: int) -> Suppression | None:
        """Return why the row of a group is hidden, by indices; None if it is seen."""
        return _SUPPRESSIONS.get(int(self.rows[index, group, at]))

    def why_split(self, index: int, group: int, at: int) -> Suppression | None:
        """Return why the split of a group is hidden, likewise."""
        return _SUPPRESSIONS.get(int(self.splits[index, group, at]))


def list_groups(questions: Sequence[Question]) -> list[CellGroup]:
    """Return the measures of questions, then what each is held against."""
    return [*map(measure_cells, questions), *map(reference_cells, questions)]


def needed_names(tree: Tree, groups: Iterable[CellGroup]) -> frozenset[str]:
    """Return the published groups that decide whether groups of people are seen."""
    needed = set()
    for group in groups:
        if group in tree.names:
            needed.add(tree.names[group])
        else:
            needed.update(tree.groups[number].name for number in _within(tree, group))
    return frozenset(needed)


def _within(tree: Tree, group: CellGroup) -> list[int]:
    """Return the numbers of the published groups that lie within a group."""
    return [number for number, held in enumerate(tree.cells) if held <= group]


def measure_cells(question: Question) -> CellGroup:
    """Return the smallest groups that a question's measure counts."""
    return cells_of(question.scope)


def reference_cells(question: Question) -> CellGroup:
    """Return the smallest groups that it is held against; none for a share that is given."""
    if question.reference is None or question.fixed is not None:
        return frozenset()
    return frozenset(
        cell_of(*pair) for pair in reference_group(question.scope, question.reference)
    )


def look_at(
    units: Sequence[Unit],
    years: Sequence[int],
    groups: Sequence[CellGroup],
    *,
    staff: Hidden,
    boards: Hidden,
) -> Sight:
    """Return what is seen of groups of people in trusts.

    A census that is made of several trusts' returns is seen where all of them show it.

    Args:
        units: The trusts, each with what makes up its censuses.
        years: Of the censuses.
        groups: Each of cells of the workforce, or of the board; none for one that needs nothing.
        staff: What is hidden of returns of headcounts.
        boards: What is hidden of boards.
    """
    sights = [_look_at_table(hidden, units, years, groups) for hidden in (staff, boards)]
    is_of_board = np.array([not one.isdisjoint(BOARD.cells[0]) for one in groups], np.bool_)
    chosen = is_of_board[None, :, None]
    of_staff, of_board = sights
    return Sight(
        np.where(chosen, of_board.rows, of_staff.rows),
        np.where(chosen, of_board.splits, of_staff.splits),
        np.where(chosen, of_board.bases, of_staff.bases),
    )


def _look_at_table(
    hidden: Hidden, units: Sequence[Unit], years: Sequence[int], groups: Sequence[CellGroup]
) -> Sight:
    """Return what is seen of groups that are counted in one table."""
    parts = [*_find_parts(hidden, units, years)]
    index, at, place = np.array(parts, np.int64).reshape(-1, 3).T
    found = []
    for levels in hidden.levels_of(groups):
        seen = np.zeros((len(units), len(years), len(groups)), np.int8)
        np.maximum.at(seen, (index, at), levels[place])
        found.append(seen.transpose(0, 2, 1))
    bases = np.ones((len(units), len(years)), np.int16)
    np.maximum.at(bases, (index, at), hidden.bases[place])
    rows, splits = found
    return Sight(rows, splits, np.broadcast_to(bases[:, None, :], rows.shape))


def _find_parts(
    hidden: Hidden, units: Sequence[Unit], years: Sequence[int]
) -> Iterator[tuple[int, int, int]]:
    """Yield the place of unit, census and table for each return that something is hidden of."""
    column = {year: at for at, year in enumerate(years)}
    for index, unit in enumerate(units):
        for year, parts in unit.parts(of_board=hidden.tree is BOARD).items():
            for part in parts:
                place = hidden.places.get((part.ods_code, year))
                if place is not None:
                    yield index, column[year], place


def _fill(tree: Tree, hidden: Sequence[Mapping[str, Suppression]]) -> Levels:
    """Return how far groups are hidden, one table a row."""
    levels = np.zeros((len(hidden), len(tree.groups)), np.int8)
    for index, names in enumerate(hidden):
        for name, why in names.items():
            levels[index, tree.numbers[name]] = LEVELS[why]
    return levels


def _level_of(tree: Tree, hidden: Levels, group: CellGroup) -> Levels:
    """Return how far each table hides one group; not at all where it needs nothing."""
    if not group or not group <= tree.cells[0]:
        return np.zeros(len(hidden), np.int8)
    if group in tree.names:
        return hidden[:, tree.numbers[tree.names[group]]]
    cells = sorted(group)
    inside = _within(tree, group)
    holds = np.array([[cell in tree.cells[number] for cell in cells] for number in inside])
    shown = (hidden[:, inside] == SEEN).astype(np.float32)
    left_over = shown @ holds.astype(np.float32) == 0
    of_cells = hidden[:, [tree.numbers[cell] for cell in cells]]
    return np.asarray(np.where(left_over, of_cells, SEEN).max(axis=1))


def _worst(levels: Levels, counted: Bools) -> Levels:
    """Return how far sums are hidden: as far as any part that is counted."""
    chosen = counted.astype(np.float32).transpose(2, 0, 1)  # (m, A, T)
    found = np.zeros((len(counted), levels.shape[1], levels.shape[2]), np.int8)
    for level in (SECONDARY, PRIMARY):
        such = (levels == level).astype(np.float32).transpose(2, 0, 1)  # (m, T, G)
        found[(chosen @ such > 0).transpose(1, 2, 0)] = level
    return found


def _widest(bases: NDArray[np.int16], counted: Bools) -> NDArray[np.int16]:
    """Return what sums are rounded to: the largest base of any part that is counted."""
    found = np.ones((len(counted), *bases.shape[1:]), np.int16)
    for base in sorted({*bases.ravel().tolist()} - {1}):
        found[_worst((bases == base).astype(np.int8), counted) > 0] = base
    return found
