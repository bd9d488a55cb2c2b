from datetime import date

from app.domain.censuses import FIRST_YEAR, Census, Cycle, Extension, census_day


def test_a_census_is_on_31_march() -> None:
    census = Census(2024, opens=date(2024, 4, 1))

    assert census.day == census_day(2024) == date(2024, 3, 31)
    assert (census.due, census.published) == (None, None)


def test_the_first_census_was_in_2015() -> None:
    assert FIRST_YEAR == 2015


def test_a_trust_is_due_with_all_others_unless_it_was_given_more_time() -> None:
    extension = Extension("ZZ902", date(2024, 7, 31), "New payroll")
    census = Census(2024, date(2024, 4, 1), date(2024, 6, 30), extensions=(extension,))

    assert census.due_for("ZZ901") == date(2024, 6, 30)
    assert census.due_for("ZZ902") == date(2024, 7, 31)


def test_nobody_is_due_before_a_date_is_set() -> None:
    assert Census(2024, date(2024, 4, 1)).due_for("ZZ901") is None


def test_a_cycle_has_a_milestone_at_each_census_after_its_baseline() -> None:
    cycle = Cycle("2022-2025", 2022, 2025, 2028, "A Model Employer")

    assert list(cycle.census_years) == [2023, 2024, 2025]
