"""Add WRES experts and the trusts that they support.

Only new tables are created, so the release before this one runs unharmed.

Revision: e47b90f3d52c
Revises: c8a5f2d61e07
"""

import sqlalchemy as sa
from alembic import op

revision = "e47b90f3d52c"
down_revision = "c8a5f2d61e07"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "expert",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_by", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_expert"),
    )
    op.create_table(
        "expert_revision",
        sa.Column("expert_id", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(200), nullable=True),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("cohort", sa.String(100), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_expert_revision_revision_counts")),
        sa.CheckConstraint(
            "(name IS NULL) = (email IS NULL)", name=op.f("ck_expert_revision_known_or_erased")
        ),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name="fk_expert_revision_expert_id"),
        sa.PrimaryKeyConstraint("expert_id", "revision", name="pk_expert_revision"),
    )
    op.create_table(
        "expert_support",
        sa.Column("expert_id", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.CheckConstraint("ends >= starts", name=op.f("ck_expert_support_ends_not_before_start")),
        sa.ForeignKeyConstraint(
            ["expert_id", "revision"],
            ["expert_revision.expert_id", "expert_revision.revision"],
            name="fk_expert_support_expert_id_revision",
        ),
        sa.ForeignKeyConstraint(
            ["ods_code"], ["organisation.ods_code"], name="fk_expert_support_ods_code"
        ),
        sa.PrimaryKeyConstraint("expert_id", "revision", "ordinal", name="pk_expert_support"),
    )
    op.create_index("ix_expert_support_ods_code", "expert_support", ["ods_code"])


def downgrade() -> None:
    op.drop_index("ix_expert_support_ods_code", "expert_support")
    op.drop_table("expert_support")
    op.drop_table("expert_revision")
    op.drop_table("expert")
