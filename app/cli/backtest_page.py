"""A back-test laid out for a terminal."""

from collections.abc import Iterable, Iterator
from textwrap import fill

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from app.cli.formats import percent
from app.domain.backtest import EVENTS, WAYS, Backtest, Coverage, Score


def lay_out(backtest: Backtest, *, width: int) -> Iterator[RenderableType]:
    """Yield the parts of the page, from top to bottom.

    Args:
        backtest: What is shown.
        width: Columns of the terminal.
    """
    basis, found = backtest.basis, backtest.findings
    yield Text(f"Back-test of method {backtest.method}, {basis.evidence}", style="bold")
    yield fill(
        f"{basis.trusts} trusts, {basis.measures} measures, censuses {basis.first_census} to"
        f" {basis.last_census}; up to {basis.held_out} held out. {basis.evidence.sentence}",
        width,
    )
    yield Text("\nCensuses within the bands", style="bold")
    yield _coverage_table([*found.coverage, *found.coverage_by_team_size])
    yield fill(WAYS, width)
    yield Text("\nBrier scores", style="bold")
    yield _score_table({"goal": found.goal, "parity": found.parity})
    yield fill(EVENTS, width)
    yield f"\nDemonstration set {basis.sha256}."


def _coverage_table(rows: Iterable[Coverage]) -> Table:
    """Return how often bands held what came, as shares and in whole people."""
    ways = ("shares", "smoothed", "people")
    columns = (f"{way}\n{band} %" for way in ways for band in (80, 95))
    table = _table("Years\nahead", "People", "Forecasts", *columns)
    for one in rows:
        table.add_row(
            str(one.years_ahead),
            _team_size(one),
            str(one.forecasts),
            *(
                percent(share)
                for covered in (one.in_shares, one.in_smoothed_shares, one.in_people)
                for share in (covered.band_80, covered.band_95)
            ),
        )
    return table


def _score_table(scores: dict[str, tuple[Score, ...]]) -> Table:
    """Return how good the probabilities of each event were."""
    table = _table("Event", "Years ahead", "Forecasts", "Mean chance", "Happened", "Score",
                   "Of the base rate")  # fmt: skip
    for event, rows in scores.items():
        for one in rows:
            table.add_row(
                event,
                str(one.years_ahead),
                str(one.forecasts),
                percent(one.mean_probability),
                percent(one.base_rate),
                f"{one.brier:.3f}",
                f"{one.brier_of_base_rate:.3f}",
            )
    return table


def _team_size(one: Coverage) -> str:
    if one.most is not None:
        return f"{one.fewest} to {one.most}"
    return "any" if one.fewest == 1 else f"{one.fewest} or more"


def _table(*titles: str) -> Table:
    table = Table(box=SIMPLE_HEAD)
    for title in titles:
        table.add_column(title, justify="right", no_wrap=True)
    return table
