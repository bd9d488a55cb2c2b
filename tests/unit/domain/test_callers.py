from app.domain.callers import (
    ANONYMOUS,
    COMMAND_LINE,
    TOKEN_ROLES,
    Caller,
    Role,
)


def test_a_token_never_makes_anybody_anonymous() -> None:
    assert set(TOKEN_ROLES) == set(Role) - {Role.ANONYMOUS}
    assert Caller("anonymous", Role.ANONYMOUS) == ANONYMOUS
    assert Caller("cli", Role.NATIONAL) == COMMAND_LINE
