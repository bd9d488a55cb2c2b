"""What may not be supposed, and by whom."""

import httpx2
import pytest

from app.domain.callers import Role
from tests.api import what_ifs
from tests.api.setting import Service, problem_of, read
from tests.api.what_ifs import ASKED, ask
from tests.bodies import fault, malformed

told = what_ifs.told


def test_a_malformed_body_is_told_all_its_faults(told: Service) -> None:
    response = ask(
        told,
        turnover="0.12",
        bme_share_of_appointments=1.01,
        growth=1.5,
        staff_group="clerical",
        reference_share=0.2,
        horizon=31,
        quota=True,
    )

    assert problem_of(response)["type"] == "/problems/invalid-request"
    assert [(e["pointer"], e["code"]) for e in response.json()["errors"]] == [
        ("/turnover", "float_type"),
        ("/bme_share_of_appointments", "too_large"),
        ("/growth", "too_large"),
        ("/staff_group", "unknown_code"),
        ("/reference_share", "string_type"),
        ("/horizon", "too_large"),
        ("/quota", "unknown_member"),
    ]


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("turnover", 0), ("turnover", 5e-324), ("turnover", 1), ("turnover", None),
        ("bme_share_of_appointments", -0.1), ("growth", -1), ("growth", True),
        ("horizon", 0), ("horizon", 2.5), ("turnover", 0.9999999999999999),
        ("growth", -0.500001), ("growth", -0.9999999999999998),
    ],
)  # fmt: skip
def test_a_number_out_of_range_is_refused(told: Service, member: str, value: object) -> None:
    response = told.client.post(ASKED, json={member: value})

    (error,) = problem_of(response)["errors"]
    assert error["pointer"] == f"/{member}"


def test_numbers_of_more_places_than_anybody_knows_are_refused(told: Service) -> None:
    response = ask(told, turnover=0.1234567, growth=5e-324, bme_share_of_appointments=1e-7)

    assert problem_of(response) == malformed(
        fault(
            *("/turnover", "too_many_places"),
            "0.1234567 has more than 6 decimal places; send at most 6.",
        ),
        fault(
            *("/bme_share_of_appointments", "too_many_places"),
            "1e-07 has more than 6 decimal places; send at most 6.",
        ),
        fault(
            *("/growth", "too_many_places"),
            "5e-324 has more than 6 decimal places; send at most 6.",
        ),
    )


@pytest.mark.parametrize(
    "path",
    [
        "/v1/trusts/ZZ901/progress",
        "/v1/trusts/ZZ901/progress/leadership",
        "/v1/trusts/ZZ901/targets",
        "/v1/trusts/ZZ901/targets/leadership-2022-2025",
        "/v1/trusts/ZZ901/target-proposals?cycle=2022-2025",
    ],
)
def test_a_turnover_that_is_asked_about_has_few_places_too(told: Service, path: str) -> None:
    longer, larger, most = (
        told.client.get(path, params=httpx2.QueryParams(path.partition("?")[2]).add("turnover", t))
        for t in ("0.1234567", "0.9999999", "0.999999")
    )

    assert problem_of(longer) == malformed(
        fault(
            *("?turnover", "too_many_places"),
            "0.1234567 has more than 6 decimal places; send at most 6.",
        )
    )
    assert problem_of(larger)["errors"][0]["code"] == "too_large"
    assert most.status_code == 200


def test_the_extremes_of_what_may_be_supposed_have_an_answer(told: Service) -> None:
    for turnover, growth in ((0.999999, -0.5), (0.999999, 1), (0.000001, 0), (0.5, -0.499999)):
        body = read(ask(told, turnover=turnover, growth=growth, horizon=30))

        assert body["scenario"]["growth"] == growth
        assert len(body["path"]) == 30


def test_what_contradicts_itself_is_told_all_its_faults(told: Service) -> None:
    response = ask(told, growth=-0.2, staff_group="medical", reference="fixed")

    growth = (
        "growth is -0.2 and turnover 0.12: a team that shrinks as fast as people leave appoints"
        " nobody; growth has to be above -0.12."
    )
    narrow = (
        "leadership cannot be narrowed to medical: the workforce, consultants and the board stay"
        " whole, and other measures are clinical or non_clinical."
    )
    reference = "reference=fixed needs reference_share, strictly between 0 and 1."
    assert problem_of(response) == {
        "type": "/problems/unacceptable-question",
        "title": "Unacceptable question",
        "status": 422,
        "detail": f"{growth} {narrow} {reference}",
        "errors": [
            {"pointer": "/growth", "code": "nobody_appointed", "detail": growth},
            {"pointer": "/staff_group", "code": "measure_cannot_be_narrowed", "detail": narrow},
            {
                "pointer": "/reference_share",
                "code": "reference_share_missing",
                "detail": reference,
            },
        ],
    }


@pytest.mark.parametrize("growth", [-0.12, -0.13])
def test_a_team_that_appoints_nobody_has_no_what_if(told: Service, growth: float) -> None:
    (error,) = problem_of(ask(told, growth=growth))["errors"]

    assert (error["pointer"], error["code"]) == ("/growth", "nobody_appointed")


def test_a_team_that_appoints_hardly_anybody_has_one(told: Service) -> None:
    body = read(ask(told, growth=-0.119999))

    assert body["appointments"]["verdict"] == "not_by_turnover_alone"
    assert body["scenario"]["bme_share_of_appointments"] == 1


def test_the_future_is_not_asked_about(told: Service) -> None:
    response = told.client.post(ASKED, json={}, params={"as_of": "2030-01-01T00:00:00Z"})

    (error,) = problem_of(response)["errors"]
    assert (error["pointer"], error["code"]) == ("?as_of", "as_of_in_future")


def test_real_figures_take_a_token_and_a_role(told: Service) -> None:
    path = "/v1/trusts/RGT/progress/leadership/what-if"
    other = told.bearer(Role.TRUST, "RAJ")

    assert problem_of(ask(told, path))["type"] == "/problems/token-invalid"
    assert problem_of(told.client.post(path, json={}, headers=other))["status"] == 403
    assert read(told.send("POST", path, {}))["synthetic"] is False


def test_no_trust_and_no_measure_have_a_what_if(told: Service) -> None:
    unknown = ask(told, "/v1/trusts/ZZ998/progress/leadership/what-if")
    unmeasured = ask(told, "/v1/trusts/ZZ901/progress/managers/what-if")

    assert problem_of(unknown)["type"] == "/problems/trust-not-found"
    assert problem_of(unmeasured)["errors"][0]["pointer"] == "{measure}"
