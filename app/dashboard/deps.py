"""What pages ask for."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from app.domain.callers import ANONYMOUS, Caller
from app.settings import Settings
from app.store.engine import PAGE_READERS, reading


def _reading(request: Request) -> Iterator[Session]:
    with reading(request.app.state.engine) as session:
        yield session


ReadSession = Annotated[Session, Depends(_reading, scope="function", max_concurrency=PAGE_READERS)]
"""A session that sees one state of the database and can change nothing."""


def _now(request: Request) -> datetime:
    clock: Callable[[], datetime] = request.app.state.clock
    return clock()


Now = Annotated[datetime, Depends(_now)]
"""The instant at which the request is answered; nothing below reads a clock."""


def _caller(request: Request, now: Now) -> Caller:
    settings: Settings = request.app.state.settings
    return replace(ANONYMOUS, sees_invented=settings.invented_figures == "open", day=now.date())


PageCaller = Annotated[Caller, Depends(_caller)]
"""Who reads the page."""
