"""Baselines that trusts stated, where one acquired the other: a way to re-base always."""

from datetime import timedelta

import pytest

from tests.api import mergers
from tests.api.mergers import TAKE, aimed, take_over
from tests.api.proposals import PROPOSALS
from tests.api.setting import (
    START,
    Service,
    goal,
    leaders_and_rest,
    read,
)
from tests.api.targets import (
    ONE,
    PROGRESS,
)

service = mergers.service


STATED = {"bme": 10, "total": 100, "workforce_bme": 100, "workforce_total": 500}

TOGETHER = {
    "year": 2022,
    "bme": 30,
    "total": 250,
    "share": 0.12,
    "workforce_bme": 400,
    "workforce_total": 1600,
    "revision": None,
    "covers": ["ZZ901", "ZZ905"],
}


@pytest.fixture
def stating(service: Service) -> Service:
    """A service on which a trust acquired one that stated its baseline and never sent any."""
    service.target(goal(goal_share=None, goal_headcount=35))
    service.trust("ZZ905")
    service.target(goal("0.1500", baseline=STATED | {"source": "WRES report"}), "ZZ905")
    service.clock.now = START - timedelta(hours=2)
    take_over(service, "ZZ901", ("ZZ905", "2023-04-01"))
    service.clock.now = START - timedelta(hours=1)
    service.actuals(2024, leaders_and_rest((42, 310), (520, 3100)))
    service.clock.now = START
    return service


def test_what_trusts_stated_is_added_up_where_no_actuals_are_held(stating: Service) -> None:
    shown_now = read(stating.get(ONE))

    (found,) = read(stating.client.get(shown_now["rebase"]))["items"]
    stating.done("POST", PROPOSALS, TAKE)
    stating.done("POST", f"{ONE}/submit")
    after, told = read(stating.get(ONE)), read(stating.get(PROGRESS))

    assert [one["code"] for one in shown_now["warnings"]] == ["perimeter_changed"]
    assert found["proposal"]["inputs"] == {
        "targets": [aimed("ZZ901", 1, 25, 30, 35), aimed("ZZ905", 1, 12, 14, 15)],
        "people_without_target": 0,
    }
    assert after["baseline"] == TOGETHER | {
        "source": "Frozen baselines of targets in force: ZZ901 (version 1), ZZ905 (version 1)"
    }
    assert (after["version"], after["goal_headcount"], after["warnings"]) == (2, 50, [])
    assert "rebase" not in after
    assert told["gap"]["to_goal"]["people"] == 8


def test_a_version_that_states_a_baseline_of_all_is_held_against_all(stating: Service) -> None:
    together = STATED | {"bme": 30, "total": 250, "workforce_bme": 400, "workforce_total": 1600}
    anew = {
        "goal_headcount": 50,
        "change_reason": "Two trusts are one",
        "baseline": together | {"source": "Both reports"},
    }
    stating.done("POST", f"{ONE}/versions", anew)
    stating.done("POST", f"{ONE}/submit")

    body, told = read(stating.get(ONE)), read(stating.get(PROGRESS))

    assert body["baseline"] == TOGETHER | {"source": "Both reports"}
    assert body["warnings"] == []
    assert told["gap"]["to_goal"]["people"] == 8


def test_a_version_that_says_that_it_covers_the_trust_alone_does_so(stating: Service) -> None:
    alone = STATED | {"source": "Our own report", "covers": ["ZZ901"]}
    anew = {"goal_headcount": 50, "change_reason": "Ours alone", "baseline": alone}
    stating.done("POST", f"{ONE}/versions", anew)
    stating.done("POST", f"{ONE}/submit")

    body, told = read(stating.get(ONE)), read(stating.get(PROGRESS))

    assert body["baseline"]["covers"] == ["ZZ901"]
    assert body["warnings"][0]["code"] == "perimeter_changed"
    assert told["gap_reason"] == "perimeter_changed"
