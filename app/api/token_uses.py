"""Noting that a token or a session was used, once its caller has been answered."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from threading import Lock

from anyio import to_thread
from fastapi import Request
from sqlalchemy import Engine
from starlette.types import ASGIApp, Receive, Scope, Send

from app.domain.errors import StorageUnavailable
from app.domain.tokens import Token
from app.requests import Use, limit, mark_uses, marked_uses
from app.services.callers import record_use
from app.store.engine import noting


def mark_use(request: Request, token: Token, now: datetime) -> None:
    """Let the use of a token be noted after the answer, unless that was done in this hour.

    The answer may be given again until the next use is to be noted.
    """
    limit(request.scope["state"], max(now, token.next_use_due or now))
    if token.is_use_due_at(now):
        mark_uses(request, [partial(record_use, token_id=token.id, at=now)])


class TokenUses:
    """Notes the uses that requests have marked, whatever they were answered.

    A caller never waits for it, and it waits for nobody: what cannot be noted at once is noted
    with the next request of the token, or of the session.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._noting = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, then note what it was made with."""
        state = scope.setdefault("state", {})
        await self._app(scope, receive, send)
        if uses := marked_uses(state):
            await to_thread.run_sync(self._note, scope["app"].state.engine, uses)

    def _note(self, engine: Engine, uses: Sequence[Use]) -> None:
        if not self._noting.acquire(blocking=False):
            return
        try:
            with noting(engine) as session:
                for note in uses:
                    note(session)
        except StorageUnavailable:
            # Another is writing, or the database takes nothing: the next request will note it.
            return
        finally:
            self._noting.release()
