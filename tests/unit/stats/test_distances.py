"""Distances against SciPy, and what has to hold."""

from collections.abc import Sequence
from math import e
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from app.stats.distances import Distances, measure_distances
from tests.unit.stats.series import GENERATED

Group = tuple[int, float]
"""Persons, and the share of those with the characteristic."""

GROUP = st.tuples(st.integers(1, 40_000), st.floats(0, 1).map(lambda share: round(share, 4)))
SEVERAL = st.lists(GROUP, min_size=1, max_size=20)


def measure(groups: Sequence[Group], own: int = 0) -> Distances:
    """Measure how far groups are from one of them."""
    sizes, shares = zip(*groups, strict=True)
    return measure_distances(sizes, shares, own)


@GENERATED
@given(st.lists(GROUP, min_size=3, max_size=20, unique_by=(lambda g: g[0], lambda g: g[1])))
def test_distances_are_the_standardised_euclidean_ones_of_scipy(groups: list[Group]) -> None:
    points = np.array([(np.log(size), share) for size, share in groups])
    wanted = cdist(points[:1], points, "seuclidean", V=points.var(axis=0))[0]

    found = measure(groups)

    assert found.distance == pytest.approx(wanted, rel=1e-9)
    assert (found.log_size_sd, found.share_sd) == pytest.approx(tuple(points.std(axis=0)))


def test_a_distance_is_made_of_size_and_share() -> None:
    found = measure_distances([1, e, e**2], [0.1, 0.1, 0.4], 0)

    share_sd = np.std([0.1, 0.1, 0.4])
    size_sd = np.std([0, 1, 2])
    assert found.distance == pytest.approx(
        [0, 1 / size_sd, np.sqrt((2 / size_sd) ** 2 + (0.3 / share_sd) ** 2)]
    )


@GENERATED
@given(SEVERAL)
def test_a_group_is_at_no_distance_from_itself(groups: list[Group]) -> None:
    own = len(groups) - 1

    assert measure(groups, own).distance[own] == 0


@GENERATED
@given(SEVERAL)
def test_a_distance_is_the_same_both_ways(groups: list[Group]) -> None:
    last = len(groups) - 1

    assert measure(groups, 0).distance[last] == measure(groups, last).distance[0]


@GENERATED
@given(SEVERAL, st.randoms(use_true_random=False))
def test_the_order_of_the_groups_makes_no_difference(groups: list[Group], random: Random) -> None:
    order = list(range(len(groups)))
    random.shuffle(order)
    whole = measure(groups)

    shuffled = measure([groups[index] for index in order], order.index(0))

    assert shuffled.distance.tolist() == whole.distance[order].tolist()
    assert shuffled[1:] == whole[1:]


def test_a_part_in_which_all_are_alike_adds_nothing() -> None:
    found = measure([(900, 0.25), (900, 0.5), (900, 0.75)])

    assert found.log_size_sd == 0
    assert found.distance == pytest.approx([0, 0.25 / found.share_sd, 0.5 / found.share_sd])


def test_a_group_alone_is_at_no_distance() -> None:
    assert measure([(900, 0.25)]) == Distances(np.zeros(1), 0.0, 0.0)


def test_nobody_has_no_distance() -> None:
    with pytest.raises(ValueError, match="every group must have people"):
        measure([(900, 0.25), (0, 0.0)])
