"""Signed tokens: whom they speak of, and everything that makes one worthless."""

import hmac
from collections.abc import Iterator
from datetime import timedelta

import pytest
from joserfc import jws
from joserfc.jwk import ECKey, OKPKey, RSAKey

from app.domain.errors import IssuerUnavailable, TokenInvalid
from app.services.signed_tokens import MOST_BYTES, SignedTokens
from tests.given import START
from tests.issuers import (
    AUDIENCE,
    CLIENT,
    ISSUER,
    Issuer,
    claims,
    ec_key,
    rsa_key,
    running_issuer,
    segment,
    signed,
)

NOW = int(START.timestamp())
KEY = rsa_key("one")
EDWARDS = OKPKey.generate_key("Ed25519", {"kid": "edwards"})

UNVERIFIED = "The signed token cannot be verified."


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with running_issuer() as issuer:
        issuer.serve(KEY, rsa_key("two"), ec_key("curve"), EDWARDS)
        yield issuer


@pytest.fixture(scope="module")
def tokens(issuer: Issuer) -> SignedTokens:
    """What has fetched the issuer's keys."""
    tokens = issuer.tokens()
    tokens.refresh_keys(signed(KEY), START)
    return tokens


def refusal(tokens: SignedTokens, text: str) -> str:
    with pytest.raises(TokenInvalid) as refused:
        tokens.identify(text, START)
    return str(refused.value)


@pytest.mark.parametrize("algorithm", ["RS256", "RS512", "PS256"])
def test_a_token_of_the_issuer_tells_whom_it_speaks_of(
    tokens: SignedTokens, algorithm: str
) -> None:
    assert tokens.identify(signed(KEY, algorithm), START) == CLIENT


def test_keys_on_curves_sign_too(tokens: SignedTokens) -> None:
    assert tokens.identify(signed(ec_key("curve"), "ES256"), START) == CLIENT
    assert tokens.identify(signed(EDWARDS, "Ed25519"), START) == CLIENT


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"aud": ["other", AUDIENCE]}, id="for several audiences"),
        pytest.param({"exp": NOW - 59}, id="expired within the leeway"),
        pytest.param({"nbf": NOW + 60, "iat": NOW + 60}, id="not yet good within the leeway"),
        pytest.param({"iat": None}, id="that does not say when it was issued"),
        pytest.param({"exp": NOW + 0.5}, id="with a fraction of a second"),
        pytest.param({"role": "national", "organisations": ["ZZ999"]}, id="with claims of ours"),
    ],
)
def test_a_good_token_is_accepted(tokens: SignedTokens, changes: dict[str, object]) -> None:
    assert tokens.identify(signed(KEY, body=claims(**changes)), START) == CLIENT


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"iss": "https://other.example"}, "The signed token comes from another issuer."),
        ({"iss": f"{ISSUER}/"}, "The signed token comes from another issuer."),
        ({"iss": None}, "The signed token comes from another issuer."),
        ({"iss": [ISSUER]}, "The signed token comes from another issuer."),
        ({"aud": "other"}, "The signed token is for another audience."),
        ({"aud": AUDIENCE.upper()}, "The signed token is for another audience."),
        ({"aud": []}, "The signed token is for another audience."),
        ({"aud": {AUDIENCE: 1}}, "The signed token is for another audience."),
        ({"aud": None}, "The signed token is for another audience."),
        ({"exp": NOW - 60}, "The signed token has expired."),
        ({"exp": None}, "The signed token does not say until when it is good."),
        ({"exp": "tomorrow"}, "The signed token does not say until when it is good."),
        ({"exp": True}, "The signed token does not say until when it is good."),
        ({"exp": float("nan")}, "The signed token does not say until when it is good."),
        ({"exp": float("inf")}, "The signed token does not say until when it is good."),
        ({"nbf": NOW + 61}, "The signed token is not good yet."),
        ({"iat": NOW + 61}, "The signed token was issued in the future."),
        ({"sub": None}, "The signed token does not say whom it speaks of."),
        ({"sub": 7}, "The signed token does not say whom it speaks of."),
        ({"sub": ""}, "The signed token does not say whom it speaks of."),
        ({"sub": "bell\a"}, "The signed token does not say whom it speaks of."),
        ({"sub": "x" * 256}, "The signed token does not say whom it speaks of."),
        ({"jti": 7}, UNVERIFIED),
    ],
)
def test_a_token_of_the_issuer_that_is_not_good_is_told_why(
    tokens: SignedTokens, changes: dict[str, object], sentence: str
) -> None:
    assert refusal(tokens, signed(KEY, body=claims(**changes))) == sentence


