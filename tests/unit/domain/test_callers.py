from datetime import UTC, datetime, timedelta

import pytest

from app.domain.callers import (
    ANONYMOUS,
    COMMAND_LINE,
    TOKEN_ROLES,
    Caller,
    Role,
    Token,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CALLER = Caller("lead", Role.TRUST, frozenset({"ZZ001"}))


def token(*, expires_at: datetime | None = None, revoked_at: datetime | None = None) -> Token:
    return Token("t1", CALLER, NOON, "cli", expires_at, revoked_at)


def test_a_token_never_makes_anybody_anonymous() -> None:
    assert set(TOKEN_ROLES) == set(Role) - {Role.ANONYMOUS}
    assert Caller("anonymous", Role.ANONYMOUS) == ANONYMOUS
    assert Caller("cli", Role.NATIONAL) == COMMAND_LINE


@pytest.mark.parametrize(
    ("held", "is_valid"),
    [
        pytest.param(token(), True, id="for ever"),
        pytest.param(token(expires_at=NOON + timedelta(seconds=1)), True, id="not yet expired"),
        pytest.param(token(expires_at=NOON), False, id="expires now"),
        pytest.param(token(revoked_at=NOON), False, id="taken back"),
        pytest.param(
            token(expires_at=NOON + timedelta(days=1), revoked_at=NOON),
            False,
            id="taken back before it expires",
        ),
    ],
)
def test_a_token_is_valid_until_it_expires_or_is_taken_back(
    held: Token, *, is_valid: bool
) -> None:
    assert held.is_valid_at(NOON) is is_valid
