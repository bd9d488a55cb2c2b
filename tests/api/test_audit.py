"""The audit over HTTP: who changed, and who read exact figures of others."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi import FastAPI
from sqlalchemy import Connection, Engine, event
from starlette.testclient import TestClient

from app.store.engine import build_engine
from tests.bodies import JSON, Headers, actuals_body, problem_of
from tests.given import Given

AUDIT = "/v1/audit"


def entries(client: TestClient, national: Headers, **params: str | int) -> list[JSON]:
    response = client.get(AUDIT, params=params, headers=national)
    assert response.status_code == 200
    items: list[JSON] = response.json()["items"]
    return items


def test_a_change_over_http_tells_the_caller_the_operation_and_the_address(
    client: TestClient, sender: Headers, national: Headers
) -> None:
    client.put("/v1/trusts/ZZ901/actuals/2024", json=actuals_body(), headers=sender)

    (found,) = entries(client, national, organisation="ZZ901", kind="actuals")

    assert found == found | {
        "event": "change",
        "caller_role": "trust_data",
        "channel": "http",
        "address": "testclient",
        "operation": "put_actuals",
        "kind": "actuals",
        "ods_code": "ZZ901",
        "name": "2024",
        "reason": None,
        "before": None,
    }
    token_id = sender["Authorization"].split("_")[1]
    assert found["token_id"] == token_id
    assert entries(client, national, called_by=token_id) == [found]
    assert entries(client, national, called_by="nobody") == []
    at = found["recorded_at"]
    assert found in entries(client, national, since=at)
    assert found not in entries(client, national, until=at)


def test_pages_follow_each_other_and_a_file_has_the_same_columns(
    client: TestClient, national: Headers
) -> None:
    whole = entries(client, national, limit=500)
    first = client.get(AUDIT, params={"limit": 3}, headers=national).json()
    second = client.get(AUDIT, params={"limit": 3, "cursor": first["next"]}, headers=national)
    file = client.get(AUDIT, headers=national | {"Accept": "text/csv"})

    assert [*first["items"], *second.json()["items"]] == whole[:6]
    numbers = [one["number"] for one in whole]
    assert numbers == sorted(numbers, reverse=True)
    assert file.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(file.text)))
    assert list(rows[0]) == list(whole[0])
    assert rows[0]["hash"] == whole[0]["hash"]


@pytest.mark.parametrize(("role", "status"), [(None, 401), ("trust", 403), ("area", 403)])
def test_the_audit_is_the_national_teams(
    client: TestClient, given: Given, role: str | None, status: int
) -> None:
    codes = {"trust": "RZ1", "area": "QMF"}
    headers = given.token(role, codes[role]) if role else {}

    response = client.get(AUDIT, headers=headers)

    assert response.status_code == status
    assert problem_of(response)["status"] == status


def test_reading_exact_figures_of_a_trust_is_recorded_before_they_are_told(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ1", 2024)
    own = given.token("trust", "RZ1")
    address = "/v1/trusts/RZ1/actuals/2024"

    answers = [client.get(address, headers=who) for who in (own, national, national)]
    missing = client.get("/v1/trusts/RZ2/actuals/2024", headers=national)

    assert [one.status_code for one in (*answers, missing)] == [200, 200, 200, 404]
    (found,) = entries(client, national, event="reading")
    assert found == found | {
        "operation": "get_actuals",
        "ods_code": "RZ1",
        "caller_role": "national",
        "kind": None,
        "name": None,
        "after": None,
    }


@contextmanager
def read_only(app: FastAPI) -> Iterator[None]:
    """Let the database of the service be read and not written."""
    whole: Engine = app.state.engine
    url = whole.url
    is_sqlite = whole.dialect.name == "sqlite"
    if is_sqlite:
        url = url.set(database=f"file:{url.database}?mode=ro").update_query_dict({"uri": "true"})
    app.state.engine = build_engine(url.render_as_string(hide_password=False))

    @event.listens_for(app.state.engine, "begin")
    def refuse_changes(connection: Connection) -> None:
        if not is_sqlite:
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")

    yield
    app.state.engine.dispose()
    app.state.engine = whole


def test_a_reading_that_cannot_be_recorded_is_not_answered(
    client: TestClient, app: FastAPI, given: Given, national: Headers
) -> None:
    given.actuals("RZ1", 2024)
    given.actuals("RZ2", 2024)
    own = given.token("trust", "RZ2")
    addresses = [f"/v1/trusts/{code}/actuals/2024" for code in ("RZ1", "RZ2")]

    with read_only(app):
        refused = client.get(addresses[0], headers=national)
        answered = client.get(addresses[1], headers=own)
    again = client.get(addresses[0], headers=national)

    assert problem_of(refused) == {
        "type": "/problems/storage-unavailable",
        "title": "Database cannot be used",
        "status": 503,
        "detail": "The database can be read, but not written. Nothing was stored; send the same"
        " request again later.",
        "reason": "read_only",
    }
    assert "Retry-After" in refused.headers
    assert (answered.status_code, again.status_code) == (200, 200)


def test_reading_sums_and_benchmarks_of_real_trusts_is_recorded_for_the_area(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ1", 2024)

    answers = [
        client.get(path, headers=national)
        for path in ("/v1/areas/QMF/progress", "/v1/england/progress", "/v1/england/funnel")
    ]

    assert answers[0].status_code == 200
    assert {one["ods_code"] for one in entries(client, national, event="reading")} == {
        "QMF", "ENG",
    }  # fmt: skip


def test_invented_figures_are_open_so_that_nobody_reads_anothers(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("ZZ901", 2024)

    client.get("/v1/trusts/ZZ901/actuals/2024", headers=national)

    assert entries(client, national, event="reading") == []
