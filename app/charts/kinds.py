"""The charts there are of a measure, and what each is drawn from."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, assert_never

from app.charts import bands, chances, multiples, people, trajectory, trajectory_words
from app.charts.chart import Chart
from app.charts.look import Form
from app.charts.stories import Story
from app.domain.measures import BAND_MEASURES, Measure


class ChartKind(StrEnum):
    """Which question a chart answers."""

    TRAJECTORY = "trajectory"
    """Are we on course? Shares, path, goal, forecast and parity."""
    PEOPLE = "people"
    """How many people is that? Headcounts against what the path asks for."""
    BANDS = "bands"
    """Where are the gaps? The share in each band against the workforce."""
    CHANCES = "chances"
    """When? The probability of parity at each census to come."""
    MULTIPLES = "multiples"
    """Is it so in each band? The trajectory of each, side by side."""


_PARTS: Final[Mapping[Measure, tuple[Measure, ...]]] = {
    Measure.WORKFORCE: BAND_MEASURES,
    Measure.LEADERSHIP: BAND_MEASURES,
    Measure.SENIOR_LEADERSHIP: BAND_MEASURES[2:],
    Measure.BOARD: (Measure.BOARD_VOTING, Measure.BOARD_EXECUTIVE),
}
"""The measures that others are made of, as far as they are measured by themselves."""


def list_measures(kind: ChartKind, measure: Measure) -> tuple[Measure, ...]:
    """Return the measures that a chart is drawn from, its own first."""
    wanted = kind in {ChartKind.BANDS, ChartKind.MULTIPLES}
    return (measure, *(_PARTS.get(measure, ()) if wanted else ()))


def make_chart(kind: ChartKind, stories: Sequence[Story], form: Form = Form.WIDE) -> Chart:
    """Return a chart of measures, those of `list_measures` in their order.

    Args:
        kind: Which question it answers.
        stories: What is told of each measure.
        form: How wide it is drawn.
    """
    first = stories[0]
    match kind:
        case ChartKind.TRAJECTORY:
            return Chart(
                trajectory.specification(first, form),
                trajectory_words.table(first),
                trajectory_words.reading(first),
            )
        case ChartKind.PEOPLE:
            return Chart(
                people.specification(first, form),
                people.table(first),
                people.reading(first),
            )
        case ChartKind.CHANCES:
            return Chart(
                chances.specification(first, form),
                chances.table(first),
                chances.reading(first),
            )
        case ChartKind.BANDS:
            return Chart(
                bands.specification(stories, form),
                bands.table(stories),
                bands.reading(stories),
            )
        case ChartKind.MULTIPLES:
            return Chart(
                multiples.specification(stories, form),
                multiples.table(stories),
                multiples.reading(stories),
            )
        case _:
            assert_never(kind)
