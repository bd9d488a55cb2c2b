"""Drafts of targets over HTTP: how they begin, and how they change."""

import pytest

from app.domain.callers import Role
from app.domain.preconditions import undated
from tests.api import targets
from tests.api.setting import Service, goal, leaders_and_rest, problem_of
from tests.api.targets import DRAFT, ONE, PROGRESS, TARGETS, WHOLE, draft, raised, shown, tag

service = targets.service
strict = targets.strict


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


def test_a_target_can_be_set_by_the_trust_itself(service: Service) -> None:
    own = service.bearer(Role.TRUST, "ZZ901")

    response = service.client.post(TARGETS, json=goal(), headers=own)

    assert response.status_code == 201
    assert response.json()["created"] == {
        "at": "2026-11-23T09:00:00Z",
        "by": "trust of the test",
        "supplied_by": None,
    }


def test_a_change_replaces_what_it_names_and_leaves_the_rest(service: Service) -> None:
    path, _ = draft(service, WHOLE)

    response = service.send("PATCH", path, {"goal_share": "0.2000"}, tag(service, path))

    assert response.status_code == 200
    assert response.json() == raised()
    assert service.get(path).json() == response.json()
    assert service.get(path).headers["ETag"] == response.headers["ETag"]


def test_a_change_to_null_takes_away(service: Service) -> None:
    path, _ = draft(service, WHOLE | {"milestones": [{"year": 2023, "goal_share": "0.1300"}]})
    gone = {"milestones": None, "board_approved_on": None, "rationale": None}

    response = service.send("PATCH", path, gone, tag(service, path))

    assert response.json() == shown({"board_approved_on": None, "rationale": None})


def test_a_change_keeps_milestones_it_does_not_name(service: Service) -> None:
    path, made = draft(service, WHOLE | {"milestones": [{"year": 2023, "goal_share": "0.1300"}]})

    response = service.send("PATCH", path, {"rationale": "Another"}, tag(service, path))

    assert response.json() == made | {"rationale": "Another"}
    assert response.json()["milestones"][0] == {"year": 2023, "share": 0.13, "headcount": 57}


def test_a_change_to_another_form_needs_no_milestones_of_the_old_one(service: Service) -> None:
    path, _ = draft(service, WHOLE | {"milestones": [{"year": 2023, "goal_share": "0.1300"}]})

    response = service.send("PATCH", path, {"goal_headcount": 60}, tag(service, path))

    assert response.json() == shown(
        {
            "form": "headcount",
            "goal_share": None,
            "goal_headcount": 60,
            "milestones": [
                {"year": 2023, "share": 0.118329, "headcount": 51},
                {"year": 2024, "share": 0.12993, "headcount": 56},
                {"year": 2025, "share": 0.139211, "headcount": 60},
            ],
        },
        need={"share": 0.010054, "people": 4.333333},
        takes={"people_needed": 13, "arithmetic_share_needed": 0.203742},
    )


def test_the_same_again_changes_nothing_whatever_its_precondition(service: Service) -> None:
    path, made = draft(service, WHOLE)
    held = tag(service, path)
    same = {"goal_share": "0.1800", "rationale": "A goal for 2025"}

    response = service.send("PATCH", path, same, {"If-Match": '"another"'})

    assert (response.status_code, response.json()) == (200, made)
    assert tag(service, path) == held


def test_a_change_names_what_it_changes(strict: Service) -> None:
    held = undated(strict.get(ONE).headers["ETag"])

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
    held = undated(service.get(path).headers["ETag"])

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
