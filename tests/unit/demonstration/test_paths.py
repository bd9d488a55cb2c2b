from decimal import Decimal
from fractions import Fraction

from app.demonstration.paths import complete


def test_a_series_runs_straight_between_what_is_published_and_flattens_outside() -> None:
    published = {2018: Decimal("0.10"), 2020: Decimal("0.14"), 2022: Decimal("0.14")}

    path = complete(published)

    assert {year: share * 1000 for year, share in path.items()} == {
        2016: Fraction(85),
        2017: Fraction(90),
        2018: Fraction(100),
        2019: Fraction(120),
        2020: Fraction(140),
        2021: Fraction(140),
        2022: Fraction(140),
        2023: Fraction(150),
        2024: Fraction(155),
        2025: Fraction(160),
    }


def test_a_year_outside_the_censuses_still_bends_the_series() -> None:
    path = complete({2015: Decimal("0.10"), 2017: Decimal("0.12")})

    assert path[2016] == Fraction(11, 100)
