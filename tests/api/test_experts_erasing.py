"""WRES experts: the person is erased everywhere, and the counts stay."""

import logging
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from app.store.engine import reading
from tests.api.databases import on_sqlite
from tests.api.experts import (
    EMAIL,
    NAME,
    PATH,
    TODAY,
    TOMORROW,
    YESTERDAY,
    erase,
    erased,
    expert_body,
    ids,
    not_found,
    record,
    shown,
    support,
)
from tests.bodies import JSON, Headers, problem, problem_of
from tests.given import Given

OTHER_NAME, OTHER_EMAIL = "Tarquell Expert", "tarquell@trust.example"


def _change(client: TestClient, national: Headers, expert_id: str, body: JSON) -> None:
    headers = national | {"If-Match": '"1"'}
    assert client.put(f"{PATH}/{expert_id}", json=body, headers=headers).status_code == 200


def test_an_erased_person_is_nowhere_in_the_database(
    client: TestClient, given: Given, national: Headers, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    expert_id = record(client, national, support("RZ1"))
    changed = expert_body(name=OTHER_NAME, email=OTHER_EMAIL)
    _change(client, national, expert_id, changed)
    another = record(client, national, name="Another Expert", email="another@trust.example")
    before = given.read_database()
    persons = (NAME, EMAIL, OTHER_NAME, OTHER_EMAIL)

    response = client.delete(f"{PATH}/{expert_id}", headers=national)

    assert response.status_code == 204
    assert response.content == b""
    assert "content-type" not in response.headers
    kept = given.read_database()
    assert [person in before for person in persons] == [True] * 4
    assert [person in kept for person in persons] == [False] * 4
    assert [person in caplog.text for person in persons] == [False] * 4
    assert client.get(f"{PATH}/{another}", headers=national).json()["name"] == "Another Expert"


def test_an_erased_expert_is_shown_without_the_person(
    client: TestClient, national: Headers
) -> None:
    supports = (support("RZ1"), support("ZZ901", "2020-01-01", "2020-12-31"))
    expert_id = record(client, national, *supports)
    erase(client, national, expert_id)

    response = client.get(f"{PATH}/{expert_id}", headers=national)

    assert response.status_code == 200
    assert response.headers["etag"] == '"1-erased"'
    assert response.json() == erased(shown(expert_id, *supports), "2026-11-23T09:00:01Z")
    listed = client.get(PATH, headers=national)
    assert listed.json() == {"items": [response.json()], "next": None}


def _count(client: TestClient, national: Headers, on: date) -> dict[str, int]:
    """Return how many experts support each trust on a day."""
    path, params = "/v1/england/experts", {"on": str(on)}
    found = client.get(path, params=params, headers=national).json()["items"]
    return {one["ods_code"]: one["experts"] for one in found}


def test_erasing_keeps_the_counts_until_its_day_and_ends_what_went_on(
    client: TestClient, given: Given, national: Headers
) -> None:
    over, planned = support("RZ0", "2020-01-01", "2020-12-31"), support("RZ2", TOMORROW)
    ending = support("RZ1", "2026-01-01", "2027-03-31")
    expert_id = record(client, national, support("RZ1"))
    _change(client, national, expert_id, expert_body(over, ending, planned))
    days = (date(2020, 6, 1), YESTERDAY, TODAY, TOMORROW)
    rows = given.count_rows()
    before = [_count(client, national, day) for day in days]

    erase(client, national, expert_id)

    after = [_count(client, national, day) for day in days]
    assert after[:3] == before[:3]
    assert {code for code, number in before[3].items() if number} == {"RZ1", "RZ2"}
    assert set(after[3].values()) == {0}
    assert given.count_rows() == rows | {
        "change": rows["change"] + 1,
        "changes": rows["changes"] + 1,
        "audit_entry": rows["audit_entry"] + 1,
    }
    found = client.get(f"{PATH}/{expert_id}", headers=national).json()
    assert found["supports"] == [over, ending | {"ends": str(TODAY)}]


def test_a_trust_whose_only_expert_was_erased_has_none_from_the_next_day_on(
    client: TestClient, national: Headers
) -> None:
    erase(client, national, record(client, national, support("RZ1")))
    path = "/v1/england/experts"

    lists = [
        client.get(path, params={"without": "true", "on": str(day)}, headers=national).json()
        for day in (TODAY, TOMORROW)
    ]

    assert ["RZ1" in [one["ods_code"] for one in found["items"]] for found in lists] == [
        False,
        True,
    ]
    params = {"trust": "RZ1", "on": str(TOMORROW)}
    assert ids(client.get(PATH, params=params, headers=national)) == []


@on_sqlite
def test_what_is_not_off_the_disk_yet_is_logged_and_cleared_by_erasing_again(
    client: TestClient, app: FastAPI, national: Headers, caplog: pytest.LogCaptureFixture
) -> None:
    engine = app.state.engine
    database = Path(engine.url.database)
    expert_id = record(client, national, support("RZ1"))

    def on_disk() -> list[bool]:
        kept = b"".join(one.read_bytes() for one in database.parent.glob(f"{database.name}*"))
        return [word.encode() in kept for word in (NAME, EMAIL)]

    with reading(engine) as session:
        session.execute(text("SELECT count(*) FROM expert"))
        erase(client, national, expert_id)
        while_read = on_disk()
    first = [one.getMessage() for one in caplog.records if one.levelname == "WARNING"]
    caplog.clear()
    erase(client, national, expert_id)

    assert while_read == [True, True]
    assert first == [f"erased, but not off the disk yet: expert {expert_id}; delete it again"]
    assert on_disk() == [False, False]
    assert [one for one in caplog.records if one.levelname == "WARNING"] == []


def test_an_erased_expert_is_unknown_to_trusts(
    client: TestClient, given: Given, national: Headers
) -> None:
    trust = given.token("trust", "RZ1")
    expert_id = record(client, national, support("RZ1"))
    paths = (PATH, "/v1/trusts/RZ1/experts")
    before = [len(client.get(path, headers=trust).json()["items"]) for path in paths]

    erase(client, national, expert_id)

    assert before == [1, 1]
    for path in paths:
        assert client.get(path, headers=trust).json() == {"items": [], "next": None}
    assert problem_of(client.get(f"{PATH}/{expert_id}", headers=trust)) == not_found(expert_id)


@pytest.mark.parametrize("precondition", [{}, {"If-Match": '"1"'}, {"If-Match": "*"}])
def test_erasing_once_more_changes_nothing(
    client: TestClient, given: Given, national: Headers, precondition: Headers
) -> None:
    path = f"{PATH}/{record(client, national, support('RZ1'))}"
    headers = national | precondition
    first = client.delete(path, headers=headers)
    before = given.read_database()

    second = client.delete(path, headers=headers)

    assert (first.status_code, second.status_code) == (204, 204)
    assert given.read_database() == before


def test_erasing_something_else_than_what_is_held_is_refused(
    client: TestClient, given: Given, national: Headers
) -> None:
    expert_id = record(client, national)
    before = given.read_database()

    response = client.delete(
        f"{PATH}/{expert_id}", headers=national | {"If-Match": '"2", "1-erased"'}
    )

    assert problem_of(response) == problem(
        412,
        "revision-stale",
        "Revision is stale",
        'The precondition does not hold: what is held is "1". Read it again, then repeat the'
        " change.",
        held='"1"',
    )
    assert given.read_database() == before


@pytest.mark.parametrize("etag", ['"1"', '"1-erased"', "*", None])
def test_an_erased_expert_stays_so(
    client: TestClient, given: Given, national: Headers, etag: str | None
) -> None:
    expert_id = record(client, national)
    erase(client, national, expert_id)
    before = given.read_database()

    response = client.put(
        f"{PATH}/{expert_id}",
        json=expert_body(),
        headers=national | ({"If-Match": etag} if etag else {}),
    )

    assert problem_of(response) == problem(
        409,
        "expert-erased",
        "Expert was erased",
        f"The WRES expert {expert_id} was erased; record a new one.",
        expert_id=expert_id,
    )
    assert given.read_database() == before
