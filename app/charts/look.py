"""How every chart looks: sizes, colours and marks, and the frame that they are drawn in.

Every series differs from the others in lightness, in dash and in marker besides its hue, so that
charts survive colour-blindness and black-and-white print. Labels stand beside what they name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from textwrap import wrap
from typing import Any, Final

Layer = dict[str, Any]
"""A layer of a Vega-Lite specification, or all of one."""

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
"""Names the language of specifications; nothing is fetched from there."""

FONT: Final = "Arial, Liberation Sans, Helvetica, sans-serif"
"""The fonts of the NHS design system that machines have; the renderer carries Liberation Sans,
whose letters are as wide as Arial's, so that none has to be installed."""

TEXT: Final = "#212b32"
MUTED: Final = "#4c6272"
GRID: Final = "#e8edee"
AXIS: Final = "#768692"
PAPER: Final = "#ffffff"

SIZE: Final = 13
"""Pixels of the letters of labels."""

SMALL: Final = 12
"""Pixels of the smallest letters."""

LINE: Final = 1.3
"""Height of a line of text, in sizes of its letters."""

LETTER: Final = 0.53
"""Width of a letter on average, in sizes; a little more than most texts take."""

BOLD: Final = 1.09
"""How much wider bold letters are."""


@dataclass(frozen=True, slots=True)
class Look:
    """How one series looks.

    Attributes:
        ink: Of its label, dark enough to read.
        dash: Lengths of dashes and gaps, in pixels; empty for a solid line.
    """

    colour: str
    ink: str
    dash: tuple[int, ...]
    shape: str
    width: float


ACTUAL: Final = Look("#005eb8", "#005eb8", (), "circle", 2.5)
"""What was counted."""

FORECAST: Final = Look("#005eb8", "#005eb8", (6, 4), "circle", 2)
"""What is forecast."""

REFERENCE: Final = Look("#212b32", "#212b32", (), "square", 1.5)
"""What parity is measured against."""

REFERENCE_AHEAD: Final = Look("#212b32", "#212b32", (10, 4), "square", 1.5)
"""What parity is measured against, forecast."""

PATH: Final = Look("#00a499", "#00665e", (2, 3), "diamond", 2.5)
"""What a target asks for."""

GAP: Final = Look(MUTED, MUTED, (), "cross", 1)
"""Where a census has no share that may be shown."""

BAND_95: Final = "#d9e8f6"
BAND_80: Final = "#a9cbea"


class Form(StrEnum):
    """How wide a chart is drawn."""

    WIDE = "wide"
    NARROW = "narrow"


WIDTHS: Final[Mapping[Form, int]] = {Form.WIDE: 640, Form.NARROW: 340}
"""Pixels from edge to edge."""

HEIGHTS: Final[Mapping[Form, int]] = {Form.WIDE: 300, Form.NARROW: 260}
"""Pixels of the plot."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a plot lies in its picture, in pixels, and the text above and below it."""

    width: int
    height: int
    left: int
    right: int
    title: tuple[str, ...]
    subtitle: tuple[str, ...]
    notes: tuple[str, ...]
    lane: int = 0
    axis: int = 44

    @property
    def top(self) -> int:
        """What lies above the plot."""
        lines = len(self.title) * 16 * LINE + len(self.subtitle) * SIZE * LINE
        return ceil(10 + lines + 12) + self.lane

    @property
    def bottom(self) -> int:
        """What lies below the plot."""
        return ceil(self.axis + len(self.notes) * SMALL * LINE + 8)


def make_frame(
    form: Form,
    *,
    title: str,
    subtitles: Iterable[str],
    notes: Iterable[str] = (),
    height: int | None = None,
    left: int = 46,
    right: int = 16,
    lane: int = 0,
    axis: int = 44,
) -> Frame:
    """Return the frame of a chart, its texts broken into lines.

    Args:
        form: How wide it is drawn.
        title: What it shows.
        subtitles: Of whom, and in which unit.
        notes: What stands below it.
        height: Pixels of the plot; the form's own if left out.
        left: Pixels beside the plot, for its axis.
        right: Pixels beside the plot, for labels.
        lane: Pixels between the texts and the plot.
        axis: Pixels below the plot, for its axis.
    """
    whole = WIDTHS[form] - 16
    return Frame(
        width=WIDTHS[form] - left - right,
        height=height or HEIGHTS[form],
        left=left,
        right=right,
        title=break_lines(title, whole, 16 * BOLD),
        subtitle=tuple(line for one in subtitles for line in break_lines(one, whole, SIZE)),
        notes=tuple(line for note in notes for line in break_lines(note, whole, SMALL)),
        lane=lane,
        axis=axis,
    )


