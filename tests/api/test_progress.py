"""Progress as callers read it: what an answer holds, what it depends on, and what it does not."""

import json
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from app.domain.callers import Role
from tests.api import setting
from tests.api.setting import (
    KINDS,
    START,
    Body,
    Param,
    Registered,
    Service,
    find_unexplained,
    goal,
    leaders_and_rest,
    problem_of,
    read,
    staff,
)

ALL = "/v1/trusts/ZZ901/progress"
ONE = f"{ALL}/leadership"

MEASURES = [
    "workforce", "leadership", "senior_leadership", "band_8a", "band_8b", "band_8c", "band_8d",
    "band_9", "vsm", "consultants", "board", "board_voting", "board_executive",
]  # fmt: skip

PARTS = [
    "ods_code", "measure", "staff_group", "continuity", "as_of", "method", "synthetic", "actuals",
    "closing_target", "current_target", "gap", "goal_outlook", "forecast", "trend", "parity",
    "appointments", "warnings",
]  # fmt: skip
"""The members of the answer, without those that say why another is null."""

LEADERS = {
    2019: (31, 402), 2020: (34, 410), 2021: (38, 418), 2022: (47, 431), 2023: (57, 440),
    2024: (69, 452),
}  # fmt: skip
WORKFORCE = {
    2019: (912, 5210), 2020: (960, 5300), 2021: (1022, 5395), 2022: (1110, 5480),
    2023: (1225, 5602), 2024: (1340, 5731),
}  # fmt: skip

registered = setting.registered


def example(year: int) -> Body:
    """Return the actuals of a census of the worked example."""
    return leaders_and_rest(LEADERS[year], WORKFORCE[year])


