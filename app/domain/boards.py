"""The board: persons by voting and executive membership, and what is checked at the door."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.bands import EthnicGroup
from app.domain.codes import Caution, WarningCode
from app.domain.counts import Count
from app.domain.errors import Fault
from app.domain.explanations import Explanation
from app.domain.measures import Measure
from app.domain.records import Record

Seats = Mapping[tuple[bool, bool], Count]
"""Persons by (voting, executive); a pair without people may be left out."""

LARGE_BOARD = 40
"""Members above which a warning is given."""


@dataclass(frozen=True, slots=True)
class Member:
    """Board members of one kind and ethnic group, as they were sent."""

    voting: bool
    executive: bool
    ethnic_group: EthnicGroup
    headcount: int


@dataclass(frozen=True, slots=True)
class Board:
    """A trust's board at one census.

    Attributes:
        source: Where the figures come from, in the sender's words.
        seats: Persons by (voting, executive); pairs without people are left out.
    """

    source: str
    seats: Seats

    def __post_init__(self) -> None:
        held = {kind: count for kind, count in self.seats.items() if count.total}
        object.__setattr__(self, "seats", held)

    def count(self, measure: Measure) -> Count:
        """Return the persons of one of the board's measures."""
        return Count.sum(
            count
            for (voting, executive), count in self.seats.items()
            if (measure is Measure.BOARD)
            or (measure is Measure.BOARD_VOTING and voting)
            or (measure is Measure.BOARD_EXECUTIVE and executive)
        )


@dataclass(frozen=True, slots=True)
class BoardRevision:
    """One stored revision of a trust's board.

    Attributes:
        correction_note: What everybody is told of what it corrects, if anything.
        explanations: What the trust says to its warnings, by their place, where it was read.
    """

    ods_code: str
    year: int
    revision: int
    board: Board
    record: Record
    cautions: tuple[Caution, ...] = ()
    correction_note: str | None = None
    explanations: Mapping[int, Explanation] = field(default_factory=dict)


def seat(members: Iterable[Member]) -> dict[tuple[bool, bool], Count]:
    """Return the persons by (voting, executive) that members come to."""
    sums: dict[tuple[bool, bool], Count] = {}
    for member in members:
        kind = (member.voting, member.executive)
        one = Count(**{member.ethnic_group.value: member.headcount})
        sums[kind] = sums.get(kind, Count()) + one
    return sums


def find_member_faults(members: Sequence[Member | None]) -> list[Fault]:
    """Return the faults of members among each other; None stands for a malformed one."""
    faults = []
    seen: dict[tuple[bool, bool, str], int] = {}
    for index, member in enumerate(members):
        if member is None:
            continue
        key = (member.voting, member.executive, member.ethnic_group.value)
        if key in seen:
            detail = f"The same cell stands at /members/{seen[key]}; send each cell once."
            faults.append(Fault(f"/members/{index}", "duplicate_cell", detail))
        seen.setdefault(key, index)
    return faults


def find_cautions(board: Board) -> tuple[Caution, ...]:
    """Return the warnings that stay with a board."""
    size = board.count(Measure.BOARD).total
    if size <= LARGE_BOARD:
        return ()
    detail = f"The board has {size} members; more than {LARGE_BOARD} is unusual."
    return (Caution(WarningCode.LARGE_BOARD, detail),)
