"""A target is set in a form that says what it means, and is stored as the API would store it."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.domain.callers import Role
from tests.api import targets
from tests.api.setting import Registered, Service, goal, leaders_and_rest, read
from tests.dashboard.filling import faults_of, fill_in, led_to, open_page, terms_of
from tests.dashboard.reading import Page, read_page
from tests.dashboard.signing import fields_of, signed_in

service = targets.service

PATH = "/trusts/ZZ901/targets"
NEW = f"{PATH}/new"
FORM = f"{NEW}?measure=leadership&cycle=2022-2025"
ONE = f"{PATH}/leadership-2022-2025"
EDIT = f"{ONE}/edit"

MEANING = (
    "The goal is 78 BME people by 31 March 2025. That is 31 more than at the census of 31 March"
    " 2022, the size of the team unchanged."
)


@pytest.fixture(scope="module")
def still(registered: Registered, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The same service on one kind of database, for tests that store nothing."""
    folder = tmp_path_factory.mktemp("still")
    with registered.service("sqlite", folder, targets.begin) as service:
        signed_in(service, Role.TRUST, "ZZ901")
        yield service
        assert read(service.send("GET", f"/v1{PATH}"))["items"] == []


def held(service: Service, query: str = "") -> dict[str, Any]:
    """Return the target as the API tells it."""
    return read(service.send("GET", f"/v1{ONE}{query}"))


def rows_of(page: Page, caption: str) -> list[str]:
    """Return the rows of the tables that follow the one with a caption, its own first."""
    assert caption in page.texts["caption"]
    return page.texts["tr"]


def test_a_trust_sets_a_target_and_sees_what_it_means_before(service: Service) -> None:
    signed_in(service, Role.TRUST, "ZZ901")
    start = open_page(service, NEW)
    form = open_page(service, FORM)
    entered = {"form": "headcount", "goal_headcount": "78"}
    shown = fill_in(service, FORM, NEW, step="show", **entered)
    before = read(service.send("GET", f"/v1{PATH}"))["items"]
    fragment = service.client.get(f"{PATH}/preview", params={**dict(_query(FORM)), **entered})
    saved = fill_in(
        service,
        FORM,
        NEW,
        **entered,
        milestone_1="50",
        reference="fixed",
        reference_share="21.25%",
        reference_source="Census 2021",
        board_day="26",
        board_month="5",
        board_year="2022",
        rationale="A succession plan.\r\nTwo lines.",
    )
    page = led_to(service, saved)

    assert "Leadership (bands 8a to 9 and VSM)" in start.texts["option"]
    assert start.texts["h1"] == ["Set a target: Trust ZZ901 (demonstration)"]
    assert (
        "At the baseline, the census of 31 March 2022, 47 of 431 people in the group were BME"
        " (10.9%)." in form.texts["p"]
    )
    assert "Of the whole workforce it was 20.3%." in form.texts["p"]
    assert MEANING in read_page(shown).texts["p"]
    assert fields_of(read_page(shown))["goal_headcount"] == "78"
    assert before == []
    assert MEANING in fragment.text
    assert "<html" not in fragment.text
    assert page.texts["h1"] == [
        "Leadership (bands 8a to 9 and VSM), 2022 to 2025: Trust ZZ901 (demonstration)"
    ]
    assert "The draft is saved. It counts once it is submitted." in page.texts["p"]
    assert held(service) | {"goal_headcount": 78} == held(service)
    assert {name: held(service)[name] for name in ("rationale", "board_approved_on", "state")} == {
        "rationale": "A succession plan.\nTwo lines.",
        "board_approved_on": "2022-05-26",
        "state": "draft",
    }
    assert held(service)["parity_reference"] == {
        "kind": "fixed",
        "share": "0.2125",
        "source": "Census 2021",
    }
    told = rows_of(page, "What is due at each census")
    for one in held(service)["milestones"]:
        people = f" {one['headcount']} {one['headcount'] - 47}"
        assert any(
            row.startswith(f"31 March {one['year']} ") and row.endswith(people) for row in told
        )
    facts = terms_of(page)
    assert facts["Held against"] == "The fixed share of 21.3% (Census 2021)"
    assert facts["Approved by the board"] == "26 May 2022"


def _query(path: str) -> list[tuple[str, str]]:
    pairs = path.partition("?")[2].split("&")
    return [(name, value) for name, _, value in (one.partition("=") for one in pairs)]


LONG = "x" * 1001

BELOW = "The goal {} is below the baseline of 47 people; a goal is never below it."


