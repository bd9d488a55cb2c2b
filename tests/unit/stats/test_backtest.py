from fractions import Fraction
from math import ceil, floor
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.stats.backtest import (
    brier_score,
    brier_score_of_base_rate,
    in_people,
    lies_within,
    mean,
)
from tests.unit.stats.series import GENERATED

events = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


def test_a_band_holds_its_ends_and_what_lies_between() -> None:
    band = (np.array([0.1, 0.1, 0.1, 0.1, 0.1]), np.array([0.2, 0.2, 0.2, 0.2, 0.2]))

    assert lies_within(band, [0.0999, 0.1, 0.15, 0.2, 0.2001]).tolist() == [
        *(False, True, True, True, False)
    ]


@GENERATED
@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 20_000))
def test_a_band_in_people_is_rounded_outwards(one: float, other: float, size: int) -> None:
    lower, upper = in_people((np.array([min(one, other)]), np.array([max(one, other)])), [size])

    assert (lower[0], upper[0]) == (floor(min(one, other) * size), ceil(max(one, other) * size))
    assert 0 <= lower[0] <= upper[0] <= size


def test_the_brier_score_of_a_forecast_worked_out_by_hand() -> None:
    # (0.9 − 1)² + (0.7 − 0)² + (0.2 − 0)² + (0 − 1)² = 0.01 + 0.49 + 0.04 + 1
    assert brier_score([0.9, 0.7, 0.2, 0.0], [True, False, False, True]) == pytest.approx(0.385)
    assert brier_score_of_base_rate([True, False, False, True]) == 0.25


@GENERATED
@given(events)
def test_scores_are_those_of_exact_arithmetic(told: list[tuple[float, bool]]) -> None:
    said, came = [p for p, _ in told], [happened for _, happened in told]

    exact = sum((Fraction(p) - happened) ** 2 for p, happened in told) / len(told)
    rate = Fraction(sum(came), len(came))
    assert brier_score(said, came) == pytest.approx(float(exact), rel=1e-12)
    assert mean(came) == pytest.approx(float(rate), rel=1e-15)
    always = brier_score([float(rate)] * len(came), came)
    assert brier_score_of_base_rate(came) == pytest.approx(always, abs=1e-12)


@GENERATED
@given(events, st.randoms(use_true_random=False))
def test_the_order_of_events_does_not_change_a_bit(
    told: list[tuple[float, bool]], random: Random
) -> None:
    mixed = random.sample(told, k=len(told))

    scores = [brier_score(*zip(*events, strict=True)) for events in (told, mixed)]

    assert scores[0] == scores[1]


@pytest.mark.parametrize(
    ("said", "score"), [pytest.param(1, 0, id="certain and right"), pytest.param(0, 1, id="wrong")]
)
def test_the_best_score_is_0_and_the_worst_is_1(said: float, score: float) -> None:
    assert brier_score([said] * 3, [True] * 3) == score
