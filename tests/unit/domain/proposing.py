"""Teams to whom goals are proposed, and what is proposed to them."""

from dataclasses import replace

from hypothesis import strategies as st

from app.domain.targets import Baseline, Goal, GoalForm, Milestone, Target
from tests.unit.domain.given import target

MAINTAIN = Goal(GoalForm.MAINTAIN)
NOT_NEEDED = Goal(GoalForm.NO_TARGET_NEEDED, reason="At parity.")


def in_people(goal: int) -> Goal:
    """Return a goal in people."""
    return Goal(GoalForm.HEADCOUNT, headcount=goal)


def due(year: int, headcount: int) -> Milestone:
    """Return a milestone in people."""
    return Milestone(year, headcount=headcount)


def at(bme: int, total: int) -> Baseline:
    """Return where BME people of a team start."""
    return Baseline(2022, bme, total, 212, 1000, revision=1, covers=("ZZ001",))


def of(code: str, goal: Goal | str | int, bme: int, total: int, *others: str) -> Target:
    """Return a trust's target, from a baseline that may cover others too."""
    one = target(goal, bme=bme, total=total, covers=(code, *others))
    return replace(one, ods_code=code)


def half_up(numerator: int, denominator: int) -> int:
    """Return a fraction rounded half up, by whole numbers alone."""
    return (2 * numerator + denominator) // (2 * denominator)


@st.composite
def teams(draw: st.DrawFn) -> tuple[int, int]:
    """BME people and people of a team, somebody in it."""
    total = draw(st.integers(1, 2000))
    return draw(st.integers(0, total)), total
