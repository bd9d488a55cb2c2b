"""Review targets: comments, proposals, and a database that refuses to change what was submitted.

Only new columns that may be empty, a new table and triggers are added. The release before this
one never changes a row of these tables, so the triggers do not touch it. On SQLite a later
migration that copies one of these tables (batch mode) loses its triggers and has to make them
again.

Revision: 5f0c2a7be914
Revises: 3b46e92ffb34
"""

import sqlalchemy as sa
from alembic import op

revision = "5f0c2a7be914"
down_revision = "3b46e92ffb34"
branch_labels = None
depends_on = None

FIXED = ("target", "target_version", "target_milestone", "target_move", "target_comment")
"""Tables whose rows are never changed and never go."""

PARTS = ("target_version", "target_milestone")
"""Tables that get no further row of a version once it has left the state of a draft."""

SUBMITTED = (
    "EXISTS (SELECT 1 FROM target_move AS held WHERE held.ods_code = NEW.ods_code"
    " AND held.target_id = NEW.target_id AND held.version = NEW.version"
    " AND held.state <> 'draft')"
)


def upgrade() -> None:
    op.add_column("target_version", sa.Column("proposal_method", sa.String(20), nullable=True))
    op.add_column("target_version", sa.Column("proposal_inputs", sa.Text(), nullable=True))
    op.create_table(
        "target_comment",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("target_id", sa.String(60), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("text", sa.String(4000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.CheckConstraint(
            "role IN ('area', 'national')", name=op.f("ck_target_comment_role_known")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_target_comment_version_counts")),
        sa.ForeignKeyConstraint(
            ["ods_code", "target_id"],
            ["target.ods_code", "target.target_id"],
            name="fk_target_comment_ods_code_target_id",
        ),
        sa.PrimaryKeyConstraint("ods_code", "target_id", "ordinal", name="pk_target_comment"),
    )
    if op.get_bind().dialect.name == "sqlite":
        _protect_on_sqlite()
    else:
        _protect_on_postgresql()


def _protect_on_sqlite() -> None:
    for table in FIXED:
        refusal = f"SELECT RAISE(ABORT, 'rows of {table} are never changed')"
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{event.lower()} BEFORE {event} ON {table}"
                f" BEGIN {refusal}; END"
            )
    for table in PARTS:
        op.execute(
            f"CREATE TRIGGER {table}_refuses_insert BEFORE INSERT ON {table} WHEN {SUBMITTED}"
            " BEGIN SELECT RAISE(ABORT, 'a submitted version is never changed'); END"
        )


def _protect_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME"
        " USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        "CREATE FUNCTION refuse_edit_of_submitted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {SUBMITTED} THEN RAISE EXCEPTION 'a submitted version is never changed'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    for table in FIXED:
        op.execute(
            f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    for table in PARTS:
        op.execute(
            f"CREATE TRIGGER {table}_refuses_insert BEFORE INSERT ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_edit_of_submitted()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        events = [(table, event) for table in FIXED for event in ("update", "delete")]
        for table, event in [*events, *((table, "insert") for table in PARTS)]:
            op.execute(f"DROP TRIGGER {table}_refuses_{event}")
    else:
        events = [(table, event) for table in FIXED for event in ("change", "truncate")]
        for table, event in [*events, *((table, "insert") for table in PARTS)]:
            op.execute(f"DROP TRIGGER {table}_refuses_{event} ON {table}")
        op.execute("DROP FUNCTION refuse_edit_of_submitted()")
        op.execute("DROP FUNCTION refuse_change()")
    op.drop_table("target_comment")
    op.drop_column("target_version", "proposal_inputs")
    op.drop_column("target_version", "proposal_method")
