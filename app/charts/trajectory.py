"""Are we on course? Shares by census, the path to the goal, the forecast, and parity beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.charts.labels import Box, Label, Place, place, trace
from app.charts.look import (
    ACTUAL,
    BAND_80,
    BAND_95,
    FORECAST,
    GAP,
    MUTED,
    PATH,
    REFERENCE,
    REFERENCE_AHEAD,
    SIZE,
    TEXT,
    Form,
    Frame,
    Layer,
    Look,
    Scale,
    announce,
    break_lines,
    make_frame,
    mark_at,
    picture,
    rule,
    share_axis,
    share_scale,
    text_width,
    write,
    year_axis,
    year_scale,
)
from app.charts.stories import Aim, Expected, Point, Story
from app.charts.tables import Table, count_cell, range_cell, share_cell
from app.charts.words import (
    HORIZON,
    census,
    first_upper,
    join,
    lower_first,
    noun,
    outlook_words,
    percent,
    reference_noun,
    short_title,
    title_of,
    why_no_outlook,
)
from app.domain.codes import Reason
from app.domain.progress import Interval, Parity

TITLE: Final = "Trajectory"
"""What the chart is called."""

SUBTITLE: Final = "BME share of headcount, with 95% intervals"
"""What is drawn, and in which unit."""

DASHED: Final = "Dashed: forecast, with 80% and 95% ranges"
"""What stands above a narrow chart, which has no room to name its forecast in place."""

AHEAD: Final = 10
"""Years of the forecast that are drawn where no year of parity asks for more."""

BEYOND: Final = 2
"""Years drawn after the year of parity."""

LONGEST: Final = 190
"""Pixels of a label's line."""

LANES: Final = {Form.WIDE: 42, Form.NARROW: 58}
"""Pixels above the plot in which the year of parity is told."""


def specification(story: Story, form: Form = Form.WIDE) -> Layer:
    """Return the chart as a Vega-Lite specification."""
    return _Drawing.of(story, form).specification()


def reading(story: Story) -> str:
    """Return what the chart says, in a few sentences."""
    return join((where_it_stands(story), what_is_ahead(story)))


def where_it_stands(story: Story) -> str:
    """Return the share at the last census that shows one."""
    last = story.last
    if last is None or last.share is None:
        return _why_nothing(story)
    told = f"At the census of {census(last.year)}, {percent(last.share)} of {noun(story.scope)}"
    beside = dict(story.reference).get(last.year)
    if story.reference_kind is None or beside is None:
        return f"{told} was BME."
    other = reference_noun(story.reference_kind, story.scope, None)
    return f"{told} was BME, against {percent(beside)} for {other}."


def what_is_ahead(story: Story) -> str:
    """Return the outlook for parity, or why there is none."""
    if story.last is None:
        return ""
    if story.parity is not None:
        return outlook_words(story.parity, story.scope)
    return why_no_outlook(story.parity_reason) if story.parity_reason else ""


def _why_nothing(story: Story) -> str:
    """Return why no census has a share."""
    reason = story.points[-1].reason if story.points else Reason.NO_ACTUALS
    said = f"No share is shown for {noun(story.scope)}"
    return f"{said}: {lower_first(reason.sentence)}" if reason else f"{said}."


def table(story: Story) -> Table:
    """Return the chart's numbers as a table: a row a census, held or to come."""
    years = list_years(story)
    counted = {one.year: one for one in story.points}
    coming = {one.year: one for one in story.forecast}
    steps = _steps_of(story.aim)
    beside = {**dict(story.reference_ahead), **dict(story.reference)}
    others = _other_columns(story)
    rows = [
        (
            str(year),
            *_figures(counted.get(year), coming.get(year)),
            *((share_cell(steps[year]) if year in steps else "none",) if story.aim else ()),
            *((share_cell(beside.get(year)),) if story.reference else ()),
        )
        for year in years
    ]
    headings = (
        "Census of 31 March",
        "Counted or forecast",
        "BME people (headcount)",
        "All people (headcount)",
        "BME share (%)",
        "Interval (%)",
        *others,
    )
    return Table(f"{TITLE}: {story.heading}", headings, tuple(rows), tuple(_notes(story)))


def _other_columns(story: Story) -> tuple[str, ...]:
    other = _reference_title(story)
    return (
        *(("Path to the goal (%)",) if story.aim else ()),
        *((f"{other} (%)",) if story.reference else ()),
    )


