"""Requests with an `Idempotency-Key` are done once, however often they are sent.

A request that changes something takes its turn, then looks for the answer that its key was
given before. What it answers is kept in its own transaction: a crash leaves the change and its
answer, or neither. An error changes nothing and is not kept; the same request is then tried
anew. After the draft `draft-ietf-httpapi-idempotency-key-header-07`.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Final

from fastapi import Request, Response
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from app.domain.callers import Caller
from app.domain.errors import Fault, InvalidRequest
from app.domain.kept_answers import Claim
from app.services.kept_answers import keep_answer, recall_answer

HEADER: Final = "Idempotency-Key"
"""The header by which a caller names a request."""

REPLAYED: Final = "Idempotency-Replayed"
"""The header of an answer that was given before."""

LONGEST_KEY: Final = 255
"""Characters that a key may have."""

_PIECE: Final = 1 << 20


@dataclass(slots=True)
class _Asked:
    """A request that names itself.

    Attributes:
        digest: SHA-256 of all that it says.
        claims: What it is called by, with the session in which it is done, once that is open.
    """

    key: str
    digest: str
    claims: list[tuple[Claim, Session]] = field(default_factory=list)


class _AnsweredBefore(Exception):
    """The request was done before."""

    def __init__(self, content: str) -> None:
        super().__init__(content)
        self.content = content


async def answer_once(
    request: Request, answer: Callable[[Request], Awaitable[Response]], *, is_secret: bool
) -> Response:
    """Return the answer to a request, or the one that it was given before.

    Args:
        request: Whose body can be read again.
        answer: What answers it.
        is_secret: Whether its answer holds a secret, so that only its having been done is kept.
    """
    keys = request.headers.getlist(HEADER)
    if not keys:
        return await answer(request)
    asked = _Asked(_check(keys), await _digest(request))
    request.state.once = asked
    try:
        response = await answer(request)
    except _AnsweredBefore as before:
        return _read(before.content)
    for claim, session in asked.claims:
        content = None if is_secret else _write(response)
        now = _now(request)
        await run_in_threadpool(keep_answer, session, claim=claim, content=content, now=now)
    return response


def recall(request: Request, session: Session) -> None:
    """Leave the route for the answer that was given before, if the request names itself.

    Args:
        request: Whose caller is known.
        session: In the transaction in which the request is to be done.
    """
    asked: _Asked | None = getattr(request.state, "once", None)
    if asked is None:
        return
    caller: Caller = request.state.caller
    assert caller.token_id is not None  # noqa: S101 — without a token nobody changes anything
    claim = Claim(caller.token_id, asked.key, asked.digest)
    content = recall_answer(session, claim=claim, now=_now(request))
    if content is not None:
        raise _AnsweredBefore(content)
    asked.claims.append((claim, session))


def _check(keys: list[str]) -> str:
    key = keys[0]
    is_plain = key.isascii() and key.isprintable() and 1 <= len(key) <= LONGEST_KEY
    if len(keys) > 1 or not is_plain:
        detail = f"Send one key of 1 to {LONGEST_KEY} printable characters of ASCII."
        raise InvalidRequest([Fault(HEADER, "idempotency_key_malformed", detail)])
    return key


def _now(request: Request) -> datetime:
    clock: Callable[[], datetime] = request.app.state.clock
    return clock()


async def _digest(request: Request) -> str:
    """Return the SHA-256 of what a request says; the parts of a form, not how they are parted."""
    said = sha256()

    def say(text: str | bytes) -> None:
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        said.update(len(data).to_bytes(8))
        said.update(data)

    for text in (request.method, request.url.path, request.url.query):
        say(text)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        say(await request.body())
        return said.hexdigest()
    for name, value in (await request.form()).multi_items():
        say(name)
        say(await _digest_file(value) if isinstance(value, UploadFile) else value)
    return said.hexdigest()


async def _digest_file(file: UploadFile) -> str:
    """Return the name and the SHA-256 of a file, which can be read again afterwards."""
    said = sha256()
    while piece := await file.read(_PIECE):
        said.update(piece)
    await file.seek(0)
    return f"{file.filename}/{said.hexdigest()}"


def _write(response: Response) -> str:
    """Return an answer as a text; how long it is, the next one tells anew."""
    headers = [
        [name, value] for name, value in response.headers.items() if name != "content-length"
    ]
    body = bytes(response.body).decode()
    return json.dumps({"status": response.status_code, "headers": headers, "body": body})


def _read(content: str) -> Response:
    """Return the answer that a text holds, marked as given before."""
    kept = json.loads(content)
    response = Response(kept["body"], kept["status"])
    for name, value in kept["headers"]:
        response.headers[name] = value
    response.headers[REPLAYED] = "true"
    return response
