"""Sign the comments of reviews of action plans apart from their figures.

The new columns may be empty, so the release before this one runs unharmed. What is held is
signed by the revision from which on the comment reads as it does.

Revision: 5b1c8e6f20d7
Revises: e47b90f3d52c
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "5b1c8e6f20d7"
down_revision = "e47b90f3d52c"
branch_labels = None
depends_on = None

_PLAN = ("ods_code", "cycle")

_REVIEW = sa.table(
    "plan_review",
    *map(sa.column, (*_PLAN, "after_years", "revision", "comment")),
    *map(sa.column, ("commented_at", "commented_by", "comment_supplied_by")),
)

_REVISION = sa.table(
    "action_plan",
    *map(sa.column, (*_PLAN, "revision", "recorded_at", "recorded_by", "supplied_by")),
)


def _first_worded_so() -> sa.ScalarSelect[Any]:
    """Return the query for the revision from which on the comment of a review reads as it does."""
    same, other = _REVIEW.alias("same"), _REVIEW.alias("other")
    worded_otherwise = (
        sa.select(sa.func.max(other.c.revision))
        .where(*(other.c[name] == _REVIEW.c[name] for name in (*_PLAN, "after_years")))
        .where(other.c.revision < _REVIEW.c.revision, other.c.comment != _REVIEW.c.comment)
        .correlate(_REVIEW)
        .scalar_subquery()
    )
    return (
        sa.select(sa.func.min(same.c.revision))
        .where(*(same.c[name] == _REVIEW.c[name] for name in (*_PLAN, "after_years")))
        .where(same.c.comment == _REVIEW.c.comment)
        .where(same.c.revision > sa.func.coalesce(worded_otherwise, 0))
        .correlate(_REVIEW)
        .scalar_subquery()
    )


def _signature(column: str) -> sa.ScalarSelect[Any]:
    return (
        sa.select(_REVISION.c[column])
        .where(*(_REVISION.c[name] == _REVIEW.c[name] for name in _PLAN))
        .where(_REVISION.c.revision == _first_worded_so())
        .correlate(_REVIEW)
        .scalar_subquery()
    )


def upgrade() -> None:
    op.add_column(
        "plan_review", sa.Column("commented_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("plan_review", sa.Column("commented_by", sa.String(200), nullable=True))
    op.add_column("plan_review", sa.Column("comment_supplied_by", sa.String(10), nullable=True))
    op.execute(
        sa.update(_REVIEW).values(
            commented_at=_signature("recorded_at"),
            commented_by=_signature("recorded_by"),
            comment_supplied_by=_signature("supplied_by"),
        )
    )


def downgrade() -> None:
    for column in ("comment_supplied_by", "commented_by", "commented_at"):
        op.drop_column("plan_review", column)
