"""Censuses, and the cycles between them for which targets are set."""

from dataclasses import dataclass
from datetime import date

FIRST_YEAR = 2015
"""The first WRES census."""


@dataclass(frozen=True, slots=True)
class Census:
    """The yearly count of staff on 31 March.

    Attributes:
        year: The census year.
        opens: First day on which actuals are accepted.
        due: Last day on which actuals are in time; None until it is set.
        published: Day on which the national figures came out; None until then.
    """

    year: int
    opens: date
    due: date | None = None
    published: date | None = None

    @property
    def day(self) -> date:
        """The day of the census."""
        return census_day(self.year)


def census_day(year: int) -> date:
    """Return the day of the census of a year: 31 March."""
    return date(year, 3, 31)


@dataclass(frozen=True, slots=True)
class Cycle:
    """Three years between two censuses, with the ambition that they serve.

    Attributes:
        code: Its name, such as `2022-2025`.
        starts: Census year of the baseline.
        ends: Census year of the goal.
        ambition_year: Year by which leadership is to be as diverse as the workforce.
        ambition_source: Where that is said.
    """

    code: str
    starts: int
    ends: int
    ambition_year: int
    ambition_source: str

    @property
    def census_years(self) -> range:
        """The censuses at which milestones stand: each after the baseline, to the goal."""
        return range(self.starts + 1, self.ends + 1)
