"""Add sessions of people who sign in on a page.

Only a new table is added, which the release before this one does not know.

Revision: 5e9d3b7a1c48
Revises: a61c09d4e7f2
"""

import sqlalchemy as sa
from alembic import op

revision = "5e9d3b7a1c48"
down_revision = "a61c09d4e7f2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_session",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("token_id", sa.String(16), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "length(hash) = 64 AND length(token_hash) = 64",
            name=op.f("ck_page_session_hashes_whole"),
        ),
        sa.CheckConstraint(
            "last_seen_at >= created_at", name=op.f("ck_page_session_seen_once_made")
        ),
        sa.ForeignKeyConstraint(["token_id"], ["token.id"], name="fk_page_session_token_id"),
        sa.PrimaryKeyConstraint("hash", name="pk_page_session"),
    )
    op.create_index("ix_page_session_token_id", "page_session", ["token_id"])
    op.create_index("ix_page_session_created_at", "page_session", ["created_at"])


def downgrade() -> None:
    op.drop_index("ix_page_session_created_at", "page_session")
    op.drop_index("ix_page_session_token_id", "page_session")
    op.drop_table("page_session")
