"""Goals that are proposed to a trust: by arithmetic, which it may take over or not.

Source:
    docs/methods/1.md, section 2; the strategy's arithmetic is a convention, as the field
    understands "A Model Employer" (NHS England and NHS Improvement, 2019).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from app.domain.arithmetic import round_half_up, straight_line
from app.domain.censuses import Cycle
from app.domain.targets import (
    Baseline,
    Basis,
    Goal,
    GoalForm,
    Milestone,
    ProposalMethod,
    Rounding,
    Target,
)

_UNITS = 10_000
"""Ten-thousandths, to which shares of goals are stated."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A goal with its path, and what it rests on.

    Attributes:
        goal: What is proposed for the cycle.
        milestones: At the censuses of the cycle before its last; empty for a straight line.
        path: Whole persons by census year, as far as the method looks.
    """

    goal: Goal
    milestones: tuple[Milestone, ...]
    path: Mapping[int, int]
    basis: Basis


def strategy_path(
    bme: int, total: int, reference_share: Fraction, starts: int, horizon: int
) -> dict[int, int]:
    """Return the people that the strategy's arithmetic asks for at each census.

    A straight line from the BME people of the first census to their share of everybody by the
    horizon, rounded half up, never below where it starts.

    Args:
        bme: BME people at the first census.
        total: Everybody in the group then.
        reference_share: BME share of the workforce then.
        starts: Year of the first census.
        horizon: Year by which parity is to be reached, later than the first.
    """
    goal = max(reference_share * total, Fraction(bme))
    return {
        year: round_half_up(straight_line(Fraction(bme), goal, year - starts, horizon - starts))
        for year in range(starts, horizon + 1)
    }


def propose_by_strategy(
    first: Baseline,
    reference_share: Fraction,
    span: tuple[int, int],
    cycle: Cycle,
    baseline: Baseline,
    *,
    is_at_reference: bool,
) -> Proposal:
    """Return the part of the strategy's path that falls into a cycle, as a goal.

    Args:
        first: The group at the strategy's first census.
        reference_share: BME share of the workforce then.
        span: Years of that census and of the horizon; the cycle lies between them.
        cycle: That the goal is for.
        baseline: The group at the first census of the cycle; no goal falls below it, and none
            is more than everybody in it.
        is_at_reference: Whether the group has reached its reference at the cycle's baseline.
    """
    starts, horizon = span
    path = strategy_path(first.bme, first.total, reference_share, starts, horizon)
    inputs = {
        "baseline_year": starts,
        "horizon": horizon,
        "bme": first.bme,
        "total": first.total,
        "reference_share": _text(reference_share),
        "rounding": Rounding.HALF_UP.value,
    }
    basis = Basis(ProposalMethod.STRATEGY, inputs)
    if is_at_reference:
        return Proposal(Goal(GoalForm.MAINTAIN), (), path, basis)
    due = {year: min(max(path[year], baseline.bme), baseline.total) for year in cycle.census_years}
    return Proposal(*_in_people(due, cycle), path, basis)


def propose_by_appointments(
    baseline: Baseline,
    cycle: Cycle,
    turnover: Fraction,
    bme_share: Fraction,
    *,
    is_at_reference: bool,
) -> Proposal:
    """Return the people expected if a share of all appointments goes to BME staff.

    The team keeps its size: each year a part leaves, whoever they are, and is replaced.

    Args:
        baseline: The group at the first census of the cycle.
        cycle: That the goal is for.
        turnover: Share of staff who leave in a year, strictly between 0 and 1.
        bme_share: BME share of appointments, 0 to 1.
        is_at_reference: Whether the group has reached its reference at the baseline.
    """
    inputs = {
        "bme": baseline.bme,
        "total": baseline.total,
        "turnover": _text(turnover),
        "bme_share_of_appointments": _text(bme_share),
        "rounding": Rounding.HALF_UP.value,
    }
    path = {cycle.starts: baseline.bme}
    expected = Fraction(baseline.bme)
    for year in cycle.census_years:
        expected = (1 - turnover) * expected + turnover * bme_share * baseline.total
        path[year] = max(round_half_up(expected), baseline.bme)
    basis = Basis(ProposalMethod.APPOINTMENTS, inputs)
    if is_at_reference:
        return Proposal(Goal(GoalForm.MAINTAIN), (), path, basis)
    return Proposal(*_in_people(path, cycle), path, basis)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the trusts that are one now had set out to reach, each of them counted once.

    Attributes:
        targets: Targets in force that cover different trusts, each with a frozen baseline.
        others: BME people at the first census whom none of them covers; they stay as they are.
    """

    targets: tuple[Target, ...]
    others: int

    @property
    def covers(self) -> frozenset[str]:
        """The trusts whose staff the targets' baselines count."""
        return frozenset().union(*(target.covers for target in self.targets))

    def required(self, year: int) -> int:
        """Return the persons due at a census, each target's at its baseline's team size."""
        return self.others + sum(_due(target, year) for target in self.targets)

    def describe(self, cycle: Cycle) -> dict[str, object]:
        """Return what went into the sum, by name."""
        described = [
            {
                "ods_code": target.ods_code,
                "version": target.version.version,
                "headcounts": {str(year): _due(target, year) for year in cycle.census_years},
            }
            for target in self.targets
        ]
        return {"targets": described, "people_without_target": self.others}


