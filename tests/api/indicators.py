"""Indicators of a trust as they are sent and shown."""

from starlette.testclient import TestClient

from tests.bodies import JSON, PERIOD, Headers, indicators_body, pools_body, problem

PATH = "/v1/trusts/ZZ901/indicators/2024"

REPORT = "/v1/trusts/ZZ901/wres/2024"


def rate(pool: int, events: int) -> JSON:
    """Return a rate as it is shown."""
    if not pool:
        return {"pool": 0, "events": 0, "rate": None, "rate_reason": "no_people"}
    return {"pool": pool, "events": events, "rate": round(events / pool, 6)}


LIKELIHOOD = {
    "ratio": 2.5,
    "interval_95": {"lower": 1.595531, "upper": 3.917191},
    "adjusted": False,
    "within_four_fifths": False,
}
"""Of 100 of 400 over 20 of 200, as SciPy has it."""

APPOINTMENTS = {
    "period": PERIOD,
    "trusts": 1,
    "white": rate(400, 100),
    "bme": rate(200, 20),
    "unknown": rate(0, 0),
    "likelihood_white_over_bme": LIKELIHOOD,
    "parts": [],
}

DIFFERENCE = {"share": 0.05, "interval_95": {"lower": -0.04028, "upper": 0.152369}}
"""Of 30 of 100 minus 125 of 500, as statsmodels has it."""

QUESTION = {
    "period": PERIOD,
    "white": {"respondents": 500, "share": "0.2500"},
    "bme": {"respondents": 100, "share": "0.3000"},
    "unknown": {"respondents": 0, "share": None, "share_reason": "no_people"},
    "difference_bme_minus_white": DIFFERENCE,
}

NOT_SENT: JSON = {
    f"indicator_{number}{ending}": value
    for number in range(2, 9)
    for ending, value in {"": None, "_reason": "not_sent"}.items()
}

SHOWN: JSON = {
    "ods_code": "ZZ901",
    "year": 2024,
    "revision": 1,
    "synthetic": True,
    "source": "ESR and TRAC, 2023/24",
    "notes": None,
    "reason": None,
    "recorded_at": "2026-11-23T09:00:00Z",
    "recorded_by": "HR system",
    "supplied_by": None,
    **{
        name: value
        for name, value in NOT_SENT.items()
        if not name.startswith(("indicator_2", "indicator_5"))
    },
    "indicator_2": APPOINTMENTS,
    "indicator_5": QUESTION,
    "warnings": [],
}

CORRECTION = indicators_body(
    indicator_2=pools_body(bme=(200, 40)), reason="Bank posts were left out"
)

NOT_HELD = problem(
    404,
    "indicators-not-found",
    "Indicators not found",
    "No indicators of ZZ901 for the census of 2024 are held.",
    ods_code="ZZ901",
    year=2024,
)


def correct(client: TestClient, sender: Headers) -> None:
    """Send in the first indicators, then their correction."""
    assert client.put(PATH, json=indicators_body(), headers=sender).status_code == 201
    sent = client.put(PATH, json=CORRECTION, headers=sender | {"If-Match": '"1"'})
    assert sent.status_code == 200
