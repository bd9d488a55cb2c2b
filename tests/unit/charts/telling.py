"""Stories to draw: the worked example, and what lies at the ends of what can be."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from app.charts.look import Layer
from app.charts.stories import Story, tell_stories
from app.domain.assessment import assess
from app.domain.holdings import Holdings
from app.domain.measures import Measure, ReferenceKind, Scope
from app.domain.panels import Question
from app.domain.progress import Progress
from app.services.charts import Answer, Shown
from tests.unit.domain.given import (
    NOW,
    SETTINGS,
    leaders_among,
    people,
    target,
    worked_example,
)

LONG_NAME = f"The {'Very ' * 10}Long-named Infirmary NHS Foundation Trust"
"""A name of 90 characters and more."""

BANDS = (
    Measure.BAND_8A, Measure.BAND_8B, Measure.BAND_8C, Measure.BAND_8D, Measure.BAND_9,
    Measure.VSM,
)  # fmt: skip


def ask(held: Holdings, *measures: Measure) -> list[Progress]:
    """Return what is told of measures, each beside the workforce."""
    questions = [
        Question(Scope(one), None if one is Measure.WORKFORCE else ReferenceKind.OWN_WORKFORCE)
        for one in measures
    ]
    return list(assess(held, questions, SETTINGS))


def show(
    answers: Sequence[Answer],
    workforce: Answer | None,
    *,
    name: str = "Example NHS Trust",
    is_controlled: bool = False,
) -> Shown:
    """Return answers as a service shows them."""
    return Shown(
        name=name,
        ods_code="ZZ001",
        as_of=NOW,
        method="1",
        synthetic=True,
        is_controlled=is_controlled,
        reference=None,
        answers=tuple(answers),
        workforce=workforce,
    )


def stories_of(held: Holdings, *measures: Measure, name: str = "Example NHS Trust") -> list[Story]:
    """Return what is drawn of measures of a trust."""
    *answers, workforce = ask(held, *measures, Measure.WORKFORCE)
    return tell_stories(show(answers, workforce, name=name))


def example() -> Story:
    """Return the worked example with its target."""
    return stories_of(worked_example(target("0.1800")), Measure.LEADERSHIP)[0]


def leaders(
    counts: Mapping[int, tuple[int, int]], others: tuple[int, int] = (200, 1000)
) -> list[Story]:
    """Return leadership and its bands of a trust with BME leaders of leaders, by census."""
    held = leaders_among(
        {year: people(*count) for year, count in counts.items()},
        dict.fromkeys(counts, people(*others)),
    )
    return stories_of(held, Measure.LEADERSHIP, *BANDS, name=LONG_NAME)


def values_of(specification: Layer) -> list[dict[str, Any]]:
    """Return all data of a specification."""
    found: list[dict[str, Any]] = []
    for layer in specification["layer"]:
        found += layer["data"]["values"]
    return found


def texts_of(specification: Layer) -> list[str]:
    """Return all texts that a specification writes."""
    found = [layer["encoding"].get("text", {}).get("value") for layer in specification["layer"]]
    return [one for one in found if one is not None]


def as_text(specification: Layer) -> str:
    """Return a specification as it is sent."""
    return json.dumps(specification, allow_nan=False)
