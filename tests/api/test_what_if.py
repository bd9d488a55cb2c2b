"""What would be if turnover, appointments and growth were such."""

from decimal import Decimal
from math import ceil, floor, sqrt
from statistics import NormalDist

import pytest

from app.domain.attainability import POSITIVE_ACTION
from tests.api import progress, what_ifs
from tests.api.setting import Body, Service, find_unexplained, leaders_and_rest, read
from tests.api.what_ifs import ASKED, ask

service = progress.service
told = what_ifs.told


def step_by_step(share: Decimal, turnover: Decimal, growth: Decimal, years: int) -> list[Body]:
    """Return the path of the worked example, reckoned with decimals year by year."""
    x, v, n = Decimal(69), Decimal(0), Decimal(452)
    path = []
    for year in range(2025, 2025 + years):
        appointed = (turnover + growth) * n
        v = (1 - turnover) ** 2 * v + turnover * (1 - turnover) * x
        v += appointed * share * (1 - share)
        x = (1 - turnover) * x + share * appointed
        n *= 1 + growth
        half = NormalDist().inv_cdf(0.9) * sqrt(v)
        point = {
            "year": year,
            "bme": round(float(x), 6),
            "total": round(float(n), 6),
            "share": round(float(x / n), 6),
            "standard_deviation": round(sqrt(v), 6),
            "interval_80": {"lower": floor(float(x) - half), "upper": ceil(float(x) + half)},
        }
        if year == 2025:
            point["required"] = {"share": 0.18, "people": ceil(Decimal("0.18") * n)}
        path.append(point)
    return path


def test_the_worked_example_at_the_share_that_the_goal_needs(told: Service) -> None:
    body = read(ask(told))

    assert body == {
        "ods_code": "ZZ901",
        "measure": "leadership",
        "staff_group": None,
        "continuity": "combined",
        "as_of": body["as_of"],
        "method": "1",
        "links": {"method": "/v1/methods/1"},
        "synthetic": True,
        "start": {"year": 2024, "revision": 1, "bme": 69, "total": 452, "share": 0.152655},
        "scenario": {
            "turnover": 0.12,
            "bme_share_of_appointments": 0.380531,
            "growth": 0.0,
            "horizon": 10,
        },
        "appointments": {
            "turnover": 0.12,
            "expected": 54.24,
            "arithmetic_share_needed": 0.380531,
            "verdict": "by_turnover",
            "guidance": POSITIVE_ACTION,
        },
        "path": step_by_step(Decimal(2064) / Decimal(5424), Decimal("0.12"), Decimal(0), 10),
        "goal": {
            "target_id": "leadership-2022-2025",
            "version": 1,
            "form": "share",
            "year": 2025,
            "share": 0.18,
            "people": 82,
            "expected_bme": 81.36,
            "probability": round(NormalDist().cdf(-0.14 / sqrt(20.0722407)), 6),
            "outlook": "possible",
        },
        "parity": {
            "reference": "own_workforce",
            "year": None,
            "year_reason": "later_or_never",
        },
        "guidance": POSITIVE_ACTION,
        "warnings": [],
    }


def test_the_answer_is_as_of_the_same_instant_as_progress(told: Service) -> None:
    progress = read(told.get("/v1/trusts/ZZ901/progress/leadership"))

    assert read(ask(told))["as_of"] == progress["as_of"]
    assert read(ask(told))["appointments"] == progress["appointments"]


def test_growth_and_appointments_as_asked(told: Service) -> None:
    body = read(ask(told, turnover=0.15, bme_share_of_appointments=0.45, growth=0.02, horizon=4))

    assert body["path"] == step_by_step(Decimal("0.45"), Decimal("0.15"), Decimal("0.02"), 4)
    assert body["scenario"] == {
        "turnover": 0.15,
        "bme_share_of_appointments": 0.45,
        "growth": 0.02,
        "horizon": 4,
    }
    assert body["appointments"] == {
        "turnover": 0.15,
        "expected": 76.84,
        "arithmetic_share_needed": round((0.18 * 461.04 - 0.85 * 69) / 76.84, 6),
        "verdict": "by_turnover",
        "guidance": POSITIVE_ACTION,
    }
    assert (body["goal"]["people"], body["goal"]["expected_bme"]) == (83, 93.228)


def test_parity_is_where_the_path_meets_the_forecast_of_the_workforce(told: Service) -> None:
    workforce = read(told.get("/v1/trusts/ZZ901/progress/workforce"))["forecast"]

    body = read(ask(told, bme_share_of_appointments=0.5))

    medians = {one["year"]: one["median"] for one in workforce}
    first = next(p["year"] for p in body["path"] if p["share"] >= medians[p["year"]])
    assert first == 2028
    assert body["parity"] == {"reference": "own_workforce", "year": first}


