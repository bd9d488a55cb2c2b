"""The funnel of all trusts over HTTP: its limits, who lies where in it, and who may see it."""

import csv
import io
from datetime import date

import pytest
from starlette.testclient import TestClient

from tests.api.comparing import ACUTE, COMMUNITY, EARLY, LATE, OWN, staff, three_trusts
from tests.api.setting import find_unexplained
from tests.bodies import JSON, Headers, fault, problem, problem_of
from tests.given import Given

PATH = "/v1/england/funnel/leadership"

OF_200 = {
    "limits_95": {"lower": 0.04745, "upper": 0.183661},
    "limits_998": {"lower": 0.008175, "upper": 0.222936},
}
OF_50 = {
    "limits_95": {"lower": 0.012952, "upper": 0.218159},
    "limits_998": {"lower": 0.0, "upper": 0.277328},
}
ANY_RANK = {"lower": 1, "upper": 3}

WHOLE = {
    "measure": "leadership",
    "staff_group": None,
    "year": 2024,
    "as_of": "2026-11-03T00:00:00Z",
    "method": "1",
    "links": {"method": "/v1/methods/1"},
    "synthetic": True,
    "trusts": {
        "expected": 4,
        "reported": 3,
        "counted_elsewhere": 0,
        "without_people": 0,
        "compared": 3,
    },
    "centre": {
        "bme": 52,
        "total": 450,
        "share": 0.115556,
        "share_of_known": 0.115556,
        "unknown_share": 0.0,
    },
    "dispersion": {"ratio": 1.272388, "between_sd": 0.02639, "applied": True},
    "points": [
        {
            "ods_code": "ZZ901",
            "name": "Acute Trust (demonstration)",
            "type": "acute",
            "revision": 1,
            "bme": 20,
            "total": 200,
            "share": 0.1,
            "share_of_known": 0.1,
            "unknown_share": 0.0,
            "interval_95": {"lower": 0.06567, "upper": 0.149406},
            **OF_200,
            "position": "inside",
            "standing": {"rank": 2, "interval_95": ANY_RANK, "of": 3},
        },
        {
            "ods_code": "ZZ902",
            "name": "Community Trust (demonstration)",
            "type": "community",
            "revision": 1,
            "bme": 30,
            "total": 200,
            "share": 0.15,
            "share_of_known": 0.15,
            "unknown_share": 0.0,
            "interval_95": {"lower": 0.107136, "upper": 0.206056},
            **OF_200,
            "position": "inside",
            "standing": {"rank": 1, "interval_95": ANY_RANK, "of": 3},
        },
        {
            "ods_code": "ZZ903",
            "name": "Trust ZZ903 (demonstration)",
            "type": "acute",
            "revision": 1,
            "bme": 2,
            "total": 50,
            "share": 0.04,
            "share_of_known": 0.04,
            "unknown_share": 0.0,
            "interval_95": {"lower": 0.011039, "upper": 0.134601},
            **OF_50,
            "position": "inside",
            "standing": {"rank": 3, "interval_95": ANY_RANK, "of": 3},
        },
    ],
    "warnings": [],
}
"""Worked out one number at a time, too; the limits with the interpolation of `statistics`."""

FILE = """\
measure,staff_group,year,synthetic,ods_code,name,type,revision,bme,total,share,\
share_of_known,unknown_share,interval_95_lower,interval_95_upper,limits_95_lower,limits_95_upper,limits_998_lower,\
limits_998_upper,position,standing_rank,standing_interval_95_lower,standing_interval_95_upper,\
standing_of\r
leadership,,2024,True,ZZ901,Acute Trust (demonstration),acute,1,20,200,0.1,0.1,0.0,\
0.06567,0.149406,0.04745,0.183661,0.008175,0.222936,inside,2,1,3,3\r
leadership,,2024,True,ZZ902,Community Trust (demonstration),community,1,30,200,0.15,0.15,0.0,\
0.107136,0.206056,0.04745,0.183661,0.008175,0.222936,inside,1,1,3,3\r
leadership,,2024,True,ZZ903,Trust ZZ903 (demonstration),acute,1,2,50,0.04,0.04,0.0,\
0.011039,0.134601,0.012952,0.218159,0.0,0.277328,inside,3,1,3,3\r
"""


def codes(body: JSON) -> list[str]:
    """Return the codes of the trusts in the funnel, in order."""
    return [point["ods_code"] for point in body["points"]]


def test_every_trust_is_shown_with_its_limits_position_and_rank(
    client: TestClient, given: Given
) -> None:
    three_trusts(given)

    response = client.get(PATH)

    assert response.status_code == 200
    body = response.json()
    curve = body.pop("curve")
    assert body == WHOLE
    assert (curve[0], curve[-1]) == ({"total": 50, **OF_50}, {"total": 200, **OF_200})
    assert len(curve) == 20


