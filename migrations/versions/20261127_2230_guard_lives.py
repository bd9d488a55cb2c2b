"""Guard the lives of targets: no row takes another's place, and no version moves but as allowed.

On SQLite a replaced row fires the trigger that refuses its deletion only where
`recursive_triggers` is on, which is a setting of the connection; so a row whose key, or whose
rowid, is held is refused before it is stored, on any connection. A move is allowed or not by what
the version was before it. Cycles are fixed too, since every frozen path runs between their years.

Only triggers are added. The release before this one stores nothing that they refuse. On SQLite a
later migration that copies one of these tables (batch mode) loses its triggers and has to make
them again.

Revision: 1c7d40b9e6a2
Revises: c18a5d0e7f26
"""

from alembic import op

revision = "1c7d40b9e6a2"
down_revision = "c18a5d0e7f26"
branch_labels = None
depends_on = None

KEYS = {
    "target": ("ods_code", "target_id"),
    "target_version": ("ods_code", "target_id", "version", "edit"),
    "target_milestone": ("ods_code", "target_id", "version", "edit", "year"),
    "target_move": ("ods_code", "target_id", "version", "ordinal"),
    "target_comment": ("ods_code", "target_id", "ordinal"),
    "cycle": ("code",),
}
"""Tables whose rows are never changed and never go, with their keys."""

MOVES = (
    ("draft", "submitted"),
    ("draft", "withdrawn"),
    ("submitted", "reviewed"),
    ("submitted", "returned"),
    ("submitted", "superseded"),
    ("submitted", "withdrawn"),
    ("returned", "reviewed"),
    ("returned", "superseded"),
    ("returned", "withdrawn"),
    ("reviewed", "superseded"),
    ("reviewed", "withdrawn"),
)
"""What a version was, and what it may become; it begins as a draft."""

PAIRS = ", ".join(f"('{before}', '{after}')" for before, after in MOVES)

ALLOWED = (
    "(NEW.ordinal = 0 AND NEW.state = 'draft')"  # noqa: S608 - of what stands above
    " OR EXISTS (SELECT 1 FROM target_move AS held"
    " WHERE held.ods_code = NEW.ods_code AND held.target_id = NEW.target_id"
    " AND held.version = NEW.version AND held.ordinal = NEW.ordinal - 1"
    f" AND (held.state, NEW.state) IN (VALUES {PAIRS}))"
)
"""Whether a move follows the one before it. No move goes, so there is no gap before that one."""

NOT_ALLOWED = "a version does not move so"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _guard_on_sqlite()
    else:
        _guard_on_postgresql()


def _guard_on_sqlite() -> None:
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER cycle_refuses_{event.lower()} BEFORE {event} ON cycle"
            f" BEGIN {_refuse('rows of cycle are never changed')}; END"
        )
    for table, key in KEYS.items():
        is_same = " AND ".join(f"held.{column} = NEW.{column}" for column in key)
        held = f"SELECT 1 FROM {table} AS held WHERE held.rowid = NEW.rowid OR ({is_same})"  # noqa: S608 - names from above
        op.execute(
            f"CREATE TRIGGER {table}_refuses_replacement BEFORE INSERT ON {table}"
            f" WHEN EXISTS ({held}) BEGIN {_refuse(f'rows of {table} are never changed')}; END"
        )
    # After the row's own constraints, which name better what is wrong with it alone.
    op.execute(
        f"CREATE TRIGGER target_move_refuses_leap AFTER INSERT ON target_move WHEN NOT ({ALLOWED})"
        f" BEGIN {_refuse(NOT_ALLOWED)}; END"
    )


def _refuse(sentence: str) -> str:
    return f"SELECT RAISE(ABORT, '{sentence}')"


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE TRIGGER cycle_refuses_change BEFORE UPDATE OR DELETE ON cycle"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER cycle_refuses_truncate BEFORE TRUNCATE ON cycle"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE FUNCTION refuse_leap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF NOT ({ALLOWED}) THEN RAISE EXCEPTION '{NOT_ALLOWED}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER target_move_refuses_leap AFTER INSERT ON target_move"
        " FOR EACH ROW EXECUTE FUNCTION refuse_leap()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in (
            "cycle_refuses_update",
            "cycle_refuses_delete",
            "target_move_refuses_leap",
            *(f"{table}_refuses_replacement" for table in KEYS),
        ):
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute("DROP TRIGGER target_move_refuses_leap ON target_move")
        op.execute("DROP FUNCTION refuse_leap()")
        for event in ("change", "truncate"):
            op.execute(f"DROP TRIGGER cycle_refuses_{event} ON cycle")
