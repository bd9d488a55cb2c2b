"""What a target asks for a year: as each of its versions planned it, and what is left."""

from tests.api import progress, versions
from tests.api.progress import WORKFORCE, example
from tests.api.setting import Body, Service, goal, leaders_and_rest, read, staff
from tests.api.versions import asked, planned, revise

service = progress.service
twice = versions.twice


def test_what_each_version_planned_stands_beside_what_is_left(twice: Service) -> None:
    needs = [asked(twice, target_version=number)["yearly_need"] for number in (1, 2)]

    both = planned("superseded", "submitted")
    # 82 and 91 people in a year, where there are 69.
    assert needs == [
        {"planned": both, "now": {"share": 0.027345, "people": 13.0}},
        {"planned": both, "now": {"share": 0.047345, "people": 22.0}},
    ]


def test_a_need_is_spread_over_the_years_that_are_left(service: Service) -> None:
    for year in (2022, 2023):
        service.actuals(year, example(year))
    service.target(goal())

    need = asked(service)["yearly_need"]

    # In 2023 57 of 440 are BME, and 18 % are 79.2, in two years.
    now = {"share": 0.025227, "people": 11.5}
    assert need == {"planned": planned("submitted"), "now": now}


def test_a_goal_that_is_passed_asks_for_fewer_people(service: Service) -> None:
    service.actuals(2022, example(2022))
    service.target(goal())
    service.actuals(2024, leaders_and_rest((90, 452), WORKFORCE[2024]))

    need = asked(service)["yearly_need"]

    # 18 % of 452 people are 82, eight fewer.
    assert need["now"] == {"share": -0.019115, "people": -8.0}


# Where something is not needed, or cannot be said.


def test_a_version_that_needs_no_target_planned_nothing(service: Service) -> None:
    for year in progress.LEADERS:
        service.actuals(year, example(year))
    service.target(goal())
    no_target: Body = {
        "goal": "no_target_needed",
        "reason": "Above the population",
        "parity_reference": {"kind": "fixed", "share": "0.1000", "source": "Census 2021"},
        "change_reason": "Another reference",
    }
    revise(service, no_target)

    newest, first = asked(service), asked(service, target_version=1)

    assert (newest["yearly_need"], newest["yearly_need_reason"]) == (None, "no_target_needed")
    assert first["yearly_need"]["planned"] == planned("superseded")


def test_after_the_goals_census_no_need_is_left(service: Service) -> None:
    for year in (2022, 2025):
        service.actuals(year, leaders_and_rest((47, 431), WORKFORCE[2022]))
    service.target(goal())

    need = asked(service)["yearly_need"]

    assert need == {
        "planned": planned("submitted"),
        "now": None,
        "now_reason": "goal_census_passed",
    }


VSM = f"{progress.ALL}/vsm"


def test_a_group_that_began_with_nobody_planned_people_but_no_share(service: Service) -> None:
    service.actuals(2022, example(2022))
    service.target(goal(measure="vsm", goal_share=None, goal_headcount=2))
    service.actuals(2024, staff({("clinical", "vsm"): (9, 1, 0), ("clinical", "5"): (70, 20, 0)}))

    body = read(service.get(VSM))

    plan = {"version": 1, "state": "submitted", "share": None, "share_reason": "no_people"}
    assert body["yearly_need"] == {
        "planned": [plan | {"people": 0.666667}],
        "now": {"share": 0.1, "people": 1.0},
    }


def test_what_is_left_for_nobody_cannot_be_said(service: Service) -> None:
    service.actuals(2022, example(2022))
    service.target(goal())
    service.actuals(2024, staff({("clinical", "5"): (70, 20, 0)}))

    body = asked(service)

    assert (body["gap"], body["gap_reason"]) == (None, "no_people")
    assert body["yearly_need"] == {
        "planned": planned("submitted"),
        "now": None,
        "now_reason": "no_people",
    }
