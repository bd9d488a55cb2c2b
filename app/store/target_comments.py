"""Comments on targets in the database."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.domain.callers import Role
from app.domain.records import Author, Record
from app.domain.target_comments import Comment
from app.store.rows import TargetCommentRow


def add(session: Session, ods_code: str, target_id: str, comment: Comment) -> None:
    """Store one more comment on a target."""
    newest = session.exec(
        select(func.max(col(TargetCommentRow.ordinal))).where(
            col(TargetCommentRow.ods_code) == ods_code,
            col(TargetCommentRow.target_id) == target_id,
        )
    ).one()
    session.add(
        TargetCommentRow(
            ods_code=ods_code,
            target_id=target_id,
            ordinal=(newest or 0) + 1,
            version=comment.version,
            role=comment.role.value,
            text=comment.text,
            recorded_at=comment.record.at,
            recorded_by=comment.record.author.name,
        )
    )
    session.flush()


def list_of(
    session: Session, ods_code: str, target_id: str, *, as_of: datetime | None = None
) -> list[Comment]:
    """Return the comments on a target that were made by an instant, oldest first."""
    query = (
        select(TargetCommentRow)
        .where(
            col(TargetCommentRow.ods_code) == ods_code,
            col(TargetCommentRow.target_id) == target_id,
        )
        .order_by(col(TargetCommentRow.ordinal))
    )
    if as_of is not None:
        query = query.where(col(TargetCommentRow.recorded_at) <= as_of)
    return [
        Comment(
            row.version,
            Role(row.role),
            row.text,
            Record(row.recorded_at, Author(row.recorded_by)),
        )
        for row in session.exec(query)
    ]
