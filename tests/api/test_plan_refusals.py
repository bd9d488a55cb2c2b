"""Action plans that are refused, and nothing of them is stored."""

import json

import pytest
from starlette.testclient import TestClient

from tests.api.databases import on_sqlite
from tests.api.plans import PATH, action, plan_body, review, set_target
from tests.bodies import JSON, Headers, fault, malformed, problem_of, refused
from tests.given import Given

NOUN = "action plan"


@pytest.fixture
def lead(given: Given) -> Headers:
    """The headers of ZZ901, which has set a target."""
    set_target(given)
    return given.token("trust", "ZZ901", name="ZZ901 EDI lead")


def _put(client: TestClient, given: Given, headers: Headers, body: object) -> JSON:
    """Return the problem of a body that is refused, none of which is stored."""
    before = given.count_rows()
    response = client.put(
        PATH, content=json.dumps(body), headers=headers | {"Content-Type": "application/json"}
    )
    found = problem_of(response)
    assert client.get(PATH).status_code == 404
    assert given.count_rows() == before
    return found


def test_every_fault_of_a_plan_is_told_at_once(
    client: TestClient, given: Given, lead: Headers
) -> None:
    body = plan_body(
        targets=["board-2022-2025"],
        published_url="trust.example",
        published_on="2026-11-24",
        actions=[action(owner="a.lead@trust.example"), action(due="2022-03-30")],
    )

    assert _put(client, given, lead, body) == refused(
        NOUN,
        fault("/targets/0", "unknown_target", "The trust has no target board-2022-2025."),
        fault(
            "/published_url",
            "not_a_web_address",
            "Send an address as a browser takes it, from https:// or http:// on.",
        ),
        fault(
            "/published_on", "in_the_future", "2026-11-24 has not come; leave it out until then."
        ),
        fault(
            "/actions/1/id", "duplicate_action", "The same stands at /actions/0/id; send it once."
        ),
        fault(
            "/actions/0/owner",
            "owner_is_an_address",
            "An owner is a role, such as Chief People Officer; a person's address does not"
            " belong here.",
        ),
        fault(
            "/actions/1/due",
            "due_out_of_range",
            "2022-03-30 is out of reach of the cycle 2022-2025; give a day from 2022-03-31, its"
            " first census, to 2035-03-31, 10 years after its last.",
        ),
    )


def test_a_target_of_another_trust_is_not_the_trusts_own(
    client: TestClient, given: Given, lead: Headers
) -> None:
    assert lead
    headers = given.token("trust", "ZZ902")

    response = client.put(
        "/v1/trusts/ZZ902/action-plans/2022-2025", json=plan_body(), headers=headers
    )

    assert problem_of(response) == refused(
        NOUN,
        fault("/targets/0", "unknown_target", "The trust has no target leadership-2022-2025."),
    )


def test_a_target_of_another_cycle_is_refused(client: TestClient, lead: Headers) -> None:
    response = client.put(
        "/v1/trusts/ZZ901/action-plans/2025-2028",
        json=plan_body(actions=[action()]),
        headers=lead,
    )

    assert problem_of(response) == refused(
        NOUN,
        fault(
            "/targets/0",
            "target_of_another_cycle",
            "leadership-2022-2025 is a target for the cycle 2022-2025; this plan is for"
            " 2025-2028.",
        ),
    )


@on_sqlite
def test_malformed_members_are_told_together_with_the_faults_of_the_others(
    client: TestClient, given: Given, national: Headers
) -> None:
    body = plan_body(
        targets=["leadership-2022-2025", 3, "leadership-2022-2025"],
        actions=[
            action(),
            action(due="soon", owner="a.lead@trust.example"),
            action(id="Sponsors"),
            "sponsors",
        ],
        reviews=[review(True), review(1), review(1), review(2)],  # noqa: FBT003 - a fault
    )

    found = _put(client, given, national, body)

    assert [(one["pointer"], one["code"]) for one in found["errors"]] == [
        ("/targets/1", "string_type"),
        ("/actions/1/due", "date_from_datetime_parsing"),
        ("/actions/2/id", "string_pattern_mismatch"),
        ("/actions/3", "model_attributes_type"),
        ("/reviews/0/after_years", "not_a_whole_number"),
        ("/reviews/3/after_years", "unknown_code"),
        ("/targets/2", "duplicate_target"),
        ("/actions/1/id", "duplicate_action"),
        ("/reviews/2/after_years", "duplicate_review"),
        ("/actions/1/owner", "owner_is_an_address"),
    ]
    assert found == malformed(*found["errors"])


AIM = "/actions/0/aim"
ONE_AIM = fault(AIM, "one_aim", "Give either measure or indicator.")


