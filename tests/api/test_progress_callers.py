"""Who may ask for progress."""

import pytest

from app.domain.callers import Role
from tests.api import progress
from tests.api.progress import ALL, ONE
from tests.api.setting import Service, problem_of, read

told = progress.told


@pytest.mark.parametrize("path", [ONE, ALL])
def test_everybody_may_read_what_is_invented(told: Service, path: str) -> None:
    response = told.get(path)

    assert response.status_code == 200
    assert response.content == told.send("GET", path).content


@pytest.mark.parametrize("end", ["", "/leadership"])
def test_real_figures_take_a_token(told: Service, end: str) -> None:
    response = told.get(f"/v1/trusts/RGT/progress{end}")

    assert response.headers["WWW-Authenticate"] == "Bearer"
    problem = problem_of(response)
    assert (problem["status"], problem["type"]) == (401, "/problems/token-invalid")


@pytest.mark.parametrize(
    ("role", "code"), [(Role.TRUST, "ZZ901"), (Role.TRUST_DATA, "ZZ901"), (Role.AREA, "Y56")]
)
def test_real_figures_take_a_role(told: Service, role: Role, code: str) -> None:
    headers = told.bearer(role, code)

    response = told.client.get("/v1/trusts/RGT/progress/leadership", headers=headers)

    assert problem_of(response) == {
        "type": "/problems/not-allowed",
        "title": "Not allowed",
        "status": 403,
        "detail": f"A token with the role {role} may not do this; it takes one with the role"
        " national or trust or trust_data for this organisation.",
        "role": role.value,
        "roles_that_may": ["national", "trust", "trust_data"],
    }


def test_real_figures_are_not_synthetic(told: Service) -> None:
    body = read(told.send("GET", "/v1/trusts/RGT/progress/leadership"))

    assert (body["ods_code"], body["synthetic"]) == ("RGT", False)


@pytest.mark.parametrize("code", ["ZZ998", "QMF", "ENG"])
def test_progress_of_no_trust_is_not_found(told: Service, code: str) -> None:
    response = told.get(f"/v1/trusts/{code}/progress/leadership")

    assert problem_of(response) == {
        "type": "/problems/trust-not-found",
        "title": "Trust not found",
        "status": 404,
        "detail": f"No trust has the ODS code {code}.",
        "ods_code": code,
    }
