"""What an import would store, planned from its file and what is held."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from app.domain.callers import Action, Caller
from app.domain.changes import Change
from app.domain.codes import Caution
from app.domain.errors import Fault
from app.domain.holdings import Instead
from app.domain.imports import ImportItem, ImportRemark
from app.domain.organisations import Kind, Organisation
from app.domain.releases import Release
from app.ingest.layouts.common import locate
from app.ingest.tables import At, fault_at
from app.services.access import may
from app.services.revising import CORRECT
from app.store import organisations

SHOWN = 5
"""Things that are named in a sentence; of the others the number is told."""


@dataclass(frozen=True, slots=True)
class ExpectedTotals:
    """What all headcounts of a file come to, in the sender's words."""

    workforce: int
    bme: int


@dataclass(frozen=True, slots=True)
class ImportTerms:
    """How a file is to be imported.

    Attributes:
        reason: Why what is held changes; required when it does.
        correction_note: What everybody is told of it; required when what is held is public.
        expected: What all headcounts come to; None where the file itself has totals.
        submits: Whether targets are put in force, not only drafted.
    """

    reason: str | None = None
    correction_note: str | None = None
    expected: ExpectedTotals | None = None
    submits: bool = False


@dataclass(slots=True)
class Plan:
    """What an import would store.

    Attributes:
        items: What becomes of each thing in the file.
        faults: Why nothing can be stored.
        warnings: What stays with what is stored.
        changes: What would be entered in the ledger.
        instead: What would count then.
        store: Stores it all, given its instant.
        synthetic: Whether the trusts are invented; None where the file has none.
    """

    items: list[ImportItem] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[ImportRemark] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    instead: Instead = field(default_factory=Instead)
    store: Callable[[Session, datetime], None] = lambda _session, _at: None
    synthetic: bool | None = None

    def warn(self, cautions: Iterable[Caution], ods_code: str, name: str) -> None:
        """Add the warnings that stay with one thing."""
        self.warnings.extend(
            ImportRemark(one.code, one.detail, ods_code, name) for one in cautions
        )


@dataclass(slots=True)
class Differing:
    """Things that are held and differ from the file, which takes a reason.

    Attributes:
        names: What differs.
        public: What of it is public, with the edition that holds it.
    """

    names: list[str] = field(default_factory=list)
    public: list[str] = field(default_factory=list)

    def add(self, name: str, released: Release | None) -> None:
        """Take one thing that differs."""
        self.names.append(name)
        if released is not None:
            self.public.append(f"{name} (edition {released.edition})")

    def list_faults(self, terms: ImportTerms) -> list[Fault]:
        """Return what is not said of the changes."""
        faults = []
        if self.names and not terms.reason:
            detail = f"Say why: something else is held of {list_some(self.names)}."
            faults.append(Fault("/reason", "reason_missing", detail))
        if self.public and not terms.correction_note:
            detail = f"What is held of {list_some(self.public)} is public: {CORRECT}"
            faults.append(Fault("/correction_note", "correction_note_missing", detail))
        return faults


def judge_trusts(
    session: Session, whose: Mapping[str, At], caller: Caller, action: Action, plan: Plan
) -> dict[str, Organisation]:
    """Return the trusts in a file that a caller may write for; all others are faults.

    Args:
        session: In a transaction.
        whose: Where each ODS code stands first.
        caller: Who sends the file.
        action: What it takes.
        plan: Takes the faults.
    """
    registered = organisations.list_some(session, whose)
    found = {}
    for code, at in whose.items():
        entry = registered.get(code)
        if entry is None or entry.organisation.kind is not Kind.TRUST:
            detail = f"No trust has the ODS code {code}."
            plan.faults.append(fault_at(at, "trust_not_found", detail))
        elif not may(session, caller, action, entry.organisation):
            detail = f"A token with the role {caller.role} may not write for {code}."
            plan.faults.append(fault_at(at, "not_allowed", detail))
        else:
            found[code] = entry.organisation
    _refuse_mixture(found, whose, plan)
    return found


def _refuse_mixture(
    trusts: Mapping[str, Organisation], whose: Mapping[str, At], plan: Plan
) -> None:
    invented = [code for code, one in trusts.items() if one.is_synthetic]
    real = [code for code, one in trusts.items() if not one.is_synthetic]
    if trusts:
        plan.synthetic = bool(invented)
    if invented and real:
        last = max(invented[0], real[0], key=list(trusts).index)
        detail = (
            f"{invented[0]} is invented and {real[0]} is real; figures of the two never stand"
            " beside each other."
        )
        plan.faults.append(fault_at(whose[last], "invented_and_real", detail))


def put_in_place(faults: Iterable[Fault], where: Sequence[At], otherwise: At) -> list[Fault]:
    """Return faults of a body with their places in the file that it came from.

    Args:
        faults: With pointers such as `/headcounts/3`.
        where: Where each item of the list stands.
        otherwise: Where what is no item of it stands.
    """
    placed = []
    for one in faults:
        at = locate(where, one.pointer) or otherwise
        detail = _ITEM.sub(lambda match: _name(where[int(match[1])]), one.detail)
        placed.append(_placed(at, one, detail))
    return placed


def find_source_faults(without: Sequence[At]) -> list[Fault]:
    """Return the fault of not saying where figures come from, at the first of those."""
    detail = "Say where the figures come from: in a column “Source”, or as source with the file."
    return [fault_at(at, "missing", detail) for at in without[:1]]


def move(one: Fault, at: At) -> Fault:
    """Return a fault at its place in a file."""
    return _placed(at, one, one.detail)


def list_some(names: Sequence[str]) -> str:
    """Return names as they are listed in sentences, not too many."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _placed(at: At, one: Fault, detail: str) -> Fault:
    return fault_at(at, one.code, detail)


def _name(at: At) -> str:
    table, row, column = at
    place = table.place(row, column)
    cell = f"{place.column or 'row '}{row}"
    return f"{place.sheet}!{cell}" if place.sheet else cell


_ITEM = re.compile(r"/(?:headcounts|members)/([0-9]+)")
