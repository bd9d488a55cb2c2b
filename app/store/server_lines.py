"""Asking a PostgreSQL server one question over and over, in the event loop.

To ask in a thread takes as long as to answer twenty requests from memory. So the driver connects
in one, and what it connects by (libpq) is asked in the loop, without waiting.
"""

from asyncio import Event, get_running_loop
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

import psycopg
from anyio import to_thread
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult
from sqlalchemy import Engine

from app.store.versions import FAILURES, Told, connect

_NAME: Final = b"question"
"""What it is prepared as."""


class ServerLine:
    """A connection outside of the pool and of any transaction, made anew when it has failed.

    One question at a time is under way on it.
    """

    def __init__(self, engine: Engine, pause_seconds: float, question: str) -> None:
        """Make what connects when somebody first waits for an answer.

        Args:
            engine: Of the database.
            pause_seconds: How long it is left alone when it has failed.
            question: It is answered with one number.
        """
        self._engine, self._pause_seconds, self._question = engine, pause_seconds, question
        self._connection: psycopg.Connection | None = None
        self._asked_at: float | None = None
        self._came: list[PGresult] = []
        self._again_at = 0.0

    def ask(self) -> None:
        """Send the question, unless one is under way or there is no connection."""
        if self._connection is not None and self._asked_at is None:
            with self._giving_up():
                self._asked_at = monotonic()
                self._connection.pgconn.send_query_prepared(_NAME, None)

    def look(self) -> Told | None:
        """Return what the question is answered with; None while it is not, or where none is."""
        if self._connection is None or self._asked_at is None:
            return None
        line = self._connection.pgconn
        with self._giving_up():
            line.consume_input()
            while not line.is_busy():
                if (result := line.get_result()) is not None:
                    self._came.append(_accept(result))
                    continue
                told = Told(_number_of(self._came[0]), self._asked_at)
                self._came, self._asked_at = [], None
                return told
        return None

    async def wait(self) -> Told | None:
        """Return what the question is answered with, which is sent unless one is under way.

        None where there is no answer. One at a time waits, and nobody looks meanwhile.
        """
        if self._connection is None and monotonic() < self._again_at:
            return None
        with self._giving_up():
            if self._connection is None:
                self._connection = await to_thread.run_sync(self._prepare)
            self.ask()
        while self._asked_at is not None:
            if (told := self.look()) is not None:
                return told
            await self._readable()
        return None

    def close(self) -> None:
        """Let go of the database."""
        if self._connection is not None:
            self._connection.close()
        self._connection, self._asked_at, self._came = None, None, []

    async def _readable(self) -> None:
        """Wait until the server says something, if the line still stands."""
        if self._connection is None:
            return
        loop, socket, came = get_running_loop(), self._connection.pgconn.socket, Event()
        loop.add_reader(socket, came.set)
        try:
            await came.wait()
        finally:
            loop.remove_reader(socket)

    @contextmanager
    def _giving_up(self) -> Iterator[None]:
        """Let go of the database where it fails."""
        try:
            yield
        except (psycopg.Error, *FAILURES):
            self.close()
            self._again_at = monotonic() + self._pause_seconds

    def _prepare(self) -> psycopg.Connection:
        connection: psycopg.Connection = connect(self._engine)
        try:
            _accept(connection.pgconn.prepare(_NAME, self._question.encode()))
        except psycopg.Error:
            connection.close()
            raise
        return connection


def _accept(result: PGresult) -> PGresult:
    """Return a result; raise Error unless it is what was asked for."""
    if result.status not in {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}:
        raise psycopg.OperationalError(result.error_message)
    return result


def _number_of(result: PGresult) -> int:
    """Return the one number of a result; raise Error where there is none."""
    found = None if result.ntuples == 0 else result.get_value(0, 0)
    if found is None:
        message = "the question has no answer"
        raise psycopg.DataError(message)
    return int(found)
