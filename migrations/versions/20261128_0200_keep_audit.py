"""Keep an audit: who changed or read what, in a chain of hashes; and let texts be redacted.

Only a new table and triggers are added. What is held already is entered by the program after the
migration, because the digests are its own. The release before this one goes on writing without
entering anything; run it no longer, or `parity audit verify` finds what it stores.

Of a row that is never changed, a text may become `[redacted ...]`, and nothing else.

Revision: 8e3a51c70d94
Revises: 4f1d7c2a9b36
"""

import sqlalchemy as sa
from alembic import op

revision = "8e3a51c70d94"
down_revision = "4f1d7c2a9b36"
branch_labels = None
depends_on = None

EVENTS = "event IN ('change', 'redaction', 'reading', 'before_audit')"

DIGEST = "(thing IS NULL) = (after IS NULL) AND (event = 'reading' OR thing IS NOT NULL)"


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(12), nullable=False),
        sa.Column("caller_name", sa.String(200), nullable=False),
        sa.Column("caller_role", sa.String(10), nullable=False),
        sa.Column("token_id", sa.String(200), nullable=True),
        sa.Column("channel", sa.String(7), nullable=False),
        sa.Column("address", sa.String(100), nullable=True),
        sa.Column("operation", sa.String(100), nullable=False),
        sa.Column("request_id", sa.String(64), nullable=True),
        sa.Column("kind", sa.String(20), nullable=True),
        sa.Column("ods_code", sa.String(5), nullable=True),
        sa.Column("name", sa.String(60), nullable=True),
        sa.Column("change", sa.BigInteger(), nullable=True),
        sa.Column("thing", sa.String(90), nullable=True),
        sa.Column("reason", sa.String(1000), nullable=True),
        sa.Column("before", sa.String(64), nullable=True),
        sa.Column("after", sa.String(64), nullable=True),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_audit_entry_number_counts")),
        sa.CheckConstraint(EVENTS, name=op.f("ck_audit_entry_event_known")),
        sa.CheckConstraint(
            "channel IN ('http', 'cli', 'upgrade')", name=op.f("ck_audit_entry_channel_known")
        ),
        sa.CheckConstraint(DIGEST, name=op.f("ck_audit_entry_digest_of_thing")),
        sa.CheckConstraint(
            "event <> 'redaction' OR reason IS NOT NULL",
            name=op.f("ck_audit_entry_redaction_has_reason"),
        ),
        sa.PrimaryKeyConstraint("number", name="pk_audit_entry"),
    )
    op.create_index("ix_audit_entry_ods_code", "audit_entry", ["ods_code"])
    op.create_index("ix_audit_entry_thing", "audit_entry", ["thing"])
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_entry_refuses_{event.lower()} BEFORE {event}"
                " ON audit_entry"
                " BEGIN SELECT RAISE(ABORT, 'rows of audit_entry are never changed'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER audit_entry_refuses_change BEFORE UPDATE OR DELETE ON audit_entry"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_refuses_truncate BEFORE TRUNCATE ON audit_entry"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("update", "delete"):
            op.execute(f"DROP TRIGGER audit_entry_refuses_{event}")
    else:
        for event in ("change", "truncate"):
            op.execute(f"DROP TRIGGER audit_entry_refuses_{event} ON audit_entry")
    op.drop_index("ix_audit_entry_thing", "audit_entry")
    op.drop_index("ix_audit_entry_ods_code", "audit_entry")
    op.drop_table("audit_entry")
