"""Everything that a database holds in one file, and back."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.transaction import reading, writing


def export(
    file: Annotated[
        Path, typer.Argument(dir_okay=False, metavar="FILE", help="Where to write: a ZIP archive.")
    ],
    *,
    all_: Annotated[
        bool, typer.Option("--all", help="Everything, revisions and instants included.")
    ] = False,
) -> None:
    """Write all that the database holds into FILE."""
    from app.services.transfer import export_all

    if not all_:
        raise typer.BadParameter("say --all: there is no other export to a file yet")
    with reading() as session:
        done = export_all(session, file)
    typer.echo(
        f"Wrote {done.rows} rows of {done.tables} tables to {file}. It holds hashes of tokens and"
        " names of experts: keep it as the database itself."
    )


def import_everything(file: Path) -> None:
    """Store everything that an archive holds in the database, which has to be empty."""
    from app.services.transfer import import_all

    with writing() as session:
        done = import_all(session, file)
    typer.echo(f"Stored {done.rows} rows of {done.tables} tables.")
