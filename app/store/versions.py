"""The version of what is stored: a number that grows with every change, and is quick to read.

It is that of the newest change in the ledger. What is not entered there (when a token was last
used, whose figures were read) leaves it as it is.
"""

from asyncio import Lock
from time import monotonic
from typing import Any, Final, NamedTuple, Protocol

from anyio import to_thread
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.domain.errors import StorageUnavailable

PAUSE_SECONDS: Final = 1.0
"""How long a database is left alone that could not tell its version."""

OF_FILE: Final = "SELECT changes FROM ledger WHERE id = 1"
"""Asks a SQLite file: the number of the newest change."""

OF_SERVER: Final = (
    "SELECT (extract(epoch FROM changed_at) * 1000000)::bigint FROM ledger WHERE id = 1"
)
"""Asks a PostgreSQL server: the instant of the newest change, in microseconds.

No two changes share one. Numbers would be given twice where a server that has not got the last
changes takes over, and two versions would look like one.
"""


class Told(NamedTuple):
    """A version, and when that was told, as `time.monotonic` has it."""

    version: int
    at: float


class DataVersion(Protocol):
    """Tells the version of what is stored."""

    async def read(self) -> int | None:
        """Return the version at an instant after the call; None if it cannot be told."""

    def close(self) -> None:
        """Let go of the database."""


def watch(engine: Engine, *, pause_seconds: float = PAUSE_SECONDS) -> DataVersion:
    """Return what tells the version of a database, by a connection of its own.

    It belongs to one event loop. Whoever asks for it closes it.
    """
    kind = _FileVersion if engine.dialect.name == "sqlite" else ServerVersion
    return kind(engine, pause_seconds)


class _FileVersion:
    """The version of a SQLite file: it is asked for where the request is, which takes 3 us."""

    def __init__(self, engine: Engine, pause_seconds: float) -> None:
        # Another who holds the file is not waited for: no other request would be answered.
        impatience = "PRAGMA busy_timeout = 0"
        self._line = _Line(engine, pause_seconds, impatience, "PRAGMA query_only = 1")
        self._commits: int | None = None
        self._version: int | None = None

    async def read(self) -> int | None:
        # It tells commits of all other connections, and this one makes none.
        commits = self._line.ask("PRAGMA data_version")
        if commits is None:
            self._commits = None
        elif commits != self._commits:
            self._version = self._line.ask(OF_FILE)
            self._commits = commits if self._version is not None else None
        return None if self._commits is None else self._version

    def close(self) -> None:
        self._line.close()


class ServerVersion:
    """The version of a PostgreSQL database: one question is for all who came before it.

    So nobody is told of a state from before the own request, in whichever process it is asked
    for, and yet under load few questions serve many requests. While the database is away only
    whoever asks whether it is back waits for that.

    Attributes:
        told: The newest that was told; None before the first.
    """

    def __init__(self, engine: Engine, pause_seconds: float) -> None:
        self._line = _Line(engine, pause_seconds)
        self._turn = Lock()
        self._asked_at = 0.0
        self._version: int | None = None
        self._is_away = False
        self.told: Told | None = None

    async def read(self) -> int | None:
        """Return the version at an instant after the call; None if it cannot be told."""
        came_at = monotonic()
        if self._is_away and self._turn.locked():
            return None
        async with self._turn:
            if self._asked_at <= came_at:
                self._asked_at = monotonic()
                self._version = await to_thread.run_sync(self._line.ask, OF_SERVER)
                self._is_away = self._version is None
                if self._version is not None:
                    self.told = Told(self._version, self._asked_at)
            return self._version

    def close(self) -> None:
        """Let go of the database."""
        self._line.close()


class _Line:
    """A connection outside of the pool and of any transaction, made anew when it has failed."""

    def __init__(self, engine: Engine, pause_seconds: float, *first: str) -> None:
        self._engine, self._pause_seconds, self._first = engine, pause_seconds, first
        self._connection: Any = None
        self._again_at = 0.0

    def ask(self, question: str) -> int | None:
        """Return the one number that a question is answered with; None where there is none."""
        if self._connection is None and monotonic() < self._again_at:
            return None
        try:
            found: tuple[int] | None = self._connect().execute(question).fetchone()
        except (
            self._engine.dialect.loaded_dbapi.Error,
            DBAPIError,
            PoolTimeoutError,
            StorageUnavailable,
        ):
            self.close()
            self._again_at = monotonic() + self._pause_seconds
            return None
        return None if found is None else found[0]

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect(self) -> Any:  # noqa: ANN401 — of the driver
        if self._connection is None:
            pooled = self._engine.raw_connection()
            pooled.detach()
            self._connection = pooled.dbapi_connection
            if self._engine.dialect.name == "postgresql":
                self._connection.autocommit = True
            for statement in self._first:
                self._connection.execute(statement)
        return self._connection
