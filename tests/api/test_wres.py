"""The nine indicators of a trust in one answer, beside last year's and England's."""

from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from tests.api.databases import on_sqlite
from tests.api.indicators import APPOINTMENTS, DIFFERENCE, REPORT, rate
from tests.api.setting import find_unexplained
from tests.bodies import JSON, PERIOD, Headers, problem, problem_of
from tests.given import Given

OWN = {
    ("clinical", "5"): (80, 40, 0),
    ("clinical", "6"): (40, 10, 0),
    ("clinical", "8a"): (20, 9, 1),
}

SURVEY = {5: ((500, "0.25"), (100, "0.3"))}

EARLY, LATE = datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 3, tzinfo=UTC)

NO_PEOPLE = "no_people"


def interval(limits: tuple[float, float]) -> JSON:
    """Return an interval as it is shown."""
    lower, upper = limits
    return {"lower": round(float(lower), 6), "upper": round(float(upper), 6)}


def people(white: int, bme: int, unknown: int) -> JSON:
    """Return people as they are shown, their interval as statsmodels has it."""
    total = white + bme + unknown
    return {
        "white": white,
        "bme": bme,
        "unknown": unknown,
        "total": total,
        "share": round(bme / total, 6),
        "share_of_known": round(bme / (white + bme), 6),
        "unknown_share": round(unknown / total, 6),
        "interval_95": interval(proportion_confint(bme, total, method="wilson")),
    }


def everything(given: Given) -> None:
    """Let one trust send all that goes into the nine indicators, and another a little."""
    given.actuals("ZZ901", 2024, OWN, at=EARLY)
    given.board("ZZ901", 2024, {(True, True): (3, 1, 0), (False, True): (1, 0, 0)})
    given.indicators("ZZ901", 2024, surveys=SURVEY)
    given.indicators("ZZ901", 2023, {2: ((100, 30), (100, 20))})
    given.actuals("ZZ902", 2024, {("clinical", "5"): (90, 10, 0)})
    given.indicators(
        "ZZ902", 2024, {2: ((100, 0), (100, 10))}, {5: ((100, "0.25"), (400, "0.2"))}, at=LATE
    )


def report(client: TestClient, path: str = REPORT, **asked: str) -> JSON:
    """Return the answer, in which every null says why."""
    response = client.get(path, params=asked)
    assert response.status_code == 200, response.text
    found: JSON = response.json()
    unexplained = [one for one in find_unexplained(found) if not one.endswith("parts.band")]
    assert unexplained == []
    return found


def test_the_answer_says_what_it_is(client: TestClient, given: Given) -> None:
    everything(given)

    found = report(client)

    assert {name: value for name, value in found.items() if not isinstance(value, dict)} == {
        "ods_code": "ZZ901",
        "year": 2024,
        "continuity": "combined",
        "as_of": "2026-11-03T00:00:00Z",
        "synthetic": True,
        "warnings": [],
    }
    assert found["trust"]["revisions"] == {
        name: [{"ods_code": "ZZ901", "revision": 1}] for name in ("actuals", "board", "indicators")
    }
    assert found["last_year"]["revisions"] == {
        "actuals": [],
        "board": [],
        "indicators": [{"ods_code": "ZZ901", "revision": 1}],
    }
    assert [found[one]["year"] for one in ("trust", "last_year", "england")] == [2024, 2023, 2024]
    assert [found[one]["expected_trusts"] for one in ("trust", "last_year", "england")] == [
        1,
        1,
        4,
    ]


def test_indicator_1_is_each_band_beside_the_workforce(client: TestClient, given: Given) -> None:
    everything(given)

    found = report(client)

    everybody = people(140, 59, 1)
    assert found["trust"]["indicator_1"] == {
        "trusts": 1,
        "workforce": everybody,
        "staff_groups": [{"staff_group": "clinical", **everybody}],
        "bands": [
            {"staff_group": "clinical", "band": "5", **people(80, 40, 0)},
            {"staff_group": "clinical", "band": "6", **people(40, 10, 0)},
            {"staff_group": "clinical", "band": "8a", **people(20, 9, 1)},
        ],
    }
    assert found["last_year"]["indicator_1"] is None
    assert found["last_year"]["indicator_1_reason"] == "not_sent"
    assert found["england"]["indicator_1"]["trusts"] == 2
    assert found["england"]["indicator_1"]["workforce"]["total"] == 300
    assert found["england"]["indicator_1"]["workforce"]["share"] == 0.23


