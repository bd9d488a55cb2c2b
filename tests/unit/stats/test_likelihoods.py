from fractions import Fraction
from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import norm
from scipy.stats.contingency import odds_ratio, relative_risk
from statsmodels.stats.proportion import confint_proportions_2indep

from app.stats.likelihoods import Ratios, Tiers, disparity_ratios, relative_likelihoods
from tests.unit.stats.series import GENERATED, counts

POOLS = counts(smallest=1)

CONFIDENCE = st.floats(0.5, 0.999)

PEOPLE = st.integers(0, 50_000)

TIERS = st.tuples(PEOPLE, PEOPLE, PEOPLE)


def compare(
    one: tuple[int, int], other: tuple[int, int], confidence: float = 0.95
) -> tuple[float, float, float, bool]:
    """Return ratio, limits and whether it was adjusted, of (events, pool) each."""
    return as_tuple(relative_likelihoods(*one, *other, confidence=confidence))


def as_tuple(found: Ratios) -> tuple[float, float, float, bool]:
    lower, upper = found.interval
    return float(found.ratio), float(lower), float(upper), bool(found.adjusted)


# Published figures.


def test_the_example_in_the_documentation_of_scipy() -> None:
    assert compare((10, 75), (12, 225)) == pytest.approx(
        (2.5, 1.1261564003469628, 5.549850800541033, False), rel=1e-12
    )


def test_example_8_18_of_moore_mccabe_and_craig_9th_edition() -> None:
    found = compare((45, 411), (73, 411))

    assert found[:3] == pytest.approx((0.62, 0.4364, 0.8707), abs=0.005)
    assert found[1:3] == pytest.approx((0.4364, 0.8707), abs=5e-5)


def test_the_rates_that_the_christie_printed_come_to_the_ratio_that_it_printed() -> None:
    # Action plan 2022-2023, indicator 2: white 46.99 %, BAME 14.65 %, "3.2 times more likely".
    ratio, *_ = compare((4699, 10_000), (1465, 10_000))

    assert round(ratio, 1) == 3.2


# Independent implementations.


@GENERATED
@given(POOLS, POOLS, CONFIDENCE)
def test_likelihoods_agree_with_scipy(
    one: tuple[int, int], other: tuple[int, int], confidence: float
) -> None:
    assume(one[0] and other[0])

    found = compare(one, other, confidence)

    expected = relative_risk(*one, *other)
    low, high = expected.confidence_interval(confidence)
    assert found == pytest.approx((expected.relative_risk, low, high, False), rel=1e-9)


@GENERATED
@given(POOLS, POOLS)
def test_likelihoods_agree_with_statsmodels(one: tuple[int, int], other: tuple[int, int]) -> None:
    assume(0 < one[0] < one[1] and 0 < other[0] < other[1])

    _, lower, upper, _ = compare(one, other)

    expected = confint_proportions_2indep(*one, *other, compare="ratio", method="log")
    assert (lower, upper) == pytest.approx(expected, rel=1e-9)