def _figures(point: Point | None, coming: Expected | None) -> tuple[str, ...]:
    """Return what was counted or is forecast at one census, as cells."""
    if point is not None:
        interval = range_cell(point.interval, point.reason)
        return (
            "counted",
            count_cell(point.bme, point.reason),
            count_cell(point.total, point.reason),
            share_cell(point.share, point.reason),
            interval if point.interval is None else f"{interval} (95%)",
        )
    if coming is not None:
        ranges = f"{range_cell(coming.band_80)} (80%), {range_cell(coming.band_95)} (95%)"
        return ("forecast", "not counted yet", "not counted yet", share_cell(coming.share), ranges)
    return ("neither", *(["not known: no census held"] * 4))


def _notes(story: Story) -> Iterator[str]:
    """Yield what is missing from the chart, and why."""
    if story.aim_reason is not None:
        yield f"No target is shown: {lower_first(story.aim_reason.sentence)}"
    if story.forecast_reason is not None:
        yield f"No forecast is shown: {lower_first(story.forecast_reason.sentence)}"
    if story.parity is None and story.parity_reason is not None:
        yield f"No outlook is shown: {lower_first(story.parity_reason.sentence)}"
    if any(one.is_hidden for one in story.points):
        yield f"Hidden: {lower_first(Reason.SUPPRESSED.sentence)}"


def _steps_of(aim: Aim | None) -> dict[int, float | None]:
    """Return what a target asks for, by census, its baseline first."""
    if aim is None:
        return {}
    return {aim.baseline.year: aim.baseline.share} | {one.year: one.share for one in aim.steps}


def _reference_title(story: Story) -> str:
    kind = story.reference_kind
    return first_upper(_short_reference(reference_noun(kind, story.scope, None))) if kind else ""


def _short_reference(text: str) -> str:
    return text.removeprefix("the ")


