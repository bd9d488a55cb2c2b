"""Signing in with a token: whatever ends the token ends the session, and nothing is given away."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import Session

from app.domain.callers import COMMAND_LINE, Caller, Role
from app.domain.errors import TokenInvalid
from app.services.callers import digest_of
from app.services.page_sessions import find_signed_in, record_visit, sign_in, sign_out
from app.services.tokens import NewToken, create_token, revoke_token, rotate_token
from app.store.rows import PageSessionRow, table_of

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
IDLE = timedelta(minutes=30)
DAY = timedelta(hours=12)
MINUTE = timedelta(minutes=1)

TEAM = Caller("national team", Role.NATIONAL)


def new_token(session: Session, expires_at: datetime | None = None) -> NewToken:
    return create_token(
        session, caller=TEAM, expires_at=expires_at, by=COMMAND_LINE, now=NOW - DAY
    )


def begun(
    session: Session, token: NewToken, now: datetime = NOW, former: str | None = None
) -> str:
    return sign_in(session, secret=token.secret, former=former, now=now)


def caller_at(session: Session, secret: str, now: datetime) -> Caller | None:
    found = find_signed_in(session, secret=secret, idle=IDLE, now=now)
    return None if found is None else found.caller


def rotated(session: Session, token: NewToken, overlap: timedelta, now: datetime) -> NewToken:
    return rotate_token(
        session,
        token_id=token.token.id,
        overlap=overlap,
        renewal=None,
        latest=None,
        by=COMMAND_LINE,
        now=now,
    )


def test_whoever_has_a_token_is_its_caller(session: Session) -> None:
    token = new_token(session)

    secret = begun(session, token)

    assert caller_at(session, secret, NOW) == replace(TEAM, token_id=token.token.id)


def test_only_hashes_are_kept(session: Session) -> None:
    token = new_token(session)

    secret = begun(session, token)

    (row,) = session.execute(select(table_of(PageSessionRow))).mappings()
    assert dict(row) == {
        "hash": digest_of(secret),
        "token_id": token.token.id,
        "token_hash": digest_of(token.secret),
        "created_at": NOW,
        "last_seen_at": NOW,
        "ended_at": None,
    }


def test_every_session_has_a_secret_of_its_own(session: Session) -> None:
    token = new_token(session)

    secrets = {begun(session, token) for _ in range(3)}

    assert len(secrets) == 3
    assert all(len(one) == 43 and token.token.id not in one for one in secrets)
    assert all(caller_at(session, one, NOW) for one in secrets)


def test_a_session_goes_on_while_pages_are_asked_for(session: Session) -> None:
    secret = begun(session, new_token(session))

    assert caller_at(session, secret, NOW + IDLE - MINUTE) is not None
    record_visit(session, secret=secret, at=NOW + IDLE - MINUTE)
    assert caller_at(session, secret, NOW + 2 * (IDLE - MINUTE)) is not None
    assert caller_at(session, secret, NOW + 2 * IDLE - MINUTE) is None


def test_a_visit_is_stored_once_a_minute(session: Session) -> None:
    secret = begun(session, new_token(session))
    seen = select(table_of(PageSessionRow).c.last_seen_at)

    stored = []
    for seconds in (30, 59, 60, 119, 45, 120):
        record_visit(session, secret=secret, at=NOW + timedelta(seconds=seconds))
        stored.append(session.execute(seen).scalar_one() - NOW)

    assert stored == [timedelta(seconds=one) for one in (0, 0, 60, 60, 60, 120)]


def test_however_busy_a_session_ends_after_half_a_day(session: Session) -> None:
    secret = begun(session, new_token(session))

    record_visit(session, secret=secret, at=NOW + DAY - MINUTE)

    assert caller_at(session, secret, NOW + DAY - timedelta(seconds=1)) is not None
    assert caller_at(session, secret, NOW + DAY) is None


def test_a_session_ends_when_it_is_signed_out_and_no_visit_brings_it_back(
    session: Session,
) -> None:
    token = new_token(session)
    secret, other = begun(session, token), begun(session, token)

    sign_out(session, secret=secret, now=NOW + MINUTE)
    record_visit(session, secret=secret, at=NOW + 2 * MINUTE)

    assert caller_at(session, secret, NOW + 2 * MINUTE) is None
    assert caller_at(session, other, NOW + 2 * MINUTE) is not None


def test_a_session_ends_when_its_token_is_revoked(session: Session) -> None:
    token = new_token(session)
    secret = begun(session, token)

    revoke_token(session, token_id=token.token.id, by=COMMAND_LINE, now=NOW + MINUTE)

    assert caller_at(session, secret, NOW + MINUTE) is None


def test_a_session_ends_when_its_token_expires(session: Session) -> None:
    secret = begun(session, new_token(session, expires_at=NOW + MINUTE))

    assert caller_at(session, secret, NOW + timedelta(seconds=59)) is not None
    assert caller_at(session, secret, NOW + MINUTE) is None


@pytest.mark.parametrize("hours", [0, 24])
def test_a_session_ends_when_its_token_is_rotated_whatever_the_overlap(
    session: Session, hours: int
) -> None:
    token = new_token(session)
    secret = begun(session, token)

    rotated(session, token, timedelta(hours=hours), NOW + MINUTE)

    assert caller_at(session, secret, NOW + MINUTE) is None


def test_of_two_secrets_only_the_newest_signs_in(session: Session) -> None:
    token = new_token(session)
    newer = rotated(session, token, timedelta(hours=24), NOW)

    with pytest.raises(TokenInvalid, match="was replaced; use the newer one"):
        begun(session, token, NOW + MINUTE)

    assert caller_at(session, begun(session, newer, NOW + MINUTE), NOW + MINUTE) is not None


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "parity_0123456789ab_" + "x" * 43,
        "parity",
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.",
        "parity_0123456789ab_" + "é" * 43,
    ],
)
def test_what_is_no_token_signs_nobody_in(session: Session, secret: str) -> None:
    with pytest.raises(TokenInvalid):
        sign_in(session, secret=secret, former=None, now=NOW)

    assert session.execute(select(table_of(PageSessionRow))).all() == []


def test_whoever_signs_in_again_leaves_the_session_before(session: Session) -> None:
    token = new_token(session)
    first = begun(session, token)

    second = begun(session, token, NOW + MINUTE, former=first)

    assert caller_at(session, first, NOW + MINUTE) is None
    assert caller_at(session, second, NOW + MINUTE) is not None


def test_sessions_that_are_over_go_when_one_is_made(session: Session) -> None:
    token = new_token(session)
    begun(session, token)
    late = begun(session, token, NOW + timedelta(hours=1))
    left = begun(session, token, NOW + timedelta(hours=1))
    sign_out(session, secret=left, now=NOW + timedelta(hours=2))

    new = begun(session, token, NOW + DAY)

    held = session.execute(select(table_of(PageSessionRow).c.hash)).scalars()
    assert set(held) == {digest_of(late), digest_of(new)}


@pytest.mark.parametrize("secret", ["", "x" * 43])
def test_an_unknown_secret_is_nobodys(session: Session, secret: str) -> None:
    sign_out(session, secret=secret, now=NOW)
    record_visit(session, secret=secret, at=NOW)

    assert caller_at(session, secret, NOW) is None
