"""Percentages that sum to 100, and percentages that others printed."""

import csv
import re
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.percentages import agrees, apportion

PUBLISHED = Path(__file__).parents[2] / "data" / "reference" / "trust_figures_published.csv"

COUNTS = st.lists(st.integers(0, 2_000_000), min_size=1, max_size=6)
PLACES = st.integers(0, 4)


def published() -> list[dict[str, str]]:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("counts", "decimals", "percentages"),
    [
        pytest.param((1, 1, 1), 1, ("33.4", "33.3", "33.3"), id="the first of equals"),
        pytest.param((1, 1, 1), 0, ("34", "33", "33"), id="whole percentages"),
        pytest.param((1, 2, 0), 1, ("33.3", "66.7", "0.0"), id="nobody in a group"),
        pytest.param((725, 2505, 66), 0, ("22", "76", "2"), id="as Kent and Medway printed 2020"),
        pytest.param((5, 3, 3, 5), 0, ("31", "19", "19", "31"), id="the larger of equals"),
        pytest.param((1, 999_999, 0), 1, ("0.0", "100.0", "0.0"), id="hardly anybody"),
        pytest.param((0, 0, 0), 1, ("0.0", "0.0", "0.0"), id="nobody at all"),
        pytest.param((), 1, (), id="no group"),
        pytest.param((7,), 2, ("100.00",), id="one group"),
    ],
)
def test_percentages_are_apportioned_to_the_largest_remainders(
    counts: tuple[int, ...], decimals: int, percentages: tuple[str, ...]
) -> None:
    found = apportion(counts, decimals)

    assert tuple(map(str, found)) == percentages


@given(COUNTS, PLACES)
def test_percentages_sum_to_exactly_100(counts: list[int], decimals: int) -> None:
    assert sum(apportion(counts, decimals)) == (100 if any(counts) else 0)


@given(COUNTS.filter(any), PLACES)
def test_each_percentage_is_within_one_unit_of_the_exact_one(
    counts: list[int], decimals: int
) -> None:
    unit, total = Fraction(1, 10**decimals), sum(counts)

    for count, percentage in zip(counts, apportion(counts, decimals), strict=True):
        assert abs(Fraction(percentage) - Fraction(100 * count, total)) < unit


@given(COUNTS, PLACES)
def test_more_people_never_have_a_smaller_percentage(counts: list[int], decimals: int) -> None:
    found = sorted(zip(counts, apportion(counts, decimals), strict=True))

    assert [one for _, one in found] == sorted(one for _, one in found)


@pytest.mark.parametrize(("counts", "decimals"), [((-1, 2), 1), ((1, 2), -1)])
def test_there_are_no_percentages_of_less_than_nobody(
    counts: tuple[int, ...], decimals: int
) -> None:
    with pytest.raises(ValueError, match="no percentages"):
        apportion(counts, decimals)


@pytest.mark.parametrize(
    ("printed", "part", "whole", "is_right"),
    [
        pytest.param("33.3", 1, 3, True, id="rounded down"),
        pytest.param("66.7", 2, 3, True, id="rounded up"),
        pytest.param("66.6", 2, 3, True, id="cut off"),
        pytest.param("66.8", 2, 3, False, id="neither"),
        pytest.param("66.5", 2, 3, False, id="too low"),
        pytest.param("12.5", 1, 8, True, id="exact"),
        pytest.param("13", 1, 8, True, id="a half, up"),
        pytest.param("12", 1, 8, True, id="a half, to even and cut off"),
        pytest.param("38", 3, 8, True, id="a half, to even"),
        pytest.param("37", 3, 8, True, id="a half, cut off"),
        pytest.param("39", 3, 8, False, id="a half, too high"),
        pytest.param("13.70", 137, 1000, True, id="two places printed"),
        pytest.param("13.70", 1374, 10_000, False, id="two places that are not right"),
        pytest.param("13.7", 1374, 10_000, True, id="one place of the same"),
        pytest.param("0", 1, 1000, True, id="hardly anybody"),
        pytest.param("100", 999, 1000, True, id="nearly everybody"),
        pytest.param("99", 999, 1000, True, id="nearly everybody, cut off"),
        pytest.param("1E+1", 1, 10, True, id="in another notation"),
        pytest.param("NaN", 1, 10, False, id="no number"),
    ],
)
def test_a_printed_percentage_agrees_if_it_is_rounded_or_cut_off(
    printed: str,
    part: int,
    whole: int,
    is_right: bool,  # noqa: FBT001 - one of a test's parameters
) -> None:
    assert agrees(Decimal(printed), part, whole) is is_right


@given(st.integers(1, 5_000_000), st.data(), PLACES)
def test_every_rounding_of_a_share_agrees_and_what_is_further_off_does_not(
    whole: int, data: st.DataObject, places: int
) -> None:
    part = data.draw(st.integers(0, whole))
    unit = Decimal(1).scaleb(-places)
    exact = Decimal(100 * part) / Decimal(whole)  # 28 digits, enough to tell these apart

    for how in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN):
        printed = exact.quantize(unit, how)
        assert agrees(printed, part, whole)
        assert not agrees(printed + 2 * unit, part, whole)
        assert not agrees(printed - 2 * unit, part, whole)


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (2, 1), (-1, 3)])
def test_what_is_no_share_is_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        agrees(Decimal("1.0"), part, whole)


def test_a_share_that_a_trust_printed_with_its_counts_agrees() -> None:
    # The note tells the whole that the printed share of so many people implies.
    counted = [
        (row["value"], re.search(r"n=(\d+)", row["basis"]), re.search(r"[\d,]+", row["note"]))
        for row in published()
        if row["basis"].startswith("n=")
    ]
    assert len(counted) == 1

    for value, part, whole in counted:
        assert part is not None
        assert whole is not None
        people = int(whole[0].replace(",", ""))
        assert agrees(Decimal(value), int(part[1]), people)
        assert not agrees(Decimal(value), int(part[1]) + 10, people)


def test_three_groups_that_trusts_printed_are_apportioned_as_they_were() -> None:
    rows = [row for row in published() if row["basis"] == "incl unknown"]
    assert len(rows) == 4

    for row in rows:
        white, unknown = map(Decimal, re.findall(r"[\d.]+", row["note"])[:2])
        printed = (Decimal(row["value"]), white, unknown)
        assert sum(printed) == 100
        # Thousandths of a percent of a thousand people come to these shares.
        counts = [int(10 * share) for share in printed]
        assert apportion(counts) == printed
        assert all(
            agrees(share, count, 1000) for share, count in zip(printed, counts, strict=True)
        )
