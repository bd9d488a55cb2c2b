"""Sets of keys as issuers publish them: what can be used is, the rest is passed over."""

import json

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey

from app.domain.errors import DownloadFailed
from app.ingest.key_sets import MOST_BYTES, MOST_KEYS, fetch_keys, read_keys
from tests.issuers import ec_key, rsa_key, running_issuer

RSA = rsa_key("rsa").as_dict(private=False)
CURVE = ec_key("curve").as_dict(private=False)


def read(*listed: object) -> list[str | None]:
    """Return the names of the keys that are read from a list of them."""
    return [key.kid for key in read_keys(json.dumps({"keys": listed}).encode())]


def test_keys_are_read_in_their_order() -> None:
    assert read(CURVE, RSA) == ["curve", "rsa"]


def test_of_a_private_key_only_the_public_half_is_kept() -> None:
    (key,) = read_keys(json.dumps({"keys": [rsa_key("rsa").as_dict(private=True)]}).encode())

    assert not key.is_private
    assert key.as_dict() == RSA


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(OctKey.generate_key(256).as_dict(private=True), id="a shared secret"),
        pytest.param(RSA | {"use": "enc"}, id="a key for secrets"),
        pytest.param(RSA | {"n": RSA["n"][:300]}, id="a short modulus"),
        pytest.param({"kty": "RSA", "kid": "x"}, id="no modulus"),
        pytest.param(RSA | {"e": "!"}, id="an exponent that is none"),
        pytest.param(CURVE | {"crv": "P-1"}, id="an unknown curve"),
        pytest.param(CURVE | {"x": CURVE["y"]}, id="a point beside the curve"),
        pytest.param(CURVE | {"x": 7}, id="a number for a point"),
        pytest.param(CURVE | {"key_ops": 7}, id="a number for operations"),
        pytest.param({"kty": "AKP", "alg": "ML-DSA-44", "pub": "AA"}, id="a newer kind"),
        pytest.param({"kty": ["RSA"]}, id="a list for a kind"),
        pytest.param("key", id="a text"),
    ],
)
def test_what_cannot_be_used_takes_no_other_key_with_it(other: object) -> None:
    assert read(other, CURVE) == ["curve"]


def test_no_more_keys_are_looked_at_than_anybody_has() -> None:
    assert len(read(*[CURVE] * (MOST_KEYS + 1))) == MOST_KEYS


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"7", b'{"keys": {}}', b'{"keys": []}', b"[" * 9_999, b"\xff"],
)
def test_what_is_no_set_has_no_keys(content: bytes) -> None:
    assert read_keys(content) == ()


def test_a_set_is_fetched_or_it_is_said_why_not() -> None:
    with running_issuer() as issuer:
        issuer.serve(rsa_key("rsa"))
        keys = fetch_keys(issuer.url)
        failures = []
        for content in (b"{}", b" " * (MOST_BYTES + 1)):
            issuer.content = content
            with pytest.raises(DownloadFailed) as failed:
                fetch_keys(issuer.url)
            failures.append(str(failed.value).removeprefix(issuer.url))

    assert [type(key) for key in keys] == [RSAKey]
    assert failures == [
        " was not fetched: it holds no key that could be used.",
        " was not fetched: it has more than 262,144 bytes.",
    ]
    assert isinstance(ec_key("curve"), ECKey)
