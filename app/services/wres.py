"""Reporting the nine indicators of a trust, beside the year before and all England."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.censuses import census_day
from app.domain.codes import Reason
from app.domain.errors import ReturnsNotFound
from app.domain.indicators import IndicatorsRevision
from app.domain.organisations import Attribute, Organisation, find_ancestors
from app.domain.permissions import role_may
from app.domain.series import Continuity, join_actuals, join_boards
from app.domain.wres import NineFigures, WresReport
from app.domain.wres_figures import describe
from app.domain.wres_holdings import Holding, SentIndicators, TrustReturns, choose_apart
from app.services.access import authorise, is_open_to_all
from app.services.england import is_invented
from app.services.instants import refuse_future
from app.services.lineages import read_lineage
from app.store import actuals, benchmarks, boards, indicators, organisations, register, wres


def report_wres(
    session: Session,
    *,
    ods_code: str,
    year: int,
    continuity: Continuity = Continuity.COMBINED,
    as_of: datetime | None,
    caller: Caller,
    now: datetime,
) -> WresReport:
    """Return the nine indicators of a trust at a census, beside the year before and England.

    England's figures are sums of what trusts have sent and not released, so of real trusts they
    are for those only who may compare them.

    Args:
        session: A reading session.
        ods_code: The trust's.
        year: Of the census.
        continuity: Whether predecessors' counts are added in.
        as_of: None for the newest change that the answer depends on.
        caller: Who asks.
        now: The instant of asking, after which nothing is known.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and the trust is real.
        NotAllowed: The caller may not read the trust's figures.
        ReturnsNotFound: The trust has sent nothing for the census.
        UnacceptableQuestion: The instant has not come.
    """
    trust = organisations.get_trust(session, ods_code)
    authorise(session, caller, Action.READ_FIGURES, trust)
    refuse_future(as_of, now)
    read = _read(session, trust, continuity, as_of, years={year - 1, year})
    returns = read.returns
    if not returns.holds(year):
        raise ReturnsNotFound(ods_code=ods_code, year=year)
    synthetic = trust.is_synthetic
    may_compare = _may_compare(caller, synthetic=synthetic)
    england = _England(session, year, as_of, synthetic=synthetic) if may_compare else None
    instants = [*read.instants, *(england.instants if england else [])]
    return WresReport(
        ods_code=ods_code,
        year=year,
        continuity=continuity,
        as_of=as_of or max(instants),
        synthetic=synthetic,
        trust=describe(returns.hold(year)),
        trust_sources=returns.name_sources(year),
        last_year=describe(returns.hold(year - 1)),
        last_year_sources=returns.name_sources(year - 1),
        england=describe(england.hold()) if england else Reason.NOT_PUBLISHED,
        warnings=returns.find_cautions(year),
    )


def list_years(session: Session, *, ods_code: str, caller: Caller) -> list[int]:
    """Return the censuses of which a trust, or a predecessor, has sent anything, oldest first.

    Raises:
        TrustNotFound: No trust has the code.
        TokenInvalid: The caller has no token, and the trust is real.
        NotAllowed: The caller may not read the trust's figures.
    """
    trust = organisations.get_trust(session, ods_code)
    authorise(session, caller, Action.READ_FIGURES, trust)
    return sorted(_read(session, trust, Continuity.COMBINED, None).returns.years)


@dataclass(frozen=True, slots=True)
class _Read:
    """What a trust has sent, and when anything of it became known."""

    returns: TrustReturns
    instants: Sequence[datetime]


def _read(
    session: Session,
    trust: Organisation,
    continuity: Continuity,
    as_of: datetime | None,
    *,
    years: Collection[int] | None = None,
) -> _Read:
    """Return what was sent for some censuses, or for every one."""
    known = read_lineage(session, trust, as_of=as_of)
    is_combined = continuity is Continuity.COMBINED
    codes = known.lineage.codes if is_combined else (trust.ods_code,)

    def is_wanted(year: int) -> bool:
        return years is None or year in years

    staff = [one for one in actuals.of_trusts(session, codes, as_of=as_of) if is_wanted(one.year)]
    seated = [one for one in boards.of_trusts(session, codes, as_of=as_of) if is_wanted(one.year)]
    sent = [
        one for one in indicators.of_trusts(session, codes, as_of=as_of) if is_wanted(one.year)
    ]
    returns = TrustReturns(
        lineage=known.lineage,
        continuity=continuity,
        staff=join_actuals(known.lineage, staff, continuity),
        boards=join_boards(known.lineage, seated, continuity),
        indicators=_by_year(sent),
    )
    instants = [one.record.at for held in (staff, seated, sent) for one in held]
    return _Read(returns, [*instants, *([known.known_from] if known.known_from else [])])


@dataclass(frozen=True, slots=True)
class EnglandIndicators:
    """The nine indicators of all trusts together, at a census and at the one before.

    Attributes:
        changed_at: When anything that they depend on changed last; None if nothing was sent.
    """

    now: NineFigures
    before: NineFigures
    changed_at: datetime | None


def report_england(
    session: Session, *, year: int, as_of: datetime | None, caller: Caller
) -> EnglandIndicators | Reason:
    """Return the nine indicators of all trusts together, or why they are not told.

    They are sums of what trusts have sent and not released, so of real trusts they are for those
    only who may compare them.

    Args:
        session: A reading session.
        year: Of the census.
        as_of: None for now.
        caller: Who asks.
    """
    synthetic = is_invented(session)
    if not _may_compare(caller, synthetic=synthetic):
        return Reason.NOT_PUBLISHED
    this, last = (_England(session, one, as_of, synthetic=synthetic) for one in (year, year - 1))
    return EnglandIndicators(
        now=describe(this.hold()),
        before=describe(last.hold()),
        changed_at=max([*this.instants, *last.instants], default=None),
    )


def _may_compare(caller: Caller, *, synthetic: bool) -> bool:
    action = Action.BENCHMARK
    return role_may(caller.role, action) or is_open_to_all(caller, action, synthetic=synthetic)


def _by_year(sent: list[IndicatorsRevision]) -> dict[int, dict[str, IndicatorsRevision]]:
    found: dict[int, dict[str, IndicatorsRevision]] = {}
    for one in sent:
        found.setdefault(one.year, {})[one.ods_code] = one
    return found


class _England:
    """What all trusts, invented or real ones, have sent for a census, as of an instant."""

    def __init__(
        self, session: Session, year: int, as_of: datetime | None, *, synthetic: bool
    ) -> None:
        self._session, self._year, self._as_of = session, year, as_of
        self._known = register.list_known_trusts(
            session, (Attribute.NAME,), synthetic=synthetic, as_of=as_of
        )
        self._senders = wres.list_senders(session, self._known, year, as_of=as_of)
        self._successions = organisations.list_successions(session, as_of=as_of)
        self._open = frozenset(
            code
            for code, one in self._known.items()
            if one.organisation.is_open_on(census_day(year))
        )

    @property
    def instants(self) -> list[datetime]:
        """When anything was sent, and when what is known of a trust changed."""
        changes = [one.changed_at for one in self._known.values() if one.changed_at is not None]
        return [*self._senders.instants, *changes]

    def hold(self) -> Holding:
        """Return the sums of all counts, each person counted once."""
        session, year, as_of = self._session, self._year, self._as_of
        named = benchmarks.list_covers(session, self._senders.actuals, year, as_of=as_of)
        # Whoever had become part of another trust by then is in that one's return.
        staff = choose_apart(
            {code: self._open.intersection(covers) for code, covers in named.items()}
        )
        seated = choose_apart(self._covers(self._senders.boards))
        sent = choose_apart(self._covers(self._senders.indicators))
        return Holding(
            year=year,
            expected=len(self._open),
            headcounts=wres.sum_headcounts(session, staff, year, as_of=as_of) or Reason.NOT_SENT,
            staff_trusts=sum(staff.values()),
            seats=wres.sum_seats(session, seated, year, as_of=as_of) or Reason.NOT_SENT,
            board_trusts=sum(seated.values()),
            sent=tuple(
                SentIndicators(one.indicators, sent[one.ods_code])
                for one in indicators.of_census(session, sent, year, as_of=as_of)
            ),
            must_be_complete=False,
        )

    def _covers(self, senders: Mapping[str, datetime]) -> dict[str, frozenset[str]]:
        """Return whose boards or indicators returns are, by who sent them.

        That of a trust that was not open then is of the predecessors that it has taken over since.
        """
        day = census_day(self._year)
        known = [one.succession for one in self._successions]
        covers = {}
        for code in senders:
            if code in self._open:
                covers[code] = frozenset({code})
                continue
            covers[code] = self._open & {
                one for one, how in find_ancestors(code, known).items() if how.effective_date > day
            }
        return covers