def test_indicators_2_to_8_stand_beside_last_years_and_englands(
    client: TestClient, given: Given
) -> None:
    everything(given)

    found = report(client)

    assert found["trust"]["indicator_2"] == APPOINTMENTS
    assert found["last_year"]["indicator_2"]["likelihood_white_over_bme"]["ratio"] == 1.5
    england = found["england"]["indicator_2"]
    assert (england["trusts"], england["white"], england["bme"]) == (
        2,
        rate(500, 100),
        rate(300, 30),
    )
    assert england["likelihood_white_over_bme"]["ratio"] == 2.0
    assert found["trust"]["indicator_5"] == {
        "period": PERIOD,
        "trusts": 1,
        "white": {"respondents": 500, "share": 0.25},
        "bme": {"respondents": 100, "share": 0.3},
        "unknown": {"respondents": 0, "share": None, "share_reason": NO_PEOPLE},
        "difference_bme_minus_white": DIFFERENCE,
    }
    survey = found["england"]["indicator_5"]
    assert (survey["white"], survey["bme"]) == (
        {"respondents": 600, "share": 0.25},
        {"respondents": 500, "share": 0.22},
    )
    assert survey["difference_bme_minus_white"]["share"] == -0.03
    for number in (3, 4, 6, 7, 8):
        for column in ("trust", "last_year", "england"):
            assert found[column][f"indicator_{number}_reason"] == "not_sent"


def test_indicator_9_is_the_board_minus_the_workforce(client: TestClient, given: Given) -> None:
    everything(given)

    found = report(client)

    board = found["trust"]["indicator_9"]
    limits = confint_proportions_2indep(1, 5, 59, 200, compare="diff", method="newcomb")
    assert board["board"] == {
        **people(4, 1, 0),
        "difference_board_minus_workforce": {
            "share": -0.095,
            "interval_95": interval(limits),
        },
    }
    assert [board[whose]["total"] for whose in ("voting", "executive")] == [4, 5]
    assert (board["trusts"], found["england"]["indicator_9"]["trusts"]) == (1, 1)
    assert found["england"]["indicator_9"]["board"]["difference_board_minus_workforce"][
        "share"
    ] == pytest.approx(0.2 - 0.23)


def test_disparity_is_told_between_tiers(client: TestClient, given: Given) -> None:
    everything(given)

    found = report(client)

    clinical = found["trust"]["disparity"]["clinical"]
    assert (clinical["lower"], clinical["middle"], clinical["upper"]) == (
        {"white": 80, "bme": 40, "unknown": 0},
        {"white": 40, "bme": 10, "unknown": 0},
        {"white": 20, "bme": 9, "unknown": 1},
    )
    ratios = [
        clinical[step]["ratio_white_over_bme"]["ratio"]
        for step in ("lower_to_middle", "middle_to_upper", "lower_to_upper")
    ]
    assert ratios == [2.0, 0.555556, 1.111111]
    assert found["trust"]["disparity"]["non_clinical"]["lower_to_upper"] == {
        "ratio_white_over_bme": None,
        "ratio_white_over_bme_reason": NO_PEOPLE,
    }
    assert found["england"]["disparity"]["clinical"]["lower"] == {
        "white": 170,
        "bme": 50,
        "unknown": 0,
    }


def test_a_question_as_of_an_instant_uses_what_was_known_then(
    client: TestClient, given: Given
) -> None:
    everything(given)
    given.indicators("ZZ901", 2024, {2: ((400, 100), (200, 40))}, at=LATE)

    now = report(client)
    then = report(client, as_of="2026-11-02T23:59:59Z")

    assert now["trust"]["indicator_2"]["likelihood_white_over_bme"]["ratio"] == 1.25
    assert now["trust"]["revisions"]["indicators"][0]["revision"] == 2
    assert now["as_of"] == "2026-11-03T00:00:00.000001Z"
    assert then["trust"]["indicator_2"] == APPOINTMENTS
    assert then["england"]["indicator_2"]["trusts"] == 1
    assert then["as_of"] == "2026-11-02T23:59:59Z"


def test_the_answer_is_the_same_until_something_changes(client: TestClient, given: Given) -> None:
    everything(given)
    first = client.get(REPORT)

    again = client.get(REPORT, headers={"If-None-Match": first.headers["etag"]})
    given.actuals("ZZ905", 2025)
    elsewhere = client.get(REPORT, headers={"If-None-Match": first.headers["etag"]})
    given.board("ZZ902", 2024)
    changed = client.get(REPORT, headers={"If-None-Match": first.headers["etag"]})

    assert [one.status_code for one in (again, elsewhere, changed)] == [304, 304, 200]


