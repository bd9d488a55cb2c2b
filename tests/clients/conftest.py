"""The service behind a real server, and clients generated once."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.api.serving import running
from tests.apps import borrowed_app
from tests.clients.generating import HERE, generate_python, generate_typescript
from tests.clients.tools import PACKAGES
from tests.given import Clock, Given


class Reached(NamedTuple):
    """A service that callers reach.

    Attributes:
        address: Where it answers.
        url: Of its database.
        given: Stores facts to start from, beside the register.
    """

    address: str
    url: str
    given: Given

    def token(self, role: str, *codes: str) -> str:
        """Make a token; return its secret."""
        return self.given.new_token(role, *codes, name="HR system").secret


@contextmanager
def _reach(url: str) -> Iterator[Reached]:
    with borrowed_app(url, clock=Clock()) as app, running(app) as port:
        given = Given(app.state.engine)
        given.register()
        yield Reached(f"http://127.0.0.1:{port}", url, given)


@pytest.fixture
def reached(database_url: str) -> Iterator[Reached]:
    """A service with a small register, on a database of each kind."""
    with _reach(database_url) as reached:
        yield reached


@pytest.fixture
def reached_on_sqlite(sqlite_url: str) -> Iterator[Reached]:
    """Likewise, where the kind of database cannot matter."""
    with _reach(sqlite_url) as reached:
        yield reached


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
