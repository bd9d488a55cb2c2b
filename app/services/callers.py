"""Knowing a caller: by the secret of a token, or by whom a signed token speaks of."""

import hashlib
import re
import secrets
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlmodel import Session

from app.domain.callers import Caller
from app.domain.errors import TokenInvalid
from app.domain.tokens import Subject, Token, TokenState
from app.store import tokens

PREFIX: Final = "parity"
"""What every secret begins with, so that one found in the wrong place is known for what it is."""

ID_BYTES: Final = 6
"""Random bytes of a token's identifier, which stands in its secret and is none."""

_SECRET_BYTES: Final = 32
_FORM: Final = re.compile(rf"{PREFIX}_([0-9a-f]{{{2 * ID_BYTES}}})_[-\w]{{43}}", re.ASCII)

_ENDED: Final = {
    TokenState.EXPIRED: "The bearer token has expired.",
    TokenState.REVOKED: "The bearer token was revoked.",
}
"""What whoever has the right secret is told of it."""


def make_secret(token_id: str) -> str:
    """Return a new secret for a token: its identifier, and 256 random bits."""
    return f"{PREFIX}_{token_id}_{secrets.token_urlsafe(_SECRET_BYTES)}"


def digest_of(secret: str) -> str:
    """Return what is kept of a secret: its SHA-256, in hexadecimal.

    The secret has 256 random bits, so one SHA-256 is as good as a slow hash, and fast.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def is_signed(credentials: str) -> bool:
    """Return whether what a caller sends looks like a signed token: secrets have no dots."""
    return "." in credentials


def find_token(session: Session, *, secret: str, now: datetime) -> Token:
    """Return the token that a secret opens.

    Raises:
        TokenInvalid: It is unknown, or, which only who has the secret is told, no longer good.
    """
    form = _FORM.fullmatch(secret)
    kept = tokens.find_kept(session, form[1]) if form else None
    digest = digest_of(secret)
    if kept is None or not kept.knows(digest):
        raise TokenInvalid("The bearer token is unknown.")
    if not kept.opens_with(digest, now):
        raise TokenInvalid("The bearer token was replaced; use the newer one.")
    if not kept.token.is_valid_at(now):
        raise TokenInvalid(_ENDED[kept.token.state_at(now)])
    return kept.token


def find_registration(session: Session, *, subject: Subject, now: datetime) -> Token:
    """Return what stands for the signed tokens of a subject.

    Raises:
        TokenInvalid: Nothing does, or no longer.
    """
    token = tokens.find_by_subject(session, subject)
    if token is None:
        raise TokenInvalid("The signed token's subject is not registered here.")
    if not token.is_valid_at(now):
        raise TokenInvalid("The registration of the signed token's subject has expired.")
    return token


def caller_of(token: Token) -> Caller:
    """Return who calls with a token."""
    return replace(token.caller, token_id=token.id)


def find_caller(session: Session, *, secret: str, now: datetime) -> Caller:
    """Return who calls with a token.

    Raises:
        TokenInvalid: It is unknown, expired or revoked.
    """
    return caller_of(find_token(session, secret=secret, now=now))


def record_use(session: Session, *, token_id: str, at: datetime) -> None:
    """Store that a token was used, to the hour.

    It is no change: nothing that anybody is answered depends on it, but the token itself.
    """
    tokens.record_use(session, token_id, at)
