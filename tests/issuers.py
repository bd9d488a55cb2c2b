"""A real issuer of signed tokens on loopback: its keys are made here, and served over HTTP."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Literal

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from app.domain.tokens import Subject
from app.services.issuer_keys import IssuerKeys
from app.services.signed_tokens import SignedTerms, SignedTokens
from tests.given import START

ISSUER = "https://issuer.example"
AUDIENCE = "parity"
CLIENT = Subject(ISSUER, "3d1f0a6c-52be")

ALGORITHMS = frozenset({"RS256", "RS512", "PS256", "ES256", "ES384", "Ed25519"})

PrivateKey = RSAKey | ECKey | OKPKey | OctKey
Part = Mapping[str, object]


@cache
def rsa_key(kid: str) -> RSAKey:
    """Return the RSA key of a name; made once, since that takes long."""
    return RSAKey.generate_key(2048, {"kid": kid})


@cache
def ec_key(kid: str, curve: Literal["P-256", "P-384"] = "P-256") -> ECKey:
    """Return the key of a name on a curve."""
    return ECKey.generate_key(curve, {"kid": kid})


def claims(**changes: object) -> dict[str, Any]:
    """Return the claims of a token that is good at the start, with changes; None leaves out."""
    at = int(START.timestamp())
    good = {"iss": ISSUER, "aud": AUDIENCE, "sub": CLIENT.name, "iat": at, "exp": at + 300}
    return {name: value for name, value in (good | changes).items() if value is not None}


def signed(
    key: PrivateKey,
    algorithm: str = "RS256",
    header: Part | None = None,
    body: Part | None = None,
) -> str:
    """Return a token that a key signs.

    Args:
        key: It.
        algorithm: With which it does.
        header: Further members of the header; None leaves one out.
        body: The claims; a good token's if left out.
    """
    named = {"alg": algorithm, "kid": key.kid, **(header or {})}
    kept = {name: value for name, value in named.items() if value is not None}
    sent = dict(claims() if body is None else body)
    return jwt.encode(kept, sent, key, algorithms=[algorithm], registry=None)


def segment(value: object) -> str:
    """Return a value as a segment of a token."""
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(text).rstrip(b"=").decode()


class Issuer:
    """An issuer that serves its keys.

    Attributes:
        url: Of its keys.
        content: What it answers with; None to fail.
        asked: How often it was asked.
        gate: It answers only while this is set.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.content: bytes | None = None
        self.asked = 0
        self.gate, self.is_asked = Event(), Event()
        self.gate.set()

    def serve(self, *keys: PrivateKey, **members: object) -> None:
        """Publish the public halves of keys."""
        listed = [key.as_dict(private=False) | members for key in keys]
        self.content = json.dumps({"keys": listed}).encode()

    def tokens(self, *, leeway_seconds: int = 60) -> SignedTokens:
        """Return what tells whom its tokens speak of."""
        terms = SignedTerms(ISSUER, AUDIENCE, ALGORITHMS, leeway_seconds)
        return SignedTokens(terms, IssuerKeys(self.url))


@contextmanager
def running_issuer() -> Iterator[Issuer]:
    """Yield an issuer that answers, with no keys yet."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked += 1
            issuer.is_asked.set()
            issuer.gate.wait(30)
            content = issuer.content
            self.send_response(503 if content is None else 200)
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer = Issuer(f"http://127.0.0.1:{server.server_address[1]}/jwks.json")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield issuer
    finally:
        issuer.gate.set()
        server.shutdown()
        thread.join()
        server.server_close()
