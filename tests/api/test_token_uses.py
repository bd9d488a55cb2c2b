"""Uses of tokens are noted after the answer, and nobody waits for a note."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine
from starlette.types import Message, Receive, Scope, Send

from app.api.token_uses import TokenUses
from app.requests import Use
from app.store.engine import build_engine


class Asking:
    """Requests that are answered at once, each with uses to note."""

    def __init__(self, engine: Engine) -> None:
        self._uses: Sequence[Use] = ()
        self._engine = engine
        self._noting = TokenUses(self._answer)

    async def _answer(self, scope: Scope, _receive: Receive, _send: Send) -> None:
        scope["state"]["uses"] = self._uses

    def ask(self, use: Use) -> None:
        """Ask, and wait for the note as far as there is one."""
        self._uses = [use]
        app = SimpleNamespace(state=SimpleNamespace(engine=self._engine))

        async def receive() -> Message:
            raise AssertionError

        async def send(_message: Message) -> None:
            raise AssertionError

        asyncio.run(self._noting({"type": "http", "app": app}, receive, send))


@pytest.mark.parametrize("number", [1, 2])
def test_while_one_note_is_made_another_is_left_to_the_next_request(
    tmp_path: Path, number: int
) -> None:
    engine = build_engine(f"sqlite:///{tmp_path / 'notes.sqlite3'}")
    asking, begun, go_on, noted = Asking(engine), Event(), Event(), list[str]()

    def slowly(_session: object) -> None:
        begun.set()
        assert go_on.wait(60)
        noted.append("first")

    first = Thread(target=asking.ask, args=[slowly])
    first.start()
    assert begun.wait(60)
    for _ in range(number):
        asking.ask(lambda _: noted.append("meanwhile"))
    go_on.set()
    first.join()
    asking.ask(lambda _: noted.append("next"))
    engine.dispose()

    assert noted == ["first", "next"]
