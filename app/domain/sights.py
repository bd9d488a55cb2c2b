"""What somebody sees of sums over trusts, of which each shows some groups of people and not others.

A group is seen in a trust if groups that the trust shows make it up, and in a sum if it is seen in
every part. So whatever is seen is a function of what trusts show, and gives nothing away that they
do not: protection is decided trust by trust, and sums need none of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain.area_units import Unit
from app.domain.trends import Bools

Slots = NDArray[np.bool_]
"""Which slots of a census groups of people are made of, shape (groups, slots)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What trusts show of their censuses, group by group of those that are decided about.

    Arrays are of shape (T, m, N): trusts in the order of codes, censuses in that of years.

    Attributes:
        nodes: The N groups that decisions are about, each a union of slots.
        rows: Whether BME people, others and all of them are shown.
        splits: Whether others are shown as white and unknown, likewise.
        is_exact: Whether a trust's figures are seen as they are, shape (T, m).
    """

    codes: tuple[str, ...]
    years: tuple[int, ...]
    nodes: Slots
    rows: Bools
    splits: Bools
    is_exact: Bools

    def cover(self, groups: Slots) -> "Sight":
        """Return what is seen of some groups in each trust.

        A group is seen if groups that are shown and lie within it hold all of its slots. Nodes
        either hold one another or lie apart, so such a group is a sum of those that are shown.
        """
        return Sight(
            _cover(self.nodes, self.rows, groups),
            _cover(self.nodes, self.rows & self.splits, groups),
            np.broadcast_to(
                self.is_exact[:, None, :], (len(self.codes), len(groups), len(self.years))
            ),
        )


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of G groups of trusts, or areas, at m censuses: arrays of shape (T, G, m).

    Attributes:
        rows: Whether BME people, others and all of them are seen.
        splits: Whether others are seen as white and unknown.
        is_exact: Whether they are seen as they are, not rounded.
    """

    rows: Bools
    splits: Bools
    is_exact: Bools

    def of_units(
        self, shown: Shown, units: Sequence[Unit], years: Sequence[int], *, of_board: bool
    ) -> "Sight":
        """Return what is seen of units, whose censuses may be made of several trusts' returns.

        Where nothing is held there is nothing to hide.
        """
        place = {code: index for index, code in enumerate(shown.codes)}
        at = {year: index for index, year in enumerate(shown.years)}
        shape = (len(units), self.rows.shape[1], len(years))
        rows, splits, is_exact = (np.ones(shape, dtype=np.bool_) for _ in range(3))
        for index, unit in enumerate(units):
            parts = unit.parts(of_board=of_board)
            for column, year in enumerate(years):
                for part in parts.get(year, ()):
                    where = place[part.ods_code], slice(None), at[year]
                    rows[index, :, column] &= self.rows[where]
                    splits[index, :, column] &= self.splits[where]
                    is_exact[index, :, column] &= self.is_exact[where]
        return Sight(rows, splits, is_exact)

    def of_sums(self, counted: Bools) -> "Sight":
        """Return what is seen of sums over units.

        Args:
            counted: Whether each unit is in each sum, shape (A, U, m).
        """
        return Sight(*(_of_all(one, counted) for one in (self.rows, self.splits, self.is_exact)))


def join(first: Sight, second: Sight, of_second: Sequence[bool]) -> Sight:
    """Return a sight whose groups are those of the second where they are its own, else the first's."""
    chosen = np.array(of_second, dtype=np.bool_)[None, :, None]
    return Sight(
        np.where(chosen, second.rows, first.rows),
        np.where(chosen, second.splits, first.splits),
        np.where(chosen, second.is_exact, first.is_exact),
    )


def mark(
    shape: tuple[int, int, int],
    places: Mapping[tuple[str, int], tuple[int, int]],
    hidden: Sequence[tuple[str, int, int]],
) -> Bools:
    """Return what is shown where some nodes of trusts' censuses are hidden.

    Args:
        shape: Trusts, censuses and nodes.
        places: Of trusts and censuses in the first two dimensions.
        hidden: Trust, census and place of each node that is hidden.
    """
    shown = np.ones(shape, dtype=np.bool_)
    if hidden:
        where = np.array([(*places[code, year], node) for code, year, node in hidden])
        shown[where[:, 0], where[:, 1], where[:, 2]] = False
    return shown


def _cover(nodes: Slots, shown: Bools, groups: Slots) -> Bools:
    """Return whether shown nodes within each group hold all of its slots, shape (T, G, m)."""
    trusts, years, _ = shown.shape
    found = np.empty((trusts, len(groups), years), dtype=np.bool_)
    for place, group in enumerate(groups):
        inside = ~(nodes & ~group).any(axis=1)
        held = shown[:, :, inside].astype(np.float32) @ nodes[inside][:, group].astype(np.float32)
        found[:, place] = (held > 0).all(axis=2)
    return found


def _of_all(seen: Bools, counted: Bools) -> Bools:
    """Return whether a figure is seen in every unit that is counted, shape (A, G, m)."""
    unseen = (~seen).astype(np.float32).transpose(2, 0, 1)  # (m, U, G)
    chosen = counted.astype(np.float32).transpose(2, 0, 1)  # (m, A, U)
    return np.asarray((chosen @ unseen == 0).transpose(1, 2, 0))
