"""The service behind the server of `parity serve`, and lines to it on which nothing is tidied."""

import json
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from fastapi import FastAPI
from starlette.testclient import TestClient

from app.domain.callers import Role
from app.settings import Settings
from tests.api.hostile.cases import Answer
from tests.api.permitted import CALLERS, PLACES, prepare
from tests.api.serving import running
from tests.bodies import PROBLEM_JSON
from tests.given import Given

TELLING: Final = frozenset(
    {
        "allow",
        "connection",
        "etag",
        "idempotency-replayed",
        "location",
        "retry-after",
        "upgrade",
        "www-authenticate",
    }
)
"""The headers by which a program goes on, and none of which may be amiss."""

SECONDS: Final = 60
"""How long answers may take on a busy machine."""

_MARK: Final = "the-last-of-them"
_MARKING: Final = (
    f"GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-ID: {_MARK}\r\n\r\n"
).encode()
_NAME: Final = re.compile(rb"<(\w+:\w+)>")


@dataclass(frozen=True)
class Target:
    """A running service, as whoever attacks it sees it.

    Attributes:
        names: What stands for names in `<…>`.
        held: How many rows each table has before anything hostile comes.
    """

    port: int
    given: Given
    names: Mapping[str, str]
    held: Mapping[str, int]

    def send(self, message: bytes) -> tuple[Answer, ...]:
        """Send bytes as they are; return all that comes back on the line.

        A harmless request follows them, so that what was left of them is answered too.
        """
        named = self._name(message)
        with socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS) as line:
            line.sendall(named + _MARKING)
            with line.makefile("rb") as said:
                content = said.read()
        return tuple(_read(content))

    def expect(self, answer: Answer) -> Answer:
        """Return an answer that names what the service named itself."""
        said = json.loads(self._name(json.dumps([answer.body, dict(answer.headers)]).encode()))
        return Answer(answer.status, *said)

    def _name(self, message: bytes) -> bytes:
        return _NAME.sub(lambda found: self.names[found[1].decode()].encode(), message)


@contextmanager
def attacked(app: FastAPI) -> Iterator[Target]:
    """Run a service that holds something of several trusts, and that waits a second for bodies."""
    settings: Settings = app.state.settings
    app.state.settings = settings.model_copy(update={"body_seconds": 1})
    app.middleware_stack = None  # it is built anew, with this setting
    with TestClient(app) as client:
        given = Given(app.state.engine)
        tokens = {
            role: {} if role is Role.ANONYMOUS else given.token(role.value, *codes)
            for role, codes in CALLERS.items()
        }
        ids = prepare(app, client, tokens[Role.NATIONAL])
        secrets = {
            f"token:{role.value}": headers["Authorization"].removeprefix("Bearer ")
            for role, headers in tokens.items()
            if headers
        }
    names = {
        f"{noun}:{code}": held[code]
        for noun, held in (("expert", ids.experts), ("import", ids.imports), ("id", ids.tokens))
        for code in PLACES
    }
    with running(app) as port:
        held = Given(app.state.engine)  # of this start: what one opens, its end closes
        yield Target(port, held, names | secrets, held.count_rows())
    app.middleware_stack = None


def _read(content: bytes) -> Iterator[Answer]:
    """Yield the answers in what came back, but for that to the harmless request."""
    while content:
        head, _, content = content.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        pairs = [
            (name.lower(), value) for name, _, value in (one.partition(": ") for one in lines)
        ]
        headers = dict(pairs)
        assert len(headers) == len(pairs), f"a header comes twice: {head!r}"
        length = int(headers.get("content-length", "0"))
        body, content = content[:length], content[length:]
        if headers.get("x-request-id") == _MARK:
            assert not content
            return
        yield _answer(int(status.split(" ")[1]), headers, body)


def _answer(status: int, headers: Mapping[str, str], body: bytes) -> Answer:
    """Return an answer, of which what is the same in each has been looked at."""
    telling = {name: value for name, value in headers.items() if name in TELLING}
    media_type = headers.get("content-type", "")
    if "x-request-id" not in headers:  # the server's own
        assert (status, media_type) == (400, "text/plain; charset=utf-8"), body
        return Answer(status, body.decode(), telling)
    assert headers["x-content-type-options"] == "nosniff"
    assert status < 400 or media_type == PROBLEM_JSON, (status, media_type, body)
    if "json" not in media_type:
        return Answer(status, body.decode(), telling)
    said: Any = json.loads(body, parse_constant=_no_constant)
    return Answer(status, said, telling)


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")
