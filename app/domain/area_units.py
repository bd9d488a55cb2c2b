"""The trusts that sums are made of, each with its predecessors, and what they have sent."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from app.domain.bands import ALLOWED_PAIRS
from app.domain.censuses import census_day
from app.domain.organisations import Organisation, Succession, SuccessionKind
from app.domain.panels import Censuses
from app.domain.series import Continuity, Head, Lineage, covers_of, join_heads
from app.stats.normal import Floats

STAFF_SLOTS = slice(None, len(ALLOWED_PAIRS))
"""Slots of a census that hold headcounts."""

BOARD_SLOTS = slice(len(ALLOWED_PAIRS), None)
"""Slots that hold board seats."""

Heads = Mapping[tuple[str, int], Head]
"""Returns by trust and census."""

Parts = Mapping[int, tuple[Head, ...]]
"""The returns that make up each census of a trust, by year."""

_WHOLE = frozenset({SuccessionKind.ACQUIRED, SuccessionKind.MERGED})


@dataclass(frozen=True, slots=True)
class Sent:
    """What trusts have sent, as known at an instant.

    Attributes:
        codes: Of the trusts, ascending.
        years: Censuses that any of them has sent, ascending; the first of all if none has.
        counts: Persons by trust, census, slot and ethnic group; 0 where nothing was sent.
        staff: Their returns of headcounts.
        boards: Their returns of boards.
    """

    codes: tuple[str, ...]
    years: tuple[int, ...]
    counts: Floats
    staff: Heads
    boards: Heads


@dataclass(frozen=True, slots=True)
class Unit:
    """A trust with what makes up each of its censuses, that of its predecessors included.

    Attributes:
        staff: Of headcounts, where a census is complete.
        boards: Of boards, likewise.
        is_combined: Whether predecessors' counts are added in.
    """

    lineage: Lineage
    staff: Parts = field(default_factory=dict)
    boards: Parts = field(default_factory=dict)
    is_combined: bool = True

    @property
    def trust(self) -> Organisation:
        """The trust."""
        return self.lineage.trust

    @property
    def code(self) -> str:
        """Its ODS code."""
        return self.lineage.trust.ods_code

    def parts(self, *, of_board: bool) -> Parts:
        """Return what makes up its censuses of headcounts, or of boards."""
        return self.boards if of_board else self.staff

    def had_people_on(self, day: date) -> bool:
        """Return whether the trust, or one that became part of it, was open on a day."""
        if self.is_combined and self.lineage.ancestors:
            return bool(self.lineage.sending_on(day))
        return self.trust.is_open_on(day)


def take_effect(successions: Iterable[Succession], day: date) -> tuple[Succession, ...]:
    """Return the successions that have taken effect by a day."""
    return tuple(one for one in successions if one.effective_date <= day)


def find_relatives(codes: Collection[str], successions: Iterable[Succession]) -> frozenset[str]:
    """Return trusts with all that became part of them or that they became part of."""
    related: dict[str, set[str]] = {}
    for one in successions:
        if one.kind in _WHOLE and one.successor is not None:
            related.setdefault(one.predecessor, set()).add(one.successor)
            related.setdefault(one.successor, set()).add(one.predecessor)
    found, waiting = set(codes), list(codes)
    while waiting:
        new = related.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return frozenset(found)


def list_remaining(
    trusts: Mapping[str, Organisation], successions: Iterable[Succession], day: date
) -> tuple[str, ...]:
    """Return the trusts of a day in the order of codes: open ones, and those that left no heir.

    A trust that became part of another is counted with that one. One that closed and whose
    people followed nobody as a whole still stands for itself.
    """
    followed = {one.predecessor for one in successions if one.kind in _WHOLE and one.successor}
    return tuple(
        code
        for code, trust in sorted(trusts.items())
        if code not in followed and (trust.opened is None or trust.opened <= day)
    )


def make_units(
    codes: Iterable[str],
    trusts: Mapping[str, Organisation],
    successions: Sequence[Succession],
    sent: Sent,
    continuity: Continuity,
) -> list[Unit]:
    """Return trusts with what makes up their censuses, in the order given.

    Args:
        codes: Which trusts.
        trusts: All of them, and all that became part of them.
        successions: Those that count.
        sent: What all of them have sent.
        continuity: Whether predecessors' counts are added in.
    """
    successors = {one.successor for one in successions}
    opened = {code: one.opened for code, one in trusts.items()}
    by_trust = [_by_trust(sent.staff), _by_trust(sent.boards)]
    units = []
    for code in codes:
        trust = trusts[code]
        if code in successors:
            lineage = Lineage.find(trust, successions, opened)
        else:
            lineage = Lineage(trust, {}, {}, ())
        staff, boards = (_join(lineage, heads, continuity) for heads in by_trust)
        units.append(Unit(lineage, staff, boards, continuity is Continuity.COMBINED))
    return units


def make_unit(lineage: Lineage, sent: Sent, continuity: Continuity) -> Unit:
    """Return one trust with what makes up its censuses."""
    staff, boards = (
        _join(lineage, _by_trust(heads), continuity) for heads in (sent.staff, sent.boards)
    )
    return Unit(lineage, staff, boards, continuity is Continuity.COMBINED)


def gather(units: Sequence[Unit], sent: Sent) -> Censuses:
    """Return the censuses of units as arrays, units in the order given."""
    place = {code: index for index, code in enumerate(sent.codes)}
    at = {year: index for index, year in enumerate(sent.years)}
    counts = sent.counts[np.array([place[unit.code] for unit in units], dtype=np.int64)]
    has_staff, has_board = (np.zeros(counts.shape[:2], dtype=np.bool_) for _ in range(2))
    for of_board, held, slots in ((False, has_staff, STAFF_SLOTS), (True, has_board, BOARD_SLOTS)):
        for index, unit in enumerate(units):
            for year, parts in unit.parts(of_board=of_board).items():
                held[index, at[year]] = True
                if len(parts) > 1 or parts[0].ods_code != unit.code:
                    senders = [place[part.ods_code] for part in parts]
                    counts[index, at[year], slots] = sent.counts[senders, at[year], slots].sum(0)
        counts[:, :, slots][~held] = 0
    return Censuses(np.array(sent.years, dtype=np.int64), counts, has_staff, has_board)


def _by_trust(heads: Heads) -> Mapping[str, list[Head]]:
    found: dict[str, list[Head]] = {}
    for (code, _), head in heads.items():
        found.setdefault(code, []).append(head)
    return found


def _join(lineage: Lineage, heads: Mapping[str, list[Head]], continuity: Continuity) -> Parts:
    """Return the parts of each complete census of a trust."""
    own = lineage.trust
    if lineage.ancestors:
        sent = (head for code in lineage.codes for head in heads.get(code, ()))
        return join_heads(lineage, sent, continuity)
    # What most trusts are like, decided as the rules for all would.
    return {
        head.year: (head,)
        for head in heads.get(own.ods_code, ())
        if continuity is Continuity.AS_REPORTED
        or own.ods_code in covers_of(head)
        or not own.is_open_on(census_day(head.year))
    }
