"""Censuses and their dates."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.bodies import check
from app.cli.transaction import reading, writing
from app.domain.callers import COMMAND_LINE
from app.domain.censuses import Census, census_day
from app.domain.preconditions import WHATEVER, Precondition

if TYPE_CHECKING:
    from sqlmodel import Session

DAY = ["%Y-%m-%d"]
"""How a day is written."""

commands = typer.Typer(name="censuses", help="Censuses and their dates.", no_args_is_help=True)


@commands.command("set")
def set_(
    year: Annotated[
        int, typer.Argument(min=1900, max=2200, metavar="YEAR", help="Of the census, 31 March.")
    ],
    *,
    opens: Annotated[
        datetime | None,
        typer.Option(formats=DAY, metavar="DATE", help="First day on which actuals are accepted."),
    ] = None,
    due: Annotated[
        datetime | None, typer.Option(formats=DAY, metavar="DATE", help="Last day in time.")
    ] = None,
    published: Annotated[
        datetime | None,
        typer.Option(formats=DAY, metavar="DATE", help="When national figures came out."),
    ] = None,
) -> None:
    """Set dates of a census, or enter the next one; what is left out stays as it is."""
    from app.api.schemas.censuses import CensusIn
    from app.services.censuses import put_census

    with writing() as session:
        held = _find(session, year)
        body = _body(held or _first_dates(year), opens=opens, due=due, published=published)
        stored = put_census(
            session,
            census=check(CensusIn, body).to_census(year),
            precondition=Precondition() if held is None else WHATEVER,
            caller=COMMAND_LINE,
            now=datetime.now(UTC),
        )
    census = stored.census
    typer.echo(
        f"{'Nothing to change: the' if census == held else 'The'} census of {year} opens on"
        f" {census.opens}, due: {_shown(census.due)}, published: {_shown(census.published)}."
    )


@commands.command("list")
def list_() -> None:
    """List all censuses with their dates, oldest first."""
    from app.services.censuses import list_censuses

    with reading() as session:
        found = list_censuses(session, caller=COMMAND_LINE)
    _print_table(found)


def _find(session: "Session", year: int) -> Census | None:
    from app.domain.errors import CensusNotFound
    from app.services.censuses import get_census

    try:
        return get_census(session, year=year, caller=COMMAND_LINE)
    except CensusNotFound:
        return None


def _first_dates(year: int) -> Census:
    """Return a census that opens on the day after it was held, like those of the register."""
    return Census(year, census_day(year) + timedelta(days=1))


def _body(census: Census, **changes: datetime | None) -> dict[str, object]:
    """Return the body that sets a census's dates, some of them changed."""
    dates = {"opens": census.opens, "due": census.due, "published": census.published}
    dates |= {name: at.date() for name, at in changes.items() if at is not None}
    sent = {name: None if day is None else day.isoformat() for name, day in dates.items()}
    return {**sent, "extensions": [asdict(one) for one in census.extensions]}


def _print_table(censuses: Sequence[Census]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from app.cli.console import make_console

    table = Table("Census", "Opens", "Due", "Published", "Extensions", box=SIMPLE_HEAD)
    for one in censuses:
        table.add_row(
            str(one.year),
            str(one.opens),
            _shown(one.due),
            _shown(one.published),
            str(len(one.extensions)),
        )
    make_console().print(table)


def _shown(day: date | None) -> str:
    return "not set" if day is None else day.isoformat()