def various(year: int) -> Body:
    """Return actuals with people in most bands, a little more of them BME each year."""
    more = year - 2020
    return staff(
        {
            ("non_clinical", "4"): (900 - 9 * more, 160 + 9 * more, 20),
            ("non_clinical", "8a"): (60 - more, 5 + more, 1),
            ("non_clinical", "8c"): (30, 2 + more // 2, 0),
            ("non_clinical", "vsm"): (8, 1, 0),
            ("clinical", "5"): (2000 - 40 * more, 600 + 40 * more, 60),
            ("clinical", "8a"): (140 - 2 * more, 16 + 2 * more, 4),
            ("clinical", "8b"): (70 - more, 6 + more, 0),
            ("medical", "consultant"): (150 - 2 * more, 90 + 2 * more, 10),
            ("medical", "trainee"): (90 - 2 * more, 110 + 2 * more, 20),
        }
    )


def board(voting_bme: int) -> Body:
    return {
        "source": "Board register",
        "reason": None,
        "members": [
            {"voting": True, "executive": True, "ethnic_group": "white", "headcount": 5},
            {"voting": True, "executive": False, "ethnic_group": "bme", "headcount": voting_bme},
            {"voting": True, "executive": False, "ethnic_group": "white", "headcount": 6},
            {"voting": False, "executive": True, "ethnic_group": "bme", "headcount": 1},
        ],
    }


@pytest.fixture(params=KINDS)
def service(
    request: pytest.FixtureRequest, registered: Registered, tmp_path: Path
) -> Iterator[Service]:
    """A service with a trust that has sent nothing."""
    with registered.service(request.param, tmp_path) as service:
        service.clock.now = START - timedelta(days=1)
        service.trust()
        yield service


@pytest.fixture(scope="module", params=KINDS)
def told(
    request: pytest.FixtureRequest,
    registered: Registered,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    """A service with the worked example, and another trust with people everywhere."""
    with registered.service(request.param, tmp_path_factory.mktemp("told")) as service:
        service.clock.now = START - timedelta(hours=1)
        service.trust()
        service.trust("ZZ902")
        for year in LEADERS:
            service.actuals(year, example(year))
            service.actuals(year, various(year), "ZZ902")
            service.done("PUT", f"/v1/trusts/ZZ902/board/{year}", board(year - 2019))
        service.target(goal())
        service.target(goal("0.3000", measure="workforce"))
        service.done("POST", "/v1/trusts/ZZ901/targets", goal(measure="band_8a"))
        service.target(goal("0.3000", measure="board"), "ZZ902")
        service.target(goal("0.2500", staff_group="clinical"), "ZZ902")
        service.clock.now = START
        yield service


def codes(body: Body) -> list[str]:
    """Return the codes of an answer's warnings."""
    return [warning["code"] for warning in body["warnings"]]


# What an answer holds.


@pytest.mark.parametrize("trust", ["ZZ901", "ZZ902"])
def test_every_measure_has_every_member_with_reasons_only_beside_nulls(
    told: Service, trust: str
) -> None:
    for measure in MEASURES:
        body = read(told.get(f"/v1/trusts/{trust}/progress/{measure}"))

        assert [name for name in body if not name.endswith("_reason")] == PARTS
        assert find_unexplained(body) == [], measure


def test_a_trust_that_has_sent_nothing_is_told_so(service: Service) -> None:
    body = read(service.get(ONE))

    assert body == {
        "ods_code": "ZZ901",
        "measure": "leadership",
        "staff_group": None,
        "continuity": "combined",
        "as_of": "2026-11-22T09:00:00Z",
        "method": "1",
        "synthetic": True,
        "actuals": [],
        "closing_target": None,
        "current_target": None,
        "current_target_reason": "no_target",
        "gap": None,
        "gap_reason": "no_target",
        "goal_outlook": None,
        "goal_outlook_reason": "no_target",
        "forecast": None,
        "forecast_reason": body["forecast_reason"],
        "trend": None,
        "trend_reason": body["forecast_reason"],
        "parity": None,
        "parity_reason": body["forecast_reason"],
        "appointments": None,
        "appointments_reason": "no_target",
        "warnings": [],
    }


def test_two_censuses_are_too_few_for_a_forecast(service: Service) -> None:
    for year in (2023, 2024):
        service.actuals(year, example(year))

    body = read(service.get(ONE))

    assert (body["forecast"], body["forecast_reason"]) == (None, "too_few_years")
    assert (body["trend"], body["trend_reason"]) == (None, "too_few_years")
    assert (body["parity"]["outlook"], body["parity"]["year"]) == ("too_few_years", None)
    assert body["parity"]["probability_at_parity_reason"] == "too_few_years"


def test_three_censuses_are_indicative(service: Service) -> None:
    for year in (2022, 2023, 2024):
        service.actuals(year, example(year))

    body = read(service.get(ONE))

    assert body["trend"]["censuses"] == 3
    assert codes(body) == ["indicative", "provisional"]


def test_a_missing_census_is_told(service: Service) -> None:
    for year in (2019, 2020, 2021, 2023, 2024):
        service.actuals(year, example(year))

    body = read(service.get(ONE))

    assert [one["year"] for one in body["actuals"]] == [2019, 2020, 2021, 2023, 2024]
    assert "missing_census" in codes(body)


def test_a_small_group_is_told(service: Service) -> None:
    for year, total in ((2022, 9), (2023, 9), (2024, 9)):
        service.actuals(year, leaders_and_rest((1, total), (300, 1500)))
    service.target(goal("0.3000"))

    body = read(service.get(ONE))

    assert (body["goal_outlook"], body["goal_outlook_reason"]) == (None, "too_small")
    assert (body["parity"]["outlook"], body["parity"]["year"]) == ("too_small", None)
    assert "small_base" in codes(body)


def test_a_group_without_people_has_no_share(service: Service) -> None:
    for year in (2022, 2023, 2024):
        service.actuals(year, example(year))

    body = read(service.get(f"{ALL}/vsm"))

    last = body["actuals"][-1]
    assert (last["total"], last["share"], last["share_reason"]) == (0, None, "no_people")
    assert (body["parity"]["outlook"], body["forecast_reason"]) == ("no_people", "no_people")


def test_people_who_are_all_of_unknown_ethnicity_have_no_share_of_known(
    service: Service,
) -> None:
    service.actuals(2024, staff({("clinical", "8a"): (0, 0, 12), ("clinical", "5"): (80, 20, 0)}))

    last = read(service.get(ONE))["actuals"][-1]

    assert (last["share"], last["unknown_share"]) == (0.0, 1.0)
    assert last["share_of_known"] is None
    assert last["share_of_known_reason"] == "no_people"


def test_unknown_ethnicity_is_told(service: Service) -> None:
    service.actuals(2023, leaders_and_rest((57, 440), WORKFORCE[2023]))
    service.actuals(2024, leaders_and_rest((69, 452), WORKFORCE[2024], unknown=60))

    body = read(service.get(ONE))

    assert codes(body) == ["unknown_ethnicity", "unknown_share_shift", "provisional"]
    assert body["actuals"][-1]["share_of_known"] == round(69 / 392, 6)


def test_a_signed_off_census_is_not_provisional(service: Service) -> None:
    service.actuals(2024, example(2024))
    body = {"board_date": "2024-07-25", "lead_role": "Chief People Officer"}
    service.done("POST", "/v1/trusts/ZZ901/actuals/2024/sign-off", body)

    after = read(service.get(ONE))

    assert after["actuals"][-1]["state"] == "signed_off"
    assert codes(after) == []


# Which measures.


def test_measures_are_answered_in_the_order_asked_for(told: Service) -> None:
    asked = ["vsm", "leadership", "workforce"]

    body = read(told.get(ALL, measure=asked))

    singles = [read(told.get(f"{ALL}/{measure}")) for measure in asked]
    assert body == {"items": singles, "next": None}


def test_without_measures_every_one_with_a_target_is_answered(told: Service) -> None:
    body = read(told.get(ALL))

    singles = [read(told.get(f"{ALL}/{measure}")) for measure in ("workforce", "leadership")]
    assert body == {"items": singles, "next": None}


def test_a_target_of_a_staff_group_is_answered_as_such(told: Service) -> None:
    items = read(told.get("/v1/trusts/ZZ902/progress"))["items"]

    assert [(one["measure"], one["staff_group"]) for one in items] == [
        ("leadership", "clinical"),
        ("board", None),
    ]


def test_narrowing_without_measures_is_not_passed_over(told: Service) -> None:
    response = told.get("/v1/trusts/ZZ902/progress", staff_group="clinical")

    if response.status_code == 200:
        assert [one["staff_group"] for one in read(response)["items"]] == ["clinical"]
    else:
        assert problem_of(response)["errors"][0]["pointer"] == "?staff_group"


def test_a_narrowed_measure_counts_its_staff_group(told: Service) -> None:
    path = "/v1/trusts/ZZ902/progress/leadership"
    whole, clinical, other = (
        read(told.get(path, **params))
        for params in ({}, {"staff_group": "clinical"}, {"staff_group": "non_clinical"})
    )

    assert clinical["staff_group"] == "clinical"
    for name in ("bme", "white", "unknown", "total"):
        parts = clinical["actuals"][-1][name] + other["actuals"][-1][name]
        assert parts == whole["actuals"][-1][name]
    # The reference stays the whole workforce.
    assert clinical["parity"]["reference_share"] == whole["parity"]["reference_share"]


def test_narrowed_measures_can_be_asked_for_together(told: Service) -> None:
    path = "/v1/trusts/ZZ902/progress"
    asked = ["leadership", "band_8a"]

    body = read(told.get(path, measure=asked, staff_group="non_clinical"))

    singles = [read(told.get(f"{path}/{one}", staff_group="non_clinical")) for one in asked]
    assert body["items"] == singles


@pytest.mark.parametrize(
    ("measure", "group"),
    [
        ("workforce", "clinical"),
        ("consultants", "non_clinical"),
        ("board", "clinical"),
        ("leadership", "medical"),
    ],
)
@pytest.mark.parametrize("path", ["/{}?", "?measure={}&"])
def test_some_measures_cannot_be_narrowed(
    told: Service, measure: str, group: str, path: str
) -> None:
    response = told.client.get(f"{ALL}{path.format(measure)}staff_group={group}")

    assert problem_of(response) == {
        "type": "/problems/measure-cannot-be-narrowed",
        "title": "Measure cannot be narrowed",
        "status": 422,
        "detail": f"{measure} cannot be narrowed to {group}: the workforce, consultants and the"
        " board stay whole, and other measures are clinical or non_clinical.",
        "errors": [
            {
                "pointer": "?staff_group",
                "code": "measure_cannot_be_narrowed",
                "detail": f"{measure} cannot be narrowed to {group}: the workforce, consultants"
                " and the board stay whole, and other measures are clinical or non_clinical.",
            }
        ],
        "measure": measure,
        "staff_group": group,
    }


# What a measure is held against.


@pytest.mark.parametrize(
    ("measure", "params", "kind", "share"),
    [
        # Everybody of ZZ902 in 2024, its medical staff, and its clinical staff.
        pytest.param("leadership", {}, "own_workforce", Fraction(1220, 4555), id="workforce"),
        pytest.param("board", {}, "own_workforce", Fraction(1220, 4555), id="board"),
        pytest.param(
            "consultants", {}, "own_medical_workforce", Fraction(216, 470), id="consultants"
        ),
        pytest.param(
            "vsm",
            {"reference": "own_medical_workforce"},
            "own_medical_workforce",
            Fraction(216, 470),
            id="medical",
        ),
        pytest.param(
            "leadership",
            {"reference": "own_staff_group", "staff_group": "clinical"},
            "own_staff_group",
            Fraction(794, 2896),
            id="clinical",
        ),
        pytest.param(
            "leadership",
            {"reference": "fixed", "reference_share": "0.3333"},
            "fixed",
            Fraction(3333, 10_000),
            id="fixed",
        ),
        pytest.param(
            "workforce",
            {"reference": "fixed", "reference_share": "0.3333"},
            "fixed",
            Fraction(3333, 10_000),
            id="the workforce itself",
        ),
    ],
)
def test_an_answer_names_what_it_is_held_against(
    told: Service, measure: str, params: dict[str, str], kind: str, share: Fraction
) -> None:
    parity = read(told.get(f"/v1/trusts/ZZ902/progress/{measure}", **params))["parity"]

    assert parity["reference"] == kind
    assert parity["reference_share"] == round(float(share), 6)


@pytest.mark.parametrize("kind", ["own_workforce", "own_medical_workforce"])
def test_the_workforce_is_the_reference(told: Service, kind: str) -> None:
    body = read(told.get(f"{ALL}/workforce", reference=kind))

    assert (body["parity"], body["parity_reason"]) == (None, "is_the_reference")


def test_the_reference_at_the_baseline_is_frozen_with_the_target(told: Service) -> None:
    body = read(told.get(ONE, reference="own_workforce_at_baseline"))

    assert body["parity"]["reference"] == "own_workforce_at_baseline"
    assert body["parity"]["reference_share"] == round(1110 / 5480, 6)


def test_the_reference_at_the_baseline_takes_a_target(told: Service) -> None:
    body = read(told.get(f"{ALL}/band_8a", reference="own_workforce_at_baseline"))

    assert (body["parity"], body["parity_reason"]) == (None, "no_target")


def test_the_chance_of_a_fixed_share_is_that_of_the_goal(told: Service) -> None:
    body = read(told.get(ONE, reference="fixed", reference_share="0.18"))

    chances = {one["year"]: one["probability"] for one in body["parity"]["probability_at_parity"]}
    assert body["goal_outlook"]["probability"] == 0.2707
    assert (chances[2025], chances[2027]) == (0.2707, 0.882285)


def test_the_choice_of_a_reference_changes_parity_only(told: Service) -> None:
    usual = read(told.get(ONE))

    fixed = read(told.get(ONE, reference="fixed", reference_share="0.3"))

    changed = {name for name in usual if usual[name] != fixed[name]}
    assert changed == {"parity", "warnings"}
    assert set(codes(usual)) ^ set(codes(fixed)) <= {"scales_far_apart"}


@pytest.mark.parametrize(
    ("params", "pointer", "code", "detail"),
    [
        pytest.param(
            {"reference": "fixed"},
            "?reference_share",
            "reference_share_missing",
            "reference=fixed needs reference_share, strictly between 0 and 1.",
            id="fixed without a share",
        ),
        pytest.param(
            {"reference": "own_workforce", "reference_share": "0.2"},
            "?reference_share",
            "reference_share_unused",
            "reference_share goes with reference=fixed only.",
            id="a share without fixed",
        ),
        pytest.param(
            {"reference": "own_staff_group"},
            "?reference",
            "staff_group_missing",
            "reference=own_staff_group needs staff_group=clinical or non_clinical.",
            id="a staff group without one",
        ),
        pytest.param(
            {"as_of": "2026-11-23T10:30:00+01:00"},
            "?as_of",
            "as_of_in_future",
            "as_of is 2026-11-23T09:30:00+00:00, but it is 2026-11-23T09:00:00+00:00: nobody"
            " knows yet.",
            id="the future",
        ),
    ],
)
def test_a_question_that_contradicts_itself_is_refused(
    told: Service, params: dict[str, str], pointer: str, code: str, detail: str
) -> None:
    for path in (ONE, ALL):
        assert problem_of(told.get(path, **params)) == {
            "type": "/problems/unacceptable-question",
            "title": "Unacceptable question",
            "status": 422,
            "detail": detail,
            "errors": [{"pointer": pointer, "code": code, "detail": detail}],
        }


@pytest.mark.parametrize("share", ["0", "1", "1.0000"])
def test_a_fixed_share_lies_between_0_and_1(told: Service, share: str) -> None:
    response = told.get(ONE, reference="fixed", reference_share=share)

    if response.status_code == 200:
        body = read(response)
        assert body["parity"] is None
        assert body["parity_reason"]
    else:
        assert problem_of(response)["errors"][0]["pointer"] == "?reference_share"


def test_every_fault_of_a_malformed_question_is_named(told: Service) -> None:
    params: dict[str, Param] = {
        "turnover": "0",
        "horizon": "31",
        "reference": "ours",
        "reference_share": "0.12345",
        "staff_group": "nurses",
        "continuity": "merged",
        "as_of": "2026-11-23",
    }

    problem = problem_of(told.get(ONE, **params))

    assert problem["type"] == "/problems/invalid-request"
    assert {error["pointer"] for error in problem["errors"]} == {f"?{name}" for name in params}


@pytest.mark.parametrize(
    ("name", "value"),
    [("turnover", "1"), ("turnover", "nan"), ("turnover", "-0.1"), ("horizon", "0")],
)
def test_turnover_and_horizon_have_limits(told: Service, name: str, value: str) -> None:
    problem = problem_of(told.get(ONE, **{name: value}))

    assert (problem["status"], problem["errors"][0]["pointer"]) == (422, f"?{name}")


def test_an_unknown_measure_is_refused(told: Service) -> None:
    names = ", ".join(f"'{name}'" for name in MEASURES[:-1]) + f" or '{MEASURES[-1]}'"

    assert problem_of(told.get(f"{ALL}/leaders")) == {
        "type": "/problems/invalid-request",
        "title": "Invalid request",
        "status": 422,
        "detail": "The request has 1 fault; nothing was stored.",
        "errors": [
            {
                "pointer": "{measure}",
                "code": "unknown_code",
                "detail": f'"leaders" is not known; use one of {names}.',
            }
        ],
    }


# Turnover and horizon.


@pytest.mark.parametrize("turnover", [0.05, 0.12, 0.3, 0.99])
def test_turnover_changes_appointments_only(told: Service, turnover: float) -> None:
    usual = read(told.get(ONE))

    asked = read(told.get(ONE, turnover=turnover))

    assert usual | {"appointments": None} == asked | {"appointments": None}
    leaving = Fraction(str(turnover))
    needed = (Fraction("0.18") * 452 - (1 - leaving) * 69) / (452 * leaving)
    verdict = "not_by_turnover_alone" if needed > 1 else "by_turnover"
    assert asked["appointments"] == {
        "turnover": turnover,
        "expected": round(float(452 * leaving), 6),
        "arithmetic_share_needed": round(float(needed), 6),
        "verdict": verdict,
    }


def test_a_turnover_may_be_too_small_for_the_goal(told: Service) -> None:
    appointments = read(told.get(ONE, turnover=0.01))["appointments"]

    assert appointments["arithmetic_share_needed"] > 1
    assert appointments["verdict"] == "not_by_turnover_alone"


def test_staff_who_stay_may_cover_the_goal(service: Service) -> None:
    for year in (2022, 2023):
        service.actuals(year, example(year))
    service.target(goal("0.1100"))
    service.actuals(2024, leaders_and_rest((90, 452), WORKFORCE[2024]))

    body = read(service.get(ONE))

    assert body["appointments"]["verdict"] == "goal_already_covered"
    assert body["appointments"]["arithmetic_share_needed"] <= 0
    assert (body["gap"]["met"], body["gap"]["position"]) == (True, "met")


@pytest.mark.parametrize("horizon", [1, 7])
def test_the_horizon_cuts_the_lists_only(told: Service, horizon: int) -> None:
    usual = read(told.get(ONE))

    cut = read(told.get(ONE, horizon=horizon))

    assert len(usual["forecast"]) == len(usual["parity"]["probability_at_parity"]) == 30
    usual["forecast"] = usual["forecast"][:horizon]
    usual["parity"]["probability_at_parity"] = usual["parity"]["probability_at_parity"][:horizon]
    assert cut == usual


# Against the path.


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


# Where one cycle ends and another begins.


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


# Mergers.


def merge(service: Service) -> None:
    """Let ZZ901 and ZZ902 become ZZ903 on 1 April 2022, the two having sent 2020 to 2022."""
    service.trust("ZZ902")
    for year in (2020, 2021, 2022):
        service.actuals(year, leaders_and_rest((10 + year - 2020, 100), (200, 1000)))
        service.actuals(year, leaders_and_rest((30, 200), (300, 2000)), "ZZ902")
    service.clock.forward(hours=1)
    _join(service)


def _join(service: Service) -> None:
    predecessors = [
        {"ods_code": code, "effective_date": "2022-04-01", "kind": "merged"}
        for code in ("ZZ901", "ZZ902")
    ]
    service.trust("ZZ903", opened="2022-04-01", predecessors=predecessors)


JOINED = "/v1/trusts/ZZ903/progress/leadership"


def test_a_successor_has_its_predecessors_counts_added(service: Service) -> None:
    merge(service)
    service.actuals(2023, leaders_and_rest((44, 310), (520, 3100)), "ZZ903")

    body = read(service.get(JOINED))

    counts = [(one["year"], one["bme"], one["total"], one["revision"]) for one in body["actuals"]]
    assert counts == [
        (2020, 40, 300, None),
        (2021, 41, 300, None),
        (2022, 42, 300, None),
        (2023, 44, 310, 1),
    ]
    assert body["actuals"][0]["sources"] == [
        {"ods_code": "ZZ901", "revision": 1},
        {"ods_code": "ZZ902", "revision": 1},
    ]
    assert body["parity"]["reference_share"] == round(520 / 3100, 6)
    assert "merger_in_series" in codes(body)


def test_a_history_as_reported_is_the_trusts_own(service: Service) -> None:
    merge(service)
    service.actuals(2023, leaders_and_rest((44, 310), (520, 3100)), "ZZ903")

    body = read(service.get(JOINED, continuity="as_reported"))

    assert body["continuity"] == "as_reported"
    assert [one["year"] for one in body["actuals"]] == [2023]
    assert codes(body) == ["provisional"]


def test_a_return_that_covers_its_predecessors_is_not_added_to(service: Service) -> None:
    merge(service)
    covers = ["ZZ901", "ZZ902"]
    service.actuals(2022, leaders_and_rest((43, 301), (505, 3001), covers=covers), "ZZ903")

    combined = read(service.get(JOINED))
    reported = read(service.get(JOINED, continuity="as_reported"))

    for body in (combined, reported):
        last = body["actuals"][-1]
        assert (last["year"], last["bme"], last["total"]) == (2022, 43, 301)
    assert [one["year"] for one in combined["actuals"]] == [2020, 2021, 2022]
    assert [one["year"] for one in reported["actuals"]] == [2022]


def test_a_census_that_a_predecessor_has_not_sent_is_left_out(service: Service) -> None:
    service.actuals(2019, leaders_and_rest((10, 100), (200, 1000)))
    merge(service)
    service.actuals(2023, leaders_and_rest((44, 310), (520, 3100)), "ZZ903")

    body = read(service.get(JOINED))

    assert [one["year"] for one in body["actuals"]] == [2020, 2021, 2022, 2023]
    assert "incomplete_returns" in codes(body)


def test_a_census_is_there_once_the_last_predecessor_has_sent_it(service: Service) -> None:
    service.actuals(2019, leaders_and_rest((10, 100), (200, 1000)))
    merge(service)
    service.actuals(2019, leaders_and_rest((30, 200), (300, 2000)), "ZZ902")

    body = read(service.get(JOINED))

    assert [one["year"] for one in body["actuals"]] == [2019, 2020, 2021, 2022]
    assert "incomplete_returns" not in codes(body)


def test_a_predecessor_keeps_its_own_history(service: Service) -> None:
    merge(service)

    body = read(service.get(ONE))

    assert [(one["year"], one["total"]) for one in body["actuals"]] == [
        (2020, 100),
        (2021, 100),
        (2022, 100),
    ]


def test_a_merger_after_the_baseline_takes_the_position_away(service: Service) -> None:
    service.trust("ZZ902")
    for year in (2022, 2023):
        service.actuals(year, leaders_and_rest((10, 100), (200, 1000)))
        service.actuals(year, leaders_and_rest((30, 200), (300, 2000)), "ZZ902")
    service.target(goal("0.1500"))
    merger = [{"ods_code": "ZZ902", "effective_date": "2023-04-01", "kind": "acquired"}]
    path = "/v1/organisations/ZZ901"
    held = {"If-Match": service.get(path).headers["ETag"]}
    body = {"kind": "trust", "name": "Trust ZZ901 (demonstration)", "predecessors": merger}
    service.done("PUT", path, body, held)
    service.actuals(2024, leaders_and_rest((42, 310), (520, 3100)))

    after = read(service.get(ONE))

    assert [one["total"] for one in after["actuals"]] == [300, 300, 310]
    assert "perimeter_changed" in codes(after)
    if after["gap"] is None:
        assert after["gap_reason"] == "perimeter_changed"
    else:
        assert after["gap"]["position_reason"] == "perimeter_changed"


def test_what_came_by_a_split_is_left_out(service: Service) -> None:
    service.trust("ZZ902")
    for year in (2021, 2022):
        service.actuals(year, leaders_and_rest((10, 100), (200, 1000)))
        service.actuals(year, leaders_and_rest((30, 200), (300, 2000)), "ZZ902")
    split = [{"ods_code": "ZZ902", "effective_date": "2022-04-01", "kind": "split"}]
    path = "/v1/organisations/ZZ901"
    held = {"If-Match": service.get(path).headers["ETag"]}
    body = {"kind": "trust", "name": "Trust ZZ901 (demonstration)", "predecessors": split}
    service.done("PUT", path, body, held)
    service.actuals(2023, leaders_and_rest((15, 150), (250, 1500)))

    after = read(service.get(ONE))

    assert [one["total"] for one in after["actuals"]] == [100, 100, 150]
    assert "split_left_out" in codes(after)


# As of an instant.


def test_an_earlier_answer_is_given_again_byte_for_byte(service: Service) -> None:
    service.trust("ZZ902")
    for year in (2020, 2021, 2022):
        service.actuals(year, leaders_and_rest((10, 100), (200, 1000)))
        service.actuals(year, leaders_and_rest((30, 200), (300, 2000)), "ZZ902")
    service.target(goal("0.1800"))
    then = service.clock.now + timedelta(minutes=1)
    service.clock.forward(hours=1)
    first = service.get(ONE, as_of=then)

    service.actuals(2022, leaders_and_rest((11, 100), (200, 1000), reason="One was missed"))
    service.actuals(2023, leaders_and_rest((12, 100), (200, 1000)))
    sign_off = {"board_date": "2024-07-25", "lead_role": "Chief People Officer"}
    service.done("POST", "/v1/trusts/ZZ901/actuals/2023/sign-off", sign_off)
    service.target(goal("0.1900", cycle="2025-2028", baseline=STATED))
    service.target(goal("0.2500", measure="workforce"))
    merger = [{"ods_code": "ZZ902", "effective_date": "2022-04-01", "kind": "acquired"}]
    path = "/v1/organisations/ZZ901"
    held = {"If-Match": service.get(path).headers["ETag"]}
    renamed = {"kind": "trust", "name": "Another (demonstration)", "predecessors": merger}
    service.done("PUT", path, renamed, held)
    service.clock.forward(days=1)
    again = service.get(ONE, as_of=then)

    assert again.content == first.content
    assert again.headers["ETag"] == first.headers["ETag"]
    assert service.get(ONE).content != first.content


STATED = {
    "bme": 12,
    "total": 100,
    "workforce_bme": 200,
    "workforce_total": 1000,
    "source": "WRES report 2025, table 1",
}


def test_correcting_when_a_trust_opened_leaves_earlier_answers(service: Service) -> None:
    service.actuals(2019, leaders_and_rest((10, 100), (200, 1000)))
    merge(service)
    service.actuals(2023, leaders_and_rest((44, 310), (520, 3100)), "ZZ903")
    then = service.clock.now + timedelta(minutes=1)
    service.clock.forward(hours=1)
    first = service.get(JOINED, as_of=then)
    path = "/v1/organisations/ZZ902"
    held = {"If-Match": service.get(path).headers["ETag"]}
    body = {"kind": "trust", "name": "Trust ZZ902 (demonstration)", "opened": "2021-10-01"}
    service.done("PUT", path, body, held)

    again = service.get(JOINED, as_of=then)

    assert again.content == first.content


def test_an_answer_names_the_newest_change_that_it_depends_on(service: Service) -> None:
    found, expected = [], []

    def note() -> None:
        found.append(read(service.get(ONE))["as_of"])
        expected.append(f"{service.clock.now:%Y-%m-%dT%H:%M:%SZ}")
        service.clock.forward(hours=1)

    service.clock.forward(hours=1)
    service.actuals(2022, example(2022))
    note()
    service.actuals(2023, example(2023))
    note()
    service.actuals(2022, leaders_and_rest((48, 431), WORKFORCE[2022], reason="One was missed"))
    note()
    body = {"board_date": "2024-07-25", "lead_role": "Chief People Officer"}
    service.done("POST", "/v1/trusts/ZZ901/actuals/2023/sign-off", body)
    note()
    made = service.done("POST", "/v1/trusts/ZZ901/targets", goal())
    service.clock.forward(hours=1)
    service.done("POST", f"{made.headers['Location']}/submit")
    note()

    assert found == expected


def test_as_of_what_an_answer_names_it_is_the_same(told: Service) -> None:
    for path in (ONE, "/v1/trusts/ZZ902/progress/board"):
        usual = told.get(path)

        assert told.get(path, as_of=read(usual)["as_of"]).content == usual.content


def test_an_answer_stays_while_nothing_it_depends_on_changes(service: Service) -> None:
    service.actuals(2022, example(2022))
    service.target(goal())
    first = service.get(ONE)
    service.clock.forward(days=40)
    service.trust("ZZ902")
    service.actuals(2022, example(2022), "ZZ902")
    service.actuals(2022, example(2022))  # The same again.
    service.done("POST", "/v1/trusts/ZZ901/targets", goal(measure="band_8a"))

    again = service.client.get(ONE, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert service.get(ONE).content == first.content


@pytest.mark.parametrize("change", ["board", "target"])
def test_an_answer_stays_when_another_measure_changes(service: Service, change: str) -> None:
    service.actuals(2022, example(2022))
    service.target(goal())
    first = service.get(ONE)
    service.clock.forward(days=1)
    if change == "board":
        service.done("PUT", "/v1/trusts/ZZ901/board/2022", board(3))
    else:
        service.target(goal("0.2500", measure="workforce"))

    again = service.get(ONE)

    assert read(again)["as_of"] == read(first)["as_of"]
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("change", ["actuals", "sign-off", "target", "merger"])
def test_an_answer_changes_with_what_it_depends_on(service: Service, change: str) -> None:
    service.trust("ZZ902")
    service.actuals(2022, example(2022))
    service.actuals(2022, example(2022), "ZZ902")
    first = service.get(ONE)
    service.clock.forward(days=1)
    if change == "actuals":
        service.actuals(2023, example(2023))
    elif change == "sign-off":
        body = {"board_date": "2022-07-25", "lead_role": "Chief People Officer"}
        service.done("POST", "/v1/trusts/ZZ901/actuals/2022/sign-off", body)
    elif change == "target":
        service.target(goal())
    else:
        path = "/v1/organisations/ZZ901"
        merger = [{"ods_code": "ZZ902", "effective_date": "2023-04-01", "kind": "merged"}]
        name = "Trust ZZ901 (demonstration)"
        held = {"If-Match": service.get(path).headers["ETag"]}
        service.done("PUT", path, {"kind": "trust", "name": name, "predecessors": merger}, held)

    again = service.client.get(ONE, headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 200
    assert read(again)["as_of"] > read(first)["as_of"]


def test_before_anything_was_known_there_is_nothing(told: Service) -> None:
    body = read(told.get(ONE, as_of="2020-01-01T00:00:00Z"))

    assert (body["as_of"], body["actuals"]) == ("2020-01-01T00:00:00Z", [])
    assert (body["current_target"], body["current_target_reason"]) == (None, "no_target")
    assert told.get(ALL, as_of="2020-01-01T00:00:00Z").json() == {"items": [], "next": None}


# Who may ask.


@pytest.mark.parametrize("path", [ONE, ALL])
def test_everybody_may_read_what_is_invented(told: Service, path: str) -> None:
    response = told.get(path)

    assert response.status_code == 200
    assert response.content == told.send("GET", path).content


@pytest.mark.parametrize("end", ["", "/leadership"])
def test_real_figures_take_a_token(told: Service, end: str) -> None:
    response = told.get(f"/v1/trusts/RGT/progress{end}")

    assert response.headers["WWW-Authenticate"] == "Bearer"
    problem = problem_of(response)
    assert (problem["status"], problem["type"]) == (401, "/problems/token-invalid")


@pytest.mark.parametrize(
    ("role", "code"), [(Role.TRUST, "ZZ901"), (Role.TRUST_DATA, "ZZ901"), (Role.AREA, "Y56")]
)
def test_real_figures_take_a_role(told: Service, role: Role, code: str) -> None:
    headers = told.bearer(role, code)

    response = told.client.get("/v1/trusts/RGT/progress/leadership", headers=headers)

    assert problem_of(response) == {
        "type": "/problems/not-allowed",
        "title": "Not allowed",
        "status": 403,
        "detail": f"A token with the role {role} may not do this; it takes one with the role"
        " national or trust or trust_data for this organisation.",
        "role": role.value,
        "roles_that_may": ["national", "trust", "trust_data"],
    }


def test_real_figures_are_not_synthetic(told: Service) -> None:
    body = read(told.send("GET", "/v1/trusts/RGT/progress/leadership"))

    assert (body["ods_code"], body["synthetic"]) == ("RGT", False)


@pytest.mark.parametrize("code", ["ZZ998", "QMF", "ENG"])
def test_progress_of_no_trust_is_not_found(told: Service, code: str) -> None:
    response = told.get(f"/v1/trusts/{code}/progress/leadership")

    assert problem_of(response) == {
        "type": "/problems/trust-not-found",
        "title": "Trust not found",
        "status": 404,
        "detail": f"No trust has the ODS code {code}.",
        "ods_code": code,
    }


# Numbers.


@pytest.mark.parametrize("trust", ["ZZ901", "ZZ902"])
def test_numbers_have_at_most_six_places(told: Service, trust: str) -> None:
    params: dict[str, Param] = {"measure": MEASURES, "turnover": 0.123456789}

    text = told.get(f"/v1/trusts/{trust}/progress", **params).text

    found: list[str] = []
    json.loads(text, parse_float=found.append, parse_constant=refuse)
    assert found
    assert all(round(float(number), 6) == float(number) for number in found)


def refuse(name: str) -> Any:  # noqa: ANN401 - as the parser's hook has it
    raise AssertionError(f"{name} is no JSON")
