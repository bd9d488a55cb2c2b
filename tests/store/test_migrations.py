from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from app.store import schema
from app.store.engine import build_engine, writing
from app.store.rows import Row

NOTE = text("CREATE TABLE note (id INTEGER PRIMARY KEY)")
REMARK = text("CREATE TABLE remark (note_id INTEGER NOT NULL REFERENCES note (id))")
REMARK_ON_NOTHING = text("INSERT INTO remark (note_id) VALUES (1)")


@pytest.fixture
def empty_engine(empty_database_url: str) -> Iterator[Engine]:
    engine = build_engine(empty_database_url)
    yield engine
    engine.dispose()


def table_names(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_the_migrations_build_the_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        differences = compare_metadata(context, Row.metadata)

    assert differences == []


def test_downgrading_leaves_nothing(engine: Engine) -> None:
    schema.downgrade(engine)

    assert table_names(engine) == set()


def test_a_database_can_be_downgraded_and_upgraded_again(engine: Engine) -> None:
    schema.downgrade(engine)
    schema.upgrade(engine)

    assert table_names(engine) == set(Row.metadata.tables)
    assert schema.is_current(engine)


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    schema.upgrade(engine)

    assert schema.current(engine) == schema.NEWEST


def test_the_newest_migration_is_what_the_release_needs() -> None:
    assert schema.migrations().get_heads() == [schema.NEWEST]


def test_an_empty_database_is_not_current(empty_database_url: str) -> None:
    assert schema.current(empty_database_url) is None
    assert not schema.is_current(empty_database_url)


def test_a_migration_that_fails_leaves_nothing_behind(empty_engine: Engine) -> None:
    def migrate_and_fail() -> None:
        with schema.migration_connection(empty_engine) as connection:
            connection.execute(NOTE)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        migrate_and_fail()

    assert table_names(empty_engine) == set()


def test_foreign_keys_are_enforced_again_after_a_migration(engine: Engine) -> None:
    schema.upgrade(engine)
    with writing(engine) as session:
        session.execute(NOTE)
        session.execute(REMARK)

    with pytest.raises(IntegrityError), writing(engine) as session:
        session.execute(REMARK_ON_NOTHING)


def test_postgresql_looks_for_broken_references_itself(postgresql_url: str) -> None:
    engine = build_engine(postgresql_url)
    with engine.connect() as connection:
        before = connection.info.copy()
        schema.check_foreign_keys(connection)

        assert connection.info == before
    engine.dispose()


def test_a_migration_on_sqlite_that_breaks_a_reference_is_refused(empty_sqlite_url: str) -> None:
    engine = build_engine(empty_sqlite_url)

    def migrate_badly() -> None:
        with schema.migration_connection(engine) as connection:
            for statement in (NOTE, REMARK, REMARK_ON_NOTHING):
                connection.execute(statement)

    with pytest.raises(ValueError, match="rows that refer to nothing"):
        migrate_badly()

    assert table_names(engine) == set()
    engine.dispose()
