"""Importing targets: drafts, or versions in force, of many trusts at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.changes import Change, ChangeKind
from app.domain.errors import Fault, UnacceptableTarget
from app.domain.holdings import Holdings, Instead
from app.domain.imports import ImportItem, ImportOutcome
from app.domain.records import Record
from app.domain.target_moves import Move
from app.domain.target_versions import Versions
from app.domain.targets import Target, Terms
from app.ingest.layouts.targets import SentTarget
from app.ingest.tables import At, fault_at
from app.services.access import author_of
from app.services.holdings import read_holdings
from app.services.import_plans import Differing, ImportTerms, Plan, judge_trusts, move
from app.services.target_drafts import TargetDraft, as_draft, check, first_move, with_provenance
from app.services.target_moves import put_in_force
from app.store import organisations, targets


class _How(Enum):
    """What storing a version comes to."""

    NEW_TARGET = auto()
    NEW_VERSION = auto()
    NEW_EDIT = auto()


@dataclass(frozen=True, slots=True)
class _Write:
    """A version to store.

    Attributes:
        superseded: The version that is in force no longer because of it.
        is_submitted: Whether it is put in force.
    """

    how: _How
    target: Target
    superseded: Target | None
    is_submitted: bool


def plan_targets(
    session: Session,
    sent: Sequence[SentTarget],
    terms: ImportTerms,
    *,
    caller: Caller,
    now: datetime,
) -> Plan:
    """Return what an import of targets would store."""
    plan = Plan()
    desk = _Desk(session, sent, terms, plan, caller=caller, now=now)
    for one in sent:
        desk.judge(one)
    plan.faults.extend(desk.differing.list_faults(terms))
    plan.items.sort(key=lambda item: (item.ods_code, item.name))
    plan.instead = Instead(versions=tuple(desk.versions))
    writes = tuple(desk.writes)

    def store(session: Session, at: datetime) -> None:
        record = replace(desk.record, at=at)
        _store(session, [_stamped(one, desk.record, record) for one in writes], record)

    plan.store = store
    return plan


class _Desk:
    """Judges one target after another.

    Attributes:
        writes: What would be stored.
        versions: The targets as they would be, in all of their versions.
        differing: Targets that are held and differ.
        record: Who imports them; its instant is that of asking.
    """

    def __init__(
        self, session: Session, sent: Sequence[SentTarget], terms: ImportTerms, plan: Plan,
        *, caller: Caller, now: datetime,
    ) -> None:  # fmt: skip
        whose: dict[str, At] = {}
        for one in sent:
            whose.setdefault(one.ods_code, one.at)
        self.writes: list[_Write] = []
        self.versions: list[Versions] = []
        self.differing = Differing()
        self._session, self._plan, self._terms, self._now = session, plan, terms, now
        self.record = Record(now, author_of(caller))
        self._trusts = judge_trusts(session, whose, caller, Action.SET_TARGETS, plan)
        self._registered = organisations.list_some(session, self._trusts)
        self._holdings: dict[str, Holdings] = {}
        self._seen: dict[tuple[str, str], int] = {}

    def judge(self, one: SentTarget) -> None:
        """Add a target to the plan, or its faults."""
        if one.ods_code not in self._trusts:
            return
        try:
            self._judge(one, self._holdings_of(one.ods_code))
        except UnacceptableTarget as error:
            self._plan.faults.extend(self._place(one, error.faults))

    def _judge(self, one: SentTarget, holdings: Holdings) -> None:
        terms = one.terms.set_by(self.record.author)
        draft = TargetDraft(one.measure, one.staff_group, one.cycle, terms)
        first = first_move(1, draft, self.record)
        checked = check(self._session, holdings, draft, first, self._now)
        key = (one.ods_code, checked.id)
        if key in self._seen:
            detail = f"The same target stands in row {self._seen[key]}; give each target once."
            self._plan.faults.append(fault_at(one.at, "duplicate_target", detail))
            return
        self._seen[key] = one.at[1]
        held = next((v for v in holdings.versions if v.newest.id == checked.id), None)
        if held is None:
            self._take(holdings, None, checked, _How.NEW_TARGET)
            return
        newest = held.newest
        wanted = _as_changed(newest.version.terms, one.terms)
        is_same = wanted == newest.version.terms
        if is_same and not (self._terms.submits and held.draft):
            number = newest.version.version
            item = ImportItem(one.ods_code, checked.id, ImportOutcome.UNCHANGED, number, 0)
            self._plan.items.append(item)
            return
        before = as_draft(newest)
        change = with_provenance(replace(before, terms=wanted), before, self.record.author)
        if held.draft is not None:
            version = replace(newest.version, terms=change.terms, edit=newest.version.edit + 1)
            how = _How.NEW_EDIT
        else:
            self.differing.add(f"{checked.id} of {one.ods_code}", None)
            change = replace(change, change_reason=self._terms.reason or "")
            version = first_move(newest.version.version + 1, change, self.record)
            how = _How.NEW_VERSION
        target = check(self._session, holdings, change, version, self._now)
        self._take(holdings, held, target, how)

    def _take(self, holdings: Holdings, held: Versions | None, target: Target, how: _How) -> None:
        old = None
        if self._terms.submits:
            target, old = put_in_force(holdings, held, target, self.record)
        self.writes.append(_Write(how, target, old, self._terms.submits))
        before = held.all if held else ()
        kept = before[:-1] if how is _How.NEW_EDIT else before
        if old is not None and held is not None:
            kept = tuple(old if one is held.in_force else one for one in kept)
        self.versions.append(Versions((*kept, target)))
        changed = _count_changes(held.newest.version.terms if held else None, target)
        outcome = ImportOutcome.REVISED if held else ImportOutcome.NEW
        code, number = target.ods_code, target.version.version
        self._plan.items.append(ImportItem(code, target.id, outcome, number, changed))
        self._plan.changes.append(Change(ChangeKind.TARGET, code, target.id))

    def _holdings_of(self, code: str) -> Holdings:
        if code not in self._holdings:
            self._holdings[code] = read_holdings(self._session, self._registered[code])
        return self._holdings[code]

    @staticmethod
    def _place(one: SentTarget, faults: Sequence[Fault]) -> Iterator[Fault]:
        """Yield the faults of a target at the columns that they are about."""
        table, row, _ = one.at
        for fault in faults:
            names = [name for name in one.columns if fault.pointer.startswith(name)]
            # The longest one is about the smallest part.
            column = one.columns[max(names, key=len)] if names else None
            yield move(fault, (table, row, column))


def _as_changed(held: Terms, sent: Terms) -> Terms:
    """Return the terms that are held with what a file says; what it leaves out stays."""
    approved, rationale = sent.board_approved_on, sent.rationale
    return replace(
        held,
        goal=sent.goal,
        milestones=sent.milestones,
        board_approved_on=held.board_approved_on if approved is None else approved,
        rationale=held.rationale if rationale is None else rationale,
    )


def _count_changes(before: Terms | None, target: Target) -> int:
    """Return how many terms differ; for a new target its goal and its milestones."""
    after = target.version.terms
    if before is None:
        return 1 + len(after.milestones)
    names = ("goal", "milestones", "board_approved_on", "rationale")
    return sum(getattr(before, name) != getattr(after, name) for name in names)


def _store(session: Session, writes: Sequence[_Write], record: Record) -> None:
    targets.add_many(session, [w.target for w in writes if w.how is _How.NEW_TARGET])
    targets.add_versions(session, [w.target for w in writes if w.how is _How.NEW_VERSION])
    for write in writes:
        if write.how is _How.NEW_EDIT:
            targets.add_edit(session, write.target, record)
            if write.is_submitted:
                targets.add_move(session, write.target)
        if write.superseded is not None:
            targets.add_move(session, write.superseded)


def _stamped(write: _Write, planned: Record, record: Record) -> _Write:
    """Return what is stored with the record of the import in place of the one planned with."""
    old = write.superseded
    return replace(
        write,
        target=_with_record(write.target, planned, record),
        superseded=None if old is None else _with_record(old, planned, record),
    )


def _with_record(target: Target, planned: Record, record: Record) -> Target:
    version = target.version
    moves = tuple(
        Move(one.state, record) if one.record is planned else one for one in version.moves
    )
    return replace(target, version=replace(version, moves=moves))
