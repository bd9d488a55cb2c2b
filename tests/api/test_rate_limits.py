"""Who asks too often is refused before any work, and nobody pays for another."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.api.rate_limits import KnownTokens
from app.settings import Settings
from tests.api.experts import PATH, expert_body
from tests.api.imports import LONG, SOURCE, TOTALS, send
from tests.bodies import PROBLEM_JSON, Headers
from tests.given import Given

LIMITS = {
    "rate_limit_reads": 5,
    "rate_limit_writes": 3,
    "rate_limit_imports": 1,
    "rate_limit_unknown": 4,
}

MEASURES = "/v1/measures"


@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """One kind of database, because nothing here depends on it."""
    kind: str = request.param
    return kind


@pytest.fixture
def limited(app: FastAPI) -> Iterator[FastAPI]:
    """The service with small budgets."""
    settings: Settings = app.state.settings
    app.state.settings = settings.model_copy(update=LIMITS)
    with TestClient(app, raise_server_exceptions=False):
        yield app


def at(app: FastAPI, address: str) -> TestClient:
    return TestClient(app, client=(address, 50_000), raise_server_exceptions=False)


def asked(client: TestClient, times: int, headers: Headers | None = None) -> list[int]:
    return [client.get(MEASURES, headers=headers).status_code for _ in range(times)]


def test_a_request_too_many_is_a_problem_that_says_when_to_come_back(limited: FastAPI) -> None:
    client = at(limited, "192.0.2.1")
    assert asked(client, 5) == [200] * 5

    refused = client.get(MEASURES, headers={"X-Request-ID": "one"})

    wait = int(refused.headers["retry-after"])
    assert 1 <= wait <= 60
    assert refused.headers["content-type"] == PROBLEM_JSON
    assert refused.json() == {
        "type": "about:blank",
        "title": "Too many requests",
        "status": 429,
        "detail": "This caller may make 5 requests a minute of the kind reads; come back in"
        f" {wait} s.",
    }
    assert refused.headers["ratelimit-policy"] == '"reads";q=5;w=60'
    assert refused.headers["ratelimit"] == f'"reads";r=0;t={wait}'
    assert refused.headers["x-request-id"] == "one"
    assert refused.headers["cache-control"] == "no-store"
    assert client.get("/health/live").status_code == 200


def test_those_without_a_token_are_told_apart_by_their_address(limited: FastAPI) -> None:
    assert asked(at(limited, "192.0.2.1"), 6) == [200] * 5 + [429]
    assert asked(at(limited, "192.0.2.2"), 1) == [200]


def test_an_address_of_ipv6_is_a_network(limited: FastAPI) -> None:
    assert asked(at(limited, "2001:db8::1"), 5) == [200] * 5
    assert asked(at(limited, "2001:db8::2"), 1) == [429]
    assert asked(at(limited, "2001:db8:0:1::1"), 1) == [200]


def test_what_claims_to_be_forwarded_is_believed_of_nobody(limited: FastAPI) -> None:
    client = at(limited, "192.0.2.1")
    headers = [{"X-Forwarded-For": f"198.51.100.{number}"} for number in range(6)]

    statuses = [client.get(MEASURES, headers=one).status_code for one in headers]

    assert statuses == [200] * 5 + [429]


def test_a_token_that_has_proved_good_has_a_budget_of_its_own(
    limited: FastAPI, given: Given, sender: Headers
) -> None:
    assert given
    client = at(limited, "192.0.2.1")
    client.get("/v1/imports", headers=sender)
    assert asked(client, 6) == [200] * 5 + [429]

    assert asked(client, 6, sender) == [200] * 5 + [429]
    assert asked(at(limited, "192.0.2.9"), 1, sender) == [429]


def test_guessing_tokens_is_slow_and_harms_nobody_who_is_known(
    limited: FastAPI, given: Given, sender: Headers
) -> None:
    assert given
    client = at(limited, "192.0.2.1")
    client.get("/v1/imports", headers=sender)

    guesses = [
        client.get("/v1/imports", headers={"Authorization": f"Bearer parity_x_{number}"})
        for number in range(5)
    ]

    assert [one.status_code for one in guesses] == [401] * 3 + [429] * 2
    assert client.get("/v1/imports", headers=sender).status_code == 200
    assert asked(client, 1) == [200]


def test_a_token_that_is_no_longer_good_is_no_longer_known(limited: FastAPI, given: Given) -> None:
    client = at(limited, "192.0.2.1")
    token = given.new_token("national", name="a team")
    headers = {"Authorization": f"Bearer {token.secret}"}
    assert client.get("/v1/imports", headers=headers).status_code == 200
    given.revoked(token)

    statuses = [client.get("/v1/imports", headers=headers).status_code for _ in range(5)]

    assert statuses == [401] * 4 + [429]


def test_reads_writes_and_imports_are_counted_apart(
    limited: FastAPI, given: Given, national: Headers
) -> None:
    assert given
    client = at(limited, "192.0.2.1")
    client.get("/v1/imports", headers=national)

    writes = [client.post(PATH, json=expert_body(), headers=national) for _ in range(4)]
    imports = [send(client, LONG, national, **SOURCE, **TOTALS) for _ in range(2)]

    assert [one.status_code for one in writes] == [201, 422, 422, 429]
    assert [one.status_code for one in imports] == [201, 429]
    assert asked(client, 1, national) == [200]


def test_of_many_tokens_those_not_seen_for_longest_are_forgotten() -> None:
    known = KnownTokens(2)

    for name in ("a", "b", "a", "c"):
        known.learn(name.encode(), name)

    assert [known.find(name) for name in (b"a", b"b", b"c")] == ["a", None, "c"]


def test_a_caller_on_a_socket_of_the_machine_is_one_caller(limited: FastAPI) -> None:
    client = at(limited, "/run/parity.sock")

    assert asked(client, 6) == [200] * 5 + [429]


def test_whoever_guesses_on_the_page_that_signs_people_in_is_stopped_likewise(
    limited: FastAPI, national: Headers
) -> None:
    client = at(limited, "192.0.2.9")

    shown = [client.get("/sign-in").status_code]
    guessed = [client.post("/sign-in", data={"token": "x"}).status_code for _ in range(5)]

    assert shown + guessed == [403] * 5 + [429]
    # Nor does a header help, not even with a good token; whatever is public is still read.
    assert asked(client, 1, {"Authorization": "Bearer x"}) == [429]
    assert client.post("/sign-in", headers=national).status_code == 429
    assert asked(client, 1) == [200]