def test_without_leeway_a_token_ends_to_the_second(issuer: Issuer) -> None:
    tokens = issuer.tokens(leeway_seconds=0)
    text = signed(KEY, body=claims(exp=NOW, nbf=NOW - 1, iat=None))
    tokens.refresh_keys(text, START)

    assert tokens.identify(text, START - timedelta(seconds=1)) == CLIENT
    assert refusal(tokens, text) == "The signed token has expired."
    with pytest.raises(TokenInvalid, match="not good yet"):
        tokens.identify(text, START - timedelta(seconds=2))


def _with_public_key_as_secret(key: RSAKey) -> str:
    """Return a token whose signature takes no more to make than what everybody knows."""
    signed_part = f"{segment({'alg': 'HS256', 'kid': 'one'})}.{segment(claims())}"
    mac = hmac.digest(key.as_pem(private=False), signed_part.encode(), "sha256")
    return f"{signed_part}.{segment(mac)}"


STRANGER = rsa_key("stranger")

GOOD = signed(KEY)
HEADER, BODY, SIGNATURE = GOOD.split(".")
OTHER_HEADER, OTHER_BODY, _ = signed(KEY, body=claims(sub="somebody else")).split(".")


def _unsigned(header: object, body: object = None, signature: str = "") -> str:
    return f"{segment(header)}.{segment(body or claims())}.{signature}"


FORGED = {
    "no signature, as it says": _unsigned({"alg": "none", "kid": "one"}),
    "no signature, in another case": _unsigned({"alg": "NoNe", "kid": "one"}),
    "no signature, though it says one": _unsigned({"alg": "RS256", "kid": "one"}),
    "a signature cut off": f"{HEADER}.{BODY}.",
    "the public key as a shared secret": _with_public_key_as_secret(KEY),
    "an algorithm that is not allowed": signed(KEY, "RS384"),
    "an algorithm of another kind of key": signed(ec_key("other"), "ES256", {"kid": "one"}),
    "a curve of another size": signed(ec_key("large", "P-384"), "ES384", {"kid": "curve"}),
    "another's key under our key's name": signed(STRANGER, header={"kid": "one"}),
    "another's key under its own name": signed(STRANGER),
    "a key that it brings along": signed(
        STRANGER, header={"kid": "one", "jwk": STRANGER.as_dict(private=False)}
    ),
    "an address where its key is": signed(
        STRANGER, header={"kid": "one", "jku": "https://attacker.example/jwks.json"}
    ),
    "an address of a certificate": signed(
        STRANGER, header={"kid": "one", "x5u": "http://169.254.169.254/latest"}
    ),
    "a certificate": signed(STRANGER, header={"kid": "one", "x5c": ["MIIB"]}),
    "a path for a name": signed(STRANGER, header={"kid": "../../../../dev/null"}),
    "a query for a name": signed(STRANGER, header={"kid": "one' OR '1'='1"}),
    "an empty name": signed(KEY, header={"kid": ""}),
    "no name, where several keys fit": signed(KEY, header={"kid": None}),
    "a number for a name": _unsigned({"alg": "RS256", "kid": 1}, signature=SIGNATURE),
    "a list for an algorithm": _unsigned({"alg": ["RS256"], "kid": "one"}, signature=SIGNATURE),
    "another's claims": f"{HEADER}.{OTHER_BODY}.{SIGNATURE}",
    "a signature changed": (
        f"{HEADER}.{BODY}.{SIGNATURE[:-9]}{'B' if SIGNATURE[-9] == 'A' else 'A'}{SIGNATURE[-8:]}"
    ),
    "a signature padded": f"{GOOD}==",
    "two segments": f"{HEADER}.{BODY}",
    "four segments": f"{GOOD}.{SIGNATURE}",
    "a segment twice": f"{HEADER}.{BODY}.{BODY}.{SIGNATURE}",
    "five segments, as if encrypted": f"{HEADER}.{BODY}.{SIGNATURE}.{BODY}.{SIGNATURE}",
    "empty segments": "..",
    "a header that is no JSON": f"{segment(b'{')}.{BODY}.{SIGNATURE}",
    "a header that is no object": f"{segment('alg')}.{BODY}.{SIGNATURE}",
    "a header that is not base64": f"+/+/.{BODY}.{SIGNATURE}",
    "a header that is not ASCII": f"\u00e9.{BODY}.{SIGNATURE}",
    "a header without end": f"{segment(b'[' * 5_000)}.{BODY}.{SIGNATURE}",
    "what it calls critical": _unsigned(
        {"alg": "RS256", "kid": "one", "crit": ["exp"], "exp": 1}, signature=SIGNATURE
    ),
    "claims that are not encoded": _unsigned(
        {"alg": "RS256", "kid": "one", "b64": False, "crit": ["b64"]}, signature=SIGNATURE
    ),
    "another kind of token": signed(KEY, header={"typ": "dpop+jwt"}),
    "a number for a kind": _unsigned({"alg": "RS256", "kid": "one", "typ": 1}),
    "too much of it": signed(KEY, body=claims(more="x" * MOST_BYTES)),
}
"""Tokens that prove nothing, by what is wrong with them."""


