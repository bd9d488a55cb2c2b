"""Pages list a trust's targets, tell of one, and take what is decided and said about it."""

from collections.abc import Iterator

import pytest
from httpx2 import Response

from app.domain.callers import Role
from tests.api import targets
from tests.api.setting import Body, Registered, Service, goal, leaders_and_rest, read
from tests.dashboard.filling import faults_of, fill_in, led_to, open_page, terms_of
from tests.dashboard.reading import Page, read_page
from tests.dashboard.signing import fields_of, signed_in

service = targets.service

PATH = "/trusts/ZZ901/targets"
ONE = f"{PATH}/leadership-2022-2025"
LEADERSHIP = "Leadership (bands 8a to 9 and VSM)"
SECTIONS = ("Review it", "What you can do", "Withdraw it")


@pytest.fixture(scope="module")
def several(registered: Registered, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with targets in every state, for tests that change nothing."""
    with registered.service("sqlite", tmp_path_factory.mktemp("several"), _set) as service:
        yield service


def _set(service: Service) -> None:
    targets.begin(service)
    for year, leaders in ((2023, (55, 440)), (2025, (70, 440)), (2026, (80, 450))):
        service.actuals(year, leaders_and_rest(leaders, (1150, 5500)))
    service.target(goal())
    service.target(goal(measure="band_8a", cycle="2025-2028", goal_share="0.5000"))
    service.target(goal(cycle="2025-2028", goal_headcount=75) | {"goal_share": None})
    unneeded = {"goal_share": None, "goal": "no_target_needed", "reason": "Small."}
    fixed = {"kind": "fixed", "share": "0.0100", "source": "A survey"}
    service.target(goal(measure="band_9", parity_reference=fixed) | unneeded)
    path = service.target(goal(measure="workforce", goal_share="0.3000"))
    service.done("POST", f"{path}/withdraw", {"version": 1, "comment": "Not now."})
    service.done(
        "POST", f"/v1{PATH}", goal(measure="vsm", goal_headcount=3) | {"goal_share": None}
    )


def body_of(service: Service) -> Body:
    """Return the target as the API tells it."""
    return read(service.send("GET", f"/v1{ONE}"))


def act(service: Service, action: str, **entered: str) -> Response:
    """Send a form of a target's page; return the answer itself."""
    return fill_in(service, ONE, f"{ONE}/{action}", **entered)


def test_targets_are_listed_by_cycle_with_where_each_stands(several: Service) -> None:
    several.client.cookies.clear()

    page = open_page(several, PATH)

    assert page.texts["h2"] == ["Cycle 2025 to 2028", "Cycle 2022 to 2025"]
    assert [row for row in page.texts["tr"] if not row.startswith("Group")] == [
        f"{LEADERSHIP} 75 BME people 17.0% 75 The goal is reached 1 Submitted",
        "Band 8a 50% BME 50.0% 220 145 people short of the goal; behind the path 1 Submitted",
        "Workforce 30% BME 30.0% 1,644 – 1 Withdrawn",
        f"{LEADERSHIP} 18% BME 18.0% 78 – 1 Submitted",
        "Band 9 No target needed – – – 1 Submitted",
        "Very senior managers 3 BME people – 3 – 1 Draft",
    ]
    assert "Set a target" not in page.text
    assert "The trust has set 6 targets." in page.texts["p"]


def test_a_closing_target_is_listed_with_its_verdict(service: Service) -> None:
    service.target(goal())
    service.target(goal(measure="band_8a", goal_headcount=50) | {"goal_share": None})
    service.actuals(2025, leaders_and_rest((70, 440), (1150, 5500)))

    rows = open_page(service, PATH).texts["tr"]

    assert [row for row in rows if "Ended" in row] == [
        f"{LEADERSHIP} 18% BME 18.0% 78 Ended 10 people short 1 Submitted",
        "Band 8a 50 BME people 11.6% 50 Ended with the goal met 1 Submitted",
    ]


def test_where_nothing_is_set_the_page_says_what_to_do(service: Service) -> None:
    service.client.cookies.clear()
    stranger = open_page(service, PATH)
    signed_in(service, Role.TRUST, "ZZ901")
    own = open_page(service, PATH)

    assert stranger.texts["p"][:2] == [
        "No target has been set yet.",
        "The trust sets its targets itself, once it has signed in.",
    ]
    assert own.texts["p"][:2] == [
        "No target has been set yet.",
        "Set the first one: the service shows what a goal means while you choose it.",
    ]
    assert f"{PATH}/new" in set(own.links())


@pytest.mark.parametrize("name", ["leadership-2022-2025", "band-8a-2025-2028"])
def test_a_target_is_told_with_the_numbers_of_the_api(several: Service, name: str) -> None:
    several.client.cookies.clear()
    body = read(several.send("GET", f"/v1{PATH}/{name}"))

    page = open_page(several, f"{PATH}/{name}")

    rows = page.texts["tr"]
    start = body["baseline"]["bme"]
    assert [
        one["year"]
        for one in body["milestones"]
        if not any(
            row.startswith(f"31 March {one['year']} ")
            and row.endswith(f" {one['headcount']} {one['headcount'] - start}")
            for row in rows
        )
    ] == []
    assert [one["detail"] for one in body["warnings"] if one["code"] not in _codes_of(page)] == []
    if body["attainability"]:
        needed = body["attainability"]["people_needed"]
        assert f"That is {needed} more than at the census" in page.text
        assert body["attainability"]["guidance"] in page.text
    assert page.texts["svg"]


def _codes_of(page: Page) -> set[str]:
    prefix = "/definitions/codes/warning/"
    return {one.removeprefix(prefix) for one in page.links() if one.startswith(prefix)}


def test_a_draft_without_actuals_and_a_goal_that_is_none_are_told_too(several: Service) -> None:
    several.client.cookies.clear()
    without = open_page(several, f"{PATH}/band-9-2022-2025")
    draft = open_page(several, f"{PATH}/vsm-2022-2025")

    assert terms_of(without)["Goal"] == "No target needed: Small."
    assert "No target is needed, so there is no goal to reach." in without.texts["p"]
    assert draft.texts["strong"] == ["Draft"]
    assert terms_of(draft)["From"] == "0 of 0 people at the census of 31 March 2022"


def test_a_version_or_target_that_there_is_not_is_no_page(several: Service) -> None:
    several.client.cookies.clear()

    statuses = [
        several.client.get(path).status_code
        for path in (f"{ONE}?version=7", f"{PATH}/board-2022-2025", "/trusts/Y56/targets")
    ]

    assert statuses == [404, 404, 404]


@pytest.mark.parametrize(
    ("role", "codes", "sections"),
    [
        pytest.param(Role.TRUST, ("ZZ901",), ["What you can do", "Withdraw it"], id="the trust"),
        pytest.param(Role.TRUST, ("R0A",), [], id="another trust"),
        pytest.param(Role.TRUST_DATA, ("ZZ901",), [], id="a system of the trust"),
        pytest.param(Role.AREA, ("Y56",), [], id="its area"),
        pytest.param(Role.NATIONAL, (), list(SECTIONS), id="the national team"),
    ],
)
def test_a_page_offers_what_its_reader_may_do(
    several: Service, role: Role, codes: tuple[str, ...], sections: list[str]
) -> None:
    signed_in(several, role, *codes)

    page = open_page(several, ONE)

    assert [one for one in SECTIONS if one in page.texts["h2"]] == sorted(
        sections, key=SECTIONS.index
    )
    may_comment = role in {Role.AREA, Role.NATIONAL}
    assert ("Add the comment" in page.texts["button"]) == may_comment


def test_an_area_of_real_trusts_sees_what_was_submitted_and_no_figures(
    service: Service,
) -> None:
    service.target(goal())
    service.done("POST", f"/v1{PATH}", goal(measure="band_8a"))
    as_real = {"invented_figures": "as_real"}
    service.app.state.settings = service.app.state.settings.model_copy(update=as_real)
    service.client.cookies.clear()
    nobody = service.client.get(PATH, follow_redirects=False)
    signed_in(service, Role.TRUST, "R0A")
    other = service.client.get(PATH)
    signed_in(service, Role.AREA, "Y56")
    listed, one = open_page(service, PATH), open_page(service, ONE)
    draft = service.client.get(f"{PATH}/band-8a-2022-2025")

    assert nobody.headers["location"] == "/sign-in?next=%2Ftrusts%2FZZ901%2Ftargets"
    assert other.status_code == 403
    assert "The trust has set 1 target." in listed.texts["p"]
    assert draft.status_code == 404
    assert "svg" not in one.texts
    assert "Not shown, to protect people in small groups." in one.texts["p"]


def test_a_trust_submits_a_draft_and_the_national_team_reviews_it(service: Service) -> None:
    signed_in(service, Role.TRUST, "ZZ901")
    service.done("POST", f"/v1{PATH}", goal())
    page = led_to(service, act(service, "submit"))
    service.clock.forward(days=3)
    signed_in(service, Role.NATIONAL)
    waiting = open_page(service, ONE)
    nothing = act(service, "decide", decision="")
    bare = act(service, "decide", decision="returned")
    long = act(service, "decide", decision="reviewed", decision_comment="x" * 4001)
    returned = act(service, "decide", decision="returned", decision_comment="Think\r\nagain.")
    back = led_to(service, returned)
    reviewed = led_to(service, act(service, "decide", decision="reviewed"))
    again = act(service, "decide", decision="reviewed")

    assert page.texts["strong"] == ["Submitted"]
    assert (
        "The target is submitted and in force. The national team can review it now."
        in page.texts["p"]
    )
    assert terms_of(waiting)["Waiting for a review"] == "3 days; nothing waits for it"
    assert faults_of(read_page(nothing)) == {"decision": "Choose what the target becomes."}
    assert faults_of(read_page(bare)) == {
        "decision_comment": "Say what the trust should think of again."
    }
    assert faults_of(read_page(long)) == {
        "decision_comment": "This has 4,001 characters; write at most 4,000."
    }
    assert back.texts["strong"] == ["Returned", "Returned."]
    assert "Think again." in back.texts["p"]
    assert reviewed.texts["strong"] == ["Reviewed", "Returned."]
    assert again.status_code == 409
    assert [one["comment"] for one in body_of(service)["moves"]] == [
        None,
        None,
        "Think\nagain.",
        None,
    ]


def test_who_decides_on_what_has_changed_meanwhile_is_told_and_nothing_is_done(
    service: Service,
) -> None:
    signed_in(service, Role.NATIONAL)
    service.target(goal())
    opened = fields_of(open_page(service, ONE))
    service.done("POST", f"/v1{ONE}/versions", {"goal_share": "0.2000", "change_reason": "More."})
    sent = {**opened, "decision": "returned", "decision_comment": "Too little."}

    refused = service.client.post(f"{ONE}/decide", data=sent)

    page = read_page(refused)
    assert refused.status_code == 409
    assert "Somebody has changed this target since you opened its page" in page.text
    assert "Too little." in page.texts["textarea"]
    assert body_of(service)["state"] == "submitted"


def test_a_draft_that_cannot_be_submitted_says_why(service: Service) -> None:
    signed_in(service, Role.TRUST, "ZZ901")
    one = f"{PATH}/board-2022-2025"
    service.done("POST", f"/v1{PATH}", goal(measure="board"))

    response = fill_in(service, one, f"{one}/submit")

    page = read_page(response)
    assert response.status_code == 422
    assert (
        "No actuals for 2022 are held; send them, or state the baseline with its source."
        in page.texts["li"]
    )
    assert read(service.send("GET", f"/v1{one}"))["state"] == "draft"
    assert page.texts["strong"] == ["Draft"]
    assert terms_of(page)["From"] == "No actuals are held yet"
    assert "No census has been sent." in page.texts["p"]


def test_a_target_is_withdrawn_for_a_reason_that_stays(service: Service) -> None:
    signed_in(service, Role.TRUST, "ZZ901")
    service.target(goal())

    bare = act(service, "withdraw")
    page = led_to(service, act(service, "withdraw", withdrawal="The service moves."))

    assert faults_of(read_page(bare)) == {"withdrawal": "Say why the target is withdrawn."}
    assert page.texts["strong"] == ["Withdrawn", "Withdrawn."]
    assert "The service moves." in page.texts["p"]
    assert body_of(service)["state"] == "withdrawn"


def test_an_area_and_the_national_team_comment(service: Service) -> None:
    service.target(goal())
    signed_in(service, Role.AREA, "Y56")
    bare = act(service, "comments")
    odd = act(service, "comments", comment="\0")
    page = led_to(service, act(service, "comments", comment="How?"))
    signed_in(service, Role.TRUST, "ZZ901")
    refused = act(service, "comments", comment="So.")

    assert faults_of(read_page(bare)) == {"comment": "Write your comment."}
    assert faults_of(read_page(odd)) == {
        "comment": "This has characters that cannot be shown; type it anew."
    }
    assert "Your comment is added." in page.texts["p"]
    assert "area of the test, 23 November 2026, on version 1" in page.texts["p"]
    assert refused.status_code == 403
    said = read(service.send("GET", f"/v1{ONE}/comments"))["items"]
    assert [(one["role"], one["text"]) for one in said] == [("area", "How?")]