def test_numbers_are_taken_as_they_are_written(told: Service) -> None:
    body = read(ask(told, turnover=0.5, growth=0.1, bme_share_of_appointments=0.1))

    # In floats 0.5 + 0.1 of 452, a tenth of it BME, is 27.120000000000005.
    assert body["path"][0]["bme"] == 61.62


def test_a_fixed_reference(told: Service) -> None:
    body = read(
        ask(told, bme_share_of_appointments=0.5, reference="fixed", reference_share="0.2500")
    )

    assert body["parity"] == {"reference": "fixed", "year": 2027}
    assert body["path"][1]["share"] < 0.25 <= body["path"][2]["share"]


@pytest.mark.parametrize(
    ("measure", "members"),
    [
        pytest.param("workforce", {}, id="workforce"),
        pytest.param("board", {}, id="board"),
        pytest.param("consultants", {"reference": "own_medical_workforce"}, id="consultants"),
        pytest.param("leadership", {"staff_group": "clinical"}, id="narrowed"),
        pytest.param(
            "leadership",
            {"staff_group": "non_clinical", "reference": "own_staff_group"},
            id="its own staff group",
        ),
        pytest.param(
            "leadership", {"reference": "own_workforce_at_baseline"}, id="without a baseline"
        ),
        pytest.param("band_9", {"bme_share_of_appointments": 0.5}, id="nobody"),
        pytest.param("vsm", {"bme_share_of_appointments": 0.5}, id="few"),
        pytest.param("band_8a", {"bme_share_of_appointments": 0.5}, id="without a target"),
    ],
)
def test_every_null_has_its_reason(told: Service, measure: str, members: Body) -> None:
    path = f"/v1/trusts/ZZ902/progress/{measure}/what-if"

    body = read(ask(told, path, **members))

    assert (body["measure"], body["staff_group"]) == (measure, members.get("staff_group"))
    assert find_unexplained(body) == []
    assert body["guidance"] == POSITIVE_ACTION


def test_a_trust_that_has_sent_nothing(told: Service) -> None:
    told.trust("ZZ903")

    body = read(
        ask(told, "/v1/trusts/ZZ903/progress/leadership/what-if", bme_share_of_appointments=0.3)
    )

    assert body == {
        "ods_code": "ZZ903",
        "measure": "leadership",
        "staff_group": None,
        "continuity": "combined",
        "as_of": body["as_of"],
        "method": "1",
        "links": {"method": "/v1/methods/1"},
        "synthetic": True,
        "start": None,
        "start_reason": "no_actuals",
        "scenario": {
            "turnover": 0.12,
            "bme_share_of_appointments": 0.3,
            "growth": 0.0,
            "horizon": 10,
        },
        "appointments": None,
        "appointments_reason": "no_target",
        "path": None,
        "path_reason": "no_actuals",
        "goal": None,
        "goal_reason": "no_actuals",
        "parity": None,
        "parity_reason": "no_actuals",
        "guidance": POSITIVE_ACTION,
        "warnings": [],
    }


def test_asking_as_of_an_instant_uses_what_was_known_then(told: Service) -> None:
    response = told.client.post(ASKED, json={}, params={"as_of": "2026-11-23T07:00:00Z"})

    body = read(response)
    assert (body["as_of"], body["start_reason"]) == ("2026-11-23T07:00:00Z", "no_actuals")


def test_nothing_is_stored(told: Service) -> None:
    first = ask(told, bme_share_of_appointments=0.4)
    told.clock.forward(hours=1)

    assert ask(told, bme_share_of_appointments=0.4).content == first.content
    assert "ETag" not in first.headers


def test_a_merged_trust_starts_from_its_predecessors_people(service: Service) -> None:
    service.actuals(2022, leaders_and_rest((10, 100), (200, 1000)))
    became = {"ods_code": "ZZ901", "effective_date": "2022-04-01", "kind": "merged"}
    service.trust("ZZ903", opened="2022-04-01", predecessors=[became])

    body = read(
        ask(service, "/v1/trusts/ZZ903/progress/leadership/what-if", bme_share_of_appointments=1)
    )

    assert body["start"] == {
        "year": 2022,
        "revision": None,
        "bme": 10,
        "total": 100,
        "share": 0.1,
    }
    assert body["path"][0]["bme"] == 20.8
    assert (body["parity"], body["parity_reason"]) == (None, "too_few_years")
