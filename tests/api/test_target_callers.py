"""Who may set targets over HTTP."""

import pytest

from app.domain.callers import Role
from tests.api import targets
from tests.api.setting import Service, goal, problem_of
from tests.api.targets import TARGETS

strict = targets.strict


@pytest.mark.parametrize("role", [Role.TRUST_DATA, Role.AREA])
def test_setting_a_target_takes_a_role(strict: Service, role: Role) -> None:
    code = "Y56" if role is Role.AREA else "ZZ901"
    headers = strict.bearer(role, code)

    response = strict.client.post(TARGETS, json=goal(), headers=headers)

    assert problem_of(response) == {
        "type": "/problems/not-allowed",
        "title": "Not allowed",
        "status": 403,
        "detail": f"A token with the role {role} may not do this; it takes one with the role"
        " national or trust for this organisation.",
        "role": role.value,
        "roles_that_may": ["national", "trust"],
    }


def test_setting_a_target_takes_a_token(strict: Service) -> None:
    response = strict.client.post(TARGETS, json=goal())

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert problem_of(response)["type"] == "/problems/token-invalid"
