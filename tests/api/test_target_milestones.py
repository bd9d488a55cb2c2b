"""Milestones of targets over HTTP: all that is wrong with them at once, and what is only told."""

import pytest

from tests.api import targets
from tests.api.setting import Body, Service, goal, leaders_and_rest, problem_of
from tests.api.targets import BELOW, ONE, TARGETS, WORKFORCE, draft, faults, tag

service = targets.service
strict = targets.strict

ABOVE = "which is due later; a path only rises."


def shares(*stated: tuple[int, str]) -> list[Body]:
    return [{"year": year, "goal_share": due} for year, due in stated]


def people(*stated: tuple[int, int]) -> list[Body]:
    return [{"year": year, "goal_headcount": due} for year, due in stated]


def test_every_fault_of_milestones_is_named_at_once(strict: Service) -> None:
    stated = shares((2023, "0.1500"), (2024, "0.0500"), (2023, "0.1100"), (2026, "0.2000"))
    body = goal("0.1080", staff_group="clinical", milestones=stated)

    response = strict.send("POST", TARGETS, body)

    assert problem_of(response) == faults(
        "unacceptable_target",
        ("/milestones/2/year", "duplicate_year", "2023 stands twice."),
        (
            "/milestones/3/year",
            "outside_cycle",
            "2026 is no census of the cycle 2022-2025; use 2023, 2024, 2025.",
        ),
        ("/milestones/0", "not_rising", f"0.1500 in 2023 is above 0.0500, {ABOVE}"),
        ("/milestones/2", "not_rising", f"0.1100 in 2023 is above 0.0500, {ABOVE}"),
        ("/goal_share", "below_baseline", f"The goal 0.1080 {BELOW}"),
        (
            "/milestones/1",
            "below_baseline",
            "0.0500 in 2024 is below the baseline of 47 of 431 (0.1090).",
        ),
    )


def test_people_below_those_of_the_baseline_are_refused_in_a_change_too(service: Service) -> None:
    service.done("POST", TARGETS, goal(goal_share=None, goal_headcount=60))
    before = service.get(ONE)

    response = service.send(
        "PATCH", ONE, {"milestones": people((2023, 46), (2024, 61))}, tag(service, ONE)
    )

    assert problem_of(response) == faults(
        "unacceptable_target",
        ("/milestones/1", "not_rising", f"61 in 2024 is above 60, {ABOVE}"),
        ("/milestones/0", "below_baseline", "46 in 2023 is below the baseline of 47 people."),
    )
    assert service.get(ONE).content == before.content


def test_milestones_of_a_further_version_are_checked_likewise(service: Service) -> None:
    service.target(goal())
    body = {
        "goal_share": "0.2000",
        "milestones": shares((2023, "0.2100")),
        "change_reason": "Raised",
    }

    response = service.send("POST", f"{ONE}/versions", body)

    assert problem_of(response) == faults(
        "unacceptable_target",
        ("/milestones/0", "not_rising", f"0.2100 in 2023 is above 0.2000, {ABOVE}"),
    )


def test_milestones_that_a_correction_left_below_the_baseline_are_not_submitted(
    service: Service,
) -> None:
    draft(service, goal(milestones=shares((2023, "0.1100"))))
    service.actuals(2022, leaders_and_rest((48, 431), WORKFORCE, reason="One was missed"))

    response = service.send("POST", f"{ONE}/submit")

    assert problem_of(response) == faults(
        "unacceptable_target",
        (
            "/milestones/0",
            "below_baseline",
            "0.1100 in 2023 is below the baseline of 48 of 431 (0.1114).",
        ),
    )
    assert service.get(ONE).json()["state"] == "draft"


def test_milestones_wait_for_a_baseline(service: Service) -> None:
    low = goal("0.0900", cycle="2019-2022", milestones=shares((2020, "0.0500")))
    path, made = draft(service, low)
    service.actuals(2019, leaders_and_rest((31, 402), (912, 5210)))

    response = service.send("POST", f"{path}/submit")

    assert made["milestones"] == []
    assert [one["pointer"] for one in problem_of(response)["errors"]] == ["/milestones/0"]


@pytest.mark.parametrize(
    ("aim", "warning"),
    [
        pytest.param(
            {"goal_share": "0.2000"},
            {
                "code": "milestones_within_one_person",
                "detail": "In a team of 9 the milestones of 2024 and 2025 take the same number of"
                " people; milestones in people would say it better.",
            },
            id="milestones within one person",
        ),
        pytest.param(
            {"goal_share": None, "goal_headcount": 10},
            {
                "code": "goal_above_team",
                "detail": "The goal of 10 people is more than the team of 9.",
            },
            id="a goal above the team",
        ),
    ],
)
def test_what_a_small_team_cannot_do_is_told_and_stored(
    service: Service, aim: Body, warning: Body
) -> None:
    service.actuals(2022, leaders_and_rest((0, 9), WORKFORCE, reason="Counted anew"))

    path = service.target(goal(**aim))

    assert warning in service.get(path).json()["warnings"]
    assert service.get(path).json()["state"] == "submitted"
