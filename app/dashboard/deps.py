"""What pages ask for."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlmodel import Session

from app import requests
from app.dashboard.forms.entered import Entered
from app.dashboard.visitors import Visitor, identify
from app.domain.callers import Caller, Role
from app.domain.errors import TokenInvalid
from app.requests import Now as Now  # noqa: PLC0414 — pages ask for it here, with the others
from app.store.engine import PAGE_READERS, PAGE_WRITERS

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


def _reading(request: Request) -> Iterator[Session]:
    with requests.reading(request) as session:
        yield session


def _turn(request: Request) -> Iterator[Engine]:
    yield requests.engine_of(request)


WritingTurn = Annotated[Engine, Depends(_turn, scope="function", max_concurrency=PAGE_WRITERS)]
"""The engine, for as many at once as may write from pages."""


def _writing(request: Request, _turn: WritingTurn, visitor: PageVisitor) -> Iterator[Session]:
    with requests.writing(request, visitor.caller) as session:
        yield session


ReadSession = Annotated[Session, Depends(_reading, scope="function", max_concurrency=PAGE_READERS)]
"""A session that sees one state of the database and can change nothing."""

WriteSession = Annotated[Session, Depends(_writing, scope="function")]
"""A session in a transaction that commits when the route returns, before the page is sent, and
rolls back if the route raises."""


@dataclass(frozen=True, slots=True)
class FormSessions:
    """Opens sessions one after the other, for a form that is answered by a page.

    What is wrong with it is told when its transaction has been rolled back, so that nothing of
    it is stored and no writer waits for charts to be drawn.
    """

    request: Request
    caller: Caller

    def writing(self) -> AbstractContextManager[Session]:
        """Open a session in a transaction that commits at its end, or rolls back on an error."""
        return requests.writing(self.request, self.caller)

    def reading(self) -> AbstractContextManager[Session]:
        """Open a session that can change nothing."""
        return requests.reading(self.request)


def _forms(request: Request, _turn: WritingTurn, visitor: PageVisitor) -> FormSessions:
    return FormSessions(request, visitor.caller)


Forms = Annotated[FormSessions, Depends(_forms, scope="function")]
"""What a form that may have faults is taken in."""


async def _entered(request: Request) -> Entered:
    sent = (await request.form()).multi_items()
    return Entered.of((name, value) for name, value in sent if isinstance(value, str))


async def _asked(request: Request) -> Entered:
    return Entered.of(request.query_params.multi_items())


FormEntered = Annotated[Entered, Depends(_entered)]
"""What was entered into the form that was sent; files are left out."""

QueryEntered = Annotated[Entered, Depends(_asked)]
"""What the address says is to stand in a form."""
