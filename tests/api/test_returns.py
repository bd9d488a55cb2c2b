"""Who has sent and set what at a census, and what is overdue."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from app.domain.measures import Measure
from tests.api.beginnings import Begin
from tests.api.returns import COVERED, FILE, OVERDUE, PATH, SHOWN, SIGNED_OFF, send
from tests.bodies import JSON, Headers
from tests.given import Clock, Given

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

STARTS_WAITING = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def begin(request: pytest.FixtureRequest) -> Begin | None:
    return send if "sent" in request.fixturenames else None


@pytest.fixture
def sent(client: TestClient) -> TestClient:
    """A client of a service that holds what was sent for 2024."""
    return client


def codes(body: JSON) -> list[str]:
    """Return whose rows a list has."""
    return [one["ods_code"] for one in body["items"]]


def test_the_national_team_is_told_of_every_trust_overdue_ones_first(
    sent: TestClient, national: Headers
) -> None:
    response = sent.get(PATH, headers=national)

    assert response.status_code == 200
    assert response.json() == SHOWN


def test_the_list_is_a_file_too(sent: TestClient, national: Headers) -> None:
    response = sent.get(PATH, headers=national | {"Accept": "text/csv"})

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/csv")
    assert response.text.replace("\r\n", "\n") == FILE


def test_days_are_counted_until_today(sent: TestClient, national: Headers, clock: Clock) -> None:
    first = sent.get(PATH, headers=national)
    clock.set(STARTS_WAITING)

    again = sent.get(PATH, headers=national | {"If-None-Match": first.headers["etag"]})

    assert again.status_code == 200
    body = again.json()
    overdue = body["items"][0]
    assert (body["day"], body["as_of"]) == ("2026-11-30", SHOWN["as_of"])
    assert overdue["actuals"]["days_overdue"] == 852
    assert overdue["targets"][0]["days_waiting"] == 7


def test_an_answer_that_has_not_changed_is_not_sent_again(
    sent: TestClient, national: Headers
) -> None:
    first = sent.get(PATH, headers=national)

    again = sent.get(PATH, headers=national | {"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("instant", "statuses", "due", "summary"),
    [
        (
            "2026-11-23T08:59:59Z",
            ["awaited", "awaited", "awaited"],
            None,
            (3, 0, 0, 0, 0, 0, 0, 0, 0),
        ),
        (
            "2026-11-23T09:00:00Z",
            ["overdue", "overdue", "overdue"],
            "2024-06-30",
            (3, 0, 0, 3, 0, 0, 0, 0, 0),
        ),
        (
            "2026-11-23T09:00:02Z",
            ["overdue", "covered", "sent_provisional"],
            "2024-06-30",
            (3, 2, 0, 1, 0, 0, 0, 0, 0),
        ),
        (
            "2026-11-23T09:00:03Z",
            ["overdue", "covered", "signed_off"],
            "2024-06-30",
            (3, 2, 2, 1, 0, 0, 0, 0, 0),
        ),
        (
            "2026-11-23T09:00:06Z",
            ["overdue", "covered", "signed_off"],
            "2024-06-30",
            (3, 2, 2, 1, 0, 1, 1, 0, 0),
        ),
        (
            "2026-11-23T09:00:08Z",
            ["overdue", "covered", "signed_off"],
            "2024-06-30",
            (3, 2, 2, 1, 1, 1, 1, 1, 1),
        ),
    ],
)
def test_a_question_as_of_an_instant_is_answered_with_what_was_known_then(
    *,
    sent: TestClient,
    national: Headers,
    instant: str,
    statuses: list[str],
    due: str | None,
    summary: tuple[int, ...],
) -> None:
    body = sent.get(PATH, headers=national, params={"as_of": instant}).json()

    assert (body["as_of"], body["day"], body["due"]) == (instant, "2026-11-23", due)
    assert [one["actuals"]["status"] for one in body["items"]] == statuses
    counts = {name: told for name, told in body["summary"].items() if name != "plans_by_cycle"}
    assert tuple(counts.values()) == summary


def test_days_are_counted_until_the_instant_that_is_asked_for(
    sent: TestClient, national: Headers, clock: Clock
) -> None:
    clock.set(STARTS_WAITING)

    body = sent.get(PATH, headers=national, params={"as_of": "2026-11-25T00:00:00Z"}).json()

    assert body["day"] == "2026-11-25"
    assert body["items"][0]["actuals"]["days_overdue"] == 847
    assert body["items"][0]["targets"][0]["days_waiting"] == 2


@pytest.mark.parametrize(
    ("params", "items", "expected", "overdue"),
    [
        ({"region": "Y56"}, [COVERED, SIGNED_OFF], 2, 0),
        ({"icb": "QHM"}, [OVERDUE], 1, 1),
        ({"region": "Y56", "icb": "QHM"}, [], 0, 0),
        ({"status": "covered"}, [COVERED], 3, 1),
        ({"status": "awaited"}, [], 3, 1),
        ({"region": "Y63", "status": "overdue"}, [OVERDUE], 1, 1),
    ],
)
def test_the_list_is_narrowed_by_place_and_status_the_counts_by_place_alone(
    *,
    sent: TestClient,
    national: Headers,
    params: dict[str, str],
    items: list[JSON],
    expected: int,
    overdue: int,
) -> None:
    body = sent.get(PATH, headers=national, params=params).json()

    assert body["items"] == items
    summary = body["summary"]
    assert (summary["expected"], summary["overdue"]) == (expected, overdue)


def test_the_list_comes_in_pages(sent: TestClient, national: Headers) -> None:
    def pages() -> Iterator[JSON]:
        cursor: str | None = ""
        while cursor is not None:
            params: dict[str, str | int] = {"limit": 2} | ({"cursor": cursor} if cursor else {})
            body = sent.get(PATH, headers=national, params=params).json()
            yield body
            cursor = body["next"]

    first, second = pages()

    assert first["items"] == [OVERDUE, COVERED]
    assert second["items"] == [SIGNED_OFF]
    assert first["summary"] == second["summary"] == SHOWN["summary"]


def test_a_target_waits_until_it_is_reviewed(
    sent: TestClient, national: Headers, clock: Clock
) -> None:
    clock.set(STARTS_WAITING)
    path = "/v1/trusts/RZ2/targets/leadership-2022-2025"
    reviewed = sent.post(f"{path}/review", json={"version": 1, "comment": None}, headers=national)
    assert reviewed.status_code == 200, reviewed.text

    body = sent.get(PATH, headers=national).json()

    (target,) = body["items"][0]["targets"]
    assert target == {
        **SHOWN["items"][0]["targets"][0],
        "state": "reviewed",
        "waiting_since": None,
        "waiting_since_reason": "already_reviewed",
        "days_waiting": None,
        "days_waiting_reason": "already_reviewed",
    }
    assert body["summary"] == {**SHOWN["summary"], "targets_waiting": 0}
    assert body["as_of"] == "2026-11-30T12:00:00Z"


def test_a_draft_is_told_and_does_not_count(client: TestClient, national: Headers) -> None:
    body = {"measure": "workforce", "cycle": "2022-2025", "goal_share": "0.2"}
    drafted = client.post("/v1/trusts/RZ2/targets", json=body, headers=national)
    assert drafted.status_code == 201

    found = client.get(PATH, headers=national, params={"icb": "QHM"}).json()

    assert found["items"][0]["targets"] == [
        {
            "id": "workforce-2022-2025",
            "measure": "workforce",
            "staff_group": None,
            "cycle": "2022-2025",
            "closing": False,
            "version": 1,
            "state": "draft",
            "submitted_at": None,
            "submitted_at_reason": "not_submitted",
            "waiting_since": None,
            "waiting_since_reason": "not_submitted",
            "days_waiting": None,
            "days_waiting_reason": "not_submitted",
        }
    ]
    assert found["summary"]["with_targets"] == 0


@pytest.mark.parametrize(
    ("year", "cycle", "targets", "counted"),
    [
        (2021, "2019-2022", [], 0),
        (2022, "2022-2025", [("2022-2025", False)], 1),
        (2025, "2025-2028", [("2022-2025", True)], 0),
        (2026, "2025-2028", [], 0),
    ],
)
def test_where_one_cycle_ends_and_another_begins_both_are_told_and_the_new_one_counts(
    *,
    sent: TestClient,
    national: Headers,
    year: int,
    cycle: str,
    targets: list[tuple[str, bool]],
    counted: int,
) -> None:
    body = sent.get(f"/v1/england/returns/{year}", headers=national, params={"icb": "QHM"}).json()

    assert body["cycle"] == cycle
    (row,) = body["items"]
    assert [(one["cycle"], one["closing"]) for one in row["targets"]] == targets
    assert body["summary"]["with_targets"] == counted


def test_before_the_first_cycle_nothing_is_set(client: TestClient, national: Headers) -> None:
    body = client.get("/v1/england/returns/2018", headers=national).json()

    assert (body["cycle"], body["cycle_reason"]) == (None, "no_cycle")
    assert {one["action_plan_reason"] for one in body["items"]} == {"no_cycle"}


def test_a_census_that_is_not_open_or_has_no_due_date_awaits_everybody(
    client: TestClient, national: Headers
) -> None:
    entered = client.put("/v1/censuses/2027", json={"opens": "2027-04-01"}, headers=national)
    assert entered.status_code == 201

    found = {
        year: client.get(f"/v1/england/returns/{year}", headers=national).json()
        for year in (2026, 2027)
    }

    for year, status in ((2026, "awaited"), (2027, "not_open")):
        body = found[year]
        assert (body["due"], body["due_reason"]) == (None, "no_due_date")
        assert codes(body) == ["RZ1", "RZ2"]
        for row in body["items"]:
            actuals = row["actuals"]
            assert (actuals["status"], row["overdue"]) == (status, False)
            for member in ("due", "days_overdue", "days_left"):
                assert (actuals[member], actuals[f"{member}_reason"]) == (None, "no_due_date")


def test_a_place_that_the_register_does_not_tell_is_null_with_a_reason(
    client: TestClient, national: Headers
) -> None:
    entered = client.put(
        "/v1/organisations/RZ9",
        json={"kind": "trust", "name": "Nowhere NHS Trust", "type": "ambulance"},
        headers=national,
    )
    assert entered.status_code == 201

    row = client.get(PATH, headers=national).json()["items"][-1]

    assert {name: row[name] for name in row if name.startswith(("ods", "region", "icb"))} == {
        "ods_code": "RZ9",
        "region": None,
        "region_reason": "not_in_register",
        "icb": None,
        "icb_reason": "not_in_register",
    }


def test_a_line_says_how_long_the_target_has_waited_that_waited_longest(
    client: TestClient, given: Given, national: Headers, clock: Clock
) -> None:
    given.actuals("RZ2", 2022)
    for measure in (Measure.LEADERSHIP, Measure.BAND_8A):
        given.target("RZ2", measure, "2022-2025", goal_share="0.2")
    path = "/v1/trusts/RZ2/targets/band-8a-2022-2025"
    clock.set(NOON)
    returned = client.post(
        f"{path}/return", json={"version": 1, "comment": "Aim higher"}, headers=national
    )
    assert returned.status_code == 200, returned.text

    found = client.get(PATH, headers=national | {"Accept": "text/csv"}, params={"icb": "QHM"})

    (line,) = csv.DictReader(found.text.splitlines())
    assert line["targets"] == "leadership-2022-2025:submitted band-8a-2022-2025:returned"
    assert {name: line[name] for name in line if "waiting" in name or "targets_" in name} == {
        "targets_draft": "0",
        "targets_submitted": "1",
        "targets_reviewed": "0",
        "targets_returned": "1",
        "targets_withdrawn": "0",
        "days_waiting": "22",
    }
