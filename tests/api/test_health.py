"""Whether the process lives, and whether requests should be sent to it."""

from fastapi import FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from app.store.engine import writing
from app.store.schema import NEWEST
from tests.api.databases import on_sqlite

NEEDED = NEWEST or ""
FIRST = "3b46e92ffb34"
"""The first revision of the schema, and the newest."""

READY = {"status": "ready", "detail": None}
ANOTHER = {
    "status": "not ready",
    "detail": "The database has another schema; run `parity db upgrade`.",
}


def set_revision(app: FastAPI, revision: str) -> None:
    """Let a database be at a revision of the schema, as a migration would."""
    with writing(app.state.engine) as session:
        session.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})


@on_sqlite
def test_whoever_drains_lives_and_is_not_ready(app: FastAPI, client: TestClient) -> None:
    before = client.get("/health/ready")
    app.state.is_draining = True
    after, live = client.get("/health/ready"), client.get("/health/live")

    assert (before.status_code, before.json()) == (200, READY)
    assert (after.status_code, after.json()) == (
        503,
        {"status": "not ready", "detail": "The service is being stopped."},
    )
    assert (live.status_code, live.json()) == (200, {"status": "live", "detail": None})


@on_sqlite
def test_a_process_stays_ready_while_the_next_release_migrates_the_database(
    app: FastAPI, client: TestClient
) -> None:
    set_revision(app, "of the next release")
    never = client.get("/health/ready")
    set_revision(app, NEEDED)
    once = client.get("/health/ready")
    set_revision(app, "of the next release")
    still = client.get("/health/ready")

    assert (never.status_code, never.json()) == (503, ANOTHER)
    assert (once.status_code, once.json()) == (200, READY)
    assert (still.status_code, still.json()) == (200, READY)


@on_sqlite
def test_a_database_that_went_back_to_an_older_schema_is_not_ready(
    app: FastAPI, client: TestClient
) -> None:
    first = client.get("/health/ready")
    set_revision(app, FIRST)
    second = client.get("/health/ready")

    assert first.status_code == 200
    assert (second.status_code, second.json()) == (503, ANOTHER)
