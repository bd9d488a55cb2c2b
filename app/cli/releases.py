"""Releases: editions of what is public of a census."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from app.cli.configuration import settings_or_exit
from app.cli.transaction import reading, writing
from app.domain.callers import COMMAND_LINE

commands = typer.Typer(
    name="releases", help="Editions of what is public of a census.", no_args_is_help=True
)

Year = Annotated[int, typer.Argument(metavar="YEAR", help="Of the census, 31 March.")]
Note = Annotated[
    str | None, typer.Option(metavar="TEXT", help="On what changed, or what is incomplete.")
]


@commands.command()
def census(
    year: Year,
    *,
    name: Annotated[str, typer.Option(metavar="NAME", help="Of the edition.")],
    note: Note = None,
) -> None:
    """Release a census of all trusts as a new edition, under disclosure control."""
    from app.domain.published_groups import Part
    from app.services.releases import ReleaseDraft, release_census

    rules = settings_or_exit().disclosure_rules
    with writing() as session:
        released = release_census(
            session,
            draft=ReleaseDraft(year, name, note),
            caller=COMMAND_LINE,
            now=datetime.now(UTC),
            rules=rules,
        )
    made = released.release
    typer.echo(f"Released the census of {year}, edition {made.edition}: {made.name}.")
    for part in Part:
        codes = [code for code, of in released.unshown if of is part]
        if codes:
            typer.echo(f"Nothing is shown of the {part} of {', '.join(codes)}.")


@commands.command()
def trust(
    trust: Annotated[str, typer.Argument(metavar="TRUST", help="ODS code of the trust.")],
    year: Year,
    *,
    note: Note = None,
) -> None:
    """Make a trust's own exact figures of a census public, once its board has approved them."""
    from app.domain.preconditions import Precondition
    from app.services.releases import release_own

    with writing() as session:
        stored = release_own(
            session,
            ods_code=trust,
            year=year,
            note=note,
            precondition=Precondition(),
            caller=COMMAND_LINE,
            now=datetime.now(UTC),
        )
    done = f"the exact figures of {trust} for {year}, edition {stored.release.edition}"
    typer.echo(f"Released {done}." if stored.is_new else f"Nothing to change: {done}.")


@commands.command("list")
def list_() -> None:
    """List all releases, in the order in which they were made."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from app.cli.console import make_console
    from app.services.releases import list_releases

    with reading() as session:
        found = list_releases(session)
    table = Table("Census", "Of", "Edition", "Name", "Figures", "As of", box=SIMPLE_HEAD)
    for one in found:
        table.add_row(
            str(one.year),
            one.ods_code,
            str(one.edition),
            one.name,
            "exact" if one.is_exact else "under disclosure control",
            f"{one.as_of:%Y-%m-%d %H:%M:%S}",
        )
    make_console().print(table)
