"""One line for each trust and measure, all read from one analysis.

The numbers are those of the trust's own progress: they come from the same functions, which see
the same series.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.domain.area_units import Unit
from app.domain.areas import CompactRow
from app.domain.codes import Position, Reason
from app.domain.counts import Count
from app.domain.gaps import GoalAhead, Latest, find_goal_ahead, find_standing, goal_outlook
from app.domain.groups import Group
from app.domain.measures import Scope
from app.domain.methods import Thresholds
from app.domain.organisations import Organisation
from app.domain.panels import Question
from app.domain.parity import list_outlooks
from app.domain.perimeter import covers_others
from app.domain.progress import GoalChance, OtherOutlook
from app.domain.target_outlines import Held
from app.domain.targets import Path
from app.domain.trends import Analysis
from app.stats.walk import Forecast, probability_of_count

Targets = Mapping[tuple[str, Scope], Held]
"""What each trust's measures are held against, by trust and measure."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as a line tells it.

    Attributes:
        people: BME people that it asks for at the latest size.
        short: BME people still needed.
        ahead: What its chance is told from, or why it cannot be told.
    """

    year: int
    share: float
    people: int
    short: int
    position: Position | None
    position_reason: Reason | None
    ahead: GoalAhead | Reason


def find_latest(group: Group) -> list[tuple[int, Count] | None]:
    """Return the last census, by index, and its people of each series; None where none is."""
    held = np.isfinite(group.total)
    last = np.where(held, np.arange(held.shape[1]), -1).max(axis=1, initial=-1)
    rows = np.arange(len(last))
    bme, total, unknown = (
        np.nan_to_num(values[rows, last]).astype(np.int64).tolist() if held.size else []
        for values in (group.bme, group.total, group.unknown)
    )
    return [
        None if at < 0 else (at, Count(total[i] - bme[i] - unknown[i], bme[i], unknown[i]))
        for i, at in enumerate(last.tolist())
    ]


def make_rows(
    units: Sequence[Unit],
    scopes: Sequence[Scope],
    questions: Sequence[Question],
    targets: Targets,
    analysis: Analysis,
    *,
    latest: Sequence[tuple[int, Count] | None],
) -> list[CompactRow]:
    """Return a line for each trust and measure, trust by trust.

    Args:
        units: The trusts.
        scopes: The measures.
        questions: What each line answers, trust by trust.
        targets: What they are held against, where they have a target.
        analysis: Of the panel of all lines.
        latest: The last census of each, as `find_latest` has it.
    """
    years = [int(year) for year in analysis.panel.years]
    censuses = analysis.walks.censuses.tolist()
    asked = [(unit, scope) for unit in units for scope in scopes]
    goals: list[Goal | Reason] = []
    for (unit, scope), held, number in zip(asked, latest, censuses, strict=True):
        target = targets.get((unit.code, scope))
        if target is None:
            goals.append(Reason.NO_TARGET)
        elif held is None:
            goals.append(Reason.NO_ACTUALS)
        else:
            last = Latest(years[held[0]], held[1], None, None, int(number))
            goals.append(_find_goal(unit, scope, target, last, analysis.method.thresholds))
    chances = _find_chances(goals, analysis)
    outlooks = list_outlooks(analysis, questions)
    return [
        make_row(
            unit.trust,
            scope,
            None if held is None else (years[held[0]], held[1]),
            goal=goal,
            chance=chance,
            outlook=outlook,
        )
        for (unit, scope), held, goal, chance, outlook in zip(
            asked, latest, goals, chances, outlooks, strict=True
        )
    ]


def make_row(
    organisation: Organisation,
    scope: Scope,
    held: tuple[int, Count] | None,
    *,
    goal: Goal | Reason,
    chance: GoalChance | Reason,
    outlook: OtherOutlook | Reason,
) -> CompactRow:
    """Return the line of one trust, or area, and measure.

    Args:
        organisation: The trust or area.
        scope: The measure.
        held: Year and people of its latest census; None when there is none.
        goal: Where it stands against its goal, or why that cannot be said.
        chance: Of reaching it, likewise.
        outlook: For parity, likewise.
    """
    year, count = held or (None, None)
    total = count.total if count else None
    # What a float makes of the exact share is what it makes of the division.
    share = count.bme / total if count and total else None
    aim = None if isinstance(goal, Reason) else goal
    why = goal if isinstance(goal, Reason) else None
    probable = None if isinstance(chance, Reason) else chance
    parity = None if isinstance(outlook, Reason) else outlook
    nobody = Reason.NO_ACTUALS if count is None else Reason.NO_PEOPLE
    return CompactRow(
        kind=organisation.kind,
        ods_code=organisation.ods_code,
        name=organisation.name,
        measure=scope.measure,
        staff_group=scope.staff_group,
        year=year,
        bme=count.bme if count else None,
        white=count.white if count else None,
        unknown=count.unknown if count else None,
        total=total,
        share=share,
        share_reason=nobody if share is None else None,
        goal_year=aim.year if aim else None,
        goal_share=aim.share if aim else None,
        goal_people=aim.people if aim else None,
        goal_reason=why,
        people_to_goal=aim.short if aim else None,
        people_to_goal_reason=why,
        position=aim.position if aim else None,
        position_reason=aim.position_reason if aim else why,
        probability=probable.probability if probable else None,
        goal_outlook=probable.outlook if probable else None,
        probability_reason=chance if isinstance(chance, Reason) else None,
        outlook=parity.outlook if parity else None,
        outlook_reason=outlook if isinstance(outlook, Reason) else None,
        parity_year=parity.year if parity else None,
    )


def _find_goal(
    unit: Unit, scope: Scope, target: Held, latest: Latest, limits: Thresholds
) -> Goal | Reason:
    """Return where a series stands against its goal, or why that cannot be said."""
    path = target.path
    if path is None:
        return Reason.NO_TARGET_NEEDED
    if _has_changed(unit, scope, target, latest.year):
        return Reason.PERIMETER_CHANGED
    return _measure(target, path, latest, limits)


def _measure(target: Held, path: Path, latest: Latest, limits: Thresholds) -> Goal | Reason:
    standing = find_standing(target, path, latest)
    if standing is None:
        return Reason.NO_PEOPLE
    share, people = standing.goal
    return Goal(
        year=target.cycle.ends,
        share=float(share),
        people=people,
        short=standing.short_of_goal,
        position=standing.position,
        position_reason=standing.no_path,
        ahead=find_goal_ahead(target, path, latest, limits),
    )


def _has_changed(unit: Unit, scope: Scope, target: Held, year: int) -> bool:
    parts = unit.parts(of_board=scope.is_of_board)[year]
    covers = frozenset(code for part in parts for code in part.covers)
    return covers_others(unit.lineage, target, year, covers)


def _find_chances(goals: Sequence[Goal | Reason], analysis: Analysis) -> list[GoalChance | Reason]:
    """Return the chance of each goal, all computed in one step, or why there is none."""
    told = [goal if isinstance(goal, Reason) else goal.ahead for goal in goals]
    ahead = {row: one for row, one in enumerate(told) if isinstance(one, GoalAhead)}
    if not ahead:
        return [one for one in told if isinstance(one, Reason)]
    limits = analysis.method.thresholds
    rows = np.array(list(ahead))
    years = np.array([one.years for one in ahead.values()]) - 1
    whole = analysis.forecast(np.arange(1, limits.horizon + 1))
    at = Forecast(whole.centre[rows, years][:, None], whole.variance[rows, years][:, None])
    people = np.array([[one.people] for one in ahead.values()])
    totals = np.array([[one.total] for one in ahead.values()])
    found = iter(probability_of_count(at, people, totals)[:, 0].tolist())
    return [
        one
        if isinstance(one, Reason)
        else GoalChance(chance := next(found), goal_outlook(chance, limits))
        for one in told
    ]