def break_lines(text: str, width: float, size: float) -> tuple[str, ...]:
    """Return a text in lines that are no wider than some pixels."""
    return tuple(wrap(text, max(8, int(width / (size * LETTER)))))


def text_width(text: str, size: float = SIZE) -> float:
    """Return about how many pixels a line of text is wide."""
    return len(text) * size * LETTER


def picture(frame: Frame, layers: Sequence[Layer], *, description: str) -> Layer:
    """Return a specification that holds everything it draws.

    Its sizes are fixed, so that labels stay where they were put.

    Args:
        frame: Where the plot lies.
        layers: What is drawn, the lowest first.
        description: What the picture shows, in words.
    """
    return {
        "$schema": SCHEMA,
        "description": description,
        "width": frame.width,
        "height": frame.height,
        "padding": {
            "left": frame.left,
            "right": frame.right,
            "top": frame.top,
            "bottom": frame.bottom,
        },
        "autosize": {"type": "none"},
        "background": PAPER,
        "layer": [*layers, *_frame_texts(frame)],
        "config": CONFIG,
    }


CONFIG: Final[Layer] = {
    "font": FONT,
    "aria": False,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": SMALL,
        "titleFontSize": SMALL,
        "titleFontWeight": "normal",
        "labelColor": TEXT,
        "titleColor": TEXT,
        "gridColor": GRID,
        "domainColor": AXIS,
        "tickColor": AXIS,
        "labelFlush": False,
    },
}
"""What all charts have in common."""


def _frame_texts(frame: Frame) -> list[Layer]:
    """Return the lines above and below a plot."""
    left, y = 8 - frame.left, 10.0 - frame.top
    layers = []
    for line in frame.title:
        layers.append(write(line, left, y + 8, size=16, bold=True))
        y += 16 * LINE
    y += 2
    for line in frame.subtitle:
        layers.append(write(line, left, y + 7, colour=MUTED))
        y += SIZE * LINE
    y = frame.height + frame.axis + SMALL / 2
    for line in frame.notes:
        layers.append(write(line, left, y, size=SMALL, colour=MUTED))
        y += SMALL * LINE
    return layers


def write(
    text: str,
    x: float,
    y: float,
    *,
    size: int = SIZE,
    bold: bool = False,
    colour: str = TEXT,
    align: str = "left",
) -> Layer:
    """Return a line of text at a place of the plot, in pixels from its upper left corner."""
    mark = {
        "type": "text",
        "align": align,
        "baseline": "middle",
        "fontSize": size,
        "fontWeight": "bold" if bold else "normal",
        "color": colour,
    }
    return {
        "data": {"values": [{}]},
        "mark": mark,
        "encoding": {
            "x": {"value": round(x, 1)},
            "y": {"value": round(y, 1)},
            "text": {"value": text},
        },
    }


def write_clear(
    text: str,
    x: float,
    y: float,
    *,
    size: int = SIZE,
    bold: bool = False,
    colour: str = TEXT,
    align: str = "left",
) -> list[Layer]:
    """Return a line of text that stays legible over lines and areas, by a pale edge."""
    words = write(text, x, y, size=size, bold=bold, colour=colour, align=align)
    edge = {"color": PAPER, "stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round"}
    behind = {**words, "mark": {**words["mark"], **edge, "opacity": 0.8}}
    return [behind, words]


def rule(mark: Layer, begin: tuple[float, float], end: tuple[float, float]) -> Layer:
    """Return a straight line between two places of the plot, in pixels."""
    (x, y), (to_x, to_y) = begin, end
    places = {"x": x, "y": y, "x2": to_x, "y2": to_y}
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rule", **mark},
        "encoding": {name: {"value": round(value, 1)} for name, value in places.items()},
    }


def mark_at(shape: str, at: tuple[float, float], size: int, colour: str = TEXT) -> Layer:
    """Return a filled marker at a place of the plot, in pixels."""
    mark = {"type": "point", "filled": True, "shape": shape, "color": colour, "size": size}
    return {
        "data": {"values": [{}]},
        "mark": {**mark, "opacity": 1},
        "encoding": {"x": {"value": round(at[0], 1)}, "y": {"value": round(at[1], 1)}},
    }


def announce(frame: Frame, text: str) -> list[Layer]:
    """Return a sentence in the middle of a plot that has nothing to show."""
    lines = break_lines(text, frame.width - 8, SIZE)
    top = (frame.height - (len(lines) - 1) * SIZE * LINE) / 2
    middle = frame.width / 2
    return [
        write(line, middle, top + number * SIZE * LINE, colour=MUTED, align="center")
        for number, line in enumerate(lines)
    ]
