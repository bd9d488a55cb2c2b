"""What pages ask for."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlmodel import Session

from app.dashboard.visitors import Visitor, identify, read_now
from app.domain.audit import Channel, Origin
from app.domain.callers import ANONYMOUS, Caller, Role
from app.domain.errors import TokenInvalid
from app.store import readings
from app.store.engine import PAGE_READERS, PAGE_WRITERS, reading, writing

Now = Annotated[datetime, Depends(read_now)]
"""The instant at which the request is answered; nothing below reads a clock."""

PageVisitor = Annotated[Visitor, Depends(identify)]
"""Who reads the page, with the session if there is one."""


async def _caller(visitor: PageVisitor) -> Caller:
    return visitor.caller


async def _signed_in(visitor: PageVisitor) -> Caller:
    if visitor.caller.role is Role.ANONYMOUS:
        raise TokenInvalid("This takes somebody who is signed in.")
    return visitor.caller


PageCaller = Annotated[Caller, Depends(_caller)]
"""As whom the page acts: the caller of the token that somebody signed in with, or anybody."""

SignedInCaller = Annotated[Caller, Depends(_signed_in)]
"""Likewise; whoever has not signed in is led to do so first."""


def _origin_of(request: Request, caller: Caller) -> Origin:
    """Return who sends a form or reads a page, and from where."""
    return Origin(
        caller=caller,
        channel=Channel.HTTP,
        operation=request.scope["route"].name,
        address=None if request.client is None else request.client.host,
        request_id=getattr(request.state, "request_id", None),
    )


def _record(request: Request, session: Session) -> None:
    """Record whose exact figures were read in a session that has given its connection back."""
    readings.record_noted(
        request.app.state.engine,
        session,
        lambda: (_origin_of(request, ANONYMOUS), read_now(request)),
    )


def _reading(request: Request) -> Iterator[Session]:
    with reading(request.app.state.engine) as session:
        yield session
    _record(request, session)


def _turn(request: Request) -> Iterator[Engine]:
    engine: Engine = request.app.state.engine
    yield engine


WritingTurn = Annotated[Engine, Depends(_turn, scope="function", max_concurrency=PAGE_WRITERS)]
"""The engine, for as many at once as may write from pages."""


def _writing(request: Request, engine: WritingTurn, visitor: PageVisitor) -> Iterator[Session]:
    with writing(engine, _origin_of(request, visitor.caller)) as session:
        yield session
    _record(request, session)


ReadSession = Annotated[Session, Depends(_reading, scope="function", max_concurrency=PAGE_READERS)]
"""A session that sees one state of the database and can change nothing."""

WriteSession = Annotated[Session, Depends(_writing, scope="function")]
"""A session in a transaction that commits when the route returns, before the page is sent, and
rolls back if the route raises."""
