"""Importing boards: those of many trusts and censuses judged and stored at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from app.domain.boards import (
    Board,
    BoardRevision,
    Seats,
    find_cautions,
    find_member_faults,
    seat,
)
from app.domain.callers import Action, Caller
from app.domain.changes import Change, ChangeKind
from app.domain.counts import Count
from app.domain.holdings import Instead
from app.domain.imports import ImportItem, ImportOutcome
from app.domain.records import Record
from app.domain.releases import find_holding
from app.ingest.layouts.boards import SentBoard
from app.ingest.tables import At
from app.services.access import author_of
from app.services.import_plans import (
    Differing,
    ImportTerms,
    Plan,
    find_source_faults,
    judge_trusts,
    move,
    put_in_place,
)
from app.services.lineages import read_lineages
from app.services.windows import judge_window
from app.store import boards, censuses, releases

_NOBODY = Count()


def plan_boards(
    session: Session,
    sent: Sequence[SentBoard],
    terms: ImportTerms,
    *,
    caller: Caller,
    now: datetime,
) -> Plan:
    """Return what an import of boards would store."""
    plan, differing = Plan(), Differing()
    whose: dict[str, At] = {}
    for one in sent:
        whose.setdefault(one.ods_code, one.at)
    trusts = judge_trusts(session, whose, caller, Action.WRITE_FIGURES, plan)
    lineages = read_lineages(session, trusts.values())
    known = {census.year: census for census in censuses.list_all(session)}
    held = {(one.ods_code, one.year): one for one in boards.of_trusts(session, trusts)}
    made_public = releases.list_covering(session, trusts)
    record = Record(now, author_of(caller), terms.reason)
    made: list[BoardRevision] = []
    without = [one.at for one in sent if one.said.source is None]
    plan.faults.extend(find_source_faults(without))
    for one in sorted(sent, key=lambda one: (one.ods_code, one.year)):
        code, year, name = one.ods_code, one.year, str(one.year)
        if code not in trusts:
            continue
        closed = judge_window(known.get(year), lineages[code], year, now.date())
        faults = [move(fault, one.at) for fault in closed]
        faults += put_in_place(find_member_faults(one.members), one.where, one.at)
        if faults or one.said.source is None:
            plan.faults.extend(faults)
            continue
        board, before = Board(one.said.source, seat(one.members)), held.get((code, year))
        if before is not None and before.board == board:
            item = ImportItem(code, name, ImportOutcome.UNCHANGED, before.revision, 0)
            plan.items.append(item)
            continue
        if before is not None:
            at = before.record.at
            public = find_holding(made_public, code, year, at, None)
            differing.add(f"the board of {code} for {year}", public)
        revision = BoardRevision(
            ods_code=code,
            year=year,
            revision=before.revision + 1 if before else 1,
            board=board,
            record=record,
            cautions=find_cautions(board),
            correction_note=terms.correction_note if before else None,
        )
        made.append(revision)
        outcome = ImportOutcome.REVISED if before else ImportOutcome.NEW
        changed = _count_changes(before.board.seats if before else {}, board.seats)
        plan.items.append(ImportItem(code, name, outcome, revision.revision, changed))
        plan.warn(revision.cautions, code, name)
        plan.changes.append(Change(ChangeKind.BOARD, code, name))
    plan.faults.extend(differing.list_faults(terms))
    plan.instead = Instead(boards=tuple(made))

    def store(session: Session, at: datetime) -> None:
        stamped = [replace(one, record=replace(one.record, at=at)) for one in made]
        boards.add_many(session, stamped)

    plan.store = store
    return plan


def _count_changes(before: Seats, after: Seats) -> int:
    """Return how many kinds of seat have other people of some ethnic group."""
    names = ("white", "bme", "unknown")
    pairs: Mapping[tuple[bool, bool], Count] = {**before, **after}
    return sum(
        getattr(before.get(kind, _NOBODY), name) != getattr(after.get(kind, _NOBODY), name)
        for kind in pairs
        for name in names
    )
