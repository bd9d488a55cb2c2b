"""The funnel against a plain implementation, statsmodels, and what has to hold."""

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt
from random import Random
from statistics import NormalDist, quantiles

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.proportion import proportion_confint

from app.stats.funnel import Funnel, fit_funnel
from tests.unit.stats.series import GENERATED, counts

Group = tuple[int, int]
"""Persons with the characteristic, and persons."""

APART = ((30, 100), (80, 200), (10, 90), (45, 150), (5, 120), (300, 700), (12, 60), (2, 8),
         (70, 310), (33, 95), (61, 400))  # fmt: skip
"""Groups that differ by more than chance."""

ALIKE = ((10, 100), (11, 100), (9, 100), (10, 100), (21, 200))
"""Groups that differ by less."""

SEVERAL = st.lists(counts(smallest=1, largest=6000), min_size=1, max_size=30)
CONFIDENCE = st.sampled_from([0.8, 0.95, 0.998])


def fit(groups: Sequence[Group], tail: float = 0.1) -> Funnel:
    """Fit the funnel of groups."""
    successes, trials = zip(*groups, strict=True)
    return fit_funnel(successes, trials, tail=tail)


def list_scores(groups: Sequence[Group], centre: Fraction) -> tuple[list[float], list[float]]:
    """Return the z-scores of at least two groups, and their first and last tenths."""
    scores = [
        float(Fraction(*group) - centre) / sqrt(centre * (1 - centre) / group[1])
        for group in groups
    ]
    return scores, quantiles(scores, n=10, method="inclusive")


def find_centre(groups: Sequence[Group]) -> Fraction:
    """Return the share of all groups together."""
    return Fraction(sum(x for x, _ in groups), sum(n for _, n in groups))


def plainly(groups: Sequence[Group]) -> tuple[float, float, float]:
    """Return p₀, φ and τ² of at least two groups, one number at a time."""
    centre = find_centre(groups)
    if centre in {0, 1}:
        return float(centre), 0.0, 0.0
    scores, tenths = list_scores(groups, centre)
    drawn_in = [min(max(z, tenths[0]), tenths[-1]) for z in scores]
    number = len(groups)
    phi = sum(z * z for z in drawn_in) / number
    if phi <= 1:
        return float(centre), phi, 0.0
    weights = [n / (centre * (1 - centre)) for _, n in groups]
    whole = float(sum(weights))
    below = whole - float(sum(w * w for w in weights)) / whole
    return float(centre), phi, (number * phi - (number - 1)) / below


@GENERATED
@given(st.lists(counts(smallest=1, largest=6000), min_size=2, max_size=40))
def test_the_funnel_is_that_of_a_plain_implementation(groups: list[Group]) -> None:
    centre, phi, variance = plainly(groups)

    funnel = fit(groups)

    assert funnel.centre == pytest.approx(centre, rel=1e-12)
    assert funnel.dispersion == pytest.approx(phi, rel=1e-9, abs=1e-12)
    # Next to φ = 1 the last digit decides whether there is a variance at all.
    assert funnel.between_variance == pytest.approx(variance, rel=1e-9) or phi == pytest.approx(1)


def test_groups_that_differ_by_more_than_chance_widen_the_funnel() -> None:
    funnel = fit(APART)

    assert (funnel.centre, funnel.dispersion, funnel.between_variance) == pytest.approx(
        plainly(APART), rel=1e-12
    )
    assert funnel.is_widened
    assert funnel.dispersion > 1


def test_groups_that_differ_by_less_than_chance_do_not() -> None:
    funnel = fit(ALIKE)

    assert funnel.centre == 61 / 600
    assert funnel.dispersion < 1
    assert funnel.between_variance == 0
    assert not funnel.is_widened


def test_without_winsorising_the_variance_is_that_of_dersimonian_and_laird() -> None:
    x, n = np.array(APART, dtype=float).T
    funnel = fit(APART, tail=0.0)
    variances = funnel.centre * (1 - funnel.centre) / n

    other = combine_effects(x / n, variances, method_re="dl")

    assert funnel.between_variance == pytest.approx(other.tau2, rel=1e-12)
    assert funnel.dispersion == pytest.approx(other.q / len(APART), rel=1e-12)


@GENERATED
@given(counts(smallest=1), CONFIDENCE)
def test_limits_without_a_variance_beyond_chance_are_the_normal_ones_around_the_centre(
    group: Group, confidence: float
) -> None:
    successes, trials = group
    wanted = proportion_confint(successes, trials, alpha=1 - confidence, method="normal")

    limits = Funnel(successes / trials, 0.5, 0.0).limits([trials], confidence=confidence)

    assert np.ravel(limits) == pytest.approx(wanted, abs=1e-12)


