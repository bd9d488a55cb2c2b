"""Predecessors of an organisation, entered with it or later."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from tests.api.organisations import ENTRY, NEW, PATH, PREDECESSOR, SHOWN, SUCCESSION, enter, entry
from tests.bodies import JSON, Headers, problem_of, refused
from tests.given import Given


def test_a_successor_is_entered_with_its_predecessors(
    client: TestClient, national: Headers
) -> None:
    response = client.put(NEW, json=entry(predecessors=[PREDECESSOR]), headers=national)

    assert response.status_code == 201
    assert response.json() == {**SHOWN, "predecessors": [SUCCESSION]}
    assert client.get(NEW).json() == response.json()
    assert client.get(f"{PATH}/ZZ901").json()["successors"] == [SUCCESSION]


def test_predecessors_left_out_stay_as_they_are(client: TestClient, national: Headers) -> None:
    enter(client, national, predecessors=[PREDECESSOR])

    same = client.put(NEW, json=ENTRY, headers=national)
    renamed = client.put(
        NEW, json=entry(name="Right Trust"), headers=national | {"If-Match": '"1"'}
    )

    assert (same.status_code, same.headers["etag"]) == (200, '"1"')
    assert renamed.json()["predecessors"] == [SUCCESSION]


def test_a_predecessor_is_added_later(client: TestClient, national: Headers) -> None:
    enter(client, national)

    body = entry(predecessors=[PREDECESSOR])
    unnamed = client.put(NEW, json=body, headers=national)
    named = client.put(NEW, json=body, headers=national | {"If-Match": '"1"'})

    assert unnamed.status_code == 428
    assert named.status_code == 200
    assert named.headers["etag"] == '"2"'
    assert named.json()["predecessors"] == [SUCCESSION]


@pytest.mark.parametrize(
    "predecessors",
    [
        pytest.param([PREDECESSOR, PREDECESSOR], id="twice"),
        pytest.param([PREDECESSOR, {**PREDECESSOR, "kind": "acquired"}], id="two kinds"),
    ],
)
def test_the_same_predecessor_twice_is_refused(
    client: TestClient, given: Given, national: Headers, predecessors: list[JSON]
) -> None:
    before = given.count_rows()

    response = client.put(NEW, json=entry(predecessors=predecessors), headers=national)

    found = problem_of(response)
    assert response.status_code == 422
    assert [one["pointer"].rpartition("/")[0] for one in found["errors"]] == ["/predecessors/1"]
    assert found == refused("organisation", *found["errors"])
    assert given.count_rows() == before


def test_how_a_trust_took_over_from_another_is_told_once(
    client: TestClient, given: Given, national: Headers
) -> None:
    enter(client, national, predecessors=[PREDECESSOR])
    before = given.count_rows()

    body = entry(predecessors=[{**PREDECESSOR, "kind": "acquired"}])
    response = client.put(NEW, json=body, headers=national | {"If-Match": '"1"'})

    # Either it is corrected or it is refused; it does not fail.
    assert response.status_code in {200, 409, 422}
    if response.status_code == 200:
        assert response.json()["predecessors"] == [{**SUCCESSION, "kind": "acquired"}]
    else:
        assert given.count_rows() == before


def test_a_succession_that_was_not_confirmed_can_be_told_again(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.merger("ZZ901", "ZZ902", on=date(2025, 4, 1), is_confirmed=False)
    body = {"kind": "trust", "name": "Community Trust", "predecessors": [PREDECESSOR]}

    response = client.put(f"{PATH}/ZZ902", json=body, headers=national | {"If-Match": "*"})

    assert response.status_code == 200
    assert len(response.json()["predecessors"]) == 1
