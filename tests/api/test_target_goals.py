"""Goals and milestones of targets over HTTP: their forms, and exact numbers."""

import pytest

from tests.api import targets
from tests.api.setting import START, Service, goal, leaders_and_rest
from tests.api.targets import PROGRESS, TARGETS, WORKFORCE, draft

service = targets.service


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
