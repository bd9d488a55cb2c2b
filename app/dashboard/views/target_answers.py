"""What a target means, as pages tell it: its course, its milestones, and what it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.charts.kinds import ChartKind
from app.charts.pictures import Picture, draw
from app.charts.stories import tell_stories
from app.charts.words import census, percent, rounded
from app.dashboard.views.measures import say_appointments
from app.dashboard.views.target_words import in_percent, say_goal
from app.dashboard.views.warned import Warned
from app.dashboard.views.words import NOTHING
from app.domain.attainability import POSITIVE_ACTION
from app.domain.codes import Reason
from app.domain.target_needs import Attainability
from app.domain.targets import GoalForm, Target
from app.services.charts import Shown
from app.services.definitions import page_of
from app.services.target_views import ShownTarget

MILESTONES: Final = ("Census", "BME share", "BME people", "Above the baseline")
"""What is told of each milestone."""

UNTOLD: Final = "Enter a goal to see what it means."
"""What stands where there is no goal yet."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a target means.

    Attributes:
        summary: In a sentence or two, which are read aloud when they change.
        faults: What is wrong with it, where it cannot be shown.
        picture: Its course; None where that is not shown.
        milestones: A row a census.
        effort: What it takes, in sentences.
        warnings: What to be careful about; no refusal.
    """

    summary: str = UNTOLD
    faults: Sequence[str] = ()
    picture: Picture | None = None
    milestones: Sequence[Sequence[str]] = ()
    effort: Sequence[str] = ()
    warnings: Sequence[Warned] = ()


def tell_answer(shown: ShownTarget, course: Shown | None) -> Answer:
    """Return what a target means.

    Args:
        shown: The target.
        course: What is held of its measure; None where the reader may not see it.
    """
    return Answer(
        summary=_summarise(shown),
        picture=draw(ChartKind.TRAJECTORY, tell_stories(course)) if course else None,
        milestones=_tell_milestones(shown.target),
        effort=_say_effort(shown.attainability),
        warnings=[
            Warned(in_percent(one.detail), page_of("codes", "warning", one.code))
            for one in shown.warnings
        ],
    )


def _summarise(shown: ShownTarget) -> str:
    """Return the goal, and how many people it takes."""
    target, needed = shown.target, shown.attainability
    goal, ends = target.version.terms.goal, census(target.cycle.ends)
    if goal.form is GoalForm.NO_TARGET_NEEDED:
        return "No target is needed, so there is no goal to reach."
    told = f"The goal is to keep the share of the baseline until {ends}."
    if goal.form is not GoalForm.MAINTAIN:
        told = f"The goal is {say_goal(goal)} by {ends}."
    if isinstance(needed, Reason):
        return told
    people = needed.people_needed
    if not people:
        return f"{told} It was reached at the census of {census(needed.census)}."
    return (
        f"{told} That is {people:,} more than at the census of {census(needed.census)}, the size"
        " of the team unchanged."
    )


def _tell_milestones(target: Target) -> list[tuple[str, ...]]:
    path, baseline = target.path, target.version.baseline
    if path is None or baseline is None:
        return []
    rows: list[tuple[str, ...]] = []
    for year in target.cycle.census_years:
        share, people = path.required(year, max(baseline.total, 1))
        told = percent(rounded(float(share))) if baseline.total else NOTHING
        rows.append((census(year), told, f"{people:,}", f"{people - baseline.bme:,}"))
    return rows


def _say_effort(needed: Attainability | Reason) -> Sequence[str]:
    if isinstance(needed, Reason):
        return () if needed is Reason.NO_TARGET_NEEDED else (needed.sentence,)
    return (*say_appointments(needed.appointments), POSITIVE_ACTION)