def gather_parts(
    targets: Iterable[Target], returns: Iterable[tuple[frozenset[str], int]]
) -> Parts:
    """Return what trusts that are one now had set out to reach, nobody counted twice.

    Where one target covers what others cover too, it counts and they do not.

    Args:
        targets: Those in force of all the trusts, of one measure and cycle.
        returns: Whom each return of the first census covers, and its BME people.
    """
    chosen: list[Target] = []
    covered: set[str] = set()
    for target in sorted(targets, key=lambda one: (-len(one.covers), one.ods_code)):
        if covered.isdisjoint(target.covers):
            chosen.append(target)
            covered.update(target.covers)
    others = 0
    for codes, people in returns:
        if not codes <= covered:
            within = (one.version.baseline for one in chosen if one.covers <= codes)
            others += max(0, people - sum(base.bme for base in within if base))
    return Parts(tuple(sorted(chosen, key=lambda one: one.ods_code)), others)


def _due(target: Target, year: int) -> int:
    """Return the persons that a target asks for at a census; without a goal, those it had."""
    path, baseline = target.path, target.version.baseline
    people, total = (baseline.bme, baseline.total) if baseline else (0, 0)
    return path.required(year, max(total, 1))[1] if path else people


def add_baselines(parts: Parts, year: int) -> Baseline:
    """Return where targets start together, as a baseline that is stated.

    Args:
        parts: At least one target that covers everybody who is to be counted.
        year: Census year of the baselines.
    """
    frozen = [base for one in parts.targets if (base := one.version.baseline) is not None]
    named = ", ".join(f"{one.ods_code} (version {one.version.version})" for one in parts.targets)
    return Baseline(
        year=year,
        bme=sum(base.bme for base in frozen),
        total=sum(base.total for base in frozen),
        workforce_bme=sum(base.workforce_bme for base in frozen),
        workforce_total=sum(base.workforce_total for base in frozen),
        covers=tuple(sorted(parts.covers)),
        source=f"Frozen baselines of targets in force: {named}",
    )


def propose_from_parts(parts: Parts, baseline: Baseline, cycle: Cycle) -> Proposal:
    """Return the sum of what the trusts that are one now had set out to reach, in people.

    Args:
        parts: What they had set out to reach.
        baseline: The group at the first census of the cycle, all trusts together.
        cycle: That the goal is for.
    """
    path = {cycle.starts: baseline.bme}
    for year in cycle.census_years:
        path[year] = max(parts.required(year), path[year - 1])
    basis = Basis(ProposalMethod.PREDECESSORS, parts.describe(cycle))
    return Proposal(*_in_people(path, cycle), path, basis)


def propose_rebased(target: Target, baseline: Baseline, *, is_at_reference: bool) -> Proposal:
    """Return a target's own goal, from a baseline that was corrected since.

    A goal or milestone that the corrected baseline has overtaken is raised to it. A share that
    was to be maintained, and turns out to be below its reference, becomes the people it is.

    Args:
        target: The version in force, with a goal and a path.
        baseline: What the actuals of its first census say now.
        is_at_reference: Whether the group has reached its reference there.

    Raises:
        ValueError: Nobody is in the group now, so a share has no path from there.
    """
    terms, cycle = target.version.terms, target.cycle
    goal, milestones = terms.goal, terms.milestones
    if goal.share is not None:
        least = _four_places_up(baseline.share)
        goal = Goal(GoalForm.SHARE, share=max(goal.share, least))
        milestones = tuple(
            Milestone(m.year, share=max(m.share, least)) for m in milestones if m.share is not None
        )
    elif goal.headcount is not None:
        goal = Goal(GoalForm.HEADCOUNT, headcount=max(goal.headcount, baseline.bme))
        milestones = tuple(
            Milestone(m.year, headcount=max(m.headcount, baseline.bme))
            for m in milestones
            if m.headcount is not None
        )
    elif not is_at_reference:
        goal = Goal(GoalForm.HEADCOUNT, headcount=baseline.bme)
    old = target.version.baseline
    inputs = {
        "version": target.version.version,
        "baseline_before": None if old is None else {"bme": old.bme, "total": old.total},
        "baseline_now": {"bme": baseline.bme, "total": baseline.total},
    }
    basis = Basis(ProposalMethod.REBASED, inputs)
    return Proposal(goal, milestones, _people(goal, milestones, target, baseline, cycle), basis)


def _people(
    goal: Goal,
    milestones: tuple[Milestone, ...],
    target: Target,
    baseline: Baseline,
    cycle: Cycle,
) -> dict[int, int]:
    """Return the persons that a goal asks for at each census of its cycle."""
    rebased = target.with_goal(goal, milestones).with_baseline(baseline)
    path, total = rebased.path, max(baseline.total, 1)
    if path is None:
        return {}
    return {year: path.required(year, total)[1] for year in (cycle.starts, *cycle.census_years)}


def _in_people(due: Mapping[int, int], cycle: Cycle) -> tuple[Goal, tuple[Milestone, ...]]:
    """Return a headcount goal with its milestones."""
    return (
        Goal(GoalForm.HEADCOUNT, headcount=due[cycle.ends]),
        tuple(Milestone(y, headcount=due[y]) for y in cycle.census_years if y < cycle.ends),
    )


def _four_places_up(share: Fraction | None) -> Decimal:
    """Return the least share of four places that is not below one."""
    if share is None:
        raise ValueError("a share has no path from a baseline without people")
    return Decimal(ceil(share * _UNITS)).scaleb(-4)


def _text(value: Fraction) -> str:
    """Return a share as the exact fraction that was used, or as a decimal where it is one."""
    decimal = Decimal(value.numerator) / value.denominator
    return str(decimal) if Fraction(decimal) == value else f"{value.numerator}/{value.denominator}"
