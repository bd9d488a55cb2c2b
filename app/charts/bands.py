"""Where are the gaps? The share in each band beside what it is held against, lowest first."""

from collections.abc import Sequence
from typing import Final

from app.charts.look import (
    ACTUAL,
    GRID,
    MUTED,
    REFERENCE,
    SIZE,
    TEXT,
    Form,
    Frame,
    Layer,
    announce,
    make_frame,
    mark_at,
    picture,
    rule,
    text_width,
    write,
    write_clear,
)
from app.charts.scales import Scale, share_scale
from app.charts.stories import Point, Story
from app.charts.tables import Table, count_cell, missing, range_cell, share_cell
from app.charts.words import (
    HIDDEN,
    UNKNOWN,
    census,
    join,
    noun,
    outlook_words,
    percent,
    reference_noun,
    short_title,
    title_of,
    why_no_outlook,
)
from app.domain.codes import Outlook, Reason

TITLE: Final = "Bands"
"""What the chart is called."""

ROW: Final = 34
"""Pixels from one band to the next."""

SHORT: Final = {
    Outlook.NO_PEOPLE: "nobody",
    Outlook.DEPENDS_ON_UNKNOWN: "depends on unknown",
    Outlook.AT_OR_ABOVE_REFERENCE: "reached",
    Outlook.TOO_FEW_YEARS: "too few years",
    Outlook.TOO_SMALL: "too few people",
    Outlook.WITHIN_ONE_PERSON: "one person short",
    Outlook.DEPENDS_ON_SCALE: "depends on scale",
    Outlook.BEYOND_HORIZON: "closing, far off",
    Outlook.NO_CLEAR_DIRECTION: "no clear direction",
    Outlook.WIDENING: "widening",
}
"""What an outlook is called where there is little room."""


def in_order(stories: Sequence[Story]) -> list[Story]:
    """Return measures by their last share, the lowest first; those without one come last."""
    shares = [one.last.share if one.last else None for one in stories]
    ranked = sorted(range(len(stories)), key=lambda i: (shares[i] is None, shares[i] or 0.0, i))
    return [stories[index] for index in ranked]


def _parts(stories: Sequence[Story]) -> list[Story]:
    """Return the bands of a measure; where it has none it stands for itself."""
    return in_order(stories[1:] or stories)


def specification(stories: Sequence[Story], form: Form = Form.WIDE) -> Layer:
    """Return the chart as a Vega-Lite specification.

    Args:
        stories: The measure, then its bands.
        form: How wide it is drawn.
    """
    whole, rows = stories[0], _parts(stories)
    is_wide = form is Form.WIDE
    named = max(text_width(short_title(one.scope)) for one in rows)
    frame = make_frame(
        form,
        title=f"{title_of(whole.scope)}: {_each(whole)}",
        subtitles=(whole.subject.name, _subtitle(rows)),
        notes=whole.subject.notes,
        height=ROW * len(rows) + 10,
        left=int(named) + 24,
        right=150 if is_wide else 24,
        lane=34,
        axis=40,
    )
    values = [value for one in rows for value in _values(one)]
    scale, lines = share_scale(max(values, default=0.1), frame.height)
    x = Scale(0, scale.last, (0, frame.width))
    layers: list[Layer] = [_ground(x, lines, rows)]
    if not values:
        layers += announce(frame, reading(stories))
    layers += _reference(rows, frame, x)
    for number, one in enumerate(rows):
        layers += _row(one, ROW * number + ROW / 2 + 5, frame, x)
        if is_wide:
            at = ROW * number + ROW / 2 + 5
            layers.append(write(_short_outlook(one), frame.width + 14, at, colour=TEXT))
    if is_wide:
        layers.append(write("Outlook for parity", frame.width + 14, -14, size=12, colour=MUTED))
    return picture(frame, layers, description=reading(stories))


def _each(whole: Story) -> str:
    return "each part" if whole.scope.is_of_board else "each band"


def _subtitle(rows: Sequence[Story]) -> str:
    years = sorted({one.last.year for one in rows if one.last})
    at = f", 31 March {years[-1]}" if len(years) == 1 else ", latest census"
    return f"BME share of headcount{at}, with 95% intervals; lowest share first"


def _values(story: Story) -> list[float]:
    """Return every share that is drawn of a band."""
    last = story.last
    if last is None or last.share is None:
        return []
    beside = _beside(story)
    return [
        last.interval.upper if last.interval else last.share,
        *([beside] if beside is not None else []),
    ]


def _beside(story: Story) -> float | None:
    """Return what a band is held against at its last census; None if that is not told."""
    last = story.last
    return dict(story.reference).get(last.year) if last else None


def _ground(x: Scale, lines: Sequence[float], rows: Sequence[Story]) -> Layer:
    """Return the shares of all bands as points, on their axis."""
    values = [
        {
            "band": short_title(one.scope),
            "share": one.last.share,
            "row": ROW * number + ROW / 2 + 5,
        }
        for number, one in enumerate(rows)
        if one.last
    ]
    height = ROW * len(rows) + 10
    axis = {
        "values": list(lines),
        "format": ".0%",
        "title": None,
        "orient": "bottom",
        "domain": False,
        "tickSize": 0,
        "labelPadding": 8,
    }
    share = {
        "field": "share",
        "type": "quantitative",
        "scale": {"domain": x.domain, "nice": False},
        "axis": axis,
    }
    row = {
        "field": "row",
        "type": "quantitative",
        "scale": {"domain": [height, 0], "nice": False, "zero": False},
        "axis": None,
    }
    mark = {"type": "point", "filled": True, "color": ACTUAL.colour, "size": 90, "opacity": 1}
    return {
        "data": {"values": values or [{"share": 0, "row": -99}]},
        "mark": mark if values else {"type": "point", "opacity": 0},
        "encoding": {"x": share, "y": row},
    }


