"""Who takes part when trusts are compared, and how a share stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.benchmarks import (
    Field,
    GroupFigure,
    RankInterval,
    Standing,
    Turnout,
    assemble,
    find_small_groups,
    find_unknown_ethnicity,
    rank,
    show,
)
from app.domain.codes import Caution, Reason, WarningCode
from app.domain.counts import Count
from tests.unit.domain.comparing import tally, trust

CODES = ("ZZ001", "ZZ002", "ZZ003", "ZZ004")


def test_trusts_that_have_sent_are_compared_in_the_order_of_their_codes() -> None:
    one, two = trust("ZZ001", 1, 5), trust("ZZ002", 2, 5)

    assert assemble([two, one], expected=3) == Field(
        (one, two), Turnout(3, 2, counted_elsewhere=0, without_people=0, compared=2)
    )


def test_a_trust_with_nobody_in_the_measure_is_left_out_and_counted() -> None:
    one, empty = trust("ZZ001", 1, 5), trust("ZZ002", 0, 0)

    assert assemble([one, empty], expected=2) == Field(
        (one,), Turnout(2, 2, counted_elsewhere=0, without_people=1, compared=1)
    )


def test_a_trust_that_another_ones_return_covers_is_left_out_and_counted() -> None:
    wide = trust("ZZ002", 9, 90, covers=("ZZ001", "ZZ002"))
    within, apart = trust("ZZ001", 4, 40), trust("ZZ003", 1, 5)

    assert assemble([within, wide, apart], expected=3) == Field(
        (wide, apart), Turnout(3, 3, counted_elsewhere=1, without_people=0, compared=2)
    )


def test_the_trust_from_which_one_looks_takes_part_even_if_another_one_covers_it() -> None:
    wide = trust("ZZ002", 9, 90, covers=("ZZ001", "ZZ002"))
    own = trust("ZZ001", 4, 40)

    assert assemble([own, wide], expected=2, own="ZZ001").participants == (own,)


@given(
    st.lists(st.sets(st.sampled_from(CODES)), min_size=len(CODES), max_size=len(CODES)),
    st.permutations(range(len(CODES))),
)
def test_nobody_is_counted_twice_whatever_is_covered(
    covers: list[set[str]], order: list[int]
) -> None:
    sent = [
        trust(code, 1, 9, covers=tuple({code, *others}))
        for code, others in zip(CODES, covers, strict=True)
    ]

    field = assemble(sent, expected=4)

    covered = [code for one in field.participants for code in one.covers]
    assert len(covered) == len(set(covered))
    assert field == assemble([sent[index] for index in order], expected=4)
    assert field.turnout.counted_elsewhere + field.turnout.compared == 4


def test_a_group_is_shown_with_its_share_and_interval() -> None:
    (shown,) = show([tally(81, 263, revision=3)])

    interval = shown.interval_95
    assert interval is not None
    # Newcombe (1998), Stat. Med. 17:857–872, table 1, method 3.
    assert (round(interval.lower, 4), round(interval.upper, 4)) == (0.2553, 0.3662)
    assert shown == GroupFigure(
        3, 81, 263, 81 / 263, None, 81 / 263, None, 0.0, None, interval, None
    )


def test_a_group_of_nobody_is_shown_with_the_reason_why_it_has_no_share() -> None:
    nobody = Reason.NO_PEOPLE

    assert show([tally(0, 0)]) == [GroupFigure(1, 0, 0, *(None, nobody) * 4)]


def test_a_rank_comes_with_its_interval_and_of_how_many() -> None:
    groups = [Count(9_500, 500), Count(500, 9_500), Count(5_000, 5_000), Count(5_010, 4_990)]

    assert rank(groups) == [
        Standing(4, RankInterval(4, 4), 4),
        Standing(1, RankInterval(1, 1), 4),
        Standing(2, RankInterval(2, 3), 4),
        Standing(3, RankInterval(2, 3), 4),
    ]


def test_nobody_is_warned_of_groups_of_ten() -> None:
    assert find_small_groups([Count(9, 1), Count(8, 0, 2)]) == ()


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        pytest.param([Count(9, 0), Count(9, 1)], "1 trust has", id="one"),
        pytest.param([Count(9, 0), Count(0, 1)], "2 trusts have", id="two"),
    ],
)
def test_groups_of_fewer_than_ten_come_with_a_warning(counts: list[Count], words: str) -> None:
    detail = f"{words} fewer than 10 people in the measure; such limits are rough."

    assert find_small_groups(counts) == (Caution(WarningCode.SMALL_GROUPS, detail),)


@pytest.mark.parametrize(
    ("trusts", "among"),
    [
        pytest.param([[Count(9, 0, 1), Count()]], None, id="one in ten"),
        pytest.param([[Count(9, 0, 1), Count(8, 0, 1)]], "1 trust", id="more in one group"),
        pytest.param([[Count(0, 0, 1)], [Count(), Count(1, 1, 1)]], "2 trusts", id="two"),
    ],
)
def test_much_unknown_ethnicity_comes_with_a_warning(
    trusts: list[list[Count]], among: str | None
) -> None:
    detail = (
        f"In {among} the ethnicity of more than one person in ten is not known; unknown is not"
        " “not BME”."
    )

    found = find_unknown_ethnicity(trusts)

    assert found == ((Caution(WarningCode.UNKNOWN_ETHNICITY, detail),) if among else ())
