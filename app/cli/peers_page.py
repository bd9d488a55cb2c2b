"""A trust and its peers laid out for a terminal."""

from collections.abc import Iterator
from textwrap import fill

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from app.cli.formats import percent
from app.cli.progress_page import NOTES, SYNTHETIC
from app.domain.measures import TITLES
from app.domain.peers import Peer, PeerGroup, ShareDifference, TrustFigure

NARROWEST_NAME = 20
"""Columns that a trust's code and name have at least."""

NUMBERS = 76
"""Columns that all else in the table takes."""

_COLUMNS = ("Staff", "BME staff", "Distance", "BME", "Share", "Points (95 %)")


def lay_out(group: PeerGroup, *, width: int) -> Iterator[RenderableType]:
    """Yield the parts of the page, from top to bottom.

    Args:
        group: What is shown.
        width: Columns of the terminal.
    """
    narrowed = f", {group.staff_group.replace('_', '-')}" if group.staff_group else ""
    yield Text(f"{group.ods_code} {group.own.name}", style="bold")
    yield f"BME share of: {TITLES[group.measure]}{narrowed}, at the census of {group.year}"
    if group.synthetic:
        yield SYNTHETIC
    yield _table(group, max(width - NUMBERS, NARROWEST_NAME))
    for sentence in _sentences(group):
        yield fill(sentence, width)
    for warning in group.warnings:
        yield fill(f"{warning.code}: {warning.detail}", width)
    yield ""
    yield fill(NOTES, width)
    yield f"As of {group.as_of.isoformat().replace('+00:00', 'Z')}, method {group.method}."
    if group.synthetic:
        yield SYNTHETIC


def _table(group: PeerGroup, name_width: int) -> Table:
    """Return the trust itself, and below it its peers, nearest first."""
    table = Table(box=SIMPLE_HEAD, collapse_padding=True, pad_edge=False)
    table.add_column("Trust", no_wrap=True, max_width=name_width, overflow="ellipsis")
    for title in _COLUMNS:
        table.add_column(title, justify="right", no_wrap=True)
    table.add_row(*_cells(group.own, None, None), style="bold")
    for peer in group.peers:
        table.add_row(*_cells(peer, peer.likeness.distance, peer.difference))
    return table


def _cells(
    trust: TrustFigure, distance: float | None, difference: ShareDifference | None
) -> tuple[str, ...]:
    return (
        f"{trust.ods_code} {trust.name}",
        str(trust.workforce.total),
        _percent(trust.workforce.share),
        "–" if distance is None else f"{distance:.2f}",
        f"{trust.people.bme} of {trust.people.total}",
        _percent(trust.people.share),
        "–" if difference is None else _points(difference),
    )


def _sentences(group: PeerGroup) -> Iterator[str]:
    """Yield where the trust stands, and how its peers were found."""
    if group.standing is None:
        yield "It has nobody in the measure, and so no rank."
    else:
        interval = group.standing.interval_95
        yield (
            f"It ranks {group.standing.rank} of {group.standing.of}; by chance it could rank from"
            f" {interval.lower} to {interval.upper} (95 %). Rank 1 is the highest share."
        )
    yield (
        "Points: the peer's share minus this trust's, in percentage points. Distance: 0 where size"
        " and BME share of the workforce are the same."
    )
    alike = _count_alike(group.peers)
    trusts = group.trusts
    yield (
        f"Peers were looked for among {trusts.compared} of the {trusts.expected} trusts then open:"
        " first by type, then by size and BME share of the workforce."
        f" {alike} of {len(group.peers)} are of the same type."
    )


def _count_alike(peers: tuple[Peer, ...]) -> int:
    return sum(peer.likeness.same_type for peer in peers)


def _percent(share: float | None) -> str:
    return "–" if share is None else percent(share)


def _points(difference: ShareDifference) -> str:
    """Return a difference in percentage points with its interval."""
    interval = difference.interval_95
    lower, upper = 100 * interval.lower, 100 * interval.upper
    return f"{100 * difference.share:+.1f} ({lower:+.1f} to {upper:+.1f})".replace("-", "−")
