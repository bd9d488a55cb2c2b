"""Somebody who works out what trusts hide from all that is told of them and of their sums."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import block_diag, coo_array, vstack

from app.domain.area_units import Unit
from app.domain.counts import Count
from app.domain.disclosure import Decision, Edition, Layer
from app.domain.organisations import Kind, Organisation
from app.domain.published_groups import BOARD, WORKFORCE, Cells, Tree
from app.domain.series import Head, Lineage
from app.domain.sights import CellGroup, Hidden, Sight, look_at
from tests.unit.domain.disclosure_attack import CELLS, Attack

YEAR: Final = 2024

Rows = NDArray[np.float64]


@dataclass(frozen=True)
class Table:
    """A table of a trust in its editions, oldest first."""

    code: str
    editions: Sequence[Edition]

    @property
    def newest(self) -> Edition:
        return self.editions[-1]


@dataclass(frozen=True)
class Area:
    """Trusts that are added up, and who of them looks.

    Attributes:
        insider: The trust that knows its own table exactly; None for somebody outside.
        is_controlled: Whether sums are told only where every part is shown.
    """

    tree: Tree
    tables: Sequence[Table]
    insider: str | None = None
    is_controlled: bool = True
    groups: Sequence[CellGroup] = field(default=())

    def tell(self) -> Iterator[tuple[Sequence[bool], CellGroup, bool]]:
        """Yield each sum that is told: of whom, of which group, and whether its split too."""
        everybody = [True] * len(self.tables)
        half = [index % 2 == 0 for index in range(len(self.tables))]
        chosen = np.array([everybody, half], np.bool_)[:, :, None]
        sight = self._look()
        is_of_board = [self.tree is BOARD] * len(self.groups)
        sums = sight.of_sums(chosen, chosen, is_of_board)
        for area, inside in enumerate((everybody, half)):
            for place, group in enumerate(self.groups):
                if not self.is_controlled or sums.why_row(area, place, 0) is None:
                    yield inside, group, False
                if not self.is_controlled or sums.why_split(area, place, 0) is None:
                    yield inside, group, True

    def _look(self) -> Sight:
        """Return what is seen of the groups, the insider's own exactly."""
        decided = {
            (one.code, YEAR): one.newest.decision
            for one in self.tables
            if one.code != self.insider
        }
        of_board = self.tree is BOARD
        return look_at(
            [_unit(one.code) for one in self.tables],
            [YEAR],
            self.groups,
            staff=Hidden.of(WORKFORCE, {} if of_board else decided),
            boards=Hidden.of(BOARD, decided if of_board else {}),
        )


class TrustAttack(Attack):
    """What is known of one trust's table."""

    def list_known(self) -> tuple[Rows, Rows, Rows]:
        """Return coefficients, lowest and highest values of everything that is known."""
        lowest, highest = np.array(self._lowest), np.array(self._highest)
        return np.array(self._rows), lowest, highest

    def know_all(self, counts: Cells) -> None:
        """Take in the whole newest table, which a trust's own people know."""
        for index, cell in enumerate(self.cells):
            for kind, persons in enumerate(_kinds(counts.get(cell, Count()))):
                row = np.zeros((len(self.editions), len(self.cells), 3))
                row[-1, index, kind] = 1
                self._know(row.reshape(-1), persons, persons)

    def coefficients(self, cells: CellGroup, kinds: Sequence[int]) -> Rows:
        """Return the coefficients of a count in the newest edition."""
        row = np.zeros((len(self.editions), len(self.cells), 3))
        for index, cell in enumerate(self.cells):
            if cell in cells:
                row[-1, index, list(kinds)] = 1
        return row.reshape(-1)


class AreaAttack:
    """A linear programme of all that is known of several trusts and of their sums, exactly."""

    def __init__(self, area: Area) -> None:
        self.area = area
        self.trusts = [TrustAttack(area.tree, one.editions) for one in area.tables]
        for one, attack in zip(area.tables, self.trusts, strict=True):
            if one.code == area.insider:
                attack.know_all(one.newest.counts)
        known = [attack.list_known() for attack in self.trusts]
        sums = [*self._read_sums()]
        values = np.array([value for _, value in sums], np.float64)
        parts = [coo_array(block_diag([rows for rows, _, _ in known]))]
        if sums:
            parts.append(coo_array(np.array([row for row, _ in sums])))
        self._matrix = vstack(parts).tocsr()
        self._lowest = np.concatenate([*(lowest for _, lowest, _ in known), values])
        self._highest = np.concatenate([*(highest for _, _, highest in known), values])

    def _read_sums(self) -> Iterator[tuple[Rows, int]]:
        """Yield the coefficients and the value of every count of a sum that is told."""
        for inside, cells, is_split in self.area.tell():
            names = ("white", "unknown") if is_split else ("bme", "total")
            for kinds in (CELLS[name] for name in names):
                rows = [
                    attack.coefficients(cells if there else frozenset(), kinds)
                    for attack, there in zip(self.trusts, inside, strict=True)
                ]
                value = sum(
                    _kinds(one.newest.counts.get(cell, Count()))[kind]
                    for one, there in zip(self.area.tables, inside, strict=True)
                    for cell in cells
                    for kind in kinds
                    if there
                )
                yield np.concatenate(rows), value

    def span(self, trust: int, group: int, cell: str) -> tuple[float, float]:
        """Return the lowest and the highest value that a count of a group of a trust may have."""
        row = np.concatenate(
            [
                attack.coefficients(
                    self.area.tree.cells[group] if index == trust else frozenset(), CELLS[cell]
                )
                for index, attack in enumerate(self.trusts)
            ]
        )
        return self._optimise(row), -self._optimise(-row)

    def list_hidden(self) -> list[tuple[int, int, str]]:
        """Return trust, group and count of everything that is hidden of others."""
        found = []
        for trust, table in enumerate(self.area.tables):
            if table.code == self.area.insider:
                continue
            decision = table.newest.decision
            for number, group in enumerate(self.area.tree.groups):
                for cell in CELLS:
                    layer = Layer.SPLIT if cell in {"white", "unknown"} else Layer.ROW
                    if not decision.shows(group.name, layer):
                        found.append((trust, number, cell))
        return found

    def _optimise(self, row: Rows) -> float:
        equal = self._lowest == self._highest
        above, below = ~equal & np.isfinite(self._highest), ~equal
        found: Any = linprog(
            row,
            A_ub=vstack([self._matrix[above], -self._matrix[below]]),
            b_ub=np.concatenate([self._highest[above], -self._lowest[below]]),
            A_eq=self._matrix[equal],
            b_eq=self._lowest[equal],
            bounds=(0, 10_000),
            method="highs",
        )
        assert found.status == 0, found.message
        return float(found.fun)


def released_once(code: str, counts: Cells, decision: Decision) -> Table:
    """Return a table that was released once."""
    return Table(code, [Edition(decision, counts)])


def _unit(code: str) -> Unit:
    head = Head(code, YEAR, 1, (code,), datetime(2025, 6, 1, tzinfo=UTC))
    lineage = Lineage(Organisation(code, Kind.TRUST), {}, {}, ())
    return Unit(lineage, {YEAR: (head,)}, {YEAR: (head,)})


def _kinds(count: Count) -> tuple[int, int, int]:
    return count.bme, count.white, count.unknown
