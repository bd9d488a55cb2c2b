"""Actuals corrected: each correction is a new revision, with its reason."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.actuals import CORRECTED, CORRECTION, PATH, REVISIONS, SHOWN, correct, send, without
from tests.bodies import Headers, actuals_body, cells, fault, problem_of, refused
from tests.given import Given


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"source": "ESR, second extract"}, {"source": "ESR, second extract"}),
        ({"notes": "Two hosted services left out"}, {"notes": "Two hosted services left out"}),
    ],
    ids=["source", "notes"],
)
def test_another_source_or_note_is_a_new_revision(
    client: TestClient, sender: Headers, change: dict[str, Any], shown: dict[str, Any]
) -> None:
    send(client, sender)

    body = actuals_body(reason="Described better", **change)
    response = client.put(PATH, json=body, headers=sender | {"If-Match": '"1"'})

    assert response.status_code == 200
    assert response.json() == {
        **SHOWN,
        "revision": 2,
        "reason": "Described better",
        "recorded_at": "2026-11-23T09:00:01Z",
        **shown,
    }


def test_a_correction_is_a_new_revision(client: TestClient, sender: Headers) -> None:
    send(client, sender)

    response = client.put(PATH, json=CORRECTION, headers=sender | {"If-Match": '"1"'})

    assert response.status_code == 200
    assert response.headers["etag"] == '"2"'
    assert response.json() == CORRECTED
    assert client.get(PATH).json() == CORRECTED


def test_a_body_sent_before_the_last_correction_is_a_change_again(
    client: TestClient, sender: Headers
) -> None:
    correct(client, sender)

    body = actuals_body(reason="The first figures were right")
    response = client.put(PATH, json=body, headers=sender | {"If-Match": '"2"'})

    assert response.status_code == 200
    assert response.json() == {
        **SHOWN,
        "revision": 3,
        "reason": "The first figures were right",
        "recorded_at": "2026-11-23T09:00:02Z",
    }


@pytest.mark.parametrize("reason", [None, "left out"])
def test_a_correction_needs_a_reason(
    client: TestClient, given: Given, sender: Headers, reason: str | None
) -> None:
    send(client, sender)
    before = given.count_rows()
    body = {**CORRECTION, "reason": None} if reason is None else without(CORRECTION, "reason")

    response = client.put(PATH, json=body, headers=sender | {"If-Match": '"1"'})

    assert problem_of(response) == refused(
        "actuals",
        fault("/reason", "reason_missing", "Say why: this changes revision 1, which is held."),
    )
    assert given.count_rows() == before


def test_revisions_show_what_each_changed(client: TestClient, sender: Headers) -> None:
    correct(client, sender)

    response = client.get(REVISIONS)

    assert response.status_code == 200
    assert response.json() == {
        "items": [
            {
                **without(SHOWN, "headcounts"),
                "changes": [
                    {
                        "staff_group": "clinical",
                        "band": "8a",
                        "ethnic_group": "white",
                        "before": 0,
                        "after": 340,
                    },
                    {
                        "staff_group": "clinical",
                        "band": "8a",
                        "ethnic_group": "bme",
                        "before": 0,
                        "after": 61,
                    },
                ],
            },
            {
                **without(CORRECTED, "headcounts"),
                "changes": [
                    {
                        "staff_group": "clinical",
                        "band": "8a",
                        "ethnic_group": "bme",
                        "before": 61,
                        "after": 60,
                    },
                    {
                        "staff_group": "clinical",
                        "band": "8a",
                        "ethnic_group": "unknown",
                        "before": 0,
                        "after": 1,
                    },
                ],
            },
        ],
        "next": None,
    }


def test_a_revision_that_drops_a_band_shows_the_people_who_went(
    client: TestClient, sender: Headers
) -> None:
    send(client, sender)
    body = actuals_body(
        cells({"bme": 61, "white": 340}, band="8b"), reason="They were banded wrongly"
    )
    client.put(PATH, json=body, headers=sender | {"If-Match": '"1"'})

    response = client.get(REVISIONS)

    assert [
        (change["band"], change["ethnic_group"], change["before"], change["after"])
        for change in response.json()["items"][1]["changes"]
    ] == [
        ("8a", "white", 340, 0),
        ("8a", "bme", 61, 0),
        ("8b", "white", 0, 340),
        ("8b", "bme", 0, 61),
    ]
