"""Add action plans: their actions, the targets that they serve, and their reviews.

Only new tables are created, so the release before this one runs unharmed.

Revision: c8a5f2d61e07
Revises: 9d31e7c04ab8
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "c8a5f2d61e07"
down_revision = "9d31e7c04ab8"
branch_labels = None
depends_on = None

PLAN = ["ods_code", "cycle", "revision"]


def _of_plan(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        PLAN,
        [f"action_plan.{column}" for column in PLAN],
        name=f"fk_{table}_ods_code_cycle_revision",
    )


def _key() -> list[sa.Column[Any]]:
    return [
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("cycle", sa.String(9), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "action_plan",
        *_key(),
        sa.Column("published_url", sa.String(500), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.Column("supplied_by", sa.String(10), nullable=True),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_action_plan_revision_counts")),
        sa.ForeignKeyConstraint(
            ["ods_code"], ["organisation.ods_code"], name="fk_action_plan_ods_code"
        ),
        sa.ForeignKeyConstraint(["cycle"], ["cycle.code"], name="fk_action_plan_cycle"),
        sa.PrimaryKeyConstraint(*PLAN, name="pk_action_plan"),
    )
    op.create_table(
        "action_plan_target",
        *_key(),
        sa.Column("target_id", sa.String(60), nullable=False),
        _of_plan("action_plan_target"),
        sa.ForeignKeyConstraint(
            ["ods_code", "target_id"],
            ["target.ods_code", "target.target_id"],
            name="fk_action_plan_target_ods_code_target_id",
        ),
        sa.PrimaryKeyConstraint(*PLAN, "target_id", name="pk_action_plan_target"),
    )
    op.create_table(
        "action",
        *_key(),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("action_id", sa.String(40), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("measure", sa.String(20), nullable=True),
        sa.Column("staff_group", sa.String(12), nullable=True),
        sa.Column("indicator", sa.Integer(), nullable=True),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("notes", sa.String(4000), nullable=True),
        sa.CheckConstraint(
            "status IN ('planned', 'in_progress', 'embedded', 'stopped')",
            name=op.f("ck_action_status_known"),
        ),
        sa.CheckConstraint(
            "(measure IS NULL) <> (indicator IS NULL)", name=op.f("ck_action_one_aim")
        ),
        sa.CheckConstraint("indicator BETWEEN 1 AND 9", name=op.f("ck_action_indicator_known")),
        sa.CheckConstraint(
            "staff_group IN ('clinical', 'non_clinical')",
            name=op.f("ck_action_staff_group_known"),
        ),
        _of_plan("action"),
        sa.PrimaryKeyConstraint(*PLAN, "ordinal", name="pk_action"),
        sa.UniqueConstraint(
            *PLAN, "action_id", name="uq_action_ods_code_cycle_revision_action_id"
        ),
    )
    op.create_table(
        "plan_review",
        *_key(),
        sa.Column("after_years", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("comment", sa.String(4000), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_by", sa.String(200), nullable=False),
        sa.Column("supplied_by", sa.String(10), nullable=True),
        sa.CheckConstraint("after_years IN (1, 3)", name=op.f("ck_plan_review_years_known")),
        _of_plan("plan_review"),
        sa.PrimaryKeyConstraint(*PLAN, "after_years", name="pk_plan_review"),
    )


def downgrade() -> None:
    op.drop_table("plan_review")
    op.drop_table("action")
    op.drop_table("action_plan_target")
    op.drop_table("action_plan")
