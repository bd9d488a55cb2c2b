"""Bringing a database to the schema that this release needs, and asking whether it is there.

Alembic is loaded when something has to be migrated: it takes a thirtieth of the start.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine, inspect, text

from app.domain.codes import StorageReason
from app.domain.errors import StorageUnavailable
from app.store.audit_beginning import begin_audit
from app.store.engine import BUSY_TIMEOUT_MS, build_engine
from app.store.failures import translated
from app.store.rows import LedgerRow, TokenRow

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

NEWEST: Final = "b7d04c92e1a6"
"""The revision that this release needs: that of the newest of `migrations/versions`."""

_APP = Path(__file__).parents[1]

_VERSION_TABLE = "alembic_version"
"""Where Alembic keeps the revision of a database."""

_HELD = text("SELECT version_num FROM alembic_version")

_LOCK = 0x70617269
"""The advisory lock that makes migrations on PostgreSQL wait for each other; any number will
do that nothing else in the database uses."""

_SHORT_WAIT_MS = 400
"""How long a migration waits for tables: less than PostgreSQL's `deadlock_timeout` of a second."""

_PATIENCE_S = 60
"""How long a migration tries again to have all tables at once."""

_BEGUN_WITH = frozenset({LedgerRow.__tablename__, TokenRow.__tablename__})
"""Tables that most transactions read first: who has them has only to wait for those under way."""


class Held(Enum):
    """What is in a database, as far as its schema tells."""

    CURRENT = auto()
    """The schema that this release needs."""
    NOTHING = auto()
    OLDER = auto()
    """A schema that this release migrates."""
    NEWER = auto()
    """A schema of Parity that this release does not know."""
    STRANGE = auto()
    """Tables, and none of them Parity's."""


def upgrade(database: Engine | str, revision: str = "head") -> None:
    """Migrate a database up to a revision, all in one transaction.

    The audit of a database that holds something already begins with that.

    Args:
        database: An engine, or the address of a database.
        revision: A revision of `migrations/versions`, or `head` for the newest.
    """
    with _engine(database) as engine, migration_connection(engine) as connection:
        upgrade_on(connection, revision)


def upgrade_on(connection: Connection, revision: str = "head") -> None:
    """Migrate a database up to a revision on a `migration_connection`, as a part of more."""
    from alembic import command  # noqa: PLC0415

    command.upgrade(_config(connection), revision)
    if revision == "head":
        begin_audit(connection)


def downgrade(database: Engine | str, revision: str = "base") -> None:
    """Migrate a database down to a revision, all in one transaction.

    Args:
        database: An engine, or the address of a database.
        revision: A revision of `migrations/versions`, or `base` for an empty database.
    """
    from alembic import command  # noqa: PLC0415

    with _engine(database) as engine, migration_connection(engine) as connection:
        command.downgrade(_config(connection), revision)


def current(database: Engine | str) -> str | None:
    """Return the revision that a database is at; none for an empty database.

    Raises:
        StorageUnavailable: The database cannot be used.
    """
    with (
        _engine(database) as engine,
        translated(engine),
        engine.connect() as connection,
    ):
        if not inspect(connection).has_table(_VERSION_TABLE):
            return None
        held: str | None = connection.execute(_HELD).scalar_one_or_none()
        return held


def find_held(engine: Engine) -> Held:
    """Return what is in a database.

    Raises:
        StorageUnavailable: The database cannot be used.
    """
    with translated(engine):
        tables = {*inspect(engine).get_table_names()}
    revision = current(engine)
    if revision == NEWEST:
        return Held.CURRENT
    if not tables - {_VERSION_TABLE}:
        return Held.NOTHING
    if revision is None or LedgerRow.__tablename__ not in tables:
        return Held.STRANGE
    return Held.OLDER if is_known(revision) else Held.NEWER


def is_known(revision: str) -> bool:
    """Return whether this release has a revision among its migrations."""
    return revision in {one.revision for one in migrations().walk_revisions()}


def is_current(database: Engine | str) -> bool:
    """Return whether a database is at the revision that this release needs."""
    return current(database) == NEWEST


@contextmanager
def migration_connection(engine: Engine) -> Iterator[Connection]:
    """Open a connection on which a migration is alone, in a transaction that commits at the end.

    SQLite changes most of a table by making a new one and dropping the old, which must not
    take with it the rows that refer to it. So its foreign keys are not enforced meanwhile, and
    all of them are checked before the end.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            with _unenforced_foreign_keys(connection), connection.begin():
                yield connection
                check_foreign_keys(connection)
        else:
            with connection.begin():
                # Another migration may take its time.
                connection.execute(text("SET LOCAL lock_timeout = 0"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                _lock_tables(connection)
                connection.execute(text(f"SET LOCAL lock_timeout = {BUSY_TIMEOUT_MS}"))
                yield connection


def _lock_tables(connection: Connection) -> None:
    """Take every table of a PostgreSQL database that a release reads and writes meanwhile.

    A migration that took them one by one, as it came to them, could wait for a reader who waits
    for it. One that waits less long than PostgreSQL takes to look for a deadlock, and lets go of
    all it has, is always the one that gives way: nobody else's work is broken off.

    Raises:
        StorageUnavailable: They could not be had together.
    """
    tables = sorted(
        inspect(connection).get_table_names(), key=lambda name: (name not in _BEGUN_WITH, name)
    )
    if not tables:
        return
    quoted = ", ".join(map(connection.dialect.identifier_preparer.quote, tables))
    deadline = monotonic() + _PATIENCE_S
    while True:
        try:
            with translated(connection.engine), connection.begin_nested():
                connection.execute(text(f"SET LOCAL statement_timeout = {_SHORT_WAIT_MS}"))
                connection.execute(text(f"LOCK TABLE {quoted} IN ACCESS EXCLUSIVE MODE"))
                connection.execute(text("SET LOCAL statement_timeout = 0"))
        except StorageUnavailable as unavailable:
            if unavailable.reason is not StorageReason.BUSY or monotonic() > deadline:
                raise
        else:
            return


@contextmanager
def _unenforced_foreign_keys(connection: Connection) -> Iterator[None]:
    # SQLite ignores this pragma inside a transaction, so it goes around SQLAlchemy, which
    # would begin one.
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys = OFF")
    connection.execution_options(parity_write=True)
    try:
        yield
    finally:
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()


def is_empty(connection: Connection) -> bool:
    """Return whether a database has no tables; only then can everything be put into it."""
    return not {*inspect(connection).get_table_names()} - {_VERSION_TABLE}


def check_foreign_keys(connection: Connection) -> None:
    """Look for rows that refer to nothing, which PostgreSQL refuses while they are stored.

    Raises:
        ValueError: There are some.
    """
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise ValueError(f"the migration leaves rows that refer to nothing: {broken}")


@contextmanager
def _engine(database: Engine | str) -> Iterator[Engine]:
    if isinstance(database, Engine):
        yield database
        return
    engine = build_engine(database)
    try:
        yield engine
    finally:
        engine.dispose()


def migrations() -> "ScriptDirectory":
    """Return the migrations of this release."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    return ScriptDirectory.from_config(_config())


def _config(connection: Connection | None = None) -> "Config":
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_migrations()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _migrations() -> Path:
    """Return the folder of migrations: beside the package in a checkout, in it if installed."""
    beside = _APP.parent / "migrations"
    return beside if (beside / "env.py").is_file() else _APP / "migrations"
