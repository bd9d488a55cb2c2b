"""Which trusts differ by more than chance? Every trust's share by its size, within limits."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from app.charts.chart import Chart
from app.charts.labels import Box, Label, place, trace
from app.charts.look import (
    ACTUAL,
    AXIS,
    PAPER,
    TEXT,
    Form,
    Frame,
    Layer,
    announce,
    make_frame,
    picture,
)
from app.charts.scales import Scale, count_scale, share_axis, share_scale
from app.charts.tables import Table, range_cell
from app.charts.words import (
    SYNTHETIC,
    census,
    day,
    join,
    lower_first,
    noun,
    percent,
    rounded,
    title_of,
)
from app.domain.codes import FunnelPosition
from app.domain.funnels import Funnel, FunnelPoint, Limits
from app.domain.measures import Scope

TITLE: Final = "Funnel of trusts"
"""What the chart is called."""

MOST_NAMES: Final = {Form.WIDE: 6, Form.NARROW: 4}
"""Trusts that are named in the picture; the table has all."""

_KEY = "Lines: limits of chance, 95% (dashed) and 99.8% (solid). Large triangles lie beyond these."

LONGEST_NAME: Final = 26
"""Letters of a name in the picture."""

_BEYOND = frozenset({FunnelPosition.ABOVE_998, FunnelPosition.BELOW_998})
_OUTSIDE = _BEYOND | {FunnelPosition.ABOVE_95, FunnelPosition.BELOW_95}

_SHAPES = {
    FunnelPosition.INSIDE: ("circle", "#768692", 26),
    FunnelPosition.ABOVE_95: ("triangle-up", ACTUAL.colour, 46),
    FunnelPosition.ABOVE_998: ("triangle-up", ACTUAL.colour, 90),
    FunnelPosition.BELOW_95: ("triangle-down", "#7c2855", 46),
    FunnelPosition.BELOW_998: ("triangle-down", "#7c2855", 90),
}


def make_chart(funnel: Funnel, form: Form = Form.WIDE) -> Chart:
    """Return the funnel as a chart."""
    return Chart(specification(funnel, form), table(funnel), reading(funnel))


def _scope(funnel: Funnel) -> Scope:
    return Scope(funnel.measure, funnel.staff_group)


def specification(funnel: Funnel, form: Form = Form.WIDE) -> Layer:
    """Return the chart as a Vega-Lite specification."""
    dated = f"As of {day(funnel.as_of)}. Method {funnel.method}."
    frame = make_frame(
        form,
        title=f"{title_of(_scope(funnel))}, {census(funnel.year)}",
        subtitles=(
            "Each trust's BME share by its number of people (headcount)",
            _KEY,
        ),
        notes=(*((SYNTHETIC,) if funnel.synthetic else ()), dated),
        height=320,
        right=24,
    )
    points = funnel.points
    if not points or funnel.centre is None:
        return picture(frame, announce(frame, reading(funnel)), description=reading(funnel))
    largest = max(one.total for one in points)
    sizes = count_scale(largest, frame.height)[1]
    x = Scale(0, largest * 1.04, (0, frame.width))
    lines = [one for one in sizes if one <= x.last]
    y, shares = share_scale(max(one.share for one in points), frame.height)
    every = max(1, -(-len(lines) // (7 if form is Form.WIDE else 4)))
    axes = {
        "x": {
            "field": "people",
            "type": "quantitative",
            "scale": {"domain": x.domain, "nice": False},
            "axis": {
                "values": lines[::every],
                "format": ",d",
                "grid": False,
                "title": f"People in {noun(_scope(funnel))}",
                "titlePadding": 6,
            },
        },
        "y": share_axis(y, shares),
    }
    layers = [*_limits(funnel.curve, axes), _centre(funnel, axes), *_points(points, axes)]
    layers += _names(funnel, form, frame, x, y)
    return picture(frame, layers, description=reading(funnel))


def _limits(curve: Sequence[Limits], axes: Layer) -> Iterator[Layer]:
    """Yield the limits of chance as lines, from the smallest size to the largest."""
    for name, dash in (("limits_998", []), ("limits_95", [5, 4])):
        for edge in ("lower", "upper"):
            values = [
                {"people": one.total, "share": rounded(getattr(getattr(one, name), edge))}
                for one in curve
            ]
            mark: Layer = {"type": "line", "color": AXIS, "strokeWidth": 1.5, "clip": True}
            if dash:
                mark["strokeDash"] = dash
            yield {"data": {"values": values}, "mark": mark, "encoding": axes}


def _centre(funnel: Funnel, axes: Layer) -> Layer:
    share = rounded(funnel.centre.share) if funnel.centre else 0.0
    mark = {"type": "rule", "color": TEXT, "strokeWidth": 1.5}
    return {"data": {"values": [{"share": share}]}, "mark": mark, "encoding": {"y": axes["y"]}}


def _points(points: Sequence[FunnelPoint], axes: Layer) -> Iterator[Layer]:
    """Yield the trusts, those within the limits first, each kind with a shape of its own."""
    for position, (shape, colour, size) in _SHAPES.items():
        values: list[dict[str, Any]] = [
            {
                "ods_code": one.ods_code,
                "trust": one.name,
                "people": one.total,
                "share": rounded(one.share),
                "position": one.position.value,
            }
            for one in points
            if one.position is position
        ]
        mark = {
            "type": "point",
            "filled": True,
            "shape": shape,
            "color": colour,
            "size": size,
            "opacity": 1,
            "stroke": PAPER,
            "strokeWidth": 0.5,
        }
        if values:
            yield {"data": {"values": values}, "mark": mark, "encoding": axes}


def _names(funnel: Funnel, form: Form, frame: Frame, x: Scale, y: Scale) -> list[Layer]:
    """Return the name of the share of all, and of the trusts that lie furthest out."""
    share = rounded(funnel.centre.share) if funnel.centre else 0.0
    labels = [
        Label((f"All trusts {percent(share)}",), (frame.width - 4, y.at(share)), TEXT, bold=True)
    ]
    beyond = sorted(_beyond(funnel.points), key=lambda one: (-_distance(one, share), one.ods_code))
    for one in beyond[: MOST_NAMES[form]]:
        name = short_name(one.name) if form is Form.WIDE else one.ods_code
        colour = _SHAPES[one.position][1]
        labels.append(Label((name,), (x.at(one.total), y.at(rounded(one.share))), colour))
    points = [
        (x.at(one.total) + across, y.at(one.share) + down)
        for one in funnel.points
        for across, down in (((-5, 4), (5, 4), (0, -6)) if one.position in _BEYOND else ((0, 0),))
    ]
    middle = list(trace([(0, y.at(share)), (frame.width, y.at(share))]))
    area = Box(2, 2, frame.width + 16, frame.height - 2)
    return [layer for one in place(labels, area, [*points, *middle]) for layer in one.layers()]


def short_name(name: str) -> str:
    """Return the part of a trust's name that tells it from others."""
    for ending in (" (demonstration)", " NHS Foundation Trust", " NHS Trust"):
        name = name.removesuffix(ending)
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def _distance(one: FunnelPoint, share: float) -> float:
    """Return how far a trust lies out, in widths of its limits."""
    width = one.limits_998.upper - one.limits_998.lower
    return abs(one.share - share) / (width or 1)


