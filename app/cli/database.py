"""The database's schema."""

from typing import TYPE_CHECKING

import typer

from app.cli.transaction import connected, refuse_others

if TYPE_CHECKING:
    from sqlalchemy import Engine

commands = typer.Typer(name="db", help="The database's schema.", no_args_is_help=True)


@commands.command()
def upgrade() -> None:
    """Migrate the database to the schema that this release needs."""
    from app.store import schema

    with connected() as engine:
        before = schema.current(engine)
        bring_up_to_date(engine)
    if before == schema.NEWEST:
        typer.echo(f"The database is at the revision {before} already.")
    else:
        typer.echo(f"Upgraded from {before or 'nothing'} to {schema.NEWEST}.")


@commands.command()
def current() -> None:
    """Print the revision that the database is at, and the one that this release needs."""
    from app.store import schema

    with connected() as engine:
        held = schema.current(engine)
    needed = schema.NEWEST
    if held == needed:
        typer.echo(f"{held}, which this release needs.")
    else:
        typer.echo(f"{held or 'nothing'}; this release needs {needed}, run `parity db upgrade`.")


def bring_up_to_date(engine: "Engine") -> None:
    """Migrate a database, unless it is current; refuse one of a newer release."""
    from app.store import schema

    if schema.is_current(engine):
        return

    refuse_others(engine)
    schema.upgrade(engine)
