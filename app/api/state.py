"""What the application holds ready for a request: its database, its clock, its origin."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlmodel import Session

from app.domain.audit import Channel, Origin
from app.domain.callers import ANONYMOUS, Caller
from app.store import engine as store
from app.store import readings


def engine_of(request: Request) -> Engine:
    """Return the engine of the application."""
    engine: Engine = request.app.state.engine
    return engine


def read_now(request: Request) -> datetime:
    """Return the instant at which a request is answered: the clock is read once for each."""
    found: datetime | None = getattr(request.state, "now", None)
    if found is None:
        clock: Callable[[], datetime] = request.app.state.clock
        request.state.now = found = clock()
    return found


Now = Annotated[datetime, Depends(read_now)]
"""The instant at which the request is answered; nothing below reads a clock."""


def origin_of(request: Request, caller: Caller) -> Origin:
    """Return who sends a request, and from where."""
    return Origin(
        caller=caller,
        channel=Channel.HTTP,
        operation=request.scope["route"].name,
        address=None if request.client is None else request.client.host,
        request_id=getattr(request.state, "request_id", None),
    )


@contextmanager
def reading(request: Request) -> Iterator[Session]:
    """Open a session that can change nothing; record whose exact figures were read in it.

    They are recorded before the answer is sent: if that fails, there is none.
    """
    with store.reading(engine_of(request)) as session:
        yield session
    _record(request, session)


@contextmanager
def writing(request: Request, caller: Caller) -> Iterator[Session]:
    """Open a session in a transaction of a caller's; record what was read in it likewise."""
    with store.writing(engine_of(request), origin_of(request, caller)) as session:
        yield session
    _record(request, session)


def _record(request: Request, session: Session) -> None:
    """Record what was noted in a session that has given its connection back."""
    readings.record_noted(
        engine_of(request), session, lambda: (origin_of(request, ANONYMOUS), read_now(request))
    )
