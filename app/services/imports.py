"""Importing files of figures: checked whole, previewed, then stored whole or not at all."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from sqlmodel import Session

from app.domain.callers import Action, Caller, Role
from app.domain.changes import Change, ChangeKind
from app.domain.effects import Effect, compare
from app.domain.errors import Fault, RevisionStale, UnacceptableImport
from app.domain.imports import Import, ImportKind, ImportRemark
from app.domain.records import Record
from app.ingest.grids import column_number
from app.ingest.imports import ReadFile
from app.ingest.layouts.actuals import SentActuals
from app.ingest.layouts.boards import SentBoard
from app.ingest.layouts.sent_indicators import SentIndicators
from app.ingest.layouts.targets import SentTarget
from app.services.access import author_of, list_own_codes, refuse_beside_others, require_role
from app.services.effects import list_affected, read_standings
from app.services.import_actuals import plan_actuals
from app.services.import_boards import plan_boards
from app.services.import_indicators import plan_indicators
from app.services.import_plans import ImportTerms, Plan
from app.services.import_targets import plan_targets
from app.store import imports, ledger

MOST_COMPARED: Final = 25
"""Trusts whose standing is compared for a preview; of the others the number is told."""

_PREFIX = "i"
_ID_BYTES = 6

_TAKES = {
    ImportKind.ACTUALS: Action.WRITE_FIGURES,
    ImportKind.BOARD: Action.WRITE_FIGURES,
    ImportKind.TARGETS: Action.SET_TARGETS,
    ImportKind.INDICATORS: Action.WRITE_FIGURES,
}
"""What it takes to import each kind."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file.

    Attributes:
        made: The import; one that was not stored has no identifier.
        is_stored: Whether it was stored now.
        is_repeated: Whether the same file was imported before, and nothing was left to change.
        effects: Of a preview: the measures that would stand elsewhere.
        left_out: Of a preview: trusts that were not compared, being too many.
    """

    made: Import
    is_stored: bool
    is_repeated: bool = False
    effects: Sequence[Effect] = ()
    left_out: int = 0

    @property
    def outcome(self) -> str:
        """In a word what became of it."""
        if self.is_stored:
            return "stored"
        return "repeated" if self.is_repeated else "previewed"


@dataclass(frozen=True, slots=True)
class Imports:
    """A page of imports, newest first.

    Attributes:
        has_more: Whether there are older ones.
    """

    items: Sequence[Import]
    has_more: bool


def require_importer(caller: Caller, kind: ImportKind) -> None:
    """Refuse a caller who may import nothing of a kind, whatever is in the file.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller's role does not allow it.
    """
    require_role(caller, _TAKES[kind])


def tag_of(made: Import) -> str:
    """Return what stands for all that an import does, or would do, whoever does it and when."""
    told = (made.kind, made.file.sha256, [*made.items], [*made.warnings], made.record.reason)
    content = repr((*told, made.correction_note)).encode()
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def import_file(
    session: Session,
    *,
    read: ReadFile,
    terms: ImportTerms,
    caller: Caller,
    now: datetime,
    foreseen: str | None = None,
) -> Imported:
    """Store all that a file says, or nothing; the same again changes nothing.

    Args:
        session: In a writing transaction.
        read: The file.
        terms: How it is to be imported.
        caller: Who sends it.
        now: The instant.
        foreseen: The tag of the preview that the caller agreed to; None for whatever comes of it.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller's role may not write.
        UnacceptableImport: The file has faults, all of which are listed.
        SyntheticBesideReal: Figures of the other sort are held.
        RevisionStale: Something else would come of it than was foreseen.
    """
    ledger.take_turn(session)
    plan = _plan(session, read, terms, caller, now)
    made = _make(read, plan, terms, caller, now)
    if foreseen is not None and foreseen != tag_of(made):
        raise RevisionStale(held=tag_of(made))
    if not made.has_changed_anything:
        same = imports.find_same(session, read.kind, read.file.sha256)
        if same is not None:
            return Imported(same, is_stored=False, is_repeated=True)
    id_ = f"{_PREFIX}{secrets.token_hex(_ID_BYTES)}"
    whose = next(iter(made.codes)) if len(made.codes) == 1 else None
    at = ledger.stamp(session, now, *plan.changes, Change(ChangeKind.IMPORT, whose, id_))
    plan.store(session, at)
    made = _make(read, plan, terms, caller, at, id_=id_)
    imports.add(session, made)
    return Imported(made, is_stored=True)


def preview_import(
    session: Session,
    *,
    read: ReadFile,
    terms: ImportTerms,
    caller: Caller,
    now: datetime,
    most_compared: int = MOST_COMPARED,
) -> Imported:
    """Return what an import would do: what it would store, and which measures would change.

    It stores nothing, and keeps nobody from writing.

    Args:
        session: A reading session.
        read: The file.
        terms: How it would be imported.
        caller: Who asks.
        now: The instant.
        most_compared: Trusts whose standing is compared at most; each takes some 0.3 seconds.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller's role may not write.
        UnacceptableImport: The file has faults, all of which are listed.
        SyntheticBesideReal: Figures of the other sort are held.
    """
    plan = _plan(session, read, terms, caller, now)
    # No measure depends on indicators, so nobody stands elsewhere for them.
    moving = [] if read.kind is ImportKind.INDICATORS else plan.changes
    changed = {one.ods_code for one in moving if one.ods_code is not None}
    affected = list_affected(session, changed) if changed else []
    compared = affected[:most_compared]
    effects = compare(
        read_standings(session, compared),
        read_standings(session, compared, instead=plan.instead),
    )
    made = _make(read, plan, terms, caller, now)
    return Imported(
        made, is_stored=False, effects=effects, left_out=len(affected[len(compared) :])
    )


def get_import(session: Session, *, import_id: str, caller: Caller) -> Import:
    """Return an import.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller's role sees no imports.
        ImportNotFound: There is none, or it has figures of others.
    """
    require_role(caller, Action.READ_IMPORTS)
    return imports.get(session, import_id, own=_own(session, caller))


def list_imports(
    session: Session, *, caller: Caller, before: datetime | None, limit: int
) -> Imports:
    """Return the imports that a caller may see, newest first.

    Raises:
        TokenInvalid: The caller has no token.
        NotAllowed: The caller's role sees no imports.
    """
    require_role(caller, Action.READ_IMPORTS)
    own = _own(session, caller)
    found = imports.list_some(session, own=own, before=before, limit=limit + 1)
    return Imports(found[:limit], len(found) > limit)


def _own(session: Session, caller: Caller) -> frozenset[str] | None:
    """Return the trusts whose imports a caller may see; None for all."""
    if caller.role is Role.NATIONAL:
        return None
    return list_own_codes(session, caller) if caller.role is Role.TRUST else caller.organisations


def _plan(
    session: Session, read: ReadFile, terms: ImportTerms, caller: Caller, now: datetime
) -> Plan:
    """Return what a file would store; refuse it with all of its faults."""
    require_importer(caller, read.kind)
    match read.kind:
        case ImportKind.ACTUALS:
            plan = plan_actuals(
                session,
                cast("Sequence[SentActuals]", read.sent),
                terms,
                is_doubtful=read.is_doubtful,
                caller=caller,
                now=now,
            )
        case ImportKind.BOARD:
            boards = cast("Sequence[SentBoard]", read.sent)
            plan = plan_boards(session, boards, terms, caller=caller, now=now)
        case ImportKind.INDICATORS:
            indicators = cast("Sequence[SentIndicators]", read.sent)
            plan = plan_indicators(session, indicators, terms, caller=caller, now=now)
        case _:
            targets = cast("Sequence[SentTarget]", read.sent)
            plan = plan_targets(session, targets, terms, caller=caller, now=now)
    faults = [*read.faults, *plan.faults]
    if faults:
        remarks = [(one.code, one.detail) for one in read.remarks]
        raise UnacceptableImport(read.file.name, _in_order(faults, read.sheets), remarks)
    if plan.synthetic is not None and read.kind is not ImportKind.TARGETS:
        refuse_beside_others(session, synthetic=plan.synthetic)
    return plan


def _in_order(faults: Sequence[Fault], sheets: Sequence[str | None]) -> list[Fault]:
    """Return faults in the order of the file; those of no place first."""
    order = {name: number for number, name in enumerate(sheets)}

    def key(one: Fault) -> tuple[int, int, int]:
        place = one.place
        if place is None:
            return (-1, 0, 0)
        return (order[place.sheet], place.row or 0, column_number(place.column or ""))

    return sorted(faults, key=key)


def _make(
    read: ReadFile, plan: Plan, terms: ImportTerms, caller: Caller, at: datetime, *, id_: str = ""
) -> Import:
    remarks = [ImportRemark(one.code, one.detail) for one in read.remarks]
    return Import(
        id=id_,
        kind=read.kind,
        file=read.file,
        items=tuple(plan.items),
        warnings=(*remarks, *plan.warnings),
        record=Record(at, author_of(caller), terms.reason),
        correction_note=terms.correction_note,
    )
