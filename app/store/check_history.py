"""Checks of what was recorded one after another: changes, revisions, and what they refer to."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Table,
    and_,
    cast,
    exists,
    func,
    literal,
    not_,
    null,
    or_,
    select,
)
from sqlmodel import Session

from app.domain.bands import Band
from app.domain.changes import ChangeKind
from app.domain.checks import Finding, FindingCode
from app.domain.codes import WarningCode
from app.domain.explanations import parse_warning_key
from app.domain.file_codes import RemarkCode
from app.domain.measures import Measure, ReferenceKind
from app.domain.releases import ENGLAND
from app.domain.targets import ProposalMethod, Provenance, Rounding
from app.store.check_structure import name_row
from app.store.rows import Instant, Row

_OF: Final = Row.metadata.tables


class _Chain(NamedTuple):
    """Rows of a table that are numbered within a key.

    Attributes:
        first: Their first number.
        only: What a row must be to count in the chain; None for all rows.
    """

    table: str
    key: tuple[str, ...]
    number: str
    first: int = 1
    only: tuple[str, int] | None = None


_CENSUS: Final = ("ods_code", "year")
_REVISION: Final = (*_CENSUS, "revision")
_TARGET: Final = ("ods_code", "target_id")

_CHAINS: Final = (
    _Chain("change", (), "number"),
    _Chain("organisation_revision", ("ods_code",), "revision"),
    _Chain("census_revision", ("year",), "revision"),
    _Chain("actuals_revision", _CENSUS, "revision"),
    _Chain("actuals_warning", _REVISION, "ordinal", 0),
    _Chain("board_revision", _CENSUS, "revision"),
    _Chain("board_warning", _REVISION, "ordinal", 0),
    _Chain("indicator_revision", _CENSUS, "revision"),
    _Chain("indicator_warning", _REVISION, "ordinal", 0),
    _Chain("release", _CENSUS, "edition"),
    _Chain("explanation", ("ods_code", "warning_id"), "edition"),
    _Chain("consent_revision", ("ods_code",), "revision"),
    _Chain("target_version", _TARGET, "version", only=("edit", 1)),
    _Chain("target_version", (*_TARGET, "version"), "edit"),
    _Chain("target_move", (*_TARGET, "version"), "ordinal", 0),
    _Chain("target_comment", _TARGET, "ordinal"),
    _Chain("action_plan", ("ods_code", "cycle"), "revision"),
    _Chain("import_warning", ("import_id",), "ordinal", 0),
    _Chain("expert_revision", ("expert_id",), "revision"),
)

_ENTERED: Final[Sequence[tuple[ChangeKind, str, str | None, str | None]]] = (
    (ChangeKind.ORGANISATION, "organisation_revision", "ods_code", None),
    (ChangeKind.CENSUS, "census_revision", None, "year"),
    (ChangeKind.ACTUALS, "actuals_revision", "ods_code", "year"),
    (ChangeKind.SIGN_OFF, "sign_off", "ods_code", "year"),
    (ChangeKind.BOARD, "board_revision", "ods_code", "year"),
    (ChangeKind.INDICATORS, "indicator_revision", "ods_code", "year"),
    (ChangeKind.EXPLANATION, "explanation", "ods_code", "warning_id"),
    (ChangeKind.RELEASE, "release", "ods_code", "year"),
    (ChangeKind.CONSENT, "consent_revision", "ods_code", None),
    (ChangeKind.TARGET, "target", "ods_code", "target_id"),
    (ChangeKind.COMMENT, "target_comment", "ods_code", "target_id"),
    (ChangeKind.ACTION_PLAN, "action_plan", "ods_code", "cycle"),
    (ChangeKind.EXPERT, "expert", None, "id"),
    (ChangeKind.TOKEN, "token", None, "id"),
)
"""What is entered as a change: its kind, where it stands, whose it is and what it is called."""

_CODES: Final[Sequence[tuple[str, str, Sequence[type[StrEnum]]]]] = (
    ("change", "kind", (ChangeKind,)),
    ("headcount", "band", (Band,)),
    ("actuals_warning", "code", (WarningCode,)),
    ("board_warning", "code", (WarningCode,)),
    ("indicator_warning", "code", (WarningCode,)),
    ("import_warning", "code", (WarningCode, RemarkCode)),
    ("target", "measure", (Measure,)),
    ("action", "measure", (Measure,)),
    ("target_version", "reference_kind", (ReferenceKind,)),
    ("target_version", "provenance", (Provenance,)),
    ("target_version", "proposal_method", (ProposalMethod,)),
    ("target_version", "rounding", (Rounding,)),
)
"""Columns of codes that no rule of the database lists, and what knows them."""


def find_broken_chains(session: Session) -> Iterator[Finding]:
    """Yield where numbers have a gap, or instants go back from one number to the next."""
    for chain in _CHAINS:
        first = chain.first if chain.key else _find_first_change(session)
        at = _OF[chain.table].c
        is_dated = "recorded_at" in at
        ordered: dict[str, Any] = {
            "partition_by": [at[one] for one in chain.key] or None,
            "order_by": at[chain.number],
        }
        instant = at.recorded_at if is_dated else cast(null(), Instant)
        rows = select(
            *(at[one] for one in chain.key),
            at[chain.number].label("number"),
            func.lag(at[chain.number]).over(**ordered).label("before"),
            instant.label("recorded_at"),
            func.lag(instant, type_=Instant()).over(**ordered).label("recorded_before"),
        )
        if chain.only:
            rows = rows.where(at[chain.only[0]] == chain.only[1])
        one = rows.subquery().c
        has_gap = one.number != func.coalesce(one.before + 1, first)
        goes_back = one.recorded_at < one.recorded_before
        query = select(*one).where(or_(has_gap, goes_back) if is_dated else has_gap)
        code = FindingCode.CHAIN_BROKEN if chain.key else FindingCode.CHANGES_MISSING
        for *key, number, before, at_instant, at_before in session.execute(query):
            where = name_row(chain.table, [*key, number])
            due = first if before is None else before + 1
            if number != due:
                yield Finding(code, where, f"the {chain.number} {due} should come first")
            if is_dated and at_before is not None and at_instant < at_before:
                detail = f"{at_instant.isoformat()} comes after {at_before.isoformat()}"
                yield Finding(FindingCode.INSTANTS_BACK, where, detail)


def _find_first_change(session: Session) -> int:
    """Return the number that the first change has by the audit.

    It is more than 1 where the database once was an older release's, which numbered changes
    and did not keep them.
    """
    entered = select(func.min(_OF["audit_entry"].c.change))
    return session.execute(entered).scalar_one() or 1


def find_ledger_faults(session: Session) -> Iterator[Finding]:
    """Yield where the ledger and the changes that it counts do not agree."""
    change, ledger = _OF["change"].c, _OF["ledger"].c
    newest, instant = session.execute(
        select(func.coalesce(func.max(change.number), 0), func.max(change.recorded_at))
    ).one()
    counted, changed_at = session.execute(select(ledger.changes, ledger.changed_at)).one()
    if newest != counted:
        detail = f"it counts {counted} changes, and the newest is {newest}"
        yield Finding(FindingCode.CHANGES_MISSING, "ledger", detail)
    if instant is not None and changed_at < instant:
        detail = f"{changed_at.isoformat()} is before the newest change, {instant.isoformat()}"
        yield Finding(FindingCode.INSTANTS_BACK, "ledger", detail)


def find_unentered(session: Session) -> Iterator[Finding]:
    """Yield what is held and not among the changes, and the other way round."""
    change = _OF["change"].c
    for kind, table, owner, name in _ENTERED:
        at = _OF[table].c
        held = select(
            at[owner].label("owner") if owner else _no_text("owner"),
            cast(at[name], String).label("name") if name else _no_text("name"),
        )
        told = select(change.ods_code, change.name).where(change.kind == kind.value)
        # Tokens made before changes were numbered are not among them.
        if kind is not ChangeKind.TOKEN:
            for row in session.execute(held.except_(told, *_told_with(kind))):
                where = name_row(table, _known(row))
                yield Finding(FindingCode.NOT_ENTERED, where, f"no change {kind} tells of it")
        for row in session.execute(told.except_(held)):
            where = name_row("change", (kind, *_known(row)))
            yield Finding(FindingCode.ENTERED_ONLY, where, f"there is no such row of {table}")


def _told_with(kind: ChangeKind) -> list[Select[Any]]:
    """Return what is told by another change: figures that came signed off are one change."""
    if kind is not ChangeKind.SIGN_OFF:
        return []
    change = _OF["change"].c
    return [select(change.ods_code, change.name).where(change.kind == ChangeKind.ACTUALS.value)]


def _no_text(name: str) -> ColumnElement[Any]:
    return cast(null(), String).label(name)


def _known(row: Any) -> list[object]:  # noqa: ANN401 — a row of any query
    return [one for one in row if one is not None]


def find_revisions_of_nobody(session: Session) -> Iterator[Finding]:
    """Yield the revisions of actuals that name no trust whose staff they count.

    One without figures is in order: of a cell in which nobody is, no row is held. That figures
    were removed, the audit tells.
    """
    query = _keys("actuals_revision", _REVISION).except_(_keys("actuals_cover", _REVISION))
    for row in session.execute(query):
        where = name_row("actuals_revision", row)
        yield Finding(FindingCode.COVERS_NOBODY, where, "it has no actuals_cover")


def find_references_to_nothing(session: Session) -> Iterator[Finding]:
    """Yield what names something that is not held, where the database has no rule for it."""
    yield from _find_unwarned_explanations(session)
    version = ("ods_code", "target_id", "version")
    comments = _keys("target_comment", version).except_(_keys("target_version", version))
    for row in session.execute(comments):
        detail = "there is no such version"
        yield Finding(
            FindingCode.REFERS_TO_NOTHING, name_row("comment on target_version", row), detail
        )
    item, record = _OF["import_item"].c, _OF["import_record"].c
    for kind, table, name, number in (
        ("actuals", "actuals_revision", "year", "revision"),
        ("board", "board_revision", "year", "revision"),
        ("indicators", "indicator_revision", "year", "revision"),
        ("targets", "target_version", "target_id", "version"),
    ):
        at = _OF[table].c
        is_there = exists().where(
            at.ods_code == item.ods_code,
            cast(at[name], String) == item.name,
            at[number] == item.revision,
        )
        query = (
            select(item.import_id, item.ods_code, item.name, item.revision)
            .join_from(_OF["import_item"], _OF["import_record"], record.id == item.import_id)
            .where(record.kind == kind, not_(is_there))
        )
        for row in session.execute(query):
            detail = f"there is no such row of {table}"
            yield Finding(FindingCode.REFERS_TO_NOTHING, name_row("import_item", row), detail)


def _find_unwarned_explanations(session: Session) -> Iterator[Finding]:
    explanation = _OF["explanation"].c
    tables = {"actuals": "actuals_warning", "board": "board_warning"}
    for ods_code, warning_id in session.execute(
        select(explanation.ods_code, explanation.warning_id).distinct().order_by(*explanation[:2])
    ):
        where = name_row("explanation", (ods_code, warning_id))
        try:
            key = parse_warning_key(warning_id)
        except ValueError as error:
            yield Finding(FindingCode.REFERS_TO_NOTHING, where, str(error))
            continue
        at = _OF[tables.get(key.of, "indicator_warning")].c
        named = (ods_code, key.year, key.revision, key.ordinal)
        columns = (at.ods_code, at.year, at.revision, at.ordinal)
        is_it = and_(*(column == value for column, value in zip(columns, named, strict=True)))
        if session.execute(select(literal(1)).where(is_it)).first() is None:
            yield Finding(FindingCode.REFERS_TO_NOTHING, where, "there is no such warning")


def find_anachronisms(session: Session) -> Iterator[Finding]:
    """Yield the sign-offs and releases of what was not held at their instant."""
    sent, signed, release = (_OF[n].c for n in ("actuals_revision", "sign_off", "release"))
    early = select(signed.ods_code, signed.year, signed.revision).where(
        exists().where(
            *(sent[one] == signed[one] for one in _REVISION),
            sent.recorded_at > signed.recorded_at,
        )
    )
    for row in session.execute(early):
        detail = "it was signed off before it was recorded"
        yield Finding(FindingCode.BEFORE_ITS_TIME, name_row("sign_off", row), detail)
    has_figures = or_(
        *(
            exists().where(
                at.year == release.year,
                at.recorded_at <= release.as_of,
                or_(release.ods_code == ENGLAND, at.ods_code == release.ods_code),
            )
            for at in (_OF[f"{noun}_revision"].c for noun in ("actuals", "board", "indicator"))
        )
    )
    empty = select(release.ods_code, release.year, release.edition).where(not_(has_figures))
    for row in session.execute(empty):
        detail = "no figures of the census were held at its instant"
        yield Finding(FindingCode.BEFORE_ITS_TIME, name_row("release", row), detail)


def find_unknown_codes(session: Session) -> Iterator[Finding]:
    """Yield the codes that are held and not known."""
    for table, column, known in _CODES:
        at = _OF[table].c[column]
        codes = [one.value for enumeration in known for one in enumeration]
        query = select(at).where(at.not_in(codes)).distinct().order_by(at)
        for code in session.execute(query).scalars():
            detail = f"{code} is not known"
            yield Finding(FindingCode.UNKNOWN_CODE, f"{table} {column}", detail)


def _keys(table: str, columns: Sequence[str]) -> Select[Any]:
    at: Table = _OF[table]
    return select(*(at.c[one] for one in columns)).distinct()
