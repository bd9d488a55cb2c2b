"""Charts of an area as their page tells them: the course of the sum, its bands, its trusts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.charts.kinds import ChartKind
from app.charts.pictures import Picture, draw, draw_funnel, draw_trusts
from app.charts.stories import Story, tell_stories
from app.dashboard.views.areas import Choice
from app.dashboard.views.registers import UNRELEASED
from app.dashboard.views.words import list_notices
from app.domain.definitions import MeasureDefinition
from app.domain.funnels import Funnel
from app.domain.measures import Measure
from app.domain.organisations import Kind, Organisation
from app.services.charts import Shown
from app.services.definitions import page_of

CLOSED: Final = (
    "The funnel of trusts is for the national team until every trust's figures are public: its"
    " limits take exact counts."
)
"""Why a reader does not see it."""


@dataclass(frozen=True, slots=True)
class ChartSection:
    """A chart under the question that it answers.

    Attributes:
        sentence: What stands in its place where there is none.
    """

    id: str
    question: str
    picture: Picture | None
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class AreaChartsPage:
    """The page of the charts of an area.

    Attributes:
        path: Of the page.
        measure_page: Who is counted.
    """

    title: str
    sentences: Sequence[str]
    data: str | None
    path: str
    trail: Sequence[tuple[str, str]]
    choice: Choice
    measure: str
    measure_page: str
    sections: Sequence[ChartSection]
    notices: Sequence[str]


def tell_area_charts(
    area: Organisation,
    measure: Measure,
    shown: Shown | None,
    *,
    funnel: Funnel | None,
    trusts: Sequence[Shown],
    measures: Iterable[MeasureDefinition],
) -> AreaChartsPage:
    """Return the page of the charts of an area.

    Args:
        area: England, a region or an integrated care board.
        measure: The one asked for.
        shown: The measure, and those that it is made of, as far as the reader may see them;
            None for not at all.
        funnel: All trusts around their sum; None where the reader may not see it.
        trusts: The measure in each trust of an integrated care board; else none.
        measures: Every one, to choose from.
    """
    is_england = area.kind is Kind.ENGLAND
    home = "/england" if is_england else f"/areas/{area.ods_code}"
    titles = {one.measure.value: one.title for one in measures}
    stories = tell_stories(shown) if shown else []
    sections = [
        *_tell_sum(stories),
        *_tell_trusts(stories, trusts),
        *(_tell_funnel(funnel) if shown and is_england else ()),
    ]
    return AreaChartsPage(
        title=f"Charts: {area.name}",
        sentences=UNRELEASED if shown is None else (),
        data=f"/v1{home}/progress?measure={measure}" if shown else None,
        path=f"{home}/charts",
        trail=((area.name, f"{home}?measure={measure}"),),
        choice=Choice("measure", "Measure", titles, measure.value),
        measure=titles[measure.value],
        measure_page=page_of("measures", measure),
        sections=sections,
        notices=list_notices(is_invented=shown.synthetic, is_controlled=shown.is_controlled)
        if shown
        else (),
    )


def _tell_sum(stories: Sequence[Story]) -> Sequence[ChartSection]:
    if not stories or not stories[0].points:
        return ()
    sections = [
        ChartSection("course", "Are the trusts on course?", draw(ChartKind.TRAJECTORY, stories))
    ]
    if len(stories) > 1:
        sections.append(
            ChartSection("parts", "Is it so in each part?", draw(ChartKind.MULTIPLES, stories))
        )
    return sections


def _tell_trusts(stories: Sequence[Story], trusts: Sequence[Shown]) -> Sequence[ChartSection]:
    each = [story for one in trusts for story in tell_stories(one)]
    if not stories or not each:
        return ()
    question = "How does each trust stand?"
    return [ChartSection("trusts", question, draw_trusts(stories[0], each))]


def _tell_funnel(funnel: Funnel | None) -> Sequence[ChartSection]:
    question = "Which trusts differ by more than chance?"
    picture = draw_funnel(funnel) if funnel else None
    return [ChartSection("funnel", question, picture, None if funnel else CLOSED)]
