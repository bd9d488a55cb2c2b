"""The version of what is stored: a number that grows with every change, and is quick to read.

It is that of the newest change in the ledger. What is not entered there (when a token was last
used, whose figures were read) leaves it as it is.
"""

import sqlite3
from asyncio import Lock, get_running_loop
from time import monotonic, sleep
from typing import Any, Final, NamedTuple, Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.domain.errors import StorageUnavailable

PAUSE_SECONDS: Final = 1.0
"""How long a database is left alone that could not tell its version."""

TRUST_SECONDS: Final = 0.01
"""How long what a PostgreSQL server told is trusted; every change there takes so much longer."""

_RENEW_AFTER_SECONDS: Final = TRUST_SECONDS * 0.75
"""When it is asked for anew, if anybody wants to know."""

_WAIT_SECONDS: Final = TRUST_SECONDS * 1.2
"""How long a change is waited out: clocks of two hosts do not run quite alike."""

OF_FILE: Final = "SELECT changes FROM ledger WHERE id = 1"
"""Asks a SQLite file: the number of the newest change."""

OF_SERVER: Final = (
    "SELECT (extract(epoch FROM changed_at) * 1000000)::bigint FROM ledger WHERE id = 1"
)
"""Asks a PostgreSQL server: the instant of the newest change, in microseconds.

No two changes share one. Numbers would be given twice where a server that has not got the last
changes takes over, and two versions would look like one.
"""

FAILURES: Final = (DBAPIError, PoolTimeoutError, StorageUnavailable)
"""What the engine raises that cannot connect."""


class Told(NamedTuple):
    """A version, and when it was asked for, as `time.monotonic` has it."""

    version: int
    at: float


class DataVersion(Protocol):
    """Tells the version of what is stored.

    What it tells holds every change that was acknowledged before the event loop came to whoever
    asks: a request that is served has been sent before.
    """

    async def read(self) -> int | None:
        """Return the version; None if it cannot be told."""

    async def close(self) -> None:
        """Let go of the database."""


def watch(engine: Engine, *, pause_seconds: float = PAUSE_SECONDS) -> DataVersion:
    """Return what tells the version of a database, by a connection of its own.

    It belongs to one event loop. Whoever asks for it closes it.
    """
    kind = _FileVersion if engine.dialect.name == "sqlite" else ServerVersion
    return kind(engine, pause_seconds)


def wait_out(engine: Engine) -> None:
    """Wait until no process trusts a version from before a change that has been committed.

    Whoever commits a change waits so before anybody is told that it is done.
    """
    if engine.dialect.name == "postgresql":
        sleep(_WAIT_SECONDS)


class _FileVersion:
    """The version of a SQLite file, asked for once in each turn of the event loop.

    That takes 2 us, in the loop itself. Whoever comes later in the same turn was there before it
    began; so the answer is good for all of them.
    """

    def __init__(self, engine: Engine, pause_seconds: float) -> None:
        # Another who holds the file is not waited for: no other request would be answered.
        impatience = "PRAGMA busy_timeout = 0"
        self._line = _FileLine(engine, pause_seconds, impatience, "PRAGMA query_only = 1")
        self._is_asked = False
        self._commits: int | None = None
        self._version: int | None = None

    async def read(self) -> int | None:
        if not self._is_asked:
            self._is_asked = True
            # The loop takes turns in order: whatever comes in from now on is behind this.
            get_running_loop().call_soon(self._forget)
            self._ask()
        return None if self._commits is None else self._version

    async def close(self) -> None:
        self._line.close()

    def _forget(self) -> None:
        self._is_asked = False

    def _ask(self) -> None:
        # It tells commits of all other connections, and this one makes none.
        commits = self._line.ask("PRAGMA data_version")
        if commits is None:
            self._commits = None
        elif commits != self._commits:
            self._version = self._line.ask(OF_FILE)
            self._commits = commits if self._version is not None else None


class ServerVersion:
    """The version of a PostgreSQL database: what was told is trusted for a few milliseconds.

    Whoever changes something waits that out before the change is acknowledged, in whichever
    process and on whichever host. So nobody is told of a state from before an acknowledged change,
    and a question every few milliseconds serves any number of requests. It is sent, and its answer
    taken, at the beginning of a turn of the event loop, so that nobody has to wait for it: whoever
    comes later in that turn was there before it began. While the database is away only whoever
    asks whether it is back waits for that.

    Attributes:
        told: The newest that was told; None before the first.
    """

    def __init__(self, engine: Engine, pause_seconds: float) -> None:
        # A file needs no driver of a server, which takes a while to load.
        from app.store.server_lines import ServerLine  # noqa: PLC0415

        self._line = ServerLine(engine, pause_seconds, OF_SERVER)
        self._waiting = Lock()
        self._turn_at: float | None = None
        self._renew_at = self._good_until = float("-inf")
        self._version: int | None = None
        self._is_away = False
        self.told: Told | None = None

    async def read(self) -> int | None:
        """Return the version; None if it cannot be told."""
        came_at = self._begin_turn() if self._turn_at is None else self._turn_at
        if came_at < self._good_until:
            return self._version
        if self._is_away and self._waiting.locked():
            return None
        async with self._waiting:
            while came_at >= self._good_until:
                await self._wait()
            return self._version

    async def close(self) -> None:
        """Let go of the database."""
        self._line.close()

    def _begin_turn(self) -> float:
        self._turn_at = now = monotonic()
        # The loop takes turns in order: whatever comes in from now on is behind this.
        get_running_loop().call_soon(self._end_turn)
        if now >= self._renew_at and not self._waiting.locked():
            self._take(self._line.look())
            if now >= self._renew_at:
                self._line.ask()
        return now

    def _end_turn(self) -> None:
        self._turn_at = None

    async def _wait(self) -> None:
        began_at = monotonic()
        told = await self._line.wait()
        self._is_away = told is None
        self._take(told)
        if told is None:
            # It is an answer to those alone who were there when it was asked for.
            self._version, self._good_until = None, began_at

    def _take(self, told: Told | None) -> None:
        if told is not None:
            self.told, self._version = told, told.version
            self._renew_at = told.at + _RENEW_AFTER_SECONDS
            self._good_until = told.at + TRUST_SECONDS


class _FileLine:
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
            if self._connection is None:
                self._connection = connect(self._engine)
                for statement in self._first:
                    self._connection.execute(statement)
            found: tuple[int] | None = self._connection.execute(question).fetchone()
        except (sqlite3.Error, *FAILURES):
            self.close()
            self._again_at = monotonic() + self._pause_seconds
            return None
        return None if found is None else found[0]

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def connect(engine: Engine) -> Any:  # noqa: ANN401 — of the driver
    """Return a connection of the driver's that belongs to no pool."""
    pooled = engine.raw_connection()
    pooled.detach()
    return pooled.dbapi_connection
