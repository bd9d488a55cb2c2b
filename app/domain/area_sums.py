"""Sums over areas: which trusts lie in one, whose people are counted, and what they come to.

Everything is arrays over areas, units, censuses and measures, so that all areas of England are
one matrix product. Persons are whole numbers far below 2⁵³, so sums and comparisons are exact.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from app.domain.area_units import BOARD_SLOTS, STAFF_SLOTS, Unit
from app.domain.censuses import census_day
from app.domain.groups import Bools, Group
from app.domain.organisations import Attribute, Kind, Organisation
from app.domain.panels import Censuses
from app.domain.series import Head
from app.stats.normal import Floats

COMPLETE = 95
"""Percentage of an area's people whose trusts have to report a census for its trend."""

_ATTRIBUTES = {Kind.ICB: Attribute.ICB, Kind.REGION: Attribute.REGION}

Places = Mapping[Kind, NDArray[np.str_]]
"""Code of the ICB and of the region of each unit at each census; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where units lie, and which of their censuses count; arrays of shape (U, m).

    Attributes:
        expected: Whether the unit had people of its own.
        home: Where it lay.
        staff_home: Where the people lay whom its return of headcounts counts.
        board_home: Likewise of its board.
        has_staff: Whether its headcounts are counted.
        has_board: Whether its board is.
        staff_reported: Whether its people are counted in some return of headcounts.
        board_reported: Likewise its board.
    """

    expected: Bools
    home: Places
    staff_home: Places
    board_home: Places
    has_staff: Bools
    has_board: Bools
    staff_reported: Bools
    board_reported: Bools


@dataclass(frozen=True, slots=True)
class Sums:
    """What the units of A areas come to.

    Attributes:
        censuses: Of the areas.
        expected: Whether a unit was expected to report there, shape (A, U, m).
        staff: Whether its headcounts are in the sum, likewise.
        board: Whether its board is.
        staff_reported: Whether it was expected and its people are counted somewhere.
        board_reported: Likewise its board.
    """

    censuses: Censuses
    expected: Bools
    staff: Bools
    board: Bools
    staff_reported: Bools
    board_reported: Bools

    def counted(self, *, of_board: bool) -> Bools:
        """Return whether a unit's people are in the sum."""
        return self.board if of_board else self.staff

    def reported(self, *, of_board: bool) -> Bools:
        """Return whether a unit's people are counted in some return."""
        return self.board_reported if of_board else self.staff_reported


def lay_out_today(units: Sequence[Unit], censuses: Censuses, day: date) -> Ground:
    """Return the ground by the boundaries of a day: each unit lies where it lies then."""
    shape = censuses.has_staff.shape
    home = {
        kind: np.broadcast_to(_codes(units, attribute, [day]), shape)
        for kind, attribute in _ATTRIBUTES.items()
    }
    years = [int(year) for year in censuses.years]
    expected = _have_people(units, [census_day(year) for year in years])
    staff = _once(units, years, censuses.has_staff, of_board=False)
    return Ground(
        expected=expected,
        home=home,
        staff_home=home,
        board_home=home,
        has_staff=staff,
        has_board=censuses.has_board,
        staff_reported=censuses.has_staff,
        board_reported=censuses.has_board,
    )


def lay_out_at_censuses(units: Sequence[Unit], censuses: Censuses) -> Ground:
    """Return the ground by the boundaries of each census: a unit lies where it lay on the day.

    Args:
        units: All trusts that were open at some census, each for itself.
        censuses: What they have sent, as they sent it.
    """
    years = [int(year) for year in censuses.years]
    days = [census_day(year) for year in years]
    home = {kind: _codes(units, one, days) for kind, one in _ATTRIBUTES.items()}
    expected = _have_people(units, days)
    there = [
        frozenset(unit.code for unit, is_open in zip(units, open_then, strict=True) if is_open)
        for open_then in expected.T
    ]
    staff, board = (
        _once(units, years, held, of_board=of_board, there=there)
        for held, of_board in ((censuses.has_staff, False), (censuses.has_board, True))
    )
    return Ground(
        expected=expected,
        home=home,
        staff_home=_move_to_covered(home, units, years, of_board=False),
        board_home=_move_to_covered(home, units, years, of_board=True),
        has_staff=staff,
        has_board=board,
        staff_reported=_reported(units, years, staff, of_board=False),
        board_reported=_reported(units, years, board, of_board=True),
    )


