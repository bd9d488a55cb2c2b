"""An area laid out for a terminal: its sums, who reported, and a row for each trust."""

from collections.abc import Iterator
from textwrap import fill

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from app.cli.formats import chance, percent
from app.cli.progress_page import NOTES, SYNTHETIC, heading, indented, parity_heading
from app.cli.sentences import describe_parity
from app.domain.areas import (
    AreaFigure,
    AreaProgress,
    AreaReport,
    Boundaries,
    Change,
    CompactRow,
    Counted,
)
from app.domain.measures import TITLES
from app.domain.organisations import Kind
from app.domain.percentages import apportion

NARROWEST_NAME = 20
"""Columns that a trust's code and name have at least."""

NUMBERS = 78
"""Columns that all else in the table of rows takes."""

_BOUNDARIES = {
    Boundaries.TODAY: "by the boundaries of today",
    Boundaries.AT_CENSUS: "by the boundaries of each census",
}

_GROUPS = ("% BME", "% white", "% unknown")

_OF_BOARD = "Sums of boards are of positions, not of people."

_SAME_TRUSTS = (
    "Same trusts: change of the BME share since the census before, in percentage points, on the"
    " trusts that reported both."
)


def lay_out(report: AreaReport, *, width: int) -> Iterator[RenderableType]:
    """Yield the parts of the page about one measure, from top to bottom.

    Args:
        report: What is shown.
        width: Columns of the terminal.
    """
    (progress,) = report.measures
    group = f", {progress.staff_group.replace('_', '-')}" if progress.staff_group else ""
    yield Text(f"{report.area.ods_code} {report.area.name}", style="bold")
    yield (
        f"BME share of: {TITLES[progress.measure]}{group}, in {_trusts(report.trusts)},"
        f" {_BOUNDARIES[report.boundaries]}"
    )
    if report.synthetic:
        yield SYNTHETIC
    if not progress.actuals and progress.forecast_reason is not None:
        yield f"\n{progress.forecast_reason.sentence}"
    else:
        yield _sums(progress)
        yield indented(_tell(report, progress), width)
        yield heading(parity_heading(progress))
        yield indented(describe_parity(progress), width)
    yield _rows(report, max(width - NUMBERS, NARROWEST_NAME))
    if progress.warnings:
        yield heading("Warnings")
        yield indented((f"{one.code}: {one.detail}" for one in progress.warnings), width)
    yield ""
    yield fill(NOTES, width)
    yield f"As of {report.as_of.isoformat().replace('+00:00', 'Z')}, method {report.method}."
    if report.synthetic:
        yield SYNTHETIC


def _sums(progress: AreaProgress) -> Table:
    """Return the sums by census; the three groups' percentages come to 100."""
    table = Table(box=SIMPLE_HEAD)
    titles = ("Census", "Trusts", "BME", "Total", *_GROUPS, "95 % interval")
    for title in (*titles, "Same trusts"):
        table.add_column(title, justify="right", no_wrap=True)
    for one in progress.actuals:
        table.add_row(*_cells(one))
    return table


def _cells(one: AreaFigure) -> tuple[str, ...]:
    shares = apportion((one.bme, one.white, one.unknown)) if one.total else ()
    interval = one.interval_95
    return (
        str(one.year),
        f"{one.trusts_reported} of {one.trusts_expected}",
        str(one.bme),
        str(one.total),
        *([str(share) for share in shares] or ["–"] * len(_GROUPS)),
        f"{100 * interval.lower:.1f} to {percent(interval.upper)}" if interval else "–",
        _change(one.change_on_same_trusts),
    )


def _change(change: Change | None) -> str:
    """Return the change of the share in percentage points on the trusts that reported both."""
    if change is None or change.share is None:
        return "–"
    return f"{100 * change.share:+.1f} on {change.trusts}".replace("-", "−")


def _tell(report: AreaReport, progress: AreaProgress) -> Iterator[str]:
    """Yield who has not reported, what the trusts' goals come to and what is ahead."""
    if len(progress.actuals) > 1:
        yield _SAME_TRUSTS
    last = [one for one in report.turnouts if one.counted is progress.counted][-1]
    if last.missing_codes:
        yield f"Not reported for {last.year}: {', '.join(last.missing_codes)}."
    for goal in progress.goals_of_trusts:
        yield (
            f"Goals for {goal.year} of {_trusts(goal.trusts)}: {goal.goal_people} BME people,"
            f" {goal.people_to_goal} more than there are where trusts are short."
        )
    if progress.forecast:
        ahead = progress.forecast[0]
        band = f"{100 * ahead.band_80.lower:.1f} to {percent(ahead.band_80.upper)}"
        yield f"Forecast for {ahead.year}: {percent(ahead.median)} (80 % band {band})."
    if progress.forecast_reason is not None:
        yield f"No forecast is given. {progress.forecast_reason.sentence}"
    if progress.counted is Counted.BOARD:
        yield _OF_BOARD


def _trusts(number: int) -> str:
    return "1 trust" if number == 1 else f"{number} trusts"


def _rows(report: AreaReport, name_width: int) -> Table:
    """Return a row for each trust, or area; where a census is not the newest, it is named."""
    newest = max((one.year or 0 for one in report.rows), default=0)
    title = "Trust" if all(one.kind is Kind.TRUST for one in report.rows) else "Area"
    table = Table(box=SIMPLE_HEAD, collapse_padding=True, pad_edge=False)
    table.add_column(title, no_wrap=True, max_width=name_width, overflow="ellipsis")
    for name in ("BME", "Share", "Goal", "Short", "Position", "Chance", "Parity"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in report.rows:
        table.add_row(*_row(one, newest))
    return table


def _row(one: CompactRow, newest: int) -> tuple[str, ...]:
    then = "" if one.year == newest else f" ({one.year})"
    outlook = one.outlook.replace("_", " ") if one.outlook else "–"
    return (
        f"{one.ods_code} {one.name}",
        "–" if one.bme is None else f"{one.bme} of {one.total}{then}",
        "–" if one.share is None else percent(one.share),
        "–" if one.goal_people is None else str(one.goal_people),
        "–" if one.people_to_goal is None else str(one.people_to_goal),
        "–" if one.position is None else one.position.replace("_", " "),
        "–" if one.probability is None else chance(one.probability),
        str(one.parity_year or outlook),
    )
