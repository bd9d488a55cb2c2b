"""How do the trusts of an area stand? The share in each beside its own workforce, side by side."""

from collections.abc import Sequence
from typing import Final

from app.charts.chart import Chart
from app.charts.funnel import short_name
from app.charts.look import Form, Layer
from app.charts.multiples import draw_panels
from app.charts.stories import Story
from app.charts.tables import Table, count_cell, share_cell
from app.charts.words import first_upper, inside, join, percent

TITLE: Final = "Trusts side by side"
"""What the chart is called."""

SUBTITLE: Final = (
    "BME share of headcount by census, one scale for all; trusts in alphabetical order"
)
"""What is drawn, and in which unit."""

TOGETHER: Final = "All trusts together"


def make_chart(whole: Story, trusts: Sequence[Story], form: Form = Form.WIDE) -> Chart:
    """Return the chart.

    Args:
        whole: What is told of the measure in all trusts of the area together.
        trusts: What is told of it in each.
        form: How wide it is drawn.
    """
    in_order = sorted(trusts, key=lambda one: (one.subject.name.casefold(), one.subject.ods_code))
    said = _read(whole, in_order)
    return Chart(_draw(whole, in_order, form, said), _tabulate(whole, in_order), said)


def _draw(whole: Story, trusts: Sequence[Story], form: Form, said: str) -> Layer:
    named = [(TOGETHER, whole), *((short_name(one.subject.name), one) for one in trusts)]
    return draw_panels(named, form, subtitle=SUBTITLE, description=said)


def _read(whole: Story, trusts: Sequence[Story]) -> str:
    """Return what the chart says; it names no trust, as it is no league table."""
    pairs = [(_newest(one), one.reference) for one in trusts]
    shares = [share for share, _ in pairs if share is not None]
    if not shares:
        return "No trust has a share that can be shown."
    where, count = first_upper(inside(whole.scope)), len(trusts)
    if len(shares) == 1:
        told = f", the only one of {count} that can be shown" if count > 1 else ""
        return f"{where}, the latest share of one trust is {percent(shares[0])}{told}."
    which = f"all {count}" if len(shares) == count else f"{len(shares)} of {count}"
    span = (
        f"{where}, the latest shares of {which} trusts run from {percent(min(shares))} to"
        f" {percent(max(shares))}."
    )
    above = [share >= beside[-1][1] for share, beside in pairs if share is not None and beside]
    reached = (
        f"In {sum(above) or 'none'} of the {len(above)} that can be compared the share has reached"
        " that of the trust's own workforce."
    )
    return join((span, reached if above else ""))


def _newest(story: Story) -> float | None:
    return story.last.share if story.last else None


def _tabulate(whole: Story, trusts: Sequence[Story]) -> Table:
    """Return the chart's numbers: a row a trust and census."""
    named = [(TOGETHER, whole), *((one.subject.name, one) for one in trusts)]
    rows = tuple(
        (
            name,
            str(one.year),
            count_cell(one.bme, one.reason),
            count_cell(one.total, one.reason),
            share_cell(one.share, one.reason),
            share_cell(dict(story.reference).get(one.year)),
        )
        for name, story in named
        for one in story.points
    )
    headings = (
        "Trust",
        "Census of 31 March",
        "BME people (headcount)",
        "All people (headcount)",
        "BME share (%)",
        "Held against (%)",
    )
    return Table(f"{TITLE}: {whole.heading}", headings, rows)
