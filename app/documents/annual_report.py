"""The report of a census: the national summary, as a page, as a file of HTML and as PDF."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.charts.bands import reading as read_bands
from app.charts.stories import Story, tell_stories
from app.charts.trajectory_words import what_is_ahead, where_it_stands
from app.charts.words import CONTROLLED, SYNTHETIC, census, day
from app.documents.annual_sections import (
    Section,
    bands_of,
    has_year,
    say_turnout,
    tell_sections,
    until,
)
from app.documents.annual_tables import PARTLY, find_figure, say_share
from app.documents.parts import BME, picture_content, table_content
from app.documents.typesetting import typeset
from app.domain.measures import Measure
from app.domain.public_areas import PublicAreaFigure
from app.services.annual_reports import AnnualFigures
from app.services.charts import Shown, show_report

EXACT: Final = "Exact figures, not under disclosure control: not for publication."
"""What a report says that not everybody may read."""


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """The report of a census.

    Attributes:
        marks: What has to be seen first: that figures are invented, released ones or exact.
        summary: What matters most, in sentences.
        made_from: As of when, how, and from which editions.
    """

    year: int
    as_of: datetime
    marks: Sequence[str]
    summary: Sequence[str]
    sections: Sequence[Section]
    made_from: Sequence[str]

    @property
    def title(self) -> str:
        """What the document is called."""
        return f"Workforce race equality in England: census of {census(self.year)}"


def tell_annual_report(figures: AnnualFigures) -> AnnualReport:
    """Return the report of a census."""
    told = (until(one, figures.year) for one in tell_stories(_show(figures)))
    stories = {one.scope.measure: one for one in told if one.points}
    return AnnualReport(
        year=figures.year,
        as_of=figures.as_of,
        marks=list(_mark(figures)),
        summary=list(_summarise(figures, stories)),
        sections=list(tell_sections(figures, stories)),
        made_from=list(_tell_sources(figures)),
    )


def typeset_annual_report(report: AnnualReport) -> bytes:
    """Return a report as PDF."""
    return typeset("annual_report.typ", _as_content(report), at=report.as_of)


def _as_content(report: AnnualReport) -> dict[str, Any]:
    return {
        "title": report.title,
        "as_of": day(report.as_of),
        "marks": list(report.marks),
        "summary": list(report.summary),
        "sections": [
            {
                "heading": one.heading,
                "sentences": list(one.sentences),
                "table": table_content(one.table) if one.table else None,
                "picture": picture_content(one.picture) if one.picture else None,
                "items": list(one.items),
            }
            for one in report.sections
        ],
        "made_from": list(report.made_from),
        "about": BME,
    }


def _mark(figures: AnnualFigures) -> Iterator[str]:
    if figures.england.synthetic:
        yield SYNTHETIC
    elif not figures.is_controlled:
        yield EXACT
    if figures.is_controlled:
        yield CONTROLLED


def _show(figures: AnnualFigures) -> Shown:
    return show_report(figures.england, list(Measure))


def _summarise(figures: AnnualFigures, stories: Mapping[Measure, Story]) -> Iterator[str]:
    leadership = stories.get(Measure.LEADERSHIP)
    if leadership is None or not has_year(leadership, figures.year):
        yield f"No figures of the census of {census(figures.year)} can be told yet."
        return
    yield from list(_say_part(figures)) or [where_it_stands(leadership)]
    yield what_is_ahead(leadership)
    yield read_bands(bands_of(stories))
    yield say_turnout(figures)


def _say_part(figures: AnnualFigures) -> Iterator[str]:
    """Yield where leadership stands in the trusts that show it, where the sum is hidden."""
    figure = find_figure(figures.england, Measure.LEADERSHIP, figures.year)
    part = figure.in_trusts_that_show if isinstance(figure, PublicAreaFigure) else None
    if figure is not None and part is not None and figure.share is None:
        yield (
            f"In the {part.trusts} of {figure.trusts_reported} trusts that show theirs,"
            f" {say_share(figure).removesuffix(PARTLY)} of leadership was BME at the census of"
            f" {census(figure.year)}."
        )


def _tell_sources(figures: AnnualFigures) -> Iterator[str]:
    at = figures.as_of
    yield f"As of {day(at)}, {at:%H:%M} UTC"
    yield f"Method {figures.england.method}"
    yield "Released figures" if figures.is_controlled else "Figures as they were sent"
