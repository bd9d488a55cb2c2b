"""A service with the demonstration set behind a real server, and a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.api.serving import running
from tests.apps import borrowed_app
from tests.browser.chromium import chromium
from tests.kept import Kept, demonstration


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def origin(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the service; pages ask what the API asks, so one kind of database will do."""
    folder = tmp_path_factory.mktemp("browser")
    with (
        kept.copy("sqlite", demonstration, folder) as url,
        borrowed_app(url) as app,
        running(app) as port,
    ):
        yield f"http://127.0.0.1:{port}"
