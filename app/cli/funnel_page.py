"""The funnel of all trusts laid out for a terminal."""

from collections.abc import Iterator
from textwrap import fill

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table

from app.cli.formats import percent
from app.cli.progress_page import NOTES, SYNTHETIC
from app.domain.codes import FunnelPosition
from app.domain.funnels import Funnel, FunnelPoint
from app.domain.measures import TITLES
from app.domain.progress import Interval

NARROWEST_NAME = 20
"""Columns that a trust's code and name have at least."""

NUMBERS = 80
"""Columns that all else in the table takes."""

_COLUMNS = ("BME", "Share", "Unknown", "95 % limits", "Position", "Rank (95 %)")

_POSITIONS = {
    FunnelPosition.INSIDE: "inside",
    FunnelPosition.ABOVE_95: "above 95 %",
    FunnelPosition.ABOVE_998: "above 99.8 %",
    FunnelPosition.BELOW_95: "below 95 %",
    FunnelPosition.BELOW_998: "below 99.8 %",
}


def lay_out(funnel: Funnel, *, width: int) -> Iterator[RenderableType]:
    """Yield the parts of the page, from top to bottom.

    Args:
        funnel: What is shown.
        width: Columns of the terminal.
    """
    narrowed = f", {funnel.staff_group.replace('_', '-')}" if funnel.staff_group else ""
    yield f"BME share of: {TITLES[funnel.measure]}{narrowed}, at the census of {funnel.year}"
    if funnel.synthetic:
        yield SYNTHETIC
    yield _table(funnel, max(width - NUMBERS, NARROWEST_NAME))
    for sentence in _sentences(funnel):
        yield fill(sentence, width)
    for warning in funnel.warnings:
        yield fill(f"{warning.code}: {warning.detail}", width)
    yield ""
    yield fill(NOTES, width)
    yield f"As of {funnel.as_of.isoformat().replace('+00:00', 'Z')}, method {funnel.method}."
    if funnel.synthetic:
        yield SYNTHETIC


def _table(funnel: Funnel, name_width: int) -> Table:
    """Return the trusts in the order of their codes: a funnel is no league table."""
    table = Table(box=SIMPLE_HEAD, collapse_padding=True, pad_edge=False)
    table.add_column("Trust", no_wrap=True, max_width=name_width, overflow="ellipsis")
    for title in _COLUMNS:
        table.add_column(title, justify="right", no_wrap=True)
    for point in funnel.points:
        table.add_row(*_cells(point))
    return table


def _cells(point: FunnelPoint) -> tuple[str, ...]:
    ranks = point.standing.interval_95
    return (
        f"{point.ods_code} {point.name}",
        f"{point.bme} of {point.total}",
        percent(point.share),
        percent(point.unknown_share),
        _span(point.limits_95),
        _POSITIONS[point.position],
        f"{point.standing.rank} ({ranks.lower} to {ranks.upper})",
    )


def _span(limits: Interval) -> str:
    return f"{100 * limits.lower:.1f} to {100 * limits.upper:.1f}"


def _sentences(funnel: Funnel) -> Iterator[str]:
    """Yield the middle of the funnel, and who is in it."""
    centre, trusts = funnel.centre, funnel.trusts
    if centre is None:
        yield "Nobody is in the measure, and so there is no funnel."
    else:
        yield (
            f"All together: {centre.bme} of {centre.total} ({percent(centre.share)}); the"
            f" ethnicity of {percent(centre.unknown_share)} is unknown."
        )
    if funnel.dispersion is not None and funnel.dispersion.applied:
        yield "Trusts vary by more than chance; the limits were widened for it."
    yield (
        f"Compared are {trusts.compared} of the {trusts.expected} trusts then open. This is no"
        " league table: ranks are given with those that chance could as well have brought."
    )
