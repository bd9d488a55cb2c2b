"""Is it so in each band? The shares of each beside its reference, in small panels on one scale."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.charts.bands import in_order
from app.charts.bands import reading as read_bands
from app.charts.look import (
    ACTUAL,
    AXIS,
    GRID,
    LINE,
    MUTED,
    REFERENCE,
    SMALL,
    WIDTHS,
    Form,
    Layer,
    break_lines,
    make_frame,
    picture,
    rule,
    write,
)
from app.charts.scales import Scale, share_scale
from app.charts.stories import Story
from app.charts.tables import Table, count_cell, share_cell
from app.charts.words import (
    HIDDEN,
    UNKNOWN,
    first_upper,
    join,
    percent,
    reference_noun,
    short_title,
    title_of,
)
from app.domain.codes import Reason

TITLE: Final = "Side by side"
"""What the chart is called."""

SUBTITLE: Final = "BME share of headcount by census, one scale for all; lowest share first"
"""What is drawn, and in which unit."""

COLUMNS: Final = {Form.WIDE: 4, Form.NARROW: 2}
PANEL: Final = 92
"""Pixels of a panel from top to bottom."""

MOST_LINES: Final = 4
"""Lines that a panel has room to name."""

GAP: Final = 20
BELOW: Final = 24
"""Pixels beneath a panel, for its years."""


@dataclass(frozen=True, slots=True)
class _Panel:
    """Where one story is drawn, under its name."""

    name: str
    story: Story
    x: Scale
    y: Scale
    head: float

    def at(self, year: int, share: float) -> dict[str, Any]:
        """Return a point of it: what it says, and where it lies."""
        return {
            "panel": self.name,
            "year": year,
            "share": share,
            "across": round(self.x.at(year), 1),
            "down": round(self.y.at(share), 1),
        }


def specification(stories: Sequence[Story], form: Form = Form.WIDE) -> Layer:
    """Return the chart as a Vega-Lite specification.

    Args:
        stories: The measure, then its bands.
        form: How wide it is drawn.
    """
    named = [(short_title(one.scope), one) for one in _order(stories)]
    return draw_panels(named, form, subtitle=SUBTITLE, description=reading(stories))


def draw_panels(
    named: Sequence[tuple[str, Story]], form: Form, *, subtitle: str, description: str
) -> Layer:
    """Return stories in panels on one scale, as a Vega-Lite specification.

    Args:
        named: Each with the name of its panel, that which the chart is about first.
        form: How wide it is drawn.
        subtitle: What is drawn, and in which unit.
        description: What the chart says.
    """
    whole, shown = named[0][1], [story for _, story in named]
    columns = min(COLUMNS[form], len(named))
    wide = (WIDTHS[form] - 46 - 16 - GAP * (columns - 1)) / columns
    lines_of_names = max(len(break_lines(name, wide, SMALL * 1.09)) for name, _ in named)
    head = SMALL * LINE * (lines_of_names + 1) + 6
    step = head + PANEL + BELOW
    lines = -(-len(named) // columns)
    frame = make_frame(
        form,
        title=title_of(whole.scope),
        subtitles=(whole.subject.name, subtitle, _lines_named(shown)),
        notes=whole.subject.notes,
        height=int(step * lines),
        axis=8,
    )
    years = sorted({year for one in shown for year in _years(one)})
    first, last = (years[0], years[-1]) if years else (0, 1)
    values = [share for one in shown for _, share in _shares(one)]
    values += [share for one in shown for _, share in one.reference]
    scale, ticks = share_scale(max(values, default=0.1), PANEL)
    panels = []
    for number, (name, story) in enumerate(named):
        left = (number % columns) * (wide + GAP)
        top = (number // columns) * step + head
        x = Scale(first - 0.3, last + 0.3, (left, left + wide))
        panels.append(_Panel(name, story, x, Scale(0, scale.last, (top + PANEL, top)), top - head))
    layers: list[Layer] = []
    for number, panel in enumerate(panels):
        layers += _ground(panel, ticks, wide, is_first=number % columns == 0)
        layers += [] if not years else _named_years(panel, first, last)
    layers += _lines(panels, frame.width, frame.height)
    return picture(frame, layers, description=description)


def _order(stories: Sequence[Story]) -> list[Story]:
    """Return the measure, then its bands, the lowest share first."""
    return [stories[0], *in_order(stories[1:])]


def _lines_named(shown: Sequence[Story]) -> str:
    kinds = {one.reference_kind for one in shown if one.reference_kind}
    if len(kinds) != 1 or not any(one.reference for one in shown):
        return "Thick: the measure"
    other = reference_noun(kinds.pop(), shown[0].scope, None)
    return f"Thick with dots: the measure. Thin: {other}"


def _shares(story: Story) -> list[tuple[int, float]]:
    return [(one.year, one.share) for one in story.points if one.share is not None]


def _years(story: Story) -> list[int]:
    return [*(one.year for one in story.points), *(year for year, _ in story.reference)]


def _ground(
    panel: _Panel, ticks: Sequence[float], wide: float, *, is_first: bool
) -> Iterator[Layer]:
    """Yield the name of a panel, its last share, and its lines."""
    left = panel.x.pixels[0]
    y = panel.head + SMALL / 2
    for line in break_lines(panel.name, wide, SMALL * 1.09):
        yield write(line, left, y, size=SMALL, bold=True)
        y += SMALL * LINE
    yield write(_newest(panel.story), left, y, size=SMALL, colour=ACTUAL.ink)
    few = ticks[:: 1 if len(ticks) <= MOST_LINES else 2]
    for tick in few:
        at = panel.y.at(tick)
        thin = {"color": GRID if tick else AXIS, "strokeWidth": 1}
        yield rule(thin, (left, at), (left + wide, at))
        if is_first:
            yield write(percent(tick, 0), -6, at, size=SMALL, align="right")


def _newest(story: Story) -> str:
    last = story.last
    if last is not None and last.share is not None:
        return f"{percent(last.share)} in {last.year}"
    reason = story.points[-1].reason if story.points else Reason.NO_ACTUALS
    if reason is Reason.SUPPRESSED:
        return HIDDEN
    return "nobody" if reason is Reason.NO_PEOPLE else UNKNOWN


def _named_years(panel: _Panel, first: int, last: int) -> Iterator[Layer]:
    at = panel.y.pixels[0] + 10
    if first == last:
        yield write(str(first), panel.x.at(first), at, size=SMALL, colour=MUTED, align="center")
        return
    yield write(str(first), panel.x.pixels[0], at, size=SMALL, colour=MUTED)
    yield write(str(last), panel.x.pixels[1], at, size=SMALL, colour=MUTED, align="right")


def _lines(panels: Sequence[_Panel], wide: int, high: int) -> list[Layer]:
    """Return the lines of all panels, broken where a census has no share."""
    beside = [
        panel.at(year, share) | {"run": f"{number}"}
        for number, panel in enumerate(panels)
        for year, share in panel.story.reference
    ]
    runs = [value for number, panel in enumerate(panels) for value in _runs(number, panel)]
    thin = {"type": "line", "color": REFERENCE.colour, "strokeWidth": 1.25}
    thick = {"type": "line", "color": ACTUAL.colour, "strokeWidth": 2.5}
    dots = {"type": "point", "filled": True, "color": ACTUAL.colour, "size": 22, "opacity": 1}
    axes = {
        "x": _pixels("across", [0, wide]),
        "y": _pixels("down", [high, 0]),
        "detail": {"field": "run", "type": "nominal"},
    }
    return [
        {"data": {"values": values}, "mark": mark, "encoding": axes}
        for values, mark in ((beside, thin), (runs, thick), (runs, dots))
        if values
    ]


def _runs(number: int, panel: _Panel) -> Iterator[dict[str, Any]]:
    run = 0
    for one in panel.story.points:
        if one.share is None:
            run += 1
        else:
            yield panel.at(one.year, one.share) | {"run": f"{number}.{run}"}


def _pixels(field: str, domain: list[int]) -> Layer:
    """Return an encoding of places that are worked out already."""
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": domain, "nice": False, "zero": False},
        "axis": None,
    }


def reading(stories: Sequence[Story]) -> str:
    """Return what the chart says, in a few sentences."""
    moved = [_moved(one) for one in stories[:1]]
    return join((*moved, read_bands(stories)))


def _moved(story: Story) -> str:
    """Return how a share changed from its first census to its last."""
    shares = _shares(story)
    if not shares or shares[0][0] == shares[-1][0]:
        return ""
    (begun, was), (year, share) = shares[0], shares[-1]
    title = first_upper(short_title(story.scope))
    return f"{title} went from {percent(was)} in {begun} to {percent(share)} in {year}."


def table(stories: Sequence[Story]) -> Table:
    """Return the chart's numbers as a table: a row a measure and census."""
    rows = []
    for story in _order(stories):
        beside = dict(story.reference)
        rows += [
            (
                title_of(story.scope),
                str(one.year),
                count_cell(one.bme, one.reason),
                count_cell(one.total, one.reason),
                share_cell(one.share, one.reason),
                share_cell(beside.get(one.year)),
            )
            for one in story.points
        ]
    headings = (
        "Measure",
        "Census of 31 March",
        "BME people (headcount)",
        "All people (headcount)",
        "BME share (%)",
        "Held against (%)",
    )
    return Table(f"{TITLE}: {stories[0].heading}", headings, tuple(rows))
