"""The triggers with which the database guards what was recorded."""

from typing import Final

from sqlalchemy import text
from sqlmodel import Session

FIXED: Final = (
    "audit_entry", "change", "consent_area", "consent_revision", "cycle", "disclosure",
    "explanation", "hidden_group", "import_item", "import_record", "import_warning",
    "indicator_pool", "indicator_revision", "indicator_survey", "indicator_warning", "release",
    "target", "target_comment", "target_milestone", "target_move", "target_version",
    "token_withdrawal",
)  # fmt: skip
"""Tables whose rows are never changed and never go."""

_REDACTED: Final = frozenset(
    {
        "explanation", "import_record", "indicator_revision", "release", "target_comment",
        "target_move", "target_version",
    }
)  # fmt: skip
"""Those of them whose texts may be redacted, which PostgreSQL tells from other changes."""

_KEPT_IN_PLACE: Final = (
    "cycle", "target", "target_comment", "target_milestone", "target_move", "target_version",
)  # fmt: skip
"""Those of them that refuse on SQLite, too, that a row takes the place of another."""

_LIVES: Final = frozenset(
    {
        "target_version_refuses_insert",
        "target_milestone_refuses_insert",
        "target_move_refuses_leap",
    }
)
"""Triggers that keep the lives of targets."""

_ENABLED: Final = {
    "sqlite": text("SELECT name FROM sqlite_master WHERE type = 'trigger'"),
    "postgresql": text(
        "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        " AND relnamespace = current_schema()::regnamespace"
    ),
}


def expected(dialect: str) -> frozenset[str]:
    """Return the names of the triggers that a database of a kind should have."""
    if dialect == "sqlite":
        events = [f"{table}_refuses_{event}" for table in FIXED for event in ("update", "delete")]
        return _LIVES.union(events, (f"{table}_refuses_replacement" for table in _KEPT_IN_PLACE))
    return _LIVES.union(
        f"{table}_refuses_{event}"
        for table in FIXED
        for event in (("update", "delete") if table in _REDACTED else ("change",))
    ).union(f"{table}_refuses_truncate" for table in FIXED)


def enabled(session: Session) -> frozenset[str]:
    """Return the names of the triggers that a database has switched on."""
    return frozenset(session.execute(_ENABLED[session.get_bind().dialect.name]).scalars())
