"""Progress as a whole: the worked example, and its targets."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from enum import Enum
from fractions import Fraction

import pytest

from app.domain.assessment import assess
from app.domain.codes import Position, Reason
from tests.unit.domain.answers import one
from tests.unit.domain.given import OWN_WORKFORCE, SETTINGS, target, worked_example


def rounded(value: object) -> object:
    """Return a value as it leaves the service: shares to six places."""
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: rounded(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(part) for part in value]
    return value


def test_the_worked_example_is_the_body_that_the_api_prints() -> None:
    progress = one(worked_example(target("0.1800")))

    told = rounded(asdict(progress))
    assert isinstance(told, dict)
    assert told["actuals"][-1] == {
        "year": 2024,
        "revision": 1,
        "bme": 69,
        "white": 376,
        "unknown": 7,
        "total": 452,
        "share": 0.152655,
        "share_reason": None,
        "share_of_known": 0.155056,
        "share_of_known_reason": None,
        "unknown_share": 0.015487,
        "unknown_share_reason": None,
        "interval_95": {"lower": 0.122436, "upper": 0.188728},
        "interval_95_reason": None,
        "state": "signed_off",
        "sources": None,
    }
    assert [figure["year"] for figure in told["actuals"]] == [2019, 2020, 2021, 2022, 2023, 2024]
    parity = told["parity"]
    chances = {one["year"]: one["probability"] for one in parity.pop("probability_at_parity")}
    assert list(chances) == list(range(2025, 2055))
    assert {year: chances[year] for year in (2028, 2030, 2033)} == {
        2028: 0.131618,
        2030: 0.314507,
        2033: 0.50129,
    }
    assert parity == {
        "census": 2024,
        "reference": "own_workforce",
        "reference_share": 0.233816,
        "reference_share_reason": None,
        "gap": {
            "share": 0.081161,
            "people": 37,
            "interval_95": {"lower": 0.04633, "upper": 0.111016},
        },
        "gap_reason": None,
        "outlook": "projected",
        "year": 2033,
        "interval_80": {"earliest": 2028, "latest": None, "latest_reason": "later_or_never"},
        "probability_closing": 0.960783,
        "probability_closing_reason": None,
        "parity_to_nearest_person": False,
        "probability_at_parity_reason": None,
        "on_points_scale": {
            "gap_change_a_year": -0.003318,
            "outlook": "closing",
            "year": 2050,
            "year_reason": None,
        },
        "on_points_scale_reason": None,
        "on_known_ethnicity": {"outlook": "projected", "year": 2033},
        "on_everybody": None,
        "on_log_odds_scale": None,
    }
    forecast = told["forecast"]
    assert [figure["year"] for figure in forecast] == list(range(2025, 2055))
    assert forecast[0] == {
        "year": 2025,
        "median": 0.172522,
        "band_80": {"lower": 0.15705, "upper": 0.189177},
        "band_95": {"lower": 0.149326, "upper": 0.198481},
    }
    assert forecast[1]["median"] == 0.192366
    assert forecast[2] == {
        "year": 2027,
        "median": 0.212786,
        "band_80": {"lower": 0.177883, "upper": 0.252434},
        "band_95": {"lower": 0.161303, "upper": 0.275306},
    }
    rest = {
        name: value
        for name, value in told.items()
        if name not in {"actuals", "parity", "forecast", "as_of", "warnings"}
    }
    assert rest == {
        "ods_code": "ZZ001",
        "measure": "leadership",
        "staff_group": None,
        "continuity": "combined",
        "method": "1",
        "synthetic": True,
        "closing_target": None,
        "current_target": {
            "id": "leadership-2022-2025",
            "version": 1,
            "state": "submitted",
            "cycle": "2022-2025",
            "form": "share",
            "baseline": {
                "year": 2022,
                "bme": 47,
                "total": 431,
                "share": 0.109049,
                "share_reason": None,
            },
            "milestones": [
                {"year": 2023, "share": 0.132699, "share_reason": None, "headcount": 60},
                {"year": 2024, "share": 0.15635, "share_reason": None, "headcount": 71},
                {"year": 2025, "share": 0.18, "share_reason": None, "headcount": 82},
            ],
            "verdict": None,
            "verdict_reason": None,
        },
        "current_target_reason": None,
        "gap": {
            "year": 2024,
            "to_path": {"share": 0.003695, "people": 2},
            "to_path_reason": None,
            "to_goal": {"share": 0.027345, "people": 13},
            "position": "behind",
            "position_reason": None,
            "beyond_chance": False,
            "beyond_chance_reason": None,
            "met": False,
            "share_a_year_needed": 0.027345,
            "share_a_year_needed_reason": None,
            "share_a_year_observed": 0.015306,
            "share_a_year_observed_reason": None,
        },
        "gap_reason": None,
        "yearly_need": {
            "planned": [
                {
                    "version": 1,
                    "state": "submitted",
                    "share": 0.02365,
                    "share_reason": None,
                    "people": 10.333333,
                }
            ],
            "now": {"share": 0.027345, "people": 13.0},
            "now_reason": None,
        },
        "yearly_need_reason": None,
        "goal_outlook": {"probability": 0.2707, "outlook": "possible"},
        "goal_outlook_reason": None,
        "forecast_reason": None,
        "parity_reason": None,
        "trend": {"censuses": 6, "drift": 0.147534, "dispersion": 0.405748},
        "trend_reason": None,
        "appointments": {
            "turnover": 0.12,
            "expected": 54.24,
            "arithmetic_share_needed": 0.380531,
            "verdict": "by_turnover",
        },
        "appointments_reason": None,
    }
    assert progress.as_of == SETTINGS.as_of
    assert [warning.code.value for warning in progress.warnings] == ["scales_far_apart"]


def test_the_probability_of_18_per_cent_in_2027_is_as_printed() -> None:
    aim = target("0.1800", starts=2024, bme=69, total=452)

    chance = one(worked_example(aim)).goal_outlook

    assert chance is not None
    assert chance.probability == pytest.approx(0.882285, abs=5e-7)
    assert chance.outlook.value == "likely"


def test_a_census_that_ends_one_cycle_and_begins_the_next_shows_both_targets() -> None:
    closing = target("0.1500", starts=2021, bme=38, total=418)
    current = target("0.1800", starts=2024, bme=69, total=452)

    progress = one(worked_example(closing, current))

    assert progress.closing_target is not None
    assert progress.closing_target.verdict is not None
    assert progress.closing_target.verdict.met
    assert progress.closing_target.cycle == "2021-2024"
    assert progress.current_target is not None
    assert progress.current_target.cycle == "2024-2027"
    assert progress.gap is not None
    assert progress.gap.to_goal.people == 13


def test_a_closing_target_alone_is_what_the_gap_is_told_for() -> None:
    progress = one(worked_example(target("0.1600", starts=2021, bme=38, total=418)))

    assert (progress.current_target, progress.current_target_reason) == (None, Reason.NO_TARGET)
    assert progress.closing_target is not None
    assert progress.closing_target.verdict is not None
    assert not progress.closing_target.verdict.met
    assert progress.closing_target.verdict.gap.people == 4
    assert progress.gap is not None
    assert (progress.gap.to_goal.people, progress.gap.position) == (4, Position.BEHIND)
    passed = Reason.GOAL_CENSUS_PASSED
    assert (progress.goal_outlook, progress.goal_outlook_reason) == (None, passed)
    assert (progress.appointments, progress.appointments_reason) == (None, passed)


def test_turnover_changes_appointments_only() -> None:
    held = worked_example(target("0.1800"))

    usual, other = (
        assess(held, [OWN_WORKFORCE], replace(SETTINGS, turnover=Fraction(share, 100)))[0]
        for share in (12, 20)
    )

    assert other.appointments is not None
    assert other.appointments.expected == pytest.approx(90.4)
    assert replace(other, appointments=usual.appointments) == usual


def test_the_horizon_cuts_forecast_and_chances_alike() -> None:
    progress = assess(worked_example(), [OWN_WORKFORCE], replace(SETTINGS, horizon=3))[0]

    assert [figure.year for figure in progress.forecast or ()] == [2025, 2026, 2027]
    assert progress.parity is not None
    chances = progress.parity.probability_at_parity or ()
    assert [chance.year for chance in chances] == [2025, 2026, 2027]
    assert progress.parity.year == 2033
