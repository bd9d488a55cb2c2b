"""Who may see and do what, and how every change is recorded."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from starlette.testclient import TestClient

from app.domain.measures import Measure
from tests.given import (
    JSON,
    Clock,
    Given,
    Headers,
    actuals_body,
    bearer,
    board_body,
    problem,
    problem_of,
)

TARGET = {"measure": "leadership", "cycle": "2022-2025", "goal_headcount": 5}

ORGANISATION = {"kind": "trust", "name": "New Example NHS Trust"}

APPROVAL = {"board_date": "2024-07-25", "lead_role": "Chief People Officer"}

READS = ("actuals", "actuals/2024", "actuals/2024/revisions", "board/2024")

TARGET_READS = ("targets", "targets/leadership-2022-2025")

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

NO_TOKEN = problem(
    401,
    "token-invalid",
    "A valid token is required",
    "This takes a bearer token: figures of real trusts are not public yet.",
)

BAD_TOKEN = problem(
    401,
    "token-invalid",
    "A valid token is required",
    "The bearer token is unknown, expired or revoked.",
)


def not_allowed(role: str, *roles_that_may: str) -> JSON:
    """Return the problem of a role that may not do something."""
    return problem(
        403,
        "not-allowed",
        "Not allowed",
        f"A token with the role {role} may not do this; it takes one with the role"
        f" {' or '.join(roles_that_may)} for this organisation.",
        role=role,
        roles_that_may=list(roles_that_may),
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


def test_the_figures_of_invented_trusts_are_open_to_all(client: TestClient, given: Given) -> None:
    given.actuals("ZZ901", 2022)
    given.board("ZZ901", 2022)
    given.target("ZZ901", Measure.LEADERSHIP, "2022-2025", goal_share="0.2000")
    paths = (
        "actuals",
        "actuals/2022",
        "actuals/2022/revisions",
        "board/2022",
        "targets",
        "targets/leadership-2022-2025",
        "progress",
        "progress/leadership",
    )

    answers = {path: client.get(f"/v1/trusts/ZZ901/{path}").status_code for path in paths}

    assert answers == dict.fromkeys(paths, 200)


def test_the_figures_of_real_trusts_are_not_public(client: TestClient, given: Given) -> None:
    given.actuals("RZ1", 2024)
    paths = [*READS, *TARGET_READS, "progress", "progress/leadership"]

    answers = [client.get(f"/v1/trusts/RZ1/{path}") for path in paths]

    for response in answers:
        assert problem_of(response) == NO_TOKEN
        assert response.headers["www-authenticate"] == "Bearer"


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
        return [(one.status_code, one.text, dict(one.headers)) for one in answers]

    before = ask()
    given.actuals("RZ1", 2024)
    given.board("RZ1", 2024)
    given.signed_off("RZ1", 2024, on=date(2024, 7, 25))
    after = ask()

    assert {status for status, _, _ in before} == {401 if who == "anonymous" else 403}
    assert after == before


# Tokens


def test_a_token_is_accepted_until_it_expires(
    client: TestClient, clock: Clock, given: Given
) -> None:
    expires = datetime(2026, 12, 1, tzinfo=UTC)
    headers = given.token("trust", "RZ1", expires_at=expires)

    clock.set(datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC))
    before = client.get("/v1/trusts/RZ1/actuals", headers=headers)
    after = client.get("/v1/trusts/RZ1/actuals", headers=headers)

    assert before.status_code == 200
    assert problem_of(after) == BAD_TOKEN
    assert after.headers["www-authenticate"].startswith("Bearer")


def test_a_revoked_token_is_refused_at_once(client: TestClient, given: Given) -> None:
    token = given.new_token("trust", "RZ1")
    before = client.get("/v1/trusts/RZ1/actuals", headers=bearer(token.secret))

    given.revoked(token)
    after = client.get("/v1/trusts/RZ1/actuals", headers=bearer(token.secret))

    assert before.status_code == 200
    assert problem_of(after) == BAD_TOKEN


def test_a_token_that_is_no_good_is_refused_even_where_none_is_needed(
    client: TestClient, given: Given
) -> None:
    token = given.new_token("national")
    given.revoked(token)

    response = client.get("/v1/trusts/ZZ901/actuals", headers=bearer(token.secret))

    assert problem_of(response) == BAD_TOKEN


def test_a_token_is_nothing_but_the_whole_token(client: TestClient, given: Given) -> None:
    token = given.new_token("trust", "RZ1")
    secret = token.secret
    wrong = [
        f"Bearer {secret[:-1]}",
        f"Bearer {secret}x",
        f"Bearer {secret.upper()}",
        f"Bearer {token.token.id}",
        f"Bearer {sha256(secret.encode()).hexdigest()}",
        "Bearer x",
        "Bearer \u00e9",
        "Bearer",
        "Bearer ",
        "",
        secret,
        f"Basic {secret}",
        f"Token {secret}",
    ]

    answers = [
        client.get("/v1/trusts/RZ1/actuals", headers={b"Authorization": one.encode("latin-1")})
        for one in wrong
    ]

    for response in answers:
        found = problem_of(response)
        assert found == {**BAD_TOKEN, "detail": found["detail"]}
        assert response.headers["www-authenticate"].startswith("Bearer")
        assert secret not in response.text


def test_the_scheme_is_written_in_any_case(client: TestClient, given: Given) -> None:
    secret = given.new_token("trust", "RZ1").secret

    response = client.get("/v1/trusts/RZ1/actuals", headers={"Authorization": f"bEaReR {secret}"})

    assert response.status_code == 200


def test_only_the_hash_of_a_token_is_kept(client: TestClient, given: Given) -> None:
    token = given.new_token("trust", "RZ1")
    client.put("/v1/trusts/RZ1/actuals/2024", json=actuals_body(), headers=bearer(token.secret))

    kept = given.read_database()

    assert token.secret.removeprefix(f"parity_{token.token.id}_") not in kept
    assert token.secret not in kept
    assert sha256(token.secret.encode()).hexdigest() in kept


# Who did it


def test_who_wrote_is_recorded(client: TestClient, given: Given) -> None:
    system = given.token("trust_data", "RZ1", name="Vendor One")
    lead = given.token("trust", "RZ1", name="RZ1 workforce lead")
    client.put("/v1/trusts/RZ1/actuals/2024", json=actuals_body(), headers=system)
    client.put("/v1/trusts/RZ1/board/2024", json=board_body(), headers=lead)
    client.post("/v1/trusts/RZ1/actuals/2024/sign-off", json=APPROVAL, headers=lead)

    actuals = client.get("/v1/trusts/RZ1/actuals/2024", headers=system).json()
    board = client.get("/v1/trusts/RZ1/board/2024", headers=system).json()

    assert (actuals["recorded_by"], actuals["supplied_by"]) == ("Vendor One", None)
    assert actuals["sign_off"]["signed_off_by"] == "RZ1 workforce lead"
    assert (board["recorded_by"], board["supplied_by"]) == ("RZ1 workforce lead", None)
    assert not actuals["synthetic"]
    assert not board["synthetic"]


def test_what_the_national_team_sends_is_recorded_as_supplied_by_it(
    client: TestClient, national: Headers
) -> None:
    actuals = client.put("/v1/trusts/RZ1/actuals/2024", json=actuals_body(), headers=national)
    board = client.put("/v1/trusts/RZ1/board/2024", json=board_body(), headers=national)
    target = client.post("/v1/trusts/RZ1/targets", json=TARGET, headers=national)

    assert (actuals.json()["recorded_by"], actuals.json()["supplied_by"]) == (
        "national team",
        "national",
    )
    assert (board.json()["recorded_by"], board.json()["supplied_by"]) == (
        "national team",
        "national",
    )
    assert target.json()["created"] == {
        "at": "2026-11-23T09:00:02Z",
        "by": "national team",
        "supplied_by": "national",
    }


# Invented beside real


@pytest.mark.parametrize("held", ["actuals", "board"])
@pytest.mark.parametrize("sent", ["actuals", "board"])
@pytest.mark.parametrize(
    ("first", "second", "word"), [("RZ1", "ZZ901", "real"), ("ZZ901", "RZ1", "invented")]
)
def test_invented_and_real_figures_are_not_held_beside_each_other(
    *,
    client: TestClient,
    given: Given,
    national: Headers,
    held: str,
    sent: str,
    first: str,
    second: str,
    word: str,
) -> None:
    bodies = {"actuals": actuals_body(), "board": board_body()}
    paths = [f"/v1/trusts/{first}/{held}/2023", f"/v1/trusts/{second}/{sent}/2024"]
    assert client.put(paths[0], json=bodies[held], headers=national).status_code == 201
    before = given.count_rows()

    response = client.put(paths[1], json=bodies[sent], headers=national)

    assert problem_of(response) == problem(
        409,
        "synthetic-beside-real",
        "Invented beside real figures",
        f"This database holds {word} figures; invented and real figures may not stand beside"
        " each other. Use another database.",
        held=word,
    )
    assert client.get(paths[1], headers=national).status_code == 404
    assert given.count_rows() == before
