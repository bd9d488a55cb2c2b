"""Actuals: sent in, read back, corrected, asked for as of an instant, and signed off."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.given import (
    Clock,
    Given,
    Headers,
    actuals_body,
    categories,
    cells,
    fault,
    malformed,
    problem,
    problem_of,
    refused,
)

PATH = "/v1/trusts/ZZ901/actuals/2024"
SIGN_OFF = f"{PATH}/sign-off"
REVISIONS = f"{PATH}/revisions"

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For what does not depend on the database."""

SHOWN = {
    "ods_code": "ZZ901",
    "year": 2024,
    "revision": 1,
    "state": "provisional",
    "synthetic": True,
    "source": "ESR staff in post, 31 March 2024",
    "covers": ["ZZ901"],
    "reason": None,
    "notes": None,
    "recorded_at": "2026-11-23T09:00:00Z",
    "recorded_by": "HR system",
    "supplied_by": None,
    "sign_off": None,
    "totals": {"workforce": 401, "bme": 61},
    "warnings": [],
    "headcounts": [
        {"staff_group": "clinical", "band": "8a", "ethnic_group": "white", "headcount": 340},
        {"staff_group": "clinical", "band": "8a", "ethnic_group": "bme", "headcount": 61},
    ],
}

CORRECTION = actuals_body(
    cells({"bme": 60, "white": 340, "unknown": 1}), reason="One person was counted as BME"
)

CORRECTED = {
    **SHOWN,
    "revision": 2,
    "reason": "One person was counted as BME",
    "recorded_at": "2026-11-23T09:00:01Z",
    "totals": {"workforce": 401, "bme": 60},
    "headcounts": [
        {"staff_group": "clinical", "band": "8a", "ethnic_group": "white", "headcount": 340},
        {"staff_group": "clinical", "band": "8a", "ethnic_group": "bme", "headcount": 60},
        {"staff_group": "clinical", "band": "8a", "ethnic_group": "unknown", "headcount": 1},
    ],
}

APPROVAL = {"board_date": "2024-07-25", "lead_role": "Chief People Officer"}

NOT_HELD = problem(
    404,
    "actuals-not-found",
    "Actuals not found",
    "No actuals of ZZ901 for the census of 2024 are held.",
    ods_code="ZZ901",
    year=2024,
)


def _without(body: dict[str, Any], *members: str) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in members}


def _send(client: TestClient, sender: Headers) -> None:
    assert client.put(PATH, json=actuals_body(), headers=sender).status_code == 201


def _correct(client: TestClient, sender: Headers) -> None:
    _send(client, sender)
    sent = client.put(PATH, json=CORRECTION, headers=sender | {"If-Match": '"1"'})
    assert sent.status_code == 200


def test_a_first_census_is_created_and_shown_whole(client: TestClient, sender: Headers) -> None:
    body = actuals_body(covers=["ZZ901"], reason=None, notes=None)

    response = client.put(PATH, json=body, headers=sender)

    assert response.status_code == 201
    assert response.headers["content-type"] == "application/json"
    assert response.headers["etag"] == '"1"'
    assert response.headers["location"] == PATH
    assert response.json() == SHOWN


def test_what_was_sent_is_read_back_whole(client: TestClient, sender: Headers) -> None:
    _send(client, sender)

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
    _send(client, sender)
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
    _send(client, sender)
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
    _send(client, sender)

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
    _send(client, sender)

    response = client.put(PATH, json=CORRECTION, headers=sender | {"If-Match": '"1"'})

    assert response.status_code == 200
    assert response.headers["etag"] == '"2"'
    assert response.json() == CORRECTED
    assert client.get(PATH).json() == CORRECTED


def test_a_body_sent_before_the_last_correction_is_a_change_again(
    client: TestClient, sender: Headers
) -> None:
    _correct(client, sender)

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
    _send(client, sender)
    before = given.count_rows()
    body = {**CORRECTION, "reason": None} if reason is None else _without(CORRECTION, "reason")

    response = client.put(PATH, json=body, headers=sender | {"If-Match": '"1"'})

    assert problem_of(response) == refused(
        "actuals",
        fault("/reason", "reason_missing", "Say why: this changes revision 1, which is held."),
    )
    assert given.count_rows() == before


