"""Where a measure stands against its targets: path, goal, chances and appointments.

Source:
    docs/methods/1.md, sections 2 to 4. People are computed with fractions, exactly.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Protocol, TypeVar

from app.domain.arithmetic import people_needed
from app.domain.attainability import find_attainability
from app.domain.censuses import Cycle
from app.domain.codes import GoalOutlook, Position, Reason
from app.domain.counts import Count
from app.domain.methods import Thresholds
from app.domain.progress import (
    Appointments,
    BaselineFigure,
    Gap,
    GoalChance,
    Interval,
    MilestoneFigure,
    SharePeople,
    TargetFigure,
    Verdict,
)
from app.domain.target_outlines import Held
from app.domain.targets import Path, Target
from app.stats.walk import Forecast, probability_of_count


@dataclass(frozen=True, slots=True)
class Latest:
    """The measure at its last census.

    Attributes:
        interval: Wilson 95 % interval of the share; None when there is nobody.
        slope: Least-squares slope of the shares a year; None with fewer than two censuses.
        censuses: Number of censuses with people.
    """

    year: int
    count: Count
    interval: Interval | None
    slope: float | None
    censuses: int


class OfCycle(Protocol):
    """What is for a cycle, such as a target."""

    @property
    def cycle(self) -> Cycle:
        """The three years that it is for."""


Of = TypeVar("Of", bound=OfCycle)


def choose_targets(targets: Iterable[Of], last_year: int | None) -> tuple[Of | None, Of | None]:
    """Return the closing and the current target at the last census.

    The current one is of the cycle that holds the last census and does not end there, else
    the latest; the closing one's cycle ends at the last census.

    Args:
        targets: Those in force, of one measure.
        last_year: Year of the last census; None when there is none.
    """
    in_order = sorted(targets, key=lambda target: target.cycle.starts)
    closing = next((t for t in in_order if t.cycle.ends == last_year), None)
    if last_year is not None:
        for target in in_order:
            if target.cycle.starts <= last_year < target.cycle.ends:
                return closing, target
    latest = in_order[-1] if in_order else None
    return closing, None if latest is closing else latest


def show_target(target: Target, latest: Latest | None) -> TargetFigure:
    """Return a target as progress shows it, its people at the latest team size."""
    version = target.version
    baseline = version.baseline
    if baseline is None:
        raise ValueError(f"target {target.id} is in force without a baseline")
    path, total = target.path, latest.count.total if latest else 0
    return TargetFigure(
        id=target.id,
        version=version.version,
        state=version.state,
        cycle=target.cycle.code,
        form=version.terms.goal.form,
        baseline=BaselineFigure(
            baseline.year,
            baseline.bme,
            baseline.total,
            _float(baseline.share),
            None if baseline.total else Reason.NO_PEOPLE,
        ),
        milestones=_milestones(path, target, total or baseline.total) if path else (),
    )


def close_target(target: Target, latest: Latest, *, has_perimeter_changed: bool) -> TargetFigure:
    """Return a target whose cycle ends at the latest census, with its verdict."""
    verdict = _verdict(target, latest, has_perimeter_changed=has_perimeter_changed)
    return replace(
        show_target(target, latest),
        verdict=None if isinstance(verdict, Reason) else verdict,
        verdict_reason=verdict if isinstance(verdict, Reason) else None,
    )


def _milestones(path: Path, target: Target, total: int) -> tuple[MilestoneFigure, ...]:
    """Return what is due at each census of the cycle."""
    figures = []
    for year in target.cycle.census_years:
        share, people = path.required(year, max(total, 1))
        figures.append(
            MilestoneFigure(year, float(share), None, people)
            if total
            else MilestoneFigure(year, None, Reason.NO_PEOPLE, people)
        )
    return tuple(figures)


def _verdict(target: Target, latest: Latest, *, has_perimeter_changed: bool) -> Verdict | Reason:
    """Return how a target ended at the latest census, or why it cannot be said."""
    path, count = target.path, latest.count
    if path is None:
        return Reason.NO_TARGET_NEEDED
    if has_perimeter_changed:
        return Reason.PERIMETER_CHANGED
    if count.share is None:
        return Reason.NO_PEOPLE
    share, people = path.required(target.cycle.ends, count.total)
    short = people_needed(people, count.bme)
    return Verdict(count.bme >= people, SharePeople(float(share - count.share), short))


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest census against path and goal, exactly.

    Attributes:
        goal: Share and BME persons that the goal asks for.
        due: Likewise the path at the census; None where the census is before the cycle.
        short_of_goal: BME persons still needed for the goal.
        position: None where there is no path.
    """

    goal: tuple[Fraction, int]
    due: tuple[Fraction, int] | None
    short_of_goal: int
    position: Position | None

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        return not self.short_of_goal

    @property
    def no_path(self) -> Reason | None:
        """Why there is no path at the census."""
        return Reason.NOT_IN_TARGET_CYCLE if self.due is None else None


