"""The tables of the report of a census: measures, movements, regions and the nine indicators."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.charts.tables import Table
from app.charts.words import HIDDEN, census, percent, points, rounded, short_title
from app.documents.parts import NOT_THERE
from app.domain.areas import AreaFigure
from app.domain.codes import Reason
from app.domain.measures import Measure, Scope
from app.domain.public_areas import PublicAreaFigure
from app.services.annual_reports import AnnualFigures, Report

Figure = AreaFigure | PublicAreaFigure

PARTLY: Final = "†"
"""What marks a share of those trusts that show their part of a sum that is hidden."""


def find_figure(report: Report, measure: Measure, year: int) -> Figure | None:
    """Return the people of a measure in an area at a census; None where none are told."""
    (found,) = [one for one in report.measures if one.measure is measure]
    return next((one for one in found.actuals if one.year == year), None)


def tell_measures(
    figures: AnnualFigures, title: str, measures: Sequence[Measure], of: str = "people"
) -> Table:
    """Return a row for each measure of England: people, share, and the share a year before.

    Args:
        figures: Of the report.
        title: What the table is called.
        measures: In the order of the rows.
        of: What is counted.
    """
    year = figures.year
    headings = (
        "Group",
        f"BME {of}",
        f"All {of}",
        "BME share",
        f"Share in {year - 1}",
        "Change (points)",
    )
    return Table(
        title,
        headings,
        tuple(_tell_measure(figures, one) for one in measures),
        tuple(_tell_parts(figures, measures)),
    )


def _tell_measure(figures: AnnualFigures, measure: Measure) -> tuple[str, ...]:
    now, before = (
        find_figure(figures.england, measure, year) for year in (figures.year, figures.year - 1)
    )
    change = now.change_on_same_trusts if now else None
    return (
        short_title(Scope(measure)),
        _people(now, now.bme if now else None),
        _people(now, now.total if now else None),
        say_share(now),
        say_share(before),
        say_apart(change.share if change and change.since == figures.year - 1 else None),
    )


def _tell_parts(figures: AnnualFigures, measures: Sequence[Measure]) -> Iterator[str]:
    """Yield of how many trusts the shares are whose sums are hidden."""
    for one in measures:
        now = find_figure(figures.england, one, figures.year)
        part = now.in_trusts_that_show if isinstance(now, PublicAreaFigure) else None
        if now is not None and part is not None and now.share is None:
            yield (
                f"{PARTLY} {short_title(Scope(one))}: in the {part.trusts} of"
                f" {now.trusts_reported} trusts that show theirs; the others are mostly small, or"
                " have few BME people."
            )


def _people(figure: Figure | None, count: int | None) -> str:
    if figure is None:
        return NOT_THERE
    return HIDDEN if count is None else f"{count:,}"


def say_share(figure: Figure | None) -> str:
    """Return a share; marked where it is that of the trusts that show their part."""
    if figure is None:
        return NOT_THERE
    if figure.share is not None:
        return percent(rounded(figure.share))
    part = figure.in_trusts_that_show if isinstance(figure, PublicAreaFigure) else None
    if part is not None and part.share is not None:
        return f"{percent(rounded(part.share))}{PARTLY}"
    return "nobody" if figure.share_reason is Reason.NO_PEOPLE else HIDDEN


def say_apart(difference: float | None) -> str:
    """Return a difference of shares with its sign, in percentage points."""
    if difference is None:
        return NOT_THERE
    text = points(abs(rounded(difference)))
    if not text.strip("0."):
        return text
    return f"+{text}" if difference > 0 else f"−{text}"


def tell_movements(figures: AnnualFigures) -> Table:
    """Return what changed since the census before, in the trusts that reported both."""
    year = figures.year
    headings = ("Group", "Trusts in both", "BME people", "All people", "BME share (points)")
    rows = []
    for one in Measure:
        now = find_figure(figures.england, one, year)
        rows.append((short_title(Scope(one)), *_tell_change(now, year - 1)))
    note = "A trust that reported only one of the two censuses is left out of both."
    return Table(f"Changes since {census(year - 1)}", headings, tuple(rows), (note,))


def _tell_change(now: Figure | None, since: int) -> tuple[str, ...]:
    if now is None:
        return (NOT_THERE,) * 4
    change = now.change_on_same_trusts
    if change is None or change.since != since:
        is_hidden = now.change_on_same_trusts_reason is Reason.SUPPRESSED
        return (HIDDEN if is_hidden else NOT_THERE,) * 4
    return (
        f"{change.trusts:,}",
        _signed(change.bme),
        _signed(change.total),
        say_apart(change.share),
    )


def _signed(change: int) -> str:
    return f"{change:+,}".replace("-", "−") if change else "0"


def tell_regions(figures: AnnualFigures) -> Table:
    """Return a row for each region: who reported, its shares, and how far apart they are."""
    headings = (
        "Region",
        "Trusts reported",
        "Share of workforce",
        "Share of leadership",
        "Gap (points)",
        "Share of boards",
    )
    rows = tuple(_tell_region(one, figures.year) for one in figures.regions)
    notes = ["Trusts are counted where they lay on the day of the census."]
    if any(cell.endswith(PARTLY) for row in rows for cell in row):
        notes.append(f"{PARTLY} In the trusts that show theirs, where nine in ten do.")
    return Table("Regions", headings, rows, tuple(notes))


def _tell_region(report: Report, year: int) -> tuple[str, ...]:
    workforce, leadership, board = (
        find_figure(report, one, year)
        for one in (Measure.WORKFORCE, Measure.LEADERSHIP, Measure.BOARD)
    )
    gap = None
    if workforce and leadership and None not in {workforce.share, leadership.share}:
        gap = (workforce.share or 0) - (leadership.share or 0)
    reported = (
        f"{workforce.trusts_reported} of {workforce.trusts_expected}" if workforce else NOT_THERE
    )
    return (
        report.area.name,
        reported,
        say_share(workforce),
        say_share(leadership),
        NOT_THERE if gap is None else say_apart(gap).removeprefix("+"),
        say_share(board),
    )