def test_predecessors_are_added_in(client: TestClient, given: Given) -> None:
    for code in ("ZZ903", "ZZ904"):
        given.actuals(code, 2024, OWN)
        given.board(code, 2024)
        given.indicators(code, 2024, surveys=SURVEY)
    given.actuals("ZZ905", 2025, OWN)
    path = "/v1/trusts/ZZ905/wres/2025"

    combined = report(client, path)
    alone = report(client, path, continuity="as_reported")

    last = combined["last_year"]
    assert last["expected_trusts"] == 2
    assert [last[f"indicator_{number}"]["trusts"] for number in (1, 2, 5, 9)] == [2, 2, 2, 2]
    assert last["indicator_2"]["white"] == rate(800, 200)
    assert last["indicator_2"]["likelihood_white_over_bme"]["ratio"] == 2.5
    assert [one["ods_code"] for one in last["revisions"]["indicators"]] == ["ZZ903", "ZZ904"]
    assert [one["code"] for one in combined["warnings"]] == ["merger_in_series"] * 2
    assert alone["last_year"]["indicator_2_reason"] == "not_sent"
    assert alone["warnings"] == []


def test_a_predecessor_that_has_not_sent_is_missed(client: TestClient, given: Given) -> None:
    given.indicators("ZZ903", 2024)

    found = report(client, "/v1/trusts/ZZ905/wres/2024")

    assert found["trust"]["indicator_2_reason"] == "incomplete_returns"
    assert [one["code"] for one in found["warnings"]] == ["incomplete_returns"]
    assert found["england"]["indicator_2"]["trusts"] == 1


def test_england_counts_nobody_twice(client: TestClient, given: Given) -> None:
    given.actuals("ZZ903", 2024, {("clinical", "5"): (9, 1, 0)})
    given.actuals("ZZ905", 2024, {("clinical", "5"): (20, 5, 0)}, covers=("ZZ903", "ZZ904"))
    given.indicators("ZZ905", 2024)
    given.indicators("ZZ904", 2024, {2: ((9, 3), (9, 3))})
    given.board("ZZ901", 2024)

    england = report(client, "/v1/trusts/ZZ905/wres/2024")["england"]

    assert england["indicator_1"]["trusts"] == 2
    assert england["indicator_1"]["workforce"]["total"] == 25
    assert england["indicator_2"]["trusts"] == 2
    assert england["indicator_2"]["white"] == rate(400, 100)


def test_where_nothing_was_sent_there_is_no_answer(client: TestClient, given: Given) -> None:
    given.indicators("ZZ902", 2024)
    given.indicators("ZZ901", 2023)

    assert problem_of(client.get(REPORT)) == problem(
        404,
        "returns-not-found",
        "Returns not found",
        "No figures of ZZ901 for the census of 2024 are held.",
        ods_code="ZZ901",
        year=2024,
    )


@on_sqlite
def test_englands_figures_of_real_trusts_are_the_national_teams(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.indicators("RZ1", 2024)
    given.indicators("RZ2", 2024)
    path, own = "/v1/trusts/RZ1/wres/2024", given.token("trust", "RZ1")

    of_trust, of_national = (
        client.get(path, headers=headers).json() for headers in (own, national)
    )

    assert (of_trust["england"], of_trust["england_reason"]) == (None, "not_published")
    assert of_trust["trust"] == of_national["trust"]
    assert of_trust["as_of"] < of_national["as_of"]
    assert of_national["england"]["indicator_2"]["trusts"] == 2
    assert client.get(path).status_code == 401
    assert client.get(path, headers=given.token("trust", "RZ2")).status_code == 403


@on_sqlite
def test_questions_that_cannot_be_answered_are_refused(client: TestClient, given: Given) -> None:
    everything(given)

    future = client.get(REPORT, params={"as_of": "2030-01-01T00:00:00Z"})
    nowhere = client.get("/v1/trusts/QMF/wres/2024")

    assert problem_of(future)["type"] == "/problems/unacceptable-question"
    assert problem_of(nowhere)["type"] == "/problems/trust-not-found"


@on_sqlite
def test_a_change_of_the_register_that_the_answer_depends_on_moves_its_instant(
    client: TestClient, given: Given, national: Headers
) -> None:
    everything(given)
    body = {"kind": "trust", "name": "Trust ZZ910 (demonstration)", "opened": "2020-04-01"}
    client.put("/v1/organisations/ZZ910", json=body, headers=national)
    before = report(client)
    held = client.get("/v1/organisations/ZZ910").headers["etag"]

    client.put(
        "/v1/organisations/ZZ910",
        json=body | {"opened": "2024-04-01"},
        headers=national | {"If-Match": held},
    )
    after = report(client)

    assert [one["england"]["expected_trusts"] for one in (before, after)] == [5, 4]
    assert before["as_of"] < after["as_of"]
