"""Loading the demonstration set: invented trusts, marked as such wherever they show."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlmodel import Session

from app.demonstration.generate import generate
from app.demonstration.values import (
    CYCLES,
    DemonstrationSet,
    PublishedShares,
    RegisterProfile,
    Return,
    TrustProfile,
)
from app.domain.actuals import Actuals, ActualsRevision, Before, SignOff, find_cautions
from app.domain.boards import Board, BoardRevision
from app.domain.callers import Caller
from app.domain.censuses import Cycle, census_day
from app.domain.changes import Change, ChangeKind
from app.domain.codes import TargetState
from app.domain.errors import SyntheticBesideReal
from app.domain.indicator_checks import find_cautions as find_indicator_cautions
from app.domain.indicators import Indicators, IndicatorsRevision
from app.domain.measures import Measure, Scope
from app.domain.organisations import Attribute, Kind, Organisation, TrustType
from app.domain.perimeter import find_baseline
from app.domain.records import Author, Record
from app.domain.series import Continuity, History, Lineage, join_actuals, join_boards
from app.domain.target_moves import Move
from app.domain.targets import Goal, Target, TargetVersion, Terms, target_id
from app.ingest.published_shares import read_published_shares
from app.ingest.register import read_register
from app.services.access import holds_figures
from app.services.register import add_organisations
from app.store import actuals, boards, censuses, indicators, ledger, organisations, targets

SOURCE = "Demonstration set (synthetic)"
"""Source of every invented return."""

AUTHOR = Author("demonstration")
"""Who sent them."""

AFTER_2026_03 = date(2026, 4, 1)
"""From then on the integrated care boards are those of today."""

Notify = Callable[[int, int], None]
"""Told how many trusts of how many are done."""


def make_demonstration() -> DemonstrationSet:
    """Return the demonstration set that the shipped reference data lead to."""
    trusts = [one for one in read_register().organisations if _is_open_trust(one)]
    profile = RegisterProfile(tuple(_profile(one) for one in trusts))
    return generate(profile, _published())


def load_demonstration(
    session: Session,
    demonstration: DemonstrationSet,
    *,
    by: Caller,
    now: datetime,
    notify: Notify = lambda _done, _of: None,
) -> bool:
    """Store a demonstration set; return whether it was not held before.

    The register has been loaded before. Every return counts as sent on 30 June of its year,
    signed off a month later, and every target as submitted then and mostly reviewed since.

    Raises:
        SyntheticBesideReal: Figures of real trusts are held.
    """
    ledger.take_turn(session)
    if holds_figures(session, synthetic=False):
        raise SyntheticBesideReal(held="real")
    held = organisations.list_some(session, [one.ods_code for one in demonstration.organisations])
    if len(held) == len(demonstration.organisations):
        return False
    add_organisations(session, demonstration.organisations, by=by, now=now)
    organisations.add_successions(session, demonstration.successions, known_from=None)
    sent = _Sent(demonstration, {one.code: one for one in censuses.list_cycles(session)})
    number = len(demonstration.organisations)
    for done, trust in enumerate(demonstration.organisations, start=1):
        actuals.add_many(session, sent.actuals[trust.ods_code])
        boards.add_many(session, sent.boards[trust.ods_code])
        notify(done, number)
    indicators.add_many(session, list(sent.indicators()))
    set_ = list(sent.targets())
    targets.add_many(session, set_)
    ledger.stamp(session, now, Change(ChangeKind.REGISTER), *sent.changes(set_))
    return True


class _Sent:
    """The demonstration set as revisions and targets."""

    def __init__(self, demonstration: DemonstrationSet, cycles: Mapping[str, Cycle]) -> None:
        self._set = demonstration
        self._cycles = cycles
        self._trusts = {one.ods_code: one for one in demonstration.organisations}
        self.actuals = {code: list(self._actuals_of(code)) for code in self._trusts}
        self.boards = {code: list(self._boards_of(code)) for code in self._trusts}

    def _returns(self, code: str) -> Iterable[tuple[int, Return]]:
        return sorted(self._set.returns.get(code, {}).items())

    def _actuals_of(self, code: str) -> Iterator[ActualsRevision]:
        """Yield a trust's actuals, oldest first, signed off but for every tenth trust's last."""
        before: Before | None = None
        lineage = self._lineage(code)
        last = max(self._set.returns.get(code, {}), default=0)
        for year, sent in self._returns(code):
            if before is not None:
                span = (census_day(before.year), census_day(year))
                has_merged = bool(lineage.mergers_between(*span))
                before = Before(before.year, before.actuals, has_merged, year - before.year)
            one = Actuals(SOURCE, (code,), None, sent.headcounts)
            is_pending = year == last and code.endswith("0")
            yield ActualsRevision(
                code, year, 1, one, Record(_sent_at(year), AUTHOR), find_cautions(one, before),
                None if is_pending else _sign_off(year),
            )  # fmt: skip
            before = Before(year, one)

    def _boards_of(self, code: str) -> Iterator[BoardRevision]:
        for year, sent in self._returns(code):
            record = Record(_sent_at(year), AUTHOR)
            yield BoardRevision(code, year, 1, Board(SOURCE, sent.board), record)

    def changes(self, targets: Iterable[Target]) -> Iterator[Change]:
        """Yield what is stored of the returns and of given targets, trust by trust."""
        for code, sent in self.actuals.items():
            for one in sent:
                yield Change(ChangeKind.ACTUALS, code, str(one.year))
                if one.sign_off is not None:
                    yield Change(ChangeKind.SIGN_OFF, code, str(one.year))
                yield Change(ChangeKind.BOARD, code, str(one.year))
                yield Change(ChangeKind.INDICATORS, code, str(one.year))
        for target in targets:
            yield Change(ChangeKind.TARGET, target.ods_code, target.id)

    def indicators(self) -> Iterator[IndicatorsRevision]:
        """Yield the indicators of every trust, each trust's oldest first."""
        for code, years in self._set.indicators.items():
            told: dict[int, Indicators] = {}
            for year, sent in sorted(years.items()):
                told[year] = one = Indicators(SOURCE, None, sent.pools, sent.surveys)
                cautions = find_indicator_cautions(one, told.get(year - 1))
                record = Record(_sent_at(year), AUTHOR)
                yield IndicatorsRevision(code, year, 1, one, record, cautions)

    def _lineage(self, code: str) -> Lineage:
        opened = {one.ods_code: one.opened for one in self._set.organisations}
        return Lineage.find(self._trusts[code], self._set.successions, opened)

    def targets(self) -> Iterator[Target]:
        """Yield the targets, each from the baseline that its trust's returns give."""
        histories: dict[str, tuple[Lineage, History, History]] = {}
        for (code, cycle, measure), goal in self._set.targets.items():
            if code not in histories:
                histories[code] = self._histories(code)
            lineage, staff, seats = histories[code]
            target = self._target(Scope(measure), self._cycles[cycle], goal, code)
            history = seats if target.scope.is_of_board else staff
            year = target.cycle.starts
            baseline = find_baseline(history, staff, target.scope, year, lineage.trust.ods_code)
            yield target.with_baseline(baseline)

    def _histories(self, code: str) -> tuple[Lineage, History, History]:
        lineage = self._lineage(code)
        sent = [one for member in lineage.codes for one in self.actuals[member]]
        seated = [one for member in lineage.codes for one in self.boards[member]]
        return (
            lineage,
            join_actuals(lineage, sent, Continuity.COMBINED),
            join_boards(lineage, seated, Continuity.COMBINED),
        )

    @staticmethod
    def _target(scope: Scope, cycle: Cycle, goal: Goal, code: str) -> Target:
        record = Record(_signed_at(cycle.starts), AUTHOR)
        terms = Terms(goal, board_approved_on=_signed_at(cycle.starts).date())
        submitted = (Move(TargetState.DRAFT, record), Move(TargetState.SUBMITTED, record))
        version = TargetVersion(1, terms, None, (*submitted, *_reviewed(code, cycle)))
        return Target(code, target_id(scope, cycle), scope, cycle, version)


