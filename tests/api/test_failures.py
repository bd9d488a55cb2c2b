"""When the service fails for real, nobody is told how it is built."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from app.store.engine import writing
from tests.api.databases import on_sqlite
from tests.api.experts import PATH, expert_body
from tests.bodies import Headers, actuals_body, problem_of

ACTUALS = "/v1/trusts/ZZ901/actuals/2024"

INSIDES = (
    "traceback",
    "select",
    "insert",
    "sqlite",
    "psycopg",
    "sqlalchemy",
    "app/",
    ".py",
    "gone",
)


def assert_tells_nothing(answer: object) -> None:
    """See that an answer is a failure that is none of the caller's business."""
    found = problem_of(answer)  # type: ignore[arg-type] # of any client
    assert found["status"] in {500, 503}
    assert set(found) - {"reason"} == {"type", "title", "status", "detail"}
    told = str(found).lower()
    assert [one for one in INSIDES if one in told] == []


@pytest.mark.parametrize("table", ["actuals_revision", "token", "expert", "ledger"])
def test_a_table_that_is_gone_is_told_to_nobody(
    client: TestClient, app: FastAPI, national: Headers, table: str
) -> None:
    with writing(app.state.engine) as session:
        session.execute(text(f"ALTER TABLE {table} RENAME TO gone"))

    answers = [
        client.get(ACTUALS, headers=national),
        client.put(ACTUALS, json=actuals_body(), headers=national),
        client.get(PATH, headers=national),
        client.post(PATH, json=expert_body(), headers=national | {"Idempotency-Key": "a"}),
    ]

    failed = [one for one in answers if one.status_code >= 500]
    assert failed
    for answer in failed:
        assert_tells_nothing(answer)


@on_sqlite
def test_a_file_that_is_no_database_any_more_is_told_to_nobody(
    client: TestClient, app: FastAPI, national: Headers
) -> None:
    app.state.engine.dispose()
    file = Path(app.state.engine.url.database)
    file.write_bytes(b"no database" * 1_000)
    for beside in file.parent.glob(f"{file.name}-*"):
        beside.unlink()

    assert_tells_nothing(client.get(ACTUALS, headers=national))
    assert_tells_nothing(client.put(ACTUALS, json=actuals_body(), headers=national))
