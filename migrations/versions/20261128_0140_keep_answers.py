"""Keep answers: what a request that names itself was answered, for a day.

Only a new table is added, which the release before this one does not know.

Revision: 8b1e5d3f7a20
Revises: 7c3e5a90d1f4
"""

import sqlalchemy as sa
from alembic import op

revision = "8b1e5d3f7a20"
down_revision = "7c3e5a90d1f4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_answer",
        sa.Column("caller", sa.String(200), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_kept_answer_digest_whole")),
        sa.PrimaryKeyConstraint("caller", "key", name="pk_kept_answer"),
    )
    op.create_index("ix_kept_answer_recorded_at", "kept_answer", ["recorded_at"])


def downgrade() -> None:
    op.drop_index("ix_kept_answer_recorded_at", "kept_answer")
    op.drop_table("kept_answer")
