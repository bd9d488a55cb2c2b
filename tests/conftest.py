"""A database, an engine, a session and a client for each test.

A test that asks for one of them runs twice, on SQLite and on PostgreSQL, each time on a copy
of its own of a database that the migrations have built.
"""

import gc
import os
import shutil
import sys
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path
from secrets import token_hex

import pytest
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.testclient import TestClient

from app.settings import PREFIX, TEST_PREFIX
from app.store import schema
from app.store.engine import build_engine, writing
from tests import examples
from tests.kept import Kept, KeptDatabases, KeptFiles
from tests.measuring import import_service, measured, unmeasured
from tests.origins import ORIGIN
from tests.postgres import MEMORY, Server, has_memory, running_server
from tests.statements import share_statements

examples.register()

DATABASES = ("sqlite", "postgresql")


def pytest_configure() -> None:
    """Forget the settings of whoever runs the tests; let all tests share compiled statements.

    What tests store on SQLite goes into memory, where a commit waits for no disk.
    """
    share_statements()
    if has_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    for name in list(os.environ):
        if name.startswith(PREFIX) and not name.startswith(TEST_PREFIX):
            del os.environ[name]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect the tests without measuring it: only the service is measured.

    No garbage is looked for in what there is by then, which took a thirtieth of all time.
    """
    if sys.gettrace() is not None:
        import_service()
    with unmeasured():
        collected = yield
    gc.freeze()
    return collected


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure a test as far as it may take a line that no other test takes."""
    with measured(item):
        return (yield)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_names() -> Iterator[str]:
    """Names for databases that no other run of the tests uses."""
    run = token_hex(4)
    return (f"parity_test_{run}_{number}" for number in count())


@pytest.fixture(scope="session")
def postgresql_template(
    postgresql_server: Server, postgresql_names: Iterator[str]
) -> Iterator[str]:
    name = next(postgresql_names)
    schema.upgrade(postgresql_server.create(name))
    yield name
    postgresql_server.drop(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "parity.sqlite3"
    schema.upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def kept_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> KeptFiles:
    """SQLite databases that are filled once, and copied."""
    return KeptFiles(sqlite_template, tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="session")
def kept_postgresql(
    postgresql_server: Server, postgresql_names: Iterator[str], postgresql_template: str
) -> Iterator[KeptDatabases]:
    """PostgreSQL databases likewise."""
    kept = KeptDatabases(postgresql_server, postgresql_names, postgresql_template)
    yield kept
    kept.drop()


@pytest.fixture(scope="session")
def kept(request: pytest.FixtureRequest) -> Kept:
    """Both."""
    return Kept(request)


@pytest.fixture
def postgresql_url(
    postgresql_server: Server, postgresql_names: Iterator[str], postgresql_template: str
) -> Iterator[str]:
    """The address of a migrated PostgreSQL database."""
    name = next(postgresql_names)
    yield postgresql_server.create(name, template=postgresql_template)
    postgresql_server.drop(name)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a migrated SQLite database."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path)}"


@pytest.fixture
def empty_postgresql_url(
    postgresql_server: Server, postgresql_names: Iterator[str]
) -> Iterator[str]:
    """The address of a PostgreSQL database without any table."""
    name = next(postgresql_names)
    yield postgresql_server.create(name)
    postgresql_server.drop(name)


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'empty.sqlite3'}"


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated database of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=DATABASES)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database of each kind."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = build_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session that may write; what it has not committed at the end is rolled back."""
    with writing(engine, ORIGIN) as session:
        yield session
        session.rollback()


@pytest.fixture
def client(database_url: str) -> Iterator[TestClient]:
    """A client of the service, which is started and stopped around the test."""
    from tests.apps import borrowed_app  # noqa: PLC0415 - a unit test starts without the service

    with borrowed_app(database_url) as app, TestClient(app) as client:
        yield client
