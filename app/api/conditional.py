"""Entity tags on every read, HEAD, and 304 for callers who hold the answer already."""

from collections.abc import Sequence
from hashlib import sha256

from pydantic import BaseModel
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.entity_tags import read_tags, weakly
from app.domain.preconditions import ANY
from app.requests import age_of

_OK = 200
_NOT_MODIFIED = 304


def sealed(tag: str, body: BaseModel) -> str:
    """Return the tag of an answer that shows more than what its tag of what is held names.

    What stands after the `@` is the answer's content; preconditions ignore it.
    """
    return f'{tag[:-1]}@{sha256(body.model_dump_json().encode()).hexdigest()[:16]}"'


class ConditionalReads:
    """Gives each successful GET an ETag, the hash of its bytes unless the route set one.

    An answer that may be late says by how many seconds, as caches do (RFC 9111, 5.1).
    A HEAD is answered as the GET would be, without the body (RFC 9110, 9.3.2).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; hold a read back until all of it is there."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"
        start: Message = {}
        body = bytearray()

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                if (age_s := age_of(scope.get("state", {}))) is not None:
                    start["headers"] = [*start["headers"], (b"age", b"%d" % age_s)]
                await _finish(Headers(scope=scope), start, bytes(body), send, is_head=is_head)

        await self._app({**scope, "method": "GET"} if is_head else scope, receive, hold)


async def _finish(
    asked: Headers, start: Message, body: bytes, send: Send, *, is_head: bool
) -> None:
    """Send an answer, or word that the caller holds it."""
    if start["status"] == _OK:
        headers = MutableHeaders(raw=list(start["headers"]))
        tag = headers.setdefault("ETag", f'"{sha256(body).hexdigest()[:32]}"')
        # Whoever keeps an answer asks again; what one caller sees is not for another.
        headers.setdefault("Cache-Control", "private, no-cache")
        headers.add_vary_header("Accept")
        headers.add_vary_header("Authorization")
        if holds(asked.getlist("if-none-match"), tag):
            for name in ("content-length", "content-type"):
                del headers[name]
            start["status"], body = _NOT_MODIFIED, b""
        start["headers"] = headers.raw
    await send(start)
    await send({"type": "http.response.body", "body": b"" if is_head else body})


def holds(if_none_match: Sequence[str], tag: str) -> bool:
    """Return whether a tag is among those that a caller holds; weak ones count."""
    held = {weakly(one) for one in read_tags(", ".join(if_none_match))}
    return ANY in held or weakly(tag) in held
