"""What is stored of each thing that can change, as one digest.

A thing is what a change names: a trust's headcounts at a census, a target, a token. Its digest is
of every row of its tables, read back, whichever database keeps them. A column in which the thing
has nothing is left out, so that a column that comes later leaves older digests as they are.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Integer, Row, Select, Table, select
from sqlmodel import Session

from app.domain.audit import EMPTY, digest
from app.domain.changes import Change, ChangeKind
from app.store import rows
from app.store.dumps import as_plain

REGISTER: Final = Change(ChangeKind.REGISTER)
"""Successions, censuses and cycles, which are one thing."""

MOST_NAMED: Final = 400
"""Things or organisations that one query names; of more, everything is read."""


@dataclass(frozen=True, slots=True)
class Part:
    """A table that holds rows of things of one kind.

    Attributes:
        ods_code: The column that says whose the thing is; None where things are nobody's.
        name: The column that says what it is called there; None where it has no name.
    """

    table: Table
    ods_code: str | None = None
    name: str | None = None


def _parts(ods_code: str | None, name: str | None, *classes: type[rows.Row]) -> tuple[Part, ...]:
    return tuple(Part(rows.table_of(one), ods_code, name) for one in classes)


PARTS: Final[Mapping[ChangeKind, tuple[Part, ...]]] = {
    ChangeKind.REGISTER: _parts(None, None, rows.SuccessionRow, rows.CensusRow, rows.CycleRow),
    ChangeKind.ORGANISATION: _parts(
        "ods_code", None,
        rows.OrganisationRow, rows.OrganisationRevisionRow, rows.OrganisationFactRow,
        rows.OrganisationAliasRow,
    ),
    ChangeKind.CENSUS: _parts(None, "year", rows.CensusRevisionRow, rows.CensusExtensionRow),
    ChangeKind.ACTUALS: _parts(
        "ods_code", "year",
        rows.ActualsRevisionRow, rows.ActualsCoverRow, rows.ActualsWarningRow, rows.HeadcountRow,
    ),
    ChangeKind.SIGN_OFF: _parts("ods_code", "year", rows.SignOffRow),
    ChangeKind.BOARD: _parts(
        "ods_code", "year", rows.BoardRevisionRow, rows.BoardWarningRow, rows.BoardSeatRow
    ),
    ChangeKind.INDICATORS: _parts(
        "ods_code", "year",
        rows.IndicatorRevisionRow, rows.IndicatorWarningRow, rows.IndicatorPoolRow,
        rows.IndicatorSurveyRow,
    ),
    ChangeKind.EXPLANATION: _parts("ods_code", "warning_id", rows.ExplanationRow),
    ChangeKind.RELEASE: _parts("ods_code", "year", rows.ReleaseRow),
    ChangeKind.TARGET: _parts(
        "ods_code", "target_id",
        rows.TargetRow, rows.TargetVersionRow, rows.TargetMilestoneRow, rows.TargetMoveRow,
    ),
    ChangeKind.COMMENT: _parts("ods_code", "target_id", rows.TargetCommentRow),
    ChangeKind.ACTION_PLAN: _parts(
        "ods_code", "cycle",
        rows.ActionPlanRow, rows.ActionPlanTargetRow, rows.ActionRow, rows.PlanReviewRow,
    ),
    ChangeKind.EXPERT: (
        *_parts(None, "id", rows.ExpertRow),
        *_parts(None, "expert_id", rows.ExpertRevisionRow, rows.ExpertSupportRow),
    ),
    ChangeKind.IMPORT: (
        *_parts(None, "id", rows.ImportRecordRow),
        *_parts(None, "import_id", rows.ImportItemRow, rows.ImportWarningRow),
    ),
    ChangeKind.TOKEN: (
        *_parts(None, "id", rows.TokenRow),
        *_parts(None, "token_id", rows.TokenOrganisationRow),
    ),
}  # fmt: skip
"""Where things of each kind are; what a cycle says is part of the register."""

LEFT_OUT: Final[Mapping[str, str]] = {
    "ledger": "the chain itself tells what its one row has to be",
    "change": "each row stands in an entry of its own",
    "audit_entry": "it is the chain",
}
"""Tables that no digest is of, and why."""

UNWATCHED: Final[frozenset[tuple[str, str]]] = frozenset()
"""Columns (table, column) that change without a change being entered, so no digest is of them."""


def thing_of(change: Change) -> Change:
    """Return what a change changes, as things are told apart."""
    match change.kind:
        case ChangeKind.REGISTER | ChangeKind.CYCLE:
            return REGISTER
        case ChangeKind.IMPORT | ChangeKind.TOKEN | ChangeKind.EXPERT | ChangeKind.CENSUS:
            return Change(change.kind, None, change.name)
        case _:
            return change


def path_of(thing: Change) -> str:
    """Return what a thing is called in the audit."""
    return "/".join(part for part in (thing.kind.value, thing.ods_code, thing.name) if part)


def digest_things(session: Session, things: Iterable[Change]) -> dict[str, str]:
    """Return the digest of what is stored of each thing, by what it is called."""
    wanted: dict[ChangeKind, set[Change]] = defaultdict(set)
    for thing in things:
        wanted[thing.kind].add(thing)
    found = {path_of(thing): EMPTY for some in wanted.values() for thing in some}
    for kind, some in wanted.items():
        found |= _digest_kind(session, kind, some)
    return found


def digest_everything(session: Session) -> dict[str, str]:
    """Return the digest of each thing of which anything is stored, by what it is called."""
    return {
        path: made for kind in PARTS for path, made in _digest_kind(session, kind, None).items()
    }


def find_things(session: Session, kind: ChangeKind) -> dict[str, Change]:
    """Return every thing of a kind of which anything may be stored, by what it is called."""
    if kind is REGISTER.kind:
        return {path_of(REGISTER): REGISTER}
    found = {}
    for part in PARTS[kind]:
        keys = [part.table.c[name] for name in (part.ods_code, part.name) if name]
        for row in session.execute(select(*keys).distinct()):
            thing = _thing(kind, part, tuple(row))
            found[path_of(thing)] = thing
    return found


def _digest_kind(
    session: Session, kind: ChangeKind, wanted: Collection[Change] | None
) -> dict[str, str]:
    """Return digests of things of a kind; of everything of the kind where none are named."""
    encoded: dict[Change, list[str]] = defaultdict(list)
    for part in PARTS[kind]:
        for thing, some in _read(session, kind, part, wanted).items():
            if wanted is None or thing in wanted:
                encoded[thing].append(_encode(part.table, some))
    return {path_of(thing): digest(parts) for thing, parts in encoded.items()}


def _read(
    session: Session, kind: ChangeKind, part: Part, wanted: Collection[Change] | None
) -> dict[Change, list[Row[Any]]]:
    """Return the rows of a part by thing; those of more things where that is quicker."""
    query = select(*_watched(part.table))
    if wanted is not None:
        query = _narrow(query, part, wanted)
    columns = list(query.selected_columns.keys())
    key = [columns.index(name) for name in (part.ods_code, part.name) if name]
    by_key: dict[Any, list[Row[Any]]] = defaultdict(list)
    key_of = itemgetter(*key) if key else (lambda _row: ())
    for row in session.execute(query):
        by_key[key_of(row)].append(row)
    return {
        _thing(kind, part, one if len(key) != 1 else (one,)): some for one, some in by_key.items()
    }


def _narrow(query: Select[Any], part: Part, wanted: Collection[Change]) -> Select[Any]:
    """Return a query for the rows of some things, or of more where they are many."""
    of_codes = {one.ods_code for one in wanted if one.ods_code is not None}
    if part.ods_code and len(of_codes) <= MOST_NAMED:
        query = query.where(part.table.c[part.ods_code].in_(sorted(of_codes)))
    if part.name and len(names := {one.name for one in wanted}) <= MOST_NAMED:
        column = part.table.c[part.name]
        kind = int if isinstance(column.type, Integer) else str
        query = query.where(column.in_(sorted(kind(one) for one in names if one is not None)))
    return query


def _thing(kind: ChangeKind, part: Part, key: Sequence[object]) -> Change:
    values = iter(key)
    return Change(
        kind,
        str(next(values)) if part.ods_code else None,
        str(next(values)) if part.name else None,
    )


def _watched(table: Table) -> list[Any]:
    return [one for one in table.columns if (table.name, one.name) not in UNWATCHED]


def _encode(table: Table, some: Iterable[Row[Any]]) -> str:
    """Return rows as JSON: the table, the columns that have anything, and their values."""
    columns = _watched(table)
    key = [at for at, one in enumerate(columns) if one.primary_key]
    ordered = sorted(some, key=itemgetter(*key))
    empty = {
        at
        for at, one in enumerate(columns)
        if one.nullable and all(row[at] is None for row in ordered)
    }
    names = [one.name for at, one in enumerate(columns) if at not in empty]
    values: Iterator[Sequence[object]] = (
        (tuple(value for at, value in enumerate(row) if at not in empty) for row in ordered)
        if empty
        else (tuple(row) for row in ordered)
    )
    return json.dumps(
        [table.name, names, list(values)],
        ensure_ascii=False,
        separators=(",", ":"),
        default=as_plain,
    )
