"""Imports in the database: files, what was in them and what became of it; never changed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, not_, select, true
from sqlmodel import Session

from app.domain.codes import WarningCode
from app.domain.errors import ImportNotFound
from app.domain.file_codes import RemarkCode
from app.domain.imports import (
    Import,
    ImportItem,
    ImportKind,
    ImportOutcome,
    ImportRemark,
    SentFile,
)
from app.store.revisions import insert_all, record_of, record_values
from app.store.rows import ImportItemRow, ImportRecordRow, ImportWarningRow, table_of

_RECORD = table_of(ImportRecordRow)
_ITEM = table_of(ImportItemRow)
_WARNING = table_of(ImportWarningRow)


def get(session: Session, import_id: str, *, own: frozenset[str] | None) -> Import:
    """Return an import; raise `ImportNotFound` if there is none that may be seen.

    Args:
        session: In a transaction.
        import_id: Names it.
        own: Only if all trusts in it are of these; None for whatever is in it.
    """
    found = _load(session, and_(_RECORD.c.id == import_id, _is_of(own)), limit=1)
    if not found:
        raise ImportNotFound(import_id)
    return found[0]


def find_same(session: Session, kind: ImportKind, sha256: str) -> Import | None:
    """Return the newest import of a file of the same bytes and kind, or None."""
    is_same = and_(_RECORD.c.kind == kind.value, _RECORD.c.sha256 == sha256)
    found = _load(session, is_same, limit=1)
    return found[0] if found else None


def list_some(
    session: Session, *, own: frozenset[str] | None, before: datetime | None, limit: int
) -> list[Import]:
    """Return imports, newest first.

    Args:
        session: In a transaction.
        own: Only those in which all trusts are of these; None for all.
        before: Only those made before this instant; None for all.
        limit: How many at most.
    """
    wanted = _is_of(own)
    if before is not None:
        wanted = and_(wanted, _RECORD.c.recorded_at < before)
    return _load(session, wanted, limit=limit)


def add(session: Session, one: Import) -> None:
    """Store an import."""
    key: dict[str, object] = {"import_id": one.id}
    record = {
        "id": one.id,
        "kind": one.kind.value,
        "file_name": one.file.name,
        "sha256": one.file.sha256,
        "size": one.file.size,
        "row_count": one.file.rows,
        "reason": one.record.reason,
        "correction_note": one.correction_note,
        **record_values(one.record),
    }
    items = [
        key
        | {"ods_code": item.ods_code, "name": item.name, "outcome": item.outcome.value}
        | {"revision": item.revision, "cells_changed": item.cells_changed}
        for item in one.items
    ]
    warnings = [
        key
        | {"ordinal": ordinal, "code": warning.code, "detail": warning.detail}
        | {"ods_code": warning.ods_code, "name": warning.name}
        for ordinal, warning in enumerate(one.warnings)
    ]
    insert_all(session, [(_RECORD, [record]), (_ITEM, items), (_WARNING, warnings)])


def _is_of(own: frozenset[str] | None) -> ColumnElement[bool]:
    """Return the condition for the imports in which there are no trusts but some."""
    if own is None:
        return true()
    is_others = and_(_ITEM.c.import_id == _RECORD.c.id, _ITEM.c.ods_code.not_in(sorted(own)))
    return not_(exists().where(is_others))


def _load(session: Session, condition: ColumnElement[bool], *, limit: int) -> list[Import]:
    """Return the newest imports that meet a condition, newest first, in three queries."""
    query = select(*_RECORD.c).where(condition).order_by(_RECORD.c.recorded_at.desc()).limit(limit)
    heads = session.execute(query).all()
    ids = [head.id for head in heads]
    items: dict[str, list[ImportItem]] = defaultdict(list)
    for row in session.execute(
        select(*_ITEM.c).where(_ITEM.c.import_id.in_(ids)).order_by(*_ITEM.primary_key.columns)
    ):
        outcome = ImportOutcome(row.outcome)
        items[row.import_id].append(
            ImportItem(row.ods_code, row.name, outcome, row.revision, row.cells_changed)
        )
    warnings: dict[str, list[ImportRemark]] = defaultdict(list)
    for row in session.execute(
        select(*_WARNING.c)
        .where(_WARNING.c.import_id.in_(ids))
        .order_by(*_WARNING.primary_key.columns)
    ):
        warnings[row.import_id].append(
            ImportRemark(_code(row.code), row.detail, row.ods_code, row.name)
        )
    return [_import(head, items[head.id], warnings[head.id]) for head in heads]


def _code(code: str) -> RemarkCode | WarningCode:
    """Return the code that was stored: of a remark on a file, or of a warning of figures."""
    return RemarkCode(code) if code in set(RemarkCode) else WarningCode(code)


def _import(
    head: Row[Any], items: Iterable[ImportItem], warnings: Iterable[ImportRemark]
) -> Import:
    return Import(
        id=head.id,
        kind=ImportKind(head.kind),
        file=SentFile(head.file_name, head.sha256, head.size, head.row_count),
        items=tuple(items),
        warnings=tuple(warnings),
        record=record_of(head, head.reason),
        correction_note=head.correction_note,
    )
