"""What a question about progress may say, and what it changes."""

from fractions import Fraction

import pytest

from app.domain.attainability import POSITIVE_ACTION
from tests.api import progress
from tests.api.progress import ALL, ONE, WORKFORCE, example
from tests.api.setting import Param, Service, goal, leaders_and_rest, problem_of, read

service = progress.service
told = progress.told


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
        "guidance": POSITIVE_ACTION,
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


def test_the_newest_method_is_used_unless_another_is_asked_for(told: Service) -> None:
    usual = read(told.get(ONE))

    asked = read(told.get(ONE, method="1"))

    assert asked == usual
    assert (asked["method"], asked["links"]) == ("1", {"method": "/v1/methods/1"})


@pytest.mark.parametrize("path", [ONE, ALL])
@pytest.mark.parametrize("version", ["0", "2", "", "01", "1 ", "\N{DIGIT ONE}\N{NULL}"])
def test_a_method_that_is_not_there_is_not_found(told: Service, path: str, version: str) -> None:
    response = told.get(path, method=version)

    assert problem_of(response) == {
        "type": "/problems/method-not-found",
        "title": "Method not found",
        "status": 404,
        "detail": f"There is no method {version}.",
        "version": version,
    }
