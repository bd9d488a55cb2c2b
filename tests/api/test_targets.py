"""Targets as a trust sets them over HTTP: drafts, changes, submission, and every refusal."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.callers import Role
from tests.api import setting
from tests.api.setting import (
    KINDS,
    START,
    Body,
    Registered,
    Service,
    goal,
    leaders_and_rest,
    problem_of,
    staff,
)

TARGETS = "/v1/trusts/ZZ901/targets"
ONE = f"{TARGETS}/leadership-2022-2025"
PROGRESS = "/v1/trusts/ZZ901/progress/leadership"

LEADERS, WORKFORCE = (47, 431), (1110, 5480)


registered = setting.registered


@pytest.fixture(params=KINDS)
def service(
    request: pytest.FixtureRequest, registered: Registered, tmp_path: Path
) -> Iterator[Service]:
    """A service with a trust that sent the census of 2022 an hour ago."""
    with registered.service(request.param, tmp_path) as service:
        _begin(service)
        yield service


@pytest.fixture(scope="module", params=KINDS)
def strict(
    request: pytest.FixtureRequest,
    registered: Registered,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    """The same with a draft and a submitted target, for tests that change nothing."""
    with registered.service(request.param, tmp_path_factory.mktemp("strict")) as service:
        _begin(service)
        service.target(goal(measure="band_8a"))
        service.done("POST", TARGETS, goal())
        yield service


def _begin(service: Service) -> None:
    service.clock.now = START - timedelta(hours=1)
    service.trust()
    service.actuals(2022, leaders_and_rest(LEADERS, WORKFORCE))
    service.clock.now = START


def draft(service: Service, body: Body) -> tuple[str, Body]:
    """Draft a target; return its path and its body."""
    response = service.done("POST", TARGETS, body)
    made: Body = response.json()
    return response.headers["Location"], made


def tag(service: Service, path: str) -> dict[str, str]:
    """Return the header that names what is held."""
    return {"If-Match": service.get(path).headers["ETag"]}


DRAFT: Body = {
    "id": "leadership-2022-2025",
    "ods_code": "ZZ901",
    "synthetic": True,
    "measure": "leadership",
    "staff_group": None,
    "cycle": "2022-2025",
    "version": 1,
    "state": "draft",
    "form": "share",
    "goal_share": "0.1800",
    "goal_headcount": None,
    "reason": None,
    "milestones": [
        {"year": 2023, "share": 0.132699, "headcount": 58},
        {"year": 2024, "share": 0.15635, "headcount": 68},
        {"year": 2025, "share": 0.18, "headcount": 78},
    ],
    "rounding": "half_up",
    "baseline": {
        "year": 2022,
        "bme": 47,
        "total": 431,
        "share": 0.109049,
        "workforce_bme": 1110,
        "workforce_total": 5480,
        "revision": 1,
        "covers": ["ZZ901"],
        "source": None,
    },
    "parity_reference": {"kind": "own_workforce", "share": None, "source": None},
    "board_approved_on": "2022-05-26",
    "rationale": "A goal for 2025",
    "provenance": "set_by_trust",
    "created": {
        "at": "2026-11-23T09:00:00Z",
        "by": "national of the test",
        "supplied_by": "national",
    },
    "submitted": None,
    "warnings": [],
}

WHOLE = goal(
    staff_group=None,
    milestones=None,
    parity_reference={"kind": "own_workforce", "share": None, "source": None},
    board_approved_on="2022-05-26",
    rationale="A goal for 2025",
)


# Drafts.


def test_a_target_begins_as_a_draft_with_the_baseline_of_its_actuals(service: Service) -> None:
    response = service.send("POST", TARGETS, WHOLE)

    assert response.status_code == 201
    assert response.json() == DRAFT
    assert response.headers["Location"] == ONE
    read = service.get(ONE)
    assert read.json() == DRAFT
    assert read.headers["ETag"] == response.headers["ETag"]


def test_a_draft_is_not_in_force(service: Service) -> None:
    service.done("POST", TARGETS, WHOLE)

    body = service.get(PROGRESS).json()

    assert (body["current_target"], body["current_target_reason"]) == (None, "no_target")


def test_a_draft_shows_the_baseline_that_it_would_have_now(service: Service) -> None:
    path, _ = draft(service, WHOLE)
    service.actuals(2022, leaders_and_rest((48, 431), WORKFORCE, reason="One was missed"))

    body = service.get(path).json()

    assert body["baseline"] == DRAFT["baseline"] | {"bme": 48, "share": 0.111369, "revision": 2}


def test_the_tag_of_a_draft_changes_with_the_baseline_that_it_shows(service: Service) -> None:
    path, _ = draft(service, WHOLE)
    before = service.get(path)
    service.actuals(2022, leaders_and_rest((48, 431), WORKFORCE, reason="One was missed"))

    again = service.client.get(path, headers={"If-None-Match": before.headers["ETag"]})

    assert again.status_code == 200


def test_a_draft_without_actuals_has_no_baseline_yet(service: Service) -> None:
    _, made = draft(service, goal(cycle="2019-2022"))

    assert (made["baseline"], made["milestones"]) == (None, [])


def test_a_target_can_be_set_by_the_trust_itself(service: Service) -> None:
    own = service.bearer(Role.TRUST, "ZZ901")

    response = service.client.post(TARGETS, json=goal(), headers=own)

    assert response.status_code == 201
    assert response.json()["created"] == {
        "at": "2026-11-23T09:00:00Z",
        "by": "trust of the test",
        "supplied_by": None,
    }


# Changes of a draft.


def test_a_change_replaces_what_it_names_and_leaves_the_rest(service: Service) -> None:
    path, _ = draft(service, WHOLE)

    response = service.send("PATCH", path, {"goal_share": "0.2000"}, tag(service, path))

    assert response.status_code == 200
    assert response.json() == DRAFT | {
        "goal_share": "0.2000",
        "milestones": [
            {"year": 2023, "share": 0.139366, "headcount": 61},
            {"year": 2024, "share": 0.169683, "headcount": 74},
            {"year": 2025, "share": 0.2, "headcount": 87},
        ],
    }
    assert service.get(path).json() == response.json()
    assert service.get(path).headers["ETag"] == response.headers["ETag"]


def test_a_change_to_null_takes_away(service: Service) -> None:
    path, _ = draft(service, WHOLE | {"milestones": [{"year": 2023, "goal_share": "0.1300"}]})
    gone = {"milestones": None, "board_approved_on": None, "rationale": None}

    response = service.send("PATCH", path, gone, tag(service, path))

    assert response.json() == DRAFT | {"board_approved_on": None, "rationale": None}


def test_a_change_keeps_milestones_it_does_not_name(service: Service) -> None:
    path, made = draft(service, WHOLE | {"milestones": [{"year": 2023, "goal_share": "0.1300"}]})

    response = service.send("PATCH", path, {"rationale": "Another"}, tag(service, path))

    assert response.json() == made | {"rationale": "Another"}
    assert response.json()["milestones"][0] == {"year": 2023, "share": 0.13, "headcount": 57}


def test_a_change_to_another_form_needs_no_milestones_of_the_old_one(service: Service) -> None:
    path, _ = draft(service, WHOLE | {"milestones": [{"year": 2023, "goal_share": "0.1300"}]})

    response = service.send("PATCH", path, {"goal_headcount": 60}, tag(service, path))

    assert response.json() == DRAFT | {
        "form": "headcount",
        "goal_share": None,
        "goal_headcount": 60,
        "milestones": [
            {"year": 2023, "share": 0.118329, "headcount": 51},
            {"year": 2024, "share": 0.12993, "headcount": 56},
            {"year": 2025, "share": 0.139211, "headcount": 60},
        ],
    }


def test_the_same_again_changes_nothing_whatever_its_precondition(service: Service) -> None:
    path, made = draft(service, WHOLE)
    held = tag(service, path)
    same = {"goal_share": "0.1800", "rationale": "A goal for 2025"}

    response = service.send("PATCH", path, same, {"If-Match": '"another"'})

    assert (response.status_code, response.json()) == (200, made)
    assert tag(service, path) == held


def test_a_change_names_what_it_changes(strict: Service) -> None:
    held = strict.get(ONE).headers["ETag"]

    response = strict.send("PATCH", ONE, {"rationale": "Another"})

    assert response.status_code == 428
    assert problem_of(response) == {
        "type": "/problems/revision-not-named",
        "title": "If-Match is required",
        "status": 428,
        "detail": f"To change what is held, send its ETag in If-Match: {held}.",
        "held": held,
    }


def test_a_change_of_what_has_changed_since_is_refused(service: Service) -> None:
    path, _ = draft(service, WHOLE)
    seen = tag(service, path)
    service.done("PATCH", path, {"rationale": "Mine"}, seen)
    held = service.get(path).headers["ETag"]

    response = service.send("PATCH", path, {"rationale": "Yours"}, seen)

    assert response.status_code == 412
    assert problem_of(response) == {
        "type": "/problems/revision-stale",
        "title": "Revision is stale",
        "status": 412,
        "detail": f"The precondition does not hold: what is held is {held}."
        " Read it again, then repeat the change.",
        "held": held,
    }
    assert service.get(path).json()["rationale"] == "Mine"


# Submission.


def test_a_submitted_target_is_in_force_with_its_baseline_frozen(service: Service) -> None:
    path, _ = draft(service, WHOLE)
    service.clock.forward(hours=1)

    response = service.send("POST", f"{path}/submit", headers=tag(service, path))

    assert response.status_code == 200
    assert response.json() == DRAFT | {
        "state": "submitted",
        "submitted": {
            "at": "2026-11-23T10:00:00Z",
            "by": "national of the test",
            "supplied_by": "national",
        },
    }
    assert service.get(path).json() == response.json()
    assert service.get(path).headers["ETag"] == response.headers["ETag"]
    assert service.get(PROGRESS).json()["current_target"]["id"] == "leadership-2022-2025"


def test_a_later_correction_leaves_the_path_and_is_told(service: Service) -> None:
    path = service.target(WHOLE)
    before = service.get(path).json()
    target = service.get(PROGRESS).json()["current_target"]
    service.clock.forward(days=1)
    service.actuals(2022, leaders_and_rest((48, 431), WORKFORCE, reason="One was missed"))

    after = service.get(PROGRESS).json()

    assert service.get(path).json() == before
    assert after["current_target"] == target
    assert after["actuals"][-1]["bme"] == 48
    assert "baseline_revised" in [warning["code"] for warning in after["warnings"]]


def test_a_correction_of_other_people_than_the_target_starts_from_is_not_told(
    service: Service,
) -> None:
    service.target(WHOLE)
    service.actuals(
        2022, leaders_and_rest(LEADERS, WORKFORCE, notes="Hosted staff left out", reason="A note")
    )

    warnings = service.get(PROGRESS).json()["warnings"]

    assert "baseline_revised" not in [warning["code"] for warning in warnings]


def test_submitting_what_has_changed_since_is_refused(service: Service) -> None:
    path, _ = draft(service, WHOLE)
    seen = tag(service, path)
    service.done("PATCH", path, {"rationale": "Another"}, seen)

    response = service.send("POST", f"{path}/submit", headers=seen)

    assert (response.status_code, problem_of(response)["type"]) == (
        412,
        "/problems/revision-stale",
    )
    assert service.get(path).json()["state"] == "draft"


@pytest.mark.parametrize(
    ("method", "end", "body"),
    [
        pytest.param("POST", "/submit", None, id="submitted again"),
        pytest.param("PATCH", "", {"rationale": "Another"}, id="changed"),
    ],
)
def test_a_submitted_target_never_changes(
    strict: Service, method: str, end: str, body: Body | None
) -> None:
    path = f"{TARGETS}/band-8a-2022-2025"
    before = strict.get(path)

    response = strict.send(method, f"{path}{end}", body, tag(strict, path))

    assert response.status_code == 409
    assert problem_of(response) == {
        "type": "/problems/target-not-draft",
        "title": "Target is not a draft",
        "status": 409,
        "detail": "The target band-8a-2022-2025 of ZZ901 is submitted; only a draft can be"
        " changed or submitted.",
        "ods_code": "ZZ901",
        "target_id": "band-8a-2022-2025",
        "state": "submitted",
    }
    assert strict.get(path).content == before.content


@pytest.mark.parametrize("measure", ["leadership", "band_8a"])
def test_a_second_target_for_a_measure_and_cycle_is_refused(strict: Service, measure: str) -> None:
    id_ = f"{measure.replace('_', '-')}-2022-2025"

    response = strict.send("POST", TARGETS, goal("0.1900", measure=measure))

    assert response.status_code == 409
    assert problem_of(response) == {
        "type": "/problems/target-already-set",
        "title": "Target already set",
        "status": 409,
        "detail": f"ZZ901 already has the target {id_}; change the draft, or add a version once"
        " it is submitted.",
        "ods_code": "ZZ901",
        "target_id": id_,
    }


def test_other_staff_groups_and_cycles_have_targets_of_their_own(service: Service) -> None:
    service.actuals(2019, leaders_and_rest((31, 402), (912, 5210)))

    made = [
        draft(service, goal(**members))[1]["id"]
        for members in ({}, {"staff_group": "clinical"}, {"cycle": "2019-2022"})
    ]

    assert made == [
        "leadership-2022-2025",
        "leadership-clinical-2022-2025",
        "leadership-2019-2022",
    ]


# Forms, milestones and exact numbers.


def test_a_headcount_goal_has_milestones_rounded_half_up(service: Service) -> None:
    milestones = [{"year": 2024, "goal_headcount": 52}]
    body = {"measure": "leadership", "cycle": "2022-2025", "goal_headcount": 60}

    _, made = draft(service, body | {"milestones": milestones})

    assert (made["form"], made["goal_headcount"], made["rounding"]) == ("headcount", 60, "half_up")
    # Halfway from 47 to 52 is 49.5.
    assert [(one["year"], one["headcount"]) for one in made["milestones"]] == [
        (2023, 50),
        (2024, 52),
        (2025, 60),
    ]


def test_headcounts_are_due_as_stored_however_the_team_grows(service: Service) -> None:
    service.target({"measure": "leadership", "cycle": "2022-2025", "goal_headcount": 60})
    service.actuals(2023, leaders_and_rest((51, 862), (1200, 5900)))

    body = service.get(PROGRESS).json()

    assert body["current_target"]["milestones"] == [
        {"year": 2023, "share": 0.059165, "headcount": 51},
        {"year": 2024, "share": 0.064965, "headcount": 56},
        {"year": 2025, "share": 0.069606, "headcount": 60},
    ]
    assert body["gap"]["position"] == "on_path"
    assert body["gap"]["to_goal"] == {"share": 0.010441, "people": 9}


def test_given_milestones_bend_the_line(service: Service) -> None:
    given = [{"year": 2023, "goal_share": "0.1300"}, {"year": 2025, "goal_share": "0.1800"}]

    _, made = draft(service, goal(milestones=given))

    assert made["milestones"] == [
        {"year": 2023, "share": 0.13, "headcount": 57},
        {"year": 2024, "share": 0.155, "headcount": 67},
        {"year": 2025, "share": 0.18, "headcount": 78},
    ]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("0.1800", "0.1800"), ("0.18", "0.1800"), ("0.1801", "0.1801"), ("1", "1.0000")],
)
def test_four_places_are_kept_exactly(service: Service, sent: str, kept: str) -> None:
    path, made = draft(service, goal(sent))

    assert made["goal_share"] == kept
    assert service.get(path).json()["goal_share"] == kept


def test_34_percent_of_150_people_is_51(service: Service) -> None:
    service.actuals(2019, leaders_and_rest((31, 150), (1800, 5210)))

    _, made = draft(service, goal("0.34", cycle="2019-2022"))

    assert made["milestones"][-1] == {"year": 2022, "share": 0.34, "headcount": 51}


def test_a_goal_to_maintain_is_the_share_of_the_baseline(service: Service) -> None:
    service.actuals(2019, leaders_and_rest((100, 300), (912, 5210)))
    service.target({"measure": "leadership", "cycle": "2019-2022", "goal": "maintain"})
    service.actuals(2020, leaders_and_rest((60, 180), (960, 5300)))
    service.actuals(2021, leaders_and_rest((53, 160), (960, 5300)))
    shown = service.get(f"{TARGETS}/leadership-2019-2022").json()

    small = service.get(PROGRESS, as_of=START).json()

    assert (shown["form"], shown["goal_share"], shown["goal_headcount"]) == (
        "maintain",
        None,
        None,
    )
    assert [one["share"] for one in shown["milestones"]] == [0.333333] * 3
    assert [one["headcount"] for one in shown["milestones"]] == [100] * 3
    assert small["current_target"] is None


def test_a_shrinking_team_that_keeps_its_share_has_met_its_goal_to_maintain(
    service: Service,
) -> None:
    service.actuals(2022, leaders_and_rest((100, 300), WORKFORCE, reason="Counted anew"))
    service.target({"measure": "leadership", "cycle": "2022-2025", "goal": "maintain"})
    service.actuals(2023, leaders_and_rest((60, 180), WORKFORCE))

    gap = service.get(PROGRESS).json()["gap"]

    assert gap["to_goal"] == {"share": 0.0, "people": 0}
    assert (gap["met"], gap["position"]) == (True, "met")


def test_no_target_needed_comes_with_its_reason(service: Service) -> None:
    service.actuals(2022, leaders_and_rest((100, 300), WORKFORCE, reason="Counted anew"))
    body = {"measure": "leadership", "cycle": "2022-2025", "goal": "no_target_needed"}
    path = service.target(body | {"reason": "Above the workforce since 2019"})

    shown, progress = service.get(path).json(), service.get(PROGRESS).json()

    assert (shown["form"], shown["reason"]) == (
        "no_target_needed",
        "Above the workforce since 2019",
    )
    assert (shown["milestones"], progress["current_target"]["milestones"]) == ([], [])
    assert (progress["gap"], progress["gap_reason"]) == (None, "no_target_needed")


def test_a_goal_above_the_reference_is_accepted_with_a_warning(service: Service) -> None:
    _, made = draft(service, goal("0.2100"))

    assert [warning["code"] for warning in made["warnings"]] == ["goal_above_reference"]
    assert all(warning["detail"].endswith(".") for warning in made["warnings"])


# References.


@pytest.mark.parametrize(
    ("members", "reference"),
    [
        pytest.param({}, {"kind": "own_workforce"}, id="default"),
        pytest.param({"parity_reference": None}, {"kind": "own_workforce"}, id="null"),
        pytest.param(
            {"parity_reference": {"kind": "own_workforce_at_baseline"}},
            {"kind": "own_workforce_at_baseline"},
            id="at baseline",
        ),
        pytest.param(
            {"parity_reference": {"kind": "own_medical_workforce"}},
            {"kind": "own_medical_workforce"},
            id="medical",
        ),
        pytest.param(
            {"parity_reference": {"kind": "own_staff_group"}, "staff_group": "clinical"},
            {"kind": "own_staff_group"},
            id="staff group",
        ),
        pytest.param(
            {"parity_reference": {"kind": "fixed", "share": "0.2", "source": "Census 2021"}},
            {"kind": "fixed", "share": "0.2000", "source": "Census 2021"},
            id="fixed",
        ),
        pytest.param(
            {"measure": "workforce", "goal_share": "0.2500"}, {"kind": None}, id="workforce"
        ),
    ],
)
def test_a_target_keeps_its_reference(service: Service, members: Body, reference: Body) -> None:
    path, made = draft(service, goal(**members))

    expected = {"share": None, "source": None} | reference
    assert made["parity_reference"] == expected
    assert service.get(path).json()["parity_reference"] == expected


def test_consultants_are_held_against_the_medical_workforce(service: Service) -> None:
    cells = {
        ("medical", "consultant"): (60, 40, 0),
        ("medical", "trainee"): (40, 60, 0),
        ("clinical", "5"): (700, 100, 0),
    }
    service.actuals(2022, staff(cells, reason="Counted anew"))

    _, made = draft(service, goal("0.5001", measure="consultants"))

    assert made["parity_reference"]["kind"] == "own_medical_workforce"
    assert [warning["code"] for warning in made["warnings"]] == ["goal_above_reference"]


def test_progress_takes_the_reference_of_the_target(service: Service) -> None:
    fixed = {"kind": "fixed", "share": "0.2500", "source": "Census 2021"}
    service.target(goal(parity_reference=fixed))

    parity = service.get(PROGRESS).json()["parity"]

    assert (parity["reference"], parity["reference_share"]) == ("fixed", 0.25)


# Stated baselines.

STATED: Body = {
    "bme": 12,
    "total": 90,
    "workforce_bme": 300,
    "workforce_total": 1500,
    "source": "WRES report 2019, table 1",
}


def test_a_baseline_is_stated_where_nothing_is_held(service: Service) -> None:
    path = service.target(goal(cycle="2019-2022", baseline=STATED))

    body = service.get(path).json()

    assert body["baseline"] == {
        "year": 2019,
        "bme": 12,
        "total": 90,
        "share": 0.133333,
        "workforce_bme": 300,
        "workforce_total": 1500,
        "revision": None,
        "covers": [],
        "source": "WRES report 2019, table 1",
    } | {"covers": body["baseline"]["covers"]}
    assert body["baseline"]["covers"] in ([], ["ZZ901"])


def test_actuals_that_come_later_leave_a_stated_baseline(service: Service) -> None:
    path = service.target(goal(cycle="2019-2022", baseline=STATED))
    before = service.get(path).json()

    service.actuals(2019, leaders_and_rest((31, 402), (912, 5210)))

    assert service.get(path).json() == before


# Lists and instants.


def test_targets_are_listed_by_cycle_and_measure(service: Service) -> None:
    bodies = [
        goal(measure="band_8a"),
        goal("0.2500", measure="workforce"),
        goal(),
        goal(cycle="2019-2022", baseline=STATED),
    ]
    made = [draft(service, body)[1] for body in bodies]

    response = service.get(TARGETS)

    assert response.json() == {"items": [made[3], made[1], made[2], made[0]], "next": None}


def test_targets_are_read_as_of_an_instant(service: Service) -> None:
    path, made = draft(service, WHOLE)
    service.clock.forward(days=1)
    service.done("POST", f"{path}/submit")

    assert service.get(path, as_of=START).json() == made
    assert service.get(TARGETS, as_of=START).json() == {"items": [made], "next": None}
    assert service.get(TARGETS, as_of=START - timedelta(minutes=1)).json()["items"] == []
    assert service.get(path).json()["state"] == "submitted"


def test_a_draft_is_read_as_it_was_before_it_changed(service: Service) -> None:
    path, made = draft(service, WHOLE)
    service.clock.forward(days=1)
    service.done("PATCH", path, {"goal_share": "0.2000"}, tag(service, path))

    assert service.get(path, as_of=START).json() == made


def test_a_draft_is_read_with_the_baseline_known_then(service: Service) -> None:
    path, made = draft(service, WHOLE)
    service.clock.forward(days=1)
    service.actuals(2022, leaders_and_rest((48, 431), WORKFORCE, reason="One was missed"))

    assert service.get(path, as_of=START).json() == made


def test_a_target_that_was_not_there_yet_is_not_found(service: Service) -> None:
    path, _ = draft(service, WHOLE)

    response = service.get(path, as_of=START - timedelta(minutes=1))

    assert response.status_code == 404
    assert problem_of(response) == {
        "type": "/problems/target-not-found",
        "title": "Target not found",
        "status": 404,
        "detail": "ZZ901 has no target leadership-2022-2025.",
        "ods_code": "ZZ901",
        "target_id": "leadership-2022-2025",
    }


@pytest.mark.parametrize("path", [TARGETS, ONE])
def test_whoever_holds_an_answer_is_told_that_it_still_holds(strict: Service, path: str) -> None:
    first = strict.get(path)

    again = strict.client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_the_future_is_not_told(strict: Service) -> None:
    response = strict.get(TARGETS, as_of=START + timedelta(days=1))

    detail = (
        "as_of is 2026-11-24T09:00:00+00:00, but it is 2026-11-23T09:00:00+00:00: nobody knows"
        " yet."
    )
    assert problem_of(response) == {
        "type": "/problems/unacceptable-question",
        "title": "Unacceptable question",
        "status": 422,
        "detail": detail,
        "errors": [{"pointer": "?as_of", "code": "as_of_in_future", "detail": detail}],
    }


# Refusals. Each is the whole problem, and nothing is stored.


def faults(kind: str, *errors: tuple[str, str, str]) -> Body:
    """Return the problem of a body with faults."""
    names = {
        "invalid_request": ("Invalid request", "The request has"),
        "unacceptable_target": ("Unacceptable target", "The target has"),
    }
    title, subject = names[kind]
    number = "1 fault" if len(errors) == 1 else f"{len(errors)} faults"
    return {
        "type": f"/problems/{kind.replace('_', '-')}",
        "title": title,
        "status": 422,
        "detail": f"{subject} {number}; nothing was stored.",
        "errors": [
            {"pointer": pointer, "code": code, "detail": detail}
            for pointer, code, detail in errors
        ],
    }


BASE: Body = {"measure": "senior_leadership", "cycle": "2022-2025"}
"""A target that could be set, but for its goal."""

ONE_GOAL = ("", "one_goal", "Give one of goal_share, goal_headcount and goal.")
REASON = ("", "reason_with_goal", "A reason goes with no_target_needed, and only so.")
PATTERN = "String should match pattern '^(0(\\.[0-9]{1,4})?|1(\\.0{1,4})?)$'"
NOT_NARROWED = (
    "cannot be narrowed to {}: the workforce, consultants and the board stay whole, and other"
    " measures are clinical or non_clinical."
)
FIXED_ONLY = (
    "/parity_reference/share",
    "share_with_fixed",
    "A share goes with the kind fixed, and only with it.",
)
SOURCE = ("/parity_reference/source", "source_missing", "Say where the fixed share comes from.")
BELOW = "is below the baseline of 47 of 431 (0.1090); a goal is never below it."
AT_REST = "47 of 431 (0.1090) is below the reference (0.2026); state goal_share or goal_headcount."


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        pytest.param(BASE, [ONE_GOAL], id="no goal"),
        pytest.param(BASE | {"goal_share": "0.2", "goal_headcount": 60}, [ONE_GOAL], id="two"),
        pytest.param(BASE | {"goal": "no_target_needed"}, [REASON], id="reason missing"),
        pytest.param(BASE | {"goal_share": "0.2", "reason": "So"}, [REASON], id="reason unused"),
        pytest.param(
            BASE | {"goal_share": "0.18001"},
            [("/goal_share", "string_pattern_mismatch", f'"0.18001": {PATTERN}.')],
            id="five places",
        ),
        pytest.param(
            BASE | {"goal_share": "1.1"},
            [("/goal_share", "string_pattern_mismatch", f'"1.1": {PATTERN}.')],
            id="more than everybody",
        ),
        pytest.param(
            BASE | {"goal_share": 0.18},
            [("/goal_share", "string_type", "0.18: Input should be a valid string.")],
            id="a share that is no string",
        ),
        pytest.param(
            BASE | {"goal_headcount": 61.0},
            [
                (
                    "/goal_headcount",
                    "not_a_whole_number",
                    "61.0 is not a whole number; send one without quotes or decimals.",
                )
            ],
            id="a headcount with a decimal",
        ),
        pytest.param(
            BASE | {"goal_headcount": -1},
            [("/goal_headcount", "too_small", "-1 is negative; send 0 or more.")],
            id="a negative headcount",
        ),
        pytest.param(
            BASE | {"goal_share": "0.2", "milestones": [{"year": 2023}]},
            [("/milestones/0", "one_form", "Give either goal_share or goal_headcount.")],
            id="an empty milestone",
        ),
    ],
)
def test_a_malformed_target_is_refused(
    strict: Service, body: Body, errors: list[tuple[str, str, str]]
) -> None:
    _refused(strict, body, faults("invalid_request", *errors))


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        pytest.param(
            goal("0.1090"),
            [("/goal_share", "below_baseline", f"The goal 0.1090 {BELOW}")],
            id="a share below the baseline",
        ),
        pytest.param(
            goal(goal_share=None, goal_headcount=46),
            [
                (
                    "/goal_headcount",
                    "below_baseline",
                    "The goal 46 is below the baseline of 47 people; a goal is never below it.",
                )
            ],
            id="people below the baseline",
        ),
        pytest.param(
            goal(goal_share=None, goal="maintain"),
            [("/goal", "below_reference", AT_REST)],
            id="to maintain too little",
        ),
        pytest.param(
            goal(goal_share=None, goal="no_target_needed", reason="So"),
            [("/goal", "below_reference", AT_REST)],
            id="none needed, with too little",
        ),
        pytest.param(
            goal(measure="vsm"),
            [
                (
                    "/goal_share",
                    "nobody_at_baseline",
                    "Nobody was in the group in 2022; a share has no path from there.",
                )
            ],
            id="nobody",
        ),
        pytest.param(
            goal("0.3", measure="workforce", staff_group="clinical"),
            [
                (
                    "/staff_group",
                    "measure_cannot_be_narrowed",
                    f"workforce {NOT_NARROWED.format('clinical')}",
                )
            ],
            id="a workforce narrowed",
        ),
        pytest.param(
            goal(staff_group="medical"),
            [
                (
                    "/staff_group",
                    "measure_cannot_be_narrowed",
                    f"leadership {NOT_NARROWED.format('medical')}",
                )
            ],
            id="narrowed to medical staff",
        ),
        pytest.param(
            goal(cycle="2016-2019"),
            [("/cycle", "cycle_not_found", "There is no cycle 2016-2019.")],
            id="no such cycle",
        ),
        pytest.param(
            goal(parity_reference={"kind": "own_workforce", "share": "0.2"}),
            [FIXED_ONLY],
            id="a share that is not for the reference",
        ),
        pytest.param(
            goal(parity_reference={"kind": "fixed", "source": "Census 2021"}),
            [FIXED_ONLY],
            id="a fixed reference without share",
        ),
        pytest.param(
            goal(parity_reference={"kind": "fixed", "share": "0.2"}),
            [SOURCE],
            id="a fixed reference without source",
        ),
        pytest.param(
            goal(parity_reference={"kind": "own_staff_group"}),
            [
                (
                    "/parity_reference/kind",
                    "staff_group_missing",
                    "own_staff_group needs staff_group clinical or non_clinical.",
                )
            ],
            id="a staff group's reference without one",
        ),
        pytest.param(
            goal(board_approved_on="2026-11-24"),
            [
                (
                    "/board_approved_on",
                    "in_the_future",
                    "2026-11-24 has not come; leave it out until then.",
                )
            ],
            id="approved tomorrow",
        ),
        pytest.param(
            goal(baseline=STATED),
            [
                (
                    "/baseline",
                    "actuals_are_held",
                    "Actuals for 2022 are held, so the baseline comes from them; leave it out.",
                )
            ],
            id="a baseline beside actuals",
        ),
        pytest.param(
            BASE
            | {
                "cycle": "2019-2022",
                "goal_headcount": 100,
                "baseline": STATED | {"bme": 91, "workforce_bme": 1501},
            },
            [
                (
                    "/baseline/bme",
                    "subset_larger_than_whole",
                    "bme 91 is more than total 90.",
                ),
                (
                    "/baseline/workforce_bme",
                    "subset_larger_than_whole",
                    "workforce_bme 1501 is more than workforce_total 1500.",
                ),
            ],
            id="a stated baseline with more BME people than people",
        ),
    ],
)
def test_an_impossible_target_is_refused(
    strict: Service, body: Body, errors: list[tuple[str, str, str]]
) -> None:
    _refused(strict, body, faults("unacceptable_target", *errors))


def _refused(service: Service, body: Body, problem: Body) -> None:
    """See that a target is refused with a problem, and that nothing changes."""
    before = service.get(TARGETS).content

    response = service.send("POST", TARGETS, body)

    assert problem_of(response) == problem
    assert service.get(TARGETS).content == before


def test_all_faults_of_a_malformed_target_are_named(strict: Service) -> None:
    body = {
        "measure": "leaders",
        "cycle": "2022",
        "goal_share": "0.2",
        "goal_headcount": 60.5,
        "milestones": [{"year": "2023", "goal_share": "0.13"}, {"year": 2024}],
        "surplus": True,
    }

    problem = problem_of(strict.send("POST", TARGETS, body))

    assert {error["pointer"] for error in problem["errors"]} == {
        "/measure",
        "/cycle",
        "/goal_headcount",
        "/milestones/0/year",
        "/milestones/1",
        "/surplus",
    }


def test_two_goals_are_named_beside_other_faults(strict: Service) -> None:
    body = goal(measure="leaders", goal_headcount=60)

    problem = problem_of(strict.send("POST", TARGETS, body))

    assert {error["pointer"] for error in problem["errors"]} == {"/measure", ""}


MILESTONES = [
    {"year": 2022, "goal_share": "0.1200"},
    {"year": 2023, "goal_share": "0.1300"},
    {"year": 2023, "goal_share": "0.1400"},
    {"year": 2024, "goal_headcount": 60},
    {"year": 2025, "goal_share": "0.1700"},
]


def test_all_faults_of_an_impossible_target_are_named(strict: Service) -> None:
    body = goal(
        "0.1000",
        milestones=MILESTONES,
        parity_reference={"kind": "fixed"},
        board_approved_on="2026-11-24",
        baseline=STATED,
    )

    problem = problem_of(strict.send("POST", TARGETS, body))

    assert {(error["pointer"], error["code"]) for error in problem["errors"]} == {
        ("/goal_share", "below_baseline"),
        ("/milestones/0/year", "outside_cycle"),
        ("/milestones/2/year", "duplicate_year"),
        ("/milestones/3", "not_the_goals_form"),
        ("/milestones/4", "differs_from_goal"),
        ("/parity_reference/share", "share_with_fixed"),
        ("/parity_reference/source", "source_missing"),
        ("/board_approved_on", "in_the_future"),
        ("/baseline", "actuals_are_held"),
    }
    assert problem["detail"] == "The target has 9 faults; nothing was stored."


def test_a_fault_is_pointed_at_where_it_was_sent(strict: Service) -> None:
    milestones = [
        {"year": 2025, "goal_share": "0.1800"},
        {"year": 2024, "goal_headcount": 60},
        {"year": 2023, "goal_share": "0.1300"},
        {"year": 2021, "goal_share": "0.1000"},
    ]

    problem = problem_of(strict.send("POST", TARGETS, goal(milestones=milestones)))

    assert {(error["pointer"], error["code"]) for error in problem["errors"]} == {
        ("/milestones/1", "not_the_goals_form"),
        ("/milestones/3/year", "outside_cycle"),
    }


def test_an_unknown_cycle_hides_no_other_fault(strict: Service) -> None:
    body = goal(
        cycle="2016-2019",
        staff_group="medical",
        parity_reference={"kind": "fixed", "source": "Census 2021"},
        board_approved_on="2026-11-24",
    )

    problem = problem_of(strict.send("POST", TARGETS, body))

    assert {error["pointer"] for error in problem["errors"]} == {
        "/cycle",
        "/staff_group",
        "/parity_reference/share",
        "/board_approved_on",
    }


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        pytest.param(
            {"measure": "vsm", "staff_group": None, "cycle": "2019-2022"},
            faults(
                "invalid_request",
                *(
                    (f"/{name}", "unknown_member", "There is no such member; leave it out.")
                    for name in ("measure", "staff_group", "cycle")
                ),
            ),
            id="what never changes",
        ),
        pytest.param(
            {"goal_share": "0.1000"},
            faults(
                "unacceptable_target",
                ("/goal_share", "below_baseline", f"The goal 0.1000 {BELOW}"),
            ),
            id="a goal below the baseline",
        ),
        pytest.param({"goal_share": None}, faults("invalid_request", ONE_GOAL), id="no goal"),
        pytest.param(
            {"goal_share": "0.2", "goal_headcount": 60},
            faults("invalid_request", ONE_GOAL),
            id="two goals",
        ),
        pytest.param(
            {"milestones": [{"year": 2025, "goal_share": "0.1700"}]},
            faults(
                "unacceptable_target",
                (
                    "/milestones/0",
                    "differs_from_goal",
                    "The milestone of 2025 is the goal; the two differ.",
                ),
            ),
            id="a last milestone that is not the goal",
        ),
    ],
)
def test_a_change_that_cannot_be_is_refused(
    strict: Service, change: dict[str, Any], problem: Body
) -> None:
    before = strict.get(ONE)

    response = strict.send("PATCH", ONE, change, {"If-Match": before.headers["ETag"]})

    assert problem_of(response) == problem
    assert strict.get(ONE).content == before.content


def test_a_reason_without_its_goal_is_refused_as_such(strict: Service) -> None:
    response = strict.send("PATCH", ONE, {"reason": "So"}, tag(strict, ONE))

    assert problem_of(response) == faults("invalid_request", REASON)


def test_a_target_without_a_baseline_cannot_be_submitted(service: Service) -> None:
    path, made = draft(service, goal(cycle="2019-2022"))

    response = service.send("POST", f"{path}/submit")

    assert problem_of(response) == faults(
        "unacceptable_target",
        (
            "/baseline",
            "baseline_missing",
            "No actuals for 2019 are held; send them, or state the baseline with its source.",
        ),
    )
    assert service.get(path).json() == made


def test_a_draft_that_fits_its_actuals_no_longer_cannot_be_submitted(service: Service) -> None:
    path, _ = draft(service, goal("0.1100"))
    service.actuals(2022, leaders_and_rest((48, 431), WORKFORCE, reason="One was missed"))

    response = service.send("POST", f"{path}/submit")

    assert problem_of(response) == faults(
        "unacceptable_target",
        (
            "/goal_share",
            "below_baseline",
            f"The goal 0.1100 {BELOW.replace('47', '48').replace('0.1090', '0.1114')}",
        ),
    )


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        pytest.param("GET", f"{TARGETS}/nothing", None, id="read"),
        pytest.param("PATCH", f"{TARGETS}/nothing", {"rationale": "So"}, id="changed"),
        pytest.param("POST", f"{TARGETS}/nothing/submit", None, id="submitted"),
    ],
)
def test_a_target_that_is_not_there_is_not_found(
    strict: Service, method: str, path: str, body: Body | None
) -> None:
    response = strict.send(method, path, body)

    assert response.status_code == 404
    assert problem_of(response) == {
        "type": "/problems/target-not-found",
        "title": "Target not found",
        "status": 404,
        "detail": "ZZ901 has no target nothing.",
        "ods_code": "ZZ901",
        "target_id": "nothing",
    }


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_targets_of_an_unknown_trust_are_not_found(strict: Service, method: str) -> None:
    response = strict.send(method, "/v1/trusts/ZZ998/targets", goal())

    assert problem_of(response) == {
        "type": "/problems/trust-not-found",
        "title": "Trust not found",
        "status": 404,
        "detail": "No trust has the ODS code ZZ998.",
        "ods_code": "ZZ998",
    }


@pytest.mark.parametrize("role", [Role.TRUST_DATA, Role.AREA])
def test_setting_a_target_takes_a_role(strict: Service, role: Role) -> None:
    code = "Y56" if role is Role.AREA else "ZZ901"
    headers = strict.bearer(role, code)

    response = strict.client.post(TARGETS, json=goal(), headers=headers)

    assert problem_of(response) == {
        "type": "/problems/not-allowed",
        "title": "Not allowed",
        "status": 403,
        "detail": f"A token with the role {role} may not do this; it takes one with the role"
        " national or trust for this organisation.",
        "role": role.value,
        "roles_that_may": ["national", "trust"],
    }


def test_setting_a_target_takes_a_token(strict: Service) -> None:
    response = strict.client.post(TARGETS, json=goal())

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert problem_of(response)["type"] == "/problems/token-invalid"
