"""A trust's censuses in order, its predecessors' counts added where they belong.

Counts add, shares never do. A combined census exists only if every organisation then open
has sent it, and nobody is counted twice.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from app.domain.actuals import ActualsRevision, Headcounts
from app.domain.bands import Band, StaffGroup
from app.domain.boards import BoardRevision, Seats
from app.domain.censuses import census_day
from app.domain.coded import Coded
from app.domain.codes import ActualsState
from app.domain.counts import Count
from app.domain.organisations import Organisation, Succession, SuccessionKind, find_ancestors


class Continuity(Coded):
    """Whether a successor's history includes its predecessors' counts."""

    COMBINED = (
        "combined",
        "Predecessors' counts are added in for the censuses before they became part of the trust.",
    )
    AS_REPORTED = ("as_reported", "Only what the trust itself has sent is counted.")


class Head(NamedTuple):
    """What is known of the return that counts at a census, without its people.

    A tuple, because an answer about England makes four thousand.

    Attributes:
        covers: The trusts whose people it counts.
        recorded_at: When it was sent.
        signed_at: When the board's approval was recorded; None before that, and of boards.
    """

    ods_code: str
    year: int
    revision: int
    covers: tuple[str, ...]
    recorded_at: datetime
    signed_at: datetime | None = None


Return = TypeVar("Return", ActualsRevision, BoardRevision, Head)


@dataclass(frozen=True, slots=True)
class Lineage:
    """A trust, and the trusts that became part of it.

    Attributes:
        ancestors: Predecessors that came whole, by code, with the succession of each.
        opened: First day of each ancestor; None where it is not known.
        left_out: Successions that cannot be combined: splits, and unknown ways.
    """

    trust: Organisation
    ancestors: Mapping[str, Succession]
    opened: Mapping[str, date | None]
    left_out: tuple[Succession, ...]

    @classmethod
    def find(
        cls,
        trust: Organisation,
        successions: Iterable[Succession],
        opened: Mapping[str, date | None],
    ) -> "Lineage":
        """Return the lineage of a trust.

        Args:
            trust: The trust whose history is asked for.
            successions: All that are known.
            opened: First day of each predecessor; one that is not named counts as open.
        """
        known = tuple(successions)
        ancestors = find_ancestors(trust.ods_code, known)
        family = {trust.ods_code, *ancestors}
        left_out = tuple(
            s
            for s in known
            if s.successor in family and s.kind in {SuccessionKind.SPLIT, SuccessionKind.UNKNOWN}
        )
        return cls(trust, ancestors, opened, left_out)

    @property
    def codes(self) -> tuple[str, ...]:
        """The trust and all its ancestors, the trust first."""
        return (self.trust.ods_code, *sorted(self.ancestors))

    def predecessors_within(self, covers: Iterable[str], day: date) -> frozenset[str]:
        """Return the predecessors whose staff are among those of given trusts on a day.

        A trust brings along whom it has taken over by then; the trust of the lineage itself is
        not named.
        """
        within = set(covers)
        if not self.ancestors:
            return frozenset(within - {self.trust.ods_code})
        taken_over = [s for s in self.ancestors.values() if s.effective_date <= day]
        for succession in sorted(taken_over, key=lambda s: s.effective_date, reverse=True):
            if succession.successor in within:
                within.add(succession.predecessor)
        return frozenset(within - {self.trust.ods_code})

    def sending_on(self, day: date) -> frozenset[str]:
        """Return the codes that have staff of their own on a day, of the whole lineage."""
        own = {self.trust.ods_code} if self.trust.is_open_on(day) else set()
        others = {c for c, s in self.ancestors.items() if s.effective_date > day}
        return frozenset(own | {c for c in others if (self.opened.get(c) or day) <= day})

    def choose_returns(
        self, covers: Mapping[str, Collection[str]], day: date
    ) -> dict[str, frozenset[str]]:
        """Return which returns of a census to add so that nobody is counted twice.

        The trust's own comes first, then those that count more trusts: one of their parts sent
        apart must not block them. A return that counts no trust with staff of its own is left
        out, since they are in another's; where no trust had any, only the trust itself can tell.

        Args:
            covers: The trusts that a return says it counts, by the code of its sender.
            day: Of the census.

        Returns:
            The trusts that each return counts, by the code of its sender, in that order.
        """
        own, sending = self.trust.ods_code, self.sending_on(day)
        if not sending:
            return {own: frozenset(covers[own])} if own in covers else {}
        whose = {
            code: self._find_whose(code, covers[code], sending)
            for code in self.codes
            if code in covers
        }
        chosen: dict[str, frozenset[str]] = {}
        covered: set[str] = set()
        for code in sorted(whose, key=lambda one: (one != own, -len(whose[one]))):
            if whose[code] and covered.isdisjoint(whose[code]):
                chosen[code] = whose[code]
                covered |= whose[code]
        return chosen

    def find_whose(self, sender: str, covers: Collection[str], day: date) -> frozenset[str]:
        """Return the trusts whose people a return counts, as far as anybody then had any."""
        return self._find_whose(sender, covers, self.sending_on(day)) or frozenset(covers)

    def _find_whose(
        self, sender: str, covers: Collection[str], sending: frozenset[str]
    ) -> frozenset[str]:
        """Return the trusts whose people a return counts.

        A trust that was not open at the census, and names nobody who was, can only speak for all
        its predecessors then open.
        """
        if not sending.isdisjoint(covers):
            return frozenset(covers)
        if sender in sending:
            return frozenset()
        return sending & find_ancestors(sender, self.ancestors.values()).keys()

    def mergers_between(self, after: date, until: date) -> tuple[Succession, ...]:
        """Return the successions that took effect after one day, up to another."""
        return tuple(s for s in self.ancestors.values() if after < s.effective_date <= until)


@dataclass(frozen=True, slots=True)
class Joined:
    """One census of a trust, as one or more returns make it up.

    Attributes:
        covers: All trusts whose staff are counted.
        actuals: The returns of headcounts that were added, the trust's own first.
        boards: The returns of boards likewise.
        spoken_for: Trusts that a return counts without naming them, by the code of its sender,
            who was not open then.
    """

    year: int
    covers: tuple[str, ...]
    actuals: tuple[ActualsRevision, ...] = ()
    boards: tuple[BoardRevision, ...] = ()
    spoken_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def headcounts(self) -> Headcounts:
        """Persons by staff group and band, of all parts."""
        if len(self.actuals) == 1:
            return self.actuals[0].actuals.headcounts
        sums: dict[tuple[StaffGroup, Band], Count] = {}
        for part in self.actuals:
            for pair, count in part.actuals.headcounts.items():
                sums[pair] = sums.get(pair, Count()) + count
        return sums

    @property
    def seats(self) -> Seats:
        """Persons by kind of board seat, of all parts."""
        if len(self.boards) == 1:
            return self.boards[0].board.seats
        sums: dict[tuple[bool, bool], Count] = {}
        for part in self.boards:
            for kind, count in part.board.seats.items():
                sums[kind] = sums.get(kind, Count()) + count
        return sums

    @property
    def parts(self) -> tuple[ActualsRevision | BoardRevision, ...]:
        """The returns that were added."""
        return (*self.actuals, *self.boards)

    def covers_of(self, part: ActualsRevision | BoardRevision) -> tuple[str, ...]:
        """Return the trusts whose people one of the parts counts."""
        return self.spoken_for.get(part.ods_code) or covers_of(part)

    def revision_of(self, ods_code: str) -> int | None:
        """Return the revision of a trust's own return; None if it is not among the parts."""
        return next((p.revision for p in self.parts if p.ods_code == ods_code), None)

    @property
    def state(self) -> ActualsState:
        """As far as every part has come; a board has the state of the census's headcounts."""
        if self.actuals and all(part.released for part in self.actuals):
            return ActualsState.PUBLISHED
        is_signed = self.actuals and all(part.sign_off for part in self.actuals)
        return ActualsState.SIGNED_OFF if is_signed else ActualsState.PROVISIONAL


