"""A service with the demonstration set behind a real server, and a real browser."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser

from tests.api.serving import running
from tests.apps import borrowed_app
from tests.browser.chromium import chromium
from tests.browser.journeys.stage import Stage
from tests.browser.signing import Tokens
from tests.kept import Kept, demonstration


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's Chromium; while it runs, no other test of the process can run a loop."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def demonstrated(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The service; pages ask what the API asks, so one kind of database will do.

    Tests share it: one that sends something takes a trust of its own.
    """
    folder = tmp_path_factory.mktemp("browser")
    with kept.copy("sqlite", demonstration, folder) as url, borrowed_app(url) as app:
        yield app


@pytest.fixture(scope="session")
def origin(demonstrated: FastAPI) -> Iterator[str]:
    """The address of the service."""
    with running(demonstrated) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def tokens(demonstrated: FastAPI, origin: str) -> Tokens:
    """Tokens with which readers sign in."""
    assert origin  # what runs has an engine
    return Tokens(demonstrated.state.engine)


@pytest.fixture(scope="module")
def stage(browser: Browser, origin: str, tokens: Tokens) -> Stage:
    """Where journeys take place."""
    return Stage(browser, origin, tokens)
