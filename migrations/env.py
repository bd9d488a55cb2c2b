"""Connects Alembic to the tables.

The service hands over a connection through `app.store.schema`; the command `alembic`, which
developers use to write a migration, makes one from the settings.
"""

from alembic import context
from sqlalchemy import Connection

from app.settings import read_settings
from app.store.engine import build_engine
from app.store.rows import Row
from app.store.schema import migration_connection


def migrate(connection: Connection) -> None:
    """Run the migrations that were asked for in the connection's transaction."""
    context.configure(
        connection=connection,
        target_metadata=Row.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate_by_command() -> None:
    """Run the migrations on the database of the settings."""
    engine = build_engine(read_settings().database_url)
    try:
        with migration_connection(engine) as connection:
            migrate(connection)
    finally:
        engine.dispose()


given = context.config.attributes.get("connection")
if given is None:
    migrate_by_command()
else:
    migrate(given)