@pytest.mark.parametrize(
    ("entered", "faults"),
    [
        pytest.param({"form": ""}, {"form": "Choose what the goal is."}, id="no goal"),
        pytest.param(
            {"form": "headcount", "milestone_1": "some"},
            {
                "goal_headcount": "Enter how many BME people.",
                "milestone_1": "Enter a whole number of people.",
            },
            id="no number",
        ),
        pytest.param(
            {
                "form": "headcount",
                "goal_headcount": "40.5",
                "board_day": "31",
                "board_month": "2",
                "board_year": "2022",
                "reference": "other",
                "baseline_bme": "50",
                "rationale": "\0",
            },
            {
                "goal_headcount": "Enter a whole number of people.",
                "baseline_total": "Enter how many people, 0 if none.",
                "workforce_bme": "Enter how many people, 0 if none.",
                "workforce_total": "Enter how many people, 0 if none.",
                "baseline_source": "Say where these figures come from.",
                "reference": "Choose what the group is held against.",
                "board": "Enter a day that there is, such as 30 9 2026.",
                "rationale": "This has characters that cannot be shown; type it anew.",
            },
            id="everything at once",
        ),
        pytest.param(
            {"form": "share", "goal_share": "101", "milestone_2": "1,5"},
            dict.fromkeys(
                ("goal_share", "milestone_2"),
                "Enter a percentage from 0 to 100 with at most two decimals, such as 42.5.",
            ),
            id="no percentage",
        ),
        pytest.param(
            {
                "form": "share",
                "goal_share": "10",
                "reference": "fixed",
            },
            {
                "reference_share": "Enter the share in percent, such as 42.5.",
                "reference_source": "Say where the share comes from.",
            },
            id="a fixed share without one",
        ),
        pytest.param(
            {"form": "no_target_needed", "reason": LONG},
            {
                "reason": "This has 1,001 characters; write at most 1,000.",
                "form": "The group is below what it is held against, so it takes a goal in people"
                " or as a share.",
            },
            id="a reason that is too long, for a goal that cannot be",
        ),
        pytest.param(
            {"form": "share", "goal_share": "10", "milestone_2": "5", "board_day": "1"}
            | {"board_month": "4", "board_year": "2027"},
            {
                "board": "This day has not come. Leave it out until the board has approved.",
                "goal_share": "The goal 10% is below the baseline of 47 of 431 (10.9%); a goal is"
                " never below it.",
                "milestone_2": "5% in 2024 is below the baseline of 47 of 431 (10.9%).",
            },
            id="what contradicts what is held",
        ),
        pytest.param(
            {"form": "headcount", "goal_headcount": "80"}
            | {"baseline_bme": "60", "baseline_total": "50", "workforce_bme": "60"}
            | {"workforce_total": "50", "baseline_source": "A report"},
            {
                "baseline_bme": "There cannot be more BME people than people.",
                "workforce_bme": "There cannot be more BME people than people.",
            },
            id="a baseline where one is held",
        ),
    ],
)
def test_every_fault_is_told_at_its_field_and_nothing_is_stored(
    still: Service, entered: dict[str, str], faults: dict[str, str]
) -> None:
    response = fill_in(still, FORM, NEW, **entered)

    assert response.status_code == 422
    page = read_page(response)
    assert faults_of(page) == faults
    sent = fields_of(page)
    assert {name: sent[name] for name in entered if name in sent and name != "form"} == {
        name: value for name, value in entered.items() if name in sent and name != "form"
    }


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("measure=all&cycle=2022-2025", "measure", "Choose a group."),
        ("measure=leadership&cycle=2023-2026", "cycle", "Choose a cycle."),
        (
            "measure=leadership&staff_group=nurses&cycle=2022-2025",
            "staff_group",
            "Choose who of the group is counted.",
        ),
        (
            "measure=board&staff_group=clinical&cycle=2022-2025",
            "staff_group",
            "This group is always everybody. Choose “Everybody in the group”.",
        ),
    ],
)
def test_a_group_or_cycle_that_there_is_not_is_told(
    still: Service, query: str, field: str, sentence: str
) -> None:
    asked = still.client.get(f"{NEW}?{query}")
    sent = fill_in(still, FORM, NEW, **dict(_query(f"?{query}")))
    fragment = still.client.get(f"{PATH}/preview?{query}")

    assert (asked.status_code, sent.status_code) == (422, 422)
    assert faults_of(read_page(asked)) == faults_of(read_page(sent)) == {field: sentence}
    assert sentence in fragment.text


