"""Answers that are kept for a while, so that a request that is repeated is done once."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

KEPT_FOR: Final = timedelta(hours=24)
"""How long an answer is kept; afterwards the same key names a new request."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a caller calls a request by.

    Attributes:
        caller: Token that the caller calls with; the same key of another is another request.
        key: The caller's own name for the request.
        digest: SHA-256 of all that the request says, in hexadecimal.
    """

    caller: str
    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What was answered.

    Attributes:
        digest: SHA-256 of what the request said, in hexadecimal.
        content: The answer, as whoever gave it wrote it down; None for one that held a secret,
            or a text that was taken out since.
    """

    digest: str
    content: str | None


def stands_in(text: str, content: str) -> bool:
    """Return whether a text is a part of a kept answer, whose body is JSON in a string of JSON."""
    in_body = json.dumps(text, ensure_ascii=False)[1:-1]
    return json.dumps(in_body)[1:-1] in content
