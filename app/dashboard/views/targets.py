"""The targets of a trust as their page lists them, by cycle."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from app.charts.words import census, people, title_of
from app.dashboard.views.contents import trail_of
from app.dashboard.views.target_words import STATES, say_end, say_goal
from app.dashboard.views.words import NOTHING, list_notices, say_many
from app.domain.codes import Position
from app.domain.organisations import Organisation
from app.domain.progress import Gap, Progress, Verdict
from app.domain.targets import GoalForm, Target
from app.services.definitions import page_of
from app.services.target_views import ShownTarget

HEADINGS: Final = (
    "Group",
    "Goal",
    "BME share",
    "BME people",
    "Where it stands",
    "Version",
    "State",
)
"""What is told of each target."""

NUMBERS: Final = frozenset({2, 3, 5})
"""Columns in which figures stand."""

_ON_PATH: Final[Mapping[Position, str]] = {
    Position.AHEAD: "ahead of the path",
    Position.ON_PATH: "on the path",
    Position.BEHIND: "behind the path",
}


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target in a line.

    Attributes:
        state: What its state is called, and the colour of that.
        cells: What is told of it between its name and its state.
    """

    name: str
    path: str
    state: tuple[str, str]
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class CycleSection:
    """The targets of one cycle."""

    title: str
    anchor: str
    sentence: str
    page: str
    lines: Sequence[TargetLine]


@dataclass(frozen=True, slots=True)
class TargetsPage:
    """The page of a trust's targets.

    Attributes:
        sections: By cycle, newest first.
        sets: Where the reader sets a target; None if it may not.
    """

    title: str
    sentences: Sequence[str]
    trail: Sequence[tuple[str, str]]
    sections: Sequence[CycleSection]
    sets: str | None
    notices: Sequence[str]
    data: str


def list_targets(
    trust: Organisation,
    targets: Iterable[ShownTarget],
    progress: Iterable[Progress],
    *,
    may_set: bool,
) -> TargetsPage:
    """Return the page of a trust's targets.

    Args:
        trust: The trust.
        targets: Oldest cycle first.
        progress: Of their measures, as far as the reader may see it.
        may_set: Whether the reader sets the trust's targets.
    """
    held = list(targets)
    path = f"/trusts/{trust.ods_code}"
    standing = dict(_stand(progress))
    by_cycle = [
        (cycle, list(of_cycle))
        for cycle, of_cycle in groupby(held, key=lambda one: one.target.cycle)
    ]
    return TargetsPage(
        title=f"Targets: {trust.name}",
        sentences=_introduce(held, may_set=may_set),
        trail=trail_of(trust),
        sections=[
            CycleSection(
                f"Cycle {cycle.starts} to {cycle.ends}",
                f"cycle-{cycle.code}",
                f"From the census of {census(cycle.starts)} to that of {census(cycle.ends)}.",
                page_of("cycles", cycle.code),
                [_line(path, one, standing.get(one.target.id, NOTHING)) for one in of_cycle],
            )
            for cycle, of_cycle in reversed(by_cycle)
        ],
        sets=f"{path}/targets/new" if may_set else None,
        notices=list_notices(is_invented=trust.is_synthetic),
        data=f"/v1/trusts/{trust.ods_code}/targets",
    )


def _introduce(held: Sequence[ShownTarget], *, may_set: bool) -> Sequence[str]:
    if held:
        counted = f"The trust has set {say_many(len(held), 'target')}."
        return counted, "A target counts from when it is submitted."
    next_step = (
        "Set the first one: the service shows what a goal means while you choose it."
        if may_set
        else "The trust sets its targets itself, once it has signed in."
    )
    return ("No target has been set yet.", next_step)


def _line(path: str, shown: ShownTarget, stands: str) -> TargetLine:
    target = shown.target
    version, goal = target.version, target.version.terms.goal
    is_without = goal.form is GoalForm.NO_TARGET_NEEDED
    share, number = ("", "") if is_without else say_end(target)
    return TargetLine(
        title_of(target.scope),
        f"{path}/targets/{target.id}",
        STATES[version.state],
        (
            say_goal(goal),
            share or NOTHING,
            number or NOTHING,
            stands if version.is_in_force else NOTHING,
            str(version.version),
        ),
    )


def _stand(progress: Iterable[Progress]) -> Iterable[tuple[str, str]]:
    """Yield where each target stands that a measure is held against, by its identifier."""
    for one in progress:
        closing, current = one.closing_target, one.current_target
        if closing is not None and closing.verdict is not None:
            yield closing.id, _say_verdict(closing.verdict)
        if current is not None and one.gap is not None:
            yield current.id, _say_gap(one.gap, current.milestones[-1].year)


def _say_gap(gap: Gap, ends: int) -> str:
    """Return how far the last census is from a goal, and from its path until that ends."""
    if gap.met:
        return "The goal is reached"
    said = f"{people(gap.to_goal.people)} short of the goal"
    on_path = _ON_PATH.get(gap.position) if gap.position and gap.year < ends else None
    return f"{said}; {on_path}" if on_path else said


def _say_verdict(verdict: Verdict) -> str:
    if verdict.met:
        return "Ended with the goal met"
    return f"Ended {people(verdict.gap.people)} short"


def names_of(target: Target) -> tuple[str, str]:
    """Return what a target is called, and where its page is."""
    title = f"{title_of(target.scope)}, {target.cycle.starts} to {target.cycle.ends}"
    return title, f"/trusts/{target.ods_code}/targets/{target.id}"
