"""Baselines of targets over HTTP: taken from actuals or stated, and kept."""

from tests.api import targets
from tests.api.setting import Service, goal, leaders_and_rest
from tests.api.targets import (
    DRAFT,
    LEADERS,
    PROGRESS,
    REVISED,
    STATED,
    WHOLE,
    WORKFORCE,
    draft,
)

service = targets.service


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


def test_a_later_correction_leaves_the_path_and_is_told(service: Service) -> None:
    path = service.target(WHOLE)
    before = service.get(path).json()
    target = service.get(PROGRESS).json()["current_target"]
    service.clock.forward(days=1)
    service.actuals(2022, leaders_and_rest((48, 431), WORKFORCE, reason="One was missed"))

    after = service.get(PROGRESS).json()

    assert service.get(path).json() == before | {"days_waiting": 1} | REVISED
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
        "covers": ["ZZ901"],
        "source": "WRES report 2019, table 1",
    }


def test_actuals_that_come_later_leave_a_stated_baseline_and_are_told(service: Service) -> None:
    path = service.target(goal(cycle="2019-2022", baseline=STATED))
    before = service.get(path).json()

    service.actuals(2019, leaders_and_rest((31, 402), (912, 5210)))

    after = service.get(path).json()
    detail = (
        "Actuals for 2019 say otherwise than the baseline that the target leadership-2019-2022"
        " states; its path stays as it was."
    )
    proposals = "cycle=2019-2022&measure=leadership&method=rebased"
    assert after == before | {
        "warnings": [{"code": "baseline_revised", "detail": detail}],
        "rebase": f"/v1/trusts/ZZ901/target-proposals?{proposals}",
    }
    (proposed,) = service.client.get(after["rebase"]).json()["items"]
    assert proposed["proposal"]["inputs"] == {
        "version": 1,
        "baseline_before": {"bme": 12, "total": 90},
        "baseline_now": {"bme": 31, "total": 402},
    }


def test_actuals_that_say_what_was_stated_are_no_correction(service: Service) -> None:
    path = service.target(goal(cycle="2019-2022", baseline=STATED))
    before = service.get(path).json()

    service.actuals(2019, leaders_and_rest((12, 90), (300, 1500)))

    assert service.get(path).json() == before


def test_a_superseded_version_needs_no_re_basing(service: Service) -> None:
    path = service.target(WHOLE)
    service.actuals(2022, leaders_and_rest((48, 431), WORKFORCE, reason="One was missed"))
    taken = {"method": "rebased", "measure": "leadership", "cycle": "2022-2025"}
    service.done("POST", "/v1/trusts/ZZ901/target-proposals", taken)
    service.done("POST", f"{path}/submit")

    versions = service.get(f"{path}/versions").json()["items"]

    assert [(one["state"], one["warnings"], one.get("rebase")) for one in versions] == [
        ("superseded", [], None),
        ("submitted", [], None),
    ]


def test_a_draft_keeps_whom_its_stated_baseline_covers_through_changes(service: Service) -> None:
    stated = STATED | {"covers": ["ZZ901"]}
    path, made = draft(service, goal(cycle="2019-2022", baseline=stated))
    named = {"If-Match": service.get(path).headers["ETag"]}

    changed = service.done("PATCH", path, {"rationale": "Another"}, named).json()

    assert changed["baseline"] == made["baseline"]
    assert changed["baseline"]["covers"] == ["ZZ901"]


def test_nobody_elses_staff_are_covered_by_a_stated_baseline(service: Service) -> None:
    stated = STATED | {"covers": ["ZZ901", "ZZ902"]}

    refused = service.send("POST", targets.TARGETS, goal(cycle="2019-2022", baseline=stated))

    detail = "ZZ902 is neither ZZ901 nor one of its predecessors."
    assert refused.json() == targets.faults(
        "unacceptable_target", ("/baseline/covers/1", "not_a_predecessor", detail)
    )