def test_the_workforce_is_held_against_nothing(still: Service) -> None:
    page = open_page(still, f"{NEW}?measure=workforce&cycle=2022-2025")

    assert "Of the whole workforce" not in page.text
    assert "The usual: nothing, year by year" in page.texts["option"]
    assert (
        "Arithmetic of the strategy The census that it starts from, before the baseline, is not"
        " held. – –" in page.texts["tr"]
    )


def test_where_parity_is_the_proposal_is_to_keep_it(service: Service) -> None:
    signed_in(service, Role.TRUST, "ZZ901")
    service.actuals(2022, leaders_and_rest((200, 431), targets.WORKFORCE, reason="A mistake."))

    form = open_page(service, FORM)
    (offer,) = [one for one in form.links() if "method=appointments" in one]
    page = open_page(service, offer.removesuffix("#goal"))

    assert (
        "What appointments would bring Keep the share of the baseline – Start from this: What"
        " appointments would bring" in form.texts["tr"]
    )
    assert (
        "The goal is to keep the share of the baseline until 31 March 2025. It was reached at the"
        " census of 31 March 2022." in page.texts["p"]
    )


@pytest.mark.parametrize(
    ("entered", "told"),
    [
        ({}, ["Enter a goal to see what it means."]),
        (
            {"form": "headcount"},
            ["Enter a goal to see what it means.", "Enter how many BME people."],
        ),
        (
            {"form": "headcount", "goal_headcount": "3"},
            [
                "This cannot be the goal.",
                BELOW.format(3),
            ],
        ),
        (
            {"form": "maintain"},
            [
                "This cannot be the goal.",
                "The group is below what it is held against, so it takes a goal in people or as",
            ],
        ),
        (
            {"form": "headcount", "goal_headcount": "432"},
            [
                "The goal is 432 BME people by 31 March 2025. That is 385 more than at the census",
                "Even if every appointment went to BME staff, the goal would not be reached.",
                "The goal of 100.23% is above the 20.26% that it is compared with in 2022.",
                "The goal of 432 people is more than the team of 431. What this means",
            ],
        ),
        (
            {"form": "headcount", "goal_headcount": "47"},
            [
                "It was reached at the census of 31 March 2022.",
                "If 12% of staff leave in a year, some 137 appointments are expected until then.",
            ],
        ),
        (
            {
                "form": "no_target_needed",
                "reference": "fixed",
                "reference_share": "5",
                "cycle": "2022-2025",
            },
            ["No target is needed, so there is no goal to reach."],
        ),
        (
            {"form": "maintain", "reference": "fixed", "reference_share": "5"},
            ["The goal is to keep the share of the baseline until 31 March 2025."],
        ),
        (
            {
                "form": "headcount",
                "goal_headcount": "9",
                "cycle": "2025-2028",
                "baseline_bme": "8",
                "baseline_total": "40",
                "workforce_bme": "90",
                "workforce_total": "300",
            },
            [
                "That is 1 more than at the census of 31 March 2025,",
            ],
        ),
        (
            {"form": "headcount", "goal_headcount": "9", "cycle": "2025-2028"},
            ["The goal is 9 BME people by 31 March 2028.", "No census has been sent."],
        ),
        (
            {
                "form": "headcount",
                "goal_headcount": "1",
                "cycle": "2025-2028",
                "baseline_bme": "0",
                "baseline_total": "0",
                "workforce_bme": "0",
                "workforce_total": "0",
            },
            ["The goal is 1 BME person by 31 March 2028.", "31 March 2028 – 1 1"],
        ),
    ],
)
def test_what_a_goal_means_is_answered_as_it_is_entered(
    still: Service, entered: dict[str, str], told: list[str]
) -> None:
    asked = {**dict(_query(FORM)), **entered}

    response = still.client.get(f"{PATH}/preview", params=asked)

    assert response.status_code == 200
    text = read_page(response).text
    assert [one for one in told if one not in text] == []


