"""What an answer about progress holds: every member, and cautions beside them."""

import json
from typing import Any

import pytest

from tests.api import progress
from tests.api.progress import ALL, MEASURES, ONE, WORKFORCE, codes, example
from tests.api.setting import Param, Service, find_unexplained, goal, leaders_and_rest, read, staff

service = progress.service
told = progress.told

PARTS = [
    "ods_code", "measure", "staff_group", "continuity", "as_of", "method", "links", "synthetic",
    "actuals", "closing_target", "current_target", "gap", "yearly_need", "goal_outlook",
    "forecast", "trend", "parity", "appointments", "warnings",
]  # fmt: skip
"""The members of the answer, without those that say why another is null."""


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
        "links": {"method": "/v1/methods/1"},
        "synthetic": True,
        "actuals": [],
        "closing_target": None,
        "current_target": None,
        "current_target_reason": "no_target",
        "gap": None,
        "gap_reason": "no_target",
        "yearly_need": None,
        "yearly_need_reason": "no_target",
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


@pytest.mark.parametrize("trust", ["ZZ901", "ZZ902"])
def test_numbers_have_at_most_six_places(told: Service, trust: str) -> None:
    params: dict[str, Param] = {"measure": MEASURES, "turnover": 0.123457}

    text = told.get(f"/v1/trusts/{trust}/progress", **params).text

    found: list[str] = []
    json.loads(text, parse_float=found.append, parse_constant=refuse)
    assert found
    assert all(round(float(number), 6) == float(number) for number in found)


def refuse(name: str) -> Any:  # noqa: ANN401 - as the parser's hook has it
    raise AssertionError(f"{name} is no JSON")
