"""What pages ask for."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from app.store.engine import PAGE_READERS, reading


def _reading(request: Request) -> Iterator[Session]:
    with reading(request.app.state.engine) as session:
        yield session


ReadSession = Annotated[Session, Depends(_reading, scope="function", max_concurrency=PAGE_READERS)]
"""A session that sees one state of the database and can change nothing."""
