"""How tokens end: by a rotation, by a trust that withdraws, or taken back; in every process."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from tests.api.callers import not_allowed
from tests.api.test_tokens import TOKENS, listed, no_token
from tests.apps import borrowed_app
from tests.bodies import JSON, Headers, bearer, fault, problem, problem_of, refused
from tests.given import START, Clock, Given


def asked(client: TestClient, secret: str, code: str = "RZ1") -> str | int:
    """Ask for a trust's actuals; return the status, or why the token is no good."""
    response = client.get(f"/v1/trusts/{code}/actuals", headers=bearer(secret))
    if response.status_code == 401:
        detail: str = response.json()["detail"]
        return detail
    return response.status_code


def rotated(client: TestClient, token_id: str, headers: Headers, **body: object) -> JSON:
    """Rotate a token; return it with its new secret."""
    response = client.post(f"{TOKENS}/{token_id}/rotation", json=body, headers=headers)
    assert response.status_code == 200, response.text
    assert response.headers["cache-control"] == "no-store"
    token: JSON = response.json()
    return token


UNKNOWN = "The bearer token is unknown."
REPLACED = "The bearer token was replaced; use the newer one."
REVOKED = "The bearer token was revoked."
EXPIRED = "The bearer token has expired."


def test_after_a_rotation_both_secrets_are_good_for_the_overlap(
    client: TestClient, given: Given, national: Headers, clock: Clock
) -> None:
    token = given.new_token("trust_data", "RZ1", name="HR")

    new = rotated(client, token.token.id, national, overlap_hours=2)

    assert new["id"] == token.token.id
    told = [new[name] for name in ("former_secret_until", "expires_at")]
    assert told == ["2026-11-23T11:00:00Z", None]
    assert [asked(client, one) for one in (token.secret, new["secret"])] == [200, 200]
    clock.set(START + timedelta(hours=2))
    assert [asked(client, one) for one in (token.secret, new["secret"])] == [REPLACED, 200]


def test_the_secret_before_the_last_two_rotations_ends_at_once(
    client: TestClient, given: Given, national: Headers
) -> None:
    first = given.new_token("trust", "RZ1")
    second = rotated(client, first.token.id, national)["secret"]
    third = rotated(client, first.token.id, national)["secret"]

    assert [asked(client, one) for one in (first.secret, second, third)] == [UNKNOWN, 200, 200]


def test_without_an_overlap_the_secret_before_ends_at_once(
    client: TestClient, given: Given, national: Headers
) -> None:
    token = given.new_token("trust", "RZ1")

    new = rotated(client, token.token.id, national, overlap_hours=0)

    assert "former_secret_until" not in new
    assert [asked(client, one) for one in (token.secret, new["secret"])] == [UNKNOWN, 200]


def test_a_trust_rotates_its_own_token_and_renews_it(
    client: TestClient, given: Given, clock: Clock
) -> None:
    lead = given.new_token("trust", "RZ1", expires_at=START + timedelta(days=1))
    until = START + timedelta(days=2)

    new = rotated(
        client, lead.token.id, bearer(lead.secret), overlap_hours=168, expires_at=until.isoformat()
    )

    clock.set(until - timedelta(seconds=2))
    assert [asked(client, one) for one in (lead.secret, new["secret"])] == [200, 200]
    assert [asked(client, one) for one in (lead.secret, new["secret"])] == [EXPIRED, EXPIRED]


