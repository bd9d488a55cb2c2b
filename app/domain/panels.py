"""From headcounts to panels: many trusts and measures as arrays, in one step.

A census is a vector of slots: each staff group and band, then each kind of board seat, by
ethnic group. A measure is a choice of slots, so all measures of all trusts are one product.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.domain.actuals import Headcounts
from app.domain.bands import ALLOWED_PAIRS, Band, StaffGroup
from app.domain.boards import Seats
from app.domain.codes import Reason
from app.domain.counts import Count
from app.domain.groups import Group, Panel, ReferenceType
from app.domain.measures import Measure, ReferenceKind, Scope, reference_group
from app.stats.normal import Floats

SEATS = ((True, True), (True, False), (False, True), (False, False))
"""Kinds of board seat, as (voting, executive)."""

PAIR_SLOT: dict[tuple[StaffGroup, Band], int] = {p: i for i, p in enumerate(ALLOWED_PAIRS)}
"""Slot of each staff group and band."""

SEAT_SLOT: dict[tuple[bool, bool], int] = {s: len(ALLOWED_PAIRS) + i for i, s in enumerate(SEATS)}
"""Slot of each kind of board seat."""

SLOTS = len(ALLOWED_PAIRS) + len(SEATS)
"""Number of slots of a census."""

WHITE, BME, UNKNOWN = 0, 1, 2
"""Positions of the ethnic groups in a vector."""


@dataclass(frozen=True, slots=True)
class Question:
    """A measure, and what it is held against.

    Attributes:
        reference: None for a measure that is itself the reference.
        fixed: The reference share of the kinds `fixed` and `own_workforce_at_baseline`.
        without: Why there is no reference, where there is none.

    Raises:
        ValueError: A kind that is a share comes without one, or the other way round.
    """

    scope: Scope
    reference: ReferenceKind | None
    fixed: Fraction | None = None
    without: Reason = Reason.IS_THE_REFERENCE

    def __post_init__(self) -> None:
        is_share = self.reference in {
            ReferenceKind.FIXED,
            ReferenceKind.OWN_WORKFORCE_AT_BASELINE,
        }
        if is_share != (self.fixed is not None):
            raise ValueError(f"a reference {self.reference} does not fit the share {self.fixed}")

    @property
    def type(self) -> ReferenceType:
        """How the reference relates to the measure."""
        if self.reference is None:
            return ReferenceType.NONE
        if self.fixed is not None:
            return ReferenceType.SHARE
        pairs = self.scope.pairs()
        if pairs and pairs <= reference_group(self.scope, self.reference):
            return ReferenceType.CONTAINS
        return ReferenceType.APART


@dataclass(frozen=True, slots=True)
class Censuses:
    """The censuses of T trusts, as vectors.

    Attributes:
        years: Census years, ascending, shape (m,).
        counts: Persons by slot and ethnic group, shape (T, m, SLOTS, 3); 0 where missing.
        has_staff: Whether headcounts are held, shape (T, m).
        has_board: Whether the board is held, shape (T, m).
    """

    years: NDArray[np.int64]
    counts: Floats
    has_staff: NDArray[np.bool_]
    has_board: NDArray[np.bool_]

    @classmethod
    def empty(cls, trusts: int, years: Sequence[int]) -> "Censuses":
        """Return the censuses of trusts that have sent nothing."""
        shape = (trusts, len(years))
        return cls(
            np.array(years, dtype=np.int64),
            np.zeros((*shape, SLOTS, 3)),
            np.zeros(shape, dtype=np.bool_),
            np.zeros(shape, dtype=np.bool_),
        )

    def of_some(self, trusts: Sequence[int]) -> "Censuses":
        """Return those of some trusts, given by index."""
        chosen = np.array(trusts, dtype=np.int64)
        return Censuses(
            self.years, self.counts[chosen], self.has_staff[chosen], self.has_board[chosen]
        )

    def put_staff(self, trust: int, year: int, headcounts: Headcounts) -> None:
        """Enter the headcounts of one trust at one census."""
        self.has_staff[trust, year] = True
        for pair, count in headcounts.items():
            self.counts[trust, year, PAIR_SLOT[pair]] = (count.white, count.bme, count.unknown)

    def put_board(self, trust: int, year: int, seats: Seats) -> None:
        """Enter the board of one trust at one census."""
        self.has_board[trust, year] = True
        for kind, count in seats.items():
            self.counts[trust, year, SEAT_SLOT[kind]] = (count.white, count.bme, count.unknown)


def build_panel(censuses: Censuses, questions: Sequence[Question]) -> Panel:
    """Return every question for every trust: series trust by trust, in order of questions."""
    measure = _groups(censuses, [_slots(q.scope) for q in questions])
    reference = _groups(censuses, [_reference_slots(q) for q in questions])
    trusts = censuses.counts.shape[0]
    fixed = [q.fixed for q in questions]
    return Panel(
        years=censuses.years,
        measure=measure,
        reference=reference,
        types=tuple(q.type for q in questions) * trusts,
        fixed_bme=np.array([f.numerator if f else np.nan for f in fixed] * trusts, dtype=float),
        fixed_total=np.array(
            [f.denominator if f else np.nan for f in fixed] * trusts, dtype=float
        ),
    )


def ask_otherwise(
    panel: Panel, censuses: Censuses, others: Mapping[tuple[int, int], Question], number: int
) -> Panel:
    """Return a panel in which some trusts' measures are held against other references.

    Args:
        panel: As `build_panel` made it.
        censuses: What it was made of.
        others: The other questions, by trust and by place among the questions.
        number: How many questions the panel has for each trust.
    """
    if not others:
        return panel
    asked = list(others.values())
    trusts = np.array([trust for trust, _ in others])
    rows = np.array([trust * number + place for trust, place in others])
    chosen = np.array([_reference_slots(one) for one in asked], dtype=np.float64)
    sums = np.einsum("symg,sm->gsy", censuses.counts[trusts], chosen)
    known = np.where(censuses.has_staff[trusts], sums, np.nan)
    types, fixed = list(panel.types), [one.fixed for one in asked]
    for row, one in zip(rows, asked, strict=True):
        types[row] = one.type
    return Panel(
        years=panel.years,
        measure=panel.measure,
        reference=Group(
            bme=_put(panel.reference.bme, rows, known[BME]),
            total=_put(panel.reference.total, rows, known.sum(axis=0)),
            unknown=_put(panel.reference.unknown, rows, known[UNKNOWN]),
        ),
        types=tuple(types),
        fixed_bme=_put(panel.fixed_bme, rows, [f.numerator if f else np.nan for f in fixed]),
        fixed_total=_put(panel.fixed_total, rows, [f.denominator if f else np.nan for f in fixed]),
    )


def _put(values: Floats, rows: NDArray[np.int64], others: ArrayLike) -> Floats:
    changed = values.copy()
    changed[rows] = others
    return changed


def count_at(group: Group, series: int, year: int) -> Count | None:
    """Return the persons of one series at one census (by index); None where it is missing."""
    total = group.total[series, year]
    if not np.isfinite(total):
        return None
    bme, unknown = int(group.bme[series, year]), int(group.unknown[series, year])
    return Count(white=int(total) - bme - unknown, bme=bme, unknown=unknown)


def _slots(scope: Scope) -> NDArray[np.bool_]:
    """Return which slots a scope counts."""
    chosen = np.zeros(SLOTS, dtype=np.bool_)
    for pair in scope.pairs():
        chosen[PAIR_SLOT[pair]] = True
    if scope.is_of_board:
        for (voting, executive), slot in SEAT_SLOT.items():
            chosen[slot] = (
                scope.measure is Measure.BOARD
                or (scope.measure is Measure.BOARD_VOTING and voting)
                or (scope.measure is Measure.BOARD_EXECUTIVE and executive)
            )
    return chosen


def _reference_slots(question: Question) -> NDArray[np.bool_]:
    """Return which slots a question's reference counts; the workforce where it is a share."""
    chosen = np.zeros(SLOTS, dtype=np.bool_)
    kind = question.reference or ReferenceKind.OWN_WORKFORCE
    for pair in reference_group(question.scope, kind):
        chosen[PAIR_SLOT[pair]] = True
    return chosen


def _groups(censuses: Censuses, choices: Sequence[NDArray[np.bool_]]) -> Group:
    """Return the persons in each choice of slots, as series trust by trust."""
    matrix = np.array(choices, dtype=np.float64)  # (Q, slots)
    trusts, years = censuses.has_staff.shape
    # Small products census by census; as one of all censuses it would be of a copy turned round.
    sums = (matrix @ censuses.counts).transpose(3, 0, 2, 1)  # (3, T, Q, m)
    of_board = np.asarray(matrix[:, len(ALLOWED_PAIRS) :].any(axis=1))
    held = np.where(
        of_board[None, :, None], censuses.has_board[:, None, :], censuses.has_staff[:, None, :]
    )
    known = np.where(held, sums, np.nan).reshape(3, trusts * len(choices), years)
    return Group(bme=known[BME], total=known.sum(axis=0), unknown=known[UNKNOWN])
