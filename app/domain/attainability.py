"""What a goal takes: the arithmetic of appointments, which is never a quota.

Source:
    docs/methods/1.md, section 2. Everything is computed with fractions, exactly.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from app.domain.codes import AppointmentVerdict
from app.domain.counts import Count
from app.domain.progress import Appointments

POSITIVE_ACTION: Final = (
    "Arithmetic, not a quota: appoint on merit; see guidance on positive action (Equality Act"
    " 2010, sections 158 and 159)."
)
"""What stands wherever a share of appointments is shown."""

USUAL_TURNOVER: Final = Decimal("0.12")
"""Share of staff who leave in a year, unless told otherwise: a convention, always shown."""

NO_GROWTH: Final = Fraction(0)
"""The growth of a team that stays at its size."""


def expected_appointments(
    total: int, years: int, turnover: Fraction, growth: Fraction = NO_GROWTH
) -> Fraction:
    """Return how many of a team are expected to have been appointed after some years.

    Whoever is appointed and leaves again within the years is counted once, with whoever comes
    next: n((1 + g)ʰ − (1 − τ)ʰ).

    Args:
        total: Persons in the team now.
        years: Years ahead.
        turnover: Share of staff who leave in a year, strictly between 0 and 1.
        growth: By what share of itself the team grows in a year, above −turnover.
    """
    return total * ((1 + growth) ** years - (1 - turnover) ** years)


def share_of_appointments_needed(
    goal: Fraction, count: Count, years: int, turnover: Fraction, growth: Fraction = NO_GROWTH
) -> Fraction:
    """Return the share of appointments that would have to go to BME people to reach a goal.

    It is what makes the expected number of BME people exactly that of the goal. Above 1 the
    goal is out of reach of appointments; at or below 0 those who stay are enough.

    Args:
        goal: Share of the team, as large as it is then.
        count: The team now; somebody is in it.
        years: Years to the goal, at least 1.
        turnover: Share of staff who leave in a year, strictly between 0 and 1.
        growth: By what share of itself the team grows in a year, above −turnover.
    """
    people = goal * count.total * (1 + growth) ** years
    staying = (1 - turnover) ** years * count.bme
    return (people - staying) / expected_appointments(count.total, years, turnover, growth)


def find_attainability(
    goal: Fraction, count: Count, years: int, turnover: Fraction, growth: Fraction = NO_GROWTH
) -> Appointments:
    """Return what a goal takes, and whether turnover alone can do it.

    Args:
        goal: Share of the team, as large as it is then.
        count: The team now; somebody is in it.
        years: Years to the goal, at least 1.
        turnover: Share of staff who leave in a year, strictly between 0 and 1.
        growth: By what share of itself the team grows in a year, above −turnover.
    """
    needed = share_of_appointments_needed(goal, count, years, turnover, growth)
    return Appointments(
        turnover=float(turnover),
        expected=float(expected_appointments(count.total, years, turnover, growth)),
        arithmetic_share_needed=float(needed),
        verdict=_judge(needed),
    )


def _judge(needed: Fraction) -> AppointmentVerdict:
    if needed > 1:
        return AppointmentVerdict.NOT_BY_TURNOVER_ALONE
    return (
        AppointmentVerdict.GOAL_ALREADY_COVERED if needed <= 0 else AppointmentVerdict.BY_TURNOVER
    )