def test_what_ends_at_once_cannot_be_rotated(
    client: TestClient, given: Given, national: Headers
) -> None:
    revoked = given.new_token("trust", "RZ1")
    given.revoked(revoked)
    expired = given.new_token("trust", "RZ1", expires_at=START)
    good = given.new_token("trust", "RZ1")

    answers = [
        client.post(f"{TOKENS}/{one.token.id}/rotation", json=body, headers=national)
        for one, body in (
            (revoked, {}),
            (expired, {"expires_at": "2027-11-23T00:00:00Z"}),
            (good, {"expires_at": "2030-11-23T00:00:00Z"}),
            (good, {"overlap_hours": 169}),
        )
    ]

    assert [problem_of(one) for one in answers[:3]] == [
        *(
            problem(
                409,
                "token-ended",
                "Token ended",
                f"The token {one.token.id} is {state}; make a new one.",
                token_id=one.token.id,
                state=state,
            )
            for one, state in ((revoked, "revoked"), (expired, "expired"))
        ),
        refused(
            "token",
            fault(
                "/expires_at",
                "expires_too_late",
                "Name an instant until 2029-01-31T09:00:02+00:00;"
                " a token is renewed by rotating it.",
            ),
        ),
    ]
    assert [one["code"] for one in problem_of(answers[3])["errors"]] == ["too_large"]


def test_a_token_that_is_taken_back_is_refused_with_every_secret(
    client: TestClient, given: Given, national: Headers
) -> None:
    token = given.new_token("trust", "RZ1")
    path = f"{TOKENS}/{token.token.id}"
    new = rotated(client, token.token.id, national)

    answers = [client.delete(path, headers=national).status_code for _ in range(2)]

    assert answers == [204, 204]
    assert [asked(client, one) for one in (token.secret, new["secret"])] == [REVOKED, REVOKED]
    shown = client.get(path, headers=national).json()
    assert (shown["state"], shown["revoked_at"]) == ("revoked", "2026-11-23T09:00:01Z")


def test_a_trust_takes_back_a_token_that_is_for_it_alone(client: TestClient, given: Given) -> None:
    lead = given.token("trust", "RZ1")
    token = given.new_token("trust_data", "RZ0", "RZ1")

    response = client.delete(f"{TOKENS}/{token.token.id}", headers=lead)

    assert response.status_code == 204
    assert asked(client, token.secret) == REVOKED


def test_a_trust_withdraws_from_a_token_for_several_and_no_other_does(
    client: TestClient, given: Given, national: Headers
) -> None:
    lead, other = given.token("trust", "RZ1", name="RZ1 lead"), given.token("trust", "RZ2")
    vendor = given.new_token("trust_data", "RZ1", "RZ0", "RZ2", name="vendor")
    path = f"{TOKENS}/{vendor.token.id}"
    rotation = client.post(f"{path}/rotation", json={}, headers=lead)

    response = client.delete(path, headers=lead)

    assert problem_of(rotation) == not_allowed("trust", "national")
    assert response.status_code == 204
    assert [asked(client, vendor.secret, code) for code in ("RZ1", "RZ0", "RZ2")] == [
        403,
        403,
        200,
    ]
    assert problem_of(client.delete(path, headers=lead)) == no_token(vendor.token.id)
    assert "vendor" not in listed(client, lead)
    shown = client.get(path, headers=national).json()
    assert (shown["state"], shown["organisations"]) == ("valid", ["RZ2"])
    assert shown["withdrawn"] == [
        {"ods_code": code, "at": "2026-11-23T09:00:01Z", "by": "RZ1 lead"}
        for code in ("RZ0", "RZ1")
    ]
    assert client.get(path, headers=other).json()["withdrawn"] == []


@pytest.mark.parametrize("ending", ["revoked", "withdrawn", "rotated"])
def test_what_one_process_ends_another_refuses_with_its_next_request(
    client: TestClient, given: Given, national: Headers, ending: str
) -> None:
    vendor = given.new_token("trust_data", "RZ1", "RZ2")
    lead = given.token("trust", "RZ1")
    path = f"{TOKENS}/{vendor.token.id}"
    url = client.app.state.settings.database_url  # type: ignore[attr-defined] # the app's

    with borrowed_app(url) as app, TestClient(app) as other:
        before = asked(other, vendor.secret)
        if ending == "rotated":
            rotated(client, vendor.token.id, national, overlap_hours=0)
        else:
            client.delete(path, headers=national if ending == "revoked" else lead)
        after = asked(other, vendor.secret)

    assert before == 200
    assert after == {"revoked": REVOKED, "withdrawn": 403, "rotated": UNKNOWN}[ending]
