"""Who may see and do what."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from tests.api.callers import APPROVAL, NO_TOKEN, READS, TARGET, TARGET_READS, not_allowed
from tests.bodies import Headers, actuals_body, board_body, problem_of
from tests.given import Given

ORGANISATION = {"kind": "trust", "name": "New Example NHS Trust"}

PUBLIC = (
    "/v1/organisations",
    "/v1/organisations/RZ1",
    "/v1/measures",
    "/v1/bands",
    "/v1/ethnic-categories",
    "/v1/cycles",
    "/v1/censuses",
    "/v1/censuses/2024",
    "/v1/codes",
    "/problems/not-allowed",
    "/health/live",
    "/health/ready",
)

WRITERS = ("national", "trust", "trust_data")

CALLERS = {
    "anonymous": (),
    "trust_data": ("RZ1",),
    "trust": ("RZ1",),
    "area of the board": ("QMF",),
    "area of the region": ("Y56",),
    "national": (),
}
"""Callers by their role, with the organisations that their tokens are for."""

TRUSTS = ("RZ1", "RZ0", "RZ2", "ZZ901")
"""A real trust, its predecessor, another real trust, and an invented one."""

MAY: dict[str, dict[str, tuple[str, ...]]] = {
    # The trusts on which each caller may do what; what it may, it is told that nothing is held.
    "anonymous": {"read": ("ZZ901",), "targets": ("ZZ901",)},
    "trust_data": {"read": ("RZ1", "ZZ901"), "write": ("RZ1",)},
    "trust": {
        "read": ("RZ1", "RZ0", "ZZ901"),
        "targets": ("RZ1", "RZ0", "ZZ901"),
        "write": ("RZ1", "RZ0"),
        "set": ("RZ1", "RZ0"),
    },
    "area of the board": {"read": ("ZZ901",), "targets": ("RZ1", "RZ0", "ZZ901")},
    "area of the region": {"read": ("ZZ901",), "targets": ("RZ1", "RZ0", "ZZ901")},
    "national": dict.fromkeys(("read", "targets", "write", "set"), TRUSTS),
}


def _headers(given: Given, who: str) -> Headers:
    role = who.partition(" ")[0]
    return {} if role == "anonymous" else given.token(role, *CALLERS[who])


def _expected(who: str, what: str, trust: str, done: int) -> int:
    if trust in MAY[who].get(what, ()):
        return done
    return 401 if who == "anonymous" else 403


@pytest.mark.parametrize("who", CALLERS)
def test_each_role_reads_what_it_may_of_the_trusts_it_is_for(
    client: TestClient, given: Given, who: str
) -> None:
    headers = _headers(given, who)
    # The specification does not say whether `trust_data` reads targets.
    kinds = {"read": READS} | ({"targets": TARGET_READS} if who != "trust_data" else {})
    paths = {path: kind for kind, paths in kinds.items() for path in paths}

    answers = {
        (trust, path): client.get(f"/v1/trusts/{trust}/{path}", headers=headers).status_code
        for trust in TRUSTS
        for path in paths
    }

    assert answers == {
        (trust, path): _expected(who, kind, trust, 200 if path in {"actuals", "targets"} else 404)
        for trust in TRUSTS
        for path, kind in paths.items()
    }


@pytest.mark.parametrize("who", CALLERS)
def test_each_role_sends_in_figures_of_the_trusts_it_is_for(
    client: TestClient, given: Given, who: str
) -> None:
    headers = _headers(given, who)
    bodies = {"actuals/2024": actuals_body(), "board/2024": board_body()}

    answers = {
        (trust, path): client.put(
            f"/v1/trusts/{trust}/{path}", json=body, headers=headers
        ).status_code
        for trust in TRUSTS
        for path, body in bodies.items()
    }

    # The national team may send the invented trust's too, but not beside real ones.
    assert answers == {
        (trust, path): _expected(who, "write", trust, 409 if trust == "ZZ901" else 201)
        for trust in TRUSTS
        for path in bodies
    }


@pytest.mark.parametrize("who", CALLERS)
def test_each_role_signs_off_and_sets_targets_for_the_trusts_it_is_for(
    client: TestClient, given: Given, who: str
) -> None:
    headers = _headers(given, who)
    bodies = {"actuals/2024/sign-off": APPROVAL, "targets": TARGET}

    answers = {
        (trust, path): client.post(
            f"/v1/trusts/{trust}/{path}", json=body, headers=headers
        ).status_code
        for trust in TRUSTS
        for path, body in bodies.items()
    }

    assert answers == {
        (trust, path): _expected(who, "set", trust, 201 if path == "targets" else 404)
        for trust in TRUSTS
        for path in bodies
    }


@pytest.mark.parametrize("who", CALLERS)
def test_only_the_national_team_writes_to_the_register(
    client: TestClient, given: Given, who: str
) -> None:
    headers = _headers(given, who)

    response = client.put("/v1/organisations/RZ9", json=ORGANISATION, headers=headers)

    if who == "national":
        assert response.status_code == 201
    elif who == "anonymous":
        assert problem_of(response) == {**NO_TOKEN, "detail": "This takes a bearer token."}
        assert response.headers["www-authenticate"] == "Bearer"
    else:
        assert problem_of(response) == not_allowed(who.partition(" ")[0], "national")


def test_the_register_and_the_definitions_are_open_to_all(client: TestClient) -> None:
    answers = {path: client.get(path).status_code for path in PUBLIC}

    assert answers == dict.fromkeys(PUBLIC, 200)


def test_a_caller_who_may_not_is_told_which_roles_may(client: TestClient, given: Given) -> None:
    area, other = given.token("area", "QMF"), given.token("trust", "RZ2")
    data = given.token("trust_data", "RZ1")

    read = client.get("/v1/trusts/RZ1/actuals/2024", headers=area)
    write = client.put("/v1/trusts/RZ1/actuals/2024", json=actuals_body(), headers=other)
    sign = client.post("/v1/trusts/RZ1/actuals/2024/sign-off", json=APPROVAL, headers=data)
    target = client.post("/v1/trusts/RZ1/targets", json=TARGET, headers=data)

    assert problem_of(read) == not_allowed("area", *WRITERS)
    assert problem_of(write) == not_allowed("trust", *WRITERS)
    assert problem_of(sign) == not_allowed("trust_data", "national", "trust")
    assert problem_of(target) == not_allowed("trust_data", "national", "trust")


@pytest.mark.parametrize("who", ["anonymous", "other trust", "area"])
def test_an_answer_to_somebody_who_may_not_see_does_not_tell_whether_anything_is_held(
    client: TestClient, given: Given, who: str
) -> None:
    headers = {
        "anonymous": {},
        "other trust": given.token("trust", "RZ2"),
        "area": given.token("area", "Y56"),
    }[who]
    trust = "/v1/trusts/RZ1"
    requests = [
        ("GET", f"{trust}/actuals", None, {}),
        ("GET", f"{trust}/actuals/2024", None, {}),
        ("GET", f"{trust}/actuals/2024", None, {"If-None-Match": '"1"'}),
        ("GET", f"{trust}/actuals/2024", None, {"If-None-Match": "*"}),
        ("GET", f"{trust}/actuals/2024?as_of=2026-11-01T00:00:00Z", None, {}),
        ("GET", f"{trust}/actuals/2024/revisions", None, {}),
        ("GET", f"{trust}/board/2024", None, {}),
        ("PUT", f"{trust}/actuals/2024", actuals_body(), {}),
        ("PUT", f"{trust}/actuals/2024", actuals_body(), {"If-Match": '"1"'}),
        ("PUT", f"{trust}/actuals/2024", actuals_body(), {"If-None-Match": "*"}),
        ("PUT", f"{trust}/board/2024", board_body(), {"If-None-Match": "*"}),
        ("POST", f"{trust}/actuals/2024/sign-off", APPROVAL, {"If-Match": '"1"'}),
    ]

    def ask() -> list[tuple[int, str, dict[str, str]]]:
        answers = [
            client.request(method, path, json=body, headers=headers | more)
            for method, path, body, more in requests
        ]
        return [
            (one.status_code, one.text, dict(one.headers) | {"x-request-id": ""})
            for one in answers
        ]

    before = ask()
    given.actuals("RZ1", 2024)
    given.board("RZ1", 2024)
    given.signed_off("RZ1", 2024, on=date(2024, 7, 25))
    after = ask()

    assert {status for status, _, _ in before} == {401 if who == "anonymous" else 403}
    assert after == before
