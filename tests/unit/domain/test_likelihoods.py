from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bands import MEDICAL_GRADES, Band, StaffGroup
from app.domain.codes import Reason
from app.domain.counts import Count
from app.domain.indicators import Pool, Pools
from app.domain.likelihoods import (
    LOWER,
    MIDDLE,
    UPPER,
    Disparity,
    Likelihood,
    Step,
    compare_pools,
    compare_tiers,
    find_exact_likelihood,
    name_direction,
)

CLINICAL, NON_CLINICAL = StaffGroup.CLINICAL, StaffGroup.NON_CLINICAL

POOL = st.integers(0, 5000).flatmap(
    lambda pool: st.integers(0, pool).map(lambda events: Pool(pool, events))
)


def pools(white: tuple[int, int], bme: tuple[int, int]) -> Pools:
    return Pools(Pool(*white), Pool(*bme))


def likelihood(indicator: int, one: Pools) -> Likelihood | Reason:
    (found,) = compare_pools([(indicator, one)])
    return found


def test_the_directions_are_those_of_something_good_and_of_something_bad() -> None:
    assert [name_direction(number) for number in (2, 3, 4)] == [
        "white over BME",
        "BME over white",
        "white over BME",
    ]


@pytest.mark.parametrize(
    ("indicator", "ratio"), [(2, Fraction(5, 2)), (3, Fraction(2, 5)), (4, Fraction(5, 2))]
)
def test_a_likelihood_is_in_the_direction_of_its_indicator(
    indicator: int, ratio: Fraction
) -> None:
    one = pools((400, 100), (200, 20))

    found = likelihood(indicator, one)

    assert find_exact_likelihood(indicator, one) == ratio
    assert isinstance(found, Likelihood)
    assert found.ratio == pytest.approx(float(ratio))


@pytest.mark.parametrize(
    ("white", "bme", "is_within"),
    [
        pytest.param((15, 4), (3, 1), True, id="0.8 exactly"),
        pytest.param((1500, 399), (3, 1), False, id="just below"),
        pytest.param((3, 1), (15, 4), True, id="1.25 exactly"),
        pytest.param((3000, 1001), (15, 4), False, id="just above"),
        pytest.param((10, 5), (10, 5), True, id="the same"),
    ],
)
def test_four_fifths_are_judged_exactly(
    white: tuple[int, int],
    bme: tuple[int, int],
    is_within: bool,  # noqa: FBT001 - one of a test's parameters
) -> None:
    found = likelihood(2, pools(white, bme))

    assert isinstance(found, Likelihood)
    assert found.within_four_fifths is is_within


def test_a_zero_is_told_as_adjusted() -> None:
    found = likelihood(3, pools((400, 4), (100, 0)))

    assert isinstance(found, Likelihood)
    assert found.adjusted is True
    assert found.ratio == pytest.approx((0.5 / 100.5) / (4.5 / 400.5))


@pytest.mark.parametrize(
    ("white", "bme", "reason"),
    [
        ((0, 0), (9, 3), Reason.NO_PEOPLE),
        ((9, 3), (0, 0), Reason.NO_PEOPLE),
        ((0, 0), (0, 0), Reason.NO_PEOPLE),
        ((9, 0), (5, 0), Reason.NO_EVENTS),
    ],
)
def test_where_there_is_no_likelihood_a_reason_stands(
    white: tuple[int, int], bme: tuple[int, int], reason: Reason
) -> None:
    assert likelihood(2, pools(white, bme)) is reason
    assert find_exact_likelihood(2, pools(white, bme)) is reason


@given(st.sampled_from([2, 3, 4]), POOL, POOL)
def test_the_exact_ratio_is_the_one_that_is_shown(indicator: int, white: Pool, bme: Pool) -> None:
    one = Pools(white, bme)

    shown, exact = likelihood(indicator, one), find_exact_likelihood(indicator, one)

    if isinstance(exact, Reason):
        assert shown is exact
    else:
        assert isinstance(shown, Likelihood)
        assert shown.ratio == pytest.approx(float(exact))


def test_the_tiers_are_all_bands_once() -> None:
    in_order = [band for band in Band if band not in MEDICAL_GRADES]

    tiers = [
        [tier for tier, bands in enumerate((LOWER, MIDDLE, UPPER)) if band in bands]
        for band in in_order
    ]

    assert tiers == [[0]] * 6 + [[1]] * 2 + [[2]] * 6
    assert in_order[5:9] == [Band.BAND_5, Band.BAND_6, Band.BAND_7, Band.BAND_8A]


def test_disparity_is_told_by_staff_group_apart() -> None:
    headcounts = {
        (CLINICAL, Band.BAND_2): Count(60, 30, 1),
        (CLINICAL, Band.BAND_5): Count(40, 10),
        (CLINICAL, Band.BAND_6): Count(30, 8),
        (CLINICAL, Band.BAND_7): Count(20, 2),
        (CLINICAL, Band.VSM): Count(20, 4),
        (NON_CLINICAL, Band.BAND_2): Count(10, 0),
        (StaffGroup.MEDICAL, Band.CONSULTANT): Count(50, 50),
    }

    ((found),) = compare_tiers([headcounts])

    clinical, other = found[CLINICAL], found[NON_CLINICAL]
    assert (clinical.lower, clinical.middle, clinical.upper) == (
        Count(100, 40, 1),
        Count(50, 10),
        Count(20, 4),
    )
    ratios = [
        step.ratio.ratio if step.ratio else None
        for step in (clinical.lower_to_middle, clinical.middle_to_upper, clinical.lower_to_upper)
    ]
    assert ratios == pytest.approx([2.0, 1.0, 2.0])
    assert clinical.lower_to_middle.reason is None
    assert other == Disparity(Count(10), Count(), Count(), Step(None), Step(None), Step(None))
    assert other.lower_to_upper.reason is Reason.NO_PEOPLE


def test_many_workforces_are_compared_as_each_is_alone() -> None:
    one = {(CLINICAL, Band.BAND_2): Count(9, 3), (CLINICAL, Band.BAND_9): Count(4, 1)}
    other = {(NON_CLINICAL, Band.BAND_3): Count(9, 3), (NON_CLINICAL, Band.BAND_7): Count(4, 1)}

    assert compare_tiers([one, other]) == [*compare_tiers([one]), *compare_tiers([other])]


def test_a_likelihood_goes_with_its_interval() -> None:
    found = likelihood(2, pools((75, 10), (225, 12)))

    assert isinstance(found, Likelihood)
    limits = found.interval_95
    assert (limits.lower, limits.upper) == pytest.approx((1.1261564003469628, 5.549850800541033))
