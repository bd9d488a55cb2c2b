"""The worked example of the specification: stored through HTTP, and read back to every digit.

What the specification prints stands here as it is printed. For the censuses and years that it
leaves out, the formulas are written out once more below, one number at a time.
"""

from collections.abc import Iterator
from datetime import timedelta
from math import exp, log, sqrt
from statistics import NormalDist
from typing import Any

import pytest

from app.domain.attainability import POSITIVE_ACTION
from tests.api.setting import KINDS, START, Body, Registered, Service, leaders_and_rest

YEARS = (2019, 2020, 2021, 2022, 2023, 2024)
LEADERS = ((31, 402), (34, 410), (38, 418), (47, 431), (57, 440), (69, 452))
WORKFORCE = ((912, 5210), (960, 5300), (1022, 5395), (1110, 5480), (1225, 5602), (1340, 5731))
REST = tuple(
    (big_x - x, big_n - n) for (x, n), (big_x, big_n) in zip(LEADERS, WORKFORCE, strict=True)
)
UNKNOWN = {2024: 7}

PATH = "/v1/trusts/ZZ901/progress/leadership"

TARGET = {
    "measure": "leadership",
    "staff_group": None,
    "cycle": "2022-2025",
    "goal_share": "0.1800",
    "milestones": None,
    "parity_reference": {"kind": "own_workforce", "share": None, "source": None},
    "board_approved_on": "2022-05-26",
    "rationale": "The goal of the strategy for 2025.",
}

NORMAL = NormalDist()
Z_80, Z_95 = NORMAL.inv_cdf(0.9), NORMAL.inv_cdf(0.975)

PRINTED_ACTUALS = {
    "year": 2024,
    "revision": 1,
    "bme": 69,
    "white": 376,
    "unknown": 7,
    "total": 452,
    "share": 0.152655,
    "share_of_known": 0.155056,
    "unknown_share": 0.015487,
    "interval_95": {"lower": 0.122436, "upper": 0.188728},
    "state": "signed_off",
}

PRINTED_FORECAST = {
    "year": 2025,
    "median": 0.172522,
    "band_80": {"lower": 0.15705, "upper": 0.189177},
    "band_95": {"lower": 0.149326, "upper": 0.198481},
}

PRINTED_CHANCES = (
    {"year": 2028, "probability": 0.131618},
    {"year": 2030, "probability": 0.314507},
    {"year": 2033, "probability": 0.50129},
)

PRINTED = {
    "ods_code": "ZZ901",
    "measure": "leadership",
    "staff_group": None,
    "continuity": "combined",
    "as_of": "2026-11-23T09:00:00Z",
    "method": "1",
    "links": {"method": "/v1/methods/1"},
    "synthetic": True,
    "closing_target": None,
    "current_target": {
        "id": "leadership-2022-2025",
        "version": 1,
        "state": "submitted",
        "cycle": "2022-2025",
        "form": "share",
        "baseline": {"year": 2022, "bme": 47, "total": 431, "share": 0.109049},
        "milestones": [
            {"year": 2023, "share": 0.132699, "headcount": 60},
            {"year": 2024, "share": 0.15635, "headcount": 71},
            {"year": 2025, "share": 0.18, "headcount": 82},
        ],
    },
    "gap": {
        "year": 2024,
        "to_path": {"share": 0.003695, "people": 2},
        "to_goal": {"share": 0.027345, "people": 13},
        "position": "behind",
        "beyond_chance": False,
        "met": False,
        "share_a_year_needed": 0.027345,
        "share_a_year_observed": 0.015306,
    },
    "yearly_need": {
        "planned": [{"version": 1, "state": "submitted", "share": 0.02365, "people": 10.333333}],
        "now": {"share": 0.027345, "people": 13.0},
    },
    "goal_outlook": {"probability": 0.2707, "outlook": "possible"},
    "trend": {"censuses": 6, "drift": 0.147534, "dispersion": 0.405748},
    "parity": {
        "census": 2024,
        "reference": "own_workforce",
        "reference_share": 0.233816,
        "gap": {
            "share": 0.081161,
            "people": 37,
            "interval_95": {"lower": 0.04633, "upper": 0.111016},
        },
        "outlook": "projected",
        "year": 2033,
        "interval_80": {"earliest": 2028, "latest": None, "latest_reason": "later_or_never"},
        "probability_closing": 0.960783,
        "parity_to_nearest_person": False,
        "on_points_scale": {
            "gap_change_a_year": -0.003318,
            "outlook": "closing",
            "year": 2050,
        },
        "on_known_ethnicity": {"outlook": "projected", "year": 2033},
    },
    "appointments": {
        "turnover": 0.12,
        "expected": 54.24,
        "arithmetic_share_needed": 0.380531,
        "verdict": "by_turnover",
        "guidance": POSITIVE_ACTION,
    },
}


