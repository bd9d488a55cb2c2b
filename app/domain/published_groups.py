"""The groups of a trust's people that are published, each within another.

Any two of them are disjoint, or one holds the other: a tree. Everything else that is told of a
trust is a sum of groups that are told, so that nothing else has to be protected.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from app.domain.actuals import Headcounts
from app.domain.bands import (
    AFC_BANDS,
    LEADERSHIP_BANDS,
    MEDICAL_GRADES,
    SENIOR_LEADERSHIP_BANDS,
    Band,
    StaffGroup,
)
from app.domain.boards import Seats
from app.domain.counts import Count
from app.domain.measures import Measure, Scope


class Part(StrEnum):
    """What of a trust is published as a table."""

    WORKFORCE = "workforce"
    BOARD = "board"


Cells = Mapping[str, Count]
"""Persons by the name of the smallest groups; one without people may be left out."""


@dataclass(frozen=True)
class Group:
    """A group of people, and the groups that it falls into.

    Attributes:
        name: Unique in its tree.
        parts: Disjoint, and together everybody in it; empty for one of the smallest groups.
    """

    name: str
    parts: tuple["Group", ...] = ()

    def walk(self) -> Iterator["Group"]:
        """Yield the group and all in it, each before its parts."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True)
class Tree:
    """All groups of a table, by number, each before its parts.

    Attributes:
        root: The group that holds all others.
    """

    root: Group

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Every group, each before its parts."""
        return tuple(self.root.walk())

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each group, by name."""
        return {group.name: number for number, group in enumerate(self.groups)}

    @cached_property
    def parts(self) -> tuple[tuple[int, ...], ...]:
        """The numbers of the parts of each group."""
        return tuple(
            tuple(self.numbers[part.name] for part in group.parts) for group in self.groups
        )

    @cached_property
    def parents(self) -> tuple[int | None, ...]:
        """The number of the group that each is a part of; None of the root."""
        above: dict[int, int] = {
            part: number for number, parts in enumerate(self.parts) for part in parts
        }
        return tuple(above.get(number) for number in range(len(self.groups)))

    @cached_property
    def cells(self) -> tuple[frozenset[str], ...]:
        """The names of the smallest groups in each group."""
        return tuple(
            frozenset(one.name for one in group.walk() if not one.parts) for group in self.groups
        )

    @cached_property
    def names(self) -> dict[frozenset[str], str]:
        """The name of each group, by those of the smallest groups in it."""
        return {cells: self.groups[number].name for number, cells in enumerate(self.cells)}

    def add_up(self, cells: Cells) -> list[Count]:
        """Return the persons in each group."""
        nobody = Count()
        sums = [nobody] * len(self.groups)
        for number in reversed(range(len(self.groups))):
            parts = self.parts[number]
            sums[number] = (
                Count.sum(sums[part] for part in parts)
                if parts
                else cells.get(self.groups[number].name, nobody)
            )
        return sums

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """The number after those of each group and all in it, which follow each other."""
        return tuple(
            number + sum(1 for _ in group.walk()) for number, group in enumerate(self.groups)
        )

    def below(self, number: int) -> range:
        """Return the numbers of a group and of all groups in it."""
        return range(number, self.ends[number])


def cell_of(staff_group: StaffGroup, band: Band) -> str:
    """Return the name of the smallest group that a staff group and a band make."""
    return band.value if band in MEDICAL_GRADES else f"{staff_group.value}/{band.value}"


def seat_cell(*, voting: bool, executive: bool) -> str:
    """Return the name of the smallest group that a kind of seat makes."""
    return f"{_voting(voting)}/{'executive' if executive else 'non_executive'}"


def workforce_cells(headcounts: Headcounts) -> dict[str, Count]:
    """Return headcounts by the names of the smallest groups."""
    return {cell_of(*pair): count for pair, count in headcounts.items()}


def board_cells(seats: Seats) -> dict[str, Count]:
    """Return the persons of a board by the names of the smallest groups."""
    return {
        seat_cell(voting=voting, executive=executive): count
        for (voting, executive), count in seats.items()
    }


def cells_of(scope: Scope) -> frozenset[str]:
    """Return the names of the smallest groups that a measure counts."""
    if not scope.is_of_board:
        return frozenset(cell_of(*pair) for pair in scope.pairs())
    return frozenset(
        seat_cell(voting=voting, executive=executive)
        for voting in (True, False)
        for executive in (True, False)
        if (scope.measure is Measure.BOARD)
        or (scope.measure is Measure.BOARD_VOTING and voting)
        or (scope.measure is Measure.BOARD_EXECUTIVE and executive)
    )


def _voting(voting: bool) -> str:  # noqa: FBT001 — it is the name's own word
    return "voting" if voting else "non_voting"


def _band(band: Band) -> Group:
    groups = (StaffGroup.CLINICAL, StaffGroup.NON_CLINICAL)
    return Group(band.value, tuple(Group(cell_of(group, band)) for group in groups))


def _bands(bands: Iterable[Band]) -> tuple[Group, ...]:
    chosen = frozenset(bands)
    return tuple(_band(band) for band in AFC_BANDS if band in chosen)


def _kind(*, voting: bool) -> Group:
    cells = (seat_cell(voting=voting, executive=executive) for executive in (True, False))
    return Group(_voting(voting), tuple(Group(cell) for cell in cells))


_SENIOR: Final = Group("senior_leadership", _bands(SENIOR_LEADERSHIP_BANDS))
_LEADERSHIP: Final = Group(
    "leadership", (*_bands(LEADERSHIP_BANDS - SENIOR_LEADERSHIP_BANDS), _SENIOR)
)

WORKFORCE: Final = Tree(
    Group(
        "workforce",
        (
            Group("medical", tuple(Group(one.value) for one in Band if one in MEDICAL_GRADES)),
            Group(
                "agenda_for_change",
                (*_bands(band for band in AFC_BANDS if band not in LEADERSHIP_BANDS), _LEADERSHIP),
            ),
        ),
    )
)
"""The published groups of a workforce."""

BOARD: Final = Tree(Group("board", (_kind(voting=True), _kind(voting=False))))
"""The published groups of a board."""

TREES: Final[Mapping[Part, Tree]] = {Part.WORKFORCE: WORKFORCE, Part.BOARD: BOARD}
"""The published groups of each table."""
