"""Which measures an answer about progress holds, and what staff they count."""

import pytest

from tests.api import progress
from tests.api.progress import ALL, MEASURES
from tests.api.setting import Service, problem_of, read

told = progress.told


def test_measures_are_answered_in_the_order_asked_for(told: Service) -> None:
    asked = ["vsm", "leadership", "workforce"]

    body = read(told.get(ALL, measure=asked))

    singles = [read(told.get(f"{ALL}/{measure}")) for measure in asked]
    assert body == {"items": singles, "next": None}


def test_without_measures_every_one_with_a_target_is_answered(told: Service) -> None:
    body = read(told.get(ALL))

    singles = [read(told.get(f"{ALL}/{measure}")) for measure in ("workforce", "leadership")]
    assert body == {"items": singles, "next": None}


def test_a_target_of_a_staff_group_is_answered_as_such(told: Service) -> None:
    items = read(told.get("/v1/trusts/ZZ902/progress"))["items"]

    assert [(one["measure"], one["staff_group"]) for one in items] == [
        ("leadership", "clinical"),
        ("board", None),
    ]


def test_narrowing_without_measures_is_not_passed_over(told: Service) -> None:
    response = told.get("/v1/trusts/ZZ902/progress", staff_group="clinical")

    if response.status_code == 200:
        assert [one["staff_group"] for one in read(response)["items"]] == ["clinical"]
    else:
        assert problem_of(response)["errors"][0]["pointer"] == "?staff_group"


def test_a_narrowed_measure_counts_its_staff_group(told: Service) -> None:
    path = "/v1/trusts/ZZ902/progress/leadership"
    whole, clinical, other = (
        read(told.get(path, **params))
        for params in ({}, {"staff_group": "clinical"}, {"staff_group": "non_clinical"})
    )

    assert clinical["staff_group"] == "clinical"
    for name in ("bme", "white", "unknown", "total"):
        parts = clinical["actuals"][-1][name] + other["actuals"][-1][name]
        assert parts == whole["actuals"][-1][name]
    # The reference stays the whole workforce.
    assert clinical["parity"]["reference_share"] == whole["parity"]["reference_share"]


def test_narrowed_measures_can_be_asked_for_together(told: Service) -> None:
    path = "/v1/trusts/ZZ902/progress"
    asked = ["leadership", "band_8a"]

    body = read(told.get(path, measure=asked, staff_group="non_clinical"))

    singles = [read(told.get(f"{path}/{one}", staff_group="non_clinical")) for one in asked]
    assert body["items"] == singles


@pytest.mark.parametrize(
    ("measure", "group"),
    [
        ("workforce", "clinical"),
        ("consultants", "non_clinical"),
        ("board", "clinical"),
        ("leadership", "medical"),
    ],
)
@pytest.mark.parametrize("path", ["/{}?", "?measure={}&"])
def test_some_measures_cannot_be_narrowed(
    told: Service, measure: str, group: str, path: str
) -> None:
    response = told.client.get(f"{ALL}{path.format(measure)}staff_group={group}")

    assert problem_of(response) == {
        "type": "/problems/measure-cannot-be-narrowed",
        "title": "Measure cannot be narrowed",
        "status": 422,
        "detail": f"{measure} cannot be narrowed to {group}: the workforce, consultants and the"
        " board stay whole, and other measures are clinical or non_clinical.",
        "errors": [
            {
                "pointer": "?staff_group",
                "code": "measure_cannot_be_narrowed",
                "detail": f"{measure} cannot be narrowed to {group}: the workforce, consultants"
                " and the board stay whole, and other measures are clinical or non_clinical.",
            }
        ],
        "measure": measure,
        "staff_group": group,
    }


def test_an_unknown_measure_is_refused(told: Service) -> None:
    names = ", ".join(f"'{name}'" for name in MEASURES[:-1]) + f" or '{MEASURES[-1]}'"

    assert problem_of(told.get(f"{ALL}/leaders")) == {
        "type": "/problems/invalid-request",
        "title": "Invalid request",
        "status": 422,
        "detail": "The request has 1 fault; nothing was stored.",
        "errors": [
            {
                "pointer": "{measure}",
                "code": "unknown_code",
                "detail": f'"leaders" is not known; use one of {names}.',
            }
        ],
    }
