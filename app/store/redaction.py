"""Taking texts out of what is otherwise never changed.

The triggers of the database let a text become a tombstone, and refuse everything else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Integer, Table, and_, select, update
from sqlmodel import Session

from app.domain.changes import Change, ChangeKind
from app.store import rows


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts of a thing that people write.

    Attributes:
        key: Columns that say which thing a row is of, in the order of its ODS code and name.
        number: The column that tells its revisions, editions, versions or comments apart; None
            where there is one row.
        columns: Where the texts are, by what they are called.
    """

    table: Table
    key: tuple[str, ...]
    number: str | None
    columns: tuple[str, ...]


def _texts(one: type[rows.Row], key: tuple[str, ...], number: str | None, *columns: str) -> Texts:
    return Texts(rows.table_of(one), key, number, columns)


_CENSUS, _TARGET, _PLAN = ("ods_code", "year"), ("ods_code", "target_id"), ("ods_code", "cycle")

TEXTS: Final[Mapping[ChangeKind, tuple[Texts, ...]]] = {
    ChangeKind.CENSUS: (_texts(rows.CensusExtensionRow, ("year",), "revision", "reason"),),
    ChangeKind.ACTUALS: (
        _texts(
            rows.ActualsRevisionRow, _CENSUS, "revision",
            "source", "notes", "reason", "correction_note",
        ),
    ),
    ChangeKind.SIGN_OFF: (_texts(rows.SignOffRow, _CENSUS, "revision", "lead_role"),),
    ChangeKind.BOARD: (
        _texts(rows.BoardRevisionRow, _CENSUS, "revision", "source", "reason", "correction_note"),
    ),
    ChangeKind.INDICATORS: (
        _texts(
            rows.IndicatorRevisionRow, _CENSUS, "revision",
            "source", "notes", "reason", "correction_note",
        ),
    ),
    ChangeKind.EXPLANATION: (
        _texts(rows.ExplanationRow, ("ods_code", "warning_id"), "edition", "text"),
    ),
    ChangeKind.RELEASE: (_texts(rows.ReleaseRow, _CENSUS, "edition", "name", "note"),),
    ChangeKind.TARGET: (
        _texts(
            rows.TargetVersionRow, _TARGET, "version",
            "goal_reason", "reference_source", "rationale", "baseline_source", "change_reason",
        ),
        _texts(rows.TargetMoveRow, _TARGET, "version", "comment"),
    ),
    ChangeKind.COMMENT: (_texts(rows.TargetCommentRow, _TARGET, "ordinal", "text"),),
    ChangeKind.ACTION_PLAN: (
        _texts(rows.ActionPlanRow, _PLAN, "revision", "published_url"),
        _texts(rows.ActionRow, _PLAN, "revision", "title", "owner", "notes"),
        _texts(rows.PlanReviewRow, _PLAN, "revision", "comment"),
    ),
    ChangeKind.IMPORT: (
        _texts(rows.ImportRecordRow, ("id",), None, "file_name", "reason", "correction_note"),
    ),
}  # fmt: skip
"""Texts that can be redacted, by the kind of thing."""


def list_members(kind: ChangeKind) -> list[str]:
    """Return what the texts of a kind of thing are called; empty where there are none."""
    return [column for one in TEXTS.get(kind, ()) for column in one.columns]


def redact(
    session: Session, thing: Change, member: str, *, number: int | None, tombstone: str
) -> list[str]:
    """Put a tombstone in the place of a text; return what stood in each row that had one.

    Args:
        session: In a transaction.
        thing: Whose text it is.
        member: What the text is called.
        number: Of the revision, edition, version or comment; None for all of them.
        tombstone: What is put there.
    """
    texts = next(one for one in TEXTS[thing.kind] if member in one.columns)
    column = texts.table.c[member]
    wanted = and_(_is_of(texts, thing), column.is_not(None), column != tombstone)
    if number is not None and texts.number is not None:
        wanted = and_(wanted, texts.table.c[texts.number] == number)
    held = list(session.scalars(select(column).where(wanted)))
    session.execute(update(texts.table).where(wanted).values({member: tombstone}))
    return held


def _is_of(texts: Texts, thing: Change) -> ColumnElement[bool]:
    """Return the condition for the rows of a thing."""
    names = (thing.ods_code, thing.name) if len(texts.key) > 1 else (thing.name,)
    columns = [texts.table.c[name] for name in texts.key]
    return and_(
        *(
            column == (int(name) if isinstance(column.type, Integer) else name)
            for column, name in zip(columns, names, strict=True)
            if name is not None
        )
    )
