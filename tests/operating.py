"""What operators do to a running service, and what they wait for."""

import signal
import socket
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep
from typing import Final

import httpx
from sqlalchemy import Engine

from app.store import ledger
from app.store.engine import build_engine, writing
from tests.api.imports import IMPORTS, SOURCE
from tests.bodies import Headers
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
            wait_until(lambda: scrape(metrics_port)['parity_pool_in_use{database="primary"}'] > 0)
            service.process.send_signal(signal.SIGTERM)
            wait_until(lambda: is_refused(service.port))
            assert not sent.done()
            assert service.process.poll() is None
        return sent.result()


def finish_what_was_accepted(url: str, folder: Path) -> None:
    """Stop a service amid an import; it has to answer, store all of it and end in order."""
    national = prepared(url)
    engine = build_engine(url)
    metrics_port = free_port()
    with running(url, folder, metrics_port=str(metrics_port)) as service:
        answer = stop_amid_an_import(service, engine, metrics_port, national)
        code = service.process.wait(timeout=SECONDS)

    held = Given(engine).count_rows()
    engine.dispose()
    assert code == 0
    assert answer.status_code == 201, answer.text
    assert answer.json()["outcomes"]["new"] == 10
    assert (held["import_record"], held["actuals_revision"]) == (1, 10)
    assert next(one for one in service.log if one.get("route") == IMPORTS)["status"] == 201
