"""Importing indicators: those of many trusts and censuses judged and stored at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from app.domain.bands import EthnicGroup
from app.domain.callers import Action, Caller
from app.domain.changes import Change, ChangeKind
from app.domain.errors import Fault
from app.domain.imports import ImportItem, ImportOutcome
from app.domain.indicator_checks import find_cautions, find_indicator_faults
from app.domain.indicators import (
    WHOLE,
    Answers,
    Indicators,
    IndicatorsRevision,
    Narrowing,
    Pool,
    settle,
)
from app.domain.records import Record
from app.domain.releases import find_holding
from app.ingest.layouts.sent_indicators import SentIndicators
from app.ingest.tables import At
from app.services.access import author_of
from app.services.import_plans import (
    Differing,
    ImportTerms,
    Plan,
    find_source_faults,
    judge_trusts,
    move,
)
from app.services.lineages import read_lineages
from app.services.windows import judge_window
from app.store import censuses, indicators, releases


def plan_indicators(
    session: Session,
    sent: Sequence[SentIndicators],
    terms: ImportTerms,
    *,
    caller: Caller,
    now: datetime,
) -> Plan:
    """Return what an import of indicators would store."""
    plan, differing = Plan(), Differing()
    whose: dict[str, At] = {}
    for one in sent:
        whose.setdefault(one.ods_code, one.at)
    trusts = judge_trusts(session, whose, caller, Action.WRITE_FIGURES, plan)
    lineages = read_lineages(session, trusts.values())
    known = {census.year: census for census in censuses.list_all(session)}
    held = {(one.ods_code, one.year): one for one in indicators.of_trusts(session, trusts)}
    made_public = releases.list_covering(session, trusts)
    record = Record(now, author_of(caller), terms.reason)
    made: dict[tuple[str, int], IndicatorsRevision] = {}
    without = [one.at for one in sent if one.said.source is None]
    plan.faults.extend(find_source_faults(without))
    for one in sorted(sent, key=lambda one: (one.ods_code, one.year)):
        code, year, name = one.ods_code, one.year, str(one.year)
        if code not in trusts:
            continue
        closed = judge_window(known.get(year), lineages[code], year, now.date())
        faults = [move(fault, one.at) for fault in closed]
        faults += _find_faults(one)
        if faults or one.said.source is None or not one.is_whole:
            plan.faults.extend(faults)
            continue
        told, before = (
            settle(one.said.source, one.said.notes, one.to_sent()),
            held.get((code, year)),
        )
        if before is not None and before.indicators == told:
            item = ImportItem(code, name, ImportOutcome.UNCHANGED, before.revision, 0)
            plan.items.append(item)
            continue
        if before is not None:
            at = before.record.at
            public = find_holding(made_public, code, year, at, None)
            differing.add(f"the indicators of {code} for {year}", public)
        # Of the year before counts what this file says, as if it had been put first.
        earlier = made.get((code, year - 1)) or held.get((code, year - 1))
        revision = IndicatorsRevision(
            ods_code=code,
            year=year,
            revision=before.revision + 1 if before else 1,
            indicators=told,
            record=record,
            cautions=find_cautions(told, earlier.indicators if earlier else None),
            correction_note=terms.correction_note if before else None,
        )
        made[code, year] = revision
        outcome = ImportOutcome.REVISED if before else ImportOutcome.NEW
        changed = _count_changes(before.indicators if before else None, told)
        plan.items.append(ImportItem(code, name, outcome, revision.revision, changed))
        plan.warn(revision.cautions, code, name)
        plan.changes.append(Change(ChangeKind.INDICATORS, code, name))
    plan.faults.extend(differing.list_faults(terms))

    def store(session: Session, at: datetime) -> None:
        stamped = [replace(one, record=replace(one.record, at=at)) for one in made.values()]
        indicators.add_many(session, stamped)

    plan.store = store
    return plan


def _find_faults(one: SentIndicators) -> list[Fault]:
    """Return the faults that indicators would have when they are put, at their places."""
    found = find_indicator_faults(one.to_sent(), one.year)
    return [move(_in_words_of_files(fault), one.locate(fault.pointer)) for fault in found]


def _in_words_of_files(fault: Fault) -> Fault:
    """Return a fault that tells what to do in a cell, in which nobody writes null."""
    return replace(fault, detail=fault.detail.replace("send null", "leave the cell empty"))


def _count_changes(before: Indicators | None, after: Indicators) -> int:
    """Return how many figures of an ethnic group differ."""
    old = _list_figures(before) if before else {}
    new = _list_figures(after)
    return sum(old.get(key) != new.get(key) for key in {**old, **new})


def _list_figures(
    told: Indicators,
) -> Mapping[tuple[int, Narrowing, EthnicGroup], Pool | Answers]:
    pools = {
        (number, whose, group): pool
        for number, one in told.pools.items()
        for whose, cell in one.cells.items()
        for group, pool in cell.by_group().items()
    }
    answers = {
        (number, WHOLE, group): answer
        for number, one in told.surveys.items()
        for group, answer in one.groups.items()
    }
    return {**pools, **answers}
