from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Fault
from app.domain.experts import (
    Expert,
    ExpertRevision,
    Person,
    Support,
    find_support_faults,
    find_trust_faults,
)
from app.domain.organisations import Kind, Organisation
from app.domain.records import Author, Record

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = AT.date()

PERSON = Person("An Expert", "an.expert@trust.example")

FIRST = Support("ZZ001", date(2019, 4, 1), date(2021, 3, 31))
SECOND = Support("ZZ002", date(2021, 4, 1))
PLANNED = Support("ZZ001", TODAY + timedelta(days=1))

REVISION = ExpertRevision(
    "x0123456789ab",
    2,
    Expert(PERSON, "2018", (FIRST, SECOND, PLANNED)),
    Record(AT, Author("a team")),
    created_at=AT,
)

REGISTER = {
    "ZZ001": Organisation("ZZ001", Kind.TRUST),
    "ZZ002": Organisation("ZZ002", Kind.TRUST, opened=date(2021, 4, 1)),
    "ZZ003": Organisation("ZZ003", Kind.TRUST, closed=date(2024, 3, 31)),
    "QMF": Organisation("QMF", Kind.ICB),
}

DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 20))


@st.composite
def spans(draw: st.DrawFn) -> Support:
    starts = draw(DAYS)
    ends = draw(st.none() | DAYS.filter(lambda day: day >= starts))
    return Support(draw(st.sampled_from(["ZZ001", "ZZ002"])), starts, ends)


def days_of(support: Support) -> set[tuple[str, date]]:
    """Return the days of a support, one by one, with its trust."""
    all_days = (date(2026, 1, 1) + timedelta(days=number) for number in range(30))
    last = support.ends or date.max
    return {(support.ods_code, day) for day in all_days if support.starts <= day <= last}


# A support


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2019, 3, 31), False),
        (date(2019, 4, 1), True),
        (date(2021, 3, 31), True),
        (date(2021, 4, 1), False),
    ],
)
def test_a_support_holds_from_its_first_day_to_its_last(day: date, *, holds: bool) -> None:
    assert FIRST.holds_on(day) is holds


def test_a_support_without_a_last_day_goes_on() -> None:
    assert SECOND.holds_on(date(2199, 12, 31))


@given(spans(), spans())
def test_supports_meet_when_they_share_a_trust_and_a_day(one: Support, other: Support) -> None:
    expected = bool(days_of(one) & days_of(other))

    assert one.meets(other) is expected
    assert other.meets(one) is expected


# An expert


def test_supports_are_kept_in_the_order_of_their_first_days() -> None:
    twin = replace(FIRST, ods_code="ZZ000")

    expert = Expert(PERSON, "2018", (SECOND, FIRST, twin))

    assert expert.supports == (twin, FIRST, SECOND)
    assert expert == Expert(PERSON, "2018", (FIRST, twin, SECOND))


def test_a_trust_knows_who_supports_it_and_how_and_nothing_else() -> None:
    own = replace(REVISION, expert=Expert(PERSON, "2018", (FIRST,)))

    assert REVISION.seen_from({"ZZ001"}, TODAY) == own


def test_a_trust_that_was_supported_knows_it_for_ever() -> None:
    later = date(2099, 1, 1)

    seen = REVISION.seen_from({"ZZ001"}, later)

    assert seen is not None
    assert seen.expert.supports == (FIRST, PLANNED)


@pytest.mark.parametrize(
    ("revision", "codes"),
    [
        pytest.param(REVISION, {"ZZ009"}, id="another trust"),
        pytest.param(REVISION, set(), id="no trust"),
        pytest.param(
            replace(REVISION, expert=Expert(PERSON, "2018", (PLANNED,))),
            {"ZZ001"},
            id="not begun",
        ),
        pytest.param(
            replace(REVISION, expert=Expert(None, "2018", (FIRST,)), erased_at=AT),
            {"ZZ001"},
            id="erased",
        ),
    ],
)
def test_a_trust_knows_nothing_of_others(revision: ExpertRevision, codes: set[str]) -> None:
    assert revision.seen_from(codes, TODAY) is None


# Faults


def test_supports_that_do_not_overlap_have_no_faults() -> None:
    next_day = replace(FIRST, starts=date(2021, 4, 1), ends=None)

    assert list(find_support_faults([FIRST, SECOND, next_day])) == []


def test_a_support_ends_no_earlier_than_it_starts() -> None:
    day = date(2020, 4, 1)
    one_day = Support("ZZ001", day, day)
    backwards = Support("ZZ001", day, day - timedelta(days=1))

    assert list(find_support_faults([one_day, backwards])) == [
        Fault(
            "/supports/1/ends",
            "ends_before_start",
            "It ends on 2020-03-31, before it starts on 2020-04-01.",
        )
    ]


def test_a_trust_does_not_stand_twice_at_overlapping_times() -> None:
    again = Support("ZZ001", date(2021, 3, 31))

    assert list(find_support_faults([FIRST, None, SECOND, again])) == [
        Fault(
            "/supports/3",
            "overlapping_support",
            "ZZ001 is supported at an overlapping time at /supports/0 too; end one before the"
            " other starts.",
        )
    ]


@given(st.lists(spans(), max_size=6))
def test_supports_overlap_when_a_day_of_a_trust_is_counted_twice(supports: list[Support]) -> None:
    days = [day for one in supports for day in days_of(one)]

    found = list(find_support_faults(supports))

    assert bool(found) == (len(days) > len(set(days)))
    assert {fault.code for fault in found} <= {"overlapping_support"}


def test_supports_of_trusts_open_on_their_first_day_have_no_faults() -> None:
    supports = [
        FIRST,
        Support("ZZ002", date(2021, 4, 1)),
        Support("ZZ003", date(2024, 3, 31)),
    ]

    assert list(find_trust_faults(supports, REGISTER)) == []


def test_supports_are_of_trusts_of_the_register_open_on_their_first_day() -> None:
    supports = [
        Support("ZZ009", date(2019, 4, 1)),
        Support("QMF", date(2019, 4, 1)),
        Support("ZZ002", date(2021, 3, 31)),
        Support("ZZ003", date(2024, 4, 1)),
    ]

    assert list(find_trust_faults(supports, REGISTER)) == [
        Fault("/supports/0/ods_code", "unknown_code", "No organisation has the ODS code ZZ009."),
        Fault("/supports/1/ods_code", "wrong_kind", "QMF is a icb; experts support trusts."),
        Fault(
            "/supports/2/starts",
            "trust_not_open",
            "ZZ002 was not open on 2021-03-31; start on a day when it was.",
        ),
        Fault(
            "/supports/3/starts",
            "trust_not_open",
            "ZZ003 was not open on 2024-04-01; start on a day when it was.",
        ),
    ]
