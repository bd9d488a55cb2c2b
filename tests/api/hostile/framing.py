"""Messages of which two readers might make two different requests (RFC 9112)."""

from tests.api.hostile.cases import (
    ACTUALS,
    NO_CENSUS,
    NOT_HTTP,
    Answer,
    get,
    hostile,
    request,
    untyped,
    wrong,
)

_BODY = b'{"x": 1}'
_SECOND = b"GET /v1/censuses/2050 HTTP/1.1\r\nHost: parity.example\r\n\r\n"
_CHUNKED = b"Transfer-Encoding: chunked"
_LAST = b"0\r\n\r\n"


def _framed(*lines: bytes, body: bytes = b"") -> bytes:
    """Return a write of which only some further lines and the body say how long it is."""
    head = (
        f"PUT {ACTUALS} HTTP/1.1".encode(),
        b"Host: parity.example",
        b"Authorization: Bearer <token:national>",
        b"Content-Type: application/json",
    )
    return b"\r\n".join([*head, *lines]) + b"\r\n\r\n" + body


def _chunked(body: bytes) -> bytes:
    return _framed(_CHUNKED, body=body)


CASES = (
    hostile(
        "two lengths that differ",
        _framed(b"Content-Length: 8", b"Content-Length: 9", body=_BODY),
        NOT_HTTP,
    ),
    hostile(
        "two lengths that agree",
        _framed(b"Content-Length: 8", b"Content-Length: 8", body=_BODY),
        NOT_HTTP,
    ),
    hostile("two lengths in a list", _framed(b"Content-Length: 8, 8", body=_BODY), NOT_HTTP),
    hostile(
        "a length, and chunks",
        _framed(b"Content-Length: 5", _CHUNKED, body=_LAST + _SECOND),
        NOT_HTTP,
    ),
    hostile(
        "chunks, and a length",
        _framed(_CHUNKED, b"Content-Length: 5", body=_LAST + _SECOND),
        NOT_HTTP,
    ),
    hostile(
        "two codings", _framed(_CHUNKED, b"Transfer-Encoding: identity", body=_LAST), NOT_HTTP
    ),
    hostile(
        "chunks that are not the last coding",
        _framed(b"Transfer-Encoding: chunked, identity", body=_LAST),
        NOT_HTTP,
    ),
    hostile(
        "a coding that looks like chunks",
        _framed(b"Transfer-Encoding: xchunked", body=_LAST),
        NOT_HTTP,
    ),
    hostile(
        "a coding behind a vertical tab",
        _framed(b"Transfer-Encoding: \x0bchunked", body=_LAST),
        NOT_HTTP,
    ),
    hostile(
        "a space before the colon", _framed(b"Transfer-Encoding : chunked", body=_LAST), NOT_HTTP
    ),
    hostile("a length with a sign", _framed(b"Content-Length: +8", body=_BODY), NOT_HTTP),
    hostile("a negative length", _framed(b"Content-Length: -8", body=_BODY), NOT_HTTP),
    hostile("a length in hexadecimal", _framed(b"Content-Length: 0x8", body=_BODY), NOT_HTTP),
    hostile(
        "a length of 30 digits", _framed(b"Content-Length: " + b"9" * 30, body=_BODY), NOT_HTTP
    ),
    hostile("a length with a space in it", _framed(b"Content-Length: 1 8", body=_BODY), NOT_HTTP),
    hostile("an empty length", _framed(b"Content-Length:", body=_BODY), NOT_HTTP),
    hostile(
        "a length that ends within the body", _framed(b"Content-Length: 7", body=_BODY), NOT_HTTP
    ),
    hostile(
        "a request in a body of no length",
        _framed(b"Content-Length: 0", body=_SECOND),
        wrong("", "missing", "This member is required."),
        NO_CENSUS,
    ),
    hostile(
        "a length that never comes",
        _framed(b"Content-Length: 5000", body=_BODY),
        Answer(
            408,
            untyped(
                408,
                "Request timed out",
                "The body came too slowly: send at least 10000 bytes a second. "
                "Nothing was stored.",
            ),
            {"connection": "close"},
        ),
    ),
    hostile(
        "a length of more than is taken",
        _framed(b"Content-Length: 2000001", b"Connection: close", body=_BODY),
        Answer(
            413,
            untyped(413, "Content too large", "The body may have up to 2000000 bytes."),
            {"connection": "close"},
        ),
    ),
    hostile("a chunk of negative size", _chunked(b"-8\r\n" + _BODY + b"\r\n" + _LAST), NOT_HTTP),
    hostile(
        "a chunk of huge size", _chunked(b"F" * 17 + b"\r\n" + _BODY + b"\r\n" + _LAST), NOT_HTTP
    ),
    hostile("a chunk larger than it says", _chunked(b"3\r\n" + _BODY + b"\r\n" + _LAST), NOT_HTTP),
    hostile(
        "a chunk whose size is no number", _chunked(b"zz\r\n" + _BODY + b"\r\n" + _LAST), NOT_HTTP
    ),
    hostile("a chunk that ends in a bare LF", _chunked(b"8\n" + _BODY + b"\n0\n\n"), NOT_HTTP),
    hostile(
        "a chunk with a CR in its extension",
        _chunked(b"8;a=\rb\r\n" + _BODY + b"\r\n" + _LAST),
        NOT_HTTP,
    ),
    hostile(
        "a trailer that is a credential",
        request("PUT", ACTUALS, by=None, headers=[("Transfer-Encoding", "chunked")])
        + b"0\r\nAuthorization: Bearer <token:national>\r\n\r\n",
        wrong("", "missing", "This member is required."),
    ),
    hostile(
        "an expectation that nobody meets",
        get("/v1/censuses/2050", headers=[("Expect", "200-maybe")]),
        NO_CENSUS,
    ),
    hostile(
        "HTTP/3.7", b"GET /v1/censuses/2050 HTTP/3.7\r\nHost: parity.example\r\n\r\n", NOT_HTTP
    ),
    hostile("HTTP/2 without asking", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", NOT_HTTP),
    hostile(
        "HTTP/0.9",
        b"GET /v1/censuses/2050\r\n\r\n",
        Answer(404, NO_CENSUS, {"connection": "close"}),
    ),
    hostile(
        "too many words in the first line",
        b"GET /v1/censuses/2050 /v1/audit HTTP/1.1\r\nHost: parity.example\r\n\r\n",
        NOT_HTTP,
    ),
    hostile("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(32), NOT_HTTP),
    hostile(
        "a websocket",
        get(
            "/v1/censuses/2050",
            headers=[
                ("Connection", "Upgrade, close"),
                ("Upgrade", "websocket"),
                ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
                ("Sec-WebSocket-Version", "13"),
            ],
        ),
        Answer(404, NO_CENSUS, {"connection": "close"}),
    ),
    hostile(
        "HTTP/2 in the clear",
        get(
            "/v1/censuses/2050",
            headers=[
                ("Connection", "Upgrade, HTTP2-Settings, close"),
                ("Upgrade", "h2c"),
                ("HTTP2-Settings", "AAMAAABkAAQ"),
            ],
        ),
        Answer(404, NO_CENSUS, {"connection": "close"}),
    ),
)
