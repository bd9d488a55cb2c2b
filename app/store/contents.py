"""What is stored of each thing that can change, as one digest.

A thing is what a change names: a trust's headcounts at a census, a target, a token. Its digest is
of every row of its tables, read back, whichever database keeps them. A column in which the thing
has nothing is left out, so that a column that comes later leaves older digests as they are.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import BigInteger, Column, Integer, Select, Table, Text, cast, func, select
from sqlmodel import AutoString, Session

from app.domain.audit import EMPTY, digest
from app.domain.changes import Change, ChangeKind
from app.domain.releases import ENGLAND
from app.store import rows
from app.store.column_types import of_their_types
from app.store.dumps import as_plain

Values = Sequence[Any]
"""A row, without what says of which thing it is: first the columns of its key."""

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
        whose: ODS code of the one whose all its things are; None where a column says it.
    """

    table: Table
    ods_code: str | None = None
    name: str | None = None
    whose: str | None = None


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
    ChangeKind.RELEASE: (
        *_parts("ods_code", "year", rows.ReleaseRow),
        *_parts("released_as", "year", rows.DisclosureRow),
        Part(rows.table_of(rows.HiddenGroupRow), None, "year", whose=ENGLAND),
    ),
    ChangeKind.CONSENT: _parts("ods_code", None, rows.ConsentRevisionRow, rows.ConsentAreaRow),
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
        *_parts(None, "token_id", rows.TokenOrganisationRow, rows.TokenWithdrawalRow),
    ),
}  # fmt: skip
"""Where things of each kind are; what a cycle says is part of the register."""

_PLAIN: Final = frozenset({Integer, BigInteger, Text, AutoString})
"""Types of columns that JSON has as the database has them."""

LEFT_OUT: Final[Mapping[str, str]] = {
    "actuals_summary": "it says what the headcounts say, and checks compare the two",
    "board_summary": "it says what the seats say, likewise",
    "ledger": "the chain itself tells what its one row has to be",
    "change": "each row stands in an entry of its own",
    "audit_entry": "it is the chain",
    "kept_answer": "what was answered, for a day; nothing is computed from it",
    "page_session": "who is signed in, for half a day; nothing is computed from it",
}
"""Tables that no digest is of, and why."""

UNWATCHED: Final[frozenset[tuple[str, str]]] = frozenset({("token", "last_used_at")})
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
    """Return the digest of each thing of which anything is stored, by what it is called.

    Rows that cannot be read are left out, so that their thing's digest is not the one it had.
    """
    return {
        path: made for kind in PARTS for path, made in _digest_kind(session, kind, None).items()
    }


def find_things(session: Session, kind: ChangeKind) -> dict[str, Change]:
    """Return every thing of a kind of which anything may be stored, by what it is called."""
    if kind is REGISTER.kind:
        return {path_of(REGISTER): REGISTER}
    found = {}
    for part in PARTS[kind]:
        for row in session.execute(select(*_keys(part)).distinct()):
            thing = _thing(kind, part, tuple(row))
            found[path_of(thing)] = thing
    return found


def _digest_kind(
    session: Session, kind: ChangeKind, wanted: Collection[Change] | None
) -> dict[str, str]:
    """Return digests of things of a kind; of everything of the kind where none are named."""
    told: dict[Change, list[object]] = defaultdict(list)
    for part in PARTS[kind]:
        if wanted is not None and part.whose not in {None, *(one.ods_code for one in wanted)}:
            continue
        for key, some in _read(session, part, wanted):
            thing = _thing(kind, part, key)
            if wanted is None or thing in wanted:
                told[thing].append(_tell(part, some))
    return {path_of(thing): digest(_ENCODER.encode(parts)) for thing, parts in told.items()}


def _read(
    session: Session, part: Part, wanted: Collection[Change] | None
) -> Iterable[tuple[Sequence[object], list[Values]]]:
    """Return the rows of a part by thing; those of more things where that is quicker."""
    keys, columns = _keys(part), _columns(part)
    if keys and all(type(one.type) in _PLAIN for one in columns):
        return _read_plain(session, part, wanted)
    by_key: dict[Sequence[object], list[Values]] = defaultdict(list)
    query = _narrow(session, select(*keys, *columns), part, wanted)
    for row in session.execute(query):
        by_key[row[: len(keys)]].append(row[len(keys) :])
    return by_key.items()


def _read_plain(
    session: Session, part: Part, wanted: Collection[Change] | None
) -> Iterator[tuple[Sequence[object], list[Values]]]:
    """Yield the rows of a part in which there are only whole numbers and texts.

    The database puts the rows of each thing together, which takes half the time.
    """
    keys = _keys(part)
    if session.get_bind().dialect.name == "sqlite":
        together = func.json_group_array(func.json_array(*_columns(part)))
    else:
        together = func.json_agg(func.json_build_array(*_columns(part)))
    query = select(*keys, cast(together, Text)).group_by(*keys)
    query = _narrow(session, query, part, wanted)
    for *key, encoded in session.execute(query):
        yield key, json.loads(encoded)


def _narrow(
    session: Session, query: Select[Any], part: Part, wanted: Collection[Change] | None
) -> Select[Any]:
    """Return a query for the rows of some things, or of more where they are many."""
    if wanted is None:
        return query.where(*of_their_types(session, (*_keys(part), *_columns(part))))
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
        str(next(values)) if part.ods_code else part.whose,
        str(next(values)) if part.name else None,
    )


@cache
def _keys(part: Part) -> list[Column[Any]]:
    """Return the columns that say which thing a row is of."""
    return [part.table.c[name] for name in (part.ods_code, part.name) if name]


@cache
def _columns(part: Part) -> list[Column[Any]]:
    """Return the columns that digests are of: those of the table's own key, then the others."""
    others = [
        one
        for one in part.table.columns
        if one not in _keys(part) and (part.table.name, one.name) not in UNWATCHED
    ]
    return sorted(others, key=lambda one: not one.primary_key)


def _tell(part: Part, some: Iterable[Values]) -> list[object]:
    """Return rows in the order of their key: the table, and each column that has anything."""
    by_column = zip(*sorted(map(tuple, some)), strict=True)
    told = {
        one.name: values
        for one, values in zip(_columns(part), by_column, strict=True)
        if not (one.nullable and all(value is None for value in values))
    }
    return [part.table.name, told]


_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=as_plain, check_circular=False
)
