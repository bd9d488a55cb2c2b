"""What stands behind the nine indicators of one census: of a trust, or of all trusts together.

Counts add, shares never do, and nobody is counted twice.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.actuals import ActualsRevision, Headcounts
from app.domain.boards import BoardRevision, Seats
from app.domain.censuses import census_day
from app.domain.codes import Caution, Reason, WarningCode
from app.domain.indicators import Indicators, IndicatorsRevision
from app.domain.progress import Source
from app.domain.series import Continuity, History, Joined, Lineage
from app.domain.wres import Sources


@dataclass(frozen=True, slots=True)
class SentIndicators:
    """Indicators 2 to 8 as one return says them.

    Attributes:
        trusts: Trusts whose people it counts.
    """

    indicators: Indicators
    trusts: int = 1


@dataclass(frozen=True, slots=True)
class Holding:
    """All that is held of one census, of a trust or of more.

    Attributes:
        expected: Trusts that had people of their own then.
        headcounts: Of the workforce, added up, or why there are none.
        staff_trusts: Trusts whose staff they count.
        seats: Of boards likewise.
        board_trusts: Trusts whose boards they are.
        sent: Indicators 2 to 8, return by return.
        absent: Why an indicator that no return has is not there.
        must_be_complete: Whether an indicator that only some returns have is not told.
    """

    year: int
    expected: int
    headcounts: Headcounts | Reason
    staff_trusts: int
    seats: Seats | Reason
    board_trusts: int
    sent: tuple[SentIndicators, ...]
    absent: Reason = Reason.NOT_SENT
    must_be_complete: bool = True


@dataclass(frozen=True, slots=True)
class TrustReturns:
    """All that a trust, and the trusts that became part of it, have sent.

    Attributes:
        staff: The history of headcounts.
        boards: The history of boards.
        indicators: The revisions that count, by census year and code.
    """

    lineage: Lineage
    continuity: Continuity
    staff: History
    boards: History
    indicators: Mapping[int, Mapping[str, IndicatorsRevision]] = field(default_factory=dict)

    @property
    def years(self) -> frozenset[int]:
        """The censuses of which anything is held, complete or not."""
        histories = (self.staff, self.boards)
        return frozenset(self.indicators).union(
            *(history.censuses for history in histories),
            *(history.incomplete for history in histories),
        )

    def holds(self, year: int) -> bool:
        """Return whether anything of a census is held, complete or not."""
        return year in self.years

    def choose_indicators(self, year: int) -> tuple[IndicatorsRevision, ...] | Reason:
        """Return the returns of a census to add up, or why they cannot be."""
        whose = self._choose(year)
        if isinstance(whose, Reason):
            return whose
        return tuple(self.indicators[year][code] for code in whose)

    def hold(self, year: int) -> Holding:
        """Return what is held of a census."""
        chosen = self._choose(year)
        staff, boards = self.staff.censuses.get(year), self.boards.censuses.get(year)
        whose = {} if isinstance(chosen, Reason) else chosen
        return Holding(
            year=year,
            expected=len(self._expected(year)),
            headcounts=staff.headcounts if staff else _find_gap(self.staff, year),
            staff_trusts=len(staff.covers) if staff else 0,
            seats=boards.seats if boards else _find_gap(self.boards, year),
            board_trusts=len(boards.covers) if boards else 0,
            sent=tuple(
                SentIndicators(self.indicators[year][code].indicators, len(those))
                for code, those in whose.items()
            ),
            absent=chosen if isinstance(chosen, Reason) else Reason.NOT_SENT,
        )

    def name_sources(self, year: int) -> Sources:
        """Return the revisions that the figures of a census come from."""
        chosen = self.choose_indicators(year)
        return Sources(
            actuals=_name(_parts(self.staff, year)),
            board=_name(_parts(self.boards, year)),
            indicators=() if isinstance(chosen, Reason) else _name(chosen),
        )

    def find_cautions(self, year: int) -> tuple[Caution, ...]:
        """Return the warnings about a census and the comparison with the one before."""
        chosen = self.choose_indicators(year)
        returns = () if isinstance(chosen, Reason) else chosen
        parts = (*_parts(self.staff, year), *_parts(self.boards, year), *returns)
        found = [caution for part in parts for caution in part.cautions]
        found += self._about_completeness(year)
        found += self._about_changes(year)
        order = list(WarningCode)
        return tuple(sorted(dict.fromkeys(found), key=lambda one: order.index(one.code)))

    def _choose(self, year: int) -> Mapping[str, Collection[str]] | Reason:
        """Return the trusts that returns to add up count, by sender, or why there are none."""
        own, sent = self.lineage.trust.ods_code, self.indicators.get(year, {})
        if self.continuity is Continuity.AS_REPORTED:
            return {own: (own,)} if own in sent else Reason.NOT_SENT
        whose = self.lineage.choose_returns({code: (code,) for code in sent}, census_day(year))
        if not whose:
            return Reason.NOT_SENT
        is_complete = self._expected(year) <= frozenset().union(*whose.values())
        return whose if is_complete else Reason.INCOMPLETE_RETURNS

    def _expected(self, year: int) -> frozenset[str]:
        """Return the codes of the trusts that had people of their own at a census."""
        if self.continuity is Continuity.AS_REPORTED:
            return frozenset({self.lineage.trust.ods_code})
        return self.lineage.sending_on(census_day(year))

    def _includes(self, predecessor: str, year: int) -> bool:
        """Return whether the figures of a census before a merger include a predecessor's."""
        if self.continuity is Continuity.COMBINED:
            return True
        told = (history.censuses.get(year) for history in (self.staff, self.boards))
        return any(predecessor in joined.covers for joined in told if joined)

    def _about_completeness(self, year: int) -> Iterable[Caution]:
        years = [
            one
            for one in (year - 1, year)
            if one in self.staff.incomplete
            or one in self.boards.incomplete
            or self.choose_indicators(one) is Reason.INCOMPLETE_RETURNS
        ]
        if years:
            told = " and ".join(map(str, years))
            detail = f"Not every organisation then open has sent everything for {told}."
            yield Caution(WarningCode.INCOMPLETE_RETURNS, detail)

    def _about_changes(self, year: int) -> Iterable[Caution]:
        """Yield what came to the trust between a census and the one before it."""
        span = (census_day(year - 1), census_day(year))
        is_told = self.continuity is Continuity.COMBINED or self.holds(year - 1)
        for one in self.lineage.mergers_between(*span) if is_told else ():
            told = "include" if self._includes(one.predecessor, year - 1) else "are without"
            detail = (
                f"{one.predecessor} became part of the trust on {one.effective_date}; the"
                f" figures of the year before {told} its."
            )
            yield Caution(WarningCode.MERGER_IN_SERIES, detail)
        for one in self.lineage.left_out:
            if span[0] < one.effective_date <= span[1]:
                detail = (
                    f"What came from {one.predecessor} on {one.effective_date} is not in the"
                    " figures of the year before: its counts cannot be divided."
                )
                yield Caution(WarningCode.SPLIT_LEFT_OUT, detail)


def choose_apart(covers: Mapping[str, Collection[str]]) -> dict[str, int]:
    """Return which of some returns to add up so that nobody is counted twice.

    Of returns that count the same people the one that covers most trusts is taken.

    Args:
        covers: Codes of the trusts whose people a return counts, by the trust that sent it; a
            return that covers none is left out.

    Returns:
        How many trusts each of the returns taken covers, by the code of its sender.
    """
    taken: dict[str, int] = {}
    covered: set[str] = set()
    for code, whose in sorted(covers.items(), key=lambda one: (-len(one[1]), one[0])):
        if whose and covered.isdisjoint(whose):
            taken[code] = len(whose)
            covered.update(whose)
    return taken


_Part = ActualsRevision | BoardRevision | IndicatorsRevision


def _parts(history: History, year: int) -> tuple[_Part, ...]:
    joined: Joined | None = history.censuses.get(year)
    return joined.parts if joined else ()


def _name(parts: Iterable[_Part]) -> tuple[Source, ...]:
    return tuple(Source(part.ods_code, part.revision) for part in parts)


def _find_gap(history: History, year: int) -> Reason:
    """Return why a history does not have a census."""
    return Reason.INCOMPLETE_RETURNS if year in history.incomplete else Reason.NOT_SENT
