"""What is told when something was taken out for good."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from app.store.engine import Clearing


def tell_clearing(ended: "Clearing", *, again: str) -> None:
    """Tell how far what was taken out is off the disk; exit with 1 if that has to be done again.

    Args:
        ended: How clearing the database's log ended.
        again: What clears it once more, as in "Run … again".
    """
    from app.store.engine import Clearing

    if ended is Clearing.OPERATORS:
        typer.echo(
            "PostgreSQL keeps former rows until VACUUM, and longer in its log and in backups:"
            " removing them is the operator's."
        )
    elif ended is Clearing.BUSY:
        typer.echo(
            f"It is not off the disk yet: somebody is reading the database. Run {again} again.",
            err=True,
        )
        raise typer.Exit(1)
