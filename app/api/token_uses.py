"""Noting that a token was used, once its caller has been answered."""

from datetime import datetime
from threading import Lock
from typing import Final

from anyio import to_thread
from fastapi import Request
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from starlette.types import ASGIApp, Receive, Scope, Send

from app.domain.tokens import Token
from app.services.callers import record_use
from app.store.engine import noting

_USE: Final = "token_use"
"""Under which name a request keeps the use that is to be noted."""


def mark_use(request: Request, token: Token, now: datetime) -> None:
    """Let the use of a token be noted after the answer, unless that was done in this hour."""
    if token.is_use_due_at(now):
        setattr(request.state, _USE, (token.id, now))


class TokenUses:
    """Notes the uses that requests have marked, whatever they were answered.

    A caller never waits for it, and it waits for nobody: what cannot be noted at once is noted
    with the next request of the token.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._noting = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, then note what token it was made with."""
        state = scope.setdefault("state", {})
        await self._app(scope, receive, send)
        if _USE in state:
            await to_thread.run_sync(self._note, scope["app"].state.engine, *state[_USE])

    def _note(self, engine: Engine, token_id: str, at: datetime) -> None:
        if not self._noting.acquire(blocking=False):
            return
        try:
            with noting(engine) as session:
                record_use(session, token_id=token_id, at=at)
        except OperationalError:
            # Another is writing, or the database is away: the next request will note it.
            return
        finally:
            self._noting.release()
