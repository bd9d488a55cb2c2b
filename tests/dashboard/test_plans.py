"""Action plans are read and written on pages, by the rules of the API."""

import pytest

from app.domain.callers import Role
from tests.api.setting import Body, Service, goal, leaders_and_rest, read
from tests.dashboard import setting
from tests.dashboard.filling import open_page, passages_of, problems_of, rows_of, send_form
from tests.dashboard.reading import Page, read_page
from tests.dashboard.signing import fields_of, signed_in

service = setting.service

ACTION = {
    "title": "A sponsor for every BME member of staff in band 7",
    "aim": "leadership.clinical",
    "owner": "Chief People Officer",
    "due_day": "20",
    "due_month": "11",
    "due_year": "2026",
    "status": "in_progress",
    "notes": "Forty sponsors\nhave been found.",
}


def begin(service: Service, code: str, *, has_target: bool = False) -> str:
    """Enter a trust and sign in as its lead; return the path of its plan."""
    service.trust(code)
    if has_target:
        for year, leaders in ((2022, (47, 431)), (2023, (57, 440)), (2024, (69, 452))):
            service.actuals(year, leaders_and_rest(leaders, (1110, 4515)), code)
        service.target(goal(), code)
    signed_in(service, Role.TRUST, code)
    return f"/trusts/{code}/action-plans/2022-2025"


def add(service: Service, plan: str, **entered: str) -> tuple[int, Page]:
    """Add an action to a plan."""
    path = f"{plan}/actions/new"
    return send_form(service, path, open_page(service, path), **ACTION | entered)


def published(day: int, month: int, year: int) -> dict[str, str]:
    """Return the fields of the day of publication."""
    parts = {"day": day, "month": month, "year": year}
    return {f"published_on_{name}": str(part) for name, part in parts.items()}


def held(service: Service, plan: str) -> Body:
    """Return a plan as the API tells it."""
    return read(service.send("GET", f"/v1{plan}"))


def test_a_plan_begins_with_its_first_action(service: Service) -> None:
    plan = begin(service, "ZZ901")

    listed = open_page(service, "/trusts/ZZ901/action-plans")
    empty = open_page(service, plan)
    status, found = add(service, plan)

    assert "Plan for 2022-2025 No plan yet. Begin it with its first action." in listed.text
    assert "No action yet. Begin with what would change most" in empty.text
    assert status == 303
    assert "The action is stored." in found.text
    assert found.texts["h3"] == [ACTION["title"], "After 1 year", "After 3 years"]
    assert found.texts["dd"][2:] == [
        "Leadership (bands 8a to 9 and VSM), clinical",
        "Chief People Officer",
        "20 November 2026, overdue by 3 days",
        "Forty sponsors have been found.",
    ]
    assert rows_of(found)[-1] == "1 23 November 2026 trust of the test"
    assert {
        "/definitions/codes/action_status/in_progress",
        "/definitions/measures/leadership",
        f"/v1{plan}",
    } <= set(found.links())
    (action,) = held(service, plan)["actions"]
    assert (action["id"], action["notes"]) == (
        "a-sponsor-for-every-bme-member-of-st",
        "Forty sponsors\nhave been found.",
    )
    relisted = open_page(service, "/trusts/ZZ901/action-plans")
    assert "Plan for 2022-2025 1 action, 1 overdue." in relisted.text


def test_every_fault_of_an_action_stands_beside_its_field(service: Service) -> None:
    plan = begin(service, "ZZ902")
    path = f"{plan}/actions/new"
    shown = open_page(service, path)

    empty = send_form(service, path, shown, status="", aim="")
    late = add(service, plan, due_year="2099", owner="lead@trust.example")

    assert (empty[0], problems_of(empty[1])) == (
        422,
        ["title", "aim", "owner", "due", "status"],
    )
    assert (late[0], problems_of(late[1])) == (422, ["owner", "due"])
    assert fields_of(late[1])["title"] == ACTION["title"]
    assert passages_of(late[1])["notes"] == "Forty sponsors have been found."
    assert service.send("GET", f"/v1{plan}").status_code == 404


def test_an_action_is_changed_and_stopped(service: Service) -> None:
    plan = begin(service, "ZZ903")
    add(service, plan, title="Ümläute!")
    add(service, plan, title="Mixed panels", aim="indicator-2")
    add(service, plan, title="Mixed panels", aim="indicator-2", notes="")
    path = f"{plan}/actions/mixed-panels"

    shown = open_page(service, path)
    entered = ACTION | {"title": "No panel of one", "aim": "indicator-2"}
    changed = send_form(service, path, shown, **entered)
    stopped = send_form(service, path, open_page(service, path), **entered, stop="yes")

    assert "Stop this action" in shown.text
    assert changed[0] == 303
    assert "Indicator 2: Appointed from shortlisting" in changed[1].text
    assert stopped[0] == 303
    assert [
        (one["id"], one["title"], one["status"]) for one in held(service, plan)["actions"]
    ] == [
        ("ml-ute", "Ümläute!", "in_progress"),
        ("mixed-panels", "No panel of one", "stopped"),
        ("mixed-panels-2", "Mixed panels", "in_progress"),
    ]
    assert "Stop this action" not in open_page(service, path).text
    assert open_page(service, f"{plan}/actions/nothing", 404).texts["h1"] == ["Page not found"]
    assert send_form(service, f"{plan}/actions/nothing", shown)[0] == 404


