"""Making, listing, rotating and revoking callers' tokens."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from app.domain.callers import Action, Caller, Role
from app.domain.changes import Change, ChangeKind
from app.domain.errors import (
    Fault,
    NotAllowed,
    TokenEnded,
    TokenNotFound,
    TokenWithoutSecret,
    UnacceptableToken,
)
from app.domain.token_checks import find_expiry_faults, find_role_faults, find_subject_faults
from app.domain.tokens import Subject, Token, Withdrawal
from app.services.access import list_own_codes, require_role
from app.services.callers import ID_BYTES, digest_of, make_secret
from app.store import ledger, organisations, tokens

_TRUSTS_MAKE: Final = frozenset({Role.TRUST, Role.TRUST_DATA})
"""Roles of the tokens that trusts make."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token with its secret, which is shown once and not kept."""

    token: Token
    secret: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a token is asked for.

    Attributes:
        caller: Who calls with it.
        expires_at: From then on it is refused; None for never.
        latest: When it has to have ended; None where it need not.
        named: The caller's organisations in the order in which they were named, so that faults
            can point at them; left out, by ODS code.
    """

    caller: Caller
    expires_at: datetime | None = None
    latest: datetime | None = None
    named: Sequence[str] = ()


def create_token(
    session: Session,
    *,
    caller: Caller,
    expires_at: datetime | None,
    by: Caller,
    now: datetime,
) -> NewToken:
    """Make a token for a caller as `make_token` does, however long it is to be good."""
    return make_token(session, wanted=Wanted(caller, expires_at), by=by, now=now)


def make_token(session: Session, *, wanted: Wanted, by: Caller, now: datetime) -> NewToken:
    """Make a token with a secret.

    A trust makes them for itself, and for systems that send its own figures.

    Raises:
        TokenInvalid: Who asks has no token.
        NotAllowed: Who asks may not make such a token.
        UnacceptableToken: It has faults, all of which are listed.
    """
    require_role(by, Action.MANAGE_TOKENS)
    ledger.take_turn(session)
    if by.role is not Role.NATIONAL:
        _refuse_wider(session, wanted.caller, by)
    _refuse_faults(_find_faults(session, wanted, now))
    token = _enter(session, wanted, None, by, now)
    secret = make_secret(token.id)
    tokens.add(session, token, digest_of(secret))
    return NewToken(token, secret)


def register_subject(
    session: Session,
    *,
    wanted: Wanted,
    subject: str,
    issuer: str | None,
    by: Caller,
    now: datetime,
) -> Token:
    """Let signed tokens of a subject take the place of a secret.

    A subject is the issuer's name for an application, for which no one trust can speak.

    Args:
        session: In a transaction.
        wanted: What its callers may do.
        subject: What the issuer calls it.
        issuer: Whose signed tokens are accepted; None if nobody's are.
        by: The national team.
        now: The instant.

    Raises:
        TokenInvalid: Who asks has no token.
        NotAllowed: Who asks may not register subjects.
        UnacceptableToken: It has faults, all of which are listed.
    """
    require_role(by, Action.REGISTER_SUBJECTS)
    ledger.take_turn(session)
    named = Subject(issuer or "", subject)  # which is a fault, below, without an issuer
    faults = [
        *_find_faults(session, wanted, now),
        *find_subject_faults(subject, issuer),
        *_find_other(session, named),
    ]
    _refuse_faults(faults)
    token = _enter(session, wanted, named, by, now)
    tokens.add(session, token, None)
    return token


def list_tokens(session: Session) -> list[Token]:
    """Return every token, oldest first; none with its secret."""
    return tokens.list_all(session)


def key_of(token: Token) -> str:
    """Return the key by which lists of tokens are ordered, and go on after a page."""
    return f"{token.created_at.isoformat()} {token.id}"


def list_tokens_of(
    session: Session, *, after: tuple[datetime, str] | None, limit: int, by: Caller
) -> list[Token]:
    """Return the tokens that a caller may know of, oldest first; none with its secret.

    Args:
        session: A reading session.
        after: Only those after this one, given when it was made and its identifier.
        limit: How many at most.
        by: The national team sees all; a trust those that are for it, and nothing of others.

    Raises:
        TokenInvalid: Who asks has no token.
        NotAllowed: Who asks may not know of tokens.
    """
    require_role(by, Action.MANAGE_TOKENS)
    own = _own(session, by)
    found = tokens.list_some(session, of=own, after=after, limit=limit)
    return [_seen(one, own) for one in found]


def get_token(session: Session, *, token_id: str, by: Caller) -> Token:
    """Return a token as a caller may know it, without its secret.

    Raises:
        TokenInvalid: Who asks has no token.
        NotAllowed: Who asks may not know of tokens.
        TokenNotFound: There is none that the caller may know of.
    """
    require_role(by, Action.MANAGE_TOKENS)
    own = _own(session, by)
    return _seen(_get(session, token_id, own), own)


def rotate_token(
    session: Session,
    *,
    token_id: str,
    overlap: timedelta,
    renewal: datetime | None,
    latest: datetime | None,
    by: Caller,
    now: datetime,
) -> NewToken:
    """Give a token a new secret; the one before stays good for a while, the one before that not.

    Args:
        session: In a transaction.
        token_id: The token's.
        overlap: How long; zero to end it at once.
        renewal: From then on the token is refused; None to leave that as it is.
        latest: When it has to have ended; None where it need not.
        by: The national team, or the one trust that the token is for.
        now: The instant.

    Raises:
        TokenInvalid: Who asks has no token.
        NotAllowed: Who asks may not rotate it: it reaches further than the caller does.
        TokenNotFound: There is none that the caller may know of.
        TokenWithoutSecret: Signed tokens stand for it.
        TokenEnded: It has expired or was revoked.
        UnacceptableToken: Its new expiry has faults.
    """
    require_role(by, Action.MANAGE_TOKENS)
    ledger.take_turn(session)
    own = _own(session, by)
    held = _get(session, token_id, own)
    if own is not None and not held.caller.organisations <= own:
        raise NotAllowed(role=by.role.value, needed=[Role.NATIONAL.value])
    if held.subject is not None:
        raise TokenWithoutSecret(token_id)
    if not held.is_valid_at(now):
        raise TokenEnded(token_id, held.state_at(now).value)
    _refuse_faults(find_expiry_faults(renewal, now=now, latest=latest))
    at = ledger.stamp(session, now, Change(ChangeKind.TOKEN, name=token_id))
    rotated = replace(
        held,
        former_until=at + overlap if overlap else None,
        expires_at=renewal or held.expires_at,
    )
    secret = make_secret(token_id)
    tokens.rotate(session, rotated, digest_of(secret))
    return NewToken(_seen(rotated, own), secret)


def revoke_token(session: Session, *, token_id: str, by: Caller, now: datetime) -> None:
    """Take a token back at once; a trust, from a token for several, only its own consent.

    Raises:
        TokenInvalid: Who asks has no token.
        NotAllowed: Who asks may not take tokens back.
        TokenNotFound: There is none that the caller may know of.
    """
    require_role(by, Action.MANAGE_TOKENS)
    ledger.take_turn(session)
    own = _own(session, by)
    held = _get(session, token_id, own)
    if held.revoked_at is not None:
        return
    at = ledger.stamp(session, now, Change(ChangeKind.TOKEN, name=token_id))
    codes = held.caller.organisations
    if own is None or codes <= own:
        tokens.revoke(session, token_id, at=at, by=by.name)
        return
    withdrawals = [Withdrawal(code, at, by.name) for code in sorted(codes & own)]
    tokens.withdraw(session, token_id, withdrawals)


def _refuse_wider(session: Session, caller: Caller, by: Caller) -> None:
    """Refuse a trust a token that reaches further than the trust does."""
    is_own = caller.organisations <= list_own_codes(session, by)
    if not is_own or caller.role not in _TRUSTS_MAKE:
        raise NotAllowed(role=by.role.value, needed=[Role.NATIONAL.value])


def _refuse_faults(found: Iterable[Fault]) -> None:
    faults = list(found)
    if faults:
        raise UnacceptableToken(faults)


def _enter(
    session: Session, wanted: Wanted, subject: Subject | None, by: Caller, now: datetime
) -> Token:
    """Return a new token, entered into the ledger."""
    id_ = secrets.token_hex(ID_BYTES)
    at = ledger.stamp(session, now, Change(ChangeKind.TOKEN, name=id_))
    return Token(id_, wanted.caller, at, by.name, wanted.expires_at, subject=subject)


def _own(session: Session, by: Caller) -> frozenset[str] | None:
    """Return the trusts whose tokens a caller manages; None for all."""
    return None if by.role is Role.NATIONAL else list_own_codes(session, by)


def _get(session: Session, token_id: str, own: frozenset[str] | None) -> Token:
    """Return a token that is for any of one's own trusts; what is others' is not there."""
    token = tokens.get(session, token_id)
    if own is not None and not token.caller.organisations & own:
        raise TokenNotFound(token_id)
    return token


def _seen(token: Token, own: frozenset[str] | None) -> Token:
    """Return a token without the other trusts that it is, or was, for."""
    if own is None:
        return token
    caller = replace(token.caller, organisations=token.caller.organisations & own)
    withdrawn = tuple(one for one in token.withdrawn if one.ods_code in own)
    return replace(token, caller=caller, withdrawn=withdrawn)


def _find_faults(session: Session, wanted: Wanted, now: datetime) -> Iterator[Fault]:
    """Yield everything that is wrong with a token that is asked for."""
    codes = wanted.named or sorted(wanted.caller.organisations)
    held = organisations.list_some(session, codes)
    kinds = {code: one.organisation.kind for code, one in held.items()}
    yield from find_role_faults(wanted.caller.role, codes, kinds)
    yield from find_expiry_faults(wanted.expires_at, now=now, latest=wanted.latest)


def _find_other(session: Session, subject: Subject) -> Iterator[Fault]:
    """Yield that a subject is registered already."""
    other = tokens.find_by_subject(session, subject)
    if other is not None:
        detail = f"The token {other.id} stands for this subject; revoke it first."
        yield Fault("/subject", "subject_taken", detail)
