import pytest

from app.domain.callers import (
    ANONYMOUS,
    COMMAND_LINE,
    MAY,
    OPEN_TO_ALL,
    TOKEN_ROLES,
    Action,
    Caller,
    Role,
)


@pytest.mark.parametrize(
    ("action", "roles"),
    [
        (Action.READ_FIGURES, {"trust_data", "trust", "national"}),
        (Action.READ_TARGETS, {"trust_data", "trust", "area", "national"}),
        (Action.WRITE_FIGURES, {"trust_data", "trust", "national"}),
        (Action.SIGN_OFF, {"trust", "national"}),
        (Action.SET_TARGETS, {"trust", "national"}),
        (Action.BENCHMARK, {"national"}),
        (Action.READ_AREAS, {"national"}),
        (Action.WRITE_REGISTER, {"national"}),
        (Action.MANAGE_TOKENS, {"trust", "national"}),
        (Action.REGISTER_SUBJECTS, {"national"}),
    ],
)
def test_each_role_may_do_what_the_table_says(action: Action, roles: set[str]) -> None:
    assert {role.value for role in MAY[action]} == roles


def test_every_action_has_its_roles() -> None:
    assert set(MAY) == set(Action)


def test_without_a_token_invented_figures_are_read_and_nothing_is_written() -> None:
    assert {
        Action.READ_FIGURES,
        Action.READ_TARGETS,
        Action.READ_PLANS,
        Action.READ_RETURNS,
        Action.BENCHMARK,
    } == OPEN_TO_ALL


def test_a_token_never_makes_anybody_anonymous() -> None:
    assert set(TOKEN_ROLES) == set(Role) - {Role.ANONYMOUS}
    assert Caller("anonymous", Role.ANONYMOUS) == ANONYMOUS
    assert Caller("cli", Role.NATIONAL) == COMMAND_LINE
