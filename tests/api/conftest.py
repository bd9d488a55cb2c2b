"""A client whose clock the test sets, and the facts that a test starts from."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.given import Clock, Given, Headers


@pytest.fixture
def clock() -> Clock:
    """The clock of the service; each request finds it a second later."""
    return Clock()


@pytest.fixture
def app(database_url: str, clock: Clock) -> FastAPI:
    """The service, not yet started."""
    return create_app(Settings(database_url=database_url), clock=clock)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client that gets answers as a caller does: a failure of the service is one too."""
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def given(app: FastAPI, client: TestClient) -> Given:
    """Facts to start from; a small register is held."""
    assert client
    given = Given(app.state.engine)
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