def find_standing(target: Held, path: Path, latest: Latest) -> Standing | None:
    """Return where the latest census stands on path and goal; None when there is nobody."""
    count, cycle = latest.count, target.cycle
    if not count.total:
        return None
    goal = path.required(cycle.ends, count.total)
    short = people_needed(goal[1], count.bme)
    if latest.year < cycle.starts:
        return Standing(goal, None, short, None)
    due = path.required(latest.year, count.total)
    return Standing(goal, due, short, _position(count.bme, due[1], met=not short))


def find_gap(target: Target, path: Path, latest: Latest) -> Gap | None:
    """Return the gap of the latest census to path and goal; None when there is nobody."""
    standing = find_standing(target, path, latest)
    share, bme, ends = latest.count.share, latest.count.bme, target.cycle.ends
    if standing is None or share is None:
        return None
    to_goal, no_path, has_ended = standing.goal[0] - share, standing.no_path, latest.year >= ends
    to_path = beyond = None
    if standing.due is not None:
        due, people = standing.due
        to_path = SharePeople(float(due - share), people_needed(people, bme))
        beyond = _is_beyond(latest.interval, float(due))
    return Gap(
        year=latest.year,
        to_path=to_path,
        to_path_reason=no_path,
        to_goal=SharePeople(float(to_goal), standing.short_of_goal),
        position=standing.position,
        position_reason=no_path,
        beyond_chance=beyond,
        beyond_chance_reason=no_path,
        met=standing.is_met,
        share_a_year_needed=None if has_ended else float(to_goal / (ends - latest.year)),
        share_a_year_needed_reason=Reason.GOAL_CENSUS_PASSED if has_ended else None,
        share_a_year_observed=latest.slope,
        share_a_year_observed_reason=Reason.TOO_FEW_YEARS if latest.slope is None else None,
    )


def _position(bme: int, required: int, *, met: bool) -> Position:
    if met:
        return Position.MET
    if bme == required:
        return Position.ON_PATH
    return Position.AHEAD if bme > required else Position.BEHIND


def _is_beyond(interval: Interval | None, share: float) -> bool:
    return interval is not None and not interval.lower <= share <= interval.upper


@dataclass(frozen=True, slots=True)
class GoalAhead:
    """A goal whose probability can be told.

    Attributes:
        years: From the last census to the goal's, at least 1.
        people: BME persons that reach it.
        total: Persons in the team at the last census.
    """

    years: int
    people: int
    total: int


def find_goal_ahead(
    target: Held, path: Path, latest: Latest, limits: Thresholds
) -> GoalAhead | Reason:
    """Return the goal whose probability can be told, or why it cannot."""
    count, ahead = latest.count, target.cycle.ends - latest.year
    if ahead <= 0:
        return Reason.GOAL_CENSUS_PASSED
    if ahead > limits.horizon:
        return Reason.TOO_FAR_AHEAD
    if not count.total:
        return Reason.NO_PEOPLE
    if latest.censuses < limits.min_censuses:
        return Reason.TOO_FEW_YEARS
    if count.total < limits.min_people:
        return Reason.TOO_SMALL
    people = path.required_people(target.cycle.ends, count.total)
    return GoalAhead(ahead, people, count.total)


def find_goal_chance(
    target: Target, path: Path, latest: Latest, prediction: Forecast, limits: Thresholds
) -> GoalChance | Reason:
    """Return the probability of reaching the goal, or why there is none.

    Args:
        target: The target.
        path: Its path.
        latest: The last census.
        prediction: Of this one series, to the horizon: arrays of shape (1, H).
        limits: From where on there is one, and its word.
    """
    goal = find_goal_ahead(target, path, latest, limits)
    if isinstance(goal, Reason):
        return goal
    at = slice(goal.years - 1, goal.years)
    reached = Forecast(prediction.centre[:, at], prediction.variance[:, at])
    probability = float(probability_of_count(reached, goal.people, goal.total)[0, 0])
    return GoalChance(probability, goal_outlook(probability, limits))


def goal_outlook(probability: float, limits: Thresholds) -> GoalOutlook:
    """Return the word for a probability of reaching a goal."""
    if probability >= limits.likely_from:
        return GoalOutlook.LIKELY
    is_possible = probability >= limits.unlikely_below
    return GoalOutlook.POSSIBLE if is_possible else GoalOutlook.UNLIKELY


def find_appointments(
    target: Target, path: Path, latest: Latest, turnover: Fraction
) -> Appointments | Reason:
    """Return the share of appointments that the goal would take, or why there is none.

    Args:
        target: The target.
        path: Its path.
        latest: The last census.
        turnover: Share of staff who leave in a year, strictly between 0 and 1.
    """
    count, years = latest.count, target.cycle.ends - latest.year
    if years <= 0:
        return Reason.GOAL_CENSUS_PASSED
    if not count.total:
        return Reason.NO_PEOPLE
    goal, _ = path.required(target.cycle.ends, count.total)
    return find_attainability(goal, count, years, turnover)


def _float(share: Fraction | None) -> float | None:
    return None if share is None else float(share)
