"""The service while its database is gone, and after it has come back."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import Connection, Engine, event
from starlette.testclient import TestClient

from app.store import ledger, schema
from app.store.engine import writing
from tests.api.imports import LONG, SOURCE, TOTALS, send
from tests.apps import borrowed_app
from tests.bodies import JSON, Headers, actuals_body, problem_of
from tests.given import START, Clock, Given
from tests.postgres import OwnServer, own_server

ACTUALS = "/v1/trusts/ZZ901/actuals/2024"

GONE: JSON = {
    "type": "/problems/storage-unavailable",
    "title": "Database cannot be used",
    "status": 503,
    "detail": "The database does not answer. Nothing was stored; send the same request again"
    " later.",
    "reason": "not_answering",
}

OPEN = {
    "type": "/problems/outcome-unknown",
    "title": "Outcome is not known",
    "status": 503,
    "detail": "The database does not answer. That was while the change was being committed, so"
    " all of it is stored or nothing; read what is held before sending it again.",
    "reason": "not_answering",
}


@pytest.fixture
def server() -> Iterator[OwnServer]:
    with own_server(durable=True) as server:  # what was acknowledged has to be there again
        yield server


def test_a_stopped_database_is_told_and_found_again_without_a_restart(server: OwnServer) -> None:
    url = server.url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    schema.upgrade(url)
    with borrowed_app(url) as app, TestClient(app) as client:
        engine: Engine = app.state.engine
        given = Given(engine)
        given.register()
        sender = given.token("trust_data", "ZZ901", "ZZ902")
        assert client.put(ACTUALS, json=actuals_body(), headers=sender).status_code == 201
        before = given.count_rows()

        @event.listens_for(engine, "before_cursor_execute")
        def stop_half_way(*facts: object) -> None:
            if str(facts[2]).startswith("INSERT INTO import_item"):
                server.stop()

        # What is under way is answered, and so is what comes while nothing is there.
        halfway = send(client, LONG.replace("ZZ901", "ZZ902"), sender, **SOURCE, **TOTALS)
        event.remove(engine, "before_cursor_execute", stop_half_way)
        gone = [
            halfway,
            client.get(ACTUALS, headers=sender),
            client.put(ACTUALS, json=actuals_body(notes="Later"), headers=sender),
            client.get("/v1/organisations"),
        ]
        health = client.get("/health/ready"), client.get("/health/live")
        page = client.get(GONE["type"])

        server.start()
        ready = client.get("/health/ready").status_code
        held = client.get(ACTUALS, headers=sender)
        after = given.count_rows()

        @event.listens_for(engine, "commit")
        def stop_at_the_end(writer: Connection) -> None:
            if not writer.get_execution_options().get("postgresql_readonly"):
                server.stop()

        cut_off = send(client, LONG.replace("ZZ901", "ZZ902"), sender, **SOURCE, **TOTALS)
        event.remove(engine, "commit", stop_at_the_end)
        server.start()
        again = send(client, LONG.replace("ZZ901", "ZZ902"), sender, **SOURCE, **TOTALS)

    assert [problem_of(one) for one in gone] == [GONE] * 4
    assert {one.headers["retry-after"] for one in gone} == {"5"}
    assert health[0].json() == {"status": "not ready", "detail": "The database does not answer."}
    assert [one.status_code for one in health] == [503, 200]
    assert page.status_code == 200
    assert (ready, held.status_code, again.status_code) == (200, 200, 201)
    assert after == before
    assert problem_of(cut_off) == OPEN


def test_a_writer_that_waits_too_long_is_asked_to_come_again(
    app: FastAPI, client: TestClient, sender: Headers
) -> None:
    engine: Engine = app.state.engine
    is_sqlite = engine.dialect.name == "sqlite"
    impatience = "PRAGMA busy_timeout = 1" if is_sqlite else "SET lock_timeout = '1ms'"

    @event.listens_for(engine, "begin", insert=True)
    def be_impatient(connection: Connection) -> None:
        connection.exec_driver_sql(impatience)

    with writing(engine) as other:
        ledger.take_turn(other)
        busy = client.put(ACTUALS, json=actuals_body(), headers=sender)
    stored = client.put(ACTUALS, json=actuals_body(), headers=sender)

    assert problem_of(busy) == GONE | {
        "detail": "Others have kept the database busy for too long. Nothing was stored; send the"
        " same request again later.",
        "reason": "busy",
    }
    assert stored.status_code == 201


@contextmanager
def full_disk(file: Path) -> Iterator[None]:
    """Let no file grow beyond a file's size, as on a disk that is full but for what it has."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_full_disk_loses_nothing_and_is_done_with_when_there_is_room(
    app: FastAPI, client: TestClient, given: Given, sender: Headers
) -> None:
    engine: Engine = app.state.engine
    first = client.put(ACTUALS, json=actuals_body(), headers=sender)
    before = given.count_rows()

    with full_disk(Path(f"{engine.url.database}-wal")):
        refused = client.put("/v1/trusts/ZZ902/actuals/2024", json=actuals_body(), headers=sender)
        read = client.get(ACTUALS, headers=sender)
    after = given.count_rows()
    again = client.put("/v1/trusts/ZZ902/actuals/2024", json=actuals_body(), headers=sender)

    assert refused.headers["retry-after"] == "5"
    assert problem_of(refused)["reason"] in {"full", "failing"}
    assert read.json() == first.json()
    assert after == before
    assert again.status_code == 201


def test_instants_never_go_back_when_the_clock_does(
    client: TestClient, clock: Clock, sender: Headers
) -> None:
    first = client.put(ACTUALS, json=actuals_body(), headers=sender).json()
    clock.set(START - timedelta(days=1))
    second = client.put(
        ACTUALS,
        json=actuals_body(notes="Later", reason="A ward was added"),
        headers=sender | {"If-Match": '"1"'},
    ).json()

    one, other = (datetime.fromisoformat(body["recorded_at"]) for body in (first, second))
    assert other - one == timedelta(microseconds=1)
