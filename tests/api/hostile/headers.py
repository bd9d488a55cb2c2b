"""Headers that are odd, too many, or there twice."""

from tests.api.callers import NO_TOKEN_TO_CHANGE
from tests.api.hostile.cases import (
    ACTUALS,
    NO_CENSUS,
    NOT_HTTP,
    Answer,
    get,
    hostile,
    put,
    untyped,
)

_WHICH_HOST = untyped(
    400, "Bad request", "Send one Host header: a host, and its port if it has one."
)
_LARGE = untyped(431, "Headers too large", "All headers together may have up to 65536 bytes.")


def _with(line: bytes) -> bytes:
    """Return a harmless question with one odd line in its head."""
    return b"GET /v1/censuses/2050 HTTP/1.1\r\nHost: parity.example\r\n" + line + b"\r\n\r\n"


def _for(host: str) -> bytes:
    return get("/v1/censuses/2050", headers=[("Host", host)])


CASES = (
    hostile("a folded line", _with(b"X-A: a\r\n b"), NOT_HTTP),
    hostile(
        "a folded credential", _with(b"Authorization: Bearer\r\n\t<token:national>"), NOT_HTTP
    ),
    hostile(
        "lines that end in a bare LF",
        b"GET /v1/censuses/2050 HTTP/1.1\nHost: parity.example\n\n",
        NOT_HTTP,
    ),
    hostile("a bare LF in a value", _with(b"X-A: a\nX-B: b"), NOT_HTTP),
    hostile("a bare CR in a value", _with(b"X-A: a\rX-B: b"), NOT_HTTP),
    hostile("a NUL in a value", _with(b"X-A: a\x00b"), NOT_HTTP),
    hostile("an escape in a value", _with(b"X-A: a\x1b[31mb"), NOT_HTTP),
    hostile("a NUL in a name", _with(b"X-\x00A: a"), NOT_HTTP),
    hostile("a name that is not ASCII", _with(b"X-\xc3\x84: a"), NOT_HTTP),
    hostile("a line without a colon", _with(b"nonsense"), NOT_HTTP),
    hostile("a line without a name", _with(b": nonsense"), NOT_HTTP),
    hostile("two hosts", _with(b"Host: evil.example"), _WHICH_HOST),
    hostile("two hosts that agree", _with(b"Host: parity.example"), _WHICH_HOST),
    hostile("no host", b"GET /v1/censuses/2050 HTTP/1.1\r\n\r\n", _WHICH_HOST),
    hostile("an empty host", _for(""), _WHICH_HOST),
    hostile("a host with a path", _for("parity.example/v1/audit?"), _WHICH_HOST),
    hostile("a host with a user", _for("parity.example@evil.example"), _WHICH_HOST),
    hostile("a host with a port that is none", _for("parity.example:80x"), _WHICH_HOST),
    hostile("a host that opens a bracket", _for("[::1"), _WHICH_HOST),
    hostile("a host in another alphabet", _for("p\u00e4rity.example"), _WHICH_HOST),
    hostile(
        "two credentials",
        get(
            "/v1/audit",
            headers=[
                ("Authorization", "Bearer <token:trust>"),
                ("Authorization", "Bearer <token:national>"),
            ],
        ),
        untyped(400, "Bad request", "Send the header Authorization once."),
    ),
    hostile(
        "two types",
        put(
            ACTUALS,
            {},
            headers=[("Content-Type", "application/json"), ("Content-Type", "text/plain")],
        ),
        untyped(400, "Bad request", "Send the header Content-Type once."),
    ),
    hostile(
        "two names of a request",
        get("/v1/censuses/2050", headers=[("X-Request-ID", "a"), ("X-Request-ID", "b")]),
        NO_CENSUS,
    ),
    hostile(
        "a name of a request that is none",
        get("/v1/censuses/2050", headers=[("X-Request-ID", "a b;c=<script>")]),
        NO_CENSUS,
    ),
    hostile("a value of 70,000 bytes", _with(b"X-A: " + b"a" * 70_000), _LARGE),
    hostile("a name of 70,000 bytes", _with(b"X" * 70_000 + b": a"), _LARGE),
    hostile(
        "2,000 headers",
        _with(b"\r\n".join(b"X-%d: %s" % (n, b"a" * 30) for n in range(2_000))),
        _LARGE,
    ),
    hostile(
        "a proxy's word from nobody's proxy",
        get(
            "/v1/audit", headers=[("X-Forwarded-For", "127.0.0.1"), ("Forwarded", "for=127.0.0.1")]
        ),
        Answer(401, NO_TOKEN_TO_CHANGE, {"www-authenticate": "Bearer"}),
    ),
    hostile(
        "another address",
        get(
            "/v1/censuses/2050",
            headers=[("X-Original-URL", "/v1/audit"), ("X-Rewrite-URL", "/v1/audit")],
        ),
        NO_CENSUS,
    ),
    hostile(
        "forms of an answer that are none",
        get("/v1/censuses/2050", headers=[("Accept", "text/csv;q=nan, ;;;,")]),
        NO_CENSUS,
    ),
)
