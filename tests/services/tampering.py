"""Changing what nothing may change."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text
from sqlmodel import Session

from app.store.engine import writing


@contextmanager
def behind_the_triggers(engine: Engine) -> Iterator[Session]:
    """Open a session in which no trigger and no reference refuses; nothing of it stays."""
    with writing(engine) as session:
        if engine.dialect.name == "postgresql":
            session.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            session.execute(text("PRAGMA defer_foreign_keys = ON"))
            triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for name in session.execute(triggers).scalars().all():
                session.execute(text(f"DROP TRIGGER {name}"))
        yield session
        session.rollback()
