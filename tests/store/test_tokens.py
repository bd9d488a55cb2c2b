"""Callers' tokens in the database: found by their identifier, revoked once, kept as hashes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from app.domain.callers import COMMAND_LINE, Caller, Role
from app.domain.errors import TokenNotFound
from app.domain.organisations import Kind, Organisation
from app.domain.tokens import Subject, Token, Withdrawal
from app.services.register import add_organisations
from app.store import tokens
from app.store.rows import TokenRow
from app.store.tokens import KeptToken

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

OF_TRUSTS = Token(
    "0123456789ab",
    Caller("a vendor", Role.TRUST_DATA, frozenset({"ZZ901", "ZZ902"})),
    AT + DAY,
    "cli",
    expires_at=AT + 30 * DAY,
)
NATIONAL = Token("fedcba987654", Caller("a team", Role.NATIONAL), AT, "a person")
CLIENT = Subject("https://issuer.example", "a client")
SIGNED = Token(
    "00000000000c",
    Caller("a platform", Role.TRUST_DATA, frozenset({"ZZ902"})),
    AT + 2 * DAY,
    "cli",
    subject=CLIENT,
)

DIGESTS = {OF_TRUSTS.id: "0" * 64, NATIONAL.id: "1" * 64, SIGNED.id: None}


@pytest.fixture
def register(session: Session) -> Session:
    """A session in which two trusts are stored."""
    trusts = [Organisation(code, Kind.TRUST) for code in ("ZZ901", "ZZ902")]
    add_organisations(session, trusts, by=COMMAND_LINE, now=AT)
    return session


@pytest.fixture
def kept(register: Session) -> Session:
    """A session in which three tokens are stored."""
    for one in (OF_TRUSTS, NATIONAL, SIGNED):
        tokens.add(register, one, DIGESTS[one.id])
    return register


def listed(
    session: Session,
    of: Iterable[str] | None = None,
    after: tuple[datetime, str] | None = None,
    limit: int = 10,
) -> list[str]:
    found = tokens.list_some(session, of=of, after=after, limit=limit)
    return [one.id for one in found]


def test_a_token_is_found_with_what_is_kept_of_its_secret(kept: Session) -> None:
    found = [tokens.find_kept(kept, id_) for id_ in (OF_TRUSTS.id, NATIONAL.id, SIGNED.id)]

    assert found == [
        KeptToken(OF_TRUSTS, "0" * 64, None),
        KeptToken(NATIONAL, "1" * 64, None),
        KeptToken(SIGNED, None, None),
    ]
    assert tokens.find_kept(kept, "nothing") is None


def test_a_token_is_found_by_the_subject_of_signed_ones(kept: Session) -> None:
    assert tokens.find_by_subject(kept, CLIENT) == SIGNED
    assert tokens.find_by_subject(kept, replace(CLIENT, name="A client")) is None
    assert tokens.find_by_subject(kept, replace(CLIENT, issuer="https://other.example")) is None


def test_a_subject_has_one_registration_at_a_time(kept: Session) -> None:
    other = replace(SIGNED, id="00000000000d")
    tokens.revoke(kept, SIGNED.id, at=AT, by="a person")

    assert tokens.find_by_subject(kept, CLIENT) is None
    tokens.add(kept, other, None)
    assert tokens.find_by_subject(kept, CLIENT) == other
    with pytest.raises(IntegrityError):
        tokens.add(kept, replace(SIGNED, id="00000000000e"), None)


def test_tokens_are_listed_oldest_first(kept: Session) -> None:
    twin = replace(NATIONAL, id="fedcba987653")
    tokens.add(kept, twin, "3" * 64)

    assert tokens.list_all(kept) == [twin, NATIONAL, OF_TRUSTS, SIGNED]
    assert listed(kept, limit=2) == [twin.id, NATIONAL.id]
    assert listed(kept, after=(AT, twin.id)) == [NATIONAL.id, OF_TRUSTS.id, SIGNED.id]
    assert listed(kept, after=(AT + DAY, OF_TRUSTS.id)) == [SIGNED.id]
    assert listed(kept, of=["ZZ901"]) == [OF_TRUSTS.id]
    assert listed(kept, of=["ZZ901", "ZZ902"], limit=1) == [OF_TRUSTS.id]
    assert listed(kept, of=[]) == []


def test_no_token_is_held_at_first(session: Session) -> None:
    assert tokens.list_all(session) == []
    assert tokens.find_kept(session, OF_TRUSTS.id) is None


def test_a_rotated_token_keeps_its_former_hash_for_a_while(kept: Session) -> None:
    rotated = replace(OF_TRUSTS, former_until=AT + 2 * DAY, expires_at=AT + 60 * DAY)
    tokens.rotate(kept, rotated, "2" * 64)

    found = tokens.find_kept(kept, OF_TRUSTS.id)

    assert found == KeptToken(rotated, "2" * 64, "0" * 64)
    assert [found.knows(digit * 64) for digit in "0123"] == [True, False, True, False]
    moments = (AT + 2 * DAY - HOUR, AT + 2 * DAY)
    assert [found.opens_with("0" * 64, now) for now in moments] == [True, False]
    assert [found.opens_with("2" * 64, now) for now in moments] == [True, True]


def test_a_token_rotated_without_an_overlap_keeps_no_former_hash(kept: Session) -> None:
    tokens.rotate(kept, replace(OF_TRUSTS, former_until=AT + 2 * DAY), "2" * 64)
    tokens.rotate(kept, OF_TRUSTS, "3" * 64)

    assert tokens.find_kept(kept, OF_TRUSTS.id) == KeptToken(OF_TRUSTS, "3" * 64, None)


def test_a_token_is_revoked_once_and_stays_so(kept: Session) -> None:
    tokens.revoke(kept, OF_TRUSTS.id, at=AT + 2 * DAY, by="a person")
    tokens.revoke(kept, OF_TRUSTS.id, at=AT + 3 * DAY, by="another")

    revoked = replace(OF_TRUSTS, revoked_at=AT + 2 * DAY)
    assert tokens.get(kept, OF_TRUSTS.id) == revoked
    assert tokens.list_all(kept) == [NATIONAL, revoked, SIGNED]
    by = select(col(TokenRow.id), col(TokenRow.revoked_by)).where(col(TokenRow.hash).is_not(None))
    assert [tuple(row) for row in kept.execute(by.order_by(col(TokenRow.id)))] == [
        (OF_TRUSTS.id, "a person"),
        (NATIONAL.id, None),
    ]


def test_a_token_that_is_not_there_is_not_found(kept: Session) -> None:
    with pytest.raises(TokenNotFound) as caught:
        tokens.get(kept, "nothing")

    assert caught.value.facts == {"token_id": "nothing"}


def test_a_trust_that_withdraws_is_no_longer_among_those_that_a_token_is_for(
    kept: Session,
) -> None:
    withdrawal = Withdrawal("ZZ901", AT + 2 * DAY, "a lead")
    tokens.withdraw(kept, OF_TRUSTS.id, [withdrawal])

    caller = replace(OF_TRUSTS.caller, organisations=frozenset({"ZZ902"}))
    left = replace(OF_TRUSTS, caller=caller, withdrawn=(withdrawal,))
    assert tokens.get(kept, OF_TRUSTS.id) == left
    assert listed(kept, of=["ZZ901"]) == []
    assert tokens.get(kept, NATIONAL.id) == NATIONAL


@pytest.mark.parametrize(
    ("used", "noted"),
    [
        pytest.param([AT], AT, id="for the first time"),
        pytest.param([AT, AT + HOUR - DAY / 86_400], AT, id="within the hour"),
        pytest.param([AT, AT + HOUR], AT + HOUR, id="an hour later"),
        pytest.param([AT, AT - HOUR], AT, id="by a clock that was set back"),
    ],
)
def test_the_use_of_a_token_is_noted_once_an_hour(
    kept: Session, used: list[datetime], noted: datetime
) -> None:
    for at in used:
        tokens.record_use(kept, OF_TRUSTS.id, at)

    assert tokens.get(kept, OF_TRUSTS.id) == replace(OF_TRUSTS, last_used_at=noted)
    assert tokens.get(kept, NATIONAL.id) == NATIONAL


def test_a_token_is_for_organisations_of_the_register(register: Session) -> None:
    stranger = replace(OF_TRUSTS, caller=Caller("a lead", Role.TRUST, frozenset({"ZZ999"})))

    with pytest.raises(IntegrityError):
        tokens.add(register, stranger, "0" * 64)