def test_limits_add_the_variance_beyond_chance_to_that_of_chance() -> None:
    half = NormalDist().inv_cdf(0.999) * sqrt(0.3 * 0.7 / 84 + 0.05**2)

    limits = Funnel(0.3, 2.0, 0.05**2).limits([84], confidence=0.998)

    assert np.ravel(limits) == pytest.approx((0.3 - half, 0.3 + half), rel=1e-12)


@GENERATED
@given(SEVERAL, CONFIDENCE)
def test_limits_narrow_towards_the_centre_as_groups_grow(
    groups: list[Group], confidence: float
) -> None:
    funnel = fit(groups)

    lower, upper = funnel.limits([1, 2, 10, 100, 1000, 10_000], confidence=confidence)

    assert np.all(np.diff(lower) >= 0)
    assert np.all(np.diff(upper) <= 0)
    assert np.all((lower >= 0) & (lower <= funnel.centre))
    assert np.all((funnel.centre <= upper) & (upper <= 1))


@GENERATED
@given(SEVERAL, st.integers(1, 10_000))
def test_wider_limits_hold_the_narrower_ones(groups: list[Group], trials: int) -> None:
    funnel = fit(groups)

    narrow = funnel.limits([trials], confidence=0.95)
    wide = funnel.limits([trials], confidence=0.998)

    assert wide.lower <= narrow.lower
    assert narrow.upper <= wide.upper


@GENERATED
@given(SEVERAL, st.integers(1, 10_000), CONFIDENCE)
def test_a_variance_beyond_chance_never_narrows_the_limits(
    groups: list[Group], trials: int, confidence: float
) -> None:
    funnel = fit(groups)
    by_chance = Funnel(funnel.centre, funnel.dispersion, 0.0)

    widened = funnel.limits([trials], confidence=confidence)
    plain = by_chance.limits([trials], confidence=confidence)

    assert widened.lower <= plain.lower
    assert plain.upper <= widened.upper


@GENERATED
@given(SEVERAL, st.randoms(use_true_random=False))
def test_the_order_of_the_groups_makes_no_difference(groups: list[Group], random: Random) -> None:
    shuffled = list(groups)
    random.shuffle(shuffled)

    assert fit(shuffled) == fit(groups)


@GENERATED
@given(st.lists(counts(smallest=1, largest=6000), min_size=2, max_size=30))
def test_winsorising_adds_no_dispersion_where_tenths_lie_on_both_sides_of_the_centre(
    groups: list[Group],
) -> None:
    centre = find_centre(groups)
    assume(0 < centre < 1)
    _, tenths = list_scores(groups, centre)
    assume(tenths[0] <= 0 <= tenths[-1])

    assert fit(groups).dispersion <= fit(groups, tail=0.0).dispersion * (1 + 1e-12)


def test_winsorising_adds_dispersion_where_it_draws_a_group_away_from_the_centre() -> None:
    """Of two small groups below the centre, and a large one nearly on it."""
    groups = [(0, 1), (0, 1), (1, 325)]

    assert fit(groups).dispersion > fit(groups, tail=0.0).dispersion


def test_one_group_lies_at_the_centre_of_its_own_funnel() -> None:
    assert fit([(3, 12)]) == Funnel(0.25, 0.0, 0.0)


@pytest.mark.parametrize(
    ("groups", "centre"),
    [
        pytest.param([(0, 5), (0, 900)], 0.0, id="nobody"),
        pytest.param([(5, 5), (900, 900)], 1.0, id="everybody"),
    ],
)
def test_where_nobody_differs_the_limits_are_the_centre(
    groups: list[Group], centre: float
) -> None:
    funnel = fit(groups)

    assert funnel == Funnel(centre, 0.0, 0.0)
    assert np.ravel(funnel.limits([7], confidence=0.95)).tolist() == [centre, centre]


@pytest.mark.parametrize(
    ("successes", "trials", "tail"),
    [
        pytest.param([], [], 0.1, id="no group"),
        pytest.param([0], [0], 0.1, id="nobody"),
        pytest.param([3], [2], 0.1, id="more than all"),
        pytest.param([-1], [2], 0.1, id="less than none"),
        pytest.param([1], [2], 0.5, id="tails meet"),
        pytest.param([1], [2], -0.1, id="negative tail"),
    ],
)
def test_what_is_no_funnel_is_refused(
    successes: list[int], trials: list[int], tail: float
) -> None:
    with pytest.raises(ValueError, match=r"group|tail"):
        fit_funnel(successes, trials, tail=tail)


def test_limits_of_nobody_are_refused() -> None:
    with pytest.raises(ValueError, match="every group must have people"):
        Funnel(0.2, 0.0, 0.0).limits([10, 0], confidence=0.95)
