"""Keep an audit: who changed or read what, in a chain of hashes; and let texts be redacted.

Only a new table and triggers are added. What is held already is entered by the program after the
migration, because the digests are its own. The release before this one goes on writing without
entering anything; run it no longer, or `parity audit verify` finds what it stores.

Of a row that is never changed, a text may become `[redacted ...]`, and nothing else. On SQLite a
later migration that adds a column to one of these tables has to make the trigger again.

Revision: 8e3a51c70d94
Revises: 8b1e5d3f7a20
"""

import sqlalchemy as sa
from alembic import op

revision = "8e3a51c70d94"
down_revision = "8b1e5d3f7a20"
branch_labels = None
depends_on = None

TEXTS = {
    "target_version": (
        "goal_reason", "reference_source", "rationale", "baseline_source", "change_reason",
    ),
    "target_move": ("comment",),
    "target_comment": ("text",),
    "release": ("name", "note"),
    "explanation": ("text",),
    "indicator_revision": ("source", "notes", "reason", "correction_note"),
    "import_record": ("file_name", "reason", "correction_note"),
}  # fmt: skip
"""Texts that may be redacted in tables whose rows are otherwise never changed."""

TOMBSTONE = "[redacted ____-__-__]"
"""What a text may become, with the day."""

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
        _let_texts_be_redacted_on_sqlite()
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_entry_refuses_{event.lower()} BEFORE {event}"
                " ON audit_entry"
                " BEGIN SELECT RAISE(ABORT, 'rows of audit_entry are never changed'); END"
            )
        return
    _let_texts_be_redacted_on_postgresql()
    op.execute(
        "CREATE TRIGGER audit_entry_refuses_change BEFORE UPDATE OR DELETE ON audit_entry"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_refuses_truncate BEFORE TRUNCATE ON audit_entry"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def _let_texts_be_redacted_on_sqlite() -> None:
    for table, texts in TEXTS.items():
        columns = [one["name"] for one in sa.inspect(op.get_bind()).get_columns(table)]
        kept = [f"NEW.{one} IS OLD.{one}" for one in columns if one not in texts]
        told = [
            f"(NEW.{one} IS OLD.{one} OR (OLD.{one} IS NOT NULL AND NEW.{one} IS NOT NULL"
            f" AND NEW.{one} LIKE '{TOMBSTONE}'))"
            for one in texts
        ]
        some = " OR ".join(f"NEW.{one} IS NOT OLD.{one}" for one in texts)
        op.execute(f"DROP TRIGGER {table}_refuses_update")
        op.execute(
            f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table}"
            f" WHEN NOT ({' AND '.join((*kept, *told))} AND ({some}))"
            f" BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
        )


def _let_texts_be_redacted_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change_but_redaction() RETURNS trigger LANGUAGE plpgsql AS $$"
        " DECLARE was jsonb := to_jsonb(OLD); becomes jsonb := to_jsonb(NEW); text_ text; BEGIN"
        " FOREACH text_ IN ARRAY TG_ARGV LOOP"
        f" IF was ->> text_ IS NOT NULL AND becomes ->> text_ LIKE '{TOMBSTONE}'"
        " THEN was := was - text_; becomes := becomes - text_; END IF; END LOOP;"
        " IF was <> becomes OR OLD IS NOT DISTINCT FROM NEW THEN"
        " RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
    )
    for table, texts in TEXTS.items():
        listed = ", ".join(f"'{one}'" for one in texts)
        op.execute(f"DROP TRIGGER {table}_refuses_change ON {table}")
        op.execute(
            f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION refuse_change_but_redaction({listed})"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("update", "delete"):
            op.execute(f"DROP TRIGGER audit_entry_refuses_{event}")
        for table in TEXTS:
            op.execute(f"DROP TRIGGER {table}_refuses_update")
            op.execute(
                f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table}"
                f" BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
            )
    else:
        for table in TEXTS:
            op.execute(f"DROP TRIGGER {table}_refuses_update ON {table}")
            op.execute(f"DROP TRIGGER {table}_refuses_delete ON {table}")
            op.execute(
                f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
        op.execute("DROP FUNCTION refuse_change_but_redaction()")
        for event in ("change", "truncate"):
            op.execute(f"DROP TRIGGER audit_entry_refuses_{event} ON audit_entry")
    op.drop_index("ix_audit_entry_thing", "audit_entry")
    op.drop_index("ix_audit_entry_ods_code", "audit_entry")
    op.drop_table("audit_entry")