@dataclass(frozen=True, slots=True)
class History:
    """The censuses of a trust that can be told, and those that cannot.

    Attributes:
        censuses: By year; a census is here only if it is complete.
        incomplete: Years for which some, but not all, have sent.
    """

    censuses: Mapping[int, Joined]
    incomplete: tuple[int, ...]


def covers_of(one: ActualsRevision | BoardRevision | Head) -> tuple[str, ...]:
    """Return the trusts whose people a return says it counts; a board names its own trust only."""
    if isinstance(one, Head):
        return one.covers
    if isinstance(one, ActualsRevision):
        return one.actuals.covers
    return (one.ods_code,)


def join_actuals(
    lineage: Lineage, returns: Iterable[ActualsRevision], continuity: Continuity
) -> History:
    """Return a trust's history of headcounts."""
    chosen, incomplete = _join(lineage, returns, continuity)
    joined = {
        year: Joined(
            year,
            _list_covers(whose),
            actuals=tuple(parts),
            spoken_for=_find_spoken_for(parts, whose),
        )
        for year, (parts, whose) in chosen.items()
    }
    return History(joined, incomplete)


def join_boards(
    lineage: Lineage, returns: Iterable[BoardRevision], continuity: Continuity
) -> History:
    """Return a trust's history of boards; predecessors' positions are added likewise."""
    chosen, incomplete = _join(lineage, returns, continuity)
    joined = {
        year: Joined(
            year,
            _list_covers(whose),
            boards=tuple(parts),
            spoken_for=_find_spoken_for(parts, whose),
        )
        for year, (parts, whose) in chosen.items()
    }
    return History(joined, incomplete)


