"""Callers' tokens in the database: found by their hash, revoked once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from app.domain.callers import COMMAND_LINE, Caller, Role, Token
from app.domain.errors import TokenNotFound
from app.domain.organisations import Kind, Organisation
from app.services.register import add_organisations
from app.store import tokens
from app.store.rows import TokenRow

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)

OF_TRUSTS = Token(
    "0123456789ab",
    Caller("a lead", Role.TRUST, frozenset({"ZZ901", "ZZ902"})),
    AT + DAY,
    "cli",
    expires_at=AT + 30 * DAY,
)
NATIONAL = Token("fedcba987654", Caller("a team", Role.NATIONAL), AT, "a person")

DIGESTS = {OF_TRUSTS.id: "0" * 64, NATIONAL.id: "1" * 64}


@pytest.fixture
def register(session: Session) -> Session:
    """A session in which two trusts are stored."""
    trusts = [Organisation(code, Kind.TRUST) for code in ("ZZ901", "ZZ902")]
    add_organisations(session, trusts, by=COMMAND_LINE, now=AT)
    return session


@pytest.fixture
def kept(register: Session) -> Session:
    """A session in which two tokens are stored."""
    for one in (OF_TRUSTS, NATIONAL):
        tokens.add(register, one, DIGESTS[one.id])
    register.expire_all()
    return register


def test_a_token_is_found_by_its_hash(kept: Session) -> None:
    found = [tokens.find_by_hash(kept, digest) for digest in DIGESTS.values()]

    assert found == [OF_TRUSTS, NATIONAL]
    assert tokens.find_by_hash(kept, "2" * 64) is None
    assert tokens.find_by_hash(kept, OF_TRUSTS.id) is None


def test_tokens_are_listed_oldest_first(kept: Session) -> None:
    twin = replace(NATIONAL, id="fedcba987653")
    tokens.add(kept, twin, "3" * 64)

    assert tokens.list_all(kept) == [twin, NATIONAL, OF_TRUSTS]


def test_no_token_is_held_at_first(session: Session) -> None:
    assert tokens.list_all(session) == []
    assert tokens.find_by_hash(session, "0" * 64) is None


def test_a_token_is_revoked_once_and_stays_so(kept: Session) -> None:
    tokens.revoke(kept, OF_TRUSTS.id, at=AT + 2 * DAY, by="a person")
    tokens.revoke(kept, OF_TRUSTS.id, at=AT + 3 * DAY, by="another")
    kept.expire_all()

    revoked = replace(OF_TRUSTS, revoked_at=AT + 2 * DAY)
    assert tokens.find_by_hash(kept, DIGESTS[OF_TRUSTS.id]) == revoked
    assert tokens.list_all(kept) == [NATIONAL, revoked]
    by = select(col(TokenRow.id), col(TokenRow.revoked_by)).order_by(col(TokenRow.id))
    assert [tuple(row) for row in kept.execute(by)] == [
        (OF_TRUSTS.id, "a person"),
        (NATIONAL.id, None),
    ]


def test_a_token_that_is_not_there_is_not_revoked(kept: Session) -> None:
    with pytest.raises(TokenNotFound) as caught:
        tokens.revoke(kept, "nothing", at=AT, by="a person")

    assert caught.value.facts == {"token_id": "nothing"}
    assert tokens.list_all(kept) == [NATIONAL, OF_TRUSTS]


def test_a_token_is_for_organisations_of_the_register(register: Session) -> None:
    stranger = replace(OF_TRUSTS, caller=Caller("a lead", Role.TRUST, frozenset({"ZZ999"})))

    with pytest.raises(IntegrityError):
        tokens.add(register, stranger, "0" * 64)
