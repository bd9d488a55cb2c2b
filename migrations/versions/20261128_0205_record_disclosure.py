"""Record what each edition for everybody hides of a trust's figures.

Only new tables are added. An edition made before has no rows: nothing of it is shown.

Revision: c3e5a81f7d20
Revises: 8e3a51c70d94
"""

import sqlalchemy as sa
from alembic import op

revision = "c3e5a81f7d20"
down_revision = "8e3a51c70d94"
branch_labels = None
depends_on = None

FIXED = ("disclosure", "hidden_group")
"""Tables whose rows are never changed and never go."""


def upgrade() -> None:
    op.create_table(
        "disclosure",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.String(10), nullable=False),
        sa.Column("released_as", sa.String(5), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "part IN ('workforce', 'board')", name=op.f("ck_disclosure_part_known")
        ),
        sa.CheckConstraint(
            "threshold BETWEEN 5 AND 10", name=op.f("ck_disclosure_threshold_in_range")
        ),
        sa.CheckConstraint("base BETWEEN 1 AND 10", name=op.f("ck_disclosure_base_in_range")),
        sa.ForeignKeyConstraint(
            ["ods_code"], ["organisation.ods_code"], name="fk_disclosure_ods_code"
        ),
        sa.ForeignKeyConstraint(
            ["released_as", "year", "edition"],
            ["release.ods_code", "release.year", "release.edition"],
            name="fk_disclosure_released_as_year_edition",
        ),
        sa.PrimaryKeyConstraint("ods_code", "year", "edition", "part", name="pk_disclosure"),
    )
    op.create_table(
        "hidden_group",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.String(10), nullable=False),
        sa.Column("group_name", sa.String(30), nullable=False),
        sa.Column("layer", sa.String(5), nullable=False),
        sa.Column("why", sa.String(9), nullable=False),
        sa.CheckConstraint("layer IN ('row', 'split')", name=op.f("ck_hidden_group_layer_known")),
        sa.CheckConstraint(
            "why IN ('primary', 'secondary')", name=op.f("ck_hidden_group_why_known")
        ),
        sa.ForeignKeyConstraint(
            ["ods_code", "year", "edition", "part"],
            ["disclosure.ods_code", "disclosure.year", "disclosure.edition", "disclosure.part"],
            name="fk_hidden_group_ods_code_year_edition_part",
        ),
        sa.PrimaryKeyConstraint(
            "ods_code", "year", "edition", "part", "group_name", name="pk_hidden_group"
        ),
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
    for table in reversed(FIXED):
        op.drop_table(table)
