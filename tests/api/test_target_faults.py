"""Several faults of targets over HTTP are named together, and those of changes likewise."""

from typing import Any

import pytest

from tests.api import targets
from tests.api.setting import Body, Service, goal, problem_of
from tests.api.targets import BELOW, ONE, ONE_GOAL, REASON, STATED, TARGETS, faults, tag

strict = targets.strict


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
        ("/milestones/0", "not_rising"),
        ("/milestones/1", "not_rising"),
        ("/milestones/2/year", "duplicate_year"),
        ("/milestones/2", "not_rising"),
        ("/milestones/3", "not_the_goals_form"),
        ("/milestones/4", "differs_from_goal"),
        ("/parity_reference/share", "share_with_fixed"),
        ("/parity_reference/source", "source_missing"),
        ("/board_approved_on", "in_the_future"),
        ("/baseline", "actuals_are_held"),
    }
    assert problem["detail"] == "The target has 12 faults; nothing was stored."


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
        ("/milestones/3", "below_baseline"),
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
