from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.arithmetic import people_for, people_needed, round_half_up, straight_line

shares = st.fractions(0, 1)


def test_0_34_of_150_people_are_51_exactly() -> None:
    assert people_for(Fraction("0.34"), 150) == 51


@pytest.mark.parametrize(
    ("share", "bme", "total", "people"),
    [
        pytest.param("0.34", 50, 150, 1, id="one short"),
        pytest.param("0.34", 51, 150, 0, id="exactly there"),
        pytest.param("0.34", 60, 150, 0, id="never below nobody"),
        pytest.param("0.18", 69, 452, 13, id="the worked example"),
        pytest.param("0", 0, 0, 0, id="nobody"),
    ],
)
def test_people_needed(share: str, bme: int, total: int, people: int) -> None:
    assert people_needed(people_for(Fraction(share), total), bme) == people


@given(shares, st.integers(0, 20_000))
def test_people_for_a_share_are_the_fewest_who_reach_it(share: Fraction, total: int) -> None:
    people = people_for(share, total)

    assert people >= share * total > people - 1


@pytest.mark.parametrize(
    ("value", "whole"),
    [("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.4999", 2), ("-0.5", 0), ("3", 3)],
)
def test_halves_are_rounded_up(value: str, whole: int) -> None:
    assert round_half_up(Fraction(value)) == whole


@pytest.mark.parametrize(
    ("bme", "share", "total", "path"),
    [
        (14, "0.212", 160, [14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34]),
        (0, "0.212", 9, [0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2]),
    ],
)
def test_a_straight_line_rounded_half_up_is_the_strategys_arithmetic(
    bme: int, share: str, total: int, path: list[int]
) -> None:
    goal = Fraction(share) * total

    line = [round_half_up(straight_line(Fraction(bme), goal, step, 10)) for step in range(11)]

    assert line == path


@given(shares, shares, st.integers(1, 30))
def test_a_straight_line_runs_from_start_to_end(
    start: Fraction, end: Fraction, steps: int
) -> None:
    assert straight_line(start, end, 0, steps) == start
    assert straight_line(start, end, steps, steps) == end
