"""Traces: sent where OpenTelemetry's variables say so, and with no word of a caller's."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.store.engine import build_engine, writing
from tests.bodies import actuals_body
from tests.collecting import Collector, collecting
from tests.given import Given

WRITTEN = "Somebody-wrote-this"
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """Where traces go."""
    with collecting() as collector:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address)
        yield collector


@pytest.fixture
def app(database_url: str, collector: Collector) -> FastAPI:
    """The service, which sends traces; its database holds a small register."""
    assert collector
    engine = build_engine(database_url)
    Given(engine).register()
    engine.dispose()
    return create_app(Settings(database_url=database_url))


def test_a_request_and_its_statements_are_one_trace(app: FastAPI, collector: Collector) -> None:
    with TestClient(app) as client:
        headers = {"traceparent": PARENT, "X-Request-ID": "mine"}
        client.get("/v1/organisations", params={"limit": 1, "x": WRITTEN}, headers=headers)

    (request,) = [one for one in collector.spans if one.name == "GET /v1/organisations"]
    assert (request.scope, request.parent, request.is_error) == ("fastapi", PARENT[36:52], False)
    assert request.facts == {
        "http.request.method": "GET",
        "http.response.status_code": "200",
        "http.route": "/v1/organisations",
        "network.protocol.version": "1.1",
        "parity.request_id": "mine",
        "server.address": "REDACTED",
        "server.port": "REDACTED",
        "url.path": "REDACTED",
        "url.query": "REDACTED",
        "url.scheme": "http",
    }
    assert (request.resource["service.name"], request.resource["service.version"]) == (
        *("parity", "0.1.0"),
    )
    assert {one.trace for one in collector.spans} == {PARENT[3:35]}
    (endpoint,) = [one for one in collector.spans if one.name == "fastapi.endpoint"]
    statements = [one for one in collector.spans if one.scope == "parity.store"]
    selects = [one for one in statements if one.name == "SELECT" and one.parent == endpoint.id]
    assert endpoint.parent == request.id
    assert any("FROM organisation" in one.facts["db.query.text"] for one in selects)
    assert {one.facts["db.system.name"] for one in statements} == {app.state.engine.dialect.name}
    assert WRITTEN.encode() not in collector.raw


def test_statements_that_a_replica_is_given_are_traced_too(
    postgresql_url: str, collector: Collector
) -> None:
    # To the service a database that holds what the primary holds is a replica.
    settings = Settings(database_url=postgresql_url, read_database_url=postgresql_url)
    with TestClient(create_app(settings)) as client:
        client.get("/v1/organisations")

    (request,) = [one for one in collector.spans if one.name == "GET /v1/organisations"]
    told = [one.facts["db.query.text"] for one in collector.spans if one.trace == request.trace
            and one.scope == "parity.store"]  # fmt: skip
    assert any("FROM ledger" in one for one in told)
    assert any("FROM organisation" in one for one in told)


def test_a_failure_is_marked_and_not_told(app: FastAPI, collector: Collector) -> None:
    with TestClient(app, raise_server_exceptions=False) as client:
        national = Given(app.state.engine).token("national", name=WRITTEN)
        body = actuals_body(notes=WRITTEN)
        stored = client.put("/v1/trusts/ZZ901/actuals/2024", json=body, headers=national)
        with writing(app.state.engine) as session:
            session.execute(text("ALTER TABLE actuals_revision RENAME TO gone"))
        failed = client.put("/v1/trusts/ZZ902/actuals/2024", json=body, headers=national)

    assert (stored.status_code, failed.status_code) == (201, 500)
    wrong = [one for one in collector.spans if one.is_error]
    requests = [one for one in wrong if one.name.startswith("PUT")]
    (statement,) = [one for one in wrong if one.scope == "parity.store"]
    assert [one.facts["http.response.status_code"] for one in requests] == ["500"]
    assert statement.facts["error.type"] in {"OperationalError", "UndefinedTable"}
    secret = national["Authorization"].removeprefix("Bearer ")
    assert [word for word in (WRITTEN, secret) if word.encode() in collector.raw] == []


def test_the_standard_variables_name_the_service(
    sqlite_url: str, collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "parity-north")
    with TestClient(create_app(Settings(database_url=sqlite_url))) as client:
        client.get("/health/live")

    assert {one.resource["service.name"] for one in collector.spans} == {"parity-north"}


def test_a_database_that_cannot_be_opened_is_no_statement_that_failed(
    sqlite_url: str, collector: Collector, tmp_path: Path
) -> None:
    app = create_app(Settings(database_url=sqlite_url))
    with TestClient(app, raise_server_exceptions=False) as client:
        app.state.engine.dispose()
        (tmp_path / "parity.sqlite3").unlink()
        (tmp_path / "parity.sqlite3").mkdir()
        status = client.get("/v1/censuses").status_code

    assert status == 503
    assert [one for one in collector.spans if one.scope == "parity.store"] == []
    assert [one.is_error for one in collector.spans if one.name == "GET /v1/censuses"] == [True]


def test_without_them_nothing_of_it_is_imported(sqlite_url: str) -> None:
    script = (
        "import sys; from app.main import create_app; from app.settings import Settings; "
        "from starlette.testclient import TestClient\n"
        f"with TestClient(create_app(Settings(database_url={sqlite_url!r}))) as client:\n"
        "    client.get('/health/ready')\n"
        "print([one for one in ('opentelemetry.sdk', 'prometheus_client', 'requests')"
        " if one in sys.modules])"
    )

    printed = subprocess.check_output([sys.executable, "-c", script], text=True)

    assert printed == "[]\n"
