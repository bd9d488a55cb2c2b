"""The table twin of a chart: the same numbers, for those who read rather than look."""

from dataclasses import dataclass

from app.charts.words import HIDDEN, UNKNOWN, lower_first, percent
from app.domain.codes import Reason
from app.domain.progress import Interval


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts under headings that name their units.

    Attributes:
        notes: Sentences on what is missing, and why.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def missing(reason: Reason | None) -> str:
    """Return what stands in place of a number that is not told."""
    if reason is None:
        return UNKNOWN
    if reason is Reason.SUPPRESSED:
        return f"{HIDDEN}: small number"
    return f"{UNKNOWN}: {lower_first(reason.sentence).rstrip('.')}"


def share_cell(share: float | None, reason: Reason | None = None) -> str:
    """Return a share as a cell."""
    return missing(reason) if share is None else percent(share)


def count_cell(count: int | None, reason: Reason | None = None) -> str:
    """Return a count as a cell."""
    return missing(reason) if count is None else f"{count:,}"


def range_cell(interval: Interval | None, reason: Reason | None = None) -> str:
    """Return an interval of shares as a cell."""
    if interval is None:
        return missing(reason)
    return f"{percent(interval.lower)} to {percent(interval.upper)}"
