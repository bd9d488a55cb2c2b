"""Reviews of action plans: their figures are those of the day, and stay."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from app.domain.measures import Measure
from tests.api.plans import (
    FIGURES,
    PATH,
    REVISIONS,
    SHOWN,
    TARGET,
    plan_body,
    review,
    set_target,
    staff,
)
from tests.bodies import JSON, Headers, fault, problem_of, refused
from tests.given import START, Clock, Given

FIRST: JSON = {
    "after_years": 1,
    "comment": "Sponsors work.",
    "commented_at": "2026-11-23T09:00:01Z",
    "commented_by": "ZZ901 EDI lead",
    "comment_supplied_by": None,
    "reviewed_at": "2026-11-23T09:00:01Z",
    "reviewed_by": "ZZ901 EDI lead",
    "supplied_by": None,
    "figures": {
        "as_of": "2026-11-23T09:00:01Z",
        "method": "1",
        "links": {"method": "/v1/methods/1"},
        "targets": [FIGURES],
    },
}
"""The first review of the plan, stored a second after the start."""


@pytest.fixture
def lead(given: Given) -> Headers:
    """The headers of ZZ901, which has sent three censuses and set a target."""
    set_target(given, 2023, 2024)
    return given.token("trust", "ZZ901", name="ZZ901 EDI lead")


def put(client: TestClient, headers: Headers, *reviews: JSON, **changes: object) -> JSON:
    """Put a plan with reviews over whatever is held; return what is shown."""
    held = client.get(PATH)
    tag = {"If-Match": held.headers["etag"]} if held.status_code == 200 else {}
    body = plan_body(reviews=list(reviews), **changes)
    response = client.put(PATH, json=body, headers=headers | tag)
    assert response.status_code in {200, 201}, response.text
    shown: JSON = response.json()
    assert client.get(PATH).json() == shown
    return shown


def test_a_review_gets_the_figures_of_the_day(client: TestClient, lead: Headers) -> None:
    shown = put(client, lead, review())

    assert shown == SHOWN | {"reviews": [FIRST], "recorded_at": FIRST["reviewed_at"]}


def test_the_figures_of_a_review_stay_when_the_trusts_own_are_corrected(
    client: TestClient, given: Given, lead: Headers, national: Headers
) -> None:
    put(client, lead, review())
    given.actuals("ZZ901", 2024, staff(2023))

    shown = put(client, national, review(comment="Sponsors worked."))
    later = put(client, lead, review(comment="Sponsors worked."), actions=[])

    assert (shown["revision"], later["revision"]) == (2, 3)
    worded = {
        "comment": "Sponsors worked.",
        "commented_at": shown["recorded_at"],
        "commented_by": "national team",
        "comment_supplied_by": "national",
    }
    assert shown["reviews"] == later["reviews"] == [FIRST | worded]
    changes = client.get(REVISIONS).json()["items"][1]["changes"]
    assert {name: value for name, value in changes.items() if value} == {"reviews_changed": [1]}


def test_a_later_review_gets_figures_of_its_own(
    client: TestClient, given: Given, lead: Headers, national: Headers, clock: Clock
) -> None:
    put(client, lead, review())
    given.actuals("ZZ901", 2025, staff(2023))
    clock.set(START + timedelta(days=1))

    shown = put(client, national, review(), review(3, "Not enough."))
    again = put(client, lead, review(), review(3, "Not enough."), actions=[])

    figures = FIGURES | {
        "census": {
            "year": 2025,
            "revision": 1,
            "bme": 57,
            "total": 440,
            "share": 0.129545,
            "share_of_known": 0.129545,
            "unknown_share": 0.0,
        },
        "required": {"share": 0.18, "people": 80},
        "to_path": {"share": 0.050455, "people": 23},
        "to_goal": {"share": 0.050455, "people": 23},
    }
    second = {
        "after_years": 3,
        "comment": "Not enough.",
        "commented_at": "2026-11-24T09:00:01Z",
        "commented_by": "national team",
        "comment_supplied_by": "national",
        "reviewed_at": "2026-11-24T09:00:01Z",
        "reviewed_by": "national team",
        "supplied_by": "national",
        "figures": {
            "as_of": "2026-11-24T09:00:01Z",
            "method": "1",
            "links": {"method": "/v1/methods/1"},
            "targets": [figures],
        },
    }
    assert (shown["recorded_by"], again["recorded_by"]) == ("national team", "ZZ901 EDI lead")
    assert shown["reviews"] == again["reviews"] == [FIRST, second]


def test_figures_are_those_of_the_newest_census_whatever_the_years(
    client: TestClient, given: Given, lead: Headers
) -> None:
    given.actuals("ZZ901", 2025, {("clinical", "8a"): (400, 88, 0)})
    given.target("ZZ901", Measure.LEADERSHIP, "2025-2028", goal_share="0.3000")

    ((figures,),) = [one["figures"]["targets"] for one in put(client, lead, review())["reviews"]]

    assert figures == FIGURES | {
        "census": {
            "year": 2025,
            "revision": 1,
            "bme": 88,
            "total": 488,
            "share": 0.180328,
            "share_of_known": 0.180328,
            "unknown_share": 0.0,
        },
        "required": {"share": 0.18, "people": 88},
        "to_path": {"share": -0.000328, "people": 0},
        "to_goal": {"share": -0.000328, "people": 0},
        "position": "met",
    }


def test_a_review_without_any_census_is_allowed(client: TestClient, national: Headers) -> None:
    path = "/v1/trusts/ZZ902/targets"
    stated = {"bme": 1, "total": 9, "workforce_bme": 9, "workforce_total": 90, "source": "Report"}
    goal = {"measure": "vsm", "cycle": "2022-2025", "goal_headcount": 2, "baseline": stated}
    made = client.post(path, json=goal, headers=national)
    named = national | {"If-Match": made.headers["ETag"]}
    assert client.post(f"{path}/{made.json()['id']}/submit", headers=named).is_success
    draft = {"measure": "board", "cycle": "2022-2025", "goal_headcount": 2}
    client.post(path, json=draft, headers=national)

    body = plan_body(targets=["vsm-2022-2025", "board-2022-2025"], reviews=[review()])
    plan = "/v1/trusts/ZZ902/action-plans/2022-2025"
    response = client.put(plan, json=body, headers=national)

    parts = ("required", "to_path", "to_goal", "position")
    nothing = {"version": 1, "staff_group": None, "census": None, "census_reason": "no_actuals"}
    told: list[JSON] = [
        {
            "target_id": f"{measure}-2022-2025",
            "state": state,
            "measure": measure,
            **nothing,
            **dict.fromkeys(parts),
            **{f"{part}_reason": why for part in parts},
            "warnings": [],
        }
        for measure, state, why in (
            ("board", "draft", "no_target"),
            ("vsm", "submitted", "no_actuals"),
        )
    ]
    assert response.status_code == 201, response.text
    assert response.json()["reviews"][0]["figures"]["targets"] == told


def test_a_stored_review_may_not_be_left_out(
    client: TestClient, given: Given, lead: Headers
) -> None:
    put(client, lead, review())
    before = given.count_rows()

    tag = client.get(PATH).headers["etag"]
    response = client.put(
        PATH, json=plan_body(reviews=[review(3)]), headers=lead | {"If-Match": tag}
    )

    assert problem_of(response) == refused(
        "action plan",
        fault(
            "/reviews",
            "review_missing",
            "The review after 1 year is stored and stays; send it too, with the same comment or"
            " another.",
        ),
    )
    assert given.count_rows() == before


def test_a_review_that_would_have_no_figures_is_refused(
    client: TestClient, given: Given, lead: Headers
) -> None:
    before = given.count_rows()
    draft = {"measure": "board", "cycle": "2022-2025", "goal_headcount": 2}
    made = client.post("/v1/trusts/ZZ901/targets", json=draft, headers=lead).json()
    target = f"/v1/trusts/ZZ901/targets/{TARGET}"
    client.post(f"{target}/withdraw", json={"version": 1, "comment": "A slip"}, headers=lead)

    body = plan_body(targets=[TARGET, made["id"]], reviews=[review()])
    response = client.put(PATH, json=body, headers=lead)

    assert problem_of(response) == refused(
        "action plan",
        fault(
            "/reviews/0",
            "no_target_in_force",
            "No target that the plan serves is in force, so the review would stay without"
            " figures; submit a target, let the plan serve it, then review the plan.",
        ),
    )
    assert given.count_rows()["action_plan"] == before["action_plan"]


def test_a_review_whose_time_has_not_come_is_refused(
    client: TestClient, given: Given, lead: Headers
) -> None:
    given.actuals("ZZ901", 2025, staff(2024))
    served = given.target("ZZ901", Measure.LEADERSHIP, "2025-2028", goal_share="0.3000")
    body = plan_body(targets=[served], actions=[], reviews=[review(), review(3)])

    response = client.put("/v1/trusts/ZZ901/action-plans/2025-2028", json=body, headers=lead)

    assert problem_of(response) == refused(
        "action plan",
        fault(
            "/reviews/1/after_years",
            "too_early",
            "3 years after the census of 2025-03-31 is 2028-03-31; review the plan from then on.",
        ),
    )


def test_a_review_is_read_as_of_an_instant(client: TestClient, lead: Headers) -> None:
    without = put(client, lead)
    put(client, lead, review())

    response = client.get(PATH, params={"as_of": without["recorded_at"]})

    assert response.json() == without


@pytest.mark.parametrize(
    ("role", "code", "sees"),
    [("area", "QHM", False), ("trust", "RZ2", True), ("national", "", True)],
)
def test_the_figures_of_a_real_trust_are_for_those_who_may_see_its_figures(
    *, client: TestClient, given: Given, national: Headers, role: str, code: str, sees: bool
) -> None:
    given.actuals("RZ2", 2022, staff(2022))
    given.target("RZ2", Measure.LEADERSHIP, "2022-2025", goal_share="0.1800")
    plan = "/v1/trusts/RZ2/action-plans/2022-2025"
    body = plan_body(targets=[TARGET], reviews=[review()])
    made = client.put(plan, json=body, headers=national).json()
    (whole,) = made["reviews"]

    shown = client.get(plan, headers=given.token(role, *filter(None, [code])))

    hidden = whole | {"figures": None, "figures_reason": "suppressed"}
    assert whole["figures"]["targets"][0]["census"]["bme"] == 47
    assert shown.json() == made | {"reviews": [whole if sees else hidden]}