@pytest.mark.parametrize("text", FORGED.values(), ids=FORGED)
def test_a_token_that_proves_nothing_is_refused_with_one_sentence(
    tokens: SignedTokens, text: str
) -> None:
    assert refusal(tokens, text) == UNVERIFIED


@pytest.mark.parametrize("payload", [b"[]", b"7", b"{", b"[" * 3_000, b"\xff"])
def test_claims_that_are_no_object_are_refused_though_the_issuer_signed_them(
    tokens: SignedTokens, payload: bytes
) -> None:
    text = jws.serialize_compact({"alg": "RS256", "kid": "one"}, payload, KEY)

    assert refusal(tokens, text) == UNVERIFIED


@pytest.mark.parametrize("kind", ["JWT", "at+jwt", "application/AT+JWT"])
def test_a_token_may_say_that_it_is_one_for_access(tokens: SignedTokens, kind: str) -> None:
    assert tokens.identify(signed(KEY, header={"typ": kind}), START) == CLIENT


def test_what_a_good_token_says_of_other_keys_is_passed_over(tokens: SignedTokens) -> None:
    told = {
        "jwk": STRANGER.as_dict(private=False),
        "jku": "https://attacker.example/jwks.json",
        "x5u": "https://attacker.example/certificate",
    }

    assert tokens.identify(signed(KEY, header=told), START) == CLIENT


def test_a_token_without_a_key_name_means_the_only_key_that_fits(tokens: SignedTokens) -> None:
    assert tokens.identify(signed(ec_key("curve"), "ES256", {"kid": None}), START) == CLIENT


def test_where_a_key_says_its_algorithm_no_other_is_accepted() -> None:
    with running_issuer() as issuer:
        issuer.serve(KEY, alg="RS512")
        tokens = issuer.tokens()
        tokens.refresh_keys(signed(KEY), START)

        assert tokens.identify(signed(KEY, "RS512"), START) == CLIENT
        assert refusal(tokens, signed(KEY, "RS256")) == UNVERIFIED


def test_two_keys_of_one_name_are_told_apart_by_their_kinds() -> None:
    curve = ECKey.generate_key("P-256", {"kid": "one"})
    with running_issuer() as issuer:
        issuer.serve(KEY, curve)
        tokens = issuer.tokens()
        tokens.refresh_keys(GOOD, START)

        assert tokens.identify(GOOD, START) == CLIENT
        assert tokens.identify(signed(curve, "ES256"), START) == CLIENT


def test_before_the_keys_are_known_nothing_is_said_of_a_token(issuer: Issuer) -> None:
    tokens = issuer.tokens()

    with pytest.raises(IssuerUnavailable) as refused:
        tokens.identify(GOOD, START)

    assert refused.value.retry_after_s == 30
    assert tokens.are_keys_due(GOOD, START)
