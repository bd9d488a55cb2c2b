"""What an area sees of a trust's targets: what was submitted, and no figures that came later."""

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.api.callers import TARGET
from tests.bodies import JSON, Headers, problem, problem_of
from tests.given import PLAIN, Given

TARGETS = "/v1/trusts/RZ2/targets"
ID = "leadership-2022-2025"
ONE = f"{TARGETS}/{ID}"
AIM = {"measure": "leadership", "cycle": "2022-2025", "goal_share": "0.1800"}
NEXT = {"goal_share": "0.2000", "change_reason": "Raised"}

NOT_FOUND = problem(
    404,
    "target-not-found",
    "Target not found",
    f"RZ2 has no target {ID}.",
    ods_code="RZ2",
    target_id=ID,
)


@pytest.fixture
def area(given: Given) -> Headers:
    """The headers of the area of a real trust that sent two censuses."""
    given.actuals("RZ2", 2022)
    given.actuals("RZ2", 2023, dict.fromkeys(PLAIN, (350, 70, 3)))
    return given.token("area", "QHM")


def send(client: TestClient, by: Headers, end: str, body: JSON | None = None) -> Response:
    """Send a request that is part of the setting, and see that it succeeds."""
    named = {"If-Match": "*"} if end.endswith("/submit") else {}
    response = client.post(f"{TARGETS}{end}", json=body, headers=by | named)
    assert response.is_success, response.text
    return response


def test_an_area_does_not_see_a_draft(
    client: TestClient, national: Headers, area: Headers
) -> None:
    send(client, national, "", AIM)

    listed = client.get(TARGETS, headers=area)
    read = [client.get(f"{ONE}{end}", headers=area) for end in ("", "/versions")]

    assert listed.json() == {"items": [], "next": None}
    assert [problem_of(one) for one in read] == [NOT_FOUND, NOT_FOUND]


def test_an_area_sees_what_was_submitted_without_later_counts(
    client: TestClient, national: Headers, area: Headers
) -> None:
    send(client, national, "", AIM)
    send(client, national, f"/{ID}/submit")
    whole = client.get(ONE, headers=national).json()

    seen = client.get(ONE, headers=area)

    assert whole["attainability"]["census"] == 2023
    assert seen.json() == whole | {"attainability": None, "attainability_reason": "suppressed"}
    assert client.get(TARGETS, headers=area).json()["items"] == [seen.json()]


def test_an_area_does_not_see_the_draft_of_a_further_version(
    client: TestClient, national: Headers, area: Headers
) -> None:
    send(client, national, "", AIM)
    send(client, national, f"/{ID}/submit")
    before = client.get(ONE, headers=area)
    send(client, national, f"/{ID}/versions", NEXT)

    after = client.get(ONE, headers=area)
    draft = client.get(f"{ONE}?version=2", headers=area)

    assert after.content == before.content
    assert problem_of(draft)["type"] == "/problems/target-version-not-found"
    assert [
        one["version"] for one in client.get(f"{ONE}/versions", headers=area).json()["items"]
    ] == [1]
    send(client, national, f"/{ID}/submit")
    assert client.get(ONE, headers=area).json()["version"] == 2


def test_a_trust_and_the_national_team_see_drafts(
    client: TestClient, national: Headers, given: Given
) -> None:
    made = send(client, national, "", TARGET).json()

    seen = [client.get(ONE, headers=by).json() for by in (national, given.token("trust", "RZ2"))]

    assert seen == [made, made]


def test_everybody_sees_all_of_an_invented_trust(client: TestClient, national: Headers) -> None:
    path = "/v1/trusts/ZZ901/targets"
    made = client.post(path, json=TARGET, headers=national).json()

    assert client.get(f"{path}/{ID}").json() == made


def test_an_area_does_not_hear_of_a_draft(
    client: TestClient, national: Headers, area: Headers
) -> None:
    send(client, national, "", AIM)
    said = {"version": 1, "text": "How?"}

    heard = client.get(f"{ONE}/comments", headers=area)
    answered = client.post(f"{ONE}/comments", json=said, headers=area)

    assert [problem_of(heard), problem_of(answered)] == [NOT_FOUND, NOT_FOUND]


def test_an_area_does_not_hear_why_a_draft_was_withdrawn(
    client: TestClient, national: Headers, area: Headers
) -> None:
    send(client, national, "", AIM)
    send(client, national, f"/{ID}/submit")
    send(client, national, f"/{ID}/versions", NEXT)
    send(client, national, f"/{ID}/withdraw", {"version": 2, "comment": "Not yet public"})

    heard = client.get(f"{ONE}/comments", headers=area)

    assert heard.json() == {"items": [], "next": None}


def test_an_area_does_not_read_a_later_share_in_a_warning(
    client: TestClient, given: Given, national: Headers
) -> None:
    doctors = {("medical", "consultant"): (60, 40, 0), ("medical", "trainee"): (40, 60, 0)}
    given.actuals("RZ2", 2022, doctors)
    send(client, national, "", {**AIM, "measure": "consultants", "goal_share": "0.6000"})
    send(client, national, "/consultants-2022-2025/submit")
    area = given.token("area", "QHM")
    before = client.get(TARGETS, headers=area).json()["items"][0]

    given.actuals("RZ2", 2022, {**doctors, ("medical", "trainee"): (50, 51, 0)})

    assert client.get(TARGETS, headers=area).json()["items"] == [before]


def test_an_area_is_not_told_that_later_figures_ask_for_another_baseline(
    client: TestClient, given: Given, national: Headers, area: Headers
) -> None:
    send(client, national, "", AIM)
    send(client, national, f"/{ID}/submit")
    before = client.get(ONE, headers=area)
    given.actuals("RZ2", 2022, dict.fromkeys(PLAIN, (350, 70, 3)))

    after = client.get(ONE, headers=area)

    assert after.content == before.content
    whole = client.get(ONE, headers=national).json()
    assert whole["warnings"][0]["code"] == "baseline_revised"
