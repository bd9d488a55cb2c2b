"""Ranks and their confidence sets against SciPy, a plain loop, and what has to hold."""

from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata
from statsmodels.stats.proportion import confint_proportions_2indep

from app.stats.ranks import Ranks, rank_shares
from tests.unit.stats.series import GENERATED, counts

Group = tuple[int, int]
"""Persons with the characteristic, and persons."""

SEVERAL = st.lists(counts(smallest=1, largest=6000), min_size=1, max_size=12)


def rank(groups: Sequence[Group], confidence: float = 0.95) -> Ranks:
    """Rank groups."""
    successes, trials = zip(*groups, strict=True)
    return rank_shares(successes, trials, confidence=confidence)


def listed(ranks: Ranks) -> list[tuple[int, int, int]]:
    """Return rank, lower and upper of each group."""
    return [(int(r), int(lo), int(up)) for r, lo, up in zip(*ranks, strict=True)]


@GENERATED
@given(SEVERAL)
def test_ranks_are_those_of_scipy_the_best_for_ties(groups: list[Group]) -> None:
    shares = np.array([x / n for x, n in groups])

    assert rank(groups).rank.tolist() == rankdata(-shares, method="min").tolist()


@GENERATED
@given(st.lists(counts(smallest=1, largest=6000), min_size=2, max_size=6))
def test_sets_are_those_of_the_differences_one_by_one(groups: list[Group]) -> None:
    number = len(groups)
    alpha = 0.05 / (number - 1)
    wanted = []
    for own in range(number):
        higher = lower = 0
        for other in range(number):
            if other != own:
                low, high = confint_proportions_2indep(
                    *groups[own], *groups[other], method="newcomb", alpha=alpha
                )
                higher += high < 0
                lower += low > 0
        wanted.append((1 + higher, number - lower))

    ranks = rank(groups)

    assert list(zip(ranks.lower, ranks.upper, strict=True)) == wanted


@GENERATED
@given(SEVERAL)
def test_a_rank_lies_in_its_set(groups: list[Group]) -> None:
    ranks = rank(groups)

    assert np.all(ranks.lower >= 1)
    assert np.all(ranks.lower <= ranks.rank)
    assert np.all(ranks.rank <= ranks.upper)
    assert np.all(ranks.upper <= len(groups))


@GENERATED
@given(counts(smallest=1), st.integers(1, 12))
def test_groups_that_are_alike_could_have_any_rank(group: Group, number: int) -> None:
    assert listed(rank([group] * number)) == [(1, 1, number)] * number


def test_groups_far_apart_have_the_ranks_that_they_have() -> None:
    groups = [(500, 10_000), (9_500, 10_000), (5_000, 10_000)]

    assert listed(rank(groups)) == [(3, 3, 3), (1, 1, 1), (2, 2, 2)]


def test_small_groups_could_have_ranks_that_large_ones_could_not() -> None:
    groups = [(2, 10), (2_000, 10_000), (2_600, 10_000), (3_000, 10_000)]

    assert listed(rank(groups)) == [(3, 1, 4), (3, 3, 4), (2, 2, 3), (1, 1, 2)]


@GENERATED
@given(SEVERAL, st.randoms(use_true_random=False))
def test_the_order_of_the_groups_makes_no_difference(groups: list[Group], random: Random) -> None:
    order = list(range(len(groups)))
    random.shuffle(order)

    shuffled = listed(rank([groups[index] for index in order]))

    assert shuffled == [listed(rank(groups))[index] for index in order]


@GENERATED
@given(SEVERAL)
def test_more_confidence_never_narrows_a_set(groups: list[Group]) -> None:
    less, more = rank(groups, 0.8), rank(groups, 0.99)

    assert np.all(more.lower <= less.lower)
    assert np.all(less.upper <= more.upper)


def test_sets_hold_the_true_rank_at_least_as_often_as_they_say() -> None:
    generator = np.random.default_rng(20_261_123)
    shares = np.array([0.08, 0.12, 0.12, 0.13, 0.15, 0.15, 0.2, 0.22, 0.3, 0.31])
    trials = np.array([40, 900, 300, 60, 450, 120, 800, 25, 200, 3000])
    true = np.array([np.sum(shares > share) + 1 for share in shares])
    last = np.array([np.sum(shares >= share) for share in shares])
    held = np.zeros(len(shares))
    runs = 400

    for _ in range(runs):
        ranks = rank_shares(generator.binomial(trials, shares), trials)
        # Groups that are truly level have every rank from the best to the last of theirs.
        held += (ranks.lower <= true) & (last <= ranks.upper)

    assert np.all(held / runs >= 0.95)


@pytest.mark.parametrize(
    ("successes", "trials", "confidence"),
    [
        pytest.param([0], [0], 0.95, id="nobody"),
        pytest.param([3], [2], 0.95, id="more than all"),
        pytest.param([1, 1], [2, 3], 1.0, id="certain"),
        pytest.param([1, 1, 1], [2, 3, 4], 0.0, id="without confidence"),
    ],
)
def test_what_is_no_rank_is_refused(
    successes: list[int], trials: list[int], confidence: float
) -> None:
    with pytest.raises(ValueError, match=r"people|trials|confidence"):
        rank_shares(successes, trials, confidence=confidence)
