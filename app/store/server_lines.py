"""Asking a PostgreSQL server one question over and over, in the event loop.

To ask in a thread takes as long as to answer twenty requests from memory. So the driver connects
in one, and what it connects by (libpq) is asked in the loop, without waiting.
"""

from asyncio import CancelledError, Event, get_running_loop
from time import monotonic
from typing import Final

import psycopg
from anyio import to_thread
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn, PGresult
from sqlalchemy import Engine

from app.store.versions import FAILURES, connect

_NAME: Final = b"question"
"""What it is prepared as."""


class ServerLine:
    """A connection outside of the pool and of any transaction, made anew when it has failed."""

    def __init__(self, engine: Engine, pause_seconds: float, question: str) -> None:
        """Make what connects when it is first asked.

        Args:
            engine: Of the database.
            pause_seconds: How long it is left alone when it has failed.
            question: It is answered with one number.
        """
        self._engine, self._pause_seconds, self._question = engine, pause_seconds, question
        self._connection: psycopg.Connection | None = None
        self._again_at = 0.0

    async def ask(self) -> int | None:
        """Return the one number that the question is answered with; None where there is none."""
        if self._connection is None and monotonic() < self._again_at:
            return None
        try:
            if self._connection is None:
                self._connection = await to_thread.run_sync(self._prepare)
            results = await _ask(self._connection.pgconn)
        except (psycopg.Error, *FAILURES):
            self.close()
            self._again_at = monotonic() + self._pause_seconds
            return None
        except CancelledError:
            self.close()  # the answer would be taken for that to the next question
            raise
        found = None if results.ntuples == 0 else results.get_value(0, 0)
        return None if found is None else int(found)

    def close(self) -> None:
        """Let go of the database."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _prepare(self) -> psycopg.Connection:
        connection: psycopg.Connection = connect(self._engine)
        try:
            _accept(connection.pgconn.prepare(_NAME, self._question.encode()))
        except psycopg.Error:
            connection.close()
            raise
        return connection


async def _ask(line: PGconn) -> PGresult:
    """Return the answer to what was prepared; raise Error where there is none."""
    line.send_query_prepared(_NAME, None)
    results = []
    while (one := await _next(line)) is not None:
        results.append(one)
    return _accept(results[0])


async def _next(line: PGconn) -> PGresult | None:
    """Return the next result of a question; None after the last."""
    if line.is_busy():
        loop, socket, came = get_running_loop(), line.socket, Event()
        loop.add_reader(socket, came.set)
        try:
            while line.is_busy():
                await came.wait()
                came.clear()
                line.consume_input()
        finally:
            loop.remove_reader(socket)
    return line.get_result()


def _accept(result: PGresult) -> PGresult:
    """Return a result; raise Error unless it is what was asked for."""
    if result.status not in {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}:
        raise psycopg.OperationalError(result.error_message)
    return result