def test_what_somebody_else_changed_meanwhile_is_told_and_kept(service: Service) -> None:
    plan = begin(service, "ZZ904")
    path = f"{plan}/actions/new"
    shown = open_page(service, path)
    add(service, plan, title="Mixed panels")

    status, late = send_form(service, path, shown, **ACTION)
    stored, _ = send_form(service, path, late, **ACTION)

    assert status == 409
    assert "Somebody else has changed the plan since you opened this page" in late.text
    assert fields_of(late)["title"] == ACTION["title"]
    assert stored == 303
    assert [one["title"] for one in held(service, plan)["actions"]] == [
        "Mixed panels",
        ACTION["title"],
    ]


def test_a_plan_serves_targets_and_is_published_and_reviewed(service: Service) -> None:
    plan = begin(service, "ZZ905", has_target=True)
    add(service, plan)
    details, review = f"{plan}/details", f"{plan}/reviews/1"
    shown = open_page(service, details)

    wrong = send_form(
        service, details, shown, published_url="trust.example", **published(1, 1, 2027)
    )
    no_day = send_form(service, details, shown, published_on_day="1")
    address = "https://trust.example/plan"
    done = send_form(service, details, shown, published_url=address, **published(30, 9, 2022))
    unsaid = send_form(service, review, open_page(service, review))
    reviewed = send_form(service, review, open_page(service, review), comment="Sponsors work.")
    reworded = send_form(service, review, open_page(service, review), comment="Sponsors help.")

    assert (wrong[0], problems_of(wrong[1])) == (422, ["published_url", "published_on"])
    assert (no_day[0], problems_of(no_day[1])) == (422, ["published_on"])
    assert done[0] == 303
    assert "Leadership (bands 8a to 9 and VSM)" in done[1].texts["dd"][0]
    assert "Published on 30 September 2022: https://trust.example/plan" in done[1].text
    assert (unsaid[0], problems_of(unsaid[1])) == (422, ["comment"])
    assert reviewed[0] == 303
    assert "The review is stored, with the figures of today." in reviewed[1].text
    assert (
        "Leadership (bands 8a to 9 and VSM) 2024 69 of 452 15.3% 2 people 13 people Behind"
    ) in rows_of(reviewed[1])
    assert "After 3 years Not written yet. Write the review" in reviewed[1].text
    assert "Sponsors help. trust of the test, 23 November 2026" in reworded[1].text
    assert "The comment is stored. The figures stay as they were." in reworded[1].text
    assert open_page(service, f"{plan}/reviews/2", 404).texts["h1"] == ["Page not found"]
    assert send_form(service, f"{plan}/reviews/2", shown)[0] == 404


def test_a_review_without_a_target_is_refused_beside_its_field(service: Service) -> None:
    plan = begin(service, "ZZ906")
    add(service, plan)
    review = f"{plan}/reviews/1"

    status, found = send_form(
        service, review, open_page(service, review), comment="Sponsors work."
    )

    assert (status, problems_of(found)) == (422, ["comment"])
    assert "No target that the plan serves is in force" in found.text
    assert (
        "The trust has no target for this cycle yet." in open_page(service, f"{plan}/details").text
    )


@pytest.mark.parametrize("added", ["", "/actions/new", "/details", "/reviews/1"])
def test_only_a_trust_writes_its_plan(service: Service, added: str) -> None:
    plan = begin(service, "ZZ907")
    signed_in(service, Role.AREA, "Y56")
    refused = service.client.get(f"{plan}{added}")
    service.client.cookies.clear()
    stranger = service.client.get(f"/trusts/RGT/action-plans/2022-2025{added}")
    listed = open_page(service, "/trusts/RGT/action-plans")

    assert refused.status_code == (403 if added else 404)
    assert read_page(stranger).texts["h1"] == ["Sign in"]
    assert "A trust's action plans are open to the trust, its area" in listed.text
    assert "Plan for" not in listed.text


def test_an_area_reads_a_plan_without_the_figures_of_its_reviews(service: Service) -> None:
    plan = begin(service, "ZZ908", has_target=True)
    add(service, plan)
    send_form(service, f"{plan}/details", open_page(service, f"{plan}/details"))
    review = f"{plan}/reviews/1"
    send_form(service, review, open_page(service, review), comment="Sponsors work.")
    target = f"/v1/trusts/ZZ908/targets/{held(service, plan)['targets'][0]}"
    withdrawing = service.send("POST", f"{target}/withdraw", {"version": 1, "comment": "Merged"})
    service.done("PUT", "/v1/organisations/ZZ908", {
        "kind": "trust", "name": "Trust ZZ908 (demonstration)", "region": "Y56",
    }, {"If-Match": "*"})  # fmt: skip
    signed_in(service, Role.AREA, "Y56")
    as_real = {"invented_figures": "as_real"}
    before = service.app.state.settings
    service.app.state.settings = before.model_copy(update=as_real)

    found = open_page(service, plan)
    service.app.state.settings = before

    assert withdrawing.is_success, withdrawing.text
    assert "The figures of that day are open to those who may read" in found.text
    assert "452" not in found.text
    assert "was withdrawn; let the plan serve another target" in found.text
    assert "Add an action" not in found.text
