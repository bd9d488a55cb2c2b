"""Progress laid out for a terminal."""

from collections.abc import Iterable, Iterator, Mapping
from textwrap import fill

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from app.cli.chart import Line, draw
from app.cli.formats import percent
from app.cli.sentences import (
    describe_gap,
    describe_parity,
    describe_target,
)
from app.domain.areas import AreaProgress
from app.domain.codes import ActualsState
from app.domain.measures import TITLES, ReferenceKind
from app.domain.progress import ActualFigure, Progress, TargetFigure
from app.domain.series import Continuity

WIDEST_CHART = 90
"""Columns of the chart at most."""

REFERENCE_NAMES = {
    ReferenceKind.OWN_WORKFORCE: "own workforce",
    ReferenceKind.OWN_MEDICAL_WORKFORCE: "own medical workforce",
    ReferenceKind.OWN_STAFF_GROUP: "own staff group",
    ReferenceKind.OWN_WORKFORCE_AT_BASELINE: "own workforce at the baseline",
    ReferenceKind.FIXED: "fixed share",
}
"""What each reference is called where people read it."""

SYNTHETIC = "Synthetic: these figures are invented, for demonstration."
"""What stands above and below figures of an invented trust."""

NOTES = (
    "Counts are full counts; an interval describes the process behind them. BME: Black and"
    " minority ethnic, which joins groups that differ. Unknown is not “not BME”; white includes"
    " Irish, Gypsy, Roma and Traveller staff."
)
"""What stands under every chart."""


def lay_out(
    progress: Progress, workforce: Progress, *, name: str, width: int
) -> Iterator[RenderableType]:
    """Yield the parts of the page, from top to bottom.

    Args:
        progress: What is shown.
        workforce: Progress of the trust's workforce, for the chart.
        name: What the trust is called.
        width: Columns of the terminal.
    """
    yield from _top(progress, name)
    for target in (progress.closing_target, progress.current_target):
        if target is not None:
            yield heading(f"Target {target.cycle} ({target.state})")
            yield indented([describe_target(target)], width)
            if target.milestones:
                yield _path_table(target)
    yield heading("Gap" if progress.gap is None else f"Gap in {progress.gap.year}")
    yield indented(describe_gap(progress), width)
    yield heading(parity_heading(progress))
    yield indented(describe_parity(progress), width)
    yield from _chart(progress, workforce, min(width, WIDEST_CHART))
    if progress.warnings:
        yield heading("Warnings")
        yield indented((f"{one.code}: {one.detail}" for one in progress.warnings), width)
    yield from _bottom(progress, width)


def _top(progress: Progress, name: str) -> Iterator[RenderableType]:
    group = f", {progress.staff_group.replace('_', '-')}" if progress.staff_group else ""
    yield Text(f"{progress.ods_code} {name}", style="bold")
    yield f"BME share of: {TITLES[progress.measure]}{group}"
    if progress.synthetic:
        yield SYNTHETIC
    yield _census_table(progress.actuals) if progress.actuals else "\nNo census has been sent."


def _bottom(progress: Progress, width: int) -> Iterator[RenderableType]:
    as_of = progress.as_of.isoformat().replace("+00:00", "Z")
    yield ""
    yield fill(NOTES, width)
    yield f"As of {as_of}, method {progress.method}{told_alone(progress.continuity)}."
    if progress.synthetic:
        yield SYNTHETIC


def told_alone(continuity: Continuity) -> str:
    """Return that a trust's figures are its own only, if they are."""
    is_alone = continuity is Continuity.AS_REPORTED
    return ", as reported: without its predecessors" if is_alone else ""


def _census_table(actuals: Iterable[ActualFigure]) -> Table:
    table = Table(box=SIMPLE_HEAD)
    columns = ("Census", "BME", "Total", "Share", "95 % interval", "Of known", "Unknown", "State")
    for title in columns:
        table.add_column(title, justify="left" if title == "State" else "right", no_wrap=True)
    for one in actuals:
        interval = one.interval_95
        is_provisional = one.state is ActualsState.PROVISIONAL
        table.add_row(
            str(one.year),
            str(one.bme),
            str(one.total),
            _percent(one.share),
            f"{100 * interval.lower:.1f} to {percent(interval.upper)}" if interval else "–",
            _percent(one.share_of_known),
            _percent(one.unknown_share),
            "provisional" if is_provisional else "signed off",
        )
    return table


def _path_table(target: TargetFigure) -> Table:
    table = Table(box=SIMPLE_HEAD)
    table.add_column("Due at the census of")
    for one in target.milestones:
        table.add_column(str(one.year), justify="right", no_wrap=True)
    table.add_row("BME people", *(str(one.headcount) for one in target.milestones))
    table.add_row("Share", *(_percent(one.share) for one in target.milestones))
    return table


def parity_heading(progress: Progress | AreaProgress) -> str:
    """Return the heading over the sentences about parity."""
    parity = progress.parity
    if parity is None:
        return "Parity"
    share = parity.reference_share
    held = "" if share is None else f" ({percent(share)} in {parity.census})"
    return f"Parity with {REFERENCE_NAMES[parity.reference]}{held}"


def _chart(progress: Progress, workforce: Progress, width: int) -> Iterator[RenderableType]:
    lines = [*_reference_line(progress, workforce), *_goal_line(progress)]
    shares = _shares(progress.actuals)
    if shares:
        label = progress.measure.replace("_", " ")
        drawn = draw([*lines, Line(label, "●", shares)], width=width)
        yield heading("BME share, synthetic" if progress.synthetic else "BME share")
        yield Text("\n".join(drawn), no_wrap=True)


def _reference_line(progress: Progress, workforce: Progress) -> Iterator[Line]:
    """Yield what the measure is held against: by year where it moves, else level."""
    parity = progress.parity
    if parity is None or parity.reference_share is None:
        return
    name, mark = REFERENCE_NAMES[parity.reference], "○"
    match parity.reference:
        case ReferenceKind.OWN_WORKFORCE:
            yield Line(name, mark, _shares(workforce.actuals), every=3)
        case ReferenceKind.FIXED | ReferenceKind.OWN_WORKFORCE_AT_BASELINE:
            level = {one.year: parity.reference_share for one in progress.actuals}
            yield Line(name, mark, level, every=3)
        case _:
            yield Line(name, mark, {parity.census: parity.reference_share})


def _goal_line(progress: Progress) -> Iterator[Line]:
    target = progress.current_target or progress.closing_target
    if target is None:
        return
    shares = {one.year: one.share for one in target.milestones if one.share is not None}
    if not shares:
        return
    if target.baseline.share is not None:
        shares[target.baseline.year] = target.baseline.share
    yield Line("goal", "◇", shares, every=2)


def _shares(actuals: Iterable[ActualFigure]) -> Mapping[int, float]:
    return {one.year: one.share for one in actuals if one.share is not None}


def _percent(share: float | None) -> str:
    return "–" if share is None else percent(share)


def heading(text: str) -> Text:
    """Return a heading under an empty line."""
    return Text(f"\n{text}", style="bold")


def indented(sentences: Iterable[str], width: int) -> str:
    """Return sentences, each on lines of its own."""
    indent = "  "
    return "\n".join(
        fill(one, width, initial_indent=indent, subsequent_indent=indent) for one in sentences
    )
