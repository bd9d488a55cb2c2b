"""Baselines of targets over HTTP: taken from actuals or stated, and kept."""

from tests.api import targets
from tests.api.setting import Service, goal, leaders_and_rest
from tests.api.targets import DRAFT, LEADERS, PROGRESS, STATED, WHOLE, WORKFORCE, draft

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

    assert service.get(path).json() == before | {"days_waiting": 1}
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
        "covers": [],
        "source": "WRES report 2019, table 1",
    } | {"covers": body["baseline"]["covers"]}
    assert body["baseline"]["covers"] in ([], ["ZZ901"])


def test_actuals_that_come_later_leave_a_stated_baseline(service: Service) -> None:
    path = service.target(goal(cycle="2019-2022", baseline=STATED))
    before = service.get(path).json()

    service.actuals(2019, leaders_and_rest((31, 402), (912, 5210)))

    assert service.get(path).json() == before