@on_sqlite
@pytest.mark.parametrize(
    ("aim", "told"),
    [
        ({}, ONE_AIM),
        ({"measure": "leadership", "indicator": 2}, ONE_AIM),
        (
            {"indicator": 2, "staff_group": "clinical"},
            fault(AIM, "staff_group_of_measure", "A staff group narrows a measure only."),
        ),
        (
            {"measure": "board", "staff_group": "clinical"},
            fault(
                AIM,
                "measure_cannot_be_narrowed",
                "board cannot be narrowed to clinical: the workforce, consultants and the board"
                " stay whole, and other measures are clinical or non_clinical.",
            ),
        ),
        (
            {"indicator": 10},
            fault(
                f"{AIM}/indicator",
                "too_large",
                "10: Input should be less than or equal to 9.",
            ),
        ),
        (
            {"indicator": 2.0},
            fault(
                f"{AIM}/indicator",
                "not_a_whole_number",
                "2.0 is not a whole number; send one without quotes or decimals.",
            ),
        ),
    ],
)
def test_an_action_aims_at_one_thing_that_there_is(
    *, client: TestClient, given: Given, national: Headers, aim: JSON, told: JSON
) -> None:
    body = plan_body(targets=[], actions=[action(aim=aim)])

    assert _put(client, given, national, body) == malformed(told)


@on_sqlite
@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"revision": 1}, "/revision", "unknown_member"),
        ({"actions": [action(overdue=False)]}, "/actions/0/overdue", "unknown_member"),
        ({"actions": [action(status="done")]}, "/actions/0/status", "unknown_code"),
        ({"actions": [action(title=" ")]}, "/actions/0/title", "string_too_short"),
        ({"actions": [action(owner="o" * 201)]}, "/actions/0/owner", "string_too_long"),
        ({"actions": [action(id="a" * 41)]}, "/actions/0/id", "string_too_long"),
        ({"actions": [action(id="-a")]}, "/actions/0/id", "string_pattern_mismatch"),
        ({"targets": ["a b"]}, "/targets/0", "string_pattern_mismatch"),
        ({"reviews": [review(comment="")]}, "/reviews/0/comment", "string_too_short"),
        ({"reviews": [review() | {"figures": []}]}, "/reviews/0/figures", "unknown_member"),
        ({"published_on": "1899-12-31"}, "/published_on", "value_error"),
        ({"published_url": 7}, "/published_url", "string_type"),
        ({"targets": None}, "/targets", "list_type"),
        ({"actions": {}}, "/actions", "list_type"),
    ],
)
def test_a_malformed_member_is_named(
    *,
    client: TestClient,
    given: Given,
    national: Headers,
    changes: JSON,
    pointer: str,
    code: str,
) -> None:
    found = _put(client, given, national, plan_body(**changes))

    assert [(one["pointer"], one["code"]) for one in found["errors"]] == [(pointer, code)]
    assert found == malformed(*found["errors"])


@on_sqlite
def test_required_members_are_all_named(
    client: TestClient, given: Given, national: Headers
) -> None:
    found = _put(client, given, national, {"actions": [{}], "reviews": [{}]})

    assert found == malformed(
        *(
            fault(pointer, "missing", "This member is required.")
            for pointer in (
                "/targets",
                *(f"/actions/0/{one}" for one in ("id", "title", "aim", "owner", "due", "status")),
                "/reviews/0/after_years",
                "/reviews/0/comment",
            )
        )
    )


@on_sqlite
@pytest.mark.parametrize(
    ("name", "item", "told"), [("targets", "a", 199), ("actions", {"id": "a"}, 199)]
)
def test_of_a_list_without_end_only_the_beginning_is_looked_at(
    *, client: TestClient, given: Given, national: Headers, name: str, item: object, told: int
) -> None:
    found = _put(client, given, national, plan_body(**{name: [item] * 20_000}))

    codes = [one["code"] for one in found["errors"]]
    assert codes == ["too_long", *[f"duplicate_{name.removesuffix('s')}"] * told]


@on_sqlite
@pytest.mark.parametrize("body", [[], None, "plan", 1])
def test_what_is_no_plan_is_refused(
    *, client: TestClient, given: Given, national: Headers, body: object
) -> None:
    found = _put(client, given, national, body)

    assert [one["pointer"] for one in found["errors"]] == [""]


def test_a_half_bad_change_leaves_what_is_held_as_it_was(
    client: TestClient, given: Given, lead: Headers
) -> None:
    tag = client.put(PATH, json=plan_body(), headers=lead).headers["etag"]
    before = client.get(PATH).json(), given.count_rows()

    body = plan_body(actions=[action(status="embedded"), action(due="2022-03-30", id="late")])
    response = client.put(PATH, json=body, headers=lead | {"If-Match": tag})

    assert response.status_code == 422
    assert (client.get(PATH).json(), given.count_rows()) == before
