"""How a service is watched and stopped that has several processes, or takes its time."""

import os
import re
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from app.store import ledger
from app.store.engine import build_engine, writing
from tests.api.imports import IMPORTS
from tests.given import Given
from tests.operating import (
    finish_what_was_accepted,
    is_refused,
    prepared,
    scrape,
    send_file,
    wait_until,
)
from tests.programs import free_port
from tests.serving import SECONDS, Service, running


def test_on_postgresql_too_a_service_finishes_what_it_accepted(
    postgresql_url: str, tmp_path: Path
) -> None:
    finish_what_was_accepted(postgresql_url, tmp_path)


def test_what_takes_longer_than_it_may_is_broken_off_and_not_stored(
    sqlite_url: str, tmp_path: Path
) -> None:
    national = prepared(sqlite_url)
    engine = build_engine(sqlite_url)
    metrics_port = free_port()
    with (
        running(
            sqlite_url, tmp_path, metrics_port=str(metrics_port), shutdown_seconds="1"
        ) as service,
        ThreadPoolExecutor(1) as sender,
    ):
        with writing(engine) as other:
            ledger.take_turn(other)
            sent = sender.submit(send_file, service, national)
            wait_until(lambda: scrape(metrics_port)['parity_pool_in_use{database="primary"}'] > 0)
            service.process.send_signal(signal.SIGTERM)
            wait_until(lambda: "timeout graceful shutdown exceeded" in service.err)
        code = service.process.wait(timeout=SECONDS)
        answer = sent.result()

    held = Given(engine).count_rows()
    engine.dispose()
    assert (code, answer.status_code) == (0, 500)
    assert held["import_record"] == 0
    (line,) = [one for one in service.log if one.get("route") == IMPORTS]
    assert line["status"] is None
    assert len(line["request_id"]) == 32


def processes(service: Service) -> list[int]:
    """Return the processes of a service that have begun, oldest first."""
    return [int(one) for one in re.findall(r"Started server process \[(\d+)\]", service.err)]


def test_each_worker_tells_its_metrics_and_all_are_drained_before_they_stop(
    sqlite_url: str, tmp_path: Path
) -> None:
    workers = 4
    prepared(sqlite_url)
    first = min(free_port(), 60_000)
    ports = range(first, first + workers)
    asked = 20
    options = "--workers", str(workers)
    with running(
        sqlite_url, tmp_path, *options, metrics_port=str(first), drain_seconds="5"
    ) as service:
        wait_until(lambda: all(scrape(port) for port in ports))
        for number in range(asked):
            httpx.get(f"{service.address}/v1/censuses", params={"n": number})
        told = [scrape(port) for port in ports]
        os.kill(processes(service)[0], signal.SIGKILL)
        wait_until(lambda: len(processes(service)) > workers)
        wait_until(lambda: all(scrape(port) for port in ports))
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
