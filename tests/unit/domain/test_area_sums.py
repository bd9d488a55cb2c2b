"""Sums over areas as arrays: who lies where, who is counted once, and what is complete."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.area_sums import add_up, are_complete, lay_out_at_censuses, lay_out_today
from app.domain.area_units import (
    BOARD_SLOTS,
    Sent,
    Unit,
    find_relatives,
    gather,
    list_remaining,
    make_units,
)
from app.domain.bands import Band, StaffGroup
from app.domain.measures import Measure, Scope
from app.domain.organisations import (
    Attribute,
    Dated,
    Kind,
    Organisation,
    Succession,
    SuccessionKind,
)
from app.domain.panels import PAIR_SLOT, Censuses, Question, build_panel, count_at
from app.domain.series import Continuity, Head

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 1, tzinfo=UTC)
SLOT = PAIR_SLOT[StaffGroup.CLINICAL, Band.BAND_5]
WORKFORCE = Question(Scope(Measure.WORKFORCE), None)

ENGLAND = Organisation("ENG", Kind.ENGLAND)
LONDON = Organisation("Y56", Kind.REGION)
NORTH = Organisation("Y63", Kind.REGION)

People = Mapping[tuple[str, int], tuple[int, int]]
"""BME persons, and all persons, by trust and census."""


def trust(
    code: str, region: str = "Y56", opened: date | None = None, closed: date | None = None
) -> Organisation:
    facts: dict[Attribute, tuple[Dated, ...]] = {Attribute.REGION: (Dated(region),)}
    return Organisation(code, Kind.TRUST, opened, closed, facts)


def sent(
    people: People,
    covers: Mapping[tuple[str, int], tuple[str, ...]] | None = None,
    *,
    of_board: bool = False,
) -> Sent:
    """Return what trusts have sent; those without a census count as nobody's."""
    codes = tuple(sorted({code for code, _ in people}))
    years = tuple(sorted({year for _, year in people}))
    counts = Censuses.empty(len(codes), years).counts
    heads = {}
    for (code, year), (bme, total) in people.items():
        at = (codes.index(code), years.index(year), BOARD_SLOTS.start if of_board else SLOT)
        counts[at] = (total - bme, bme, 0)
        whom = (covers or {}).get((code, year), (code,))
        heads[code, year] = Head(code, year, 1, whom, AT)
    return (
        Sent(codes, years, counts, {}, heads)
        if of_board
        else Sent(codes, years, counts, heads, {})
    )


def units_of(trusts: list[Organisation], held: Sent, *mergers: Succession) -> list[Unit]:
    known = {one.ods_code: one for one in trusts}
    codes = [one.ods_code for one in trusts if one.ods_code in held.codes]
    return make_units(codes, known, mergers, held, Continuity.AS_REPORTED)


def sums_of(
    trusts: list[Organisation],
    held: Sent,
    *areas: Organisation,
    mergers: tuple[Succession, ...] = (),
    question: Question = WORKFORCE,
) -> list[dict[int, int]]:
    """Return the people of each area by census, by the boundaries of each census."""
    units = units_of(trusts, held, *mergers)
    censuses = gather(units, held)
    sums = add_up(areas, lay_out_at_censuses(units, censuses), censuses)
    panel = build_panel(sums.censuses, [question])
    return [
        {
            year: count.total
            for at, year in enumerate(held.years)
            if (count := count_at(panel.measure, row, at)) is not None
        }
        for row in range(len(areas))
    ]


def complete(trusts: list[Organisation], held: Sent) -> list[bool]:
    """Return which censuses of England are complete, by the boundaries of today."""
    units = units_of(trusts, held)
    censuses = gather(units, held)
    sums = add_up([ENGLAND], lay_out_today(units, censuses, TODAY), censuses)
    panel = build_panel(censuses, [WORKFORCE])
    found: list[bool] = are_complete(sums, panel.measure, [False])[0].tolist()
    return found


@pytest.mark.parametrize(
    ("latest", "is_enough"),
    [
        pytest.param((950, 50), True, id="exactly 95 %"),
        pytest.param((949, 51), False, id="just below"),
        pytest.param((0, 0), True, id="nobody in either"),
    ],
)
def test_a_census_takes_the_trusts_of_95_percent_of_the_people(
    latest: tuple[int, int],
    is_enough: bool,  # noqa: FBT001 - one of a test's parameters
) -> None:
    held = sent(
        {
            ("ZZ001", 2024): (0, 10),
            ("ZZ001", 2025): (0, latest[0]),
            ("ZZ002", 2025): (0, latest[1]),
        }
    )

    assert complete([trust("ZZ001"), trust("ZZ002")], held) == [is_enough, True]


def test_a_trust_weighs_what_it_had_at_its_own_latest_census() -> None:
    held = sent(
        {
            ("ZZ001", 2024): (0, 100),
            ("ZZ001", 2025): (0, 990),
            ("ZZ002", 2024): (0, 10),
        }
    )

    assert complete([trust("ZZ001"), trust("ZZ002")], held) == [True, True]


