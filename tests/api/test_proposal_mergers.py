"""Proposals to trusts that became one, in people from what each had set out to reach."""

from datetime import timedelta

from tests.api import mergers
from tests.api.mergers import (
    ASKED,
    JOINED,
    PARTS,
    SUM,
    TAKE,
    acquire,
    aim,
    aimed,
    merge,
    take_over,
)
from tests.api.proposals import OF_ZZ902, PROPOSALS, baseline, item, listed, over, people
from tests.api.setting import (
    START,
    Body,
    Service,
    goal,
    leaders_and_rest,
    read,
)
from tests.api.targets import (
    BY_NATIONAL,
    ONE,
    PROGRESS,
    TARGETS,
    beside,
    life,
    move,
    shown,
)

service = mergers.service


def test_after_a_merger_the_position_cannot_be_told(service: Service) -> None:
    aim(service)
    acquire(service)

    body = read(service.get(PROGRESS))

    untold = ("gap", "yearly_need", "goal_outlook", "appointments")
    assert {name: (body[name], body[f"{name}_reason"]) for name in untold} == dict.fromkeys(
        untold, (None, "perimeter_changed")
    )
    assert (body["current_target"]["version"], body["actuals"][-1]["bme"]) == (1, 42)
    assert "perimeter_changed" in [one["code"] for one in body["warnings"]]


def test_the_targets_of_trusts_that_became_one_are_added_up_in_people(service: Service) -> None:
    aim(service)
    acquire(service)

    body = read(service.get(PROPOSALS, **ASKED))

    assert body == listed(item("predecessors", "leadership", JOINED, SUM))


def test_the_sum_shows_among_all_methods(service: Service) -> None:
    aim(service)
    acquire(service)

    body = read(service.get(PROPOSALS, cycle="2022-2025", measure="leadership"))

    assert [one["method"] for one in body["items"]] == ["strategy", "appointments", "predecessors"]


def test_before_the_merger_was_known_nothing_was_added_up(service: Service) -> None:
    aim(service)
    acquire(service)

    then = read(service.get(PROPOSALS, **ASKED, as_of=START - timedelta(hours=3)))

    start = baseline(20, 150, (300, 1100))
    instant = "2026-11-23T06:00:00Z"
    assert then == listed(item("predecessors", "leadership", start, "not_needed", as_of=instant))


def test_what_was_withdrawn_or_only_drafted_is_no_part_of_the_sum(service: Service) -> None:
    service.target(goal("0.1500"), "ZZ902")
    withdrawn = {"version": 1, "comment": "Too low"}
    of_zz902 = "/v1/trusts/ZZ902/targets"
    service.done("POST", f"{of_zz902}/leadership-2022-2025/withdraw", withdrawn)
    service.done("POST", TARGETS, goal(goal_share=None, goal_headcount=35))
    acquire(service)

    body = read(service.get(PROPOSALS, **ASKED))

    assert body == listed(item("predecessors", "leadership", JOINED, "no_target"))


def by_national(days: int = 0) -> Body:
    return BY_NATIONAL | {"at": f"{START + timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"}


def re_based(*moves: Body) -> Body:
    """Return the version that takes the sum over, after some moves."""
    says: Body = {
        "version": 2,
        "change_reason": "Trusts became one; their goals were added up in people.",
        "form": "headcount",
        "goal_share": None,
        "goal_headcount": 55,
        "milestones": [
            {"year": 2023, "share": 0.14, "headcount": 42},
            {"year": 2024, "share": 0.163333, "headcount": 49},
            {"year": 2025, "share": 0.183333, "headcount": 55},
        ],
        "baseline": {
            "year": 2022,
            "bme": 35,
            "total": 300,
            "share": 0.116667,
            "workforce_bme": 450,
            "workforce_total": 1800,
            "revision": 1,
            "covers": ["ZZ901", "ZZ902", "ZZ903"],
            "source": None,
        },
        "board_approved_on": None,
        "rationale": None,
        "provenance": "proposed",
        "proposal": {"method": "predecessors", "inputs": PARTS},
    }
    return shown(
        says | life(*moves),
        need={"share": 0.022222, "people": 6.666667},
        # 55 people at the end, of whom 88 % of the 42 of 2024 have stayed.
        takes={
            "census": 2024,
            "bme": 42,
            "total": 310,
            "years": 1,
            "people_needed": 13,
            "expected_appointments": 37.2,
            "arithmetic_share_needed": 0.484946,
        },
    )


def test_the_sum_becomes_a_version_of_the_target_of_who_acquired_the_others(
    service: Service,
) -> None:
    aim(service)
    acquire(service)
    first = service.get(ONE).json()

    response = service.send("POST", PROPOSALS, TAKE)

    draft = re_based(move("draft", by_national()))
    assert (response.status_code, response.json()) == (201, beside(draft, first, draft))


