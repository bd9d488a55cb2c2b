"""How many people is that? BME people in post at each census, and how many the path asks for."""

from collections.abc import Iterator
from typing import Final

from app.charts.labels import Box, Label, place
from app.charts.look import (
    ACTUAL,
    BOLD,
    MUTED,
    PAPER,
    PATH,
    REFERENCE,
    Form,
    Frame,
    Layer,
    announce,
    make_frame,
    picture,
    text_width,
    write,
    write_clear,
)
from app.charts.scales import Scale, count_scale, year_axis, year_scale
from app.charts.stories import Story
from app.charts.tables import Table, count_cell, missing
from app.charts.words import (
    census,
    first_upper,
    inside,
    join,
    lower_first,
    noun,
    people,
    reference_noun,
    title_of,
)
from app.domain.codes import Reason
from app.domain.progress import Parity

TITLE: Final = "People"
"""What the chart is called."""

NOT_SHOWN: Final = "×: hidden, to protect people in small groups"
"""What a cross in place of a bar means."""

SUBTITLE: Final = "BME people in post (headcount), at each census"
"""What is drawn, and in which unit."""

_BAR: Final = 0.62
_INSIDE: Final = 22
_WIDEST: Final = 60
_NUMBER: Final = 12
_ROOM: Final = 0.95


def specification(story: Story, form: Form = Form.WIDE) -> Layer:
    """Return the chart as a Vega-Lite specification."""
    years = sorted({one.year for one in story.points} | _asked(story).keys())
    frame = make_frame(
        form,
        title=title_of(story.scope),
        subtitles=(story.subject.name, SUBTITLE, *_of_path(story)),
        notes=story.subject.notes,
        right=20,
    )
    if not years:
        return picture(frame, announce(frame, reading(story)), description=reading(story))
    x, ticks = year_scale(years, frame.width)
    held = [one.bme or 0 for one in story.points]
    highest = max([*held, *_asked(story).values(), _to_match(story) or 0])
    y, lines = count_scale(highest, frame.height)
    layers = [*_bars(story, x, y, ticks, lines), *_marks(story, frame, x, y)]
    # Numbers stay legible where the path begins.
    return picture(frame, [*layers, *_numbers(story, x, y)], description=reading(story))


def _of_path(story: Story) -> tuple[str, ...]:
    said = ("Path: people asked for, at the latest size of the team",) if story.aim else ()
    hides = any(one.is_hidden for one in story.points)
    return (*said, NOT_SHOWN) if hides else said


def _asked(story: Story) -> dict[int, int]:
    """Return how many people the path asks for, by census."""
    return {one.year: one.people for one in story.aim.steps} if story.aim else {}


def _to_match(story: Story) -> int | None:
    """Return how many BME people would match the reference at the last census compared."""
    parity = story.parity
    if not isinstance(parity, Parity) or parity.gap is None:
        return None
    counted = next((one.bme for one in story.points if one.year == parity.census), None)
    return None if counted is None else counted + parity.gap.people


def _bars(story: Story, x: Scale, y: Scale, ticks: list[int], lines: list[int]) -> Iterator[Layer]:
    """Yield a bar for each census that shows its people."""
    axis = {"values": lines, "format": ",d", "title": None, "domain": False, "ticks": False}
    count = {
        "field": "people",
        "type": "quantitative",
        "scale": {"domain": y.domain, "nice": False},
        "axis": axis,
    }
    values = [{"year": one.year, "people": one.bme} for one in story.points if one.bme is not None]
    wide = min(_WIDEST, (x.at(1) - x.at(0)) * _BAR)
    yield {
        "data": {"values": values or [{"year": ticks[0], "people": 0}]},
        "mark": {"type": "bar", "color": ACTUAL.colour, "width": round(wide, 1)},
        "encoding": {"x": year_axis(x, ticks), "y": count},
    }


def _numbers(story: Story, x: Scale, y: Scale) -> Iterator[Layer]:
    """Yield the number of each bar: within it, above it, or where there is room for one, the last.

    A bar too narrow for its number goes without; the table has it.
    """
    wide = x.at(1) - x.at(0)
    shown = [one for one in story.points if one.bme is not None]
    longest = max((text_width(f"{one.bme:,}", _NUMBER) for one in shown), default=0) * BOLD
    for one in story.points:
        at, base = x.at(one.year), y.at(0)
        if one.bme is None:
            yield write("×", at, base - 9, colour=MUTED, align="center")
            continue
        is_inside = base - y.at(one.bme) >= _INSIDE and longest <= wide * _BAR
        if longest > wide * _ROOM and one is not shown[-1]:
            continue
        number = f"{one.bme:,}"
        if is_inside:
            yield write(
                number, at, base - 10, size=_NUMBER, bold=True, colour=PAPER, align="center"
            )
        else:
            over = y.at(one.bme) - 9
            yield from write_clear(
                number, at, over, size=_NUMBER, bold=True, colour=ACTUAL.ink, align="center"
            )