def test_revisions_show_what_each_changed(client: TestClient, sender: Headers) -> None:
    _correct(client, sender)

    response = client.get(REVISIONS)

    assert response.status_code == 200
    assert response.json() == {
        "items": [
            {
                **_without(SHOWN, "headcounts"),
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
                **_without(CORRECTED, "headcounts"),
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
    _send(client, sender)
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


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-11-23T09:00:00Z", SHOWN),
        ("2026-11-23T09:00:00.999999Z", SHOWN),
        ("2026-11-23T10:00:00+01:00", SHOWN),
        ("2026-11-23T09:00:01Z", CORRECTED),
    ],
)
def test_a_question_as_of_an_instant_is_answered_with_what_was_known_then(
    client: TestClient, sender: Headers, as_of: str, expected: dict[str, Any]
) -> None:
    _correct(client, sender)

    response = client.get(PATH, params={"as_of": as_of})

    assert response.status_code == 200
    assert response.json() == expected
    assert response.headers["etag"] == f'"{expected["revision"]}"'


@pytest.mark.parametrize("as_of", ["2026-11-23T08:59:59.999999Z", "2000-01-01T00:00:00Z"])
def test_nothing_is_held_as_of_an_instant_before_the_first_revision(
    client: TestClient, sender: Headers, as_of: str
) -> None:
    _correct(client, sender)

    response = client.get(PATH, params={"as_of": as_of})

    assert problem_of(response) == NOT_HELD


@pytest.mark.parametrize("path", [PATH, "/v1/trusts/ZZ901/actuals"])
def test_the_future_is_not_known(client: TestClient, given: Given, path: str) -> None:
    given.actuals("ZZ901", 2024)

    response = client.get(path, params={"as_of": "2026-11-23T09:00:00.000001Z"})

    found = problem_of(response)
    assert found == {
        "type": "/problems/unacceptable-question",
        "title": "Unacceptable question",
        "status": 422,
        "detail": found["errors"][0]["detail"],
        "errors": [fault("?as_of", "as_of_in_future", found["errors"][0]["detail"])],
    }


@on_sqlite
@pytest.mark.parametrize(
    "as_of", ["", "yesterday", "2026-11-23", "2026-11-23T09:00:00", "1999-12-31T23:59:59Z"]
)
def test_an_instant_is_written_with_its_zone_and_is_not_before_2000(
    client: TestClient, given: Given, as_of: str
) -> None:
    given.actuals("ZZ901", 2024)

    found = problem_of(client.get(PATH, params={"as_of": as_of}))

    assert [one["pointer"] for one in found["errors"]] == ["?as_of"]
    assert found == malformed(*found["errors"])


def test_the_censuses_held_are_listed_with_the_shares_of_measures(
    client: TestClient, given: Given
) -> None:
    given.actuals("ZZ901", 2023)
    given.actuals(
        "ZZ901",
        2024,
        {
            ("clinical", "8a"): (5, 1, 0),
            ("non_clinical", "vsm"): (3, 0, 0),
            ("medical", "consultant"): (2, 1, 0),
        },
    )

    response = client.get("/v1/trusts/ZZ901/actuals")

    assert response.status_code == 200
    assert [item["year"] for item in response.json()["items"]] == [2023, 2024]
    assert response.json()["next"] is None
    newest = response.json()["items"][1]
    assert _without(newest, "shares", "warnings", "recorded_at") == {
        **_without(SHOWN, "headcounts", "warnings", "recorded_at"),
        "source": "ESR staff in post",
        "reason": "Corrected",
        "recorded_by": "ZZ901 workforce team",
        "totals": {"workforce": 12, "bme": 2},
    }
    assert [one["code"] for one in newest["warnings"]] == ["workforce_shift"]
    assert newest["shares"] == [
        {"measure": "workforce", "bme": 2, "total": 12, "share": 0.166667},
        {"measure": "leadership", "bme": 1, "total": 9, "share": 0.111111},
        {"measure": "senior_leadership", "bme": 0, "total": 3, "share": 0.0},
        {"measure": "band_8a", "bme": 1, "total": 6, "share": 0.166667},
        *(
            {
                "measure": measure,
                "bme": 0,
                "total": 0,
                "share": None,
                "share_reason": "no_people",
            }
            for measure in ("band_8b", "band_8c", "band_8d", "band_9")
        ),
        {"measure": "vsm", "bme": 0, "total": 3, "share": 0.0},
        {"measure": "consultants", "bme": 1, "total": 3, "share": 0.333333},
    ]


def test_the_list_is_as_of_an_instant_too(client: TestClient, given: Given) -> None:
    given.actuals("ZZ901", 2023, at=datetime(2026, 11, 2, tzinfo=UTC))
    given.actuals("ZZ901", 2024, at=datetime(2026, 11, 3, tzinfo=UTC))

    response = client.get("/v1/trusts/ZZ901/actuals", params={"as_of": "2026-11-02T12:00:00Z"})

    assert [item["year"] for item in response.json()["items"]] == [2023]


def test_a_trust_that_has_sent_nothing_has_an_empty_list(client: TestClient) -> None:
    response = client.get("/v1/trusts/ZZ902/actuals")

    assert response.status_code == 200
    assert response.json() == {"items": [], "next": None}


@pytest.mark.parametrize("path", [PATH, REVISIONS])
def test_a_census_that_is_not_held_is_not_found(client: TestClient, path: str) -> None:
    assert problem_of(client.get(path)) == NOT_HELD


@pytest.mark.parametrize("code", ["ZZ999", "QMF"])
def test_figures_are_of_trusts_only(client: TestClient, code: str) -> None:
    paths = [f"/v1/trusts/{code}/actuals{rest}" for rest in ("", "/2024", "/2024/revisions")]

    answers = [problem_of(client.get(path)) for path in paths]

    assert answers == 3 * [
        problem(
            404,
            "trust-not-found",
            "Trust not found",
            f"No trust has the ODS code {code}.",
            ods_code=code,
        )
    ]


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


# Warnings of the door


def _warned(client: TestClient, sender: Headers, *bands: list[dict[str, Any]]) -> list[Any]:
    """Return the warnings of a census of 2024, which stay with it."""
    body = actuals_body([cell for band in bands for cell in band])
    response = client.put(PATH, json=body, headers=sender)
    assert response.status_code == 201, response.text
    warnings: list[Any] = response.json()["warnings"]
    assert client.get(PATH).json()["warnings"] == warnings
    assert client.get(REVISIONS).json()["items"][0]["warnings"] == warnings
    return warnings


def _codes(warnings: list[Any]) -> list[str]:
    assert all(set(one) == {"code", "detail"} and one["detail"] for one in warnings)
    return [one["code"] for one in warnings]


@pytest.mark.parametrize(("unknown", "expected"), [(10, []), (11, ["unknown_ethnicity"])])
def test_more_than_a_tenth_unknown_is_warned_of(
    client: TestClient, sender: Headers, unknown: int, expected: list[str]
) -> None:
    sent = cells({"white": 100 - unknown, "unknown": unknown})

    assert _codes(_warned(client, sender, sent)) == expected


@pytest.mark.parametrize(
    ("unknown", "expected"),
    [(5, []), (8, []), (9, ["unknown_share_shift"]), (2, []), (1, ["unknown_share_shift"])],
)
def test_an_unknown_share_that_moves_by_more_than_three_points_is_warned_of(
    client: TestClient, given: Given, sender: Headers, unknown: int, expected: list[str]
) -> None:
    given.actuals("ZZ901", 2023, {("clinical", "8a"): (95, 0, 5)})

    sent = cells({"white": 100 - unknown, "unknown": unknown})

    assert _codes(_warned(client, sender, sent)) == expected


@pytest.mark.parametrize(
    ("workforce", "expected"),
    [(120, []), (121, ["workforce_shift"]), (80, []), (79, ["workforce_shift"])],
)
def test_a_workforce_that_changes_by_more_than_a_fifth_is_warned_of(
    client: TestClient, given: Given, sender: Headers, workforce: int, expected: list[str]
) -> None:
    given.actuals("ZZ901", 2023, {("clinical", "8a"): (90, 10, 0)})

    sent = cells({"white": workforce - 10, "bme": 10})

    assert _codes(_warned(client, sender, sent)) == expected


def test_a_workforce_that_grows_by_a_merger_is_not_warned_of(
    client: TestClient, given: Given, sender: Headers
) -> None:
    given.trust("ZZ906", closed=date(2023, 12, 31))
    given.merger("ZZ906", "ZZ901", on=date(2024, 1, 1))
    given.actuals("ZZ901", 2023, {("clinical", "8a"): (90, 10, 0)})

    assert _warned(client, sender, cells({"white": 180, "bme": 20})) == []


def test_a_workforce_that_grows_by_what_it_covers_is_not_warned_of(
    client: TestClient, given: Given, sender: Headers
) -> None:
    # The merger of 1 April comes the day after the census; the return already holds its staff.
    given.trust("ZZ906", closed=date(2024, 3, 31))
    given.merger("ZZ906", "ZZ901", on=date(2024, 4, 1))
    given.actuals("ZZ901", 2023, {("clinical", "8a"): (90, 10, 0)})

    body = actuals_body(cells({"white": 180, "bme": 20}), covers=["ZZ901", "ZZ906"])
    response = client.put(PATH, json=body, headers=sender)

    assert response.status_code == 201
    assert response.json()["warnings"] == []


def test_a_band_that_is_empty_and_was_not_is_warned_of(
    client: TestClient, given: Given, sender: Headers
) -> None:
    given.actuals(
        "ZZ901", 2023, {("clinical", "8a"): (340, 61, 0), ("non_clinical", "vsm"): (7, 1, 0)}
    )

    warnings = _warned(client, sender, cells({"white": 340, "bme": 61}))

    assert warnings == [
        {
            "code": "band_emptied",
            "detail": "non_clinical vsm is empty; it had 8 people in 2023.",
        }
    ]


def test_every_warning_is_given_at_once(client: TestClient, given: Given, sender: Headers) -> None:
    given.actuals("ZZ901", 2023, {("clinical", "8a"): (90, 10, 0), ("clinical", "9"): (9, 1, 0)})

    warnings = _warned(client, sender, cells({"white": 30, "bme": 10, "unknown": 10}))

    assert warnings == [
        {
            "code": "unknown_ethnicity",
            "detail": "The ethnicity of 20.0% of staff is not known; above 10 % the BME share is"
            " hard to compare.",
        },
        {
            "code": "unknown_share_shift",
            "detail": "The share of unknown ethnicity moved from 0.0% in 2023 to 20.0%, more than"
            " 3 percentage points.",
        },
        {
            "code": "workforce_shift",
            "detail": "The workforce went from 110 in 2023 to 50, by more than 20 %, without a"
            " merger.",
        },
        {
            "code": "band_emptied",
            "detail": "clinical 9 is empty; it had 10 people in 2023.",
        },
    ]


def test_warnings_stay_with_their_revision_when_the_year_before_is_corrected(
    client: TestClient, given: Given, sender: Headers
) -> None:
    given.actuals("ZZ901", 2023, {("clinical", "8a"): (90, 10, 0)})
    warnings = _warned(client, sender, cells({"white": 340, "bme": 61}))

    given.actuals("ZZ901", 2023, {("clinical", "8a"): (340, 60, 0)})

    assert _codes(warnings) == ["workforce_shift"]
    assert client.get(PATH).json()["warnings"] == warnings


# Successors


def test_a_successor_sends_its_predecessors_last_census(
    client: TestClient, sender: Headers
) -> None:
    path = "/v1/trusts/ZZ905/actuals/2024"

    response = client.put(path, json=actuals_body(covers=["ZZ904", "ZZ903"]), headers=sender)

    assert response.status_code == 201
    expected = {**SHOWN, "ods_code": "ZZ905", "covers": ["ZZ903", "ZZ904"]}
    assert response.json() == expected
    assert client.get(path).json() == expected


def test_a_predecessor_sends_its_own_last_census_after_it_closed(
    client: TestClient, sender: Headers
) -> None:
    response = client.put("/v1/trusts/ZZ903/actuals/2024", json=actuals_body(), headers=sender)

    assert response.status_code == 201
    assert response.json()["covers"] == ["ZZ903"]


def test_what_a_return_covers_is_part_of_what_it_says(client: TestClient, sender: Headers) -> None:
    path = "/v1/trusts/ZZ905/actuals/2024"
    client.put(path, json=actuals_body(covers=["ZZ903"]), headers=sender)

    body = actuals_body(covers=["ZZ903", "ZZ904"], reason="ZZ904 was in the figures")
    response = client.put(path, json=body, headers=sender | {"If-Match": '"1"'})

    assert response.status_code == 200
    assert response.json()["revision"] == 2
    assert response.json()["covers"] == ["ZZ903", "ZZ904"]


def test_the_same_trusts_covered_in_another_order_say_the_same(
    client: TestClient, sender: Headers
) -> None:
    path = "/v1/trusts/ZZ905/actuals/2024"
    client.put(path, json=actuals_body(covers=["ZZ903", "ZZ904"]), headers=sender)

    response = client.put(path, json=actuals_body(covers=["ZZ904", "ZZ903"]), headers=sender)

    assert response.status_code == 200
    assert response.json()["revision"] == 1


# Sign-off

SIGNED = {
    **SHOWN,
    "state": "signed_off",
    "sign_off": {
        "board_date": "2024-07-25",
        "lead_role": "Chief People Officer",
        "signed_off_at": "2026-11-23T09:00:01Z",
        "signed_off_by": "ZZ901 lead",
    },
}


@pytest.fixture
def lead(given: Given) -> Headers:
    return given.token("trust", "ZZ901", name="ZZ901 lead")


def test_a_signed_off_census_shows_the_approval(
    client: TestClient, sender: Headers, lead: Headers
) -> None:
    _send(client, sender)

    response = client.post(SIGN_OFF, json=APPROVAL, headers=lead)

    assert response.status_code == 200
    assert response.json() == SIGNED
    assert client.get(PATH).json() == SIGNED
    assert client.get(PATH).headers["etag"] == response.headers["etag"] != '"1"'


def test_the_same_approval_again_changes_nothing(
    client: TestClient, given: Given, sender: Headers, lead: Headers
) -> None:
    _send(client, sender)
    first = client.post(SIGN_OFF, json=APPROVAL, headers=lead)
    before = given.count_rows()

    second = client.post(SIGN_OFF, json=APPROVAL, headers=lead)

    assert second.status_code == 200
    assert second.json() == SIGNED
    assert second.headers["etag"] == first.headers["etag"]
    assert given.count_rows() == before


@pytest.mark.parametrize("change", [{"board_date": "2024-07-26"}, {"lead_role": "Chair"}])
def test_another_approval_of_the_same_revision_is_a_conflict(
    client: TestClient, sender: Headers, lead: Headers, change: dict[str, str]
) -> None:
    _send(client, sender)
    client.post(SIGN_OFF, json=APPROVAL, headers=lead)

    response = client.post(SIGN_OFF, json=APPROVAL | change, headers=lead)

    assert problem_of(response) == problem(
        409,
        "already-signed-off",
        "Already signed off",
        "Revision 1 of the actuals of ZZ901 for 2024 is already signed off; a correction is a new"
        " revision, signed off anew.",
        ods_code="ZZ901",
        year=2024,
        revision=1,
    )
    assert client.get(PATH).json() == SIGNED


def test_a_correction_is_provisional_again_until_it_is_signed_off_itself(
    client: TestClient, sender: Headers, lead: Headers
) -> None:
    _send(client, sender)
    signed = client.post(SIGN_OFF, json=APPROVAL, headers=lead)

    corrected = client.put(
        PATH, json=CORRECTION, headers=sender | {"If-Match": signed.headers["etag"]}
    )
    again = client.post(SIGN_OFF, json=APPROVAL | {"board_date": "2024-09-26"}, headers=lead)

    assert corrected.status_code == 200
    assert corrected.json() == {**CORRECTED, "recorded_at": "2026-11-23T09:00:02Z"}
    assert again.json()["sign_off"]["board_date"] == "2024-09-26"
    history = client.get(REVISIONS).json()["items"]
    assert [(one["state"], one["sign_off"]["board_date"]) for one in history] == [
        ("signed_off", "2024-07-25"),
        ("signed_off", "2024-09-26"),
    ]


def test_a_census_is_provisional_as_of_an_instant_before_its_sign_off(
    client: TestClient, sender: Headers, lead: Headers
) -> None:
    _send(client, sender)
    client.post(SIGN_OFF, json=APPROVAL, headers=lead)

    before = client.get(PATH, params={"as_of": "2026-11-23T09:00:00Z"})
    after = client.get(PATH, params={"as_of": "2026-11-23T09:00:01Z"})

    assert before.json() == SHOWN
    assert before.headers["etag"] == '"1"'
    assert after.json() == SIGNED


def test_a_sign_off_of_a_revision_that_is_no_longer_the_newest_is_refused(
    client: TestClient, sender: Headers, lead: Headers
) -> None:
    _correct(client, sender)

    response = client.post(SIGN_OFF, json=APPROVAL, headers=lead | {"If-Match": '"1"'})

    assert problem_of(response) == problem(
        412,
        "revision-stale",
        "Revision is stale",
        'The precondition does not hold: what is held is "2". Read it again, then repeat the'
        " change.",
        held='"2"',
    )
    assert client.get(PATH).json() == CORRECTED


def test_a_sign_off_of_the_revision_named_is_accepted(
    client: TestClient, sender: Headers, lead: Headers
) -> None:
    _send(client, sender)

    response = client.post(SIGN_OFF, json=APPROVAL, headers=lead | {"If-Match": '"1"'})

    assert response.status_code == 200
    assert response.json() == SIGNED


@pytest.mark.parametrize("board_date", ["2024-03-30", "2026-11-24"])
def test_a_board_approves_after_the_census_and_not_in_the_future(
    client: TestClient, given: Given, sender: Headers, lead: Headers, board_date: str
) -> None:
    _send(client, sender)
    before = given.count_rows()

    response = client.post(SIGN_OFF, json=APPROVAL | {"board_date": board_date}, headers=lead)

    assert problem_of(response) == refused(
        "sign-off",
        fault(
            "/board_date",
            "board_date_out_of_range",
            f"The board cannot have approved the census of 2024 on {board_date}; give a day from"
            " 31 March 2024 to today, 2026-11-23.",
        ),
    ) | {"type": "/problems/unacceptable-sign-off"}
    assert given.count_rows() == before


@pytest.mark.parametrize("board_date", ["2024-03-31", "2026-11-23"])
def test_a_board_may_approve_on_the_day_of_the_census_and_today(
    client: TestClient, sender: Headers, lead: Headers, board_date: str
) -> None:
    _send(client, sender)

    response = client.post(SIGN_OFF, json=APPROVAL | {"board_date": board_date}, headers=lead)

    assert response.status_code == 200


def test_what_is_not_held_cannot_be_signed_off(client: TestClient, lead: Headers) -> None:
    assert problem_of(client.post(SIGN_OFF, json=APPROVAL, headers=lead)) == NOT_HELD


def test_every_fault_of_a_sign_off_is_told(
    client: TestClient, sender: Headers, lead: Headers
) -> None:
    _send(client, sender)

    response = client.post(
        SIGN_OFF, json={"board_date": "25 July", "lead_role": " ", "minutes": 1}, headers=lead
    )

    found = problem_of(response)
    assert [one["pointer"] for one in found["errors"]] == [
        "/board_date",
        "/lead_role",
        "/minutes",
    ]
    assert found == malformed(*found["errors"])
