"""Add a summary of each revision's people, which sums over many trusts are read from.

Only new tables are added, which the release before this one does not know: what it stores has no
summary, and is then put together from its rows as before.

Revision: b7d04c92e1a6
Revises: 5e9d3b7a1c48
"""

import sqlalchemy as sa
from alembic import op

revision = "b7d04c92e1a6"
down_revision = "5e9d3b7a1c48"
branch_labels = None
depends_on = None

KEY = ("ods_code", "year", "revision")

NAMES = {
    "headcount": "staff_group || ' ' || band",
    "board_seat": "CASE WHEN voting THEN 'V' ELSE '-' END"
    " || CASE WHEN executive THEN 'E' ELSE '-' END",
}
"""What a row of people is called in a summary, by table."""


def upgrade() -> None:
    for noun, rows in (("actuals", "headcount"), ("board", "board_seat")):
        op.create_table(
            f"{noun}_summary",
            sa.Column("ods_code", sa.String(5), nullable=False),
            sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("cells", sa.Text(), nullable=False),
            sa.Column("people", sa.Text(), nullable=False),
            sa.ForeignKeyConstraint(
                KEY,
                [f"{noun}_revision.{column}" for column in KEY],
                name=f"fk_{noun}_summary_ods_code_year_revision",
            ),
            sa.PrimaryKeyConstraint(*KEY, name=f"pk_{noun}_summary"),
        )
        _summarise(noun, rows)


def _summarise(noun: str, rows: str) -> None:
    """Fill a table of summaries from what is held."""
    together = "group_concat" if op.get_bind().dialect.name == "sqlite" else "string_agg"
    numbers = " || ' ' || ".join(f"CAST({one} AS TEXT)" for one in ("white", "bme", "unknown"))
    op.execute(
        f"INSERT INTO {noun}_summary (ods_code, year, revision, cells, people)"  # noqa: S608 — names of ours
        " SELECT sent.ods_code, sent.year, sent.revision,"
        f" coalesce({together}({NAMES[rows]}, ','), ''), coalesce({together}({numbers}, ' '), '')"
        f" FROM {noun}_revision AS sent LEFT JOIN {rows} ON {rows}.ods_code = sent.ods_code"
        f" AND {rows}.year = sent.year AND {rows}.revision = sent.revision"
        " GROUP BY sent.ods_code, sent.year, sent.revision"
    )


def downgrade() -> None:
    op.drop_table("board_summary")
    op.drop_table("actuals_summary")
