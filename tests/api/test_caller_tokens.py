"""Tokens: until when they are good, and what is kept of them."""

from datetime import UTC, datetime
from hashlib import sha256

from starlette.testclient import TestClient

from tests.bodies import actuals_body, bearer, problem, problem_of
from tests.given import Clock, Given

BAD_TOKEN = problem(
    401,
    "token-invalid",
    "A valid token is required",
    "The bearer token is unknown.",
)

EXPIRED = {**BAD_TOKEN, "detail": "The bearer token has expired."}

REVOKED = {**BAD_TOKEN, "detail": "The bearer token was revoked."}

CHALLENGE = 'Bearer error="invalid_token"'


def test_a_token_is_accepted_until_it_expires(
    client: TestClient, clock: Clock, given: Given
) -> None:
    expires = datetime(2026, 12, 1, tzinfo=UTC)
    headers = given.token("trust", "RZ1", expires_at=expires)

    clock.set(datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC))
    before = client.get("/v1/trusts/RZ1/actuals", headers=headers)
    after = client.get("/v1/trusts/RZ1/actuals", headers=headers)

    assert before.status_code == 200
    assert problem_of(after) == EXPIRED
    assert after.headers["www-authenticate"] == CHALLENGE


def test_a_revoked_token_is_refused_at_once(client: TestClient, given: Given) -> None:
    token = given.new_token("trust", "RZ1")
    before = client.get("/v1/trusts/RZ1/actuals", headers=bearer(token.secret))

    given.revoked(token)
    after = client.get("/v1/trusts/RZ1/actuals", headers=bearer(token.secret))

    assert before.status_code == 200
    assert problem_of(after) == REVOKED


def test_a_token_that_is_no_good_is_refused_even_where_none_is_needed(
    client: TestClient, given: Given
) -> None:
    token = given.new_token("national")
    given.revoked(token)

    response = client.get("/v1/trusts/ZZ901/actuals", headers=bearer(token.secret))

    assert problem_of(response) == REVOKED


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
        assert response.headers["www-authenticate"] == CHALLENGE
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
