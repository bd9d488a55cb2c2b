"""The kinds of database that the service runs on, one of its own for whoever measures or loads it.

What is committed to them lasts, as it does for an operator.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final

from tests.postgres import running_server


@contextmanager
def _sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'parity.sqlite3'}"


@contextmanager
def _postgresql(_folder: Path) -> Iterator[str]:
    with running_server(durable=True) as server:
        yield server.create("parity")


OF_ENGINES: Final[Mapping[str, Callable[[Path], AbstractContextManager[str]]]] = {
    "SQLite": _sqlite,
    "PostgreSQL": _postgresql,
}
"""What yields the address of an empty database, by the kind of it; a folder is for its files."""

ENGINES: Final = tuple(OF_ENGINES)