def logit(p: float) -> float:
    return log(p / (1 - p))


def expit(y: float) -> float:
    return 1 / (1 + exp(-y))


def reach(years: int) -> float:
    """Return G(h), added up year by year."""
    return sum(0.95**step for step in range(1, years + 1))


class Walk:
    """Section 4 of the specification for a series without missing censuses and with D < 1."""

    def __init__(self, counts: tuple[tuple[int, int], ...]) -> None:
        p = [(x + 0.5) / (n + 1) for x, n in counts]
        self.level = logit(p[-1])
        self.step = self._step(p[-1], counts[-1][1])
        precision = drift = 0.0
        for i in range(len(p) - 1):
            n = (counts[i][1] + counts[i + 1][1]) / 2
            u = self._step((p[i] + p[i + 1]) / 2, n)
            precision += 1 / u
            drift += (logit(p[i + 1]) - logit(p[i])) / u
        self.drift_variance = 1 / (precision + 1 / 0.15**2)
        self.drift = drift * self.drift_variance

    @staticmethod
    def _step(p: float, n: float) -> float:
        return (1 - 0.88**2) / ((n + 1) * p * (1 - p)) + 0.05**2


def wilson(x: int, n: int) -> tuple[float, float]:
    """Return the interval in the textbook form."""
    p, z = x / n, Z_95
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return centre - half, centre + half


def expected_actuals(year: int, x: int, n: int) -> Body:
    unknown = UNKNOWN.get(year, 0)
    lower, upper = wilson(x, n)
    return {
        "year": year,
        "revision": 1,
        "bme": x,
        "white": n - x - unknown,
        "unknown": unknown,
        "total": n,
        "share": round(x / n, 6),
        "share_of_known": round(x / (n - unknown), 6),
        "unknown_share": round(unknown / n, 6),
        "interval_95": {"lower": round(lower, 6), "upper": round(upper, 6)},
        "state": "signed_off" if year == 2024 else "provisional",
    }


def expected_forecast(ahead: int) -> Body:
    walk = Walk(LEADERS)
    centre = walk.level + walk.drift * reach(ahead)
    sd = sqrt(reach(ahead) ** 2 * walk.drift_variance + ahead * walk.step)
    bands = {
        name: {
            "lower": round(expit(centre - z * sd), 6),
            "upper": round(expit(centre + z * sd), 6),
        }
        for name, z in (("band_80", Z_80), ("band_95", Z_95))
    }
    return {"year": 2024 + ahead, "median": round(expit(centre), 6), **bands}


def expected_chance(ahead: int) -> Body:
    leaders, rest = Walk(LEADERS), Walk(REST)
    distance, speed = rest.level - leaders.level, leaders.drift - rest.drift
    variance = reach(ahead) ** 2 * (leaders.drift_variance + rest.drift_variance)
    score = (speed * reach(ahead) - distance) / sqrt(variance + ahead * (leaders.step + rest.step))
    return {"year": 2024 + ahead, "probability": round(NORMAL.cdf(score), 6)}


