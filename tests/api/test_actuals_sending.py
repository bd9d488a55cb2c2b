"""Actuals sent in: shown whole, and the same again changes nothing."""

from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.actuals import PATH, SHOWN, send
from tests.bodies import Headers, actuals_body, categories, cells
from tests.given import Clock, Given


def test_a_first_census_is_created_and_shown_whole(client: TestClient, sender: Headers) -> None:
    body = actuals_body(covers=["ZZ901"], reason=None, notes=None)

    response = client.put(PATH, json=body, headers=sender)

    assert response.status_code == 201
    assert response.headers["content-type"] == "application/json"
    assert response.headers["etag"] == '"1"'
    assert response.headers["location"] == PATH
    assert response.json() == SHOWN


def test_what_was_sent_is_read_back_whole(client: TestClient, sender: Headers) -> None:
    send(client, sender)

    response = client.get(PATH)

    assert response.status_code == 200
    assert response.headers["etag"] == '"1"'
    assert response.json() == SHOWN


def test_cells_are_shown_in_the_order_of_the_template(client: TestClient, sender: Headers) -> None:
    sent = [
        *cells({"unknown": 2, "white": 4}, staff_group="medical", band="consultant"),
        *cells({"bme": 1}, staff_group="clinical", band="vsm"),
        *cells({"bme": 3, "white": 5}, staff_group="non_clinical", band="9"),
        *cells({"white": 6}, staff_group="non_clinical", band="under_1"),
    ]

    response = client.put(PATH, json=actuals_body(sent), headers=sender)

    assert response.json()["headcounts"] == [
        *cells({"white": 6}, staff_group="non_clinical", band="under_1"),
        *cells({"white": 5, "bme": 3}, staff_group="non_clinical", band="9"),
        *cells({"bme": 1}, staff_group="clinical", band="vsm"),
        *cells({"white": 4, "unknown": 2}, staff_group="medical", band="consultant"),
    ]
    assert response.json()["totals"] == {"workforce": 21, "bme": 4}


def test_categories_are_mapped_at_the_door_and_not_kept(
    client: TestClient, given: Given, sender: Headers
) -> None:
    # Irish, Gypsy and Roma staff are white; not stated, not known and blank are unknown.
    counts = {"A": 1, "B": 2, "C": 4, "CL": 8, "M": 16, "PC": 32, "Z": 64, "99": 128, "": 256}
    body = actuals_body(categories(counts), totals={"workforce": 511, "bme": 48})

    response = client.put(PATH, json=body, headers=sender)

    assert response.status_code == 201, response.text
    assert response.json()["headcounts"] == cells({"white": 15, "bme": 48, "unknown": 448})
    assert "PC" not in given.read_database()


@pytest.mark.parametrize(
    "precondition",
    [
        {},
        {"If-Match": '"1"'},
        {"If-Match": '"7"'},
        {"If-Match": "*"},
        {"If-None-Match": "*"},
        {"If-None-Match": '"1"'},
    ],
    ids=str,
)
def test_the_same_body_changes_nothing_whatever_its_precondition(
    client: TestClient, given: Given, sender: Headers, precondition: Headers
) -> None:
    send(client, sender)
    before = given.count_rows()

    response = client.put(PATH, json=actuals_body(), headers=sender | precondition)

    assert response.status_code == 200
    assert response.headers["etag"] == '"1"'
    assert "location" not in response.headers
    assert response.json() == SHOWN
    assert given.count_rows() == before


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(actuals_body(cells({"white": 340, "bme": 61})), id="another order"),
        pytest.param(
            actuals_body(
                [
                    *cells({"bme": 61, "white": 340, "unknown": 0}),
                    *cells({"bme": 0}, staff_group="medical", band="trainee"),
                ]
            ),
            id="zeros sent",
        ),
        pytest.param(
            actuals_body(
                categories({"M": 60, "D": 1, "A": 300, "B": 40}),
                totals={"workforce": 401, "bme": 61},
            ),
            id="categories",
        ),
        pytest.param(actuals_body(covers=["ZZ901"]), id="covers named"),
        pytest.param(actuals_body(reason="Sent once more"), id="another reason"),
    ],
)
def test_a_body_that_says_the_same_changes_nothing(
    client: TestClient, given: Given, sender: Headers, body: dict[str, Any]
) -> None:
    send(client, sender)
    before = given.count_rows()

    response = client.put(PATH, json=body, headers=sender)

    assert response.status_code == 200
    assert response.json() == SHOWN
    assert given.count_rows() == before


def test_zeros_left_out_say_the_same_as_zeros_sent(client: TestClient, sender: Headers) -> None:
    with_zeros = actuals_body(cells({"bme": 61, "white": 340, "unknown": 0}))
    client.put(PATH, json=with_zeros, headers=sender)

    response = client.put(PATH, json=actuals_body(), headers=sender)

    assert response.status_code == 200
    assert response.json() == SHOWN


def test_a_census_that_opens_today_is_accepted(
    client: TestClient, clock: Clock, sender: Headers
) -> None:
    clock.set(datetime(2026, 4, 1, 12, tzinfo=UTC))

    response = client.put(
        "/v1/trusts/ZZ901/actuals/2026", json=actuals_body(covers=["ZZ901"]), headers=sender
    )

    assert response.status_code == 201


def test_the_first_census_of_all_is_accepted(client: TestClient, sender: Headers) -> None:
    response = client.put("/v1/trusts/ZZ901/actuals/2015", json=actuals_body(), headers=sender)

    assert response.status_code == 201
