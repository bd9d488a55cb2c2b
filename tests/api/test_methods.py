"""The methods, their constants and their back-tests."""

import json
from collections.abc import Iterator
from dataclasses import asdict

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.domain import methods as domain
from app.domain.codes import Evidence
from app.domain.methods import COVERS, MEANINGS
from app.ingest.reference_files import read_reference
from tests.api import setting
from tests.api.comparing import OWN, three_trusts
from tests.api.setting import KINDS, Body, Registered, Service, problem_of, read
from tests.given import Given

registered = setting.registered

METHOD_1 = {
    "version": "1",
    "title": "Damped random walk in log-odds",
    "released": "2026-11-23",
    "newest": True,
    "covers": COVERS,
    "constants": [
        {
            "name": "turnover",
            "value": 0.12,
            "meaning": "Share of staff who leave in a year (τ).",
        },
        {
            "name": "process_sd",
            "value": 0.05,
            "meaning": "Sd of the yearly change of a group's own making, in log-odds (κ).",
        },
        {
            "name": "drift_prior_sd",
            "value": 0.15,
            "meaning": "Prior sd of the yearly drift, in log-odds (ω).",
        },
        {
            "name": "damping",
            "value": 0.95,
            "meaning": "Factor by which the drift weakens each year (φ).",
        },
        {
            "name": "dispersion_from",
            "value": 6,
            "meaning": "Number of censuses from which dispersion widens the bands.",
        },
        *(
            {"name": name, "value": value, "meaning": MEANINGS[name]}
            for name, value in asdict(domain.METHOD_1.thresholds).items()
        ),
    ],
    "links": {
        "backtest": "/v1/methods/1/backtest",
        "formulas": "/definitions/methods/1/formulas",
    },
    "page": "/definitions/methods/1",
}


@pytest.fixture(scope="module", params=KINDS)
def service(
    request: pytest.FixtureRequest,
    registered: Registered,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    """A service with the register, for tests that change nothing."""
    with registered.service(request.param, tmp_path_factory.mktemp("methods")) as service:
        yield service


def kept() -> Body:
    """Return the back-test that is kept with method 1, as a caller reads it."""
    body: Body = json.loads(read_reference("backtest_1.json"))
    findings = body.pop("findings")
    for row in (*findings["coverage"], *findings["coverage_by_team_size"]):
        if row["most"] is None:
            del row["most"]
    return {**body, **findings}


def test_methods_are_listed(service: Service) -> None:
    assert read(service.get("/v1/methods")) == {"items": [METHOD_1], "next": None}


def test_a_method_tells_its_constants_and_what_they_mean(service: Service) -> None:
    assert read(service.get("/v1/methods/1")) == METHOD_1


def test_a_back_test_is_what_is_kept_with_its_method(service: Service) -> None:
    body = read(service.get(METHOD_1["links"]["backtest"]))  # type: ignore[index]

    assert body == kept()


def test_a_back_test_says_on_what_it_was_made_and_how_it_came_out(service: Service) -> None:
    body = read(service.get("/v1/methods/1/backtest"))

    assert (body["method"], body["basis"]) == (
        "1",
        {
            "evidence": Evidence.SIMULATED,
            "sha256": "4ee4f327a735ab18323d8c9acae505418d11bb8e6277ed9e8370b75e9db68815",
            "trusts": 202,
            "measures": 13,
            "first_census": 2016,
            "last_census": 2025,
            "held_out": 3,
        },
    )
    assert body["coverage"][0] == {
        "years_ahead": 1,
        "fewest": 1,
        "forecasts": 7817,
        "in_shares": {"band_80": 0.71933, "band_95": 0.806447},
        "in_smoothed_shares": {"band_80": 0.845593, "band_95": 0.959575},
        "in_people": {"band_80": 0.956889, "band_95": 0.990917},
    }
    assert body["coverage_by_team_size"][4] == {
        "years_ahead": 1,
        "fewest": 100,
        "most": 199,
        "forecasts": 736,
        "in_shares": {"band_80": 0.808424, "band_95": 0.936141},
        "in_smoothed_shares": {"band_80": 0.836957, "band_95": 0.956522},
        "in_people": {"band_80": 0.913043, "band_95": 0.974185},
    }
    assert body["goal"][0] == {
        "years_ahead": 1,
        "forecasts": 5995,
        "mean_probability": 0.456392,
        "base_rate": 0.375646,
        "brier": 0.110311,
        "brier_of_base_rate": 0.234536,
    }


def test_methods_are_told_once_and_then_only_if_they_changed(service: Service) -> None:
    first = service.get("/v1/methods/1/backtest")

    again = service.send(
        "GET", "/v1/methods/1/backtest", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/v1/methods/{}", "/v1/methods/{}/backtest"])
@pytest.mark.parametrize("version", ["2", "01", "one"])
def test_a_method_that_is_not_there_is_not_found(
    path: str, version: str, service: Service
) -> None:
    assert problem_of(service.get(path.format(version))) == {
        "type": "/problems/method-not-found",
        "title": "Method not found",
        "status": 404,
        "detail": f"There is no method {version}.",
        "version": version,
    }


WITH_A_METHOD = [
    ("GET", "/v1/trusts/ZZ901/peers"),
    ("GET", "/v1/england/funnel/leadership"),
    ("POST", "/v1/trusts/ZZ901/progress/leadership/what-if"),
]
"""Questions beside progress that are answered with a version of the method."""


def ask(client: TestClient, verb: str, path: str, version: str | None) -> Response:
    """Ask a question with a version of the method; None for the newest."""
    asked = {} if version is None else {"method": version}
    place = {"json": asked} if verb == "POST" else {"params": asked}
    return client.request(verb, path, **place)  # type: ignore[arg-type]


@pytest.mark.parametrize(("verb", "path"), WITH_A_METHOD)
def test_the_newest_method_answers_unless_another_is_asked_for(
    verb: str, path: str, client: TestClient, given: Given
) -> None:
    three_trusts(given)

    usual, asked = (ask(client, verb, path, version) for version in (None, "1"))

    assert (usual.status_code, usual.json()["method"]) == (200, "1")
    assert asked.json() == usual.json()


@pytest.mark.parametrize(("verb", "path"), WITH_A_METHOD)
@pytest.mark.parametrize("version", ["2", "", "01"])
def test_nothing_is_answered_with_a_method_that_is_not_there(
    verb: str, path: str, version: str, client: TestClient, given: Given
) -> None:
    three_trusts(given)

    assert problem_of(ask(client, verb, path, version)) == {
        "type": "/problems/method-not-found",
        "title": "Method not found",
        "status": 404,
        "detail": f"There is no method {version}.",
        "version": version,
    }


@pytest.mark.parametrize(("verb", "path"), WITH_A_METHOD)
def test_who_may_not_see_an_answer_is_not_told_of_methods(
    verb: str, path: str, client: TestClient, given: Given
) -> None:
    given.actuals("RZ1", 2024, OWN)
    of_a_real_one = path.replace("ZZ901", "RZ1")

    assert ask(client, verb, of_a_real_one, "2").status_code == 401
