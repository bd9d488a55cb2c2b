"""Charts as they are shown: drawn for wide and for narrow screens, with reading and table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.charts import drawing, funnel, trusts
from app.charts.chart import Chart
from app.charts.kinds import ChartKind, make_chart
from app.charts.look import Form
from app.charts.stories import Story
from app.charts.tables import Table
from app.domain.funnels import Funnel


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as pages and documents show it.

    Attributes:
        wide: As SVG, for screens as wide as a desk's, and for paper.
        narrow: Likewise for a telephone's, and for half a sheet.
    """

    wide: str
    narrow: str
    reading: str
    table: Table


def draw(kind: ChartKind, stories: Sequence[Story]) -> Picture:
    """Return a chart of measures, those of `list_measures` in their order."""
    return _in_both(lambda form: make_chart(kind, stories, form))


def draw_funnel(found: Funnel) -> Picture:
    """Return the funnel of trusts."""
    return _in_both(lambda form: funnel.make_chart(found, form))


def draw_trusts(whole: Story, each: Sequence[Story]) -> Picture:
    """Return the trusts of an area side by side."""
    return _in_both(lambda form: trusts.make_chart(whole, each, form))


def _in_both(make: Callable[[Form], Chart]) -> Picture:
    """Return a chart in both of its forms."""
    wide, narrow = make(Form.WIDE), make(Form.NARROW)
    return Picture(_draw(wide), _draw(narrow), wide.reading, wide.table)


def _draw(chart: Chart) -> str:
    return drawing.svg(chart.specification, title=chart.title, description=chart.reading)
