"""Importing headcounts: those of many trusts and censuses judged and stored at once.

What is held is read in a few queries; every rule is the one that a single return is held to.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from app.domain.actuals import (
    Actuals,
    ActualsRevision,
    Headcounts,
    add_up,
    find_cautions,
    find_cell_faults,
)
from app.domain.bands import EthnicGroup
from app.domain.callers import Action, Caller
from app.domain.censuses import Census
from app.domain.changes import Change, ChangeKind
from app.domain.control_totals import find_disagreements
from app.domain.counts import Count
from app.domain.errors import Fault
from app.domain.holdings import Instead
from app.domain.imports import ImportItem, ImportOutcome
from app.domain.records import Record
from app.domain.series import Lineage
from app.ingest.layouts.actuals import SentActuals, find_uncontrolled
from app.ingest.tables import At, fault_at
from app.services.access import author_of
from app.services.actuals import find_before, find_cover_faults
from app.services.import_plans import (
    Differing,
    ImportTerms,
    Plan,
    judge_trusts,
    list_some,
    move,
    put_in_place,
)
from app.services.lineages import read_lineages
from app.services.windows import judge_window
from app.store import actuals, censuses, organisations

_NOBODY = Count()


def plan_actuals(
    session: Session,
    sent: Sequence[SentActuals],
    terms: ImportTerms,
    *,
    is_doubtful: bool,
    caller: Caller,
    now: datetime,
) -> Plan:
    """Return what an import of headcounts would store.

    Args:
        session: In a transaction.
        sent: What the file has.
        terms: How it is to be imported.
        is_doubtful: Whether something was left out for a fault, so that totals cannot be right.
        caller: Who sends it.
        now: The instant.
    """
    plan = Plan()
    counted = [(one, add_up(one.cells)) for one in sent]
    plan.faults.extend(_find_total_faults(counted, terms, is_doubtful=is_doubtful))
    desk = _Desk(session, sent, terms, plan, caller=caller, now=now)
    for one, headcounts in sorted(counted, key=lambda pair: (pair[0].ods_code, pair[0].year)):
        desk.judge(one, headcounts, is_doubtful=is_doubtful)
    plan.faults.extend(desk.differing.list_faults(terms))
    made = tuple(desk.made)
    plan.instead = Instead(actuals=made)

    def store(session: Session, at: datetime) -> None:
        stamped = [replace(one, record=replace(one.record, at=at)) for one in made]
        actuals.add_many(session, stamped)

    plan.store = store
    return plan


class _Desk:
    """Judges one return after another, against what is held of all trusts in the file.

    Attributes:
        made: The revisions that would be stored.
        differing: What is held and differs.
    """

    def __init__(
        self, session: Session, sent: Sequence[SentActuals], terms: ImportTerms, plan: Plan,
        *, caller: Caller, now: datetime,
    ) -> None:  # fmt: skip
        whose: dict[str, At] = {}
        for one in sent:
            whose.setdefault(one.ods_code, one.at)
        self.made: list[ActualsRevision] = []
        self.differing = Differing()
        self._plan, self._terms, self._today = plan, terms, now.date()
        self._record = Record(now, author_of(caller), terms.reason)
        self._trusts = judge_trusts(session, whose, caller, Action.WRITE_FIGURES, plan)
        self._lineages: dict[str, Lineage] = read_lineages(session, self._trusts.values())
        self._censuses: dict[int, Census] = {c.year: c for c in censuses.list_all(session)}
        covered = {code for one in sent for code in one.said.covers or ()}
        self._members = organisations.list_some(session, covered) if covered else {}
        self._series: dict[str, dict[int, ActualsRevision]] = {c: {} for c in self._trusts}
        for held in actuals.of_trusts(session, self._trusts):
            self._series[held.ods_code][held.year] = held

    def judge(self, one: SentActuals, headcounts: Headcounts, *, is_doubtful: bool) -> None:
        """Add a return, and what its cells come to, to the plan, or its faults."""
        code, year = one.ods_code, one.year
        if code not in self._trusts:
            return
        faults = self._find_faults(one)
        if not is_doubtful and not faults:
            faults = [
                fault_at(at, "total_disagrees", detail)
                for at, detail in find_disagreements(one.claims, headcounts)
            ]
        if faults or one.said.source is None:
            self._plan.faults.extend(faults)
            return
        covers = one.said.covers or (code,)
        self._take(code, year, Actuals(one.said.source, covers, one.said.notes, headcounts))

    def _find_faults(self, one: SentActuals) -> list[Fault]:
        lineage = self._lineages[one.ods_code]
        census = self._censuses.get(one.year)
        closed = judge_window(census, lineage, one.year, self._today)
        covers = find_cover_faults(
            lineage, one.year, one.said.covers, self._members, is_told=bool(closed)
        )
        covers_at = one.said.at.get("covers", one.at)
        faults = [move(fault, one.at) for fault in closed]
        faults += [move(fault, covers_at) for fault in covers]
        faults += put_in_place(find_cell_faults(one.cells), one.where, one.at)
        if not one.cells:
            detail = f"Nothing but totals is there of {one.ods_code} for {one.year}."
            faults.append(fault_at(one.at, "no_rows", detail))
        return faults

    def _take(self, code: str, year: int, sent: Actuals) -> None:
        series, name = self._series[code], str(year)
        held = series.get(year)
        if held is not None and held.actuals == sent:
            item = ImportItem(code, name, ImportOutcome.UNCHANGED, held.revision, 0)
            self._plan.items.append(item)
            return
        if held is not None:
            self.differing.add(f"{code} for {year}", held.released)
        earlier = [series[y] for y in sorted(series) if y < year]
        before = find_before(earlier, self._lineages[code], year, sent.covers)
        revision = ActualsRevision(
            ods_code=code,
            year=year,
            revision=held.revision + 1 if held else 1,
            actuals=sent,
            record=self._record,
            cautions=find_cautions(sent, before),
            correction_note=self._terms.correction_note if held else None,
        )
        series[year] = revision
        self.made.append(revision)
        outcome = ImportOutcome.REVISED if held else ImportOutcome.NEW
        changed = count_changes(held.actuals.headcounts if held else {}, sent.headcounts)
        item = ImportItem(code, name, outcome, revision.revision, changed)
        self._plan.items.append(item)
        self._plan.warn(revision.cautions, code, name)
        self._plan.changes.append(Change(ChangeKind.ACTUALS, code, name))


def count_changes(before: Headcounts, after: Headcounts) -> int:
    """Return how many headcounts of a staff group, band and ethnic group differ."""
    if not before:
        return sum(bool(c.white) + bool(c.bme) + bool(c.unknown) for c in after.values())
    changed = 0
    for pair in {**before, **after}:
        then, now = before.get(pair, _NOBODY), after.get(pair, _NOBODY)
        if then != now:
            changed += sum(getattr(then, g.value) != getattr(now, g.value) for g in EthnicGroup)
    return changed


def _find_total_faults(
    counted: Sequence[tuple[SentActuals, Headcounts]], terms: ImportTerms, *, is_doubtful: bool
) -> list[Fault]:
    """Return what is wrong with the source and the totals of a file as a whole."""
    faults = []
    sent = [one for one, _ in counted]
    without_source = [one for one in sent if one.said.source is None]
    if without_source:
        detail = (
            "Say where the figures come from: in a column “Source”, or as source with the file."
        )
        faults.append(fault_at(without_source[0].at, "missing", detail))
    if terms.expected is None:
        bare = find_uncontrolled(sent)
        if bare and not is_doubtful:
            names = list_some([f"{one.ods_code} for {one.year}" for one in bare])
            detail = (
                f"Nothing states what the headcounts of {names} come to, so a lost row would not"
                " be noticed; add a column or a row Total, or give expected_workforce and"
                " expected_bme with the file."
            )
            faults.append(fault_at(bare[0].at, "control_total_missing", detail))
    elif not is_doubtful:
        whole = Count.sum(count for _, headcounts in counted for count in headcounts.values())
        for name, said, in_cells in (
            ("workforce", terms.expected.workforce, whole.total),
            ("bme", terms.expected.bme, whole.bme),
        ):
            if said != in_cells:
                detail = f"{said} are expected, the cells of the file come to {in_cells}."
                faults.append(Fault(f"/expected_{name}", "total_disagrees", detail))
    return faults
