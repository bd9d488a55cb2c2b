"""Create the first schema.

The first schema: the register, censuses and cycles, actuals and boards with their revisions,
targets with their versions and moves, tokens, and the ledger that orders all changes. There
is no release before it.

Revision: 3b46e92ffb34
Revises: nothing
"""

import sqlalchemy as sa
from alembic import op

revision = "3b46e92ffb34"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "census",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opens", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.CheckConstraint("year >= 2015", name=op.f("ck_census_not_before_the_first")),
        sa.PrimaryKeyConstraint("year", name="pk_census"),
    )
    op.create_table(
        "cycle",
        sa.Column("code", sa.String(9), nullable=False),
        sa.Column("starts", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("ambition_year", sa.Integer(), nullable=False),
        sa.Column("ambition_source", sa.String(500), nullable=False),
        sa.CheckConstraint("ends > starts", name=op.f("ck_cycle_ends_after_start")),
        sa.PrimaryKeyConstraint("code", name="pk_cycle"),
    )
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_ledger_only_one")),
        sa.PrimaryKeyConstraint("id", name="pk_ledger"),
    )
    op.create_table(
        "organisation",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("opened", sa.Date(), nullable=True),
        sa.Column("closed", sa.Date(), nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.CheckConstraint(
            "kind IN ('trust', 'icb', 'region', 'england')",
            name=op.f("ck_organisation_kind_known"),
        ),
        sa.CheckConstraint(
            "closed >= opened", name=op.f("ck_organisation_closed_not_before_opened")
        ),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_organisation_revision_counts")),
        sa.PrimaryKeyConstraint("ods_code", name="pk_organisation"),
    )
    op.create_table(
        "token",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(200), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.String(200), nullable=True),
        sa.CheckConstraint(
            "role IN ('trust_data', 'trust', 'area', 'national')", name=op.f("ck_token_role_known")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_token"),
        sa.UniqueConstraint("hash", name="uq_token_hash"),
    )
    op.create_table(
        "actuals_revision",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(500), nullable=False),
        sa.Column("notes", sa.String(4000), nullable=True),
        sa.Column("reason", sa.String(1000), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.Column("supplied_by", sa.String(10), nullable=True),
        sa.CheckConstraint(
            "revision = 1 OR reason IS NOT NULL",
            name=op.f("ck_actuals_revision_change_has_reason"),
        ),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_actuals_revision_revision_counts")),
        sa.ForeignKeyConstraint(
            ["ods_code"], ["organisation.ods_code"], name="fk_actuals_revision_ods_code"
        ),
        sa.ForeignKeyConstraint(["year"], ["census.year"], name="fk_actuals_revision_year"),
        sa.PrimaryKeyConstraint("ods_code", "year", "revision", name="pk_actuals_revision"),
    )
    op.create_table(
        "board_revision",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(500), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.Column("supplied_by", sa.String(10), nullable=True),
        sa.CheckConstraint(
            "revision = 1 OR reason IS NOT NULL", name=op.f("ck_board_revision_change_has_reason")
        ),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_board_revision_revision_counts")),
        sa.ForeignKeyConstraint(
            ["ods_code"], ["organisation.ods_code"], name="fk_board_revision_ods_code"
        ),
        sa.ForeignKeyConstraint(["year"], ["census.year"], name="fk_board_revision_year"),
        sa.PrimaryKeyConstraint("ods_code", "year", "revision", name="pk_board_revision"),
    )
    op.create_table(
        "organisation_alias",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["ods_code"], ["organisation.ods_code"], name="fk_organisation_alias_ods_code"
        ),
        sa.PrimaryKeyConstraint("ods_code", "ordinal", name="pk_organisation_alias"),
    )
    op.create_table(
        "organisation_fact",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("attribute", sa.String(10), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.String(200), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "attribute IN ('name', 'type', 'icb', 'region')",
            name=op.f("ck_organisation_fact_attribute_known"),
        ),
        sa.CheckConstraint(
            "ends >= starts", name=op.f("ck_organisation_fact_ends_not_before_start")
        ),
        sa.ForeignKeyConstraint(
            ["ods_code"], ["organisation.ods_code"], name="fk_organisation_fact_ods_code"
        ),
        sa.PrimaryKeyConstraint("ods_code", "attribute", "ordinal", name="pk_organisation_fact"),
    )
    op.create_table(
        "organisation_revision",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opened", sa.Date(), nullable=True),
        sa.Column("closed", sa.Date(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["ods_code"], ["organisation.ods_code"], name="fk_organisation_revision_ods_code"
        ),
        sa.PrimaryKeyConstraint("ods_code", "revision", name="pk_organisation_revision"),
    )
    op.create_table(
        "succession",
        sa.Column("predecessor", sa.String(5), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("successor", sa.String(5), nullable=True),
        sa.Column("effective_date", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("known_from", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('acquired', 'merged', 'split', 'unknown')",
            name=op.f("ck_succession_kind_known"),
        ),
        sa.CheckConstraint("predecessor <> successor", name=op.f("ck_succession_not_of_itself")),
        sa.ForeignKeyConstraint(
            ["predecessor"], ["organisation.ods_code"], name="fk_succession_predecessor"
        ),
        sa.ForeignKeyConstraint(
            ["successor"], ["organisation.ods_code"], name="fk_succession_successor"
        ),
        sa.PrimaryKeyConstraint("predecessor", "ordinal", name="pk_succession"),
        sa.UniqueConstraint(
            "predecessor",
            "successor",
            "effective_date",
            name="uq_succession_predecessor_successor_effective_date",
        ),
    )
    op.create_index("ix_succession_successor", "succession", ["successor"], unique=False)

    op.create_table(
        "target",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("target_id", sa.String(60), nullable=False),
        sa.Column("cycle", sa.String(9), nullable=False),
        sa.Column("measure", sa.String(20), nullable=False),
        sa.Column("staff_group", sa.String(12), nullable=True),
        sa.CheckConstraint(
            "staff_group IN ('clinical', 'non_clinical')", name=op.f("ck_target_staff_group_known")
        ),
        sa.ForeignKeyConstraint(["cycle"], ["cycle.code"], name="fk_target_cycle"),
        sa.ForeignKeyConstraint(
            ["ods_code"], ["organisation.ods_code"], name="fk_target_ods_code"
        ),
        sa.PrimaryKeyConstraint("ods_code", "target_id", name="pk_target"),
    )
    op.create_table(
        "token_organisation",
        sa.Column("token_id", sa.String(16), nullable=False),
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.ForeignKeyConstraint(
            ["ods_code"], ["organisation.ods_code"], name="fk_token_organisation_ods_code"
        ),
        sa.ForeignKeyConstraint(["token_id"], ["token.id"], name="fk_token_organisation_token_id"),
        sa.PrimaryKeyConstraint("token_id", "ods_code", name="pk_token_organisation"),
    )
    op.create_table(
        "actuals_cover",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("covered", sa.String(5), nullable=False),
        sa.ForeignKeyConstraint(
            ["covered"], ["organisation.ods_code"], name="fk_actuals_cover_covered"
        ),
        sa.ForeignKeyConstraint(
            ["ods_code", "year", "revision"],
            ["actuals_revision.ods_code", "actuals_revision.year", "actuals_revision.revision"],
            name="fk_actuals_cover_ods_code_year_revision",
        ),
        sa.PrimaryKeyConstraint(
            "ods_code", "year", "revision", "covered", name="pk_actuals_cover"
        ),
    )
    op.create_table(
        "actuals_warning",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("detail", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(
            ["ods_code", "year", "revision"],
            ["actuals_revision.ods_code", "actuals_revision.year", "actuals_revision.revision"],
            name="fk_actuals_warning_ods_code_year_revision",
        ),
        sa.PrimaryKeyConstraint(
            "ods_code", "year", "revision", "ordinal", name="pk_actuals_warning"
        ),
    )
    op.create_table(
        "board_seat",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("voting", sa.Boolean(), nullable=False),
        sa.Column("executive", sa.Boolean(), nullable=False),
        sa.Column("white", sa.Integer(), nullable=False),
        sa.Column("bme", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.CheckConstraint("white + bme + unknown > 0", name=op.f("ck_board_seat_not_empty")),
        sa.CheckConstraint(
            "white >= 0 AND bme >= 0 AND unknown >= 0", name=op.f("ck_board_seat_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["ods_code", "year", "revision"],
            ["board_revision.ods_code", "board_revision.year", "board_revision.revision"],
            name="fk_board_seat_ods_code_year_revision",
        ),
        sa.PrimaryKeyConstraint(
            "ods_code", "year", "revision", "voting", "executive", name="pk_board_seat"
        ),
    )
    op.create_table(
        "board_warning",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("detail", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(
            ["ods_code", "year", "revision"],
            ["board_revision.ods_code", "board_revision.year", "board_revision.revision"],
            name="fk_board_warning_ods_code_year_revision",
        ),
        sa.PrimaryKeyConstraint(
            "ods_code", "year", "revision", "ordinal", name="pk_board_warning"
        ),
    )
    op.create_table(
        "headcount",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("staff_group", sa.String(12), nullable=False),
        sa.Column("band", sa.String(12), nullable=False),
        sa.Column("white", sa.Integer(), nullable=False),
        sa.Column("bme", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(staff_group = 'medical') = "
            "(band IN ('consultant', 'career_grade', 'trainee', 'other'))",
            name=op.f("ck_headcount_band_of_staff_group"),
        ),
        sa.CheckConstraint(
            "staff_group IN ('non_clinical', 'clinical', 'medical')",
            name=op.f("ck_headcount_staff_group_known"),
        ),
        sa.CheckConstraint("white + bme + unknown > 0", name=op.f("ck_headcount_not_empty")),
        sa.CheckConstraint(
            "white >= 0 AND bme >= 0 AND unknown >= 0", name=op.f("ck_headcount_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["ods_code", "year", "revision"],
            ["actuals_revision.ods_code", "actuals_revision.year", "actuals_revision.revision"],
            name="fk_headcount_ods_code_year_revision",
        ),
        sa.PrimaryKeyConstraint(
            "ods_code", "year", "revision", "staff_group", "band", name="pk_headcount"
        ),
    )
    op.create_table(
        "sign_off",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("board_date", sa.Date(), nullable=False),
        sa.Column("lead_role", sa.String(200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.Column("supplied_by", sa.String(10), nullable=True),
        sa.ForeignKeyConstraint(
            ["ods_code", "year", "revision"],
            ["actuals_revision.ods_code", "actuals_revision.year", "actuals_revision.revision"],
            name="fk_sign_off_ods_code_year_revision",
        ),
        sa.PrimaryKeyConstraint("ods_code", "year", "revision", name="pk_sign_off"),
    )
    op.create_table(
        "target_version",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("target_id", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edit", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("form", sa.String(20), nullable=False),
        sa.Column("goal_share", sa.Integer(), nullable=True),
        sa.Column("goal_headcount", sa.Integer(), nullable=True),
        sa.Column("goal_reason", sa.String(1000), nullable=True),
        sa.Column("rounding", sa.String(10), nullable=False),
        sa.Column("reference_kind", sa.String(30), nullable=True),
        sa.Column("reference_share", sa.Integer(), nullable=True),
        sa.Column("reference_source", sa.String(500), nullable=True),
        sa.Column("board_approved_on", sa.Date(), nullable=True),
        sa.Column("rationale", sa.String(4000), nullable=True),
        sa.Column("provenance", sa.String(20), nullable=False),
        sa.Column("baseline_bme", sa.Integer(), nullable=True),
        sa.Column("baseline_total", sa.Integer(), nullable=True),
        sa.Column("workforce_bme", sa.Integer(), nullable=True),
        sa.Column("workforce_total", sa.Integer(), nullable=True),
        sa.Column("baseline_revision", sa.Integer(), nullable=True),
        sa.Column("baseline_covers", sa.String(1000), nullable=True),
        sa.Column("baseline_source", sa.String(500), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.Column("supplied_by", sa.String(10), nullable=True),
        sa.Column("change_reason", sa.String(1000), nullable=True),
        sa.CheckConstraint(
            "(form = 'headcount') = (goal_headcount IS NOT NULL)",
            name=op.f("ck_target_version_headcount_with_form"),
        ),
        sa.CheckConstraint(
            "(form = 'no_target_needed') = (goal_reason IS NOT NULL)",
            name=op.f("ck_target_version_reason_with_form"),
        ),
        sa.CheckConstraint(
            "(form = 'share') = (goal_share IS NOT NULL)",
            name=op.f("ck_target_version_share_with_form"),
        ),
        sa.CheckConstraint(
            "form IN ('share', 'headcount', 'maintain', 'no_target_needed')",
            name=op.f("ck_target_version_form_known"),
        ),
        sa.CheckConstraint(
            "baseline_bme BETWEEN 0 AND baseline_total"
            " AND workforce_bme BETWEEN 0 AND workforce_total",
            name=op.f("ck_target_version_baseline_is_of_people"),
        ),
        sa.CheckConstraint("edit >= 1", name=op.f("ck_target_version_edit_counts")),
        sa.CheckConstraint(
            "goal_headcount >= 0", name=op.f("ck_target_version_headcount_not_negative")
        ),
        sa.CheckConstraint(
            "goal_share BETWEEN 0 AND 10000", name=op.f("ck_target_version_share_in_range")
        ),
        sa.CheckConstraint(
            "reference_share BETWEEN 0 AND 10000",
            name=op.f("ck_target_version_reference_in_range"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_target_version_version_counts")),
        sa.ForeignKeyConstraint(
            ["ods_code", "target_id"],
            ["target.ods_code", "target.target_id"],
            name="fk_target_version_ods_code_target_id",
        ),
        sa.PrimaryKeyConstraint(
            "ods_code", "target_id", "version", "edit", name="pk_target_version"
        ),
    )
    op.create_table(
        "target_milestone",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("target_id", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edit", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("share", sa.Integer(), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(share IS NULL) <> (headcount IS NULL)", name=op.f("ck_target_milestone_one_form")
        ),
        sa.CheckConstraint(
            "headcount >= 0", name=op.f("ck_target_milestone_headcount_not_negative")
        ),
        sa.CheckConstraint(
            "share BETWEEN 0 AND 10000", name=op.f("ck_target_milestone_share_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["ods_code", "target_id", "version", "edit"],
            [
                "target_version.ods_code",
                "target_version.target_id",
                "target_version.version",
                "target_version.edit",
            ],
            name="fk_target_milestone_ods_code_target_id_version_edit",
        ),
        sa.PrimaryKeyConstraint(
            "ods_code", "target_id", "version", "edit", "year", name="pk_target_milestone"
        ),
    )
    op.create_table(
        "target_move",
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("target_id", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edit", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("comment", sa.String(4000), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.Column("supplied_by", sa.String(10), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'reviewed', 'returned', 'superseded', 'withdrawn')",
            name=op.f("ck_target_move_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["ods_code", "target_id", "version", "edit"],
            [
                "target_version.ods_code",
                "target_version.target_id",
                "target_version.version",
                "target_version.edit",
            ],
            name="fk_target_move_ods_code_target_id_version_edit",
        ),
        sa.PrimaryKeyConstraint(
            "ods_code", "target_id", "version", "ordinal", name="pk_target_move"
        ),
    )

    op.execute(
        "INSERT INTO ledger (id, changes, changed_at) VALUES (1, 0, '2000-01-01 00:00:00+00:00')"
        if op.get_bind().dialect.name == "postgresql"
        else "INSERT INTO ledger (id, changes, changed_at)"
        " VALUES (1, 0, '2000-01-01 00:00:00.000000')"
    )


def downgrade() -> None:
    op.drop_table("target_move")
    op.drop_table("target_milestone")
    op.drop_table("target_version")
    op.drop_table("sign_off")
    op.drop_table("headcount")
    op.drop_table("board_warning")
    op.drop_table("board_seat")
    op.drop_table("actuals_warning")
    op.drop_table("actuals_cover")
    op.drop_table("token_organisation")
    op.drop_table("target")
    op.drop_index("ix_succession_successor", "succession")

    op.drop_table("succession")
    op.drop_table("organisation_revision")
    op.drop_table("organisation_fact")
    op.drop_table("organisation_alias")
    op.drop_table("board_revision")
    op.drop_table("actuals_revision")
    op.drop_table("token")
    op.drop_table("organisation")
    op.drop_table("ledger")
    op.drop_table("cycle")
    op.drop_table("census")
