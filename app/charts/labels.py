"""Placing labels beside what they name, so that none covers another, nor leaves the picture."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

from app.charts.look import BOLD, LINE, SIZE, Layer, rule, text_width, write_clear

Place = tuple[float, float]
"""Pixels from the left and from the top of a plot."""

_DISTANCES = (9, 20, 34, 50, 70, 95, 125, 160, 200)
_DIRECTIONS = ((1, 0), (1, -1), (1, 1), (0, -1), (0, 1), (-1, -1), (-1, 1), (-1, 0))
_OVERLAP, _OUTSIDE, _HIT = 400.0, 1000.0, 25.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in pixels of the plot."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Return whether two rectangles have more than an edge in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, place: Place, margin: float = 2) -> bool:
        """Return whether a point lies within, or nearly."""
        x, y = place
        return (
            self.left - margin < x < self.right + margin
            and self.top - margin < y < self.bottom + margin
        )

    def lies_within(self, other: "Box") -> bool:
        """Return whether all of it lies in another."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text that name what lies at a place.

    Attributes:
        within: What it may not leave, where that is not the whole frame.
    """

    lines: tuple[str, ...]
    at: Place
    colour: str
    bold: bool = False
    within: Box | None = None

    @property
    def size(self) -> Place:
        """Its width and its height."""
        factor = BOLD if self.bold else 1
        wide = max(text_width(line) for line in self.lines) * factor
        return wide, len(self.lines) * SIZE * LINE


@dataclass(frozen=True, slots=True)
class Placed:
    """A label where it stands."""

    label: Label
    box: Box

    def layers(self) -> list[Layer]:
        """Return what draws it, with a thin line to what it names if that is far."""
        x, y = self.label.at
        layers = []
        nearest = (
            min(max(x, self.box.left), self.box.right),
            min(max(y, self.box.top), self.box.bottom),
        )
        if hypot(nearest[0] - x, nearest[1] - y) > _DISTANCES[2]:
            thin = {"color": self.label.colour, "strokeWidth": 0.75, "opacity": 0.7}
            layers.append(rule(thin, (x, y), nearest))
        is_left_of_it = self.box.right <= x
        align, at = ("right", self.box.right) if is_left_of_it else ("left", self.box.left)
        for number, line in enumerate(self.label.lines):
            middle = self.box.top + (number + 0.5) * SIZE * LINE
            layers += write_clear(
                line, at, middle, bold=self.label.bold, colour=self.label.colour, align=align
            )
        return layers


def place(labels: Iterable[Label], frame: Box, obstacles: Sequence[Place] = ()) -> list[Placed]:
    """Return where labels stand: near what they name, clear of each other and of lines.

    Each in turn takes the best of its places, so the most important comes first.

    Args:
        labels: What is to be placed.
        frame: What none may leave.
        obstacles: Points of lines, which labels keep clear of where they can.
    """
    placed: list[Placed] = []
    for label in labels:
        taken = [one.box for one in placed]
        placed.append(Placed(label, _find_place(label, label.within or frame, taken, obstacles)))
    return placed


def trace(points: Sequence[Place], every: float = 5) -> Iterator[Place]:
    """Yield points along a line, so many pixels apart."""
    for (x, y), (to_x, to_y) in pairwise(points):
        steps = max(1, int(hypot(to_x - x, to_y - y) / every))
        for step in range(steps):
            yield x + (to_x - x) * step / steps, y + (to_y - y) * step / steps
    yield from points[-1:]


def _find_place(label: Label, frame: Box, taken: Sequence[Box], obstacles: Sequence[Place]) -> Box:
    """Return the best place of a label."""
    costs = [
        (_cost(one, taken, frame, obstacles, label), number, one)
        for number, one in enumerate(_candidates(label, frame))
    ]
    return min(costs, key=lambda one: one[:2])[2]


def _candidates(label: Label, frame: Box) -> Iterator[Box]:
    """Yield places around what a label names, the nearest first, moved aside to fit the frame."""
    (x, y), (wide, high) = label.at, label.size
    for distance in _DISTANCES:
        for across, down in _DIRECTIONS:
            left = {1: x + distance, 0: x - wide / 2, -1: x - distance - wide}[across]
            if across == 0:
                left = max(frame.left, min(left, frame.right - wide))
            lift = distance if across == 0 else distance * 0.6
            top = {1: y + lift, 0: y - high / 2, -1: y - lift - high}[down]
            yield Box(left, top, left + wide, top + high)


def _cost(
    box: Box, taken: Sequence[Box], frame: Box, obstacles: Sequence[Place], label: Label
) -> float:
    """Return how bad a place is; the best has the lowest."""
    centre = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    far = hypot(
        max(box.left - label.at[0], label.at[0] - box.right, 0),
        max(box.top - label.at[1], label.at[1] - box.bottom, 0),
    )
    # To the right is read first, and what is as near is not better.
    cost = max(far, _DISTANCES[0]) + 0.02 * hypot(centre[0] - label.at[0], centre[1] - label.at[1])
    cost += _OUTSIDE * (not box.lies_within(frame))
    cost += _OVERLAP * sum(box.overlaps(one) for one in taken)
    return cost + _HIT * sum(box.holds(one) for one in obstacles)