def join_heads(
    lineage: Lineage, heads: Iterable[Head], continuity: Continuity
) -> dict[int, tuple[Head, ...]]:
    """Return which returns make up each census of a trust, the trust's own first.

    The rules are those of `join_actuals` and `join_boards`; a head covers whom it speaks for.
    """
    chosen, _ = _join(lineage, heads, continuity)
    return {
        year: tuple(one._replace(covers=tuple(sorted(whose[one.ods_code]))) for one in parts)
        for year, (parts, whose) in chosen.items()
    }


_Whose = Mapping[str, frozenset[str]]
"""The trusts whose people a return counts, by the code of its sender."""


def _join(
    lineage: Lineage, returns: Iterable[Return], continuity: Continuity
) -> tuple[dict[int, tuple[list[Return], _Whose]], tuple[int, ...]]:
    """Return the parts of each complete census, and the years that are incomplete."""
    by_year: dict[int, dict[str, Return]] = {}
    for one in returns:
        by_year.setdefault(one.year, {})[one.ods_code] = one
    chosen: dict[int, tuple[list[Return], _Whose]] = {}
    incomplete = []
    own = lineage.trust.ods_code
    for year, sent in sorted(by_year.items()):
        day, covers = census_day(year), {code: covers_of(one) for code, one in sent.items()}
        if continuity is Continuity.AS_REPORTED:
            whose = {own: lineage.find_whose(own, covers[own], day)} if own in sent else {}
        else:
            whose = lineage.choose_returns(covers, day)
            if not lineage.sending_on(day) <= frozenset().union(*whose.values()):
                incomplete.append(year)
                continue
        if whose:
            chosen[year] = ([sent[code] for code in whose], whose)
    return chosen, tuple(incomplete)


def _list_covers(whose: _Whose) -> tuple[str, ...]:
    return tuple(sorted(frozenset().union(*whose.values())))


def _find_spoken_for(
    parts: Iterable[ActualsRevision | BoardRevision], whose: _Whose
) -> dict[str, tuple[str, ...]]:
    """Return whom parts count that do not say so themselves."""
    return {
        one.ods_code: tuple(sorted(whose[one.ods_code]))
        for one in parts
        if whose[one.ods_code] != frozenset(covers_of(one))
    }
