"""When? The probability of parity, or above, at each census to come."""

from collections.abc import Sequence
from typing import Final

from app.charts.labels import Box, Label, Place, place, trace
from app.charts.look import (
    ACTUAL,
    AXIS,
    MUTED,
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
)
from app.charts.scales import Scale, share_axis, year_axis, year_scale
from app.charts.stories import Story
from app.charts.tables import Table
from app.charts.words import (
    census,
    first_upper,
    likelihood,
    lower_first,
    noun,
    outlook_words,
    reference_noun,
    rounded,
    title_of,
    why_no_outlook,
)
from app.domain.codes import Outlook, Reason
from app.domain.progress import Chance, Parity

TITLE: Final = "Chance of parity"
"""What the chart is called."""

LEVELS: Final = ((0.1, "one in ten"), (0.5, "even chance"), (0.9, "nine in ten"))
"""Probabilities that are named."""

_NO_DATE = frozenset({Outlook.DEPENDS_ON_SCALE, Outlook.DEPENDS_ON_UNKNOWN})


def specification(story: Story, form: Form = Form.WIDE) -> Layer:
    """Return the chart as a Vega-Lite specification."""
    other = _other(story)
    frame = make_frame(
        form,
        title=title_of(story.scope),
        subtitles=(
            story.subject.name,
            f"Chance that its BME share matches or exceeds that of {other}",
        ),
        notes=story.subject.notes,
        height=240,
        right=86 if form is Form.WIDE else 20,
    )
    known = list_chances(story)
    if not known:
        return picture(frame, announce(frame, reading(story)), description=reading(story))
    x, ticks = year_scale([one.year for one in known], frame.width)
    y = Scale(0, 1, (frame.height, 0))
    values = [{"year": one.year, "probability": rounded(one.probability)} for one in known]
    curve = list(trace([(x.at(one.year), y.at(one.probability)) for one in known]))
    axes = {
        "x": year_axis(x, ticks),
        "y": share_axis(y, [0, 0.25, 0.5, 0.75, 1], field="probability"),
    }
    line = {"type": "line", "color": ACTUAL.colour, "strokeWidth": 2.5}
    if len(values) == 1:
        line = {"type": "point", "filled": True, "color": ACTUAL.colour, "size": 64}
    layers = [
        {"data": {"values": values}, "mark": line, "encoding": axes},
        *_levels(frame, form, y, curve),
        *_crossings(known, frame, x, y, curve),
    ]
    return picture(frame, layers, description=reading(story))


def list_chances(story: Story) -> tuple[Chance, ...]:
    """Return what chances are told, by census."""
    parity = story.parity
    if not isinstance(parity, Parity):
        return ()
    return parity.probability_at_parity or ()


def _other(story: Story) -> str:
    parity = story.parity
    if parity is None:
        return "its reference"
    return reference_noun(parity.reference, story.scope, parity.reference_share)


def _levels(frame: Frame, form: Form, y: Scale, curve: Sequence[Place]) -> list[Layer]:
    """Return the probabilities that are named, as lines, with names where the curve is not."""
    layers = []
    for level, name in LEVELS:
        at = y.at(level)
        line = {"color": AXIS, "strokeWidth": 1, "strokeDash": [1, 3]}
        layers.append(rule(line, (0, at), (frame.width, at)))
        if form is Form.WIDE:
            layers.append(write(name, frame.width + 6, at, colour=MUTED, size=12))
            continue
        box = Box(4, at - 16, 4 + text_width(name), at)
        if any(box.holds(one) for one in curve):
            end = frame.width - 4
            layers.append(write(name, end, at - 8, colour=MUTED, size=12, align="right"))
        else:
            layers.append(write(name, box.left, at - 8, colour=MUTED, size=12))
    return layers


def _crossings(
    known: tuple[Chance, ...], frame: Frame, x: Scale, y: Scale, curve: Sequence[Place]
) -> list[Layer]:
    """Return the first census at each of these probabilities, with its year."""
    labels, layers = [], []
    for level, _ in LEVELS:
        first = next((one for one in known if one.probability >= level), None)
        if first is None or (first is known[0] and level != LEVELS[1][0]):
            continue
        at = (x.at(first.year), y.at(first.probability))
        layers.append(mark_at("circle", at, 80, ACTUAL.colour))
        labels.append(Label((f"{first.year}",), at, TEXT, bold=True))
    last = known[-1]
    end = (x.at(last.year), y.at(last.probability))
    labels.append(Label((f"{likelihood(last.probability)} in {last.year}",), end, ACTUAL.ink))
    area = Box(2, 2, frame.width - 2, frame.height - 2)
    for one in place(labels, area, curve):
        layers += one.layers()
    return layers


def reading(story: Story) -> str:
    """Return what the chart says, in a few sentences."""
    parity = story.parity
    if parity is None:
        return why_no_outlook(story.parity_reason or Reason.NO_ACTUALS)
    said = outlook_words(parity, story.scope)
    known = list_chances(story)
    if not known:
        return f"{said} {_why_no_chances(story)}".rstrip()
    if parity.outlook in {Outlook.PROJECTED, *_NO_DATE}:
        return said
    last = known[-1]
    return (
        f"{said} The chance that {noun(story.scope)} is at or above {_other(story)} at the census"
        f" of {census(last.year)} is {likelihood(last.probability)}."
    )


def _why_no_chances(story: Story) -> str:
    """Return why an outlook comes without chances by year, where it does not say so itself."""
    parity = story.parity
    if isinstance(parity, Parity) and parity.probability_at_parity_reason is not None:
        reason = parity.probability_at_parity_reason
        if reason.value == parity.outlook.value:
            return ""
        return f"No chances by year are given: {lower_first(reason.sentence)}"
    return "Chances by year are not part of released figures."


def table(story: Story) -> Table:
    """Return the chart's numbers as a table: a row a census."""
    other = _other(story)
    rows = tuple(
        (str(one.year), likelihood(rounded(one.probability))) for one in list_chances(story)
    )
    notes = () if rows else (reading(story),)
    heading = f"{first_upper(noun(story.scope))} at or above {other} (chance, %)"
    return Table(f"{TITLE}: {story.heading}", ("Census of 31 March", heading), rows, notes)
