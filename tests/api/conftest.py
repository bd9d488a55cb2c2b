"""A client whose clock the test sets, and the facts that a test starts from.

A small register and two callers are stored once on each database; every test gets a copy.
"""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.store.engine import build_engine
from tests.api import setting
from tests.api.beginnings import Begin, Beginnings
from tests.apps import borrowed_app
from tests.bodies import Headers
from tests.given import Clock, Given
from tests.kept import KeptDatabases, KeptFiles
from tests.postgres import Server

DATABASES = ("sqlite", "postgresql")

registered = setting.registered


class Start(NamedTuple):
    """What every test starts from.

    Attributes:
        template: The database to copy: a file, or its name.
        national: Headers of a caller who may do everything.
        sender: Headers of a system that sends in figures of invented trusts.
    """

    template: str
    national: Headers
    sender: Headers


def _store(template: str, url: str) -> Start:
    engine = build_engine(url)
    given = Given(engine)
    given.register()
    national = given.token("national", name="national team")
    codes = ("ZZ901", "ZZ902", "ZZ903", "ZZ904", "ZZ905")
    sender = given.token("trust_data", *codes, name="HR system")
    engine.dispose()
    return Start(template, national, sender)


@pytest.fixture(scope="session")
def sqlite_start(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Start:
    file = shutil.copy(sqlite_template, tmp_path_factory.mktemp("start"))
    return _store(str(file), f"sqlite:///{file}")


@pytest.fixture(scope="session")
def postgresql_start(
    postgresql_server: Server, postgresql_names: Iterator[str], postgresql_template: str
) -> Iterator[Start]:
    name = next(postgresql_names)
    yield _store(name, postgresql_server.create(name, template=postgresql_template))
    postgresql_server.drop(name)


@pytest.fixture
def sqlite_registered_url(sqlite_start: Start, tmp_path: Path) -> str:
    """The address of a SQLite database that holds what every test starts from."""
    return f"sqlite:///{shutil.copy(sqlite_start.template, tmp_path)}"


@pytest.fixture
def postgresql_registered_url(
    postgresql_server: Server, postgresql_names: Iterator[str], postgresql_start: Start
) -> Iterator[str]:
    """The address of a PostgreSQL database likewise."""
    name = next(postgresql_names)
    yield postgresql_server.create(name, template=postgresql_start.template)
    postgresql_server.drop(name)


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database."""
    kind: str = request.param
    return kind


@pytest.fixture
def start(database: str, request: pytest.FixtureRequest) -> Start:
    """What the database holds at the start."""
    start: Start = request.getfixturevalue(f"{database}_start")
    return start


@pytest.fixture
def clock() -> Clock:
    """The clock of the service; each request finds it a second later."""
    return Clock()


@pytest.fixture(scope="session")
def sqlite_beginnings(sqlite_start: Start, tmp_path_factory: pytest.TempPathFactory) -> Beginnings:
    """SQLite databases on which something happened before a test."""
    folder = tmp_path_factory.mktemp("beginnings")
    return Beginnings(KeptFiles(Path(sqlite_start.template), folder), sqlite_start.national)


@pytest.fixture(scope="session")
def postgresql_beginnings(
    postgresql_server: Server, postgresql_names: Iterator[str], postgresql_start: Start
) -> Iterator[Beginnings]:
    """PostgreSQL databases likewise."""
    kept = KeptDatabases(postgresql_server, postgresql_names, postgresql_start.template)
    yield Beginnings(kept, postgresql_start.national)
    kept.drop()


@pytest.fixture
def begin() -> Begin | None:
    """What has happened when a test starts; a module says it for its tests."""
    return None


@pytest.fixture
def app(
    database: str,
    request: pytest.FixtureRequest,
    clock: Clock,
    begin: Begin | None,
    tmp_path: Path,
) -> Iterator[FastAPI]:
    """The service, not yet started."""
    with ExitStack() as stack:
        if begin is None:
            url: str = request.getfixturevalue(f"{database}_registered_url")
        else:
            beginnings: Beginnings = request.getfixturevalue(f"{database}_beginnings")
            url = stack.enter_context(beginnings.copy(begin, tmp_path, clock))
        yield stack.enter_context(borrowed_app(url, clock=clock))


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client that gets answers as a caller does: a failure of the service is one too."""
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def given(app: FastAPI, client: TestClient) -> Given:
    """Facts to start from, beside the register."""
    assert client
    return Given(app.state.engine)


@pytest.fixture
def national(start: Start) -> Headers:
    """The headers of a caller who may do everything."""
    return start.national


@pytest.fixture
def sender(start: Start) -> Headers:
    """The headers of a system that sends in figures of invented trusts."""
    return start.sender