@pytest.fixture(scope="module", params=KINDS)
def example(
    request: pytest.FixtureRequest,
    registered: Registered,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    """The service with the worked example, its target submitted at nine o'clock."""
    with registered.service(request.param, tmp_path_factory.mktemp("example")) as service:
        _tell(service)
        yield service


def _tell(service: Service) -> None:
    service.clock.now = START - timedelta(hours=1)
    service.trust("ZZ901")
    for year, leaders, workforce in zip(YEARS, LEADERS, WORKFORCE, strict=True):
        service.actuals(year, leaders_and_rest(leaders, workforce, UNKNOWN.get(year, 0)))
    service.done(
        "POST",
        "/v1/trusts/ZZ901/actuals/2024/sign-off",
        {"board_date": "2024-07-25", "lead_role": "Chief People Officer"},
    )
    made = service.done("POST", "/v1/trusts/ZZ901/targets", TARGET)
    service.clock.now = START
    service.done("POST", f"{made.headers['Location']}/submit")
    service.clock.forward(days=1)


def test_the_whole_answer_is_the_one_of_the_specification(example: Service) -> None:
    response = example.get(PATH)

    assert response.status_code == 200
    body: Body = response.json()
    (warning,) = body.pop("warnings")
    assert warning.pop("detail")
    assert warning == {"code": "scales_far_apart"}
    actuals, forecasts = body.pop("actuals"), body.pop("forecast")
    chances = body["parity"].pop("probability_at_parity")
    assert body == PRINTED
    assert actuals == [
        expected_actuals(year, x, n) for year, (x, n) in zip(YEARS, LEADERS, strict=True)
    ]
    assert actuals[-1] == PRINTED_ACTUALS
    assert forecasts == [expected_forecast(ahead) for ahead in range(1, 31)]
    assert forecasts[0] == PRINTED_FORECAST
    assert chances == [expected_chance(ahead) for ahead in range(1, 31)]
    assert all(chance in chances for chance in PRINTED_CHANCES)


def test_the_members_stand_in_the_order_of_the_specification(example: Service) -> None:
    body: Body = example.get(PATH).json()

    assert list(body) == [
        "ods_code", "measure", "staff_group", "continuity", "as_of", "method", "links",
        "synthetic", "actuals", "closing_target", "current_target", "gap", "yearly_need",
        "goal_outlook", "forecast", "trend", "parity", "appointments", "warnings",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "params",
    [
        pytest.param({}, id="nothing said"),
        pytest.param({"as_of": "2026-11-23T09:00:00Z"}, id="as of the submission"),
        pytest.param({"as_of": "2026-11-23T10:00:00+01:00"}, id="in another time zone"),
        pytest.param({"reference": "own_workforce"}, id="the reference"),
        pytest.param({"turnover": 0.12, "horizon": 30}, id="turnover and horizon"),
        pytest.param({"continuity": "combined"}, id="continuity"),
    ],
)
def test_saying_what_is_taken_anyway_changes_nothing(
    example: Service, params: dict[str, Any]
) -> None:
    assert example.get(PATH, **params).content == example.get(PATH).content


def test_the_forecast_of_2027_is_the_one_printed(example: Service) -> None:
    forecasts = example.get(PATH).json()["forecast"]

    assert [(one["year"], one["median"]) for one in forecasts[:3]] == [
        (2025, 0.172522),
        (2026, 0.192366),
        (2027, 0.212786),
    ]
    assert forecasts[2]["band_80"] == {"lower": 0.177883, "upper": 0.252434}
    assert forecasts[2]["band_95"] == {"lower": 0.161303, "upper": 0.275306}


def test_a_shorter_horizon_cuts_the_lists_and_nothing_else(example: Service) -> None:
    whole, short = example.get(PATH).json(), example.get(PATH, horizon=4).json()

    assert [one["year"] for one in short["forecast"]] == [2025, 2026, 2027, 2028]
    whole["forecast"] = whole["forecast"][:4]
    whole["parity"]["probability_at_parity"] = whole["parity"]["probability_at_parity"][:4]
    assert short == whole


def test_the_list_holds_the_same_answer(example: Service) -> None:
    one = example.get(PATH).json()

    assert example.get("/v1/trusts/ZZ901/progress").json() == {"items": [one], "next": None}