def _row(story: Story, at: float, frame: Frame, x: Scale) -> list[Layer]:
    """Return one band: its name, interval, share, and what it is held against."""
    name = write(short_title(story.scope), -12, at, bold=True, align="right")
    thin = {"color": GRID, "strokeWidth": 1}
    layers = [rule(thin, (0, at + ROW / 2), (frame.width, at + ROW / 2)), name]
    last = story.last
    if last is None or last.share is None:
        return [*layers, write(_why_empty(story), 6, at, colour=MUTED)]
    low, high = (
        (last.interval.lower, last.interval.upper) if last.interval else (last.share, last.share)
    )
    line = {"color": ACTUAL.colour, "strokeWidth": 2, "opacity": 0.8}
    layers.append(rule(line, (x.at(low), at), (x.at(high), at)))
    beside = _beside(story)
    if beside is not None:
        here = x.at(beside)
        thick = {"color": REFERENCE.colour, "strokeWidth": 2.5}
        layers.append(rule(thick, (here, at - 11), (here, at + 11)))
    text = percent(last.share)
    half = text_width(text) / 2
    middle = min(max(x.at(last.share), half - 8), frame.width - half + 16)
    return [*layers, *write_clear(text, middle, at - 12, colour=ACTUAL.ink, align="center")]


def _why_empty(story: Story) -> str:
    reason = story.points[-1].reason if story.points else Reason.NO_ACTUALS
    if reason is Reason.NO_PEOPLE:
        return "nobody"
    return HIDDEN if reason is Reason.SUPPRESSED else UNKNOWN


def _reference(rows: Sequence[Story], frame: Frame, x: Scale) -> list[Layer]:
    """Return the name of what most bands are held against, above its place."""
    told = [
        (reference_noun(one.reference_kind, one.scope, None), share)
        for one in rows
        if one.reference_kind is not None and (share := _beside(one)) is not None
    ]
    if not told:
        return []
    other, share = told[0][0].removeprefix("the "), told[0][1]
    text = f"{other[:1].upper()}{other[1:]} {percent(share)}"
    half = text_width(text) / 2
    middle = min(max(x.at(share), half - frame.left + 8), frame.width + 10 - half)
    tick = {"color": REFERENCE.colour, "strokeWidth": 1, "strokeDash": [2, 3]}
    return [
        write(text, middle, -14, size=SIZE, colour=REFERENCE.ink, align="center"),
        rule(tick, (x.at(share), -4), (x.at(share), frame.height)),
        mark_at("triangle-down", (x.at(share), -3), 40, REFERENCE.colour),
    ]


def _short_outlook(story: Story) -> str:
    if story.parity is None:
        return HIDDEN if story.parity_reason is Reason.SUPPRESSED else "none"
    if story.parity.year is not None:
        return f"parity about {story.parity.year}"
    return SHORT[story.parity.outlook]


def reading(stories: Sequence[Story]) -> str:
    """Return what the chart says, in a few sentences."""
    rows = _parts(stories)
    shown = [(one, one.last) for one in rows if one.last and one.last.share is not None]
    if not shown:
        return "No band has a share that can be shown."
    story, last = shown[0]
    return join((_lowest(story, last), _all_together(rows), _how_many_missing(rows)))


def _lowest(story: Story, last: Point) -> str:
    beside = _beside(story)
    said = (
        f"The lowest share is that of {noun(story.scope)}: {percent(last.share or 0)} at the"
        f" census of {census(last.year)}"
    )
    if beside is None or story.reference_kind is None:
        return f"{said}."
    other = reference_noun(story.reference_kind, story.scope, None)
    return f"{said}, against {percent(beside)} for {other}."


def _all_together(rows: Sequence[Story]) -> str:
    compared = [
        (one.last.share, beside)
        for one in rows
        if one.last and one.last.share is not None and (beside := _beside(one)) is not None
    ]
    if len(compared) < 2:  # noqa: PLR2004 — one band is told of already
        return ""
    below, all_of_them = sum(share < beside for share, beside in compared), len(compared)
    if not below:
        return f"None of the {all_of_them} that can be compared is below its reference."
    if below == all_of_them:
        return f"All {all_of_them} that can be compared are below their reference."
    are = "is below its" if below == 1 else "are below their"
    return f"{below} of the {all_of_them} that can be compared {are} reference."


def _how_many_missing(rows: Sequence[Story]) -> str:
    hidden = sum(one.last is None and bool(one.points) for one in rows)
    if not hidden:
        return ""
    return f"{hidden} of {len(rows)} have no share that can be shown."


def table(stories: Sequence[Story]) -> Table:
    """Return the chart's numbers as a table: a row a band, the lowest share first."""
    rows = []
    for one in _parts(stories):
        last = one.last
        reason = one.points[-1].reason if one.points else Reason.NO_ACTUALS
        told = outlook_words(one.parity, one.scope) if one.parity else None
        rows.append(
            (
                title_of(one.scope),
                str(last.year) if last else missing(reason),
                count_cell(last.bme if last else None, reason),
                count_cell(last.total if last else None, reason),
                share_cell(last.share if last else None, reason),
                range_cell(last.interval if last else None, reason),
                share_cell(_beside(one)),
                told or why_no_outlook(one.parity_reason or Reason.NO_ACTUALS),
            )
        )
    headings = (
        "Band",
        "Census of 31 March",
        "BME people (headcount)",
        "All people (headcount)",
        "BME share (%)",
        "95% interval (%)",
        "Held against (%)",
        "Outlook for parity",
    )
    return Table(f"{TITLE}: {stories[0].heading}", headings, tuple(rows))
