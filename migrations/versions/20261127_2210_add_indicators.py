"""Add indicators 2 to 8: pools and events, and answers to the staff survey.

Only new tables and triggers are created, so the release before this one runs unharmed. Rows are
never changed and never go: the database refuses it.

Revision: c18a5d0e7f26
Revises: 7d2b9c40e6a1
"""

import sqlalchemy as sa
from alembic import op

revision = "c18a5d0e7f26"
down_revision = "7d2b9c40e6a1"
branch_labels = None
depends_on = None

TABLES = ("indicator_revision", "indicator_warning", "indicator_pool", "indicator_survey")

KEY = ("ods_code", "year", "revision")


def upgrade() -> None:
    op.create_table(
        "indicator_revision",
        *_key(),
        sa.Column("source", sa.String(500), nullable=False),
        sa.Column("notes", sa.String(4000), nullable=True),
        sa.Column("reason", sa.String(1000), nullable=True),
        sa.Column("correction_note", sa.String(1000), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.Column("supplied_by", sa.String(10), nullable=True),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_indicator_revision_revision_counts")),
        sa.CheckConstraint(
            "revision = 1 OR reason IS NOT NULL",
            name=op.f("ck_indicator_revision_change_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["ods_code"], ["organisation.ods_code"], name="fk_indicator_revision_ods_code"
        ),
        sa.ForeignKeyConstraint(["year"], ["census.year"], name="fk_indicator_revision_year"),
        sa.PrimaryKeyConstraint(*KEY, name="pk_indicator_revision"),
    )
    op.create_table(
        "indicator_warning",
        *_key(),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("detail", sa.String(500), nullable=False),
        _of_revision("indicator_warning"),
        sa.PrimaryKeyConstraint(*KEY, "ordinal", name="pk_indicator_warning"),
    )
    op.create_table(
        "indicator_pool",
        *_key(),
        sa.Column("indicator", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("staff_group", sa.String(12), nullable=False),
        sa.Column("band", sa.String(12), nullable=False),
        sa.Column("ethnic_group", sa.String(7), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("pool", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "indicator IN (2, 3, 4)", name=op.f("ck_indicator_pool_indicator_known")
        ),
        sa.CheckConstraint(
            "staff_group IN ('all', 'non_clinical', 'clinical', 'medical')",
            name=op.f("ck_indicator_pool_staff_group_known"),
        ),
        sa.CheckConstraint(
            "band = 'all' OR (staff_group <> 'all' AND (staff_group = 'medical') = "
            "(band IN ('consultant', 'career_grade', 'trainee', 'other')))",
            name=op.f("ck_indicator_pool_band_of_staff_group"),
        ),
        sa.CheckConstraint(
            "indicator = 2 OR staff_group = 'all'",
            name=op.f("ck_indicator_pool_narrowed_indicator"),
        ),
        sa.CheckConstraint(
            "ethnic_group IN ('white', 'bme', 'unknown')",
            name=op.f("ck_indicator_pool_ethnic_group_known"),
        ),
        sa.CheckConstraint("ends >= starts", name=op.f("ck_indicator_pool_ends_not_before_start")),
        sa.CheckConstraint("pool > 0", name=op.f("ck_indicator_pool_not_empty")),
        sa.CheckConstraint(
            "events BETWEEN 0 AND pool", name=op.f("ck_indicator_pool_events_of_pool")
        ),
        _of_revision("indicator_pool"),
        sa.PrimaryKeyConstraint(
            *KEY, "indicator", "staff_group", "band", "ethnic_group", name="pk_indicator_pool"
        ),
    )
    op.create_table(
        "indicator_survey",
        *_key(),
        sa.Column("indicator", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ethnic_group", sa.String(7), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("respondents", sa.Integer(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "indicator IN (5, 6, 7, 8)", name=op.f("ck_indicator_survey_indicator_known")
        ),
        sa.CheckConstraint(
            "ethnic_group IN ('white', 'bme', 'unknown')",
            name=op.f("ck_indicator_survey_ethnic_group_known"),
        ),
        sa.CheckConstraint(
            "ends >= starts", name=op.f("ck_indicator_survey_ends_not_before_start")
        ),
        sa.CheckConstraint("respondents > 0", name=op.f("ck_indicator_survey_not_empty")),
        sa.CheckConstraint(
            "share BETWEEN 0 AND 10000", name=op.f("ck_indicator_survey_share_in_range")
        ),
        _of_revision("indicator_survey"),
        sa.PrimaryKeyConstraint(*KEY, "indicator", "ethnic_group", name="pk_indicator_survey"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            refusal = f"SELECT RAISE(ABORT, 'rows of {table} are never changed')"
            for event in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_refuses_{event.lower()} BEFORE {event} ON {table}"
                    f" BEGIN {refusal}; END"
                )
        return
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def _key() -> list[sa.Column[object]]:
    """Return the columns that every row of a revision begins with."""
    return [
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
    ]


def _of_revision(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        KEY,
        [f"indicator_revision.{column}" for column in KEY],
        name=f"fk_{table}_ods_code_year_revision",
    )


def downgrade() -> None:
    # The triggers go with their tables, on either engine.
    for table in reversed(TABLES):
        op.drop_table(table)
