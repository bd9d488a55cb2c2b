"""A trajectory in words and in numbers: its reading, its table, and the years it spans."""

from collections.abc import Iterator
from typing import Final

from app.charts.stories import Aim, Expected, Point, Story
from app.charts.tables import Table, count_cell, range_cell, share_cell
from app.charts.words import (
    census,
    first_upper,
    join,
    lower_first,
    noun,
    outlook_words,
    percent,
    reference_noun,
    why_no_outlook,
)
from app.domain.codes import Reason

TITLE: Final = "Trajectory"
"""What the chart is called."""

AHEAD: Final = 10
"""Years of the forecast that are drawn where no year of parity asks for more."""

BEYOND: Final = 2
"""Years drawn after the year of parity."""


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
    steps = steps_of(story.aim)
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
    other = reference_title(story)
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


def steps_of(aim: Aim | None) -> dict[int, float | None]:
    """Return what a target asks for, by census, its baseline first."""
    if aim is None:
        return {}
    return {aim.baseline.year: aim.baseline.share} | {one.year: one.share for one in aim.steps}


def reference_title(story: Story) -> str:
    """Return what the measure is held against, as a title; nothing where that is not told."""
    kind = story.reference_kind
    if kind is None:
        return ""
    return first_upper(reference_noun(kind, story.scope, None).removeprefix("the "))


def list_years(story: Story) -> list[int]:
    """Return the censuses that are drawn, the first to the last, without those between."""
    held = [one.year for one in story.points]
    last = max(held, default=0)
    ends = last + AHEAD
    if story.parity is not None and story.parity.year is not None:
        ends = story.parity.year + BEYOND
    goal = story.aim.goal.year if story.aim else last
    coming = [one.year for one in story.forecast if one.year <= max(ends, goal)]
    steps = list(steps_of(story.aim))
    beside = [year for year, _ in story.reference]
    named = [story.parity.year] if story.parity and story.parity.year else []
    return sorted({*held, *coming, *steps, *beside, *named})
