"""Progress against targets: the position, and where one cycle ends and another begins."""

import pytest

from tests.api import progress
from tests.api.progress import ONE, WORKFORCE, example
from tests.api.setting import Service, find_unexplained, goal, leaders_and_rest, read

service = progress.service


@pytest.mark.parametrize(
    ("bme", "expected"),
    [
        # At 452 people the path requires 71 in 2024, and the goal 82.
        pytest.param(82, ("met", 0, False), id="met"),
        pytest.param(72, ("ahead", 0, False), id="ahead"),
        pytest.param(71, ("on_path", 0, False), id="on path"),
        pytest.param(70, ("behind", 1, False), id="behind"),
        pytest.param(40, ("behind", 31, True), id="behind beyond chance"),
    ],
)
def test_the_position_is_in_whole_people(
    service: Service, bme: int, expected: tuple[str, int, bool]
) -> None:
    service.actuals(2022, example(2022))
    service.target(goal())
    service.actuals(2024, leaders_and_rest((bme, 452), WORKFORCE[2024]))

    gap = read(service.get(ONE))["gap"]

    assert (gap["position"], gap["to_path"]["people"], gap["beyond_chance"]) == expected
    assert gap["to_goal"]["people"] == 82 - bme


def test_34_percent_of_150_people_needs_51(service: Service) -> None:
    service.actuals(2022, leaders_and_rest((40, 150), WORKFORCE[2022]))
    service.target(goal("0.34"))

    gap = read(service.get(ONE))["gap"]

    assert gap["to_goal"]["people"] == 11
    assert gap["to_path"] == {"share": 0.0, "people": 0}
    assert gap["position"] == "on_path"


def test_a_headcount_goal_above_the_team_cannot_be_reached(service: Service) -> None:
    for year in (2022, 2023, 2024):
        service.actuals(year, example(year))
    service.target(goal(goal_share=None, goal_headcount=500))

    body = read(service.get(ONE))

    assert body["goal_outlook"] == {"probability": 0.0, "outlook": "unlikely"}
    assert body["current_target"]["milestones"][-1] == {
        "year": 2025,
        "share": round(500 / 452, 6),
        "headcount": 500,
    }
    assert body["appointments"]["verdict"] == "not_by_turnover_alone"


def test_a_cycle_that_ends_shows_its_verdict_beside_the_current_target(service: Service) -> None:
    for year in (2019, 2022):
        service.actuals(year, example(year))
    service.target(goal("0.1200", cycle="2019-2022"))
    service.target(goal())

    body = read(service.get(ONE))

    assert body["closing_target"] == {
        "id": "leadership-2019-2022",
        "version": 1,
        "state": "submitted",
        "cycle": "2019-2022",
        "form": "share",
        "baseline": {"year": 2019, "bme": 31, "total": 402, "share": 0.077114},
        # At 431 people: 39.3, 45.5 and 51.72.
        "milestones": [
            {"year": 2020, "share": 0.091410, "headcount": 40},
            {"year": 2021, "share": 0.105705, "headcount": 46},
            {"year": 2022, "share": 0.12, "headcount": 52},
        ],
        "verdict": {"met": False, "gap": {"share": 0.010951, "people": 5}},
    }
    assert body["current_target"]["id"] == "leadership-2022-2025"
    assert body["gap"]["to_goal"] == {"share": 0.070951, "people": 31}
    assert body["gap"]["position"] == "on_path"


def test_a_closing_target_without_another_has_the_gap(service: Service) -> None:
    for year in (2019, 2020, 2022):
        service.actuals(year, example(year))
    service.target(goal("0.1000", cycle="2019-2022"))

    body = read(service.get(ONE))

    assert body["closing_target"]["verdict"] == {
        "met": True,
        "gap": {"share": -0.009049, "people": 0},
    }
    assert (body["current_target"], body["current_target_reason"]) == (None, "no_target")
    assert (body["gap"]["met"], body["gap"]["position"]) == (True, "met")
    assert body["gap"]["share_a_year_needed"] is None
    assert body["gap"]["share_a_year_needed_reason"] == "goal_census_passed"
    assert body["goal_outlook_reason"] == "goal_census_passed"
    assert body["appointments_reason"] == "goal_census_passed"


def test_an_older_target_does_not_stand_before_the_one_that_closes(service: Service) -> None:
    for year in (2019, 2022):
        service.actuals(year, example(year))
    service.target(goal("0.1000", cycle="2019-2022"))
    service.target(goal("0.2000"))
    service.actuals(2025, leaders_and_rest((69, 452), WORKFORCE[2024]))

    body = read(service.get(ONE))

    assert body["closing_target"]["id"] == "leadership-2022-2025"
    # 20 % of 452 people are 91.
    assert body["gap"]["to_goal"] == {"share": 0.047345, "people": 22}
    assert body["gap"]["met"] is False


def test_a_target_that_has_passed_is_still_the_latest(service: Service) -> None:
    for year in (2019, 2023):
        service.actuals(year, example(year))
    service.target(goal("0.1500", cycle="2019-2022"))

    body = read(service.get(ONE))

    assert body["closing_target"] is None
    assert body["current_target"]["id"] == "leadership-2019-2022"
    # Level after its last census: 15 % of 440 people are 66.
    assert body["gap"]["to_path"] == body["gap"]["to_goal"] == {"share": 0.020455, "people": 9}
    assert body["goal_outlook_reason"] == "goal_census_passed"


def test_there_is_no_path_before_the_baseline(service: Service) -> None:
    service.actuals(2021, example(2021))
    stated = {"bme": 47, "total": 431, "workforce_bme": 1110, "workforce_total": 5480}
    service.target(goal(baseline=stated | {"source": "WRES report 2022, table 1"}))

    body = read(service.get(ONE))

    assert body["current_target"]["id"] == "leadership-2022-2025"
    assert body["gap"]["to_path"] is None
    assert body["gap"]["position"] is None
    assert body["gap"]["to_path_reason"] == body["gap"]["position_reason"]
    assert find_unexplained(body) == []
