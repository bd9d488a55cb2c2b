"""Whom a signed token speaks of: a JSON Web Token (RFC 7519) of the issuer that we trust.

The signature proves who calls. What the caller may do is not read from it: that stands with the
registration of its subject. Nothing that a token says about where its key is found is followed.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import ClaimError, ExpiredTokenError, JoseError
from joserfc.jws import JWSRegistry
from joserfc.util import urlsafe_b64decode

from app.domain.errors import TokenInvalid
from app.domain.tokens import LONGEST_SUBJECT, Subject
from app.ingest.key_sets import SigningKey
from app.services.issuer_keys import IssuerKeys

MOST_BYTES: Final = 8_192
"""Length of a token at most; it is looked at before anything in it is."""

TYPES: Final = frozenset({"jwt", "at+jwt", "application/at+jwt"})
"""What a token may say that it is, if it says anything: no other kind stands in for one (RFC 8725,
section 3.11)."""

_UNVERIFIED = "The signed token cannot be verified."
"""All that is said of a token whose signature does not prove where it comes from."""

_FAULTS: Final[Mapping[str, str]] = {
    "iss": "The signed token comes from another issuer.",
    "aud": "The signed token is for another audience.",
    "exp": "The signed token does not say until when it is good.",
    "nbf": "The signed token is not good yet.",
    "iat": "The signed token was issued in the future.",
    "sub": "The signed token does not say whom it speaks of.",
}
"""What is said of a token that the issuer signed, by the claim that is wrong."""

_log = logging.getLogger("parity.tokens")


@dataclass(frozen=True, slots=True)
class SignedTerms:
    """What a signed token has to keep to.

    Attributes:
        issuer: What its `iss` has to be.
        audience: What its `aud` has to be, or to hold.
        algorithms: What it may be signed with; none of them with a shared secret.
        leeway_seconds: How far the issuer's clock may be off.
    """

    issuer: str
    audience: str
    algorithms: frozenset[str]
    leeway_seconds: int


@dataclass(frozen=True, slots=True)
class _Header:
    """What the header of a token says of its key."""

    algorithm: str
    kid: str | None


class SignedTokens:
    """Tells whom signed tokens of one issuer speak of."""

    def __init__(self, terms: SignedTerms, keys: IssuerKeys) -> None:
        self._terms = terms
        self._keys = keys
        # Parameters that we do not know are ignored, as the standard has it; those that a
        # token calls critical were refused before.
        self._registry = JWSRegistry(algorithms=terms.algorithms, strict_check_header=False)
        self._registry.max_header_length = MOST_BYTES

    def are_keys_due(self, text: str, now: datetime) -> bool:
        """Return whether the issuer is to be asked for its keys before a token is read.

        Raises:
            TokenInvalid: It cannot be verified, whatever the keys.
        """
        return self._keys.are_due(self._read(text).kid, now)

    def refresh_keys(self, text: str, now: datetime) -> None:
        """Ask the issuer for its keys, if that is still due; may take seconds."""
        self._keys.refresh(self._read(text).kid, now)

    def identify(self, text: str, now: datetime) -> Subject:
        """Return whom a token speaks of; asks nobody.

        Raises:
            TokenInvalid: It is not one of the issuer's for us, or not good now.
            IssuerUnavailable: The issuer's keys are not known.
        """
        header = self._read(text)
        key = self._find_key(header, now)
        try:
            claims = jwt.decode(text, key, registry=self._registry).claims
        except (JoseError, RecursionError) as error:
            raise _unverified(type(error).__name__) from error
        return self._check(claims, now)

    def _read(self, text: str) -> _Header:
        """Return what the header of a token says, of which nothing is proved yet."""
        if len(text) > MOST_BYTES or text.count(".") != 2:  # noqa: PLR2004 — of three segments
            raise _unverified("form")
        try:
            header = json.loads(urlsafe_b64decode(text.partition(".")[0].encode("ascii")))
        except (ValueError, RecursionError) as error:
            raise _unverified("header") from error
        if not isinstance(header, dict) or header.keys() & {"crit", "b64"}:
            raise _unverified("header")
        algorithm, kid = header.get("alg"), header.get("kid")
        if not isinstance(algorithm, str) or algorithm not in self._terms.algorithms:
            raise _unverified("algorithm")
        if not isinstance(kid, str | None) or not _is_typed(header):
            raise _unverified("header")
        return _Header(algorithm, kid)

    def _find_key(self, header: _Header, now: datetime) -> SigningKey:
        """Return the one key that a token can mean: by its name, its kind and its algorithm."""
        algorithm = self._registry.get_alg(header.algorithm)

        def fits(key: SigningKey) -> bool:
            try:
                algorithm.check_key(key)
            except JoseError:
                return False
            return True

        found = [one for one in self._keys.find(header.kid, now) if fits(one)]
        if len(found) != 1:
            raise _unverified(f"{len(found)} keys")
        return found[0]

    def _check(self, claims: dict[str, Any], now: datetime) -> Subject:
        """Return the subject of claims that the issuer signed, if they are good now."""
        terms = self._terms
        registry = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=terms.leeway_seconds,
            iss={"essential": True, "value": terms.issuer},
            aud={"essential": True, "value": terms.audience},
            exp={"essential": True},
            sub={"essential": True},
        )
        try:
            registry.validate(claims)
        except ExpiredTokenError as error:
            raise TokenInvalid("The signed token has expired.") from error
        except ClaimError as error:
            raise TokenInvalid(_FAULTS.get(error.claim.partition(",")[0], _UNVERIFIED)) from error
        name = claims["sub"]
        if not (name.isprintable() and len(name) <= LONGEST_SUBJECT):
            raise TokenInvalid(_FAULTS["sub"])
        return Subject(terms.issuer, name)


def _is_typed(header: Mapping[str, Any]) -> bool:
    """Return whether a header says nothing of the token's kind, or that it is one for access."""
    kind = header.get("typ")
    return kind is None or (isinstance(kind, str) and kind.lower() in TYPES)


def _unverified(why: str) -> TokenInvalid:
    """Return the one error of tokens that prove nothing; why is told to the operator alone."""
    _log.debug("a signed token was not verified: %s", why)
    return TokenInvalid(_UNVERIFIED)
