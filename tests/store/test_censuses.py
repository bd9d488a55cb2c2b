"""Censuses and cycles in the database: added once, never changed."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session

from app.domain.censuses import Census, Cycle
from app.domain.errors import CensusNotFound
from app.store import censuses

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
