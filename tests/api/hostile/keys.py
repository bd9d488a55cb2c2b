"""Keys of requests that are to be done once, and are none."""

from tests.api.callers import NO_TOKEN_TO_CHANGE, not_allowed
from tests.api.experts import expert_body
from tests.api.hostile.cases import NO_CENSUS, NOT_HTTP, Answer, get, hostile, post, wrong

_MALFORMED = wrong(
    "Idempotency-Key",
    "idempotency_key_malformed",
    "Send one key of 1 to 255 printable characters of ASCII.",
)


def _once(*keys: str | bytes, by: str | None = "national") -> bytes:
    """Return a request that names itself."""
    return post(
        "/v1/experts", expert_body(), by=by, headers=[("Idempotency-Key", key) for key in keys]
    )


CASES = (
    hostile("an empty one", _once(""), _MALFORMED),
    hostile("blanks", _once("  "), _MALFORMED),
    hostile("256 characters", _once("x" * 256), _MALFORMED),
    hostile("60,000 characters", _once("x" * 60_000), _MALFORMED),
    hostile("UTF-8", _once("\u00e9".encode()), _MALFORMED),
    hostile("no UTF-8", _once(b"\xff"), _MALFORMED),
    hostile("a tab", _once(b"a\tb"), _MALFORMED),
    hostile("a NUL", _once(b"a\x00b"), NOT_HTTP),
    hostile("a delete", _once(b"\x7f"), NOT_HTTP),
    hostile("two", _once("a", "b"), _MALFORMED),
    hostile("two that agree", _once("a", "a"), _MALFORMED),
    hostile(
        "of nobody",
        _once("a", by=None),
        Answer(401, NO_TOKEN_TO_CHANGE, {"www-authenticate": "Bearer"}),
    ),
    hostile("of somebody who may not", _once("a", by="trust"), not_allowed("trust", "national")),
    hostile("on a read", get("/v1/censuses/2050", headers=[("Idempotency-Key", "")]), NO_CENSUS),
)
