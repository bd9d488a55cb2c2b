"""Add consents: which areas may read a trust's exact figures.

Two new tables that the release before this one does not know.

Revision: 7c3e5a90d1f4
Revises: 4f1d7c2a9b36
"""

import sqlalchemy as sa
from alembic import op

revision = "7c3e5a90d1f4"
down_revision = "4f1d7c2a9b36"
branch_labels = None
depends_on = None

FIXED = ("consent_revision", "consent_area")
"""Tables whose rows are never changed and never go."""


def upgrade() -> None:
    op.create_table(
        "consent_revision",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.Column("supplied_by", sa.String(10), nullable=True),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_consent_revision_revision_counts")),
        sa.ForeignKeyConstraint(
            ["ods_code"], ["organisation.ods_code"], name="fk_consent_revision_ods_code"
        ),
        sa.PrimaryKeyConstraint("ods_code", "revision", name="pk_consent_revision"),
    )
    op.create_table(
        "consent_area",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("area", sa.String(5), nullable=False),
        sa.ForeignKeyConstraint(
            ["ods_code", "revision"],
            ["consent_revision.ods_code", "consent_revision.revision"],
            name="fk_consent_area_ods_code_revision",
        ),
        sa.ForeignKeyConstraint(["area"], ["organisation.ods_code"], name="fk_consent_area_area"),
        sa.PrimaryKeyConstraint("ods_code", "revision", "area", name="pk_consent_area"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for table in FIXED:
            for event in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_refuses_{event.lower()} BEFORE {event} ON {table}"
                    f" BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
                )
        return
    for table in FIXED:
        op.execute(
            f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in FIXED:
            for event in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_refuses_{event}")
    else:
        for table in FIXED:
            for event in ("change", "truncate"):
                op.execute(f"DROP TRIGGER {table}_refuses_{event} ON {table}")
    op.drop_table("consent_area")
    op.drop_table("consent_revision")
