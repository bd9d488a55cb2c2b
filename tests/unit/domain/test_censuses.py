from datetime import date

from app.domain.censuses import FIRST_YEAR, Census, Cycle, census_day


def test_a_census_is_on_31_march() -> None:
    census = Census(2024, opens=date(2024, 4, 1))

    assert census.day == census_day(2024) == date(2024, 3, 31)
    assert (census.due, census.published) == (None, None)


def test_the_first_census_was_in_2015() -> None:
    assert FIRST_YEAR == 2015


def test_a_cycle_has_a_milestone_at_each_census_after_its_baseline() -> None:
    cycle = Cycle("2022-2025", 2022, 2025, 2028, "A Model Employer")

    assert list(cycle.census_years) == [2023, 2024, 2025]
