"""What progress is held against: the reference of parity."""

from fractions import Fraction

import pytest

from tests.api import progress
from tests.api.progress import ALL, ONE, codes
from tests.api.setting import Service, read

told = progress.told


@pytest.mark.parametrize(
    ("measure", "params", "kind", "share"),
    [
        # Everybody of ZZ902 in 2024, its medical staff, and its clinical staff.
        pytest.param("leadership", {}, "own_workforce", Fraction(1220, 4555), id="workforce"),
        pytest.param("board", {}, "own_workforce", Fraction(1220, 4555), id="board"),
        pytest.param(
            "consultants", {}, "own_medical_workforce", Fraction(216, 470), id="consultants"
        ),
        pytest.param(
            "vsm",
            {"reference": "own_medical_workforce"},
            "own_medical_workforce",
            Fraction(216, 470),
            id="medical",
        ),
        pytest.param(
            "leadership",
            {"reference": "own_staff_group", "staff_group": "clinical"},
            "own_staff_group",
            Fraction(794, 2896),
            id="clinical",
        ),
        pytest.param(
            "leadership",
            {"reference": "fixed", "reference_share": "0.3333"},
            "fixed",
            Fraction(3333, 10_000),
            id="fixed",
        ),
        pytest.param(
            "workforce",
            {"reference": "fixed", "reference_share": "0.3333"},
            "fixed",
            Fraction(3333, 10_000),
            id="the workforce itself",
        ),
    ],
)
def test_an_answer_names_what_it_is_held_against(
    told: Service, measure: str, params: dict[str, str], kind: str, share: Fraction
) -> None:
    parity = read(told.get(f"/v1/trusts/ZZ902/progress/{measure}", **params))["parity"]

    assert parity["reference"] == kind
    assert parity["reference_share"] == round(float(share), 6)


@pytest.mark.parametrize("kind", ["own_workforce", "own_medical_workforce"])
def test_the_workforce_is_the_reference(told: Service, kind: str) -> None:
    body = read(told.get(f"{ALL}/workforce", reference=kind))

    assert (body["parity"], body["parity_reason"]) == (None, "is_the_reference")


def test_the_reference_at_the_baseline_is_frozen_with_the_target(told: Service) -> None:
    body = read(told.get(ONE, reference="own_workforce_at_baseline"))

    assert body["parity"]["reference"] == "own_workforce_at_baseline"
    assert body["parity"]["reference_share"] == round(1110 / 5480, 6)


def test_the_reference_at_the_baseline_takes_a_target(told: Service) -> None:
    body = read(told.get(f"{ALL}/band_8a", reference="own_workforce_at_baseline"))

    assert (body["parity"], body["parity_reason"]) == (None, "no_target")


def test_the_chance_of_a_fixed_share_is_that_of_the_goal(told: Service) -> None:
    body = read(told.get(ONE, reference="fixed", reference_share="0.18"))

    chances = {one["year"]: one["probability"] for one in body["parity"]["probability_at_parity"]}
    assert body["goal_outlook"]["probability"] == 0.2707
    assert (chances[2025], chances[2027]) == (0.2707, 0.882285)


def test_the_choice_of_a_reference_changes_parity_only(told: Service) -> None:
    usual = read(told.get(ONE))

    fixed = read(told.get(ONE, reference="fixed", reference_share="0.3"))

    changed = {name for name in usual if usual[name] != fixed[name]}
    assert changed == {"parity", "warnings"}
    assert set(codes(usual)) ^ set(codes(fixed)) <= {"scales_far_apart"}
