"""Action plans put over HTTP, and changed."""

from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from app.domain.measures import Measure
from tests.api.databases import on_sqlite
from tests.api.plans import (
    PANELS,
    PATH,
    REVISIONS,
    SHOWN,
    TAG,
    TARGET,
    action,
    plan_body,
    review,
    set_target,
    tag_of,
)
from tests.bodies import JSON, Headers, problem, problem_of
from tests.given import Clock, Given


@pytest.fixture
def lead(given: Given) -> Headers:
    """The headers of ZZ901, which has set a target."""
    set_target(given)
    return given.token("trust", "ZZ901", name="ZZ901 EDI lead")


def test_a_first_plan_is_created_and_read_back_whole(client: TestClient, lead: Headers) -> None:
    response = client.put(PATH, json=plan_body(), headers=lead)

    assert response.status_code == 201
    assert tag_of(response) == TAG
    assert response.headers["location"] == PATH
    assert response.json() == SHOWN
    read = client.get(PATH)
    assert (read.status_code, tag_of(read)) == (200, TAG)
    assert read.json() == SHOWN


def test_an_empty_plan_is_a_plan(client: TestClient, lead: Headers) -> None:
    response = client.put(PATH, json={"targets": [], "actions": []}, headers=lead)

    assert response.status_code == 201
    assert tag_of(response) == '"1"'
    assert response.json() == SHOWN | {
        "targets": [],
        "published_url": None,
        "published_on": None,
        "actions": [],
        "overdue_actions": 0,
    }


@pytest.mark.parametrize(
    "aim",
    [
        {"measure": "workforce", "staff_group": None},
        {"measure": "band_8a", "staff_group": "non_clinical"},
        {"indicator": 1},
        {"indicator": 9},
    ],
    ids=str,
)
def test_an_action_aims_at_a_measure_or_an_indicator(
    client: TestClient, lead: Headers, aim: JSON
) -> None:
    response = client.put(PATH, json=plan_body(actions=[action(aim=aim)]), headers=lead)

    assert response.status_code == 201
    assert [one["aim"] for one in client.get(PATH).json()["actions"]] == [aim]


@pytest.mark.parametrize(
    ("body", "precondition"),
    [
        pytest.param(plan_body(), {}, id="the same"),
        pytest.param(plan_body(), {"If-Match": '"7"'}, id="If-Match"),
        pytest.param(plan_body(), {"If-None-Match": "*"}, id="If-None-Match"),
        pytest.param(
            plan_body(actions=[action(title=f" {action()['title']} "), PANELS]), {}, id="spaces"
        ),
        pytest.param(
            plan_body(actions=[action(aim={"measure": "leadership"}), PANELS]),
            {},
            id="what may be left out",
        ),
    ],
)
def test_a_body_that_says_the_same_changes_nothing_whatever_its_precondition(
    *, client: TestClient, given: Given, lead: Headers, body: JSON, precondition: Headers
) -> None:
    client.put(PATH, json=plan_body(), headers=lead)
    before = given.count_rows()

    response = client.put(PATH, json=body, headers=lead | precondition)

    assert response.status_code == 200
    assert tag_of(response) == TAG
    assert response.json() == SHOWN
    assert given.count_rows() == before


def test_the_order_of_targets_and_reviews_says_nothing(
    client: TestClient, given: Given, lead: Headers
) -> None:
    targets = [TARGET, client.post(
        "/v1/trusts/ZZ901/targets",
        json={"measure": "band_8a", "cycle": "2022-2025", "goal_share": "0.2000"},
        headers=lead,
    ).json()["id"]]  # fmt: skip
    reviews = [review(), review(3, "Panels do too.")]
    first = client.put(PATH, json=plan_body(targets=targets, reviews=reviews), headers=lead)
    before = given.count_rows()

    body = plan_body(targets=targets[::-1], reviews=reviews[::-1])
    again = client.put(PATH, json=body, headers=lead)

    assert first.json()["targets"] == sorted(targets)
    assert (again.status_code, again.json()) == (200, first.json())
    assert given.count_rows() == before


