"""What one process tells of itself: requests, warm answers, the database, and the domain."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from sqlalchemy import text
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.testclient import TestClient

from app.api.metrics import Metrics
from app.api.metrics_port import MetricsPort
from app.api.observing import Served
from app.api.warm_reads import Answer, WarmAnswers
from app.domain.errors import TargetNotFound
from app.domain.imports import ImportKind
from app.domain.measures import Measure
from app.main import create_app
from app.settings import Settings
from app.store import schema
from app.store.engine import POOL_SIZE, build_engine, writing
from app.store.tallies import WatchedPool, pool_of
from tests.api.databases import on_sqlite
from tests.api.imports import LONG, SOURCE, TOTALS, send
from tests.bodies import Headers
from tests.given import SETUP, START, Clock, Given
from tests.metrics import read_metrics, read_registry
from tests.origins import ORIGIN
from tests.programs import free_port

LOCAL = "127.0.0.1"


@pytest.fixture
def app(app: FastAPI) -> FastAPI:
    """The service, which tells metrics."""
    app.state.settings = app.state.settings.model_copy(update={"metrics_port": free_port()})
    return app


def read(app: FastAPI, *beginnings: str) -> dict[str, float]:
    """Return the metrics of a running service whose names begin so."""
    found = read_registry(app.state.metrics.registry)
    return {name: value for name, value in found.items() if name.startswith(beginnings)}


def seconds(route: str, status: str, method: str = "GET") -> str:
    """Return what requests are counted as."""
    return (
        "parity_http_request_duration_seconds_count"
        f'{{method="{method}",route="{route}",status="{status}"}}'
    )


def pool(name: str, database: str = "primary") -> str:
    """Return what connections are counted as."""
    return f'parity_pool_{name}{{database="{database}"}}'


def imports(outcome: str, kind: str = "actuals") -> str:
    """Return what files are counted as."""
    return f'parity_imports_total{{kind="{kind}",outcome="{outcome}"}}'


@on_sqlite
def test_requests_are_counted_by_their_template_and_warm_answers_apart(
    app: FastAPI, client: TestClient
) -> None:
    for path in ("/v1/measures", "/v1/measures", "/v1/measures", "/somebody", "/v1/censuses/x"):
        client.get(path)
    client.delete("/v1/measures")

    found = read(app, "parity_http", "parity_warm")

    kept = {name: found.pop(f"parity_warm_{name}") for name in ("bytes", "bytes_limit")}
    assert found == {
        seconds("/v1/measures", "2xx"): 1,
        seconds("none", "4xx"): 1,
        seconds("/v1/censuses/{year}", "4xx"): 1,
        seconds("/v1/measures", "4xx", "DELETE"): 1,
        "parity_warm_hits_total": 2,
        "parity_warm_misses_total": 3,
        "parity_warm_evictions_total": 0,
        "parity_warm_answers": 1,
    }
    assert kept == {
        "bytes": len(client.get("/v1/measures").content),
        "bytes_limit": app.state.settings.warm_megabytes * 1_000_000,
    }


@on_sqlite
def test_a_service_that_keeps_no_answers_tells_of_none(app: FastAPI, client: TestClient) -> None:
    app.state.warm = None

    client.get("/v1/measures")

    assert read(app, "parity_warm") == {}


def test_answers_that_make_room_are_counted() -> None:
    warm = WarmAnswers(800)
    for key in range(9):
        warm.keep((key,), 1, Answer((), (), b"x" * 100, '"t"', START))

    assert (warm.evictions, warm.entries, warm.size) == (1, 8, 800)


def test_the_purpose_of_the_service_is_told(
    app: FastAPI, client: TestClient, given: Given, clock: Clock
) -> None:
    sent_at = datetime(2026, 11, 2, 12, tzinfo=UTC)
    for code, year in (("ZZ901", 2025), ("ZZ902", 2025), ("ZZ901", 2026)):
        given.actuals(code, year, at=sent_at)
    given.signed_off("ZZ901", 2025, on=SETUP.date())
    given.target("ZZ901", Measure.LEADERSHIP, "2025-2028", goal_share="0.30")
    before = read(app, "parity_")
    number = before["parity_ledger_number"]
    newest = before["parity_newest_actuals_timestamp_seconds"]
    given.actuals("ZZ902", 2026, at=sent_at + timedelta(hours=1))
    clock.set(datetime(2027, 11, 1, tzinfo=UTC))

    after = read(app, "parity_ledger", "parity_newest", "parity_returns_received")

    domain = ("parity_database_up", "parity_build", "parity_returns", "parity_targets")
    assert {name: value for name, value in before.items() if name.startswith(domain)} == {
        f'parity_build_info{{schema="{schema.NEWEST}",version="0.1.0"}}': 1,
        "parity_database_up": 1,
        'parity_returns_due{census="2025"}': 3,
        'parity_returns_due{census="2026"}': 3,
        'parity_returns_received{census="2025"}': 2,
        'parity_returns_received{census="2026"}': 1,
        'parity_returns_signed_off{census="2025"}': 1,
        'parity_returns_signed_off{census="2026"}': 0,
        'parity_returns_overdue{census="2025"}': 0,
        'parity_returns_overdue{census="2026"}': 0,
        'parity_targets_in_force{census="2025"}': 1,
        'parity_targets_in_force{census="2026"}': 1,
        'parity_targets_waiting{census="2025"}': 1,
        'parity_targets_waiting{census="2026"}': 1,
    }
    assert 0 < number < after["parity_ledger_number"]
    assert after["parity_newest_actuals_timestamp_seconds"] > newest >= sent_at.timestamp()
    assert after['parity_returns_received{census="2026"}'] == 2
    assert client.get("/health/ready").status_code == 200


@on_sqlite
def test_a_return_is_overdue_once_the_day_has_passed_though_nothing_changes(
    app: FastAPI, client: TestClient, national: Headers, clock: Clock
) -> None:
    dates = {"opens": "2026-04-01", "due": "2026-11-30"}
    put = client.put("/v1/censuses/2026", json=dates, headers=national | {"If-Match": "*"})
    assert put.status_code == 200, put.text
    name = 'parity_returns_overdue{census="2026"}'
    overdue = []
    for instant in (START, datetime(2026, 11, 30, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)):
        clock.set(instant)
        overdue.append(read(app, name)[name])

    assert overdue == [0, 0, 2]


def test_files_are_counted_by_what_became_of_them(
    app: FastAPI, client: TestClient, sender: Headers
) -> None:
    key = {"Idempotency-Key": "once"}
    statuses = [
        send(client, LONG, sender, dry_run=True, **SOURCE, **TOTALS).status_code,
        send(client, LONG, sender | key, **SOURCE, **TOTALS).status_code,
        send(client, LONG, sender | key, **SOURCE, **TOTALS).status_code,
        send(client, LONG, sender, **SOURCE, **TOTALS).status_code,
        send(client, LONG, sender, expected_workforce=7, **SOURCE).status_code,
        send(client, LONG, sender, kind="board").status_code,
        send(client, LONG, sender, kind="somebody").status_code,
        send(client, LONG, {}).status_code,
    ]
    with writing(app.state.engine) as session:
        session.execute(text("ALTER TABLE import_item RENAME TO gone"))
    changed = LONG.replace("340", "339").replace("61", "62")
    again = {**SOURCE, **TOTALS, "reason": "Counted again", "expected_bme": 62}
    statuses.append(send(client, changed, sender, **again).status_code)

    found = read(app, "parity_imports_total")

    assert statuses == [200, 201, 201, 200, 422, 422, 422, 401, 500]
    assert found == {
        imports("previewed"): 1,
        imports("stored"): 1,
        imports("repeated"): 2,
        imports("refused"): 1,
        imports("refused", "board"): 1,
        imports("failed"): 1,
    }


def test_writers_are_counted_by_how_they_end(app: FastAPI, client: TestClient) -> None:
    assert client
    before = pool_of(app.state.engine).tally
    committed, rolled_back = before.committed, before.rolled_back
    with writing(app.state.engine, ORIGIN):
        pass
    with pytest.raises(TargetNotFound), writing(app.state.engine, ORIGIN):
        raise TargetNotFound("ZZ901", "leadership-2025-2028")

    found = read(app, "parity_writes_total")

    assert found == {
        'parity_writes_total{outcome="committed"}': committed + 1,
        'parity_writes_total{outcome="rolled_back"}': rolled_back + 1,
    }


@on_sqlite
def test_a_pool_that_is_used_up_is_told_and_so_is_the_rest(
    app: FastAPI, client: TestClient
) -> None:
    assert client
    watched = pool_of(app.state.engine)
    held = [watched.connect() for _ in range(POOL_SIZE)]
    with ThreadPoolExecutor(1) as waiter:
        waiting = waiter.submit(watched.connect)
        found = read(app, "parity_pool_size", "parity_pool_in_use", "parity_database_up")
        held.pop().close()
        waiting.result().close()
    for one in held:
        one.close()

    assert found == {
        pool("size"): POOL_SIZE,
        pool("in_use"): POOL_SIZE,
        "parity_database_up": 1,
    }
    after = read(app, "parity_pool")
    assert after.pop(pool("wait_seconds_total")) > 0
    assert after == {
        pool("size"): POOL_SIZE,
        pool("in_use"): 0,
        pool("waits_total"): 1,
        pool("timeouts_total"): 0,
    }


def test_connections_to_a_replica_are_told_apart(postgresql_url: str) -> None:
    # To the service a database that holds what the primary holds is a replica.
    settings = Settings(
        database_url=postgresql_url, read_database_url=postgresql_url, metrics_port=free_port()
    )
    app = create_app(settings)
    with TestClient(app) as client:
        assert client.get("/v1/organisations").status_code == 200
        held = [pool_of(app.state.replica.engine).connect() for _ in range(3)]
        found = read(app, "parity_pool_in_use")
        for one in held:
            one.close()

    assert found == {pool("in_use"): 0, pool("in_use", "replica"): 3}


def test_who_gets_no_connection_in_time_is_counted(sqlite_url: str) -> None:
    engine = build_engine(sqlite_url)
    pool = WatchedPool(engine.raw_connection, pool_size=1, max_overflow=0, timeout=0.01)
    held = pool.connect()
    with pytest.raises(PoolTimeout):
        pool.connect()
    held.close()
    pool.dispose()
    engine.dispose()

    assert (pool.tally.waits, pool.tally.timeouts) == (1, 1)
    assert pool.tally.waited_seconds >= 0.01


def test_a_database_that_is_away_is_told_and_nothing_of_what_it_holds(
    sqlite_url: str, clock: Clock
) -> None:
    engine = build_engine(sqlite_url)
    gone = build_engine("sqlite:////nowhere/parity.sqlite3")
    app = create_app(Settings(database_url=sqlite_url), clock=clock)
    metrics = Metrics(app.state, engines={"primary": engine}, own_engine=gone, clock=clock)

    found = read_registry(metrics.registry)

    engine.dispose()
    assert found["parity_database_up"] == 0
    assert not {"parity_ledger_number", 'parity_returns_due{census="2026"}'} & found.keys()


@on_sqlite
def test_a_database_without_actuals_tells_no_age(app: FastAPI, client: TestClient) -> None:
    assert client

    assert read(app, "parity_newest", "parity_ledger").keys() == {"parity_ledger_number"}


def test_a_caller_who_left_is_counted_without_a_status(sqlite_url: str, clock: Clock) -> None:
    engine = build_engine(sqlite_url)
    app = create_app(Settings(database_url=sqlite_url), clock=clock)
    metrics = Metrics(app.state, engines={"primary": engine}, own_engine=engine, clock=clock)
    left = Served(0.0, "POST", "/v1/imports", None, 0.1, 0, None, is_warm=False)

    metrics.note(left, (ImportKind.ACTUALS, None))

    found = read_registry(metrics.registry)
    engine.dispose()
    assert found[seconds("/v1/imports", "none", "POST")] == 1
    assert found[imports("failed")] == 1


@on_sqlite
def test_metrics_are_at_a_port_of_their_own_and_nowhere_else(
    app: FastAPI, client: TestClient
) -> None:
    port = app.state.settings.metrics_port
    with httpx.Client(transport=httpx.HTTPTransport(retries=8)) as scraper:
        answer = scraper.get(f"http://{LOCAL}:{port}/metrics")

    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert read_metrics(answer.text)["parity_database_up"] == 1
    assert client.get("/metrics").status_code == 404


def test_a_service_that_is_not_scraped_counts_nothing(sqlite_url: str) -> None:
    app = create_app(Settings(database_url=sqlite_url))
    with TestClient(app) as client:
        client.get("/v1/measures")

        assert app.state.metrics is None


@pytest.fixture
def ports() -> tuple[int, int]:
    """Two ports at which nothing listens."""
    return free_port(), free_port()


def test_each_process_takes_a_port_and_the_next_one_that_of_one_that_ended(
    ports: tuple[int, int],
) -> None:
    async def run() -> list[bool]:
        opened = [
            MetricsPort(CollectorRegistry(), LOCAL, ports, again_seconds=0.01) for _ in range(3)
        ]
        for one in opened[:2]:
            await one.open()
        third = asyncio.create_task(opened[2].open())
        done, _ = await asyncio.wait([third], timeout=0.1)
        taken = [bool(done)]
        await asyncio.to_thread(opened[0].close)
        await third
        taken.append(third.done())
        for one in opened[1:]:
            await asyncio.to_thread(one.close)
        return taken

    assert asyncio.run(run()) == [False, True]


def test_a_port_that_was_never_opened_is_closed_likewise(ports: tuple[int, int]) -> None:
    port = MetricsPort(CollectorRegistry(), LOCAL, ports)

    port.close()

    assert asyncio.run(asyncio.wait_for(_opened(port), timeout=60))


async def _opened(port: MetricsPort) -> bool:
    """Open a port, and close it again; return whether it was free."""
    await port.open()
    await asyncio.to_thread(port.close)
    return True
