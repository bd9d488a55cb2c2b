"""Record changes in their order; releases, explanations of warnings and correction notes.

Only new tables and columns that may be empty are added. The release before this one goes on
writing without entering its changes; run it no longer once copies are kept from the changes.
What is held already is entered in the order of its instants, so that a copy can begin with it.

Revision: 7d2b9c40e6a1
Revises: 5b1c8e6f20d7
"""

import sqlalchemy as sa
from alembic import op

revision = "7d2b9c40e6a1"
down_revision = "5b1c8e6f20d7"
branch_labels = None
depends_on = None

FIXED = ("change", "release", "explanation")
"""Tables whose rows are never changed and never go."""

HELD = (
    ("organisation", "ods_code", "NULL", "organisation_revision"),
    ("census", "NULL", "CAST(year AS VARCHAR(60))", "census_revision"),
    ("actuals", "ods_code", "CAST(year AS VARCHAR(60))", "actuals_revision"),
    ("sign_off", "ods_code", "CAST(year AS VARCHAR(60))", "sign_off"),
    ("board", "ods_code", "CAST(year AS VARCHAR(60))", "board_revision"),
    ("target", "ods_code", "target_id", "target_move"),
    ("comment", "ods_code", "target_id", "target_comment"),
    ("action_plan", "ods_code", "cycle", "action_plan"),
    ("expert", "NULL", "expert_id", "expert_revision"),
)
"""What is held already: its kind, whose it is, what it is called, and where it stands."""


COLUMNS = ("recorded_at", "kind", "ods_code", "name")


def upgrade() -> None:
    op.add_column("actuals_revision", sa.Column("correction_note", sa.String(1000), nullable=True))
    op.add_column("board_revision", sa.Column("correction_note", sa.String(1000), nullable=True))
    op.create_table(
        "change",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("ods_code", sa.String(5), nullable=True),
        sa.Column("name", sa.String(60), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_change_number_counts")),
        sa.PrimaryKeyConstraint("number", name="pk_change"),
    )
    op.create_table(
        "release",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("note", sa.String(4000), nullable=True),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("exact", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.Column("supplied_by", sa.String(10), nullable=True),
        sa.CheckConstraint("edition >= 1", name=op.f("ck_release_edition_counts")),
        sa.CheckConstraint("as_of <= recorded_at", name=op.f("ck_release_of_what_was_known")),
        sa.ForeignKeyConstraint(
            ["ods_code"], ["organisation.ods_code"], name="fk_release_ods_code"
        ),
        sa.ForeignKeyConstraint(["year"], ["census.year"], name="fk_release_year"),
        sa.PrimaryKeyConstraint("ods_code", "year", "edition", name="pk_release"),
    )
    op.create_table(
        "explanation",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("warning_id", sa.String(60), nullable=False),
        sa.Column("edition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(4000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.Column("supplied_by", sa.String(10), nullable=True),
        sa.CheckConstraint("edition >= 1", name=op.f("ck_explanation_edition_counts")),
        sa.ForeignKeyConstraint(
            ["ods_code"], ["organisation.ods_code"], name="fk_explanation_ods_code"
        ),
        sa.PrimaryKeyConstraint("ods_code", "warning_id", "edition", name="pk_explanation"),
    )
    _enter_what_is_held()
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


def _enter_what_is_held() -> None:
    parts = " UNION ALL ".join(
        f"SELECT recorded_at, '{kind}' AS kind, {ods_code} AS ods_code, {name} AS name"  # noqa: S608 — from the table above
        f" FROM {table}"
        for kind, ods_code, name, table in HELD
    )
    op.execute(
        f"UPDATE ledger SET changes = (SELECT count(*) FROM ({parts}) AS h)"  # noqa: S608 — likewise
        f" WHERE changes < (SELECT count(*) FROM ({parts}) AS h)"
    )
    # The newest gets the number that the ledger has, which is higher where changes were numbered
    # before and what some of them told of went with a downgrade: no number comes back.
    newest_first = ", ".join(f"{one} DESC" for one in COLUMNS)
    numbered = f"(SELECT changes FROM ledger) + 1 - row_number() OVER (ORDER BY {newest_first})"  # noqa: S608 — likewise
    columns = ", ".join(COLUMNS)
    op.execute(
        f"INSERT INTO change (number, {columns}) SELECT {numbered}, {columns} FROM ({parts}) AS h"  # noqa: S608 — likewise
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
    for table in reversed(FIXED):
        op.drop_table(table)
    op.drop_column("board_revision", "correction_note")
    op.drop_column("actuals_revision", "correction_note")