def test_the_trusts_also_come_as_a_file(client: TestClient, given: Given) -> None:
    three_trusts(given)

    response = client.get(PATH, headers={"Accept": "text/csv"})

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.text == FILE
    assert len(list(csv.DictReader(io.StringIO(response.text)))) == 3


def test_unknown_ethnicity_goes_with_every_share(client: TestClient, given: Given) -> None:
    three_trusts(given)
    for code, leaders in (("ZZ901", (140, 20, 40)), ("ZZ903", (0, 0, 50))):
        given.actuals(code, 2024, {("clinical", "8a"): leaders})

    body = client.get(PATH).json()
    lines = list(
        csv.DictReader(client.get(PATH, headers={"Accept": "text/csv"}).text.splitlines())
    )

    members = ("share", "share_of_known", "share_of_known_reason", "unknown_share")
    told = [[one.get(name) for name in members] for one in (body["centre"], *body["points"])]
    assert told == [
        [0.111111, 0.138889, None, 0.2],
        [0.1, 0.125, None, 0.2],
        [0.15, 0.15, None, 0.0],
        [0.0, None, "no_people", 1.0],
    ]
    assert [(one["share_of_known"], one["unknown_share"]) for one in lines] == [
        ("0.125", "0.2"),
        ("0.15", "0.0"),
        ("", "1.0"),
    ]
    assert body["warnings"] == [
        {
            "code": "unknown_ethnicity",
            "detail": "In 2 trusts the ethnicity of more than one person in ten is not known;"
            " unknown is not “not BME”.",
        }
    ]


def test_trusts_that_differ_from_the_others_are_told_apart(
    client: TestClient, given: Given
) -> None:
    for number in range(10):
        given.trust(f"ZZ{920 + number}")
        given.actuals(f"ZZ{920 + number}", 2024, staff((105 + number, 1000), (500, 5000)))
    given.actuals("ZZ901", 2024, staff((400, 1000), (1000, 5000)))
    given.actuals("ZZ902", 2024, staff((60, 1000), (1000, 5000)))
    given.actuals("ZZ903", 2024, staff((130, 950), (1000, 5000)))
    given.actuals("ZZ904", 2024, staff((0, 5), (1000, 5000)))

    body = client.get(PATH).json()

    positions = {one["ods_code"]: one["position"] for one in body["points"]}
    assert [positions[f"ZZ90{number}"] for number in (1, 2, 3, 4)] == [
        "above_998", "below_998", "inside", "inside",
    ]  # fmt: skip
    assert body["dispersion"]["applied"] is True
    assert body["points"][0]["standing"] == {
        "rank": 1, "interval_95": {"lower": 1, "upper": 2}, "of": 14,
    }  # fmt: skip
    assert body["warnings"] == [
        {
            "code": "small_groups",
            "detail": "1 trust has fewer than 10 people in the measure; such limits are rough.",
        }
    ]


def test_the_newest_census_that_any_trust_has_sent_is_shown_unless_one_is_asked_for(
    client: TestClient, given: Given
) -> None:
    three_trusts(given)
    given.actuals("ZZ902", 2025, COMMUNITY)

    newest = client.get(PATH).json()
    asked = client.get(PATH, params={"year": 2024}).json()

    assert (newest["year"], codes(newest)) == (2025, ["ZZ902"])
    assert (newest["trusts"]["reported"], newest["trusts"]["expected"]) == (1, 3)
    assert newest["points"][0]["position"] == "inside"
    assert (asked["year"], codes(asked)) == (2024, ["ZZ901", "ZZ902", "ZZ903"])


def test_nobody_is_counted_twice(client: TestClient, given: Given) -> None:
    given.trust("ZZ906")
    given.merger("ZZ906", "ZZ901", on=date(2024, 4, 1))
    given.actuals("ZZ901", 2024, OWN, covers=("ZZ901", "ZZ906"))
    given.actuals("ZZ906", 2024, ACUTE)
    given.actuals("ZZ905", 2024, ACUTE, covers=("ZZ903", "ZZ904"))

    body = client.get(PATH).json()

    assert codes(body) == ["ZZ901"]
    assert (body["centre"]["bme"], body["centre"]["total"]) == (20, 200)
    assert body["trusts"] == {
        "expected": 5,
        "reported": 2,
        "counted_elsewhere": 1,
        "without_people": 0,
        "compared": 1,
    }


