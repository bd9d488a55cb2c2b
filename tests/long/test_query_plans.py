"""What PostgreSQL does for the queries that operations really execute: see `docs/scaling.md`.

The database holds the demonstration set of 217 trusts with ten censuses each, and its planner
knows that. A query about one trust finds its rows by their key, which begins with the trust's
code, and looks at no row of another. So it stays on one shard where rows are spread by trust.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from fastapi import FastAPI
from sqlalchemy import Connection, Engine, create_engine, event
from starlette.testclient import TestClient

from app.store.rows import Row
from tests.api.plans import plan_body
from tests.apps import borrowed_app
from tests.bodies import Headers, actuals_body
from tests.given import Given
from tests.kept import Kept, demonstration
from tests.spread import LOGS, OF_ONE_HOST, REFERENCE

TRUST: Final = "/v1/trusts/ZZ028"

OF_ONE_TRUST: Final = (
    f"{TRUST}/progress/leadership", f"{TRUST}/progress", f"{TRUST}/actuals",
    f"{TRUST}/actuals/2024", f"{TRUST}/actuals/2024/revisions", f"{TRUST}/targets",
    f"{TRUST}/targets/leadership-2022-2025", f"{TRUST}/targets/leadership-2022-2025/versions",
    f"{TRUST}/target-proposals?cycle=2025-2028&measure=leadership", f"{TRUST}/board/2024",
    f"{TRUST}/indicators/2024", f"{TRUST}/action-plans", f"{TRUST}/consents",
    f"{TRUST}/experts", "/v1/organisations/ZZ028", "/trusts/ZZ028",
    "/trusts/ZZ028/measures/leadership",
)  # fmt: skip
"""Reads of one trust, in every form that is asked for often."""

NATIONAL: Final[Mapping[str, frozenset[str]]] = {
    "/v1/england/progress": frozenset(
        {"actuals_revision", "actuals_cover", "board_revision", "target", "target_move"}
    ),
    "/v1/england/funnel/leadership?year=2024": frozenset({"actuals_revision", "actuals_cover"}),
    "/v1/england/returns/2024": frozenset(
        {"actuals_revision", "actuals_cover", "board_revision", "indicator_revision", "target",
         "target_move"}
    ),
    "/v1/areas/Y56/progress?measure=leadership": frozenset(
        {"actuals_revision", "actuals_cover", "board_revision", "target", "target_move"}
    ),
    f"{TRUST}/peers?measure=leadership": frozenset({"actuals_revision", "actuals_cover"}),
    f"{TRUST}/wres/2024": frozenset(
        {"actuals_revision", "actuals_cover", "board_revision", "indicator_revision",
         "indicator_pool", "indicator_survey"}
    ),
}  # fmt: skip
"""The reads of many trusts, with the tables that each may go through; what the summary comes to
hold need not be gone through any more, and is to be struck out here."""

ELSEWHERE: Final = REFERENCE | OF_ONE_HOST

MANY: Final = 1_000
"""Rows from which on a table is big."""


@dataclass(frozen=True, slots=True)
class Scan:
    """How a plan finds the rows of one table.

    Attributes:
        condition: On the key; None where all rows are gone through.
    """

    table: str
    condition: str | None

    @property
    def is_by_trust(self) -> bool:
        """Whether it looks only at rows of trusts that are named."""
        return self.condition is not None and "ods_code" in self.condition


def scans_of(plan: Mapping[str, Any]) -> Iterator[Scan]:
    """Yield how a plan, as `EXPLAIN (FORMAT JSON)` has it, finds rows."""
    if "Relation Name" in plan and plan["Node Type"] != "ModifyTable":
        condition = plan.get("Index Cond") or plan.get("Recheck Cond")
        yield Scan(plan["Relation Name"], condition)
    for one in plan.get("Plans", ()):
        yield from scans_of(one)


@contextmanager
def executed(engine: Engine) -> Iterator[dict[str, Any]]:
    """Yield the statements that are executed meanwhile, with what was filled in."""
    found: dict[str, Any] = {}

    def note(*args: Any) -> None:  # noqa: ANN401 — as SQLAlchemy has it
        _, _, statement, filled_in, _, is_many = args
        if not is_many and statement.split(None, 1)[0] in {"SELECT", "WITH", "UPDATE", "INSERT"}:
            found.setdefault(statement, filled_in)

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


class Planner:
    """The database's own word on how it would execute statements."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        connection.exec_driver_sql("VACUUM ANALYZE")
        names = [table.name for table in Row.metadata.sorted_tables]
        counted = connection.exec_driver_sql(
            "SELECT relname, reltuples FROM pg_class WHERE relname = ANY (%s)", (names,)
        )
        self.big = {name for name, rows in counted if rows >= MANY}

    def scans(self, statements: Mapping[str, Any]) -> list[Scan]:
        """Return how the rows of tables are found."""
        return [
            scan
            for statement, filled_in in statements.items()
            for scan in scans_of(self._plan(statement, filled_in))
        ]

    def explain(self, statements: Mapping[str, Any]) -> list[Scan]:
        """Return how the rows of tables are found that would be spread by trust."""
        return [scan for scan in self.scans(statements) if scan.table not in ELSEWHERE]

    @contextmanager
    def as_of_any_size(self) -> Iterator[None]:
        """Let small and empty tables be planned for as big ones are."""
        self._connection.exec_driver_sql("SET enable_seqscan = off")
        yield
        self._connection.exec_driver_sql("RESET enable_seqscan")

    def _plan(self, statement: str, filled_in: object) -> Mapping[str, Any]:
        asked = self._connection.exec_driver_sql(
            f"EXPLAIN (FORMAT JSON) {statement}",
            filled_in,  # type: ignore[arg-type] # as it came from there
        )
        (found,) = asked.scalar_one()
        plan: Mapping[str, Any] = found["Plan"]
        return plan


