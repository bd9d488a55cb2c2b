import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from app.stats.intervals import difference_intervals, wilson_intervals
from tests.unit.stats import oracle
from tests.unit.stats.series import GENERATED, counts

CONFIDENCE = st.floats(0.01, 0.9999)
PEOPLE = counts(smallest=1)


@pytest.mark.parametrize(
    ("successes", "trials", "lower", "upper"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_intervals_match_newcombe_1998_stat_med_17_857_table_1_method_3(
    successes: int, trials: int, lower: float, upper: float
) -> None:
    assert wilson_intervals(successes, trials) == pytest.approx((lower, upper), abs=5e-5)


@pytest.mark.parametrize(
    ("one", "other", "lower", "upper"),
    [
        pytest.param((56, 70), (48, 80), 0.0524, 0.3339, id="a"),
        pytest.param((9, 10), (3, 10), 0.1705, 0.8090, id="b"),
        pytest.param((6, 7), (2, 7), 0.0582, 0.8062, id="c"),
        pytest.param((5, 56), (0, 29), -0.0381, 0.1926, id="d"),
        pytest.param((0, 10), (0, 20), -0.1611, 0.2775, id="e"),
        pytest.param((0, 10), (0, 10), -0.2775, 0.2775, id="f"),
        pytest.param((10, 10), (0, 20), 0.6791, 1.0000, id="g"),
        pytest.param((10, 10), (0, 10), 0.6075, 1.0000, id="h"),
    ],
)
def test_difference_intervals_match_newcombe_1998_stat_med_17_873_table_2_method_10(
    one: tuple[int, int], other: tuple[int, int], lower: float, upper: float
) -> None:
    assert difference_intervals(*one, *other) == pytest.approx((lower, upper), abs=5e-5)


@GENERATED
@given(PEOPLE, CONFIDENCE)
def test_wilson_intervals_contain_the_share(count: tuple[int, int], confidence: float) -> None:
    successes, trials = count

    lower, upper = wilson_intervals(successes, trials, confidence=confidence)

    assert 0 <= lower <= successes / trials <= upper <= 1


@GENERATED
@given(st.integers(1, 2_000_000), CONFIDENCE)
def test_wilson_intervals_are_exact_at_nobody_and_at_everybody(
    trials: int, confidence: float
) -> None:
    nobody = wilson_intervals(0, trials, confidence=confidence)
    everybody = wilson_intervals(trials, trials, confidence=confidence)

    assert nobody.lower == 0
    assert nobody.upper < 1
    assert everybody.lower > 0
    assert everybody.upper == 1


@GENERATED
@given(PEOPLE, CONFIDENCE)
def test_wilson_intervals_of_the_others_are_the_mirror_image(
    count: tuple[int, int], confidence: float
) -> None:
    successes, trials = count

    lower, upper = wilson_intervals(successes, trials, confidence=confidence)
    mirrored = wilson_intervals(trials - successes, trials, confidence=confidence)

    assert mirrored == pytest.approx((1 - upper, 1 - lower), abs=1e-15)


@GENERATED
@given(PEOPLE, CONFIDENCE, CONFIDENCE)
def test_wilson_intervals_widen_with_confidence(
    count: tuple[int, int], one: float, other: float
) -> None:
    assume(abs(one - other) > 1e-6)

    narrow = wilson_intervals(*count, confidence=min(one, other))
    wide = wilson_intervals(*count, confidence=max(one, other))

    assert wide.lower <= narrow.lower
    assert narrow.upper <= wide.upper


@GENERATED
@given(PEOPLE, CONFIDENCE)
def test_wilson_intervals_agree_with_statsmodels_and_with_the_oracle(
    count: tuple[int, int], confidence: float
) -> None:
    interval = wilson_intervals(*count, confidence=confidence)

    assert interval == pytest.approx(oracle.wilson(*count, confidence), abs=1e-12)
    assert interval == pytest.approx(
        proportion_confint(*count, alpha=1 - confidence, method="wilson"), abs=1e-12
    )


@GENERATED
@given(st.lists(counts(), min_size=1, max_size=20), CONFIDENCE)
def test_wilson_intervals_in_one_call_are_those_of_one_call_each(
    groups: list[tuple[int, int]], confidence: float
) -> None:
    together = wilson_intervals(*np.array(groups).T, confidence=confidence)
    apart = [wilson_intervals(*group, confidence=confidence) for group in groups]

    assert np.array_equal(together.lower, [i.lower for i in apart], equal_nan=True)
    assert np.array_equal(together.upper, [i.upper for i in apart], equal_nan=True)


def test_wilson_intervals_spread_one_size_over_many_counts() -> None:
    interval = wilson_intervals([[0], [5]], [10, 20, 40])

    assert interval.lower.shape == interval.upper.shape == (2, 3)


def test_an_empty_group_has_no_wilson_interval() -> None:
    lower, upper = wilson_intervals([0, 1], [0, 29])

    assert lower == pytest.approx([np.nan, 0.0061], abs=5e-5, nan_ok=True)
    assert upper == pytest.approx([np.nan, 0.1718], abs=5e-5, nan_ok=True)


@GENERATED
@given(PEOPLE, PEOPLE, CONFIDENCE)
def test_difference_intervals_contain_the_difference(
    one: tuple[int, int], other: tuple[int, int], confidence: float
) -> None:
    lower, upper = difference_intervals(*one, *other, confidence=confidence)

    assert lower <= one[0] / one[1] - other[0] / other[1] <= upper
    assert lower >= -1 - 1e-15
    assert upper <= 1 + 1e-15


@GENERATED
@given(PEOPLE, PEOPLE, CONFIDENCE)
def test_difference_intervals_change_sign_when_the_groups_change_places(
    one: tuple[int, int], other: tuple[int, int], confidence: float
) -> None:
    lower, upper = difference_intervals(*one, *other, confidence=confidence)

    assert difference_intervals(*other, *one, confidence=confidence) == (-upper, -lower)


@GENERATED
@given(PEOPLE, PEOPLE, CONFIDENCE)
def test_difference_intervals_agree_with_statsmodels(
    one: tuple[int, int], other: tuple[int, int], confidence: float
) -> None:
    interval = difference_intervals(*one, *other, confidence=confidence)

    assert interval == pytest.approx(
        confint_proportions_2indep(*one, *other, method="newcomb", alpha=1 - confidence),
        abs=1e-7,  # the root of a rounded square: a share of 0 or 1 leaves √ε in statsmodels
    )


@GENERATED
@given(st.lists(st.tuples(counts(), counts()), min_size=1, max_size=20))
def test_difference_intervals_in_one_call_are_those_of_one_call_each(
    groups: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    table = np.array(groups).reshape(len(groups), 4)

    together = difference_intervals(*table.T)
    apart = [difference_intervals(*row) for row in table]

    assert np.array_equal(together.lower, [i.lower for i in apart], equal_nan=True)
    assert np.array_equal(together.upper, [i.upper for i in apart], equal_nan=True)


def test_a_difference_from_an_empty_group_has_no_interval() -> None:
    assert np.isnan(difference_intervals(3, 10, 0, 0)).all()
    assert np.isnan(difference_intervals(0, 0, 3, 10)).all()


@pytest.mark.parametrize(
    ("successes", "trials"),
    [
        pytest.param(-1, 10, id="fewer than nobody"),
        pytest.param(11, 10, id="more than everybody"),
        pytest.param(1, 0, id="somebody in an empty group"),
        pytest.param(0, -1, id="a group of less than nobody"),
        pytest.param([1, 11], [10, 10], id="one of several"),
    ],
)
def test_intervals_refuse_counts_that_do_not_fit_their_group(
    successes: int | list[int], trials: int | list[int]
) -> None:
    with pytest.raises(ValueError, match="successes must lie between 0 and trials"):
        wilson_intervals(successes, trials)
    with pytest.raises(ValueError, match="successes must lie between 0 and trials"):
        difference_intervals(successes, trials, 1, 10)
    with pytest.raises(ValueError, match="successes must lie between 0 and trials"):
        difference_intervals(1, 10, successes, trials)


@pytest.mark.parametrize("confidence", [-0.1, 0, 1, 95])
def test_intervals_refuse_a_confidence_that_is_not_strictly_between_0_and_1(
    confidence: float,
) -> None:
    with pytest.raises(ValueError, match="is not strictly between 0 and 1"):
        wilson_intervals(1, 10, confidence=confidence)
    with pytest.raises(ValueError, match="is not strictly between 0 and 1"):
        difference_intervals(1, 10, 2, 10, confidence=confidence)
