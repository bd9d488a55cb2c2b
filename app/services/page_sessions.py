"""Signing in on a page with a token, and out again."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from app.domain.callers import Caller
from app.domain.errors import TokenInvalid
from app.domain.page_sessions import LONGEST_SESSION, PageSession
from app.domain.tokens import Token
from app.services.callers import caller_of, digest_of, find_token
from app.store import page_sessions, tokens

_SECRET_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody signed in, as things stand now."""

    session: PageSession
    token: Token

    @property
    def caller(self) -> Caller:
        """Who calls: whatever the token allows by now."""
        return caller_of(self.token)


def make_session_secret() -> str:
    """Return a new secret for a browser: 256 random bits, which say nothing of the token."""
    return secrets.token_urlsafe(_SECRET_BYTES)


def sign_in(session: Session, *, secret: str, former: str | None, now: datetime) -> str:
    """Begin a session of whoever has a token; return the secret that its browser is to hold.

    Signed tokens are for applications, and sign nobody in. The secret is new each time and kept
    nowhere. Sessions that are over go. It is no change: nothing that anybody is answered
    depends on it.

    Args:
        session: In a transaction.
        secret: The token.
        former: Secret of the session that the browser had, which ends; None if it had none.
        now: The instant.

    Raises:
        TokenInvalid: The token is unknown, expired, revoked, or was replaced by a newer one.
    """
    token, digest = find_token(session, secret=secret, now=now), digest_of(secret)
    if not _is_newest(session, token.id, digest):
        raise TokenInvalid("The bearer token was replaced; use the newer one.")
    if former is not None:
        page_sessions.end(session, digest_of(former), now)
    page_sessions.remove_ended(session, now - LONGEST_SESSION)
    made = make_session_secret()
    page_sessions.add(session, PageSession(token.id, digest, now, now), digest_of(made))
    return made


def find_signed_in(
    session: Session, *, secret: str, idle: timedelta, now: datetime
) -> SignedIn | None:
    """Return who is signed in with a browser's secret; None where nobody is, or is any longer.

    A session ends with the token that it was made from: when that expires, is revoked or is
    rotated, though a former secret may be good for a while elsewhere.

    Args:
        session: A reading session.
        secret: What the browser holds.
        idle: How long a session outlasts the last visit.
        now: The instant.
    """
    found = page_sessions.find(session, digest_of(secret))
    if found is None or not found.is_open_at(now, idle=idle):
        return None
    kept = tokens.find_kept(session, found.token_id)
    if kept is None or kept.hash != found.token_hash or not kept.token.is_valid_at(now):
        return None
    return SignedIn(found, kept.token)


def sign_out(session: Session, *, secret: str, now: datetime) -> None:
    """End the session of a browser's secret, if there is one."""
    page_sessions.end(session, digest_of(secret), now)


def record_visit(session: Session, *, secret: str, at: datetime) -> None:
    """Store that a page was asked for in a session, to the minute."""
    page_sessions.record_visit(session, digest_of(secret), at)


def _is_newest(session: Session, token_id: str, digest: str) -> bool:
    """Return whether a SHA-256 is that of a token's newest secret."""
    kept = tokens.find_kept(session, token_id)
    return kept is not None and kept.hash == digest
