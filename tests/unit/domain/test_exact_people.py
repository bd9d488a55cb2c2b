"""Every share of two places of every team to 200 people, against whole numbers alone."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest

from app.domain.arithmetic import people_for

HUNDREDTHS = range(101)
SIZES = range(1, 201)

WHOLE = [
    (hundredths, size)
    for hundredths in HUNDREDTHS
    for size in SIZES
    if hundredths * size % 100 == 0
]
"""Shares and teams whose product is a whole number of people."""


def fails_in_floats(hundredths: int, size: int) -> bool:
    return ceil(hundredths / 100 * size) != hundredths * size // 100


@pytest.mark.parametrize("hundredths", HUNDREDTHS)
def test_people_for_a_share_of_two_places_are_exact(hundredths: int) -> None:
    share = Fraction(Decimal(hundredths).scaleb(-2))

    found = [people_for(share, size) for size in SIZES]

    assert found == [(hundredths * size + 99) // 100 for size in SIZES]


def test_floats_ask_for_one_too_many_where_the_product_is_whole() -> None:
    failing = [pair for pair in WHOLE if fails_in_floats(*pair)]

    assert {(34, 150), (68, 75)} <= set(failing)
    assert len([pair for pair in failing if pair[1] < 200]) == 22
    assert len(failing) == 27


def test_floats_fail_nowhere_else() -> None:
    others = [
        (hundredths, size)
        for hundredths in HUNDREDTHS
        for size in SIZES
        if ceil(hundredths / 100 * size) != (hundredths * size + 99) // 100
    ]

    assert all(pair in WHOLE for pair in others)
