"""The service behind a real server, a trust's token, and clients generated once."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.api.serving import running
from tests.apps import borrowed_app
from tests.clients.generating import HERE, generate_python, generate_typescript
from tests.clients.tools import PACKAGES
from tests.given import Clock, Given


class Reached(NamedTuple):
    """Where a service answers, and who calls.

    Attributes:
        address: Of the service.
        token: The trust ZZ901's.
    """

    address: str
    token: str


@pytest.fixture
def reached(database_url: str) -> Iterator[Reached]:
    """A service with a small register, on a database of each kind."""
    with borrowed_app(database_url, clock=Clock()) as app, running(app) as port:
        given = Given(app.state.engine)
        given.register()
        token = given.new_token("trust", "ZZ901", name="HR system").secret
        yield Reached(f"http://127.0.0.1:{port}", token)


@pytest.fixture(scope="session")
def python_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the generated package for Python."""
    folder = tmp_path_factory.mktemp("python_client")
    generate_python(folder)
    return folder


@pytest.fixture(scope="session")
def typescript_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the generated client for TypeScript and the script that goes by it."""
    folder = tmp_path_factory.mktemp("typescript_project")
    generate_typescript(folder / "client")
    for name in ("year.ts", "tsconfig.json"):
        shutil.copy(HERE / "typescript" / name, folder)
    (folder / "package.json").write_text('{"type": "module"}\n', encoding="utf-8")
    (folder / "node_modules").symlink_to(PACKAGES)
    return folder
