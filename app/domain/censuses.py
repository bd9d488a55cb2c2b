"""Censuses, and the cycles between them for which targets are set."""

from dataclasses import dataclass
from datetime import date

FIRST_YEAR = 2015
"""The first WRES census."""

LAST_YEAR = 2200
"""No later census is spoken of."""

CYCLE_YEARS = 3
"""Years from the census that a cycle starts from to the one that it ends with."""


@dataclass(frozen=True, slots=True)
class Extension:
    """More time for one trust.

    Attributes:
        due: Last day on which the trust's actuals are in time.
        reason: Why it gets more time.
    """

    ods_code: str
    due: date
    reason: str


@dataclass(frozen=True, slots=True)
class Census:
    """The yearly count of staff on 31 March.

    Attributes:
        year: The census year.
        opens: First day on which actuals are accepted.
        due: Last day on which actuals are in time; None until it is set.
        published: Day on which the national figures came out; None until then.
        extensions: More time for single trusts, each named once.
        revision: How often the national team has set the dates; 0 for those it came with.
    """

    year: int
    opens: date
    due: date | None = None
    published: date | None = None
    extensions: tuple[Extension, ...] = ()
    revision: int = 0

    @property
    def day(self) -> date:
        """The day of the census."""
        return census_day(self.year)

    def due_for(self, ods_code: str) -> date | None:
        """Return the last day on which a trust is in time; None until one is set."""
        extended = {one.ods_code: one.due for one in self.extensions}
        return extended.get(ods_code, self.due)


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
