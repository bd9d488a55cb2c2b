"""Changing rows past the service, as somebody with the password of the database could."""

from sqlalchemy import text
from sqlmodel import Session


def break_(session: Session, *statements: str) -> None:
    """Change rows behind the triggers, which stand as before afterwards."""
    if session.get_bind().dialect.name == "postgresql":
        statements = (
            "SET LOCAL session_replication_role = replica",
            *statements,
            "SET LOCAL session_replication_role = origin",
        )
        triggers = []
    else:
        query = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = [*session.execute(query)]
    for name, _ in triggers:
        session.execute(text(f"DROP TRIGGER {name}"))
    for statement in statements:
        assert session.execute(text(statement)).rowcount != 0, statement  # type: ignore[attr-defined]
    for _, sql in triggers:
        session.execute(text(sql))