def test_a_trust_that_opened_later_is_not_missed_before() -> None:
    held = sent({("ZZ001", 2024): (0, 10), ("ZZ001", 2025): (0, 10), ("ZZ002", 2025): (0, 90)})
    trusts = [trust("ZZ001"), trust("ZZ002", opened=date(2024, 6, 1))]

    assert complete(trusts, held) == [True, True]


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["ZZ001", "ZZ002", "ZZ003", "ZZ004"]), st.integers(2020, 2024)),
        st.integers(0, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
        min_size=1,
    )
)
def test_areas_that_have_nothing_in_common_come_to_england(people: People) -> None:
    trusts = [
        trust("ZZ001"), trust("ZZ002"), trust("ZZ003", region="Y63"), trust("ZZ004", region="Y63")
    ]  # fmt: skip

    england, london, north = sums_of(trusts, sent(people), ENGLAND, LONDON, NORTH)

    by_year: dict[int, int] = {}
    for (_, year), (_, total) in people.items():
        by_year[year] = by_year.get(year, 0) + total
    assert england == by_year
    assert {y: london.get(y, 0) + north.get(y, 0) for y in england} == england


def test_of_returns_that_count_the_same_people_the_widest_counts() -> None:
    people = {("ZZ001", 2024): (0, 30), ("ZZ002", 2024): (0, 100), ("ZZ003", 2024): (0, 7)}
    held = sent(people, {("ZZ002", 2024): ("ZZ001", "ZZ002")})
    trusts = [trust("ZZ001"), trust("ZZ002"), trust("ZZ003")]

    assert sums_of(trusts, held, ENGLAND) == [{2024: 107}]


MERGED_IN_APRIL = (
    [
        trust("ZZ001", opened=date(2024, 4, 1)),
        trust("ZZ002", "Y63", closed=date(2024, 3, 31)),
        trust("ZZ003", "Y63", closed=date(2024, 3, 31)),
    ],
    tuple(
        Succession(code, "ZZ001", date(2024, 4, 1), SuccessionKind.MERGED)
        for code in ("ZZ002", "ZZ003")
    ),
)


@pytest.mark.parametrize(
    "people",
    [
        pytest.param({("ZZ001", 2024): (3, 20)}, id="sent by the successor"),
        pytest.param({("ZZ001", 2024): (3, 20), ("ZZ002", 2024): (1, 9)}, id="and one late"),
        pytest.param({("ZZ002", 2024): (1, 9), ("ZZ003", 2024): (2, 11)}, id="by themselves"),
    ],
)
def test_boards_count_once_and_where_the_trusts_lay_whose_they_are(people: People) -> None:
    trusts, mergers = MERGED_IN_APRIL
    everyone = {(one.ods_code, 2023): (1, 1) for one in trusts[1:]} | {**people}

    sums = sums_of(
        trusts,
        sent(everyone, of_board=True),
        ENGLAND,
        LONDON,
        NORTH,
        mergers=mergers,
        question=Question(Scope(Measure.BOARD), None),
    )

    assert sums == [{2023: 2, 2024: 20}, {}, {2023: 2, 2024: 20}]


def test_what_a_trust_sent_of_a_census_after_it_was_taken_over_is_not_added() -> None:
    people = {("ZZ001", 2024): (0, 100), ("ZZ002", 2024): (0, 30), ("ZZ002", 2023): (0, 30)}
    trusts = [trust("ZZ001"), trust("ZZ002", closed=date(2023, 9, 30))]
    merger = Succession("ZZ002", "ZZ001", date(2023, 10, 1), SuccessionKind.ACQUIRED)

    assert sums_of(trusts, sent(people), ENGLAND, mergers=(merger,)) == [{2023: 30, 2024: 100}]


def test_relatives_are_found_up_and_down_but_not_over_a_split() -> None:
    on = date(2024, 4, 1)
    mergers = [
        Succession("ZZ001", "ZZ003", on, SuccessionKind.MERGED),
        Succession("ZZ002", "ZZ003", on, SuccessionKind.MERGED),
        Succession("ZZ003", "ZZ004", on, SuccessionKind.ACQUIRED),
        Succession("ZZ004", "ZZ005", on, SuccessionKind.SPLIT),
        Succession("ZZ006", None, on, SuccessionKind.UNKNOWN),
    ]

    assert find_relatives(["ZZ001"], mergers) == {"ZZ001", "ZZ002", "ZZ003", "ZZ004"}
    assert find_relatives(["ZZ005", "ZZ006"], mergers) == {"ZZ005", "ZZ006"}


def test_those_remain_who_opened_and_did_not_become_part_of_another() -> None:
    on = date(2024, 4, 1)
    trusts = {
        one.ods_code: one
        for one in (
            trust("ZZ001", closed=date(2024, 3, 31)),
            trust("ZZ002"),
            trust("ZZ003", closed=date(2024, 3, 31)),
            trust("ZZ004", opened=date(2027, 4, 1)),
        )
    }
    mergers = [
        Succession("ZZ001", "ZZ002", on, SuccessionKind.ACQUIRED),
        Succession("ZZ003", "ZZ002", on, SuccessionKind.SPLIT),
    ]

    assert list_remaining(trusts, mergers, TODAY) == ("ZZ002", "ZZ003")


def test_nobody_lies_in_an_area_without_units() -> None:
    held = sent({("ZZ001", 2024): (1, 10)})
    censuses = gather([], held)

    sums = add_up([LONDON], lay_out_today([], censuses, TODAY), censuses)

    assert sums.censuses.counts.shape == (1, 1, *held.counts.shape[2:])
    assert not np.any(sums.censuses.counts)
    assert not are_complete(sums, build_panel(censuses, [WORKFORCE]).measure, [False]).any()
