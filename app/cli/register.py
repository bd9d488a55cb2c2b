"""The register of organisations."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.transaction import writing
from app.domain.callers import COMMAND_LINE

commands = typer.Typer(
    name="register", help="The register of organisations.", no_args_is_help=True
)


@commands.command()
def load() -> None:
    """Add what the shipped register has and the database has not; change nothing held."""
    from app.services.register import load_register

    with writing() as session:
        loaded = load_register(session, by=COMMAND_LINE, now=datetime.now(UTC))
    if loaded.is_nothing:
        typer.echo("Everything was held before.")
        return
    typer.echo(
        f"Added {loaded.organisations} organisations, {loaded.successions} successions,"
        f" {loaded.censuses} censuses and {loaded.cycles} cycles."
    )


@commands.command()
def refresh(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, metavar="FILE", help="The ODS file of trusts, etr.csv."
        ),
    ],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the changes, but store nothing.")
    ] = False,
) -> None:
    """Bring trusts up to date with a newer ODS FILE; what changes holds from today."""
    from app.services.register import refresh_register

    with writing(dry_run=dry_run) as session:
        plan = refresh_register(session, file=file, by=COMMAND_LINE, now=datetime.now(UTC))
    for change in plan.changes:
        typer.echo(change)
    if plan.missing:
        typer.echo(f"Not in the file, and kept as they are: {', '.join(plan.missing)}.")
    number = len(plan.organisations)
    trusts = "1 trust" if number == 1 else f"{number} trusts"
    typer.echo(f"{trusts} would change; nothing was stored." if dry_run else f"{trusts} changed.")