def add_up(areas: Sequence[Organisation], ground: Ground, censuses: Censuses) -> Sums:
    """Return what the units of each area come to."""
    inside = np.array([_lies(ground.home, area, ground.expected.shape) for area in areas])
    of_staff = np.array([_lies(ground.staff_home, area, ground.expected.shape) for area in areas])
    of_board = np.array([_lies(ground.board_home, area, ground.expected.shape) for area in areas])
    staff, board = of_staff & ground.has_staff, of_board & ground.has_board
    counts = np.concatenate(
        [
            _total(staff, censuses.counts[:, :, STAFF_SLOTS]),
            _total(board, censuses.counts[:, :, BOARD_SLOTS]),
        ],
        axis=2,
    )
    expected = inside & ground.expected
    return Sums(
        Censuses(censuses.years, counts, _any_unit(staff), _any_unit(board)),
        expected,
        staff,
        board,
        expected & ground.staff_reported,
        expected & ground.board_reported,
    )


def are_complete(sums: Sums, group: Group, of_board: Sequence[bool]) -> Bools:
    """Return which censuses of each area were reported by trusts with 95 % of its people.

    A unit weighs as many people as it had at its latest census; one that has never sent any
    weighs as much as the others on average.

    Args:
        sums: Of A areas.
        group: People of each unit in each of Q groups, series unit by unit.
        of_board: Whether each group is of board members, length Q.

    Returns:
        An array of shape (A · Q, m), series area by area.
    """
    areas, units, years = sums.expected.shape
    weight, is_known = (one.reshape(units, len(of_board)) for one in _weigh(group))
    found = np.zeros((areas, len(of_board), years), dtype=np.bool_)
    everybody = sums.expected.transpose(0, 2, 1).astype(np.float64)  # (A, m, U)
    for kind in {*of_board}:
        chosen = np.array([one is kind for one in of_board])
        reported = sums.reported(of_board=kind).transpose(0, 2, 1).astype(np.float64)
        weights, known = weight[:, chosen], is_known[:, chosen]
        whole = (everybody @ weights) * everybody.sum(axis=2, keepdims=True)
        part = (reported @ weights) * (everybody @ known)
        is_counted = _any_unit(sums.counted(of_board=kind))[:, :, None]
        found[:, chosen] = ((100 * part >= COMPLETE * whole) & is_counted).transpose(0, 2, 1)
    return found.reshape(areas * len(of_board), years)


def _any_unit(chosen: Bools) -> Bools:
    return np.asarray(chosen.any(axis=1))


def _weigh(group: Group) -> tuple[Floats, Floats]:
    """Return the people of each series at its latest census, and where there is one."""
    held = np.isfinite(group.total)
    last = np.where(held, np.arange(held.shape[1]), 0).max(axis=1, initial=0)
    latest = group.total[np.arange(len(last)), last] if held.size else np.zeros(len(last))
    is_known = held.any(axis=1)
    return np.where(is_known, latest, 0.0), np.asarray(is_known, dtype=np.float64)


def _total(inside: Bools, counts: Floats) -> Floats:
    """Return the sums over units of counts of shape (U, m, slots, 3), for each area."""
    units, years, slots, groups = counts.shape
    by_year = counts.transpose(1, 0, 2, 3).reshape(years, units, slots * groups)
    chosen = inside.transpose(2, 0, 1).astype(np.float64)  # (m, A, U)
    sums = (chosen @ by_year).transpose(1, 0, 2)
    return np.asarray(sums.reshape(len(inside), years, slots, groups))


