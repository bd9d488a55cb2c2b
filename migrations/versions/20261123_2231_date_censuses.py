"""Let the national team set the dates of censuses, with more time for single trusts.

Only new tables are created, so the release before this one runs unharmed; it goes on to answer
with the dates that a census came with.

Revision: 9d31e7c04ab8
Revises: 5f0c2a7be914
"""

import sqlalchemy as sa
from alembic import op

revision = "9d31e7c04ab8"
down_revision = "5f0c2a7be914"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "census_revision",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opens", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_census_revision_revision_counts")),
        sa.CheckConstraint("due >= opens", name=op.f("ck_census_revision_due_not_before_opening")),
        sa.ForeignKeyConstraint(["year"], ["census.year"], name="fk_census_revision_year"),
        sa.PrimaryKeyConstraint("year", "revision", name="pk_census_revision"),
    )
    op.create_table(
        "census_extension",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["year", "revision"],
            ["census_revision.year", "census_revision.revision"],
            name="fk_census_extension_year_revision",
        ),
        sa.ForeignKeyConstraint(
            ["ods_code"], ["organisation.ods_code"], name="fk_census_extension_ods_code"
        ),
        sa.PrimaryKeyConstraint("year", "revision", "ods_code", name="pk_census_extension"),
    )


def downgrade() -> None:
    op.drop_table("census_extension")
    op.drop_table("census_revision")
