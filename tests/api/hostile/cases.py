"""Requests that are not well meant, and the whole answers that they get."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.bodies import JSON, fault, malformed, problem

ACTUALS = "/v1/trusts/RZ1/actuals/2024"
BOARD = "/v1/trusts/RZ1/board/2024"
TARGETS = "/v1/trusts/RZ1/targets"
ORGANISATION = "/v1/organisations/RZ9"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, as far as it tells anything of the request.

    Attributes:
        body: What its JSON says, or its text.
        headers: Those that tell a program how to go on, by their names in lower case.
    """

    status: int
    body: JSON | str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hostile:
    """One hostile input.

    Attributes:
        id: What is hostile about it.
        sent: The bytes on the line, or what makes them. `<token:trust>` stands for what a role
            has for a token, and `<expert:RZ2>`, `<import:RZ2>` and `<id:RZ2>` (of a token) for
            what the service named itself.
        answers: All that comes back on the line, in order.
    """

    id: str
    sent: bytes | Callable[[], bytes]
    answers: tuple[Answer, ...]


def hostile(id_: str, sent: bytes | Callable[[], bytes], *answers: Answer | JSON) -> Hostile:
    """Return a hostile input; a problem document stands for the answer that carries it."""
    whole = (one if isinstance(one, Answer) else Answer(one["status"], one) for one in answers)
    return Hostile(id_, sent, tuple(whole))


def request(
    method: str,
    target: str,
    body: JSON | str | bytes | None = None,
    *,
    by: str | None = "national",
    headers: Sequence[tuple[str, str | bytes]] = (),
) -> bytes:
    """Return a request as it goes over the line, of which only its parts are hostile.

    Args:
        method: As it stands in the first line.
        target: Path and query, as they stand there.
        body: JSON, or whatever is to be taken for it.
        by: The role that sends it; None to send no token.
        headers: Further ones, in place of those that a client sends by itself.
    """
    named = {name.lower() for name, _ in headers}
    usual: list[tuple[str, str | bytes]] = [("Host", "parity.example")]
    if by is not None:
        usual.append(("Authorization", f"Bearer <token:{by}>"))
    content = b""
    if body is not None:
        usual.append(("Content-Type", "application/json"))
        content = _encode(body)
        usual.append(("Content-Length", str(len(content))))
    sent = [*((name, value) for name, value in usual if name.lower() not in named), *headers]
    lines = [f"{method} {target} HTTP/1.1".encode(), *(_line(*one) for one in sent)]
    return b"\r\n".join(lines) + b"\r\n\r\n" + content


def get(
    target: str,
    *,
    by: str | None = None,
    headers: Sequence[tuple[str, str | bytes]] = (),
) -> bytes:
    """Return a request that reads, of nobody unless it says of whom."""
    return request("GET", target, by=by, headers=headers)


def put(
    target: str,
    body: JSON | str | bytes,
    *,
    by: str | None = "national",
    headers: Sequence[tuple[str, str | bytes]] = (),
) -> bytes:
    """Return a request that stores."""
    return request("PUT", target, body, by=by, headers=headers)


def post(
    target: str,
    body: JSON | str | bytes,
    *,
    by: str | None = "national",
    headers: Sequence[tuple[str, str | bytes]] = (),
) -> bytes:
    """Return a request that adds."""
    return request("POST", target, body, by=by, headers=headers)


def untyped(status: int, title: str, detail: str) -> JSON:
    """Return the problem of something that is wrong with the request as such."""
    return {"type": "about:blank", "title": title, "status": status, "detail": detail}


NOT_FOUND = untyped(404, "Not found", "Not Found")
"""The answer at an address where nothing is."""

NOT_HTTP = Answer(400, "Invalid HTTP request received.", {"connection": "close"})
"""The server's own answer to what it cannot read; it closes the line."""

NO_CENSUS = problem(
    404, "census-not-found", "Census not found", "There is no census of 2050 in the register.",
    year=2050,
)  # fmt: skip
"""The answer to a harmless question, where what is hostile about it is passed over."""

NOTHING_FOUND = Answer(
    200, {"items": [], "next": None}, {"etag": '"9172f6f02ae5ecbbc5a9e487c33e7514"'}
)
"""The answer to a question that nothing in a list is the answer to."""


def not_taken(allowed: str) -> Answer:
    """Return the answer to a method that an address does not take."""
    body = untyped(405, "Method Not Allowed", "Method Not Allowed")
    return Answer(405, body, {"allow": allowed})


def wrong(pointer: str, code: str, detail: str) -> JSON:
    """Return the problem of a request in which one thing is malformed."""
    return malformed(fault(pointer, code, detail))


def no_code(pointer: str, shown: str) -> JSON:
    """Return the problem of what is no ODS code."""
    detail = f"\"{shown}\": String should match pattern '^[A-Z0-9]{{3,5}}$'."
    return wrong(pointer, "string_pattern_mismatch", detail)


def unknown(pointer: str, shown: str, *known: str) -> JSON:
    """Return the problem of a word that is none of those that are known."""
    *most, last = (f"'{one}'" for one in known)
    detail = f'"{shown}" is not known; use one of {", ".join(most)} or {last}.'
    return wrong(pointer, "unknown_code", detail)


def _encode(body: JSON | str | bytes) -> bytes:
    if isinstance(body, bytes):
        return body
    return (body if isinstance(body, str) else json.dumps(body)).encode()


def _line(name: str, value: str | bytes) -> bytes:
    return name.encode() + b": " + (value if isinstance(value, bytes) else value.encode("latin-1"))
