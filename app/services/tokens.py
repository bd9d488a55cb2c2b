"""Making, listing and revoking callers' tokens, and knowing a caller by one."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from app.domain.callers import TOKEN_ROLES, Caller, Role, Token
from app.domain.changes import Change, ChangeKind
from app.domain.errors import Fault, TokenInvalid, UnacceptableToken
from app.domain.organisations import Kind
from app.store import ledger, organisations, tokens

PREFIX = "parity"
"""What every token begins with, so that one found in the wrong place is known for what it is."""

_SECRET_BYTES = 32
_ID_BYTES = 6


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token with its secret, which is shown once and not kept."""

    token: Token
    secret: str


def create_token(
    session: Session,
    *,
    caller: Caller,
    expires_at: datetime | None,
    by: Caller,
    now: datetime,
) -> NewToken:
    """Make a token for a caller.

    Raises:
        UnacceptableToken: The role and the organisations do not fit, or one is not known.
    """
    faults = [*_find_faults(session, caller)]
    if expires_at is not None and expires_at <= now:
        detail = f"{expires_at.isoformat()} has passed; the token would never be accepted."
        faults.append(Fault("/expires_at", "in_the_past", detail))
    if faults:
        raise UnacceptableToken(faults)
    id_ = secrets.token_hex(_ID_BYTES)
    at = ledger.stamp(session, now, Change(ChangeKind.TOKEN, name=id_))
    token = Token(id_, caller, at, by.name, expires_at)
    secret = f"{PREFIX}_{token.id}_{secrets.token_urlsafe(_SECRET_BYTES)}"
    tokens.add(session, token, _digest(secret))
    return NewToken(token, secret)


def list_tokens(session: Session) -> list[Token]:
    """Return every token, oldest first; none with its secret."""
    return tokens.list_all(session)


def revoke_token(session: Session, *, token_id: str, by: Caller, now: datetime) -> None:
    """Take a token back at once.

    Raises:
        TokenNotFound: There is no such token.
    """
    at = ledger.stamp(session, now, Change(ChangeKind.TOKEN, name=token_id))
    tokens.revoke(session, token_id, at=at, by=by.name)


def find_caller(session: Session, *, secret: str, now: datetime) -> Caller:
    """Return who calls with a token.

    Raises:
        TokenInvalid: It is unknown, expired or revoked.
    """
    # The secret has 256 random bits, so one SHA-256 is as good as a slow hash, and fast.
    token = tokens.find_by_hash(session, _digest(secret))
    if token is None or not token.is_valid_at(now):
        raise TokenInvalid("The bearer token is unknown, expired or revoked.")
    return replace(token.caller, token_id=token.id)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _find_faults(session: Session, caller: Caller) -> Iterator[Fault]:
    """Yield how a role and its organisations do not fit."""
    codes = sorted(caller.organisations)
    if caller.role not in TOKEN_ROLES:
        listed = ", ".join(role.value for role in TOKEN_ROLES)
        yield Fault("/role", "role_without_token", f"A token has one of the roles {listed}.")
        return
    if caller.role is Role.NATIONAL and codes:
        detail = "A national token is for all organisations; name none."
        yield Fault("/organisations", "organisations_unused", detail)
    if caller.role is not Role.NATIONAL and not codes:
        detail = f"Name the organisations that the {caller.role} token is for."
        yield Fault("/organisations", "organisations_missing", detail)
    if caller.role is Role.TRUST and len(codes) > 1:
        detail = "A trust token is for one trust; its predecessors are included."
        yield Fault("/organisations", "one_trust_only", detail)
    yield from _find_code_faults(session, caller.role, codes)


def _find_code_faults(session: Session, role: Role, codes: Iterable[str]) -> Iterator[Fault]:
    kinds = {Kind.ICB, Kind.REGION} if role is Role.AREA else {Kind.TRUST}
    held = organisations.list_some(session, codes)
    for index, code in enumerate(codes):
        at = f"/organisations/{index}"
        if code not in held:
            yield Fault(at, "unknown_code", f"No organisation has the ODS code {code}.")
        elif held[code].organisation.kind not in kinds:
            kind = held[code].organisation.kind
            detail = f"{code} is a {kind}; a token with the role {role} is for others."
            yield Fault(at, "wrong_kind", detail)
