"""Callers' tokens in the database; only hashes are kept."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hmac import compare_digest
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, true, update
from sqlalchemy import Row as ResultRow
from sqlmodel import Session

from app.domain.callers import Caller, Role
from app.domain.errors import TokenNotFound
from app.domain.tokens import USE_INTERVAL, Subject, Token, Withdrawal
from app.store.rows import TokenOrganisationRow, TokenRow, TokenWithdrawalRow, table_of

_TOKEN: Final = table_of(TokenRow)
_ORGANISATION: Final = table_of(TokenOrganisationRow)
_WITHDRAWAL: Final = table_of(TokenWithdrawalRow)


@dataclass(frozen=True, slots=True)
class KeptToken:
    """A token with what is kept of its secrets.

    Attributes:
        hash: SHA-256 of its secret, in hexadecimal; None where it has none.
        former_hash: Likewise of the secret before the last rotation.
    """

    token: Token
    hash: str | None
    former_hash: str | None

    def knows(self, digest: str) -> bool:
        """Return whether a SHA-256, in hexadecimal, is that of its secret or of the former one."""
        return any(
            one is not None and compare_digest(one, digest)
            for one in (self.hash, self.former_hash)
        )

    def opens_with(self, digest: str, now: datetime) -> bool:
        """Return whether a secret that it knows is still good at an instant."""
        return digest == self.hash or self.token.takes_former_at(now)


def find_kept(session: Session, token_id: str) -> KeptToken | None:
    """Return the token of an identifier with what is kept of its secrets, or None."""
    rows = session.execute(select(_TOKEN).where(_TOKEN.c.id == token_id)).all()
    if not rows:
        return None
    (token,) = _tokens(session, rows)
    return KeptToken(token, rows[0].hash, rows[0].former_hash)


def find_by_subject(session: Session, subject: Subject) -> Token | None:
    """Return what stands for signed tokens of a subject and was not revoked, or None."""
    at = _TOKEN.c
    is_of = and_(at.issuer == subject.issuer, at.subject == subject.name, at.revoked_at.is_(None))
    found = _tokens(session, session.execute(select(_TOKEN).where(is_of)).all())
    return found[0] if found else None


def get(session: Session, token_id: str) -> Token:
    """Return the token of an identifier; raise `TokenNotFound` if there is none."""
    found = _load(session, _TOKEN.c.id == token_id)
    if not found:
        raise TokenNotFound(token_id)
    return found[0]


def list_all(session: Session) -> list[Token]:
    """Return every token, oldest first."""
    return _load(session, true())


def list_some(
    session: Session,
    *,
    of: Iterable[str] | None,
    after: tuple[datetime, str] | None,
    limit: int,
) -> list[Token]:
    """Return tokens, oldest first, at most so many.

    Args:
        session: A reading session.
        of: Only those for any of these organisations, by ODS code; None for all.
        after: Only those after this one, given when it was made and its identifier.
        limit: How many at most.
    """
    at = _TOKEN.c
    wanted: list[ColumnElement[bool]] = []
    if of is not None:
        ids = select(_ORGANISATION.c.token_id).where(_ORGANISATION.c.ods_code.in_(sorted(of)))
        wanted.append(at.id.in_(ids))
    if after is not None:
        made, id_ = after
        wanted.append(or_(at.created_at > made, and_(at.created_at == made, at.id > id_)))
    return _load(session, and_(true(), *wanted), limit)


def add(session: Session, token: Token, digest: str | None) -> None:
    """Store a token, with the SHA-256 of its secret if it has one."""
    row = {
        "id": token.id,
        "hash": digest,
        "name": token.caller.name,
        "role": token.caller.role.value,
        "created_at": token.created_at,
        "created_by": token.created_by,
        "expires_at": token.expires_at,
        "issuer": token.subject.issuer if token.subject else None,
        "subject": token.subject.name if token.subject else None,
    }
    session.execute(insert(_TOKEN), [row])
    codes = sorted(token.caller.organisations)
    if codes:
        rows = [{"token_id": token.id, "ods_code": code} for code in codes]
        session.execute(insert(_ORGANISATION), rows)


def rotate(session: Session, token: Token, digest: str) -> None:
    """Store a new secret's SHA-256, and keep the one before as the former if it is still good.

    Args:
        session: In a transaction.
        token: As it is from now on.
        digest: Of the new secret.
    """
    former = _TOKEN.c.hash if token.former_until is not None else None
    values = {
        "hash": digest,
        "former_hash": former,
        "former_until": token.former_until,
        "expires_at": token.expires_at,
    }
    session.execute(update(_TOKEN).where(_TOKEN.c.id == token.id).values(values))


def revoke(session: Session, token_id: str, *, at: datetime, by: str) -> None:
    """Take a token back. Once revoked, it stays so."""
    holds = and_(_TOKEN.c.id == token_id, _TOKEN.c.revoked_at.is_(None))
    session.execute(update(_TOKEN).where(holds).values(revoked_at=at, revoked_by=by))


def withdraw(session: Session, token_id: str, withdrawals: Sequence[Withdrawal]) -> None:
    """Take organisations out of those that a token is for, and keep that they were among them."""
    codes = [one.ods_code for one in withdrawals]
    of_token = _ORGANISATION.c.token_id == token_id
    session.execute(delete(_ORGANISATION).where(of_token, _ORGANISATION.c.ods_code.in_(codes)))
    rows = [
        {
            "token_id": token_id,
            "ods_code": one.ods_code,
            "recorded_at": one.at,
            "recorded_by": one.by,
        }
        for one in withdrawals
    ]
    session.execute(insert(_WITHDRAWAL), rows)


def record_use(session: Session, token_id: str, at: datetime) -> None:
    """Store that a token was used at an instant, unless that was stored in the hour before."""
    used = _TOKEN.c.last_used_at
    is_due = or_(used.is_(None), used <= at - USE_INTERVAL)
    session.execute(update(_TOKEN).where(_TOKEN.c.id == token_id, is_due).values(last_used_at=at))


def _load(session: Session, wanted: ColumnElement[bool], limit: int | None = None) -> list[Token]:
    """Return tokens, oldest first, with the consents to them that were taken back."""
    query = select(_TOKEN).where(wanted).order_by(_TOKEN.c.created_at, _TOKEN.c.id).limit(limit)
    found = _tokens(session, session.execute(query).all())
    withdrawn: dict[str, list[Withdrawal]] = defaultdict(list)
    at = _WITHDRAWAL.c
    kept = select(_WITHDRAWAL).where(at.token_id.in_([one.id for one in found]))
    for row in session.execute(kept.order_by(at.ods_code)):
        one = Withdrawal(row.ods_code, row.recorded_at, row.recorded_by)
        withdrawn[row.token_id].append(one)
    return [replace(one, withdrawn=tuple(withdrawn[one.id])) for one in found]


def _tokens(session: Session, rows: Sequence[ResultRow[Any]]) -> list[Token]:
    """Return the tokens that rows hold, with their organisations."""
    codes: dict[str, set[str]] = defaultdict(set)
    ids = [row.id for row in rows]
    for one in session.execute(select(_ORGANISATION).where(_ORGANISATION.c.token_id.in_(ids))):
        codes[one.token_id].add(one.ods_code)
    return [
        Token(
            id=row.id,
            caller=Caller(row.name, Role(row.role), frozenset(codes[row.id])),
            created_at=row.created_at,
            created_by=row.created_by,
            expires_at=row.expires_at,
            revoked_at=row.revoked_at,
            subject=None if row.subject is None else Subject(row.issuer, row.subject),
            former_until=row.former_until,
            last_used_at=row.last_used_at,
        )
        for row in rows
    ]
