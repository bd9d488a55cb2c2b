"""Targets that the invented trusts set themselves."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from app.demonstration.chance import Chance
from app.demonstration.values import CYCLES, Return
from app.domain.actuals import sum_pairs
from app.domain.arithmetic import round_half_up
from app.domain.counts import Count
from app.domain.measures import Measure, Scope
from app.domain.targets import Goal, GoalForm

_AMBITION = 2028
"""Year by which leadership is to be as diverse as the workforce."""

_CYCLE_LENGTH = 3

_SMALL_TEAM = 50
"""People below which a goal is stated in persons."""

_TINY_TEAM = 10

_OFTEN = {
    Measure.LEADERSHIP: 1.0,
    Measure.SENIOR_LEADERSHIP: 0.5,
    Measure.BAND_8A: 0.45,
    Measure.BAND_8B: 0.2,
    Measure.BAND_8C: 0.15,
    Measure.VSM: 0.4,
    Measure.BOARD: 0.35,
}
"""Measures, and how many of the trusts set a goal for each."""

_IN_PERSONS = 0.15
"""Share of larger teams whose goal is stated in persons all the same."""

_FOURTH_PLACE = Decimal("0.0001")


def set_goals(
    returns: dict[str, dict[int, Return]], chance: Chance
) -> dict[tuple[str, str, Measure], Goal]:
    """Return goals by code, cycle and measure, for every trust that has sent the baseline.

    Leadership has one everywhere, other measures here and there.
    """
    goals = {}
    for code, years in returns.items():
        for cycle, year in CYCLES.items():
            part, chosen = _part_of_way(year, chance), _choose(chance)
            if year not in years:
                continue
            for measure, style in chosen.items():
                if goal := _set_goal(years[year], measure, part, style):
                    goals[code, cycle, measure] = goal
    return goals


def _choose(chance: Chance) -> dict[Measure, float]:
    """Return the measures that a trust sets a goal for, each with a draw for its form."""
    draws = chance.uniform(len(_OFTEN), 2).tolist()
    return {
        measure: style
        for (measure, often), (drawn, style) in zip(_OFTEN.items(), draws, strict=True)
        if drawn < often
    }


def _part_of_way(year: int, chance: Chance) -> Fraction:
    """Return the part of the way to parity that a trust wants to go in a cycle."""
    ambition = float(chance.uniform(1)[0])
    straight = Fraction(_CYCLE_LENGTH, _AMBITION - year)
    return min(straight * Fraction(int(80 + 40 * ambition), 100), Fraction(1))


def _set_goal(sent: Return, measure: Measure, part: Fraction, style: float) -> Goal | None:
    """Return a goal of a trust, or None where there is nobody."""
    group = _count(sent, measure)
    share, parity = group.share, Count.sum(sent.headcounts.values()).share
    if share is None or parity is None:
        return None
    if share >= parity:
        if group.total < _TINY_TEAM:
            reason = "The team is small and already as diverse as the workforce."
            return Goal(GoalForm.NO_TARGET_NEEDED, reason=reason)
        return Goal(GoalForm.MAINTAIN)
    goal = share + (parity - share) * part
    if group.total < _SMALL_TEAM or style < _IN_PERSONS:
        return Goal(
            GoalForm.HEADCOUNT, headcount=max(group.bme, round_half_up(goal * group.total))
        )
    return Goal(GoalForm.SHARE, share=_four_places(goal, share))


def _count(sent: Return, measure: Measure) -> Count:
    if measure is Measure.BOARD:
        return Count.sum(sent.board.values())
    return sum_pairs(sent.headcounts, Scope(measure).pairs())


def _four_places(goal: Fraction, baseline: Fraction) -> Decimal:
    """Return a goal to four places: rounded down, but never below the baseline."""
    lower = (Decimal(goal.numerator) / goal.denominator).quantize(_FOURTH_PLACE, ROUND_FLOOR)
    if Fraction(lower) >= baseline:
        return lower
    return (Decimal(baseline.numerator) / baseline.denominator).quantize(
        _FOURTH_PLACE, ROUND_CEILING
    )