def test_once_the_re_based_version_is_submitted_the_position_is_told(service: Service) -> None:
    aim(service)
    acquire(service)
    service.done("POST", PROPOSALS, TAKE)
    drafted = read(service.get(PROGRESS))

    service.done("POST", f"{ONE}/submit")
    body = read(service.get(PROGRESS))

    assert drafted["gap_reason"] == "perimeter_changed"
    assert body["gap"] == {
        "year": 2024,
        "to_path": {"share": 0.022581, "people": 7},
        "to_goal": {"share": 0.041935, "people": 13},
        "position": "behind",
        "beyond_chance": False,
        "met": False,
        "share_a_year_needed": 0.041935,
        # From 35 of 300 in 2022 to 42 of 310.
        "share_a_year_observed": 0.009409,
    }
    assert body["yearly_need"] == {
        "planned": [
            # 15 more than 20, of 150; and 20 more than 35, of 300.
            {"version": 1, "state": "superseded", "share": 0.033333, "people": 5.0},
            {"version": 2, "state": "submitted", "share": 0.022222, "people": 6.666667},
        ],
        "now": {"share": 0.041935, "people": 13.0},
    }
    assert "perimeter_changed" not in [one["code"] for one in body["warnings"]]


def test_a_version_from_before_the_merger_is_not_held_against_all_of_the_staff(
    service: Service,
) -> None:
    aim(service)
    acquire(service)
    service.done("POST", PROPOSALS, TAKE)
    service.done("POST", f"{ONE}/submit")

    body = read(service.get(PROGRESS, target_version=1))

    assert (body["current_target"]["version"], body["gap"], body["gap_reason"]) == (
        *(1, None),
        "perimeter_changed",
    )


def test_a_chain_of_mergers_counts_nobody_twice(service: Service) -> None:
    aim(service)
    service.target(goal(goal_share=None, goal_headcount=10), "ZZ903")
    take_over(service, "ZZ902", ("ZZ903", "2022-10-01"))
    service.done("POST", OF_ZZ902, TAKE)
    service.done("POST", "/v1/trusts/ZZ902/targets/leadership-2022-2025/submit")
    service.clock.now = START - timedelta(hours=1)
    take_over(service, "ZZ901", ("ZZ902", "2023-04-01"))

    body = read(service.get(PROPOSALS, **ASKED))

    # ZZ903 goes from 5 to 10, by 6.67 and 8.33; ZZ902 added that to what it had set out to reach.
    inputs = {
        "targets": [aimed("ZZ901", 1, 25, 30, 35), aimed("ZZ902", 2, 19, 22, 25)],
        "people_without_target": 0,
    }
    total = people((44, 52, 60), over(2022, 35, 44, 52, 60), inputs)
    assert body == listed(item("predecessors", "leadership", JOINED, total))


# A trust that others became.

NEW = "/v1/trusts/ZZ904"


def test_a_successor_without_a_target_takes_over_the_sum_as_its_first(service: Service) -> None:
    service.target(goal("0.1500"), "ZZ902")
    merge(service)
    before = read(service.get(f"{NEW}/progress/leadership"))
    proposed = read(service.get(f"{NEW}/target-proposals", **ASKED))

    draft = service.done("POST", f"{NEW}/target-proposals", TAKE).json()

    inputs = {"targets": [aimed("ZZ902", 1, 12, 14, 15)], "people_without_target": 5}
    start = baseline(15, 150, (150, 700), revision=None)
    total = people((17, 19, 20), over(2022, 15, 17, 19, 20), inputs)
    assert before["gap_reason"] == "no_target"
    assert proposed == listed(item("predecessors", "leadership", start, total, ods_code="ZZ904"))
    assert (draft["version"], draft["change_reason"], draft["goal_headcount"]) == (1, None, 20)
    assert [one["headcount"] for one in draft["milestones"]] == [17, 19, 20]
    assert draft["baseline"]["covers"] == ["ZZ902", "ZZ903"]
    assert draft["baseline"]["revision"] is None
    assert draft["proposal"] == {"method": "predecessors", "inputs": inputs}


def test_a_successor_has_its_position_told_once_the_sum_is_submitted(service: Service) -> None:
    service.target(goal("0.1500"), "ZZ902")
    merge(service)
    service.actuals(2024, leaders_and_rest((19, 150), (170, 710)), "ZZ904")
    service.done("POST", f"{NEW}/target-proposals", TAKE)

    service.done("POST", f"{NEW}/targets/leadership-2022-2025/submit")
    body = read(service.get(f"{NEW}/progress/leadership"))

    assert body["gap"]["position"] == "on_path"
    assert body["gap"]["to_goal"] == {"share": 0.006667, "people": 1}
    assert "perimeter_changed" not in [one["code"] for one in body["warnings"]]


# Trusts that stated where they started.
