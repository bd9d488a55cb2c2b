from datetime import date

from app.domain.censuses import Census, Cycle
from app.ingest.censuses import read_censuses, read_cycles


def test_each_census_from_2015_to_2026_opens_on_the_day_after_it() -> None:
    assert read_censuses() == tuple(
        Census(year, opens=date(year, 4, 1), due=None, published=None)
        for year in range(2015, 2027)
    )


def test_there_are_three_cycles_with_one_ambition() -> None:
    source = "A Model Employer (NHS England and NHS Improvement, January 2019)"

    assert read_cycles() == (
        Cycle("2019-2022", 2019, 2022, 2028, source),
        Cycle("2022-2025", 2022, 2025, 2028, source),
        Cycle("2025-2028", 2025, 2028, 2028, source),
    )
