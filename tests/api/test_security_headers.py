"""What every answer tells a browser, and what it tells pages of other origins."""

from collections.abc import Mapping

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.api.databases import on_sqlite
from tests.bodies import Headers, actuals_body

NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

ALWAYS = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}

ORIGIN = "https://example.org"


def told(headers: Mapping[str, str], *more: str) -> Headers:
    """Return those of the headers that a browser minds."""
    return {name: headers[name] for name in [*ALWAYS, *more]}


@on_sqlite
@pytest.mark.parametrize(
    ("path", "status", "kept"),
    [
        ("/v1/measures", 200, "private, no-cache"),
        ("/static/parity.css", 200, "no-cache"),
        ("/openapi.json", 200, "private, no-cache"),
        ("/health/live", 200, "private, no-cache"),
        ("/nothing", 404, "no-store"),
        ("/v1/imports", 401, "no-store"),
        ("/v1/organisations?limit=x", 422, "no-store"),
    ],
)
def test_an_answer_lets_a_browser_do_nothing(
    client: TestClient, path: str, status: int, kept: str
) -> None:
    answer = client.get(path)

    assert answer.status_code == status
    assert told(answer.headers, "content-security-policy", "cache-control") == {
        **ALWAYS,
        "content-security-policy": NOTHING,
        "cache-control": kept,
    }
    for absent in ("server", "access-control-allow-origin", "strict-transport-security"):
        assert absent not in answer.headers


@on_sqlite
def test_a_page_lets_a_browser_do_what_it_needs(client: TestClient) -> None:
    answer = client.get("/definitions")

    # Forms of pages have to say which page they come from.
    assert told(answer.headers) == {**ALWAYS, "referrer-policy": "same-origin"}
    assert "style-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]


@on_sqlite
def test_an_answer_to_a_write_is_kept_by_nobody(client: TestClient, national: Headers) -> None:
    answer = client.put("/v1/trusts/ZZ901/actuals/2024", json=actuals_body(), headers=national)

    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"


@on_sqlite
def test_pages_of_other_origins_may_do_nothing_unless_configured(client: TestClient) -> None:
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}

    answer = client.get("/v1/measures", headers=asked)
    before = client.options("/v1/measures", headers=asked)

    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert before.status_code == 405
    assert not [name for name in before.headers if name.startswith("access-control")]


@pytest.fixture(scope="module")
def shared() -> FastAPI:
    """A service, behind a proxy that ends TLS, that pages of one other origin may call."""
    return create_app(
        Settings(
            cors_origins=(ORIGIN,), hsts_seconds=31_536_000, trusted_proxies=("192.0.2.0/24",)
        )
    )


def test_pages_of_an_origin_that_is_configured_may_call(shared: FastAPI) -> None:
    client = TestClient(shared)
    wants = {
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "authorization, if-match",
    }

    before = client.options("/v1/measures", headers={"Origin": ORIGIN} | wants)
    other = client.options("/v1/measures", headers={"Origin": f"{ORIGIN}.evil"} | wants)
    answer = client.get("/v1/measures", headers={"Origin": ORIGIN})

    assert before.status_code == 200
    assert before.headers["access-control-allow-origin"] == ORIGIN
    assert "access-control-allow-credentials" not in before.headers
    assert other.status_code == 400
    assert "access-control-allow-origin" not in other.headers
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert "ETag" in answer.headers["access-control-expose-headers"]
    assert "Origin" in answer.headers["vary"]
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize(
    ("proxy", "scheme", "told"),
    [
        ("192.0.2.1", "https", "max-age=31536000"),
        ("192.0.2.1", "http", None),
        ("198.51.100.1", "https", None),
    ],
)
def test_browsers_are_told_to_insist_on_tls_where_they_came_by_it(
    shared: FastAPI, proxy: str, scheme: str, told: str | None
) -> None:
    client = TestClient(shared, client=(proxy, 50_000))

    answer = client.get("/health/live", headers={"X-Forwarded-Proto": scheme})

    assert answer.headers.get("strict-transport-security") == told
