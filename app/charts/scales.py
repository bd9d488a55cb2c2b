"""Scales and axes: where values lie in a plot, and which of them are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from app.charts.look import Layer


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale from values to pixels.

    Attributes:
        pixels: Where the first and the last value lie.
    """

    first: float
    last: float
    pixels: tuple[float, float]

    def at(self, value: float) -> float:
        """Return where a value lies."""
        begin, end = self.pixels
        return begin + (value - self.first) / (self.last - self.first) * (end - begin)

    @property
    def domain(self) -> list[float]:
        """Its values, from first to last."""
        return [self.first, self.last]


STEPS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25)
"""Distances between the lines of an axis of shares."""

MOST_LINES: Final = 6
"""How many of them there are at most, not counting that of 0."""


def share_scale(highest: float, height: int) -> tuple[Scale, list[float]]:
    """Return a scale of shares from 0 that holds the highest, and the values of its lines."""
    top = min(1.0, max(highest, 0.04) * 1.04)
    step = next((one for one in STEPS if ceil(top / one - 1e-9) <= MOST_LINES), STEPS[-1])
    lines = ceil(top / step - 1e-9)
    last = min(1.0, round(lines * step, 4))
    values = [round(number * step, 4) for number in range(lines + 1)]
    return Scale(0.0, last, (height, 0)), [one for one in values if one <= last]


def count_scale(highest: int, height: int) -> tuple[Scale, list[int]]:
    """Return a scale of counts from 0 that holds the highest, and the values of its lines."""
    top = max(highest * 1.12, 2)
    steps = (factor * 10**power for power in range(8) for factor in (1, 2, 5))
    step = next(one for one in steps if top / one <= MOST_LINES)
    lines = ceil(top / step)
    return Scale(0, lines * step, (height, 0)), [step * number for number in range(lines + 1)]


YEAR_ROOM: Final = 38
"""Pixels that a year takes on its axis."""


def year_scale(years: Sequence[int], width: int) -> tuple[Scale, list[int]]:
    """Return a scale of census years with a margin, and the years that are written."""
    first, last = min(years), max(years)
    scale = Scale(first - 0.4, last + 0.4, (0, width))
    room = scale.at(1) - scale.at(0)
    every = next((one for one in (1, 2, 5, 10) if one * room >= YEAR_ROOM), 20)
    written = range(first, last + 1)
    if every == 1:
        return scale, list(written)
    anchored = [year for year in written if (year - first) % every == 0]
    return scale, anchored


def year_axis(scale: Scale, ticks: Sequence[int]) -> Layer:
    """Return the encoding of census years."""
    return {
        "field": "year",
        "type": "quantitative",
        "scale": {"domain": scale.domain, "nice": False, "zero": False, "padding": 0},
        "axis": {
            "values": list(ticks),
            "format": "d",
            "grid": False,
            "title": "Census of 31 March",
            "titlePadding": 6,
        },
    }


def share_axis(scale: Scale, lines: Sequence[float], *, field: str = "share") -> Layer:
    """Return the encoding of shares, written as percentages."""
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": scale.domain, "nice": False},
        "axis": {
            "values": list(lines),
            "format": ".0%",
            "title": None,
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
        },
    }