def test_a_proposal_is_a_starting_value_and_stays_known_while_it_is_kept(
    service: Service,
) -> None:
    signed_in(service, Role.TRUST, "ZZ901")
    (offer,) = [one for one in open_page(service, FORM).links() if "method=appointments" in one]
    path = offer.removesuffix("#goal")
    page = open_page(service, path)
    saved = fill_in(service, path, NEW, form="headcount")
    told = terms_of(led_to(service, saved))["Where the goal comes from"]
    proposed = held(service)
    fill_in(service, EDIT, form="headcount", goal_headcount="77", method="appointments")
    changed = held(service)

    assert told == "By what turnover and a share of appointments would bring, without growth."
    assert str(proposed["goal_headcount"]) == fields_of(page)["goal_headcount"]
    assert proposed["provenance"] == "proposed"
    assert proposed["proposal"]["method"] == "appointments"
    assert (changed["goal_headcount"], changed["provenance"]) == (77, "set_by_trust")


def test_a_proposal_that_was_changed_before_it_was_saved_is_the_trusts_own(
    service: Service,
) -> None:
    signed_in(service, Role.TRUST, "ZZ901")

    fill_in(service, FORM, NEW, form="headcount", goal_headcount="60", method="strategy")

    assert (held(service)["provenance"], held(service)["proposal"]) == ("set_by_trust", None)


def test_a_group_that_has_a_target_in_a_cycle_leads_to_it(service: Service) -> None:
    signed_in(service, Role.TRUST, "ZZ901")
    opened = fields_of(open_page(service, FORM))
    service.done("POST", f"/v1{PATH}", goal())

    asked = service.client.get(FORM)
    sent = service.client.post(NEW, data={**opened, "form": "headcount", "goal_headcount": "60"})

    assert (asked.status_code, sent.status_code) == (200, 409)
    for response in (asked, sent):
        page = read_page(response)
        assert ONE in set(page.links())
        assert "There is a target for this group and cycle already." in page.text
    assert held(service)["goal_share"] == "0.1800"


def test_what_somebody_else_changed_meanwhile_is_told_and_what_was_entered_is_kept(
    service: Service,
) -> None:
    signed_in(service, Role.TRUST, "ZZ901")
    service.done("POST", f"/v1{PATH}", goal())
    opened = fields_of(open_page(service, EDIT))
    service.done("PATCH", f"/v1{ONE}", {"goal_share": "0.1900"}, {"If-Match": "*"})

    entered = {"form": "share", "goal_share": "20"}
    refused = service.client.post(EDIT, data={**opened, **entered})
    kept = held(service)["goal_share"]
    again = service.client.post(
        EDIT, data={**fields_of(read_page(refused)), **entered}, follow_redirects=False
    )

    assert refused.status_code == 409
    page = read_page(refused)
    assert "Somebody else has changed this target" in page.texts["h2"]
    assert f"{ONE}?version=1" in set(page.links())
    assert fields_of(page)["goal_share"] == "20"
    assert kept == "0.1900"
    assert led_to(service, again)
    assert held(service)["goal_share"] == "0.2000"


def test_a_target_that_is_changed_stays_of_its_group_whatever_the_form_says(
    service: Service,
) -> None:
    signed_in(service, Role.TRUST, "ZZ901")
    service.done("POST", f"/v1{PATH}", goal())

    saved = fill_in(
        service, EDIT, measure="dragons", staff_group="knights", form="share", goal_share="20"
    )

    assert saved.status_code == 303
    now = held(service)
    assert (now["measure"], now["staff_group"], now["goal_share"]) == (
        "leadership",
        None,
        "0.2000",
    )


def test_a_further_version_is_drafted_for_a_reason_and_says_what_changed(
    service: Service,
) -> None:
    signed_in(service, Role.TRUST, "ZZ901")
    service.target(goal(milestones=[{"year": 2023, "goal_share": "0.1300"}]))
    form = open_page(service, EDIT)
    without = fill_in(service, EDIT, form="share", goal_share="21.5")
    shown = fill_in(service, EDIT, form="share", goal_share="21.5", step="show")
    entered = {"form": "share", "goal_share": "21.5", "milestone_1": ""}
    saved = fill_in(service, EDIT, **entered, change_reason="The board asked for more.")
    page = led_to(service, saved)
    in_force = open_page(service, ONE)
    late = service.client.post(EDIT, data={**fields_of(form), **entered, "change_reason": "Mine"})

    assert form.texts["h1"] == ["Set a further version: Trust ZZ901 (demonstration)"]
    assert fields_of(form)["milestone_1"] == "13"
    assert faults_of(read_page(without)) == {"change_reason": "Say why the target changes."}
    assert shown.status_code == 200
    assert saved.headers["location"] == f"{ONE}?version=2&done=drafted"
    assert terms_of(page)["Why it changed"] == "The board asked for more."
    assert (
        "2 Draft 21.5% BME – Goal: 21.5% BME, before 18% BME; Milestones: a straight line, before"
        " 13% BME in 2023 The board asked for more."
    ) in page.texts["tr"]
    assert "Another version is in force: version 1" in page.texts["a"]
    assert "A further version is being drafted: version 2" in in_force.texts["a"]
    assert held(service)["version"] == 1
    assert late.status_code == 409
    assert "Somebody else has changed this target" in read_page(late).texts["h2"]
    assert held(service, "?version=2")["change_reason"] == "The board asked for more."


