"""Backups: everything that the database holds, and back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.transaction import connected, reading

if TYPE_CHECKING:
    from app.services.backups import Backup


def backup(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to write; there must be none yet.")
    ],
) -> None:
    """Back up all that the database holds; the service may go on."""
    from app.services.backups import back_up

    with reading() as session:
        made = back_up(session, file)
    typer.echo(
        f"Wrote {_told(made)}, to {file}. It holds hashes of tokens and names of experts: keep it"
        " as the database itself."
    )


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that backup has written.")],
) -> None:
    """Put a backup into an empty database, checked first."""
    from app.services import backups
    from app.store import schema

    with connected() as engine, schema.migration_connection(engine) as connection:
        made = backups.restore(connection, file)
    newest = schema.NEWEST
    migrated = (
        "" if made.revision == newest else f", and migrated it from {made.revision} to {newest}"
    )
    typer.echo(f"Restored {_told(made)}{migrated}.")


def _told(made: "Backup") -> str:
    content = made.content
    return f"{content.rows} rows of {content.tables} tables, up to change {made.changes}"
