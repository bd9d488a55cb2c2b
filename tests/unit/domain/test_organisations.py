from datetime import date

import pytest

from app.domain.organisations import (
    Attribute,
    Dated,
    Kind,
    Organisation,
    Succession,
    SuccessionKind,
    find_ancestors,
    is_synthetic,
)

SPRING = date(2020, 4, 1)
LAST = date(2020, 3, 31)


@pytest.mark.parametrize(
    ("dated", "day", "holds"),
    [
        (Dated("a"), SPRING, True),
        (Dated("a", starts=SPRING), SPRING, True),
        (Dated("a", starts=SPRING), LAST, False),
        (Dated("a", ends=LAST), LAST, True),
        (Dated("a", ends=LAST), SPRING, False),
    ],
)
def test_a_value_holds_from_a_day_to_a_day_both_included(
    dated: Dated, day: date, *, holds: bool
) -> None:
    assert dated.holds_on(day) is holds


@pytest.mark.parametrize(
    ("opened", "closed", "day", "is_open"),
    [
        (None, None, date(1990, 1, 1), True),
        (SPRING, None, SPRING, True),
        (SPRING, None, LAST, False),
        (None, LAST, LAST, True),
        (None, LAST, SPRING, False),
    ],
)
def test_an_organisation_whose_opening_is_not_known_was_open_until_it_closed(
    opened: date | None, closed: date | None, day: date, *, is_open: bool
) -> None:
    organisation = Organisation("ZZ001", Kind.TRUST, opened, closed)

    assert organisation.is_open_on(day) is is_open


def test_facts_are_read_newest_or_on_a_day() -> None:
    names = (Dated("Old", None, LAST), Dated("New", SPRING))
    organisation = Organisation("R0A", Kind.TRUST, facts={Attribute.NAME: names})

    assert organisation.name == "New"
    assert organisation.newest(Attribute.NAME) == "New"
    assert organisation.value_on(Attribute.NAME, LAST) == "Old"
    assert organisation.value_on(Attribute.NAME, SPRING) == "New"
    assert organisation.newest(Attribute.ICB) is None
    assert organisation.value_on(Attribute.ICB, SPRING) is None
    assert not organisation.is_synthetic


def test_a_value_that_has_ended_is_not_the_newest() -> None:
    left = Organisation("R0A", Kind.TRUST, facts={Attribute.ICB: (Dated("QAA", None, LAST),)})

    assert left.newest(Attribute.ICB) is None
    assert left.value_on(Attribute.ICB, LAST) == "QAA"
    assert left.value_on(Attribute.ICB, SPRING) is None


def test_codes_from_zz_are_invented() -> None:
    assert is_synthetic("ZZ001")
    assert not is_synthetic("RZZ")
    assert Organisation("ZZ001", Kind.TRUST).is_synthetic


def test_ancestors_are_all_trusts_that_came_whole_directly_or_not() -> None:
    merged = Succession("A", "B", SPRING, SuccessionKind.MERGED)
    acquired = Succession("B", "C", SPRING, SuccessionKind.ACQUIRED)
    others = [
        Succession("S", "C", SPRING, SuccessionKind.SPLIT),
        Succession("T", "S", SPRING, SuccessionKind.MERGED),
        Succession("U", "C", SPRING, SuccessionKind.UNKNOWN),
        Succession("V", None, SPRING, SuccessionKind.MERGED),
        Succession("X", "Y", SPRING, SuccessionKind.MERGED),
    ]

    assert find_ancestors("C", [merged, acquired, *others]) == {"B": acquired, "A": merged}


def test_a_trust_that_came_two_ways_is_an_ancestor_once() -> None:
    ways = [
        Succession("A", "B", SPRING, SuccessionKind.MERGED),
        Succession("B", "D", SPRING, SuccessionKind.MERGED),
        Succession("A", "D", SPRING, SuccessionKind.MERGED),
    ]

    assert set(find_ancestors("D", ways)) == {"A", "B"}
