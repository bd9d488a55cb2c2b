from dataclasses import replace

import pytest

from app.domain.callers import ANONYMOUS, Action, Caller, Role
from app.domain.permissions import OPERATIONS, RIGHTS, Reach, list_roles, role_may

AREA = Caller("board", Role.AREA, frozenset({"QMF"}))


@pytest.mark.parametrize(
    ("action", "roles"),
    [
        (Action.READ_FIGURES, {"trust_data", "trust", "area", "national"}),
        (Action.READ_DRAFTS, {"trust_data", "trust", "national"}),
        (Action.READ_TARGETS, {"trust_data", "trust", "area", "national"}),
        (Action.WRITE_FIGURES, {"trust_data", "trust", "national"}),
        (Action.SIGN_OFF, {"trust", "national"}),
        (Action.SET_TARGETS, {"trust", "national"}),
        (Action.GIVE_CONSENT, {"trust", "national"}),
        (Action.COMMENT, {"area", "national"}),
        (Action.BENCHMARK, {"national"}),
        (Action.READ_AREAS, {"national"}),
        (Action.WRITE_REGISTER, {"national"}),
    ],
)
def test_each_role_may_do_what_the_table_says(action: Action, roles: set[str]) -> None:
    assert {role.value for role in Role if role_may(role, action)} == roles


def test_every_action_has_its_rights_and_none_is_anybodys_without_a_token() -> None:
    assert set(RIGHTS) == set(Action)
    assert {one.of(Role.ANONYMOUS) for one in RIGHTS.values()} == {Reach.NOTHING}


def test_each_role_reaches_in_its_own_way() -> None:
    reached = {role: {one.of(role) for one in RIGHTS.values()} for role in Role}

    assert reached == {
        Role.ANONYMOUS: {Reach.NOTHING},
        Role.TRUST_DATA: {Reach.NOTHING, Reach.OWN},
        Role.TRUST: {Reach.NOTHING, Reach.OWN},
        Role.AREA: {Reach.NOTHING, Reach.AREA, Reach.CONSENTED},
        Role.NATIONAL: {Reach.ALL},
    }


def test_without_a_token_invented_figures_are_read_and_nothing_is_written() -> None:
    assert {action for action, one in RIGHTS.items() if one.opens_invented} == {
        Action.READ_FIGURES,
        Action.READ_DRAFTS,
        Action.READ_TARGETS,
        Action.READ_PLANS,
        Action.READ_RETURNS,
        Action.BENCHMARK,
        Action.READ_AREAS,
    }


def test_who_is_refused_is_not_pointed_to_a_role_that_takes_consent() -> None:
    assert list_roles(Action.READ_FIGURES) == [Role.TRUST_DATA, Role.TRUST, Role.NATIONAL]


@pytest.mark.parametrize(
    ("operation", "caller", "is_admitted"),
    [
        pytest.param("list_measures", ANONYMOUS, True, id="open to everybody"),
        pytest.param("get_download", ANONYMOUS, True, id="released to everybody"),
        pytest.param("get_board", ANONYMOUS, True, id="invented"),
        pytest.param(
            "get_peers", replace(ANONYMOUS, sees_invented=False), False, id="invented, as real"
        ),
        pytest.param(
            "get_actuals", replace(ANONYMOUS, sees_invented=False), True, id="maybe released"
        ),
        pytest.param("put_board", ANONYMOUS, False, id="a change"),
        pytest.param("put_board", AREA, False, id="a change of another role"),
        pytest.param("get_board", replace(AREA, sees_invented=False), True, id="with consent"),
        pytest.param("post_target_comment", AREA, True, id="a change of its own"),
    ],
)
def test_a_caller_is_admitted_where_anything_can_be_reached(
    operation: str, caller: Caller, *, is_admitted: bool
) -> None:
    assert OPERATIONS[operation].admits(caller) is is_admitted
