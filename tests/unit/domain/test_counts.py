from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.counts import Count

counts = st.builds(
    Count, white=st.integers(0, 9999), bme=st.integers(0, 9999), unknown=st.integers(0, 9999)
)


def test_the_share_counts_people_of_unknown_ethnicity() -> None:
    count = Count(white=376, bme=69, unknown=7)

    assert (count.total, count.known) == (452, 445)
    assert count.share == Fraction(69, 452)
    assert count.share_of_known == Fraction(69, 445)
    assert count.unknown_share == Fraction(7, 452)


def test_nobody_has_no_share_rather_than_none_of_it() -> None:
    assert Count().share is None
    assert Count().share_of_known is None
    assert Count().unknown_share is None


def test_where_all_are_of_unknown_ethnicity_there_is_no_share_of_known() -> None:
    count = Count(unknown=3)

    assert count.share == 0
    assert count.share_of_known is None
    assert count.unknown_share == 1


@pytest.mark.parametrize("group", ["white", "bme", "unknown"])
def test_a_headcount_is_never_negative(group: str) -> None:
    with pytest.raises(ValueError, match="negative"):
        Count(**{group: -1})


@given(st.lists(counts, max_size=4))
def test_counts_add_up_group_by_group(several: list[Count]) -> None:
    together = Count.sum(several)

    one_by_one = Count()
    for count in several:
        one_by_one = one_by_one + count
    assert together == one_by_one
    assert together.total == sum(count.total for count in several)
