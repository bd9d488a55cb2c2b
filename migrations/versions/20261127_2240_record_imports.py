"""Record imports: files of figures, what was in them and what became of it.

Revision: 4f1d7c2a9b36
Revises: 1c7d40b9e6a2
"""

import sqlalchemy as sa
from alembic import op

revision = "4f1d7c2a9b36"
down_revision = "1c7d40b9e6a2"
branch_labels = None
depends_on = None

FIXED = ("import_record", "import_item", "import_warning")
"""Tables whose rows are never changed and never go."""


def upgrade() -> None:
    op.create_table(
        "import_record",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=True),
        sa.Column("correction_note", sa.String(1000), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.Column("supplied_by", sa.String(10), nullable=True),
        sa.CheckConstraint(
            "kind IN ('actuals', 'board', 'targets', 'indicators')",
            name=op.f("ck_import_record_kind_known"),
        ),
        sa.CheckConstraint(
            "size >= 1 AND row_count >= 1", name=op.f("ck_import_record_has_content")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_record"),
    )
    op.create_index("ix_import_record_sha256", "import_record", ["sha256"])
    op.create_table(
        "import_item",
        sa.Column("import_id", sa.String(16), nullable=False),
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("outcome", sa.String(9), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("cells_changed", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('new', 'revised', 'unchanged')",
            name=op.f("ck_import_item_outcome_known"),
        ),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_import_item_revision_counts")),
        sa.CheckConstraint("cells_changed >= 0", name=op.f("ck_import_item_not_negative")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import_record.id"], name="fk_import_item_import_id"
        ),
        sa.ForeignKeyConstraint(
            ["ods_code"], ["organisation.ods_code"], name="fk_import_item_ods_code"
        ),
        sa.PrimaryKeyConstraint("import_id", "ods_code", "name", name="pk_import_item"),
    )
    op.create_table(
        "import_warning",
        sa.Column("import_id", sa.String(16), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("detail", sa.String(1000), nullable=False),
        sa.Column("ods_code", sa.String(5), nullable=True),
        sa.Column("name", sa.String(60), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import_record.id"], name="fk_import_warning_import_id"
        ),
        sa.PrimaryKeyConstraint("import_id", "ordinal", name="pk_import_warning"),
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
    op.drop_table("import_warning")
    op.drop_table("import_item")
    op.drop_index("ix_import_record_sha256", "import_record")
    op.drop_table("import_record")
