import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special
from scipy.stats import norm

from app.stats.normal import expit, logit, normal_cdf, normal_quantile, two_sided_z
from tests.unit.stats.series import GENERATED

INSIDE = st.floats(min_value=0, max_value=1, exclude_min=True, exclude_max=True)


@pytest.mark.parametrize(
    ("z", "probability"),
    [
        (0.00, 0.50000),
        (1.00, 0.84134),
        (1.28, 0.89973),
        (1.96, 0.97500),
        (2.58, 0.99506),
        (3.00, 0.99865),
    ],
)
def test_the_normal_distribution_is_that_of_the_printed_tables(
    z: float, probability: float
) -> None:
    # Any table of Φ to five places, such as Abramowitz and Stegun (1964), table 26.1.
    assert normal_cdf(z) == pytest.approx(probability, abs=5e-6)
    assert normal_cdf(-z) == pytest.approx(1 - probability, abs=5e-6)


@pytest.mark.parametrize(
    ("confidence", "z"),
    [(0.80, 1.2815516), (0.90, 1.6448536), (0.95, 1.9599640), (0.998, 3.0902323)],
)
def test_two_sided_z_is_the_printed_percentage_point(confidence: float, z: float) -> None:
    assert two_sided_z(confidence) == pytest.approx(z, abs=5e-8)


@GENERATED
@given(st.lists(st.floats(-37, 37), max_size=20))
def test_the_normal_distribution_agrees_with_scipy(x: list[float]) -> None:
    assert normal_cdf(x) == pytest.approx(norm.cdf(x), rel=1e-12, abs=1e-300)


@GENERATED
@given(st.floats(allow_nan=False))
def test_the_normal_distribution_is_a_probability_anywhere_on_the_line(x: float) -> None:
    assert 0 <= normal_cdf(x) <= 1
    assert normal_cdf(x) + normal_cdf(-x) == pytest.approx(1, abs=1e-15)


@GENERATED
@given(st.floats(-40, 40), st.floats(-40, 40))
def test_the_normal_distribution_does_not_fall(x: float, y: float) -> None:
    low, high = normal_cdf(sorted([x, y]))

    assert low <= high


def test_the_normal_distribution_has_no_value_where_there_is_none() -> None:
    assert normal_cdf([np.nan, 0, -np.inf, np.inf]) == pytest.approx(
        [np.nan, 0.5, 0, 1], nan_ok=True
    )


def test_the_normal_distribution_keeps_the_shape_of_its_argument() -> None:
    assert normal_cdf(np.zeros((2, 0, 3))).shape == (2, 0, 3)
    assert normal_cdf(0.0).shape == ()
    assert normal_cdf([[0, 1]]).dtype == np.float64


@GENERATED
@given(st.floats(1e-300, 1, exclude_max=True))
def test_the_normal_quantile_agrees_with_scipy(probability: float) -> None:
    expected = float(norm.ppf(probability))

    assert normal_quantile(probability) == pytest.approx(expected, rel=1e-12, abs=1e-15)


def test_the_normal_quantile_of_a_half_is_exactly_zero() -> None:
    assert normal_quantile(0.5) == 0


@pytest.mark.parametrize("probability", [-0.1, 0, 1, 1.1])
def test_the_normal_quantile_refuses_what_is_not_strictly_between_0_and_1(
    probability: float,
) -> None:
    with pytest.raises(ValueError, match="must be in the range"):
        normal_quantile(probability)


@GENERATED
@given(st.floats(1e-6, 1 - 1e-6))
def test_two_sided_z_holds_the_confidence_between_its_signs(confidence: float) -> None:
    z = two_sided_z(confidence)

    assert z > 0
    assert normal_cdf(z) - normal_cdf(-z) == pytest.approx(confidence, abs=1e-12)


@pytest.mark.parametrize("confidence", [-0.5, 0, 1, 95, np.nan])
def test_two_sided_z_refuses_a_confidence_that_is_not_strictly_between_0_and_1(
    confidence: float,
) -> None:
    with pytest.raises(ValueError, match=r"confidence .* is not strictly between 0 and 1"):
        two_sided_z(confidence)


@GENERATED
@given(st.floats(1e-12, 1 - 1e-12))
def test_log_odds_agree_with_scipy(p: float) -> None:
    assert logit(p) == pytest.approx(special.logit(p), rel=1e-9, abs=1e-12)


@GENERATED
@given(st.floats(-700, 700))
def test_the_share_of_log_odds_agrees_with_scipy(y: float) -> None:
    assert expit(y) == pytest.approx(special.expit(y), rel=1e-12)


def test_the_share_of_extreme_log_odds_is_0_or_1_without_a_warning() -> None:
    assert expit([-1000, 0, 1000]).tolist() == [0, 0.5, 1]


@GENERATED
@given(st.floats(-15, 15))
def test_log_odds_and_shares_are_inverse(y: float) -> None:
    assert logit(expit(y)) == pytest.approx(y, rel=1e-8, abs=1e-9)


@GENERATED
@given(INSIDE, INSIDE)
def test_log_odds_rise_with_the_share(p: float, q: float) -> None:
    low, high = logit(sorted([p, q]))

    assert low <= high


def test_log_odds_have_no_value_where_there_is_none() -> None:
    assert logit([np.nan, 0.5]) == pytest.approx([np.nan, 0], nan_ok=True)
    assert expit([np.nan, 0]) == pytest.approx([np.nan, 0.5], nan_ok=True)
