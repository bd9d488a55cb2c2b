"""Changing what is held: reading it as JSON, and naming the revision that a change builds on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from app.domain.errors import RevisionNotNamed, RevisionStale
from app.domain.preconditions import Precondition

if TYPE_CHECKING:
    from app.api.schemas.base import BodyIn

BuildsOn = Annotated[
    int | None,
    typer.Option(
        "--revision",
        min=1,
        metavar="N",
        help="The revision that the change builds on; needed where one is held.",
    ),
]


def building_on(revision: int | None, *, held: str | None = None) -> Precondition:
    """Return the precondition of a change.

    Args:
        revision: That the change builds on; None when none was named.
        held: Entity tag of what was held before the command began; None when nothing was.
    """
    if revision is None:
        return Precondition(seen=held)
    return Precondition(if_match=frozenset({f'"{revision}"'}))


@contextmanager
def naming_revision(read: str) -> Iterator[None]:
    """Let a command fail that names no revision, or one that is not held, and say which is.

    Args:
        read: The command that shows what is held.
    """
    try:
        yield
    except (RevisionNotNamed, RevisionStale) as error:
        held = error.facts["held"]
        if held is None:
            told = "No revision is held yet; leave --revision out."
        else:
            number = str(held).strip('"')
            told = (
                f"Revision {number} is held. Read it with `{read}`, then repeat the change with"
                f" --revision {number}."
            )
        typer.echo(f"{error.code}: {told}", err=True)
        raise typer.Exit(1) from error


def print_to_edit(body: "BodyIn", revision: int) -> None:
    """Print what is held as the body that would store it; say its revision beside it."""
    typer.echo(body.model_dump_json(indent=2))
    typer.echo(f"Revision {revision}; store a change of it with --revision {revision}.", err=True)
