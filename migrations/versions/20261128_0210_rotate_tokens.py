"""Rotate tokens, note their last use, let trusts withdraw, and register signed ones.

A token may have a former secret that is good for a while, or no secret at all where another's
signed tokens stand for it. The release before this one runs unharmed: the new columns may be
empty, it finds nobody by a hash that is not there, and a trust that withdrew from a token is no
longer among those that the token is for.

Revision: a61c09d4e7f2
Revises: c3e5a81f7d20
"""

import sqlalchemy as sa
from alembic import op

revision = "a61c09d4e7f2"
down_revision = "c3e5a81f7d20"
branch_labels = None
depends_on = None

FIXED = "token_withdrawal"
"""The table whose rows are never changed and never go."""


def upgrade() -> None:
    with op.batch_alter_table("token") as token:
        token.alter_column("hash", existing_type=sa.String(64), nullable=True)
        token.add_column(sa.Column("former_hash", sa.String(64), nullable=True))
        token.add_column(sa.Column("former_until", sa.DateTime(timezone=True), nullable=True))
        token.add_column(sa.Column("issuer", sa.String(500), nullable=True))
        token.add_column(sa.Column("subject", sa.String(255), nullable=True))
        token.add_column(sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True))
        token.create_check_constraint(
            op.f("ck_token_secret_or_subject"),
            "(hash IS NULL) = (subject IS NOT NULL) AND (subject IS NULL) = (issuer IS NULL)",
        )
        token.create_check_constraint(
            op.f("ck_token_former_secret_ends"),
            "(former_hash IS NULL) = (former_until IS NULL)"
            " AND (former_hash IS NULL OR hash IS NOT NULL)",
        )
    # One registration at a time says what a subject may do; a revoked one says nothing.
    op.create_index(
        "ix_token_issuer_subject",
        "token",
        ["issuer", "subject"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "token_withdrawal",
        sa.Column("token_id", sa.String(16), nullable=False),
        sa.Column("ods_code", sa.String(5), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["token_id"], ["token.id"], name="fk_token_withdrawal_token_id"),
        sa.ForeignKeyConstraint(
            ["ods_code"], ["organisation.ods_code"], name="fk_token_withdrawal_ods_code"
        ),
        sa.PrimaryKeyConstraint("token_id", "ods_code", name="pk_token_withdrawal"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {FIXED}_refuses_{event.lower()} BEFORE {event} ON {FIXED}"
                f" BEGIN SELECT RAISE(ABORT, 'rows of {FIXED} are never changed'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {FIXED}_refuses_change BEFORE UPDATE OR DELETE ON {FIXED}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {FIXED}_refuses_truncate BEFORE TRUNCATE ON {FIXED}"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("update", "delete"):
            op.execute(f"DROP TRIGGER {FIXED}_refuses_{event}")
    else:
        for event in ("change", "truncate"):
            op.execute(f"DROP TRIGGER {FIXED}_refuses_{event} ON {FIXED}")
    op.drop_table("token_withdrawal")
    # The schema before has no place for a registration without a secret.
    op.execute(
        "DELETE FROM token_organisation"
        " WHERE token_id IN (SELECT id FROM token WHERE hash IS NULL)"
    )
    op.execute("DELETE FROM token WHERE hash IS NULL")
    op.drop_index("ix_token_issuer_subject", "token")
    with op.batch_alter_table("token") as token:
        token.drop_constraint(op.f("ck_token_former_secret_ends"), type_="check")
        token.drop_constraint(op.f("ck_token_secret_or_subject"), type_="check")
        for name in ("last_used_at", "subject", "issuer", "former_until", "former_hash"):
            token.drop_column(name)
        token.alter_column("hash", existing_type=sa.String(64), nullable=False)
