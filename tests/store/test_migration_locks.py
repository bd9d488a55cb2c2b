"""Migrations of a PostgreSQL database that others are using; one of SQLite waits as any writer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text

from app.domain.codes import StorageReason
from app.domain.errors import StorageUnavailable
from app.store import schema
from app.store.engine import build_engine

WAITS_FOR = text(
    "SELECT count(*) FROM pg_locks WHERE relation = 'release'::regclass AND NOT granted"
)
READ_RELEASES = text("SELECT count(*) FROM release")
READ_BOARDS = text("SELECT count(*) FROM board_revision")
READ_TOKENS = text("SELECT count(*) FROM token")


@pytest.fixture
def postgresql(postgresql_url: str) -> Iterator[Engine]:
    engine = build_engine(postgresql_url)
    yield engine
    engine.dispose()


def wait_until_the_migration_waits(engine: Engine) -> None:
    """Ask PostgreSQL until somebody waits for the table of releases."""
    with engine.connect() as connection:
        while not connection.execute(WAITS_FOR).scalar_one():
            connection.rollback()


def test_a_migration_gives_way_to_a_reader_who_comes_to_a_table_it_has_taken(
    postgresql: Engine,
) -> None:
    with ThreadPoolExecutor() as pool, postgresql.connect() as reader:
        reader.execute(READ_RELEASES)
        migration = pool.submit(schema.downgrade, postgresql, "-2")
        wait_until_the_migration_waits(postgresql)
        # It takes tokens first, and boards before releases.
        rows = [reader.execute(table).scalar_one() for table in (READ_BOARDS, READ_TOKENS)]
        reader.rollback()
        migration.result()

    assert rows == [0, 0]
    assert schema.current(postgresql) not in {None, schema.NEWEST}


def test_a_migration_of_tables_that_stay_in_use_says_that_the_database_is_busy(
    postgresql: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "_PATIENCE_S", 0.001)

    with postgresql.connect() as reader:
        reader.execute(READ_RELEASES)
        with pytest.raises(StorageUnavailable) as caught:
            schema.downgrade(postgresql, "-1")

    assert caught.value.reason is StorageReason.BUSY
    assert schema.is_current(postgresql)
