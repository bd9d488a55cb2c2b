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
    announce,
    break_lines,
    make_frame,
    mark_at,
    picture,
    rule,
    text_width,
    write,
)
from app.charts.scales import Scale, share_axis, share_scale, year_axis, year_scale
from app.charts.stories import Expected, Story
from app.charts.trajectory_words import (
    list_years,
    reading,
    reference_title,
    steps_of,
    where_it_stands,
)
from app.charts.words import (
    HORIZON,
    percent,
    short_title,
    title_of,
)
from app.domain.progress import Interval, Parity

SUBTITLE: Final = "BME share of headcount, with 95% intervals"
"""What is drawn, and in which unit."""

DASHED: Final = "Dashed: forecast, with 80% and 95% ranges"
"""What stands above a narrow chart, which has no room to name its forecast in place."""

LONGEST: Final = 190
"""Pixels of a label's line."""

LANES: Final = {Form.WIDE: 42, Form.NARROW: 58}
"""Pixels above the plot in which the year of parity is told."""


def specification(story: Story, form: Form = Form.WIDE) -> Layer:
    """Return the chart as a Vega-Lite specification."""
    return _Drawing.of(story, form).specification()


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
        here = Interval(last.share or 0, last.share or 0)
        values = [
            {
                "year": one.year,
                "share": one.share,
                "lower_80": one.band_80.lower,
                "upper_80": one.band_80.upper,
                "lower_95": one.band_95.lower,
                "upper_95": one.band_95.upper,
            }
            for one in (Expected(last.year, here.lower, here, here), *drawn)
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
        steps = steps_of(self.story.aim)
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
        thin = {"color": TEXT, "strokeWidth": 1, "strokeDash": [1, 3]}
        layers = [rule(thin, (at, lane), (at, self.frame.height))]
        lines = [f"Parity about {parity.year}"]
        if isinstance(parity, Parity) and parity.interval_80:
            first, last = parity.interval_80.earliest, parity.interval_80.latest
            begin = max(0.0, self.x.at(first or self.years[0]))
            edge = self.frame.width
            end = edge if last is None else min(edge, self.x.at(last))
            thick = {"color": TEXT, "strokeWidth": 3, "opacity": 0.55}
            layers.append(rule(thick, (begin, lane), (end, lane)))
            if end == edge:
                layers.append(mark_at("triangle-right", (end, lane), 70))
            span = _between(first, last, parity.census)
            lines = [f"{lines[0]} {span}"] if self.form is Form.WIDE else [lines[0], span]
        layers.append(mark_at("circle", (at, lane), 80))
        half = max(text_width(line) for line in lines) / 2
        right = self.frame.width + self.frame.right - 8 - half
        middle = max(min(at, right), 8 - self.frame.left + half)
        for number, text in enumerate(reversed(lines)):
            layers.append(write(text, middle, lane - 17 - number * 17, align="center"))
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
            text = f"{reference_title(story)} {percent(share)}"
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
        steps = steps_of(story.aim)
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
    yield from (share or 0 for share in steps_of(story.aim).values())
