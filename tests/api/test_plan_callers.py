"""Who may read and write action plans."""

import pytest
from starlette.testclient import TestClient

from app.domain.measures import Measure
from tests.api.callers import NO_TOKEN, NO_TOKEN_TO_CHANGE, not_allowed
from tests.api.plans import PATH, TARGET, plan_body, set_target, staff
from tests.bodies import Headers, problem_of
from tests.given import Given

CALLERS = {
    "anonymous": (),
    "trust_data": ("RZ1",),
    "trust": ("RZ1",),
    "area": ("QMF",),
    "national": (),
}
"""Callers by their role, with the organisations that their tokens are for."""

TRUSTS = ("RZ1", "RZ0", "RZ2", "ZZ901")
"""A real trust, its predecessor, a real trust elsewhere, and an invented one."""

READ = {
    "anonymous": ("ZZ901",),
    "trust_data": ("ZZ901",),
    "trust": ("RZ1", "RZ0", "ZZ901"),
    "area": ("RZ1", "RZ0", "ZZ901"),
    "national": TRUSTS,
}

WRITE = {"trust": ("RZ1", "RZ0"), "national": TRUSTS}

BODY = plan_body(targets=[])

READERS = ("area", "national", "trust")
WRITERS = ("national", "trust")


def _headers(given: Given, who: str) -> Headers:
    return {} if who == "anonymous" else given.token(who, *CALLERS[who])


def _refused(who: str) -> int:
    return 401 if who == "anonymous" else 403


@pytest.mark.parametrize("who", CALLERS)
def test_each_role_reads_the_plans_of_the_trusts_it_is_for(
    client: TestClient, given: Given, who: str
) -> None:
    headers = _headers(given, who)
    ends = {"": 200, "/2022-2025": 404, "/2022-2025/revisions": 404}

    answers = {
        (code, end): client.get(
            f"/v1/trusts/{code}/action-plans{end}", headers=headers
        ).status_code
        for code in TRUSTS
        for end in ends
    }

    assert answers == {
        (code, end): found if code in READ[who] else _refused(who)
        for code in TRUSTS
        for end, found in ends.items()
    }


@pytest.mark.parametrize("who", CALLERS)
def test_each_role_writes_the_plans_of_the_trusts_it_is_for(
    client: TestClient, given: Given, who: str
) -> None:
    headers = _headers(given, who)

    answers = {
        code: client.put(
            f"/v1/trusts/{code}/action-plans/2022-2025", json=BODY, headers=headers
        ).status_code
        for code in TRUSTS
    }

    assert answers == {
        code: 201 if code in WRITE.get(who, ()) else _refused(who) for code in TRUSTS
    }


def test_a_refusal_names_the_roles_that_would_do(client: TestClient, given: Given) -> None:
    path = "/v1/trusts/RZ1/action-plans/2022-2025"
    system, area = given.token("trust_data", "RZ1"), given.token("area", "QMF")

    assert problem_of(client.get(path)) == NO_TOKEN
    assert problem_of(client.get(path, headers=system)) == not_allowed("trust_data", *READERS)
    for trust in ("RZ1", "ZZ901"):
        anonymous = client.put(path.replace("RZ1", trust), json=BODY)
        assert problem_of(anonymous) == NO_TOKEN_TO_CHANGE
    assert problem_of(client.put(path, json=BODY, headers=area)) == not_allowed("area", *WRITERS)


def test_what_the_national_team_writes_is_recorded_as_supplied_by_it(
    client: TestClient, national: Headers
) -> None:
    path = "/v1/trusts/ZZ901/action-plans/2022-2025"

    made = client.put(path, json=BODY, headers=national).json()

    assert (made["recorded_by"], made["supplied_by"]) == ("national team", "national")


def test_an_area_is_shown_none_but_submitted_targets_of_a_real_trusts_plan(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ2", 2022, staff(2022))
    served = given.target("RZ2", Measure.LEADERSHIP, "2022-2025", goal_share="0.1800")
    targets = "/v1/trusts/RZ2/targets"
    draft = {"measure": "board", "cycle": "2022-2025", "goal_headcount": 2}
    stated = {"bme": 1, "total": 9, "workforce_bme": 9, "workforce_total": 90, "source": "Report"}
    made = client.post(targets, json=draft | {"baseline": stated}, headers=national).json()["id"]
    plan, area = "/v1/trusts/RZ2/action-plans/2022-2025", given.token("area", "QHM")
    client.put(plan, json=plan_body(targets=[served, made]), headers=national)

    def seen(headers: Headers) -> tuple[str, list[list[str]]]:
        answers = [client.get(f"{plan}{end}", headers=headers) for end in ("", "/revisions")]
        listed = client.get("/v1/trusts/RZ2/action-plans", headers=headers).json()["items"]
        one, history = (answer.json() for answer in answers)
        changes = [change["changes"]["targets_added"] for change in history["items"]]
        return answers[0].headers["etag"], [one["targets"], listed[0]["targets"], *changes]

    before, whole = seen(area), seen(national)
    submitted = client.post(f"{targets}/{made}/submit", headers=national | {"If-Match": "*"})
    after = seen(area)

    assert submitted.status_code == 200, submitted.text
    assert before[1] == [[served]] * 3
    assert whole[1] == after[1] == [[made, served]] * 3
    assert before[0] != after[0]


def test_a_plan_that_serves_a_withdrawn_target_says_so(
    client: TestClient, given: Given, national: Headers
) -> None:
    set_target(given)
    made = client.put(PATH, json=plan_body(), headers=national)
    target = f"/v1/trusts/ZZ901/targets/{TARGET}/withdraw"
    client.post(target, json={"version": 1, "comment": "A slip"}, headers=national)

    shown = client.get(PATH)

    warning = {
        "code": "target_withdrawn",
        "detail": f"{TARGET} was withdrawn; let the plan serve another target in its place.",
    }
    assert made.json()["warnings"] == []
    assert shown.json() == made.json() | {"warnings": [warning]}
    assert shown.headers["etag"] != made.headers["etag"]
    before = {"as_of": made.json()["recorded_at"]}
    assert client.get(PATH, params=before).json()["warnings"] == []
