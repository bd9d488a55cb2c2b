"""How long a session of a page lasts, and the word that its forms send back."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.page_sessions import PageSession, form_word_of

MADE = datetime(2026, 11, 23, 9, tzinfo=UTC)
IDLE = timedelta(minutes=30)

SECRETS = st.text("abcdefghijklmnopqrstuvwxyz-_0123456789", min_size=43, max_size=43)


def session(*, seen: timedelta = timedelta(), ended: timedelta | None = None) -> PageSession:
    return PageSession(
        token_id="0123456789ab",  # noqa: S106 — names it
        token_hash="0" * 64,
        created_at=MADE,
        last_seen_at=MADE + seen,
        ended_at=None if ended is None else MADE + ended,
    )


@pytest.mark.parametrize(
    ("held", "after", "is_open"),
    [
        pytest.param(session(), timedelta(), True, id="just made"),
        pytest.param(session(), timedelta(minutes=29, seconds=59), True, id="a moment too idle"),
        pytest.param(session(), IDLE, False, id="idle too long"),
        pytest.param(
            session(seen=timedelta(minutes=20)), timedelta(minutes=49), True, id="seen since"
        ),
        pytest.param(
            session(seen=timedelta(hours=11, minutes=50)),
            timedelta(hours=11, minutes=59),
            True,
            id="busy all day",
        ),
        pytest.param(
            session(seen=timedelta(hours=11, minutes=50)),
            timedelta(hours=12),
            False,
            id="busy, but the day is over",
        ),
        pytest.param(session(ended=timedelta(minutes=1)), timedelta(minutes=1), False, id="ended"),
    ],
)
def test_a_session_lasts_until_it_is_idle_over_or_ended(
    held: PageSession, after: timedelta, *, is_open: bool
) -> None:
    assert held.is_open_at(MADE + after, idle=IDLE) is is_open


def test_a_visit_is_recorded_once_a_minute() -> None:
    held = session(seen=timedelta(minutes=5))

    due = [held.is_visit_due_at(held.last_seen_at + timedelta(seconds=s)) for s in (0, 59, 60)]
    assert due == [False, False, True]


@given(SECRETS)
def test_the_word_of_forms_is_an_hmac_of_what_they_are_for(secret: str) -> None:
    # RFC 2104, with the key padded to the 64 bytes of a block of SHA-256.
    key = secret.encode().ljust(64, b"\0")
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in key) + b"forms of a page session").digest()
    outer = hashlib.sha256(bytes(b ^ 0x5C for b in key) + inner)

    assert form_word_of(secret) == outer.hexdigest()


@given(SECRETS, SECRETS)
def test_another_session_has_another_word(one: str, other: str) -> None:
    assert (form_word_of(one) == form_word_of(other)) is (one == other)
