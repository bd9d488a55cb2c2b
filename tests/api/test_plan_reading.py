"""Action plans read over HTTP: lists, instants, days, and what is not there."""

from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from tests.api.databases import on_sqlite
from tests.api.plans import (
    NOT_HELD,
    PATH,
    REVISIONS,
    SHOWN,
    TAG,
    action,
    plan_body,
    set_target,
    tag_of,
)
from tests.bodies import JSON, Headers, problem, problem_of
from tests.given import Clock, Given

PLANS = "/v1/trusts/ZZ901/action-plans"

CLOSED = [action(status="embedded")]


@pytest.fixture
def lead(given: Given) -> Headers:
    """The headers of ZZ901, which has set a target."""
    set_target(given)
    return given.token("trust", "ZZ901", name="ZZ901 EDI lead")


def test_plans_are_listed_by_cycle(client: TestClient, lead: Headers) -> None:
    later = client.put(
        f"{PLANS}/2025-2028", json=plan_body(targets=[], actions=[action()]), headers=lead
    )
    client.put(PATH, json=plan_body(), headers=lead)

    response = client.get(PLANS)

    first = SHOWN | {"recorded_at": "2026-11-23T09:00:01Z"}
    assert response.json() == {"items": [first, later.json()], "next": None}


def test_a_trust_without_plans_has_an_empty_list(client: TestClient) -> None:
    assert client.get(PLANS).json() == {"items": [], "next": None}


def test_plans_are_read_as_of_an_instant(client: TestClient, lead: Headers) -> None:
    client.put(PATH, json=plan_body(), headers=lead)
    client.put(PATH, json=plan_body(actions=CLOSED), headers=lead | {"If-Match": TAG})
    before, first, second = (
        {"as_of": f"2026-11-23T{time}Z"} for time in ("08:59:59", "09:00:00", "09:00:01")
    )

    assert client.get(PATH, params=first).json() == SHOWN
    assert tag_of(client.get(PATH, params=first)) == TAG
    assert tag_of(client.get(PATH, params=second)) == '"2"'
    assert problem_of(client.get(PATH, params=before)) == NOT_HELD
    assert problem_of(client.get(REVISIONS, params=before)) == NOT_HELD
    assert client.get(PLANS, params=before).json()["items"] == []
    assert client.get(PLANS, params=first).json()["items"] == [SHOWN]
    assert [one["revision"] for one in client.get(REVISIONS, params=first).json()["items"]] == [1]
    assert [one["revision"] for one in client.get(REVISIONS).json()["items"]] == [1, 2]


def test_what_is_overdue_is_told_for_the_day_of_the_instant(
    client: TestClient, clock: Clock, lead: Headers
) -> None:
    client.put(PATH, json=plan_body(actions=[action(due="2026-11-30")]), headers=lead)
    clock.set(datetime(2026, 12, 25, 9, tzinfo=UTC))
    days = {"2026-11-30": (False, 0), "2026-12-01": (True, 1), "2026-12-24": (True, 24)}

    found = {day: client.get(PATH, params={"as_of": f"{day}T12:00:00Z"}) for day in days} | {
        "2026-12-25": client.get(PATH)
    }

    assert {
        day: (one["overdue"], one["days_overdue"], answer.json()["overdue_actions"])
        for day, answer in found.items()
        for one in answer.json()["actions"]
    } == {
        day: (overdue, number, int(overdue))
        for day, (overdue, number) in (days | {"2026-12-25": (True, 25)}).items()
    }
    assert len({answer.headers["etag"] for answer in found.values()}) == len(found)


@pytest.mark.parametrize(
    ("actions", "status"), [([action()], 200), (CLOSED, 304)], ids=["open", "closed"]
)
def test_an_answer_holds_from_day_to_day_only_while_nothing_is_overdue(
    *, client: TestClient, clock: Clock, lead: Headers, actions: list[JSON], status: int
) -> None:
    client.put(PATH, json=plan_body(actions=actions), headers=lead)
    tag = client.get(PATH).headers["etag"]

    today = client.get(PATH, headers={"If-None-Match": tag})
    clock.set(datetime(2026, 11, 24, 9, tzinfo=UTC))
    tomorrow = client.get(PATH, headers={"If-None-Match": tag})

    assert (today.status_code, tomorrow.status_code) == (304, status)


@pytest.mark.parametrize("path", [PATH, REVISIONS])
def test_a_plan_that_is_not_held_is_not_found(client: TestClient, path: str) -> None:
    assert problem_of(client.get(path)) == NOT_HELD


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_a_plan_for_a_cycle_that_there_is_not_is_not_found(
    client: TestClient, national: Headers, method: str
) -> None:
    body = plan_body() if method == "PUT" else None
    response = client.request(method, f"{PLANS}/2021-2024", json=body, headers=national)

    assert problem_of(response) == problem(
        404,
        "cycle-not-found",
        "Cycle not found",
        "There is no cycle 2021-2024.",
        cycle="2021-2024",
    )


@on_sqlite
@pytest.mark.parametrize("code", ["ZZ999", "QMF"])
@pytest.mark.parametrize("end", ["", "/2022-2025", "/2022-2025/revisions"])
def test_plans_are_of_trusts_only(client: TestClient, code: str, end: str) -> None:
    assert problem_of(client.get(f"/v1/trusts/{code}/action-plans{end}")) == problem(
        404,
        "trust-not-found",
        "Trust not found",
        f"No trust has the ODS code {code}.",
        ods_code=code,
    )


@pytest.mark.parametrize("path", [PLANS, PATH, REVISIONS])
def test_the_future_is_not_known(client: TestClient, path: str) -> None:
    found = problem_of(client.get(path, params={"as_of": "2026-11-23T09:00:01Z"}))

    assert [(one["pointer"], one["code"]) for one in found["errors"]] == [
        ("?as_of", "as_of_in_future")
    ]
    assert found["type"] == "/problems/unacceptable-question"


@on_sqlite
@pytest.mark.parametrize("cycle", ["2022", "2022-25", "x"])
def test_a_cycle_is_named_by_its_years(client: TestClient, cycle: str) -> None:
    found = problem_of(client.get(f"{PLANS}/{cycle}"))

    assert [one["pointer"] for one in found["errors"]] == ["{cycle}"]
