"""The keys that an issuer of signed tokens publishes (JSON Web Key Set, RFC 7517)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from app.domain.errors import DownloadFailed
from app.ingest.download import Terms, fetch

SigningKey = RSAKey | ECKey | OKPKey
"""The public half of a key that signs; never a secret that both sides share."""

MOST_BYTES: Final = 256 * 1024
"""Size of a set of keys at most; those in use have a few kilobytes."""

MOST_KEYS: Final = 100
"""Keys of a set that are looked at; those in use have two or three."""

SECONDS: Final = 5.0
"""How long fetching a set may take."""

_KINDS: Final[Mapping[object, type[SigningKey]]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}

_PUBLIC: Final = frozenset({"kty", "kid", "alg", "use", "key_ops", "n", "e", "crv", "x", "y"})

_SHORTEST_MODULUS: Final = 342
"""Characters of an RSA modulus of 2048 bits; NIST SP 800-131A allows no shorter one."""


def fetch_keys(url: str) -> tuple[SigningKey, ...]:
    """Return the keys at an address, of which http is accepted if it is given so.

    Raises:
        DownloadFailed: They could not be had, or there is none that could be used.
    """
    allow_http = url.startswith("http://")
    terms = Terms(allow_http=allow_http, most_bytes=MOST_BYTES, seconds=SECONDS, attempts=1)
    keys = read_keys(fetch(url, terms).content)
    if not keys:
        raise DownloadFailed(url, "it holds no key that could be used")
    return keys


def read_keys(content: bytes) -> tuple[SigningKey, ...]:
    """Return the keys of a set that can be used; what else is in it is passed over."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return ()
    listed = found.get("keys") if isinstance(found, dict) else None
    return tuple(_usable(listed[:MOST_KEYS])) if isinstance(listed, list) else ()


def _usable(listed: list[Any]) -> Iterator[SigningKey]:
    """Yield keys that sign, are of a kind with a public half, and are long enough."""
    for one in listed:
        if not isinstance(one, dict) or one.get("use", "sig") != "sig":
            continue
        kind = _KINDS.get(str(one.get("kty")))
        if kind is None or (kind is RSAKey and len(str(one.get("n"))) < _SHORTEST_MODULUS):
            continue
        try:
            yield kind.import_key({name: one[name] for name in _PUBLIC & one.keys()})
        except (JoseError, ValueError, TypeError, LookupError, AttributeError):
            # One key that we cannot read, such as of a newer curve, takes no other with it.
            continue
