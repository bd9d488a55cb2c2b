"""A client whose clock the test sets, and the facts that a test starts from."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.given import Clock, Given, Headers


@pytest.fixture
def clock() -> Clock:
    """The clock of the service; each request finds it a second later."""
    return Clock()


@pytest.fixture
def client(database_url: str, clock: Clock) -> Iterator[TestClient]:
    """A client that gets answers as a caller does: a failure of the service is one too."""
    app = create_app(Settings(database_url=database_url), clock=clock)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def given(engine: Engine) -> Given:
    """Facts to start from; a small register is held."""
    given = Given(engine)
    given.register()
    return given


@pytest.fixture
def national(given: Given) -> Headers:
    """The headers of a caller who may do everything."""
    return given.token("national", name="national team")


@pytest.fixture
def sender(given: Given) -> Headers:
    """The headers of a system that sends in figures of invented trusts."""
    codes = ("ZZ901", "ZZ902", "ZZ903", "ZZ904", "ZZ905")
    return given.token("trust_data", *codes, name="HR system")