def _marks(story: Story, frame: Frame, x: Scale, y: Scale) -> Iterator[Layer]:
    """Yield what the path asks for, and how many would match the reference, with labels."""
    axes = {
        "x": {"field": "year", "type": "quantitative"},
        "y": {"field": "people", "type": "quantitative"},
    }
    labels = []
    asked = _asked(story)
    if story.aim is not None and asked:
        start = [(story.aim.baseline.year, story.aim.baseline.bme)]
        values = [{"year": year, "people": number} for year, number in [*start, *asked.items()]]
        line = {"type": "line", "color": PATH.colour, "strokeWidth": 2.5, "strokeDash": [2, 3]}
        mark = {"type": "point", "filled": True, "shape": "diamond", "color": PATH.colour}
        yield {"data": {"values": values}, "mark": line, "encoding": axes}
        yield {
            "data": {"values": values[len(start) :]},
            "mark": {**mark, "size": 110, "opacity": 1, "stroke": PAPER, "strokeWidth": 1},
            "encoding": axes,
        }
        goal = story.aim.goal
        labels.append(
            Label(
                (f"Goal {goal.people:,}",),
                (x.at(goal.year), y.at(goal.people)),
                PATH.ink,
                bold=True,
            )
        )
    wanted, parity = _to_match(story), story.parity
    if wanted is not None and parity is not None:
        other = reference_noun(parity.reference, story.scope, None).removeprefix("the ")
        values = [{"year": parity.census, "people": wanted}]
        mark = {"type": "point", "filled": True, "shape": "square", "color": REFERENCE.colour}
        yield {
            "data": {"values": values},
            "mark": {**mark, "size": 70, "opacity": 1, "stroke": PAPER, "strokeWidth": 1},
            "encoding": axes,
        }
        at = (x.at(parity.census), y.at(wanted))
        labels.append(Label((f"{wanted:,} would match", f"the {other}"), at, REFERENCE.ink))
    bars = [
        (x.at(one.year) + side, top)
        for one in story.points
        for side in (-8, 0, 8)
        for top in range(int(y.at(one.bme or 0)), frame.height, 8)
    ]
    marked = [
        *asked.items(),
        *([(parity.census, wanted)] if parity and wanted is not None else []),
    ]
    points = [
        (x.at(year) + across, y.at(number) + down)
        for year, number in marked
        for across, down in ((0, 0), (-5, 0), (5, 0), (0, -5), (0, 5))
    ]
    edge = Box(2, 2, frame.width + frame.right - 4, frame.height - 2)
    for one in place(labels, edge, [*bars, *points]):
        yield from one.layers()


def reading(story: Story) -> str:
    """Return what the chart says, in a few sentences."""
    last = next((one for one in reversed(story.points) if one.bme is not None), None)
    if last is None:
        reason = story.points[-1].reason if story.points else Reason.NO_ACTUALS
        said = f"No people are shown for {noun(story.scope)}"
        return f"{said}: {lower_first(reason.sentence)}" if reason else f"{said}."
    at, group = census(last.year), inside(story.scope)
    if not last.total:
        return f"At the census of {at}, there was nobody {group}."
    was = "was" if last.bme == 1 else "were"
    stands = f"At the census of {at}, {last.bme:,} of {people(last.total)} {group} {was} BME."
    return join((stands, _against_path(story), _against_reference(story)))


def _against_path(story: Story) -> str:
    """Return how many people the path and the goal still take."""
    gap, aim = story.gap, story.aim
    if gap is None or aim is None:
        return ""
    goal = f"{aim.goal.people:,} by the census of {census(aim.goal.year)}"
    if gap.met:
        return f"The goal of {goal} is met."
    more = gap.to_goal.people
    said = f"The goal of {goal} takes {more:,} more"
    if gap.to_path is not None and gap.to_path.people > 0 and gap.year != aim.goal.year:
        return f"{said}; the path asked for {gap.to_path.people:,} more by now."
    return f"{said}."


def _against_reference(story: Story) -> str:
    """Return how many people matching the reference takes."""
    parity = story.parity
    if not isinstance(parity, Parity) or parity.gap is None or parity.gap.people <= 0:
        return ""
    other = reference_noun(parity.reference, story.scope, parity.reference_share)
    return f"Matching {other} takes {parity.gap.people:,} more, the size of the team unchanged."


def table(story: Story) -> Table:
    """Return the chart's numbers as a table: a row a census."""
    counted = {one.year: one for one in story.points}
    asked = _asked(story)
    start = {story.aim.baseline.year: story.aim.baseline.bme} if story.aim else {}
    path = {**start, **asked}
    rows = []
    for year in sorted({*counted, *path}):
        point = counted.get(year)
        held = (
            ("not counted yet", "not counted yet")
            if point is None
            else (count_cell(point.bme, point.reason), count_cell(point.total, point.reason))
        )
        wanted = (count_cell(path[year]) if year in path else "none",) if story.aim else ()
        rows.append((str(year), *held, *wanted))
    headings = (
        "Census of 31 March",
        "BME people (headcount)",
        "All people (headcount)",
        *(("Path (BME people, at the latest size of the team)",) if story.aim else ()),
    )
    return Table(f"{TITLE}: {story.heading}", headings, tuple(rows), tuple(_notes(story)))


def _notes(story: Story) -> Iterator[str]:
    """Yield what is missing from the chart, and what it says beside its rows."""
    wanted, parity = _to_match(story), story.parity
    if wanted is not None and parity is not None:
        other = reference_noun(parity.reference, story.scope, parity.reference_share)
        at = census(parity.census)
        yield f"At the census of {at}, {wanted:,} BME people would match {other}."
    if story.aim_reason is not None:
        yield f"No path is shown: {lower_first(story.aim_reason.sentence)}"
    if any(one.is_hidden for one in story.points):
        yield f"{first_upper(missing(Reason.SUPPRESSED))}. {Reason.SUPPRESSED.sentence}"
