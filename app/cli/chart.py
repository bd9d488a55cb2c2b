"""A chart of lines in plain text, told apart by their marks and labels, not by colour."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor

from app.cli.formats import percent

HEIGHT = 12
"""Rows of the plot."""

AXIS_WIDTH = 7
"""Columns of the labels on the left, with the axis."""

STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""Distances between the labels on the left, as shares."""

MOST_STEPS = 5
"""Distances from the lowest to the highest label at most, where a step of the list will do."""

SLACK = 1e-9
"""Floating-point error forgiven when a share is a whole number of steps."""

YEAR_WIDTH = 5
"""Columns of a year with its space."""

BLANK = 0x2800
"""The braille character without dots; each cell has 2 by 4 of them."""

DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""Bits of the dots of a cell, by column, downwards."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart.

    Attributes:
        label: What it shows.
        mark: The character at each of its points.
        shares: Proportions by year; at least one.
        every: 1 for a line of all its dots, 3 for every third of them.
    """

    label: str
    mark: str
    shares: Mapping[int, float]
    every: int = 1


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where years and shares are on the plot, in cells.

    Attributes:
        first: The first year.
        spacing: Columns from year to year.
        ticks: Shares that have a label on the left, lowest first.
    """

    first: int
    spacing: int
    width: int
    ticks: Sequence[float]

    def column(self, year: float) -> float:
        return (year - self.first) * self.spacing + 1

    def row(self, share: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return (high - share) / (high - low) * (HEIGHT - 1)


def draw(lines: Sequence[Line], *, width: int) -> list[str]:
    """Return the rows of a chart of lines; later lines are drawn over earlier ones.

    Args:
        lines: At least one.
        width: Columns at most, labels included.
    """
    room = max(len(_label(line)) for line in lines) + 1
    frame = _frame(lines, width - AXIS_WIDTH - room)
    cells = _plot(lines, frame)
    left, right = _left_labels(frame), _right_labels(lines, frame)
    rows = [
        f"{left.get(row, ''):>{AXIS_WIDTH - 2}} {'┤' if row in left else '│'}"
        f"{''.join(cells[row])}{right.get(row, '')}".rstrip()
        for row in range(HEIGHT)
    ]
    axis = " " * (AXIS_WIDTH - 1) + "└" + "─" * frame.width
    return [*rows, axis, _years(lines, frame)]


def _frame(lines: Sequence[Line], room: int) -> _Frame:
    years = [year for line in lines for year in line.shares]
    shares = [share for line in lines for share in line.shares.values()]
    gaps = max(max(years) - min(years), 1)
    spacing = max(2, min(8, (room - 3) // gaps))
    return _Frame(min(years), spacing, gaps * spacing + 3, _ticks(min(shares), max(shares)))


def _ticks(least: float, most: float) -> list[float]:
    """Return round shares, evenly apart, that enclose all shares."""
    for step in STEPS:
        low, high = floor(least / step + SLACK), ceil(most / step - SLACK)
        if high - low <= MOST_STEPS:
            break
    return [step * number for number in range(low, max(high, low + 1) + 1)]


def _plot(lines: Sequence[Line], frame: _Frame) -> list[list[str]]:
    bits = [[0] * frame.width for _ in range(HEIGHT)]
    for line in lines:
        for x, y in _dots(line, frame):
            bits[y // 4][x // 2] |= DOTS[x % 2][y % 4]
    cells = [[chr(BLANK + bit) if bit else " " for bit in row] for row in bits]
    for line in lines:
        for year, share in line.shares.items():
            cells[round(frame.row(share))][round(frame.column(year))] = line.mark
    return cells


def _dots(line: Line, frame: _Frame) -> Iterator[tuple[int, int]]:
    """Yield the dots between a line's points, in dots from the top left."""
    for (start, share), (end, next_share) in pairwise(sorted(line.shares.items())):
        first, last = (round(2 * frame.column(year)) + 1 for year in (start, end))
        for x in range(first, last, line.every):
            between = share + (next_share - share) * (x - first) / (last - first)
            yield x, round(4 * frame.row(between) + 1.5)


def _left_labels(frame: _Frame) -> dict[int, str]:
    return {round(frame.row(share)): f"{100 * share:.0f} %" for share in frame.ticks}


def _right_labels(lines: Sequence[Line], frame: _Frame) -> dict[int, str]:
    """Return what each line shows, by the row of its end or the nearest free one."""
    labels: dict[int, str] = {}
    for line in lines:
        wanted = round(frame.row(line.shares[max(line.shares)]))
        free = [row for row in range(HEIGHT) if row not in labels]
        labels[min(free, key=lambda row: (abs(row - wanted), row))] = f" {_label(line)}"
    return labels


def _label(line: Line) -> str:
    return f"{line.mark} {line.label} {percent(line.shares[max(line.shares)])}"


def _years(lines: Sequence[Line], frame: _Frame) -> str:
    last = max(year for line in lines for year in line.shares)
    every = ceil(YEAR_WIDTH / frame.spacing)
    text = " " * AXIS_WIDTH
    for year in range(frame.first, last + 1, every):
        text = text.ljust(AXIS_WIDTH + round(frame.column(year)) - 1) + str(year)
    return text
