"""Whom a caller is for is looked at as of today: mergers and boundaries have dates."""

from datetime import date

from starlette.testclient import TestClient

from tests.bodies import Headers
from tests.given import START, Clock, Given

DAY = START.replace(month=12, day=1)
"""When the change takes effect, a week after the first request."""


def ask(client: TestClient, path: str, *callers: Headers) -> list[int]:
    """Return how each of some callers is answered."""
    return [client.get(path, headers=one).status_code for one in callers]


def test_a_trust_reaches_a_predecessor_from_the_day_of_the_merger(
    client: TestClient, given: Given, clock: Clock
) -> None:
    given.actuals("RZ2", 2024)
    given.merger("RZ2", "RZ1", on=DAY.date())
    successor, itself = given.token("trust", "RZ1"), given.token("trust", "RZ2")
    path = "/v1/trusts/RZ2/actuals/2024"

    before = ask(client, path, successor, itself)
    clock.set(DAY)

    assert before == [403, 200]
    assert ask(client, path, successor, itself) == [200, 200]


def test_an_area_reaches_the_trusts_that_lie_in_it_today(
    client: TestClient, given: Given, national: Headers, clock: Clock
) -> None:
    old, new = given.token("area", "QMF"), given.token("area", "QHM")
    moved = {
        "kind": "trust",
        "name": "First Example NHS Trust",
        "type": "acute",
        "icb": "QHM",
        "region": "Y63",
        "effective_from": date(2026, 12, 1).isoformat(),
    }
    entry = "/v1/organisations/RZ1"
    tag = {"If-Match": client.get(entry).headers["ETag"]}
    assert client.put(entry, json=moved, headers=national | tag).status_code == 200
    path = "/v1/trusts/RZ1/targets"

    before = ask(client, path, old, new)
    clock.set(DAY)

    assert before == [200, 403]
    assert ask(client, path, old, new) == [403, 200]
