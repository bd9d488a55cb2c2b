"""Censuses and cycles in the database: added once, their dates set by revisions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert
from sqlmodel import Session

from app.domain.callers import COMMAND_LINE
from app.domain.censuses import Census, Cycle, Extension
from app.domain.errors import CensusNotFound
from app.domain.organisations import Kind, Organisation
from app.domain.records import Author, Record
from app.services.register import add_organisations
from app.store import censuses
from app.store.rows import ActualsRevisionRow, BoardRevisionRow, CensusRevisionRow

FIRST = Census(2023, date(2023, 4, 1), date(2023, 5, 31), date(2024, 3, 18))
SECOND = Census(2024, date(2024, 4, 1))

EARLY = Cycle("2019-2022", 2019, 2022, 2028, "A Model Employer")
LATE = Cycle("2022-2025", 2022, 2025, 2028, "Another plan")


def test_censuses_come_back_oldest_first(session: Session) -> None:
    assert censuses.add_missing(session, [SECOND, FIRST]) == 2

    assert censuses.list_all(session) == [FIRST, SECOND]
    assert [censuses.find(session, year) for year in (2023, 2024)] == [FIRST, SECOND]
    assert censuses.get(session, 2023) == FIRST


def test_a_census_that_is_held_is_not_changed(session: Session) -> None:
    censuses.add_missing(session, [FIRST])

    assert censuses.add_missing(session, [replace(FIRST, published=None), SECOND]) == 1
    assert censuses.add_missing(session, [FIRST, SECOND]) == 0
    assert censuses.list_all(session) == [FIRST, SECOND]


def test_a_census_that_is_not_there_is_not_found(session: Session) -> None:
    censuses.add_missing(session, [FIRST])

    assert censuses.find(session, 2024) is None
    with pytest.raises(CensusNotFound) as caught:
        censuses.get(session, 2024)

    assert caught.value.facts == {"year": 2024}


NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

HOUR = timedelta(hours=1)

EXTENSIONS = tuple(
    Extension(code, date(2024, 8, day), f"The reason of {code}")
    for day, code in enumerate(("ZZ901", "ZZ902", "ZZA"), 1)
)

SET_ONCE = Census(2024, date(2024, 4, 2), date(2024, 7, 31), None, EXTENSIONS, 1)

SET_TWICE = Census(
    2024, date(2024, 4, 2), date(2024, 8, 31), date(2025, 3, 18), EXTENSIONS[1:2], 2
)


def record(at: datetime = NOON) -> Record:
    return Record(at, Author("national team", "national"))


@pytest.fixture
def trusts(session: Session) -> None:
    """The trusts that are given more time."""
    new = [Organisation(one.ods_code, Kind.TRUST) for one in EXTENSIONS]
    add_organisations(session, new, by=COMMAND_LINE, now=NOON)


@pytest.mark.usefixtures("trusts")
def test_the_dates_of_the_newest_revision_hold(session: Session) -> None:
    censuses.add_missing(session, [FIRST, SECOND])

    censuses.add_revision(session, SET_ONCE, record())
    once = censuses.list_all(session)
    censuses.add_revision(session, SET_TWICE, record(NOON + HOUR))

    assert once == [FIRST, SET_ONCE]
    assert censuses.list_all(session) == [FIRST, SET_TWICE]
    assert censuses.get(session, 2024) == SET_TWICE


@pytest.mark.usefixtures("trusts")
@pytest.mark.parametrize(
    ("hours", "census", "revised"),
    [(-1, SECOND, None), (0, SET_ONCE, 0), (1, SET_ONCE, 0), (2, SET_TWICE, 2), (3, SET_TWICE, 2)],
)
def test_the_dates_are_those_that_were_known_at_an_instant(
    *, session: Session, hours: int, census: Census, revised: int | None
) -> None:
    censuses.add_missing(session, [SECOND])
    censuses.add_revision(session, SET_ONCE, record())
    censuses.add_revision(session, SET_TWICE, record(NOON + 2 * HOUR))
    instant = NOON + hours * HOUR

    assert censuses.find(session, 2024, as_of=instant) == census
    assert censuses.list_all(session, as_of=instant) == [census]
    assert censuses.find_revised_at(session, 2024, as_of=instant) == (
        None if revised is None else NOON + revised * HOUR
    )


def test_dates_that_were_never_set_were_never_revised(session: Session) -> None:
    censuses.add_missing(session, [FIRST])

    assert censuses.find_revised_at(session, 2023) is None


def test_extensions_come_back_in_the_order_of_codes(session: Session, trusts: None) -> None:
    assert trusts is None
    backwards = replace(SET_ONCE, extensions=EXTENSIONS[::-1])

    censuses.add_revision(session, backwards, record())

    assert censuses.find(session, 2024) == SET_ONCE


def test_a_census_that_was_not_held_is_added_by_its_dates(session: Session) -> None:
    new = Census(2027, date(2027, 4, 1), revision=1)

    censuses.add_revision(session, new, record())

    assert censuses.list_all(session) == [new]
    row = session.get_one(CensusRevisionRow, (2027, 1))
    assert (row.recorded_at, row.recorded_by) == (NOON, "national team")


def test_the_first_figures_of_a_census_are_headcounts_or_a_board(
    session: Session, trusts: None
) -> None:
    assert trusts is None
    censuses.add_missing(session, [FIRST, SECOND])
    late, early = datetime(2024, 5, 2, tzinfo=UTC), datetime(2024, 5, 1, 23, 59, tzinfo=UTC)
    sent = {"year": 2024, "revision": 1, "source": "Staff", "recorded_by": "a test"}

    days = [censuses.find_first_sent(session, 2024)]
    for table, code, at in (
        (ActualsRevisionRow, "ZZ901", late),
        (BoardRevisionRow, "ZZ902", early),
    ):
        session.execute(insert(table).values(sent | {"ods_code": code, "recorded_at": at}))
        days.append(censuses.find_first_sent(session, 2024))

    assert days == [None, date(2024, 5, 2), date(2024, 5, 1)]
    assert censuses.find_first_sent(session, 2023) is None


def test_cycles_come_back_oldest_first(session: Session) -> None:
    assert censuses.add_missing_cycles(session, [LATE, EARLY]) == 2

    assert censuses.list_cycles(session) == [EARLY, LATE]
    assert [censuses.find_cycle(session, one.code) for one in (EARLY, LATE)] == [EARLY, LATE]
    assert censuses.find_cycle(session, "2025-2028") is None


def test_a_cycle_that_is_held_is_not_changed(session: Session) -> None:
    censuses.add_missing_cycles(session, [EARLY])

    assert censuses.add_missing_cycles(session, [replace(EARLY, ambition_year=2030), LATE]) == 1
    assert censuses.add_missing_cycles(session, [EARLY, LATE]) == 0
    assert censuses.list_cycles(session) == [EARLY, LATE]


def test_nothing_is_held_at_first(session: Session) -> None:
    assert censuses.list_all(session) == []
    assert censuses.list_cycles(session) == []
