"""Databases that are filled once, and copied for every test that starts from what is in them."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.store.engine import build_engine, writing
from tests.origins import ORIGIN
from tests.postgres import Server

if TYPE_CHECKING:
    from app.demonstration.values import DemonstrationSet

Fill = Callable[[str], None]
"""Stores something in the database at an address, and lets go of it."""

LOADED = datetime(2026, 10, 24, 9, tzinfo=UTC)
"""When the demonstration set was."""


class KeptFiles:
    """SQLite databases, by what fills them."""

    def __init__(self, migrated: Path, folder: Path) -> None:
        self._migrated = migrated
        self._folder = folder
        self._files: dict[Fill, Path] = {}

    @contextmanager
    def copy(self, fill: Fill, folder: Path) -> Iterator[str]:
        """Yield the address of a copy."""
        if fill not in self._files:
            made = self._folder / str(len(self._files))
            made.mkdir()
            self._files[fill] = Path(shutil.copy(self._migrated, made))
            fill(f"sqlite:///{self._files[fill]}")
        yield f"sqlite:///{shutil.copy(self._files[fill], folder)}"


class KeptDatabases:
    """PostgreSQL databases, by what fills them."""

    def __init__(self, server: Server, names: Iterator[str], migrated: str) -> None:
        self._server = server
        self._names = names
        self._migrated = migrated
        self._databases: dict[Fill, str] = {}

    @contextmanager
    def copy(self, fill: Fill, _folder: Path) -> Iterator[str]:
        """Yield the address of a copy."""
        if fill not in self._databases:
            made = next(self._names)
            fill(self._server.create(made, template=self._migrated))
            self._databases[fill] = made
        name = next(self._names)
        yield self._server.create(name, template=self._databases[fill])
        self._server.drop(name)

    def drop(self) -> None:
        """Drop what was kept."""
        for name in self._databases.values():
            self._server.drop(name)


class Kept:
    """Databases of either kind; a server is started once one is asked for."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._request = request

    @contextmanager
    def copy(self, kind: str, fill: Fill, folder: Path) -> Iterator[str]:
        """Yield the address of a database of a kind that was filled so, for one test alone."""
        of_kind: KeptFiles | KeptDatabases = self._request.getfixturevalue(f"kept_{kind}")
        with of_kind.copy(fill, folder) as url:
            yield url


def nothing(_url: str) -> None:
    """Leave a database as the migrations have built it."""


@cache
def make_set() -> "DemonstrationSet":
    """Return the demonstration set, which is made once: making it takes seconds."""
    from app.services.demonstration import make_demonstration  # noqa: PLC0415 - few need it

    return make_demonstration()


def demonstration(url: str) -> None:
    """Load the register and the demonstration set."""
    from app.domain.callers import COMMAND_LINE  # noqa: PLC0415 - only few tests need them
    from app.services.demonstration import load_demonstration  # noqa: PLC0415
    from app.services.register import load_register  # noqa: PLC0415

    engine = build_engine(url)
    with writing(engine, ORIGIN) as session:
        load_register(session, by=COMMAND_LINE, now=LOADED)
        load_demonstration(session, make_set(), by=COMMAND_LINE, now=LOADED)
    engine.dispose()


def migrated_demonstration(url: str) -> None:
    """Migrate an empty database, and load the same into it."""
    from app.store import schema  # noqa: PLC0415 - as above

    schema.upgrade(url)
    demonstration(url)
