"""Somebody who works out what is hidden, by linear programmes over all that is published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from app.domain.counts import Count
from app.domain.disclosure import Decision, Edition, Layer, Suppression
from app.domain.published_groups import Cells, Tree

_BME, _WHITE, _UNKNOWN = range(3)
_OTHERS: Final = (_WHITE, _UNKNOWN)
_ALL: Final = (_BME, _WHITE, _UNKNOWN)

CELLS: Final = {
    "bme": (_BME,),
    "others": _OTHERS,
    "total": _ALL,
    "white": (_WHITE,),
    "unknown": (_UNKNOWN,),
}
"""What counts of a group are the sum of."""


@dataclass(frozen=True)
class Leak:
    """A hidden count that can be worked out too closely."""

    edition: int
    group: str
    cell: str
    lowest: float
    highest: float


class Attack:
    """A linear programme of everything that is known of a table in all of its editions.

    The unknowns are the persons of every smallest group, by ethnic group and edition. The attacker
    knows which smallest groups were revised between editions; all others stay the same.
    """

    def __init__(
        self,
        tree: Tree,
        editions: Sequence[Edition],
        *,
        is_exact: bool = True,
        whole: bool = False,
    ) -> None:
        self.tree, self.editions = tree, editions
        self.cells = [one.name for one in tree.groups if not one.parts]
        self.is_exact = is_exact
        self.integrality: Literal[0, 1] = 1 if whole else 0
        self._rows: list[NDArray[np.float64]] = []
        self._lowest: list[float] = []
        self._highest: list[float] = []
        for edition in range(len(editions)):
            self._read(edition)
        for edition in range(1, len(editions)):
            self._link(edition)

    def _sum(self, edition: int, number: int, kinds: Sequence[int]) -> NDArray[np.float64]:
        """Return the coefficients of a count of a group."""
        row = np.zeros((len(self.editions), len(self.cells), 3))
        for index, cell in enumerate(self.cells):
            if cell in self.tree.cells[number]:
                row[edition, index, list(kinds)] = 1
        return row.reshape(-1)

    def _know(self, row: NDArray[np.float64], lowest: float, highest: float) -> None:
        self._rows.append(row)
        self._lowest.append(lowest)
        self._highest.append(highest)

    def _see(self, edition: int, number: int, kinds: Sequence[int], value: int) -> None:
        """Take in a count that is shown, exactly or as it is rounded."""
        rules = self.editions[edition].decision.rules
        lowest = highest = float(value)
        if not self.is_exact and value:
            shown = rules.rounded(value)
            lowest, highest = shown - rules.base / 2, shown + (rules.base - 1) / 2
        self._know(self._sum(edition, number, kinds), lowest, highest)

    def _read(self, edition: int) -> None:
        """Take in everything that an edition shows."""
        one = self.editions[edition]
        sums = self.tree.add_up(one.counts)
        for number, group in enumerate(self.tree.groups):
            count = sums[number]
            if one.decision.shows(group.name):
                self._see(edition, number, (_BME,), count.bme)
                self._see(edition, number, _ALL, count.total)
            elif not any(
                group.name in earlier.decision.rows for earlier in self.editions[:edition]
            ):
                self._read_label(edition, number, count)
            if one.decision.shows(group.name, Layer.SPLIT):
                self._see(edition, number, (_WHITE,), count.white)
                self._see(edition, number, (_UNKNOWN,), count.unknown)
            elif group.name in one.decision.splits and not any(
                group.name in earlier.decision.splits for earlier in self.editions[:edition]
            ):
                self._read_split_label(edition, number, count)

    def _read_label(self, edition: int, number: int, count: Count) -> None:
        """Take in which of the cases that a label stands for it is, and the label of no part."""
        decision = self.editions[edition].decision
        parent = self.tree.parents[number]
        is_new = edition == 0
        if not is_new or (parent is not None and self._is_in_small(decision, edition, parent)):
            return
        most, others = float(decision.rules.threshold), count.total - count.bme
        total = self._sum(edition, number, _ALL)
        bme = self._sum(edition, number, (_BME,))
        if decision.rows[self.tree.groups[number].name] is Suppression.SECONDARY:
            assert min(count.bme, others) > most
            assert count.total >= 37
            self._know(total, 37, np.inf)
            self._know(bme, most + 1, np.inf)
            self._know(total - bme, most + 1, np.inf)
        elif 0 < count.total < 10:
            self._know(total, 1, 9)
        elif count.total < 37:
            names = [self.tree.groups[one].name for one in self.tree.below(number)]
            is_all_hidden = all(name in decision.rows for name in names)
            self._know(total, min(1, count.total) if is_all_hidden else 10, 36)
        else:
            self._know(total, 10, np.inf)
            self._know(bme if count.bme <= most else total - bme, 0, most)

    def _is_in_small(self, decision: Decision, edition: int, number: int) -> bool:
        sums = self.tree.add_up(self.editions[edition].counts)
        at: int | None = number
        while at is not None and self.tree.groups[at].name in decision.rows:
            if sums[at].total < 10:
                return True
            at = self.tree.parents[at]
        return False

    def _read_split_label(self, edition: int, number: int, count: Count) -> None:
        decision = self.editions[edition].decision
        most = float(decision.rules.threshold)
        if edition:
            return
        white = self._sum(edition, number, (_WHITE,))
        unknown = self._sum(edition, number, (_UNKNOWN,))
        if decision.splits[self.tree.groups[number].name] is Suppression.SECONDARY:
            self._know(white, most + 1, np.inf)
            self._know(unknown, most + 1, np.inf)
        elif count.white + count.unknown >= 4 * (most + 1):
            self._know(unknown if count.unknown <= most else white, 0, most)

    def _link(self, edition: int) -> None:
        """Take in that what was not revised is the same as before."""
        before, after = self.editions[edition - 1].counts, self.editions[edition].counts
        for index, cell in enumerate(self.cells):
            if before.get(cell, Count()) == after.get(cell, Count()):
                for kind in _ALL:
                    row = np.zeros((len(self.editions), len(self.cells), 3))
                    row[edition - 1, index, kind], row[edition, index, kind] = -1, 1
                    self._know(row.reshape(-1), 0, 0)

    def span(self, row: NDArray[np.float64]) -> tuple[float, float]:
        """Return the lowest and the highest value that a count may have."""
        return self._optimise(row), -self._optimise(-row)

    def _optimise(self, row: NDArray[np.float64]) -> float:
        matrix = np.array(self._rows)
        lowest, highest = np.array(self._lowest), np.array(self._highest)
        equal = lowest == highest
        above, below = ~equal & np.isfinite(highest), ~equal
        found: Any = linprog(
            row,
            A_ub=np.vstack([matrix[above], -matrix[below]]),
            b_ub=np.concatenate([highest[above], -lowest[below]]),
            A_eq=matrix[equal],
            b_eq=lowest[equal],
            bounds=(0, 10_000),
            integrality=self.integrality,
            method="highs",
        )
        assert found.status == 0, found.message
        return float(found.fun)

    def find_leaks(self) -> Iterator[Leak]:
        """Yield every hidden count that can be worked out too closely."""
        for edition, one in enumerate(self.editions):
            width = one.decision.rules.threshold - 2
            for number, group in enumerate(self.tree.groups):
                for cell, kinds in CELLS.items():
                    layer = Layer.SPLIT if cell in {"white", "unknown"} else Layer.ROW
                    if one.decision.shows(group.name, layer):
                        continue
                    if self._is_told_none(edition, number, kinds):
                        continue
                    lowest, highest = self.span(self._sum(edition, number, kinds))
                    if highest - lowest < width - 1e-6:
                        yield Leak(edition, group.name, cell, lowest, highest)

    def _is_told_none(self, edition: int, number: int, kinds: Sequence[int]) -> bool:
        """Return whether a shown 0 says what a count is, in an edition that holds the same."""
        cells = self.tree.cells[number]
        for earlier, one in enumerate(self.editions[: edition + 1]):
            counts = self.editions[edition].counts
            is_same = all(
                one.counts.get(cell, Count()) == counts.get(cell, Count()) for cell in cells
            )
            if is_same and self._is_told_by(earlier, number, kinds):
                return True
        return False

    def _is_told_by(self, edition: int, number: int, kinds: Sequence[int]) -> bool:
        """Return whether a 0 that an edition shows above a group says what its count is."""
        decision = self.editions[edition].decision
        sums = self.tree.add_up(self.editions[edition].counts)
        none: set[int] = set()
        at: int | None = number
        while at is not None:
            name, count = self.tree.groups[at].name, sums[at]
            if decision.shows(name):
                none |= {_BME} if not count.bme else set()
                none |= set(_OTHERS) if count.bme == count.total else set()
            if decision.shows(name, Layer.SPLIT):
                none |= {_WHITE} if not count.white else set()
                none |= {_UNKNOWN} if not count.unknown else set()
            at = self.tree.parents[at]
        is_split_of_known = len(kinds) == 1 and kinds[0] in _OTHERS
        is_split_of_known = is_split_of_known and decision.shows(self.tree.groups[number].name)
        return none >= set(kinds) or (is_split_of_known and bool(none & set(_OTHERS)))


def first_edition(tree: Tree, counts: Cells, decision: Decision) -> Attack:
    """Return the attack on a table that was released once."""
    return Attack(tree, [Edition(decision, counts)])
