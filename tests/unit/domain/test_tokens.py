from datetime import UTC, datetime, timedelta

import pytest

from app.domain.callers import Caller, Role
from app.domain.tokens import LONGEST_LIFE, USE_INTERVAL, USUAL_LIFE, Token, TokenState

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CALLER = Caller("lead", Role.TRUST, frozenset({"ZZ001"}))


def token(
    *,
    expires_at: datetime | None = None,
    revoked_at: datetime | None = None,
    former_until: datetime | None = None,
    last_used_at: datetime | None = None,
) -> Token:
    return Token(
        *("t1", CALLER, NOON, "cli", expires_at, revoked_at),
        former_until=former_until,
        last_used_at=last_used_at,
    )


@pytest.mark.parametrize(
    ("held", "state"),
    [
        pytest.param(token(), TokenState.VALID, id="for ever"),
        pytest.param(token(expires_at=NOON + SECOND), TokenState.VALID, id="not yet expired"),
        pytest.param(token(expires_at=NOON), TokenState.EXPIRED, id="expires now"),
        pytest.param(token(revoked_at=NOON), TokenState.REVOKED, id="taken back"),
        pytest.param(
            token(expires_at=NOON, revoked_at=NOON),
            TokenState.REVOKED,
            id="taken back before it expired",
        ),
    ],
)
def test_a_token_is_valid_until_it_expires_or_is_taken_back(
    held: Token, state: TokenState
) -> None:
    assert held.state_at(NOON) is state
    assert held.is_valid_at(NOON) is (state is TokenState.VALID)


@pytest.mark.parametrize(
    ("until", "is_good"), [(None, False), (NOON, False), (NOON + SECOND, True)]
)
def test_a_former_secret_is_good_until_its_time_ends(
    until: datetime | None, *, is_good: bool
) -> None:
    assert token(former_until=until).takes_former_at(NOON) is is_good


@pytest.mark.parametrize(
    ("used", "is_due"),
    [
        (None, True),
        (NOON - USE_INTERVAL, True),
        (NOON - USE_INTERVAL + SECOND, False),
        (NOON + SECOND, False),
    ],
)
def test_a_use_is_noted_once_an_hour(used: datetime | None, *, is_due: bool) -> None:
    assert token(last_used_at=used).is_use_due_at(NOON) is is_due


def test_the_usual_life_reaches_from_one_return_to_the_next() -> None:
    assert timedelta(days=365) < USUAL_LIFE <= LONGEST_LIFE
