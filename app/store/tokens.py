"""Callers' tokens in the database; only hashes are kept."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from app.domain.callers import Caller, Role, Token
from app.domain.errors import TokenNotFound
from app.store.rows import TokenOrganisationRow, TokenRow


def find_by_hash(session: Session, digest: str) -> Token | None:
    """Return the token whose SHA-256 is `digest`, in hexadecimal, or None."""
    found = session.exec(select(TokenRow).where(col(TokenRow.hash) == digest)).all()
    return _tokens(session, found)[0] if found else None


def list_all(session: Session) -> list[Token]:
    """Return every token, oldest first."""
    order = (col(TokenRow.created_at), col(TokenRow.id))
    return _tokens(session, session.exec(select(TokenRow).order_by(*order)).all())


def add(session: Session, token: Token, digest: str) -> None:
    """Store a token with its hash."""
    session.add(
        TokenRow(
            id=token.id,
            hash=digest,
            name=token.caller.name,
            role=token.caller.role.value,
            created_at=token.created_at,
            created_by=token.created_by,
            expires_at=token.expires_at,
        )
    )
    session.flush()
    session.add_all(
        TokenOrganisationRow(token_id=token.id, ods_code=code)
        for code in sorted(token.caller.organisations)
    )
    session.flush()


def revoke(session: Session, token_id: str, *, at: datetime, by: str) -> None:
    """Take a token back; raise `TokenNotFound` if there is none. Once revoked, it stays so."""
    row = session.get(TokenRow, token_id)
    if row is None:
        raise TokenNotFound(token_id)
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by = at, by
        session.add(row)
        session.flush()


def _tokens(session: Session, rows: Sequence[TokenRow]) -> list[Token]:
    """Return the tokens that rows hold, with their organisations."""
    codes: dict[str, set[str]] = defaultdict(set)
    ids = [row.id for row in rows]
    for one in session.exec(
        select(TokenOrganisationRow).where(col(TokenOrganisationRow.token_id).in_(ids))
    ):
        codes[one.token_id].add(one.ods_code)
    return [
        Token(
            id=row.id,
            caller=Caller(row.name, Role(row.role), frozenset(codes[row.id])),
            created_at=row.created_at,
            created_by=row.created_by,
            expires_at=row.expires_at,
            revoked_at=row.revoked_at,
        )
        for row in rows
    ]
