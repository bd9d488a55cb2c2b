"""The censuses that have been held, and the cycles for which targets are set."""

from datetime import date

from app.domain.censuses import FIRST_YEAR, Census, Cycle

LAST_YEAR = 2026
"""The newest census in the shipped reference data."""

AMBITION_YEAR = 2028
"""The year by which leadership is to be as diverse as the workforce."""

AMBITION_SOURCE = "A Model Employer (NHS England and NHS Improvement, January 2019)"
"""Where the ambition is stated."""

CYCLES = ((2019, 2022), (2022, 2025), (2025, 2028))
"""Census years of baseline and goal of each cycle."""


def read_censuses() -> tuple[Census, ...]:
    """Return every census; each opens on the day after it was held."""
    return tuple(Census(year, date(year, 4, 1)) for year in range(FIRST_YEAR, LAST_YEAR + 1))


def read_cycles() -> tuple[Cycle, ...]:
    """Return every cycle, oldest first."""
    return tuple(
        Cycle(f"{starts}-{ends}", starts, ends, AMBITION_YEAR, AMBITION_SOURCE)
        for starts, ends in CYCLES
    )
