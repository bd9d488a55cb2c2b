"""Signed tokens over HTTP: the signature says who calls, the registration what they may do."""

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.api.test_tokens import TOKENS, wanted
from tests.bodies import JSON, Headers, bearer, fault, problem, problem_of, refused
from tests.given import Given
from tests.issuers import AUDIENCE, CLIENT, ISSUER, Issuer, claims, rsa_key, running_issuer, signed

KEY = rsa_key("one")
GOOD = signed(KEY)
ACTUALS = "/v1/trusts/RZ1/actuals"


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with running_issuer() as issuer:
        issuer.serve(KEY)
        yield issuer


@pytest.fixture
def client(app: FastAPI, issuer: Issuer) -> Iterator[TestClient]:
    """A client of a service that accepts the issuer's tokens."""
    trusted = {"jwt_issuer": ISSUER, "jwt_audience": AUDIENCE, "jwt_jwks_url": issuer.url}
    app.state.settings = app.state.settings.model_copy(update=trusted)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def registered(client: TestClient, national: Headers, **members: object) -> JSON:
    """Register the subject of the good token as a system of RZ1."""
    body = wanted("trust_data", "RZ1", subject=CLIENT.name, **members)
    response = client.post(TOKENS, json=body, headers=national)
    assert response.status_code == 201, response.text
    token: JSON = response.json()
    return token


def invalid(detail: str) -> JSON:
    return problem(401, "token-invalid", "A valid token is required", detail)


def test_a_signed_token_may_do_what_its_subject_is_registered_for(
    client: TestClient, given: Given, national: Headers
) -> None:
    assert given
    token = registered(client, national)
    boast = signed(KEY, body=claims(role="national", organisations=["RZ2"]))

    answers = [
        client.get(f"/v1/trusts/{code}/actuals", headers=bearer(boast)).status_code
        for code in ("RZ1", "RZ2")
    ]

    assert "secret" not in token
    assert (token["issuer"], token["subject"]) == (ISSUER, CLIENT.name)
    assert answers == [200, 403]
    used = client.get(f"{TOKENS}/{token['id']}", headers=national).json()["last_used_at"]
    assert used == "2026-11-23T09:00:01Z"


def test_a_signed_token_of_a_subject_that_is_not_registered_is_refused(
    client: TestClient, given: Given
) -> None:
    assert given

    response = client.get(ACTUALS, headers=bearer(GOOD))

    assert problem_of(response) == invalid("The signed token's subject is not registered here.")
    assert response.headers["www-authenticate"] == 'Bearer error="invalid_token"'


def test_a_registration_that_is_taken_back_or_expires_ends_at_once(
    client: TestClient, given: Given, national: Headers
) -> None:
    assert given
    first = registered(client, national)
    client.delete(f"{TOKENS}/{first['id']}", headers=national)
    revoked = client.get(ACTUALS, headers=bearer(GOOD))
    registered(client, national, expires_at="2026-11-23T09:00:04Z")
    expired = client.get(ACTUALS, headers=bearer(GOOD))

    assert problem_of(revoked) == invalid("The signed token's subject is not registered here.")
    assert problem_of(expired) == invalid(
        "The registration of the signed token's subject has expired."
    )


def test_a_forged_token_is_refused_even_where_none_is_needed(
    client: TestClient, given: Given, national: Headers
) -> None:
    assert given
    registered(client, national)
    forged = signed(rsa_key("stranger"), header={"kid": "one"})

    response = client.get("/v1/organisations", headers=bearer(forged))
    read = client.get("/v1/trusts/ZZ901/actuals", headers=bearer(forged))

    assert response.status_code == 200  # where nobody is asked who calls
    assert problem_of(read) == invalid("The signed token cannot be verified.")


def test_a_subject_is_registered_once_and_has_no_secret_to_rotate(
    client: TestClient, given: Given, national: Headers
) -> None:
    assert given
    token = registered(client, national)

    twice = client.post(TOKENS, json=wanted("trust", "RZ2", subject=CLIENT.name), headers=national)
    strange = client.post(TOKENS, json=wanted("trust", "RZ2", subject="bell\a"), headers=national)
    rotation = client.post(f"{TOKENS}/{token['id']}/rotation", json={}, headers=national)

    detail = f"The token {token['id']} stands for this subject; revoke it first."
    assert problem_of(twice) == refused("token", fault("/subject", "subject_taken", detail))
    assert [one["code"] for one in problem_of(strange)["errors"]] == ["not_a_subject"]
    assert problem_of(rotation) == problem(
        409,
        "token-without-secret",
        "Token without a secret",
        f"The token {token['id']} stands for signed tokens; their issuer rotates its keys.",
        token_id=token["id"],
    )


def test_while_the_issuer_does_not_answer_signed_tokens_wait_and_others_do_not(
    client: TestClient, given: Given, national: Headers, issuer: Issuer
) -> None:
    assert given
    registered(client, national)
    issuer.gate.clear()
    answers: list[Any] = []

    def ask() -> None:
        answers.append(client.get(ACTUALS, headers=bearer(GOOD)).status_code)

    waiting = [Thread(target=ask) for _ in range(3)]
    for thread in waiting:
        thread.start()
    assert issuer.is_asked.wait(30)
    others = [client.get(ACTUALS, headers=national).status_code for _ in range(3)]
    issuer.gate.set()
    for thread in waiting:
        thread.join()

    assert others == [200, 200, 200]
    assert answers == [200, 200, 200]
    assert issuer.asked == 1


def test_where_the_keys_cannot_be_had_the_answer_says_when_to_try_again(
    client: TestClient, given: Given, issuer: Issuer
) -> None:
    assert given
    issuer.content = None

    response = client.get(ACTUALS, headers=bearer(GOOD))

    assert problem_of(response) == problem(
        503,
        "issuer-unavailable",
        "Issuer unavailable",
        "The keys of the issuer of signed tokens cannot be had now; nothing was looked at.",
    )
    assert response.headers["retry-after"] == "30"


def test_a_service_without_an_issuer_accepts_no_signed_token(app: FastAPI, given: Given) -> None:
    assert given
    unset = {"jwt_issuer": None, "jwt_audience": None, "jwt_jwks_url": None}
    app.state.settings = app.state.settings.model_copy(update=unset)

    with TestClient(app) as plain:
        response = plain.get(ACTUALS, headers=bearer(GOOD))

    assert problem_of(response) == invalid("This service accepts no signed tokens.")