def test_a_change_is_a_new_revision_and_what_it_changed_is_told(
    client: TestClient, given: Given, lead: Headers, national: Headers
) -> None:
    other = given.target("ZZ901", Measure.BAND_8A, "2022-2025", goal_share="0.1800")
    client.put(PATH, json=plan_body(), headers=lead)
    changed = plan_body(
        targets=[other],
        published_url=None,
        actions=[action(id="ambassadors"), action(status="embedded")],
        reviews=[review()],
    )

    response = client.put(PATH, json=changed, headers=national | {"If-Match": TAG})

    assert response.status_code == 200
    assert tag_of(response) == '"2"'
    body = response.json()
    assert (body["revision"], body["targets"], body["supplied_by"]) == (2, [other], "national")
    assert [one["id"] for one in body["actions"]] == ["ambassadors", "sponsors"]
    assert client.get(PATH).json() == body
    nothing: JSON = {
        "actions_added": [],
        "actions_removed": [],
        "actions_changed": [],
        "actions_reordered": False,
        "targets_added": [],
        "targets_removed": [],
        "reviews_added": [],
        "reviews_changed": [],
        "publication_changed": True,
    }
    assert client.get(REVISIONS).json() == {
        "items": [
            {
                "revision": 1,
                "recorded_at": "2026-11-23T09:00:00Z",
                "recorded_by": "ZZ901 EDI lead",
                "supplied_by": None,
                "changes": nothing
                | {"actions_added": ["sponsors", "mixed-panels"], "targets_added": [TARGET]},
            },
            {
                "revision": 2,
                "recorded_at": "2026-11-23T09:00:01Z",
                "recorded_by": "national team",
                "supplied_by": "national",
                "changes": nothing
                | {
                    "actions_added": ["ambassadors"],
                    "actions_removed": ["mixed-panels"],
                    "actions_changed": ["sponsors"],
                    "targets_added": [other],
                    "targets_removed": [TARGET],
                    "reviews_added": [1],
                },
            },
        ],
        "next": None,
    }


def test_another_order_of_the_actions_is_a_new_revision(client: TestClient, lead: Headers) -> None:
    client.put(PATH, json=plan_body(), headers=lead)

    body = plan_body(actions=[PANELS, action()])
    response = client.put(PATH, json=body, headers=lead | {"If-Match": TAG})

    assert response.json()["revision"] == 2
    changes = client.get(REVISIONS).json()["items"][1]["changes"]
    assert [name for name, value in changes.items() if value] == ["actions_reordered"]


@on_sqlite
@pytest.mark.parametrize("tag", [TAG, '"1"', '"1@2024-02-29"', '"3", "1@2026-11-20"', "*"])
def test_a_change_names_the_revision_whatever_the_day_on_which_it_was_read(
    *, client: TestClient, lead: Headers, tag: str
) -> None:
    client.put(PATH, json=plan_body(), headers=lead)

    response = client.put(PATH, json=plan_body(actions=[]), headers=lead | {"If-Match": tag})

    assert (response.status_code, tag_of(response)) == (200, '"2"')


def test_a_change_that_does_not_name_what_is_held_is_refused(
    client: TestClient, given: Given, lead: Headers
) -> None:
    client.put(PATH, json=plan_body(), headers=lead)
    client.put(PATH, json=plan_body(published_on=None), headers=lead | {"If-Match": TAG})
    before = given.count_rows()

    answers = [
        problem_of(client.put(PATH, json=plan_body(actions=[]), headers=lead | precondition))
        for precondition in ({}, {"If-Match": TAG}, {"If-None-Match": "*"})
    ]

    stale = problem(
        412,
        "revision-stale",
        "Revision is stale",
        'The precondition does not hold: what is held is "2". Read it again, then repeat the'
        " change.",
        held='"2"',
    )
    not_named = problem(
        428,
        "revision-not-named",
        "If-Match is required",
        'To change what is held, send its ETag in If-Match: "2".',
        held='"2"',
    )
    assert answers == [not_named, stale, stale]
    assert given.count_rows() == before


def test_a_plan_stays_the_same_on_the_next_day_but_for_what_is_overdue(
    client: TestClient, clock: Clock, lead: Headers
) -> None:
    client.put(PATH, json=plan_body(), headers=lead)
    clock.set(datetime(2026, 11, 24, 9, tzinfo=UTC))

    response = client.put(PATH, json=plan_body(), headers=lead)

    late = action() | {"overdue": True, "days_overdue": 4}
    assert response.status_code == 200
    assert tag_of(response) == '"1"'
    assert response.json() == SHOWN | {"actions": [late, SHOWN["actions"][1]]}