def test_a_baseline_is_stated_where_no_actuals_are_held(service: Service) -> None:
    signed_in(service, Role.TRUST, "ZZ901")
    path, one = f"{NEW}?measure=band_9&cycle=2025-2028", f"{PATH}/band-9-2025-2028"
    service.done(
        "POST",
        f"/v1{PATH}",
        {
            "measure": "band_9",
            "cycle": "2025-2028",
            "goal_headcount": 4,
            "baseline": {
                "bme": 2,
                "total": 20,
                "workforce_bme": 30,
                "workforce_total": 100,
                "source": "Board report",
                "covers": ["ZZ901"],
            },
        },
    )
    form = open_page(service, f"{one}/edit")
    saved = fill_in(service, f"{one}/edit", form="headcount", goal_headcount="5")
    body = read(service.send("GET", f"/v1{one}"))

    service.done(
        "POST",
        f"/v1{PATH}",
        {"measure": "vsm", "cycle": "2025-2028", "goal_share": "0.2500"},
    )
    asked = open_page(service, path.replace("band_9", "band_8d"))
    assert "Very senior managers 25% BME 25% – – 1 Draft" in open_page(service, PATH).texts["tr"]
    assert "No actuals for the census of 31 March 2025 are held." in asked.texts["p"]
    assert fields_of(form) | {"baseline_total": "20", "baseline_source": "Board report"} == (
        fields_of(form)
    )
    assert (
        "2 of 20 people at the census of 31 March 2025, 10.0% (stated: Board report)"
        in (terms_of(led_to(service, saved))["From"])
    )
    assert body["baseline"] | {"source": "Board report", "covers": ["ZZ901"]} == body["baseline"]
    assert body["goal_headcount"] == 5


def test_what_is_refused_when_it_is_stored_is_told_at_its_field(service: Service) -> None:
    signed_in(service, Role.TRUST, "ZZ901")
    service.done("POST", f"/v1{PATH}", goal())

    new = fill_in(
        service,
        f"{NEW}?measure=band_8a&cycle=2022-2025",
        NEW,
        form="headcount",
        goal_headcount="4",
    )
    change = fill_in(service, EDIT, form="share", goal_share="4")
    given = fill_in(service, EDIT, form="share", goal_share="20", reference="own_staff_group")

    assert faults_of(read_page(new)) == {"goal_headcount": BELOW.format(4)}
    assert set(faults_of(read_page(change))) == {"goal_share"}
    assert faults_of(read_page(given)) == {
        "reference": "Only a clinical or non-clinical group can be held against its own."
    }
    assert held(service)["goal_share"] == "0.1800"


@pytest.mark.parametrize("path", [NEW, FORM, f"{PATH}/preview?measure=leadership", EDIT])
def test_whoever_may_not_set_targets_does_not_come_to_the_form(still: Service, path: str) -> None:
    cookies = dict(still.client.cookies)
    still.client.cookies.clear()
    nobody = still.client.get(path, follow_redirects=False)
    signed_in(still, Role.AREA, "Y56")
    area = still.client.get(path)
    still.client.cookies.clear()
    still.client.cookies.update(cookies)

    assert nobody.status_code == 303
    assert nobody.headers["location"].startswith("/sign-in?next=%2Ftrusts%2FZZ901%2Ftargets")
    assert area.status_code == 403
    assert read_page(area).texts["h1"] == ["You cannot see this page"]


def test_what_an_encoding_makes_no_text_of_is_shown_as_a_mark(still: Service) -> None:
    word = fields_of(open_page(still, FORM))["csrf"]
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {
            "csrf": word,
            "measure": "leadership",
            "cycle": "2022-2025",
            "rationale": "\\ud800",
        }.items()
    )
    media_type = "multipart/form-data; boundary=x; charset=unicode_escape"

    response = still.client.post(
        NEW, content=f"{parts}--x--\r\n", headers={"Content-Type": media_type}
    )

    assert response.status_code == 422
    assert read_page(response).texts["textarea"] == ["", "?"]