@pytest.fixture(scope="module")
def app(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """The service on the demonstration set, which keeps no answers."""
    folder: Path = tmp_path_factory.mktemp("plans")
    with kept.copy("postgresql", demonstration, folder) as url, borrowed_app(url) as app:
        app.state.settings = app.state.settings.model_copy(update={"warm_megabytes": 0})
        yield app


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


@pytest.fixture(scope="module")
def national(app: FastAPI, client: TestClient) -> Headers:
    """The headers of the national team, for which the trust has a plan, too."""
    headers = Given(app.state.engine).token("national")
    plan = plan_body(targets=[])
    sent = client.put(f"{TRUST}/action-plans/2022-2025", json=plan, headers=headers)
    assert sent.status_code == 201, sent.text
    return headers


@pytest.fixture(scope="module")
def planner(app: FastAPI) -> Iterator[Planner]:
    engine = create_engine(app.state.settings.database_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield Planner(connection)
    engine.dispose()


def statements_of(
    app: FastAPI, client: TestClient, path: str, headers: Headers
) -> Mapping[str, Any]:
    asked = headers if path.startswith("/v1/") else {"Accept": "text/html"}
    with executed(app.state.engine) as found:
        answer = client.get(path, headers=asked)
    assert answer.status_code == 200, answer.text
    assert found != {}
    return found


@pytest.mark.parametrize("path", OF_ONE_TRUST)
def test_a_read_of_one_trust_looks_at_its_rows_alone(
    app: FastAPI, client: TestClient, national: Headers, planner: Planner, path: str
) -> None:
    statements = statements_of(app, client, path, national)

    as_it_is = [one for one in planner.explain(statements) if one.table in planner.big]
    with planner.as_of_any_size():
        as_it_grows = planner.explain(statements)

    assert [one for one in as_it_is if not one.is_by_trust] == []
    assert [one for one in as_it_grows if not one.is_by_trust] == []


def test_a_change_of_one_trust_looks_at_its_rows_alone(
    app: FastAPI, client: TestClient, national: Headers, planner: Planner
) -> None:
    body = {**actuals_body(), "reason": "Counted again"}
    with executed(app.state.engine) as statements:
        sent = client.put(
            f"{TRUST}/actuals/2025", json=body, headers={**national, "If-Match": "*"}
        )
    assert sent.status_code == 200, sent.text

    with planner.as_of_any_size():
        found = planner.explain(statements)

    assert [one for one in found if not one.is_by_trust] == []


@pytest.mark.parametrize("path", NATIONAL)
def test_a_national_read_goes_through_the_listed_tables_alone(
    app: FastAPI, client: TestClient, national: Headers, planner: Planner, path: str
) -> None:
    statements = statements_of(app, client, path, national)

    scanned = {
        one.table
        for one in planner.explain(statements)
        if one.table in planner.big and not one.is_by_trust
    }

    assert scanned <= NATIONAL[path]


def test_a_page_of_changes_is_read_from_where_the_last_one_ended(
    app: FastAPI, client: TestClient, national: Headers, planner: Planner
) -> None:
    cursor = client.get("/v1/changes?limit=5", headers=national).json()["next"]
    statements = statements_of(app, client, f"/v1/changes?limit=5&after={cursor}", national)

    found = [one for one in planner.scans(statements) if one.table in LOGS]

    assert [one.table for one in found] == ["change"]
    assert "number" in str(found[0].condition)
