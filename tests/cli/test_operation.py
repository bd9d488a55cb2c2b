"""The service as it is operated: what it logs, what it tells of itself, and how it stops."""

import json
import signal
import socket
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep
from typing import Final

import httpx
import pytest
from sqlalchemy import Engine

from app.store import ledger
from app.store.engine import build_engine, writing
from tests.api.imports import IMPORTS, SOURCE
from tests.bodies import Headers, actuals_body
from tests.given import Given
from tests.metrics import Read, read_metrics
from tests.programs import LOCAL, POLL_SECONDS, free_port
from tests.serving import SECONDS, Service, running

WRITTEN: Final = "Somebody-wrote-this"
"""What callers write wherever they may, and what no log may have."""


def prepared(url: str) -> Headers:
    """Store a small register; return the headers of a caller who may do everything."""
    engine = build_engine(url)
    given = Given(engine)
    given.register()
    national = given.token("national", name=f"{WRITTEN} team")
    engine.dispose()
    return national


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for something that is about to be."""
    deadline = monotonic() + SECONDS
    while not is_so():
        assert monotonic() < deadline, "it never was"
        sleep(POLL_SECONDS)


def is_refused(port: int) -> bool:
    """Return whether nobody listens at a port any more."""
    try:
        socket.create_connection((LOCAL, port)).close()
    except ConnectionRefusedError:
        return True
    return False


def scrape(port: int) -> Read:
    """Return the metrics at a port; nothing while nobody answers there."""
    try:
        return read_metrics(httpx.get(f"http://{LOCAL}:{port}/metrics", timeout=SECONDS).text)
    except httpx.ConnectError:
        return {}


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
    with running(sqlite_url, tmp_path, log_level="debug") as service:
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


def big_file(years: range) -> str:
    """Return a file of the counts of a trust at many censuses."""
    rows = [
        f"ZZ901,{year},{group},{band},340,61,3,404\n"
        for year in years
        for group in ("clinical", "non_clinical")
        for band in ("2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9")
    ]
    return "".join(["ODS code,Year,Staff group,Band,White,BME,Unknown,Total\n", *rows])


def send_file(service: Service, headers: Headers) -> httpx.Response:
    """Import the file."""
    return httpx.post(
        f"{service.address}{IMPORTS}",
        data={"kind": "actuals", **SOURCE},
        files={"file": ("staff.csv", big_file(range(2016, 2026)))},
        headers=headers,
        timeout=SECONDS,
    )


def stop_amid_an_import(
    service: Service, engine: Engine, metrics_port: int, headers: Headers
) -> httpx.Response:
    """Tell a service to stop while an import waits for its turn; return what that is answered."""
    with ThreadPoolExecutor(1) as sender:
        with writing(engine) as other:
            ledger.take_turn(other)
            sent: Future[httpx.Response] = sender.submit(send_file, service, headers)
            wait_until(lambda: scrape(metrics_port)["parity_pool_in_use"] > 0)
            service.process.send_signal(signal.SIGTERM)
            wait_until(lambda: is_refused(service.port))
            assert not sent.done()
            assert service.process.poll() is None
        return sent.result()


def test_a_service_that_is_told_to_stop_finishes_what_it_accepted(
    database_url: str, tmp_path: Path
) -> None:
    national = prepared(database_url)
    engine = build_engine(database_url)
    metrics_port = free_port()
    with running(database_url, tmp_path, metrics_port=str(metrics_port)) as service:
        answer = stop_amid_an_import(service, engine, metrics_port, national)
        code = service.process.wait(timeout=SECONDS)

    held = Given(engine).count_rows()
    engine.dispose()
    assert code == 0
    assert answer.status_code == 201, answer.text
    assert answer.json()["outcomes"]["new"] == 10
    assert (held["import_record"], held["actuals_revision"]) == (1, 10)
    assert next(one for one in service.log if one.get("route") == IMPORTS)["status"] == 201


def test_what_takes_longer_than_it_may_is_broken_off(sqlite_url: str, tmp_path: Path) -> None:
    national = prepared(sqlite_url)
    engine = build_engine(sqlite_url)
    metrics_port = free_port()
    settings = {"metrics_port": str(metrics_port), "shutdown_seconds": "1"}
    with (
        running(sqlite_url, tmp_path, **settings) as service,
        ThreadPoolExecutor(1) as sender,
        writing(engine) as other,
    ):
        ledger.take_turn(other)
        sent = sender.submit(send_file, service, national)
        wait_until(lambda: scrape(metrics_port)["parity_pool_in_use"] > 0)
        code = service.stop()
        with pytest.raises(httpx.RemoteProtocolError):
            sent.result()

    held = Given(engine).count_rows()
    engine.dispose()
    assert code == 0
    assert held["import_record"] == 0
    assert "timeout graceful shutdown exceeded" in service.err


@pytest.mark.parametrize("workers", [2])
def test_each_worker_tells_its_metrics_and_all_are_drained_before_they_stop(
    workers: int, sqlite_url: str, tmp_path: Path
) -> None:
    prepared(sqlite_url)
    first = min(free_port(), 60_000)
    ports = range(first, first + workers)
    asked = 20
    settings = {"metrics_port": str(first), "drain_seconds": "2", "log_level": "warning"}
    with running(sqlite_url, tmp_path, "--workers", str(workers), **settings) as service:
        wait_until(lambda: all(scrape(port) for port in ports))
        for number in range(asked):
            httpx.get(f"{service.address}/v1/censuses", params={"n": number})
        told = [scrape(port) for port in ports]
        service.process.send_signal(signal.SIGTERM)
        ready = f"{service.address}/health/ready"
        wait_until(lambda: httpx.get(ready).status_code == 503)
        draining = httpx.get(ready), httpx.get(f"{service.address}/v1/measures")
        code = service.process.wait(timeout=SECONDS)

    name = (
        'parity_http_request_duration_seconds_count{method="GET",route="/v1/censuses"'
        ',status="2xx"}'
    )
    assert sum(one.get(name, 0) for one in told) == asked
    assert len({one["parity_ledger_number"] for one in told}) == 1
    assert draining[0].json() == {
        "status": "not ready",
        "detail": "The service is being stopped.",
    }
    assert draining[1].status_code == 200
    assert code == 0
    assert is_refused(service.port)
    assert all(is_refused(port) for port in ports)


def test_a_taken_port_for_metrics_is_told_before_anything_is_made(tmp_path: Path) -> None:
    file = tmp_path / "parity.sqlite3"
    with socket.create_server((LOCAL, 0)) as taken:
        port = taken.getsockname()[1]
        service = Service(f"sqlite:///{file}", tmp_path, metrics_port=str(port))
        code = service.process.wait(timeout=SECONDS)

    assert (code, service.out) == (1, "")
    assert service.err == (
        f"Nothing can listen on 127.0.0.1, port {port}: Address already in use. Choose others"
        " with PARITY_METRICS_PORT.\n"
    )
    assert not file.exists()
