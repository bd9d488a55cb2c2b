"""The register of organisations."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.fetching import AllowHttp, Checksum, FromUrl, sent_file
from app.cli.transaction import writing
from app.domain.callers import COMMAND_LINE

if TYPE_CHECKING:
    from app.ingest.refresh import RefreshPlan

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
        Path | None,
        typer.Argument(
            exists=True, dir_okay=False, metavar="FILE", help="The ODS file of trusts, etr.csv."
        ),
    ] = None,
    *,
    url: FromUrl = None,
    sha256: Checksum = None,
    allow_http: AllowHttp = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before storing.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the changes, but store nothing.")
    ] = False,
) -> None:
    """Bring trusts up to date with a newer ODS FILE; what changes holds from today.

    Says first what would change, and asks.
    """
    from app.services.register import refresh_register

    with sent_file(file, url, sha256=sha256, allow_http=allow_http) as path:
        with writing(dry_run=True) as session:
            plan = refresh_register(session, file=path, by=COMMAND_LINE, now=datetime.now(UTC))
        for sentence in (*plan.changes, *plan.followed):
            typer.echo(sentence)
        if plan.missing:
            typer.echo(f"Not in the file, and kept as they are: {', '.join(plan.missing)}.")
        trusts = _count(plan)
        if dry_run:
            typer.echo(f"{trusts} would change; nothing was stored.")
            return
        # The question is asked outside a transaction, so that nobody waits for the answer.
        if plan.organisations and not yes:
            typer.confirm(f"Change {trusts}?", abort=True)
        with writing() as session:
            done = refresh_register(session, file=path, by=COMMAND_LINE, now=datetime.now(UTC))
    typer.echo(f"{_count(done)} changed.")


def _count(plan: "RefreshPlan") -> str:
    number = len(plan.organisations)
    return "1 trust" if number == 1 else f"{number} trusts"
