"""What a board asks first of a measure: how many, on course or not, how many short, which way."""

from dataclasses import dataclass
from typing import Final

from app.charts.bands import SHORT
from app.charts.stories import Point, Story
from app.charts.tables import range_cell
from app.charts.words import (
    HIDDEN,
    census,
    first_upper,
    inside,
    join,
    likelihood,
    lower_first,
    noun,
    outlook_words,
    percent,
    points,
    reference_noun,
    rounded,
    why_no_outlook,
)
from app.domain.codes import Outlook, Position, Reason
from app.domain.progress import Gap, GoalChance, Parity, Progress, TargetFigure
from app.services.charts import Answer

NOT_SENT: Final = "Not sent"
NONE: Final = "None yet"

_COURSES: Final = {
    Position.MET: "Goal reached",
    Position.AHEAD: "Ahead",
    Position.ON_PATH: "On the path",
    Position.BEHIND: "Behind",
}
"""Where a measure stands against its path, in a word or two."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure that is read at a glance, and what it means.

    Attributes:
        question: Which it answers.
    """

    label: str
    question: str
    figure: str
    words: str


def make_tiles(story: Story, answer: Answer) -> tuple[Tile, Tile, Tile, Tile]:
    """Return the four figures that a board page begins with.

    Args:
        story: What is told of the measure.
        answer: The answer that it is told from.
    """
    exact = answer if isinstance(answer, Progress) else None
    return (_count(story), _path(story, exact), _gap(story, exact), _direction(story))


def _count(story: Story) -> Tile:
    point = story.points[-1] if story.points else None
    figure, words = _stands(story, point)
    return Tile("Count", f"How many people {inside(story.scope)} are BME?", figure, words)


def _stands(story: Story, point: Point | None) -> tuple[str, str]:
    if point is None:
        return (
            NOT_SENT,
            f"{Reason.NO_ACTUALS.sentence} Send in the actuals to see where you stand.",
        )
    if point.bme is None or point.total is None:
        return first_upper(HIDDEN), (point.reason or Reason.SUPPRESSED).sentence
    figure = f"{point.bme:,} of {point.total:,}"
    if point.share is None:
        return figure, (point.reason or Reason.NO_PEOPLE).sentence
    said = (
        f"{percent(point.share)} at the census of {census(point.year)} (95% interval"
        f" {range_cell(point.interval)})"
    )
    beside = dict(story.reference).get(point.year)
    if beside is None or story.reference_kind is None:
        return figure, f"{said}."
    other = reference_noun(story.reference_kind, story.scope, None)
    return figure, f"{said}, against {percent(beside)} in {other}."


def _path(story: Story, exact: Progress | None) -> Tile:
    question = "Are we on course for our target?"
    target = exact.current_target or exact.closing_target if exact else None
    if exact is None or target is None or exact.gap is None:
        reason = _why_no_path(story, exact, target)
        if reason is Reason.NOT_PUBLIC:
            told = f"Targets are {lower_first(reason.sentence)}"
            return Tile("Path", question, "Not public", told)
        return Tile("Path", question, NONE, reason.sentence)
    position = exact.gap.position
    figure = _COURSES[position] if position else NONE
    said = join(
        (
            _say_goal(target),
            _say_by_now(exact.gap),
            _say_chance(exact.goal_outlook),
        )
    )
    return Tile("Path", question, figure, said)


def _why_no_path(story: Story, exact: Progress | None, target: TargetFigure | None) -> Reason:
    """Return why a measure is not held against a path."""
    if exact is not None and target is not None and target.milestones:
        return exact.gap_reason or Reason.NO_ACTUALS
    return story.aim_reason or Reason.NO_TARGET


def _say_goal(target: TargetFigure) -> str:
    goal = target.milestones[-1]
    share = "" if goal.share is None else f" ({percent(rounded(goal.share))})"
    return f"The goal is {goal.headcount:,}{share} by {census(goal.year)}."


def _say_by_now(gap: Gap) -> str:
    """Return where the path is by now; nothing where the goal itself is reached."""
    if gap.met:
        return ""
    if gap.to_path is not None and gap.to_path.people > 0:
        return f"The path asked for {gap.to_path.people:,} more by now."
    reason = gap.position or gap.position_reason
    return reason.sentence if reason else ""


def _say_chance(chance: GoalChance | None) -> str:
    if chance is None:
        return ""
    return f"As things are going, the chance of reaching it is {likelihood(chance.probability)}."


def _gap(story: Story, exact: Progress | None) -> Tile:
    question = "How many people short are we?"
    parity = story.parity
    if exact is None:
        return Tile("Gap", question, *_public_gap(story))
    to_goal = exact.gap.to_goal.people if exact.gap else None
    to_match = parity.gap.people if isinstance(parity, Parity) and parity.gap else None
    if to_goal is None and to_match is None:
        reason = exact.parity_reason or exact.gap_reason or Reason.NO_ACTUALS
        return Tile("Gap in people", question, NONE, reason.sentence)
    said, other = [], _other(story)
    if to_goal is not None:
        said.append(f"{_people(to_goal)} to reach the goal.")
    if to_match is not None:
        said.append(f"{_people(to_match)} to match {other}.")
    first = to_goal if to_goal is not None else to_match or 0
    return Tile(
        "Gap in people",
        question,
        f"{max(first, 0):,} {'to the goal' if to_goal is not None else 'to parity'}",
        f"{' '.join(said)} The size of the team is taken as unchanged.",
    )


def _people(short: int) -> str:
    """Return how many more it takes, to begin a sentence with."""
    if short <= 0:
        return "Nobody more is needed"
    return "1 more BME person is needed" if short == 1 else f"{short:,} more are needed"


def _public_gap(story: Story) -> tuple[str, str]:
    """Return the gap as a difference of shares: people short are not public."""
    parity = story.parity
    if parity is None:
        reason = story.parity_reason or Reason.NO_ACTUALS
        return _missing(reason), reason.sentence
    if parity.gap is None or isinstance(parity, Parity):
        return NONE, (parity.gap_reason or Reason.NO_PEOPLE).sentence
    apart = f"{points(abs(rounded(parity.gap)))} points"
    side = "below" if parity.gap > 0 else "above"
    return apart, (
        f"The share in {noun(story.scope)} is {apart} {side} that of {_other(story)}."
        " How many people that is, is not public."
    )


def _missing(reason: Reason) -> str:
    return first_upper(HIDDEN) if reason is Reason.SUPPRESSED else NONE


def _other(story: Story) -> str:
    if story.parity is None:
        return "the workforce"
    return reference_noun(story.parity.reference, story.scope, story.parity.reference_share)


def _direction(story: Story) -> Tile:
    question = "Is the gap closing, and when will it be gone?"
    parity = story.parity
    if parity is None:
        reason = story.parity_reason or Reason.NO_ACTUALS
        return Tile("Direction", question, _missing(reason), why_no_outlook(reason))
    if parity.outlook is Outlook.PROJECTED:
        figure = f"Closing, about {parity.year}"
    else:
        figure = first_upper(SHORT[parity.outlook])
    return Tile("Direction", question, figure, outlook_words(parity, story.scope))
