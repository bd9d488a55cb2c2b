"""National BME shares at every census, from those that are published."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from app.demonstration.mixes import Part
from app.demonstration.values import CENSUS_YEARS, PublishedShares
from app.domain.arithmetic import straight_line

CONSULTANTS = {2016: Decimal("0.335"), 2025: Decimal("0.390")}
"""Of consultants, near the published shares of those of known ethnicity."""

BAND_5 = {2016: Decimal("0.240"), 2024: Decimal("0.423"), 2025: Decimal("0.438")}
"""Of band 5; the published figure is that of 2024."""

Steering = dict[Part | None, Fraction]
"""National share by part at one census; that of `None` is of the whole workforce."""


def steer(published: PublishedShares) -> dict[int, Steering]:
    """Return the national shares that every census is to come to.

    The part `LEADERS` stands for AfC 8a to VSM together, as it is published.
    """
    series = {
        None: complete(published.workforce),
        Part.VSM: complete(published.vsm),
        Part.LEADERS: complete(published.leadership),
        Part.CONSULTANTS: complete(CONSULTANTS),
        Part.BAND_5: complete(BAND_5),
        Part.BOARD: complete(published.board),
    }
    return {year: {part: path[year] for part, path in series.items()} for year in CENSUS_YEARS}


def complete(published: Mapping[int, Decimal]) -> dict[int, Fraction]:
    """Return a series at every census.

    Between published years it runs straight. Before the first and after the last it goes on
    by its mean yearly step for one year, and by half of it beyond, as trends flatten.

    Args:
        published: Share by census year, at least two.
    """
    known = {year: Fraction(share) for year, share in sorted(published.items())}
    first, *_, last = known
    step = (known[last] - known[first]) / (last - first)
    path = {}
    for year in CENSUS_YEARS:
        if year < first:
            path[year] = known[first] - step * _steps(first - year)
        elif year > last:
            path[year] = known[last] + step * _steps(year - last)
        else:
            path[year] = _between(known, year)
    return path


def _steps(years: int) -> Fraction:
    return Fraction(1 + years, 2)


def _between(known: Mapping[int, Fraction], year: int) -> Fraction:
    before = max(each for each in known if each <= year)
    after = min(each for each in known if each >= year)
    return straight_line(known[before], known[after], year - before, max(after - before, 1))