@pytest.mark.parametrize(
    ("measure", "staff_group", "counted"),
    [
        pytest.param("workforce", None, {"bme": 28, "total": 72}, id="workforce"),
        pytest.param("leadership", None, {"bme": 17, "total": 31}, id="leadership"),
        pytest.param("leadership", "clinical", {"bme": 5, "total": 12}, id="clinical"),
        pytest.param("band_9", None, {"bme": 12, "total": 19}, id="one band"),
        pytest.param("consultants", None, {"bme": 1, "total": 9}, id="consultants"),
        pytest.param("board", None, {"bme": 6, "total": 21}, id="board"),
        pytest.param("board_voting", None, {"bme": 3, "total": 11}, id="voting"),
        pytest.param("board_executive", None, {"bme": 4, "total": 13}, id="executive"),
    ],
)
def test_a_measure_counts_its_own_people(
    client: TestClient, given: Given, measure: str, staff_group: str | None, counted: JSON
) -> None:
    given.actuals(
        "ZZ901",
        2024,
        {
            ("clinical", "8a"): (6, 5, 1),
            ("non_clinical", "9"): (7, 12, 0),
            ("medical", "consultant"): (8, 1, 0),
            ("clinical", "5"): (20, 10, 2),
        },
    )
    given.board(
        "ZZ901",
        2024,
        {(True, True): (4, 1, 0), (True, False): (4, 2, 0), (False, True): (5, 3, 0),
         (False, False): (2, 0, 0)},
    )  # fmt: skip
    params = {} if staff_group is None else {"staff_group": staff_group}

    body = client.get(f"/v1/england/funnel/{measure}", params=params).json()

    centre = body["centre"]
    assert {"bme": centre["bme"], "total": centre["total"]} == counted
    assert (body["measure"], body["staff_group"]) == (measure, staff_group)


def test_without_people_in_the_measure_there_is_no_funnel_and_a_reason(
    client: TestClient, given: Given
) -> None:
    three_trusts(given)

    body = client.get("/v1/england/funnel/vsm").json()

    assert (body["centre"], body["centre_reason"]) == (None, "no_people")
    assert (body["dispersion"], body["dispersion_reason"]) == (None, "no_people")
    assert (body["curve"], body["points"]) == ([], [])
    assert body["trusts"]["without_people"] == 3
    assert find_unexplained(body) == []


def test_an_answer_as_of_an_instant_uses_what_was_known_then(
    client: TestClient, given: Given
) -> None:
    given.actuals("ZZ901", 2023, OWN, at=EARLY)
    then = client.get(PATH).json()
    given.actuals("ZZ902", 2024, COMMUNITY, at=LATE)
    given.actuals("ZZ901", 2023, ACUTE, at=LATE)

    now = client.get(PATH).json()

    assert (then["as_of"], then["year"]) == ("2026-11-02T00:00:00Z", 2023)
    assert client.get(PATH, params={"as_of": then["as_of"]}).json() == then
    assert (now["as_of"], now["year"]) == ("2026-11-03T00:00:00Z", 2024)


def test_real_figures_take_a_token_of_the_national_team(
    client: TestClient, given: Given, national: Headers
) -> None:
    given.actuals("RZ2", 2024, OWN)

    anonymous = client.get(PATH)
    trust = client.get(PATH, headers=given.token("trust", "RZ2"))
    team = client.get(PATH, headers=national)

    assert problem_of(anonymous) == problem(
        401,
        "token-invalid",
        "A valid token is required",
        "This takes a bearer token.",
    )
    assert (trust.status_code, problem_of(trust)["roles_that_may"]) == (403, ["national"])
    assert (team.status_code, codes(team.json())) == (200, ["RZ2"])
    assert team.json()["synthetic"] is False
    assert team.json()["trusts"]["expected"] == 3


def test_what_nobody_has_sent_is_not_found(
    client: TestClient, given: Given, national: Headers
) -> None:
    nothing = client.get(PATH, headers=national)
    given.board("ZZ901", 2024)

    no_staff = client.get(PATH)
    other_year = client.get("/v1/england/funnel/board", params={"year": 2020})

    said = "No figures of any trust for any census are held."
    missing = problem(404, "returns-not-found", "Returns not found", said)
    assert problem_of(nothing) == missing
    assert problem_of(no_staff) == missing
    assert problem_of(other_year) == problem(
        404,
        "returns-not-found",
        "Returns not found",
        "No figures of any trust for the census of 2020 are held.",
        year=2020,
    )


def test_a_question_as_of_an_instant_that_has_not_come_is_refused(
    client: TestClient, given: Given
) -> None:
    three_trusts(given)

    response = client.get(PATH, params={"as_of": "2030-01-01T00:00:00Z"})

    assert response.status_code == 422
    assert problem_of(response)["errors"] == [
        fault(
            "?as_of",
            "as_of_in_future",
            "as_of is 2030-01-01T00:00:00+00:00, but it is 2026-11-23T09:00:00+00:00: nobody"
            " knows yet.",
        )
    ]


def test_a_measure_that_is_none_is_refused(client: TestClient, given: Given) -> None:
    three_trusts(given)

    response = client.get("/v1/england/funnel/managers")

    assert problem_of(response)["type"] == "/problems/invalid-request"