@GENERATED
@given(POOLS, POOLS)
def test_a_zero_event_adds_a_half_to_all_four_counts(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    (a, n1), n0 = one, other[1]
    assume(a)

    found = compare((a, n1), (0, n0))

    half = Fraction(1, 2)
    ratio = ((a + half) / (n1 + half)) / (half / (n0 + half))
    reach = norm.ppf(0.975) * sqrt(1 / (a + 0.5) - 1 / (n1 + 0.5) + 2 - 1 / (n0 + 0.5))
    limits = (exp(log(ratio) - reach), exp(log(ratio) + reach))
    assert found == pytest.approx((float(ratio), *limits, True), rel=1e-9)


# Properties.


@GENERATED
@given(POOLS, POOLS, CONFIDENCE)
def test_exchanging_the_groups_inverts_ratio_and_interval(
    one: tuple[int, int], other: tuple[int, int], confidence: float
) -> None:
    assume(one[0] or other[0])

    ratio, lower, upper, adjusted = compare(one, other, confidence)
    back, back_lower, back_upper, back_adjusted = compare(other, one, confidence)

    assert (1 / ratio, 1 / upper, 1 / lower) == pytest.approx((back, back_lower, back_upper))
    assert adjusted == back_adjusted == (not (one[0] and other[0]))


@GENERATED
@given(POOLS, POOLS)
def test_an_interval_holds_its_ratio_and_widens_with_confidence(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    assume(one[0] or other[0])

    ratio, lower, upper, _ = compare(one, other, 0.8)
    _, wider_lower, wider_upper, _ = compare(one, other, 0.95)

    assert 0 < wider_lower <= lower <= ratio <= upper <= wider_upper < np.inf


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param((0, 0), (3, 9), id="nobody in the first"),
        pytest.param((3, 9), (0, 0), id="nobody in the second"),
        pytest.param((0, 5), (0, 9), id="nothing happened"),
    ],
)
def test_there_is_no_ratio_where_there_is_nothing_to_compare(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    ratio, lower, upper, adjusted = compare(one, other)

    assert np.isnan([ratio, lower, upper]).all()
    assert adjusted is False


def test_where_it_happens_to_everybody_the_interval_is_a_point() -> None:
    assert compare((7, 7), (3, 3)) == (1.0, 1.0, 1.0, False)


def test_many_are_compared_as_each_is_alone() -> None:
    events_1, pool_1, events_0, pool_0 = [100, 0, 0], [400, 20, 0], [31, 4, 1], [200, 9, 9]

    found = relative_likelihoods(events_1, pool_1, events_0, pool_0)

    alone = [compare((events_1[i], pool_1[i]), (events_0[i], pool_0[i])) for i in range(3)]
    rows = zip(found.ratio, *found.interval, found.adjusted, strict=True)
    np.testing.assert_array_equal([list(row) for row in rows], [list(one) for one in alone])


@pytest.mark.parametrize(
    ("numbers", "confidence", "message"),
    [
        ((-1, 5, 1, 5), 0.95, "events"),
        ((6, 5, 1, 5), 0.95, "events"),
        ((1, 5, 6, 5), 0.95, "events"),
        ((1, 5, 1, 5), 1.0, "confidence"),
    ],
)
def test_impossible_events_are_refused(
    numbers: tuple[int, int, int, int], confidence: float, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        relative_likelihoods(*numbers, confidence=confidence)


# Disparity.


@GENERATED
@given(TIERS, TIERS)
def test_a_step_between_tiers_is_the_odds_ratio_of_scipy(
    ones: tuple[int, int, int], others: tuple[int, int, int]
) -> None:
    assume(all(ones) and all(others))

    found = disparity_ratios(Tiers(*ones), Tiers(*others))

    for step, low, high in zip(found, (0, 1, 0), (1, 2, 2), strict=True):
        table = [[ones[high], others[high]], [ones[low], others[low]]]
        expected = odds_ratio(table, kind="sample")
        interval = expected.confidence_interval(0.95)
        assert as_tuple(step) == pytest.approx(
            (expected.statistic, interval.low, interval.high, False), rel=1e-9
        )


@GENERATED
@given(TIERS, TIERS)
def test_lower_to_upper_is_the_product_of_the_steps(
    ones: tuple[int, int, int], others: tuple[int, int, int]
) -> None:
    first, second, both = disparity_ratios(Tiers(*ones), Tiers(*others))
    assume(not np.isnan([first.ratio, second.ratio]).any())

    assert float(first.ratio * second.ratio) == pytest.approx(float(both.ratio))


@GENERATED
@given(TIERS, TIERS)
def test_exchanging_the_groups_inverts_disparity(
    ones: tuple[int, int, int], others: tuple[int, int, int]
) -> None:
    there = disparity_ratios(Tiers(*ones), Tiers(*others))
    back = disparity_ratios(Tiers(*others), Tiers(*ones))

    for one, other in zip(there, back, strict=True):
        np.testing.assert_allclose(1 / one.ratio, other.ratio)
        np.testing.assert_allclose(1 / one.interval.lower, other.interval.upper)
        assert one.adjusted == other.adjusted


def test_a_zero_anywhere_adds_a_half_everywhere() -> None:
    found = disparity_ratios(Tiers(100, 50, 20), Tiers(40, 10, 0))

    assert [bool(step.adjusted) for step in found] == [True, True, True]
    assert [float(step.ratio) for step in found] == pytest.approx(
        [(50.5 / 100.5) / (10.5 / 40.5), (20.5 / 50.5) / (0.5 / 10.5), (20.5 / 100.5) * 81]
    )
    ratio, lower, upper, _ = as_tuple(found.lower_to_upper)
    assert log(upper / ratio) == pytest.approx(
        norm.ppf(0.975) * sqrt(1 / 20.5 + 1 / 100.5 + 1 / 0.5 + 1 / 40.5)
    )
    assert ratio / lower == pytest.approx(upper / ratio)


@pytest.mark.parametrize(
    ("ones", "others", "is_told"),
    [
        pytest.param((5, 5, 0), (5, 5, 0), [True, False, False], id="an empty tier"),
        pytest.param((5, 0, 5), (5, 0, 5), [False, False, True], id="an empty tier between"),
        pytest.param((5, 5, 5), (0, 0, 5), [False, True, True], id="a group in the last tier"),
        pytest.param((5, 5, 5), (0, 0, 0), [False, False, False], id="a group that is not there"),
    ],
)
def test_a_step_without_people_has_no_ratio(
    ones: tuple[int, int, int], others: tuple[int, int, int], is_told: list[bool]
) -> None:
    found = disparity_ratios(Tiers(*ones), Tiers(*others))

    assert [not np.isnan(step.ratio) for step in found] == is_told
    assert [bool(step.adjusted) for step in found] == is_told


def test_negative_people_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        disparity_ratios(Tiers(1, 1, 1), Tiers(1, -1, 1))
