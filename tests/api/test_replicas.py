"""A service with a replica: read from there what it holds, and nothing late.

The replica is another copy of the database, which follows when the test tells it to.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, event, text
from starlette.testclient import TestClient

from app.settings import Settings
from app.store.engine import writing
from tests.api.conftest import Start
from tests.api.databases import on_postgresql
from tests.bodies import Headers, actuals_body, cells
from tests.postgres import Server

pytestmark = on_postgresql

PATH = "/v1/trusts/ZZ901/actuals/2024"
ENTRY = "/v1/organisations/ZZ901"

STOOD_IN_FOR = (
    r"The database does not answer\. Reads are answered by its replica, as of [1-9]\d* s ago\."
)


@pytest.fixture
def replica_url(
    postgresql_server: Server, postgresql_names: Iterator[str], start: Start
) -> Iterator[str]:
    """The address of another copy of what the service starts from."""
    name = next(postgresql_names)
    yield postgresql_server.create(name, template=start.template)
    postgresql_server.drop(name)


@pytest.fixture
def app(app: FastAPI, replica_url: str) -> FastAPI:
    """The service with a replica, which keeps no answers: each is read."""
    settings: Settings = app.state.settings
    update = {"read_database_url": replica_url, "warm_megabytes": 0}
    app.state.settings = settings.model_copy(update=update)
    return app


@contextmanager
def reads(app: FastAPI) -> Iterator[list[str]]:
    """Yield the databases that are asked for more than their version meanwhile."""
    asked: list[str] = []

    def note(name: str) -> Callable[..., None]:
        def tell(*args: object) -> None:
            if "changed_at) * 1000000" not in str(args[2]):
                asked.append(name)

        return tell

    engines = {"primary": app.state.engine, "replica": app.state.replica.engine}
    listeners = [(engine, note(name)) for name, engine in engines.items()]
    for engine, listener in listeners:
        event.listen(engine, "before_cursor_execute", listener)
    yield asked
    for engine, listener in listeners:
        event.remove(engine, "before_cursor_execute", listener)


def asked_of(app: FastAPI, client: TestClient, path: str, headers: Headers | None = None) -> str:
    """Return the one database that a read is answered from."""
    with reads(app) as asked:
        answer = client.get(path, headers=headers)
        assert answer.status_code == 200, answer.text
    (found,) = set(asked)
    return found


def follow(app: FastAPI, *, seconds: int = 0) -> None:
    """Let the replica be at the version of the primary, or so many seconds further."""
    with app.state.engine.connect() as connection:
        at = connection.execute(text("SELECT changed_at FROM ledger")).scalar_one()
    further = text("UPDATE ledger SET changed_at = :at + :seconds * interval '1 s'")
    with writing(app.state.replica.engine) as session:
        session.execute(further, {"at": at, "seconds": seconds})


def go_away(server: Server, engine: Engine) -> None:
    """Let nobody connect to a database any more."""
    assert engine.url.database
    server.shut(engine.url.database)


def test_what_a_replica_holds_is_read_from_there(app: FastAPI, client: TestClient) -> None:
    assert asked_of(app, client, ENTRY) == "replica"
    assert "age" not in client.get(ENTRY).headers


def test_who_calls_is_looked_up_there_too(
    app: FastAPI, client: TestClient, sender: Headers
) -> None:
    client.get("/v1/trusts/ZZ901/actuals", headers=sender)  # the token's first use is noted
    follow_use = text("UPDATE token SET last_used_at = '2026-11-23T09:00:00Z'")
    with writing(app.state.replica.engine) as session:
        session.execute(follow_use)

    assert asked_of(app, client, "/v1/trusts/ZZ901/actuals", sender) == "replica"


def test_whose_figures_are_read_there_is_recorded_on_the_primary(
    app: FastAPI, client: TestClient, national: Headers
) -> None:
    with reads(app) as asked:
        assert client.get("/v1/trusts/RZ1/actuals", headers=national).status_code == 200
    assert "replica" in asked

    found = client.get("/v1/audit", params={"event": "reading"}, headers=national).json()["items"]
    assert [one["ods_code"] for one in found] == ["RZ1"]


def test_a_change_is_read_at_once_however_far_behind_the_replica_is(
    app: FastAPI, client: TestClient, sender: Headers
) -> None:
    for number in (1, 2):
        body = actuals_body(cells({"bme": 60 + number}), reason="Counted again")
        sent = client.put(
            PATH, json=body, headers={**sender, "If-Match": "*"} if number > 1 else sender
        )
        assert sent.is_success, sent.text

        with reads(app) as asked:
            read = client.get(PATH, headers=sender).json()
        assert read["revision"] == number
        assert "replica" not in asked

    follow(app, seconds=1)
    assert asked_of(app, client, ENTRY) == "primary"
    follow(app)
    assert asked_of(app, client, ENTRY) == "replica"


@pytest.mark.parametrize("path", ["/v1/tokens", "/v1/audit"])
def test_what_no_version_tells_is_read_from_the_primary(
    app: FastAPI, client: TestClient, national: Headers, path: str
) -> None:
    assert asked_of(app, client, path, national) == "primary"


def test_all_that_a_change_reads_comes_from_the_primary(
    app: FastAPI, client: TestClient, sender: Headers
) -> None:
    with reads(app) as asked:
        assert client.put(PATH, json=actuals_body(), headers=sender).status_code == 201

    assert set(asked) == {"primary"}


def test_without_its_replica_the_service_goes_on(app: FastAPI, postgresql_server: Server) -> None:
    with TestClient(app) as client:
        go_away(postgresql_server, app.state.replica.engine)

        assert [asked_of(app, client, ENTRY) for _ in range(2)] == ["primary"] * 2
        ready = client.get("/health/ready")

    assert (ready.status_code, ready.json()) == (200, {"status": "ready", "detail": None})


def test_without_its_primary_it_reads_on_and_says_how_old_that_may_be(
    app: FastAPI, client: TestClient, sender: Headers, postgresql_server: Server
) -> None:
    before = client.get(ENTRY)
    go_away(postgresql_server, app.state.engine)

    read = client.get(ENTRY)
    known = client.get("/v1/trusts/ZZ901/actuals", headers=sender)
    held = client.get(ENTRY, headers={"If-None-Match": before.headers["etag"]})
    ready = client.get("/health/ready")
    sent = client.put(PATH, json=actuals_body(), headers=sender)

    assert (read.status_code, read.content) == (200, before.content)
    assert (known.status_code, known.json()["items"]) == (200, [])
    assert (held.status_code, held.content) == (304, b"")
    assert int(read.headers["age"]) >= 1
    assert int(held.headers["age"]) >= int(read.headers["age"])
    assert (ready.status_code, ready.json()["status"]) == (200, "ready")
    assert re.fullmatch(STOOD_IN_FOR, ready.json()["detail"])
    assert (sent.status_code, sent.json()["type"]) == (503, "/problems/storage-unavailable")


def test_without_either_it_is_not_ready(
    app: FastAPI, client: TestClient, postgresql_server: Server
) -> None:
    client.get(ENTRY)
    for engine in (app.state.engine, app.state.replica.engine):
        go_away(postgresql_server, engine)

    assert client.get(ENTRY).status_code == 503
    assert client.get("/health/ready").status_code == 503


def test_a_replica_that_is_further_behind_than_was_told_does_not_stand_in(
    app: FastAPI, client: TestClient, sender: Headers, postgresql_server: Server
) -> None:
    client.put(PATH, json=actuals_body(), headers=sender)
    assert client.get(ENTRY).status_code == 200
    go_away(postgresql_server, app.state.engine)

    assert client.get(ENTRY).status_code == 503