def _beyond(points: Sequence[FunnelPoint]) -> list[FunnelPoint]:
    return [one for one in points if one.position in _BEYOND]


def reading(funnel: Funnel) -> str:
    """Return what the chart says, in a few sentences."""
    compared, expected = funnel.trusts.compared, funnel.trusts.expected
    if funnel.centre is None or not funnel.points:
        why = funnel.centre_reason
        said = "No trusts can be compared"
        return f"{said}: {lower_first(why.sentence)}" if why else f"{said}."
    all_of_them = (
        f"At the census of {census(funnel.year)}, {percent(rounded(funnel.centre.share))} of"
        f" {noun(_scope(funnel))} was BME in the {compared} of {expected} trusts that can be"
        " compared."
    )
    outside = sum(one.position in _OUTSIDE for one in funnel.points)
    beyond = len(_beyond(funnel.points))
    within = len(funnel.points) - outside
    limits = (
        f"The shares of {within} lie within the 95% limits of chance for their size, {beyond}"
        " beyond the 99.8% limits."
    )
    return join((all_of_them, limits))


_WORDS = {
    FunnelPosition.INSIDE: "within 95% limits",
    FunnelPosition.ABOVE_95: "above 95% limits",
    FunnelPosition.ABOVE_998: "above 99.8% limits",
    FunnelPosition.BELOW_95: "below 95% limits",
    FunnelPosition.BELOW_998: "below 99.8% limits",
}


def table(funnel: Funnel) -> Table:
    """Return the chart's numbers as a table: a row a trust, in the order of codes."""
    rows = tuple(
        (
            one.name,
            one.ods_code,
            f"{one.bme:,}",
            f"{one.total:,}",
            percent(rounded(one.share)),
            range_cell(one.limits_95),
            range_cell(one.limits_998),
            _WORDS[one.position],
        )
        for one in funnel.points
    )
    headings = (
        "Trust",
        "ODS code",
        "BME people (headcount)",
        "All people (headcount)",
        "BME share (%)",
        "95% limits for its size (%)",
        "99.8% limits for its size (%)",
        "Where it lies",
    )
    notes = tuple(caution.detail for caution in funnel.warnings)
    caption = f"{TITLE}: {title_of(_scope(funnel))}, {census(funnel.year)}"
    return Table(caption, headings, rows, notes)