def list_years(story: Story) -> list[int]:
    """Return the censuses that are drawn, the first to the last, without those between."""
    held = [one.year for one in story.points]
    last = max(held, default=0)
    ends = last + AHEAD
    if story.parity is not None and story.parity.year is not None:
        ends = story.parity.year + BEYOND
    goal = story.aim.goal.year if story.aim else last
    coming = [one.year for one in story.forecast if one.year <= max(ends, goal)]
    steps = list(_steps_of(story.aim))
    beside = [year for year, _ in story.reference]
    named = [story.parity.year] if story.parity and story.parity.year else []
    return sorted({*held, *coming, *steps, *beside, *named})


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A story on its scales."""

    story: Story
    form: Form
    frame: Frame
    years: Sequence[int]
    x: Scale
    ticks: Sequence[int]
    y: Scale
    lines: Sequence[float]

    @classmethod
    def of(cls, story: Story, form: Form) -> "_Drawing":
        """Return the drawing of a story, its frame and scales chosen."""
        years = list_years(story) or [story.subject.as_of.year]
        is_dashed = form is Form.NARROW and bool(story.forecast)
        has_year = bool(story.parity and story.parity.year)
        frame = make_frame(
            form,
            title=title_of(story.scope),
            subtitles=(story.subject.name, SUBTITLE, *((DASHED,) if is_dashed else ())),
            notes=story.subject.notes,
            right=150 if form is Form.WIDE and story.forecast else 20,
            lane=LANES[form] if has_year else 6,
        )
        x, ticks = year_scale(years, frame.width)
        y, lines = share_scale(max(_values(story, years[-1]), default=0.1), frame.height)
        return cls(story, form, frame, years, x, ticks, y, lines)

    def specification(self) -> Layer:
        """Return all of it."""
        layers = [
            self._ground(),
            *self._fan(),
            *self._reference(),
            *self._path(),
            *self._actuals(),
            *self._parity_year(),
            *self._words(),
        ]
        if self.story.last is None and not self.story.reference:
            layers += announce(self.frame, where_it_stands(self.story))
        return picture(self.frame, layers, description=reading(self.story))

    def _axes(self, field: str = "share") -> Layer:
        return {
            "x": year_axis(self.x, self.ticks),
            "y": share_axis(self.y, self.lines, field=field),
        }

    def _ground(self) -> Layer:
        """Return a layer that draws the axes, whatever else there is."""
        values = [{"year": self.years[0], "share": 0}]
        mark = {"type": "point", "opacity": 0}
        return {"data": {"values": values}, "mark": mark, "encoding": self._axes()}

    def _fan(self) -> list[Layer]:
        """Return the bands of the forecast and its middle, from the last census on."""
        drawn, last = self._drawn_forecast(), self.story.last
        if not drawn or last is None:
            return []
        start = {"year": last.year, "share": last.share}
        low_high = ("lower_80", "upper_80", "lower_95", "upper_95")
        values = [start | dict.fromkeys(low_high, last.share)]
        values += [
            {
                "year": one.year,
                "share": one.share,
                "lower_80": one.band_80.lower,
                "upper_80": one.band_80.upper,
                "lower_95": one.band_95.lower,
                "upper_95": one.band_95.upper,
            }
            for one in drawn
        ]
        return [
            self._band(values, "95", BAND_95),
            self._band(values, "80", BAND_80),
            self._line([values], FORECAST),
        ]

    def _drawn_forecast(self) -> list[Expected]:
        return [one for one in self.story.forecast if one.year <= self.years[-1]]

    def _band(self, values: Sequence[Mapping[str, Any]], name: str, colour: str) -> Layer:
        encoding = self._axes(f"lower_{name}") | {"y2": {"field": f"upper_{name}"}}
        mark = {"type": "area", "color": colour, "opacity": 1}
        return {"data": {"values": list(values)}, "mark": mark, "encoding": encoding}

    def _line(self, runs: Sequence[Sequence[Mapping[str, Any]]], look: Look) -> Layer:
        """Return a line, broken between its runs."""
        values = [{**one, "run": number} for number, run in enumerate(runs) for one in run]
        mark: Layer = {"type": "line", "color": look.colour, "strokeWidth": look.width}
        if look.dash:
            mark["strokeDash"] = list(look.dash)
        encoding = self._axes() | {"detail": {"field": "run", "type": "nominal"}}
        return {"data": {"values": values}, "mark": mark, "encoding": encoding}

    def _markers(self, values: Sequence[Mapping[str, Any]], look: Look, size: int) -> Layer:
        mark = {
            "type": "point",
            "filled": True,
            "shape": look.shape,
            "color": look.colour,
            "size": size,
            "opacity": 1,
        }
        return {"data": {"values": list(values)}, "mark": mark, "encoding": self._axes()}

    def _reference(self) -> list[Layer]:
        """Return what parity is measured against, held and ahead."""
        past = [{"year": year, "share": share} for year, share in self.story.reference]
        if not past:
            return []
        ahead = [
            {"year": year, "share": share}
            for year, share in self.story.reference_ahead
            if past[-1]["year"] < year <= self.years[-1]
        ]
        return [
            self._line([past], REFERENCE),
            *([self._line([[past[-1], *ahead]], REFERENCE_AHEAD)] if ahead else []),
            self._markers(past, REFERENCE, 30),
        ]

    def _path(self) -> list[Layer]:
        """Return the path of the target, and its goal."""
        steps = _steps_of(self.story.aim)
        values = [{"year": year, "share": s} for year, s in steps.items() if s is not None]
        if not values:
            return []
        return [self._line([values], PATH), self._markers(values[-1:], PATH, 130)]

    def _actuals(self) -> list[Layer]:
        """Return what was counted, each with its interval; a hidden census breaks the line."""
        runs: list[list[Mapping[str, Any]]] = [[]]
        for one in self.story.points:
            if one.share is None:
                runs.append([])
                continue
            low, high = (one.interval.lower, one.interval.upper) if one.interval else (None, None)
            runs[-1].append({"year": one.year, "share": one.share, "lower": low, "upper": high})
        shown = [value for run in runs for value in run]
        empty = [{"year": one.year, "share": 0} for one in self.story.points if one.share is None]
        gaps = [self._markers(empty, GAP, 40)] if empty else []
        if not shown:
            return gaps
        rules = {
            "data": {"values": [one for one in shown if one["lower"] is not None]},
            "mark": {"type": "rule", "color": ACTUAL.colour, "strokeWidth": 1.25, "opacity": 0.8},
            "encoding": self._axes("lower") | {"y2": {"field": "upper"}},
        }
        return [
            *gaps,
            rules,
            self._line([run for run in runs if run], ACTUAL),
            self._markers(shown, ACTUAL, 64),
        ]

    def _parity_year(self) -> list[Layer]:
        """Return the year of parity with its interval, in the lane above the plot."""
        parity = self.story.parity
        if parity is None or parity.year is None:
            return []
        at, lane = self.x.at(parity.year), -10.0
        line = {"type": "rule", "color": TEXT, "strokeWidth": 1, "strokeDash": [1, 3]}
        layers = [rule(line, (at, lane), (at, self.frame.height))]
        lines = [f"Parity about {parity.year}"]
        if isinstance(parity, Parity) and parity.interval_80:
            first, last = parity.interval_80.earliest, parity.interval_80.latest
            begin = max(0.0, self.x.at(first or self.years[0]))
            edge = self.frame.width
            end = edge if last is None else min(edge, self.x.at(last))
            layers.append(
                rule(
                    {"type": "rule", "color": TEXT, "strokeWidth": 3, "opacity": 0.55},
                    (begin, lane),
                    (end, lane),
                )
            )
            if end == edge:
                layers.append(mark_at("triangle-right", (end, lane), 70))
            span = _between(first, last, parity.census)
            lines = [f"{lines[0]} {span}"] if self.form is Form.WIDE else [lines[0], span]
        layers.append(mark_at("circle", (at, lane), 80))
        half = max(text_width(line) for line in lines) / 2
        right = self.frame.width + self.frame.right - 8 - half
        middle = max(min(at, right), 8 - self.frame.left + half)
        for number, line in enumerate(reversed(lines)):
            layers.append(write(line, middle, lane - 17 - number * 17, align="center"))
        return layers

    def _words(self) -> list[Layer]:
        """Return the labels of all series."""
        edge = self.frame.width + self.frame.right - 4
        area = Box(2, 2, edge, self.frame.height - 2)
        found = place(self._labels(), area, list(self._obstacles()))
        return [layer for one in found for layer in one.layers()]

    def _labels(self) -> Iterator[Label]:
        story = self.story
        last = story.last
        if last is not None and last.share is not None:
            text = f"{short_title(story.scope)} {percent(last.share)}"
            yield Label((text,), self._at(last.year, last.share), ACTUAL.ink, bold=True)
        if story.reference:
            year, share = story.reference[-1]
            text = f"{_reference_title(story)} {percent(share)}"
            yield Label(break_lines(text, LONGEST, SIZE), self._at(year, share), REFERENCE.ink)
        if story.aim and story.aim.goal.share is not None:
            goal = story.aim.goal
            yield Label(
                (f"Goal {percent(goal.share or 0)}",),
                self._at(goal.year, goal.share or 0),
                PATH.ink,
                bold=True,
            )
        drawn = self._drawn_forecast()
        if drawn and self.form is Form.WIDE:
            beside = Box(self.frame.width + 2, 0, self.frame.width + 148, self.frame.height)
            lines = ("Forecast, with", "80% and 95% ranges")
            at = self._at(drawn[-1].year, drawn[-1].share)
            yield Label(lines, at, FORECAST.ink, within=beside)
        hidden = [one for one in story.points if one.share is None]
        if hidden:
            word = "hidden" if hidden[-1].is_hidden else "nobody"
            yield Label((word,), self._at(hidden[-1].year, 0), MUTED)

    def _at(self, year: int, share: float) -> Place:
        return self.x.at(year), self.y.at(min(share, self.y.last))

    def _obstacles(self) -> Iterator[Place]:
        """Yield points of all lines."""
        story = self.story
        yield from trace(
            [self._at(one.year, one.share) for one in story.points if one.share is not None]
        )
        for one in story.points:
            if one.interval is not None:
                low, high = (
                    self._at(one.year, value) for value in (one.interval.lower, one.interval.upper)
                )
                yield from trace([low, high])
        beside = [*story.reference, *story.reference_ahead]
        yield from trace([self._at(*one) for one in beside if one[0] <= self.years[-1]])
        steps = _steps_of(story.aim)
        yield from trace([self._at(y, share) for y, share in steps.items() if share is not None])
        drawn = self._drawn_forecast()
        yield from trace([self._at(one.year, one.share) for one in drawn])
        for edge in ("band_80", "band_95"):
            bands: list[Interval] = [getattr(one, edge) for one in drawn]
            for share in ("lower", "upper"):
                yield from trace(
                    [
                        self._at(one.year, getattr(band, share))
                        for one, band in zip(drawn, bands, strict=True)
                    ]
                )


def _between(first: int | None, last: int | None, held: int) -> str:
    """Return an interval of years as words; one that is open says until when it was looked."""
    ends = f"after {held + HORIZON} or never" if last is None else str(last)
    return f"({first} to {ends})" if first else f"(until {ends})"


def _values(story: Story, last: int) -> Iterator[float]:
    """Yield every share that is drawn."""
    for point in story.points:
        yield point.share or 0
        if point.interval is not None:
            yield point.interval.upper
    yield from (one.band_95.upper for one in story.forecast if one.year <= last)
    yield from (share for year, share in story.reference if year <= last)
    yield from (share for year, share in story.reference_ahead if year <= last)
    yield from (share or 0 for share in _steps_of(story.aim).values())
