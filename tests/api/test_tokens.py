"""Tokens over HTTP: who makes which, who knows of which, and what is shown of them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from tests.api.callers import not_allowed
from tests.bodies import JSON, Headers, bearer, fault, malformed, problem, problem_of, refused
from tests.given import Given

TOKENS = "/v1/tokens"

SECRET = re.compile(r"parity_([0-9a-f]{12})_[-\w]{43}")

NEXT_YEAR = "2027-11-23T00:00:00Z"


def wanted(role: str, *organisations: str, **members: object) -> JSON:
    """Return a token as it is asked for."""
    return {"name": f"new {role}", "role": role, "organisations": list(organisations), **members}


def made(client: TestClient, headers: Headers, body: JSON) -> JSON:
    """Make a token; return it with its secret."""
    response = client.post(TOKENS, json=body, headers=headers)
    assert response.status_code == 201, response.text
    token: JSON = response.json()
    return token


def listed(client: TestClient, headers: Headers) -> list[str]:
    """Return the names of the tokens that a caller is shown."""
    return [one["name"] for one in client.get(TOKENS, headers=headers).json()["items"]]


def no_token(token_id: str) -> JSON:
    return problem(
        404,
        "token-not-found",
        "Token not found",
        f"There is no token {token_id}.",
        token_id=token_id,
    )


def test_the_national_team_makes_a_token_whose_secret_is_in_that_answer_alone(
    client: TestClient, national: Headers
) -> None:
    body = wanted("trust_data", "RZ2", "RZ1", expires_at=NEXT_YEAR)

    response = client.post(TOKENS, json=body, headers=national)

    token = response.json()
    secret = SECRET.fullmatch(token.pop("secret"))
    assert secret is not None
    assert token == {
        "id": secret[1],
        "name": "new trust_data",
        "role": "trust_data",
        "organisations": ["RZ1", "RZ2"],
        "withdrawn": [],
        "state": "valid",
        "created_at": "2026-11-23T09:00:00Z",
        "created_by": "national team",
        "expires_at": NEXT_YEAR,
        "last_used_at": None,
    }
    assert response.status_code == 201
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["location"] == f"{TOKENS}/{secret[1]}"
    shown = client.get(response.headers["location"], headers=national)
    assert shown.json() == token
    assert client.get("/v1/trusts/RZ1/actuals", headers=bearer(secret[0])).status_code == 200


def test_a_token_made_over_http_ends_unless_told_when_after_400_days(
    client: TestClient, national: Headers
) -> None:
    token = made(client, national, wanted("national"))

    assert datetime.fromisoformat(token["expires_at"]) == (
        datetime(2026, 11, 23, 9, tzinfo=UTC) + timedelta(days=400)
    )


def test_all_that_is_wrong_with_a_token_is_told(client: TestClient, national: Headers) -> None:
    late = client.post(
        TOKENS,
        json=wanted("trust", "RZ1", "QMF", "RZ9", expires_at="2029-02-02T00:00:00Z", subject="x"),
        headers=national,
    )
    early = client.post(
        TOKENS, json=wanted("national", expires_at="2026-11-23T09:00:00Z"), headers=national
    )

    assert problem_of(late) == refused(
        "token",
        fault(
            "/organisations",
            "one_trust_only",
            "A trust token is for one trust; its predecessors are included.",
        ),
        fault(
            "/organisations/1",
            "wrong_kind",
            "QMF is a icb; a token with the role trust is for others.",
        ),
        fault("/organisations/2", "unknown_code", "No organisation has the ODS code RZ9."),
        fault(
            "/expires_at",
            "expires_too_late",
            "Name an instant until 2029-01-31T09:00:00+00:00; a token is renewed by rotating it.",
        ),
        fault(
            "/subject",
            "no_issuer",
            "This service accepts no signed tokens; its operator sets PARITY_JWT_ISSUER.",
        ),
    )
    assert [one["code"] for one in problem_of(early)["errors"]] == ["in_the_past"]
    assert listed(client, national) == ["national team", "HR system"]


@pytest.mark.parametrize(
    ("role", "organisations"),
    [("trust", ["RZ1"]), ("trust_data", ["RZ1"]), ("trust_data", ["RZ0", "RZ1"])],
)
def test_a_trust_makes_tokens_for_itself_and_its_predecessors(
    client: TestClient, given: Given, role: str, organisations: list[str]
) -> None:
    lead = given.token("trust", "RZ1", name="RZ1 lead")

    token = made(client, lead, wanted(role, *organisations))

    assert token["created_by"] == "RZ1 lead"
    for code in organisations:
        path = f"/v1/trusts/{code}/actuals"
        assert client.get(path, headers=bearer(token["secret"])).status_code == 200
    assert client.get("/v1/trusts/RZ2/actuals", headers=bearer(token["secret"])).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(wanted("national"), id="for everything"),
        pytest.param(wanted("area", "QMF"), id="for its board"),
        pytest.param(wanted("trust", "RZ2"), id="for another trust"),
        pytest.param(wanted("trust_data", "RZ1", "RZ2"), id="for another trust too"),
        pytest.param(wanted("trust_data", "RZ9"), id="for a trust that does not exist"),
        pytest.param(wanted("trust", "RZ1", subject="a client"), id="for signed tokens"),
    ],
)
def test_a_trust_makes_no_token_that_reaches_further_than_itself(
    client: TestClient, given: Given, body: JSON
) -> None:
    lead = given.token("trust", "RZ1")
    before = given.count_rows()

    response = client.post(TOKENS, json=body, headers=lead)

    assert problem_of(response) == not_allowed("trust", "national")
    assert given.count_rows() == before


@pytest.mark.parametrize(
    ("role", "codes"), [("trust_data", ["RZ1"]), ("area", ["QMF"]), ("anonymous", [])]
)
def test_others_have_nothing_to_do_with_tokens(
    client: TestClient, given: Given, role: str, codes: list[str]
) -> None:
    headers = {} if role == "anonymous" else given.token(role, *codes)
    token = given.new_token("trust_data", "RZ1").token

    answers = [
        client.get(TOKENS, headers=headers),
        client.get(f"{TOKENS}/{token.id}", headers=headers),
        client.post(TOKENS, json=wanted("trust_data", "RZ1"), headers=headers),
        client.post(f"{TOKENS}/{token.id}/rotation", json={}, headers=headers),
        client.delete(f"{TOKENS}/{token.id}", headers=headers),
    ]

    status = 401 if role == "anonymous" else 403
    assert [problem_of(one)["status"] for one in answers] == [status] * 5


def test_a_trust_knows_of_its_own_tokens_and_of_no_others(
    client: TestClient, given: Given, national: Headers
) -> None:
    lead = given.token("trust", "RZ1", name="RZ1 lead")
    given.token("trust", "RZ2", name="RZ2 lead")
    given.token("trust", "RZ0", name="RZ0 lead")
    shared = given.new_token("trust_data", "RZ1", "RZ2", name="vendor").token
    other = given.new_token("trust_data", "RZ2", name="HR of RZ2").token

    answers = [
        client.get(f"{TOKENS}/{other.id}", headers=lead),
        client.post(f"{TOKENS}/{other.id}/rotation", json={}, headers=lead),
        client.delete(f"{TOKENS}/{other.id}", headers=lead),
    ]

    assert listed(client, lead) == ["RZ1 lead", "RZ0 lead", "vendor"]
    assert [problem_of(one) for one in answers] == [no_token(other.id)] * 3
    assert client.get(f"{TOKENS}/{shared.id}", headers=lead).json()["organisations"] == ["RZ1"]
    assert client.get(f"{TOKENS}/{shared.id}", headers=national).json()["organisations"] == [
        "RZ1",
        "RZ2",
    ]


def test_tokens_are_listed_page_by_page(
    client: TestClient, given: Given, national: Headers
) -> None:
    for number in range(3):
        given.token("trust", "RZ1", name=f"lead {number}")

    pages, path = [], f"{TOKENS}?limit=2"
    while path:
        page = client.get(path, headers=national).json()
        pages.append([one["name"] for one in page["items"]])
        path = f"{TOKENS}?limit=2&cursor={page['next']}" if page["next"] else ""

    assert pages == [["national team", "HR system"], ["lead 0", "lead 1"], ["lead 2"]]


@pytest.mark.parametrize(
    "key",
    [
        "x y",
        "2026-11-23 0123456789ab",
        "0001-01-01T00:00:00+14:00 0123456789ab",
        "2026-11-23T09:00:00+00:00",
        "2026-11-23T09:00:00+00:00 0123456789a\0",
    ],
)
def test_a_cursor_that_is_none_is_refused(client: TestClient, national: Headers, key: str) -> None:
    from app.api.cursors import next_cursor  # noqa: PLC0415 — encodes what no page gave

    response = client.get(f"{TOKENS}?cursor={next_cursor(key)}", headers=national)

    detail = "This is no cursor; leave it out, or send the `next` of a page."
    assert problem_of(response) == malformed(fault("?cursor", "not_a_cursor", detail))


def test_the_use_of_a_token_is_shown_to_the_hour(
    client: TestClient, given: Given, national: Headers
) -> None:
    token = given.new_token("trust", "RZ1")
    path = f"{TOKENS}/{token.token.id}"
    tags = [client.get("/v1/organisations/RZ1", headers=national).headers["etag"]]

    client.get("/v1/trusts/RZ2/actuals", headers=bearer(token.secret))  # 403, which is a use too
    first = client.get(path, headers=national).json()["last_used_at"]
    client.get("/v1/trusts/RZ1/actuals", headers=bearer(token.secret))
    second = client.get(path, headers=national).json()["last_used_at"]
    tags.append(client.get("/v1/organisations/RZ1", headers=national).headers["etag"])

    assert (first, second) == ("2026-11-23T09:00:01Z", "2026-11-23T09:00:01Z")
    assert tags[0] == tags[1]


def test_a_use_is_noted_later_where_another_is_writing(
    client: TestClient, given: Given, national: Headers
) -> None:
    from app.store.engine import writing  # noqa: PLC0415 — holds what a use would wait for
    from app.store.rows import TokenRow, table_of  # noqa: PLC0415 — likewise

    token = given.new_token("trust", "RZ1")
    path = f"{TOKENS}/{token.token.id}"

    with writing(client.app.state.engine) as session:  # type: ignore[attr-defined] # the app's
        session.execute(table_of(TokenRow).update().values(name="held"))
        during = client.get("/v1/trusts/RZ1/actuals", headers=bearer(token.secret))
        session.rollback()
    unused = client.get(path, headers=national).json()["last_used_at"]
    client.get("/v1/trusts/RZ1/actuals", headers=bearer(token.secret))

    assert during.status_code == 200
    assert unused is None
    assert client.get(path, headers=national).json()["last_used_at"] == "2026-11-23T09:00:02Z"