def _reviewed(code: str, cycle: Cycle) -> tuple[Move, ...]:
    """Return how the national team decided two months later; of the newest cycle not on all."""
    number, at = int(code.removeprefix("ZZ")), _signed_at(cycle.starts) + timedelta(days=60)
    if cycle.starts == max(CYCLES.values()) and number % 3 == 0:
        return ()
    if number % 17 == 1:
        comment = "Most of the change falls into the last year; please spread it."
        return (Move(TargetState.RETURNED, Record(at, AUTHOR, comment)),)
    return (Move(TargetState.REVIEWED, Record(at, AUTHOR)),)


def _sign_off(year: int) -> SignOff:
    at = _signed_at(year)
    return SignOff(at.date(), "Chief People Officer", Record(at, AUTHOR))


def _sent_at(year: int) -> datetime:
    return datetime(year, 6, 30, 12, tzinfo=UTC)


def _signed_at(year: int) -> datetime:
    return _sent_at(year) + timedelta(days=31)


def _is_open_trust(organisation: Organisation) -> bool:
    return organisation.kind is Kind.TRUST and organisation.closed is None


def _profile(trust: Organisation) -> TrustProfile:
    return TrustProfile(
        type=TrustType(trust.newest(Attribute.TYPE) or TrustType.ACUTE),
        region=trust.newest(Attribute.REGION),
        icb=trust.value_on(Attribute.ICB, AFTER_2026_03),
        former_icb=trust.value_on(Attribute.ICB, AFTER_2026_03 - timedelta(days=1)),
    )


def _published() -> PublishedShares:
    """Return the published national shares, but for those known only roughly."""
    shares: dict[Measure, dict[int, Decimal]] = {}
    for one in read_published_shares():
        if one.tolerance <= Decimal("0.001"):
            shares.setdefault(one.measure, {})[one.year] = one.share
    return PublishedShares(
        workforce=shares[Measure.WORKFORCE],
        vsm=shares[Measure.VSM],
        leadership=shares[Measure.LEADERSHIP],
        board=shares[Measure.BOARD],
    )
