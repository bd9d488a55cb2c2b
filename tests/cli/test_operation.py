"""The service as it is operated: what it logs, what it tells of itself, and how it stops."""

import json
import socket
import sqlite3
from pathlib import Path

import httpx

from tests.bodies import Headers, actuals_body
from tests.operating import (
    WRITTEN,
    finish_what_was_accepted,
    prepared,
)
from tests.programs import LOCAL
from tests.serving import SECONDS, Service, running


def write_everywhere(service: Service, national: Headers) -> list[tuple[int, str]]:
    """Send what nobody may read in a log; return the status and the name of each answer."""
    named = national | {"X-Request-ID": national["Authorization"].removeprefix("Bearer ")}
    written = {"Cookie": f"parity={WRITTEN}", "User-Agent": WRITTEN, "Referer": WRITTEN}
    body = actuals_body(notes=WRITTEN, source=WRITTEN)
    with httpx.Client(base_url=service.address, headers=written, timeout=SECONDS) as client:
        answers = [
            client.get("/v1/measures", params={"q": WRITTEN}, headers=named),
            client.get(f"/v1/trusts/{WRITTEN}/actuals", headers=national),
            client.get(f"/{WRITTEN}"),
            client.get("/v1/tokens", headers={"Authorization": f"Bearer {WRITTEN}"}),
            client.put("/v1/trusts/ZZ901/actuals/2024", json=body, headers=national),
            client.post("/sign-in", data={"token": WRITTEN}),
            client.request("PROPFIND", f"/v1/{WRITTEN}"),
        ]
        # Where the database refuses it, the driver repeats what it was given.
        with sqlite3.connect(service.folder / "parity.sqlite3") as database:
            database.execute("ALTER TABLE actuals_revision RENAME TO gone")
        answers.append(client.put("/v1/trusts/ZZ902/actuals/2024", json=body, headers=national))
    return [(one.status_code, one.headers["x-request-id"]) for one in answers]


def test_each_request_is_a_line_of_json_with_its_name_and_nothing_that_was_written(
    sqlite_url: str, tmp_path: Path
) -> None:
    national = prepared(sqlite_url)
    with running(sqlite_url, tmp_path, log_level="debug", log_requests="all") as service:
        answers = write_everywhere(service, national)
        for _ in range(2):
            warm = httpx.get(f"{service.address}/v1/measures", params={"q": WRITTEN})
        assert service.stop() == 0

    lines = [json.loads(line) for line in service.err.splitlines()]
    served = {one["request_id"]: one for one in lines if one["logger"] == "parity.requests"}
    told = [served[name] for _, name in answers] + [served[warm.headers["x-request-id"]]]
    assert [(one["method"], one["route"], one["status"], one["warm"]) for one in told] == [
        ("GET", "/v1/measures", 200, False),
        ("GET", "/v1/trusts/{ods_code}/actuals", 422, False),
        ("GET", None, 404, False),
        ("GET", "/v1/tokens", 401, False),
        ("PUT", "/v1/trusts/{ods_code}/actuals/{year}", 201, False),
        ("POST", "/sign-in", 403, False),
        ("OTHER", None, 404, False),
        ("PUT", "/v1/trusts/{ods_code}/actuals/{year}", 500, False),
        ("GET", "/v1/measures", 200, True),
    ]
    failures = [one for one in lines if one["request_id"] == answers[7][1] and "exception" in one]
    assert "sqlalchemy.exc.OperationalError" in failures[0]["exception"]
    secret = national["Authorization"].removeprefix("Bearer ")
    assert [word for word in (WRITTEN, secret, secret[-20:]) if word in service.err] == []


def test_a_service_that_is_told_to_stop_finishes_what_it_accepted(
    sqlite_url: str, tmp_path: Path
) -> None:
    finish_what_was_accepted(sqlite_url, tmp_path)


def test_a_taken_port_for_metrics_is_told_before_anything_is_made(tmp_path: Path) -> None:
    file = tmp_path / "parity.sqlite3"
    with socket.create_server((LOCAL, 0)) as taken:
        port = taken.getsockname()[1]
        service = Service(f"sqlite:///{file}", tmp_path, metrics_port=str(port), is_measured=True)
        code = service.process.wait(timeout=SECONDS)

    assert (code, service.out) == (1, "")
    assert service.err == (
        f"Nothing can listen on 127.0.0.1, port {port}: Address already in use. Choose others"
        " with PARITY_METRICS_PORT.\n"
    )
    assert not file.exists()
