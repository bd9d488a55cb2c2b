"""What may be supposed of a year, and that nothing that may be is too much to work out."""

from decimal import Decimal
from fractions import Fraction
from math import isfinite

import pytest

from app.domain.yearly_rates import APPOINTED, GROWTH, TURNOVER, Bounds, has_few_places
from tests.unit.domain.given import target, worked_example
from tests.unit.domain.what_ifs import ask, goal_of, path_of, supposing

LEAST = Decimal("0.000001")


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ("0.12", True), ("0.120000000", True), ("0.123456", True), ("-0.5", True), ("1", True),
        ("0", True), ("0.1234567", False), ("1e-7", False), ("1e-30000", False),
    ],
)  # fmt: skip
def test_a_rate_has_six_places_at_most(rate: str, *, expected: bool) -> None:
    assert has_few_places(Decimal(rate)) is expected


@pytest.mark.parametrize("bounds", [TURNOVER, APPOINTED, GROWTH])
def test_bounds_hold_both_of_their_ends_and_nothing_beyond(bounds: Bounds) -> None:
    assert bounds.hold(bounds.least)
    assert bounds.hold(bounds.most)
    assert not bounds.hold(bounds.least - LEAST)
    assert not bounds.hold(bounds.most + LEAST)


@pytest.mark.parametrize("goal", ["0.9999", "0.0001", 10_000_000])
@pytest.mark.parametrize(
    ("turnover", "growth"),
    [
        (TURNOVER.least, Decimal(0)),
        (TURNOVER.least, GROWTH.most),
        (TURNOVER.most, GROWTH.least),
        (TURNOVER.most, GROWTH.most),
        (-GROWTH.least, GROWTH.least + LEAST),
        (Decimal("0.123457"), Decimal("0.987653")),
    ],
)
def test_the_farthest_goal_has_an_answer_at_the_ends_of_all_bounds(
    goal: str | int, turnover: Decimal, growth: Decimal
) -> None:
    held = worked_example(target(goal, starts=2197))

    found = ask(held, supposing(None, turnover=str(turnover), growth=str(growth), horizon=30))

    assert found.appointments is not None
    assert isfinite(found.appointments.arithmetic_share_needed)
    assert isfinite(goal_of(found).expected_bme)
    assert isfinite(goal_of(found).share)
    assert len(path_of(found)) == 30
    assert found.scenario.turnover == float(Fraction(turnover))