def _lies(places: Places, area: Organisation, shape: tuple[int, ...]) -> Bools:
    """Return where units lie in an area; everything lies in England."""
    if area.kind is Kind.ENGLAND:
        return np.ones(shape, dtype=np.bool_)
    return np.asarray(places[area.kind] == area.ods_code)


def _codes(units: Sequence[Unit], attribute: Attribute, days: Sequence[date]) -> NDArray[np.str_]:
    """Return where each unit lies on each day, shape (units, days)."""
    found = [[unit.trust.value_on(attribute, day) or "" for day in days] for unit in units]
    return np.array(found, dtype=np.str_).reshape(len(units), len(days))


def _have_people(units: Sequence[Unit], days: Sequence[date]) -> Bools:
    """Return whether each unit had people of its own on each day, shape (units, days)."""
    found = [[unit.had_people_on(day) for day in days] for unit in units]
    return np.array(found, dtype=np.bool_).reshape(len(units), len(days))


def _once(
    units: Sequence[Unit],
    years: Sequence[int],
    held: Bools,
    *,
    of_board: bool,
    there: Sequence[frozenset[str]] | None = None,
) -> Bools:
    """Return which censuses count so that nobody is counted twice.

    Of returns that count the same people the one that covers most trusts counts.

    Args:
        units: Trusts.
        years: Of the censuses.
        held: Whether each unit's is held, shape (U, m).
        of_board: Whether they are of boards.
        there: The trusts that had people of their own at each census, where returns of others
            do not count: their people are in another's. None if all returns count.
    """
    counted = held.copy()
    for at, year in enumerate(years):
        sent = [
            (covers_of_parts(unit.parts(of_board=of_board)[year]), index)
            for index, unit in enumerate(units)
            if held[index, at]
        ]
        everybody = {code for covers, _ in sent for code in covers}
        is_apart = sum(len(covers) for covers, _ in sent) == len(everybody)
        if is_apart and (there is None or everybody <= there[at]):
            continue
        covered: set[str] = set()
        for covers, index in sorted(sent, key=lambda one: (-len(one[0]), one[1])):
            is_of_anybody = there is None or not there[at].isdisjoint(covers)
            counted[index, at] = is_of_anybody and covered.isdisjoint(covers)
            if counted[index, at]:
                covered |= covers
    return counted


def _reported(
    units: Sequence[Unit], years: Sequence[int], counted: Bools, *, of_board: bool
) -> Bools:
    """Return which units' people are counted in some return of headcounts, or of boards."""
    reported = np.zeros_like(counted)
    for at, year in enumerate(years):
        covered = {
            code
            for index, unit in enumerate(units)
            if counted[index, at]
            for code in covers_of_parts(unit.parts(of_board=of_board)[year])
        }
        reported[:, at] = [unit.code in covered for unit in units]
    return reported


def _move_to_covered(
    home: Places, units: Sequence[Unit], years: Sequence[int], *, of_board: bool
) -> Places:
    """Return where the people lay whom each return counts.

    A return lies where all whom it covers lay; where those lay apart, it cannot be divided and
    stays with its sender.
    """
    place = {unit.code: index for index, unit in enumerate(units)}
    moved = {kind: codes.copy() for kind, codes in home.items()}
    for index, unit in enumerate(units):
        for at, year in enumerate(years):
            covered = covers_of_parts(unit.parts(of_board=of_board).get(year, ()))
            others = [place[code] for code in covered - {unit.code} if code in place]
            if not others:
                continue
            if unit.code in covered:
                others.append(index)
            for kind, codes in home.items():
                (first, *rest) = {str(codes[other, at]) for other in others}
                if not rest:
                    moved[kind][index, at] = first
    return moved


def covers_of_parts(parts: Iterable[Head]) -> frozenset[str]:
    """Return the trusts whose people are counted in any of some returns."""
    return frozenset(code for part in parts for code in part.covers)
